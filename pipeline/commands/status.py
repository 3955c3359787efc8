"""weaver status"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from pipeline.commands.common import common, put, put_json, settings_file


@click.command("status")
@common
@click.pass_obj
def command(now: dt.datetime, config: Path | None, as_json: bool, quiet: bool) -> None:
    """Say when Weaver last ran, what waits and what is wrong. Reads the store alone."""
    from config.settings import load_settings
    from pipeline.state import state_of, told

    found = state_of(load_settings(settings_file(config)), now)
    if as_json:
        put_json(found)
    else:
        put(told(found), quiet)
