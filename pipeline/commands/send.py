"""weaver send"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from pipeline.commands.common import common, pace, put, put_json, settings_file
from pipeline.commands.run import Asked, carry_out


@click.command("send")
@common
@click.option("--dry-run", is_flag=True, help="Show every message that waits, and why. Default.")
@click.option(
    "--confirm", "keys", multiple=True, metavar="KEY",
    help="Send the drafts with that key of the tab Mail waiting; several times for several keys; "
    "“all” for all of them.",
)  # fmt: skip
@click.pass_obj
def command(
    now: dt.datetime,
    config: Path | None,
    as_json: bool,
    quiet: bool,
    dry_run: bool,
    keys: tuple[str, ...],
) -> None:
    """Show the mail that waits, or say send to drafts as in the tab Mail waiting."""
    file = settings_file(config)
    if dry_run or not keys:
        from pipeline.runner import Order, mail_of
        from pipeline.sending import told, waiting

        order = Order(file, now, pace=pace(), confirm=keys)
        found = waiting(*mail_of(order), leaving=bool(keys))
        if as_json:
            put_json(found)
        else:
            put(told(found), quiet)
        return
    summary = carry_out(Asked(file, now, confirm=keys), not (as_json or quiet))
    if as_json:
        put_json(summary)
    else:
        from pipeline.telling import told as told_of_run

        put(told_of_run(summary), quiet)
