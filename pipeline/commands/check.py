"""weaver check"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from pipeline.commands.common import as_of, common, put, put_json, settings_file


@click.command("check")
@common
@as_of
@click.option(
    "--letter",
    default="",
    metavar="NAME",
    help="FILE is of that letter's form, not of the main one's.",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def command(
    now: dt.datetime,
    config: Path | None,
    as_json: bool,
    quiet: bool,
    as_of: dt.date | None,
    letter: str,
    file: Path,
) -> None:
    """Check FILE, a download of the form's responses, and say what would come of each.

    Reads the settings and the statement, and touches nothing: no store, no tab, no mail.
    """
    from pipeline.checking import check_file, told

    found = check_file(settings_file(config), file, now, as_of, letter)
    if as_json:
        put_json(found)
    else:
        put(told(found), quiet)
