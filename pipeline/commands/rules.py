"""weaver rules"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from pipeline.commands.common import common, put, put_json


@click.command("rules")
@common
@click.option("--markdown", is_flag=True, help="Print the documentation page.")
@click.pass_obj
def command(
    now: dt.datetime, config: Path | None, as_json: bool, quiet: bool, markdown: bool
) -> None:
    """List the rules that sign-ons are checked against.

    With --config, as that coalition has set them.
    """
    from pipeline.catalogue import rules, rules_markdown
    from pipeline.rules.registry import RULES

    settings = {}
    if config is not None:
        from config.settings import load_settings

        settings = load_settings(config).rules
    if as_json:
        put_json(rules(settings))
    elif markdown:
        put(rules_markdown(), quiet)
    else:
        lines = [f"{rule['code']}  {rule['severity']:<5} {rule['title']}"
                 for rule in rules(settings)]  # fmt: skip
        put("\n".join([*lines, f"{len(RULES)} rules"]), quiet)
