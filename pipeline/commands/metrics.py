"""weaver metrics"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from pipeline.commands.common import common, put, put_json


@click.command("metrics")
@common
@click.option("--markdown", is_flag=True, help="Print the documentation page.")
@click.pass_obj
def command(
    now: dt.datetime, config: Path | None, as_json: bool, quiet: bool, markdown: bool
) -> None:
    """List the numbers that Weaver counts, and what each one means."""
    from pipeline.catalogue import metrics, metrics_markdown, wanting

    if as_json:
        put_json([*metrics(), *wanting()])
    elif markdown:
        put(metrics_markdown(), quiet)
    else:
        found = metrics()
        lines = [f"{m['code']:<4} {m['phase']:<12} {m['title']}" for m in found]
        lacking = [f"{m['code']:<4} {m['phase']:<12} {m['title']}; needs: {m['lacks']}"
                   for m in wanting()]  # fmt: skip
        told = [*lines, f"{len(found)} numbers", "", "Not counted:", *lacking]
        put("\n".join(told), quiet)
