"""weaver doctor"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import click

from pipeline.commands.common import common, pace, put, put_json, settings_file


@click.command("doctor")
@common
@click.option(
    "--sign-in", "client", type=click.Path(path_type=Path),
    help="Sign in as yourself, once, in a browser; name the file of the OAuth client.",
)  # fmt: skip
@click.pass_context
def command(
    context: click.Context, config: Path | None, as_json: bool, quiet: bool, client: Path | None
) -> None:
    """Look at everything that a run needs, and say for each part what is to do.

    Settings, statements, store, files, and at Google the sign-in, each spreadsheet and each form.
    Changes nothing. The exit code is that of the gravest.
    """
    from pipeline.doctoring import as_json as listed
    from pipeline.doctoring import examine, exit_code, told

    file = settings_file(config)
    if client is not None:
        _sign_in(file, client)
    now: dt.datetime = context.obj
    midnight = dt.datetime.combine(now.date(), dt.time())
    found = examine(file, midnight, pace(), os.environ)
    if as_json:
        put_json(listed(found))
    else:
        put(told(found), quiet)
    context.exit(exit_code(found))


def _sign_in(file: Path, client: Path) -> None:
    from config.settings import load_settings
    from pipeline.doctoring_google import sign_in

    def show(url: str) -> None:
        click.echo(f"Open this address in a browser, and sign in:\n\n{url}\n", err=True)

    target = sign_in(load_settings(file), client, os.environ, show)
    click.echo(f"The sign-in is kept in {target}.", err=True)
