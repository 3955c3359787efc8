"""weaver run"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
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
from pipeline.watching import Watching

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
    asked = Asked(file, now, as_of, dry_run, accept_vanished)
    summary = carry_out(asked, not (as_json or quiet))
    if as_json:
        put_json(summary)
    else:
        from pipeline.telling import told

        put(told(summary), quiet)


class Asked(NamedTuple):
    """What the command line was told."""

    config: Path
    now: dt.datetime
    as_of: dt.date | None = None
    dry: bool = False
    accept_vanished: bool = False
    confirm: tuple[str, ...] = ()

    @property
    def plain(self) -> bool:
        """Nothing but a run: it may look first whether there is work."""
        return not (self.dry or self.accept_vanished or self.as_of or self.confirm)


def carry_out(asked: Asked, progress: bool = False) -> dict[str, Any]:
    """Look, and run wholly where there is work; what `run --json` prints."""
    passing = pace()
    if asked.dry or asked.as_of:
        return _whole_run(asked, passing, None, progress, lambda _: None)
    with Watching(asked.config, asked.now, passing.monotonic, os.environ) as watching:
        found = look(asked.config, asked.now, passing) if asked.plain else Look(None)
        summary = found.summary
        if summary is None:
            summary = _whole_run(asked, passing, found.outside, progress, watching.step)
        watching.ended(summary)
        return summary


def _whole_run(
    asked: Asked,
    pace: Pace,
    outside: Outside | None,
    progress: bool,
    note: Callable[[str], None],
) -> dict[str, Any]:
    from pipeline.runner import Order, run

    with Progress(progress and on_terminal()) as show:

        def step(name: str) -> None:
            note(name)
            show(name)

        return run(Order(**asked._asdict(), step=step, pace=pace, outside=outside))
