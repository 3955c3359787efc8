"""weaver rules"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from config.words import say
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

    settings, eligibility = {}, None
    if config is not None:
        from config.settings import load_settings

        read = load_settings(config)
        settings, eligibility = read.rules, read.eligibility
    known = rules(settings, eligibility)
    if as_json:
        put_json(known)
    elif markdown:
        put(rules_markdown(), quiet)
    else:
        lines = [f"{rule['code']}  {rule['severity']:<5} {rule['title']}{_wants(rule)}"
                 for rule in known]  # fmt: skip
        put("\n".join([*lines, f"{len(RULES)} rules"]), quiet)


def _wants(rule: dict[str, Any]) -> str:
    """What has to be set before the rule asks anything."""
    if not rule["wants"] or rule["severity"] == "off":
        return ""
    wants = say(" or ").join(rule["wants"])
    if rule["applied"]:
        return say(" (where {settings} is set)", settings=wants)
    return say(" (not applied: {settings} isn't set)", settings=wants)
