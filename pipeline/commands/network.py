"""weaver network"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from pipeline.commands.common import as_of, common, pace, put, put_json, settings_file


@click.command("network")
@common
@as_of
@click.option(
    "--out",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write it there for Kumu and Gephi, and as a map.",
)
@click.option(
    "--everyone",
    is_flag=True,
    help="With --out: name all, not only those listed in public. For coordinators only.",
)
@click.pass_obj
def command(
    now: dt.datetime,
    config: Path | None,
    as_json: bool,
    quiet: bool,
    as_of: dt.date | None,
    folder: Path | None,
    everyone: bool,
) -> None:
    """Say who is close to whom, and whom to introduce.

    Without --out it writes nothing. What it prints names everybody; it is for coordinators.
    """
    from connectors.files import replace_file
    from pipeline.network.export import export
    from pipeline.network.telling import exported, network_facts, told
    from pipeline.runner import Order, coalition, think_only

    if everyone and folder is None:
        raise click.UsageError("--everyone says who is named in the files; name a folder by --out.")
    file = settings_file(config)
    settings, statements = coalition(file)
    thought = think_only(Order(file, now, as_of, dry=True, pace=pace()), settings, statements)
    context = thought.result.context
    found = network_facts(context)
    if folder is not None:
        made = export(context, everyone)
        for name, content in made.files.items():
            replace_file(folder / name, [content])
        found["written"] = exported(made, str(folder))
    if as_json:
        put_json(found)
    else:
        put(told(found), quiet)
