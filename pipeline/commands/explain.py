"""weaver explain"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from pipeline.commands.common import as_of, common, pace, put, put_json, settings_file


@click.command("explain")
@common
@as_of
@click.argument("organisation")
@click.pass_obj
def command(
    now: dt.datetime,
    config: Path | None,
    as_json: bool,
    quiet: bool,
    as_of: dt.date | None,
    organisation: str,
) -> None:
    """Tell the story of ORGANISATION (its name, another name it used, or its id) in sentences."""
    from config.words import say
    from pipeline.explaining import explain
    from pipeline.runner import Order, coalition, think_only

    file = settings_file(config)
    settings, statements = coalition(file)
    thought = think_only(Order(file, now, as_of, dry=True, pace=pace()), settings, statements)
    found = explain(thought.result, organisation)
    if as_json:
        put_json(found)
    else:
        stories = [found["story"], *(other["story"] for other in found["namesakes"])]
        if len(stories) > 1:
            stories.insert(0, [say("{n} organisations are called so.", n=len(stories))])
        put("\n\n".join("\n".join(story) for story in stories), quiet)
