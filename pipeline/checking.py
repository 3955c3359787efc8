"""Judges a file of sign-ons by itself, without a store and without touching anything."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from config.records import Known
from config.words import count, say
from connectors.responses import CsvSignOns
from pipeline.clock import at
from pipeline.compose import Asked, think
from pipeline.model import Inputs
from pipeline.runner import coalition
from pipeline.tabrows import OUTCOMES


def check_file(config: Path, file: Path, now: dt.datetime, as_of: dt.date | None) -> dict[str, Any]:
    """What would come of each sign-on, as `weaver check --json` prints it.

    Raises:
        WeaverError: settings, statement or file can't be read.
    """
    settings, statement = coalition(config)
    clock = at(now, settings.zone, as_of or settings.coalition.today)
    past = as_of is not None
    raw = replace(CsvSignOns(file).read(), tab=file.name)
    result = think(Inputs(raw), Known(), settings, statement, clock, Asked(past=past))
    forms = result.forms.sort_values("row").to_dict("records")
    names = ("key", "row", "organisation", "outcome", "labels", "rules", "reasons")
    return {
        "file": str(file),
        "as_of": clock.day.isoformat(),
        "signons": [{name: _plain(row[name]) for name in names} for row in forms],
        "problems": [
            {"tab": p.tab, "row": p.row or None, "column": p.column, "problem": p.problem,
             "remedy": p.remedy}
            for p in result.problems
        ],
        "not_applied": [
            {"code": rule.code, "why": rule.why, "failed": rule.failed}
            for rule in result.not_applied
        ],
    }  # fmt: skip


def told(found: Mapping[str, Any]) -> str:
    """The same for people: what is in doubt, row by row, and the counts."""
    signons = found["signons"]
    lines = [
        f"  {say('row')} {s['row']:>4}  {OUTCOMES[s['outcome']]:<12} {s['organisation']}"
        + "".join(f"\n               {reason}" for reason in s["reasons"])
        for s in signons
        if s["outcome"] != "accepted"
    ]
    lines += [
        f"  {p['tab']}" + (f", {say('row')} {p['row']}" if p["row"] else "")
        + (f", {p['column']}" if p["column"] else "") + f": {p['problem']} {p['remedy']}"
        for p in found["problems"]
    ]  # fmt: skip
    lines += [
        "  " + say("Not applied: {codes}, because {why}.", codes=rule["code"], why=rule["why"])
        for rule in found["not_applied"] if rule["failed"]
    ]  # fmt: skip
    outcomes = Counter(s["outcome"] for s in signons)
    total = count(len(signons), "{n} sign-on", "{n} sign-ons")
    parts = ", ".join(f"{n} {OUTCOMES[name]}" for name, n in sorted(outcomes.items()))
    return "\n".join([*lines, f"{total}: {parts}" if parts else total])


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
