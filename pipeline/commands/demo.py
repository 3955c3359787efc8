"""weaver demo"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from pipeline.commands.common import Progress, common, on_terminal, put, put_json


@click.command("demo")
@common
@click.argument("folder", type=click.Path(path_type=Path), default="weaver-demo")
@click.pass_obj
def command(
    now: dt.datetime, config: Path | None, as_json: bool, quiet: bool, folder: Path
) -> None:
    """Write an invented coalition into FOLDER (weaver-demo by default) and run it.

    It lives through a year and ends on its own fixed day. --config has no meaning here.
    """
    from pipeline.demo.play import play
    from pipeline.telling import told

    with Progress(on_terminal() and not (as_json or quiet)) as step:
        summary = play(folder, now, step)
    if as_json:
        put_json(summary)
        return
    letters = sorted((folder / "outbox").glob("*.eml"))
    files = [
        (folder / "results.xlsx", "the results: begin with the tab Start"),
        (folder / "tracker.xlsx", "what people filled in"),
        (folder / "responses.csv", "the form's responses"),
        (letters[-1], "the weekly digest to a coordinator (open it in a mail program)"),
    ]
    listed = "\n".join(f"    {path}\n      {about}" for path, about in files)
    put(f"{told(summary)}\n\n  Look at:\n{listed}", quiet)
