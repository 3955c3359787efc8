"""weaver run"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from pipeline.commands.common import (
    Progress,
    as_of,
    common,
    on_terminal,
    put,
    put_json,
    settings_file,
)
from pipeline.idle import look


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
    summary = look(file, now) if plain else None
    if summary is None:
        summary = _whole_run(file, now, as_of, dry_run, accept_vanished, not (as_json or quiet))
    if as_json:
        put_json(summary)
    else:
        from pipeline.telling import told

        put(told(summary), quiet)


def _whole_run(
    file: Path,
    now: dt.datetime,
    as_of: dt.date | None,
    dry_run: bool,
    accept_vanished: bool,
    progress: bool,
) -> dict[str, Any]:
    from pipeline.runner import Order, run

    with Progress(progress and on_terminal()) as step:
        return run(Order(file, now, as_of, dry_run, accept_vanished, step))
