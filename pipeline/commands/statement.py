"""weaver statement"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from pipeline.commands.common import Day, common, pace, put, put_json, settings_file


@click.command("statement")
@common
@click.option("--on", "day", type=Day(), help="Adopt the draft on that day in the preview.")
@click.argument("name", default="")
@click.pass_obj
def command(
    now: dt.datetime,
    config: Path | None,
    as_json: bool,
    quiet: bool,
    day: dt.date | None,
    name: str,
) -> None:
    """Say where the statement and the letters stand, or the one called NAME.

    Its versions and how they were adopted, what the draft changes, what was said about it, which
    red lines are open, what its adoption would mean, and how re-confirming goes on. Writes nothing.
    """
    from pipeline.runner import Order, coalition, think_only
    from pipeline.stating import statement_facts, told

    file = settings_file(config)
    settings, statements = coalition(file)
    thought = think_only(Order(file, now, dry=True, pace=pace()), settings, statements)
    found = statement_facts(thought.result, name, day)
    if as_json:
        put_json(found)
    else:
        put(told(found), quiet)
