"""weaver run"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from pipeline.commands.common import (
    Progress,
    as_of,
    common,
    on_terminal,
    pace,
    put,
    put_json,
    settings_file,
)
from pipeline.idle import Look, look

if TYPE_CHECKING:
    from connectors.google.pace import Pace
    from pipeline.outside import Outside


@click.command("run")
@common
@as_of
@click.option("--dry-run", is_flag=True, help="Compute and say, but write and mail nothing.")
@click.option(
    "--accept-vanished", is_flag=True,
    help="Say once that sign-ons that are gone were removed on purpose.",
)  # fmt: skip
@click.pass_obj
def command(
    now: dt.datetime,
    config: Path | None,
    as_json: bool,
    quiet: bool,
    as_of: dt.date | None,
    dry_run: bool,
    accept_vanished: bool,
) -> None:
    """Read, check, count, write the tabs and queue the mail."""
    file = settings_file(config)
    plain = not (dry_run or accept_vanished or as_of)
    passing = pace()
    found = look(file, now, passing) if plain else Look(None)
    summary = found.summary
    if summary is None:
        asked = Asked(file, now, as_of, dry_run, accept_vanished, passing, found.outside)
        summary = _whole_run(asked, not (as_json or quiet))
    if as_json:
        put_json(summary)
    else:
        from pipeline.telling import told

        put(told(summary), quiet)


class Asked(NamedTuple):
    """What the command line was told."""

    file: Path
    now: dt.datetime
    as_of: dt.date | None
    dry: bool
    accept_vanished: bool
    pace: Pace
    outside: Outside | None


def _whole_run(asked: Asked, progress: bool) -> dict[str, Any]:
    from pipeline.runner import Order, run

    file, now, as_of, dry, vanished, pace, outside = asked
    with Progress(progress and on_terminal()) as step:
        return run(Order(file, now, as_of, dry, vanished, step, pace, outside))
