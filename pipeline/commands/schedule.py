"""weaver schedule"""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
import traceback
from collections import Counter
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any

import click

from config.errors import WeaverError
from pipeline.commands.common import clock, common, pace, put, put_json, settings_file

if TYPE_CHECKING:
    from pipeline.scheduler import Scheduler

MINUTE = 60


@click.command("schedule")
@common
@click.option("--once", is_flag=True, help="Do what is due now, if anything is, and end.")
@click.option(
    "--print",
    "printed",
    type=click.Choice(["cron", "systemd", "github-actions"]),
    help="Print the ready text for a timer of this machine, and end.",
)
@click.option("--tick", type=click.IntRange(min=1), default=MINUTE, hidden=True)
@click.pass_obj
def command(
    now: dt.datetime,
    config: Path | None,
    as_json: bool,
    quiet: bool,
    once: bool,
    printed: str | None,
    tick: int,
) -> None:
    """Stay, look each minute what is due, and do it; SIGTERM or Ctrl-C ends it.

    [schedule] in weaver.toml says when runs, looks and weekly mail are due.
    """
    file = settings_file(config).absolute()
    if printed is not None:
        text = _text(printed, file)
        if as_json:
            put_json({"text": text})
        else:
            click.echo(text, nl=False)
        return
    scheduler = _scheduler(file)
    if once:
        _once(scheduler, as_json, quiet)
    else:
        counted = _stay(scheduler, tick, quiet or as_json)
        if as_json:
            put_json({what: counted[what] for what in ("runs", "looks", "failed")})


def _scheduler(file: Path) -> Scheduler:
    from pipeline.commands.run import Asked, carry_out
    from pipeline.scheduler import Scheduler

    scheduler = Scheduler(file, clock, lambda now: carry_out(Asked(file, now)))

    def ended(number: int, _: object) -> None:
        scheduler.stop()
        signal.signal(number, signal.SIG_DFL)  # who asks twice doesn't want to wait

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ended)
    return scheduler


def _once(scheduler: Scheduler, as_json: bool, quiet: bool) -> None:
    summary = scheduler.tick()
    if as_json:
        coming = scheduler.due(clock()).next
        moment = coming.isoformat() if coming else None
        put_json({"did": _kind(summary), "next": moment, "summary": summary})
    else:
        _put(summary, quiet)


def _stay(scheduler: Scheduler, seconds: int, quiet: bool) -> Counter[str]:
    """Work until a signal comes; how many runs and looks there were, and how many failed."""
    scheduler.due(clock())  # faulty settings are told to whoever starts it
    counted: Counter[str] = Counter()

    def job() -> None:
        try:
            summary = scheduler.tick()
        except WeaverError as error:
            counted["failed"] += 1
            told = f"{error.what}\n  where: {error.where}\n  what to do: {error.remedy}"
            click.echo(told, err=True)
        except Exception:  # noqa: BLE001 - a fault of one run must not end those to come
            counted["failed"] += 1
            traceback.print_exc(file=sys.stderr)
        else:
            counted[f"{_kind(summary)}s"] += 1
            _put(summary, quiet)

    scheduler.keep(seconds, pace().sleep, job)
    return counted


def _kind(summary: dict[str, Any] | None) -> str:
    if summary is None:
        return "nothing"
    return "look" if summary.get("idle") else "run"


def _put(summary: dict[str, Any] | None, quiet: bool) -> None:
    """What a run did; a look that found nothing isn't worth a line."""
    if _kind(summary) == "run" and summary:
        from pipeline.telling import told

        put(told(summary), quiet)


def _text(printed: str, file: Path) -> str:
    from config.settings import load_settings
    from pipeline.timers import Place, cron, github_actions, systemd

    settings = load_settings(file)
    folder = str(Path(sys.executable).parent)
    program = which("weaver", path=folder) or str(Path(sys.argv[0]).absolute())
    write = {"cron": cron, "systemd": systemd, "github-actions": github_actions}[printed]
    return write(Place(program, str(file), frozenset(os.environ)), settings)
