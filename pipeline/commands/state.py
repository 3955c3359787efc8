"""weaver state"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from pipeline.commands.common import common, pace, put, put_json, settings_file


@click.group("state")
def command() -> None:
    """Look at what Weaver remembers, copy it, and put a copy back."""


@command.command("check")
@common
@click.pass_context
def check(context: click.Context, config: Path | None, as_json: bool, quiet: bool) -> None:
    """Say whether the store is whole and belongs to the tracker. Changes nothing.

    The exit code is 65 where it is damaged, 78 where it doesn't belong there.
    """
    from pipeline.restoring import check as looked
    from pipeline.runner import Order

    found = looked(Order(settings_file(config), context.obj, dry=True, pace=pace()))
    if as_json:
        put_json(found.json)
    else:
        put("\n".join([*found.faults, *found.said]), quiet)
        if found.code:
            remedy = "What to do: weaver state restore FILE, with one of the copies in backups."
            click.echo(remedy, err=True)
    context.exit(found.code)


@command.command("backup")
@common
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.pass_obj
def backup(
    now: dt.datetime, config: Path | None, as_json: bool, quiet: bool, file: Path | None
) -> None:
    """Copy the store to FILE, or into the folder backups; a run may be at work meanwhile."""
    from config.words import say
    from pipeline.restoring import backup as copy
    from pipeline.runner import Order

    to = copy(Order(settings_file(config), now), file)
    if as_json:
        put_json({"copy": str(to)})
    else:
        put(say("The store is copied to {file}.", file=to), quiet)


@command.command("restore")
@common
@click.option("--yes", is_flag=True, help="Don't ask whether it is meant.")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def restore(
    now: dt.datetime, config: Path | None, as_json: bool, quiet: bool, yes: bool, file: Path
) -> None:
    """Put FILE, a copy of the store, in the store's place; the present one is kept beside it.

    What was decided in the tabs is read again by the next run. Nobody is mailed twice.
    """
    from pipeline.restoring import fitting, told
    from pipeline.restoring import restore as put_back
    from pipeline.runner import Order

    order = Order(settings_file(config), now, dry=True, pace=pace())
    fitting(order, file)
    if not yes:
        _ask(file)
    done = put_back(order, file)
    if as_json:
        put_json(done)
    else:
        put(told(done), quiet)


def _ask(file: Path) -> None:
    """Whether it is meant. Raises NeedsPermission where nobody can be asked."""
    from config.errors import NeedsPermission
    from config.words import say

    if not sys.stdin.isatty():
        raise NeedsPermission(
            say("Nobody is there to say yes."), str(file), say("Add --yes if it is meant.")
        )
    asked = say("Put {file} in the store's place? The present one is kept.", file=file)
    click.confirm(asked, abort=True, err=True)
