"""weaver status"""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.common import common, put, put_json, settings_file


@click.command("status")
@common
@click.pass_context
def command(context: click.Context, config: Path | None, as_json: bool, quiet: bool) -> None:
    """Say when Weaver last ran, what waits and what is wrong. Reads the store alone."""
    from config.settings import load_settings
    from pipeline.state import state_of, told

    found, error = state_of(load_settings(settings_file(config)), context.obj)
    if not as_json:
        put(told(found), quiet)
        if error:
            raise error
    elif error:
        said = {"what": error.what, "where": error.where, "remedy": error.remedy}
        put_json(found | {"error": said, "exit": error.exit_code})
        context.exit(error.exit_code)
    else:
        put_json(found)
