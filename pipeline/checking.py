"""Judges a file of sign-ons by itself, without a store and without touching anything."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from config.errors import WrongUsage
from config.raw import RawTable
from config.records import Known
from config.settings import Settings
from config.statement import MAIN
from config.tables import SIGNONS
from config.words import count, say
from connectors.responses import CsvSignOns
from pipeline.clock import at
from pipeline.compose import think
from pipeline.model import Asked, Inputs, Result
from pipeline.runner import coalition
from pipeline.tabrows import OUTCOMES


def check_file(
    config: Path, file: Path, now: dt.datetime, as_of: dt.date | None, letter: str = ""
) -> dict[str, Any]:
    """What would come of each sign-on, as `weaver check --json` prints it.

    Args:
        config: the coalition's `weaver.toml`.
        file: a download of the form's responses.
        now: the moment, in UTC.
        as_of: the day to stand for, where another than today.
        letter: the letter whose form the file is of; "" for the main statement.

    Raises:
        WeaverError: settings, statement or file can't be read, or there is no such letter.
    """
    settings, statements = coalition(config)
    clock = at(now, settings.zone, as_of or settings.coalition.today)
    asked = Asked(past=as_of is not None)
    raw = replace(CsvSignOns(file).read(), tab=file.name)
    inputs = Inputs(_nobody(settings), letters={letter: raw}) if letter else Inputs(raw)
    if letter and letter not in settings.forms_of("Sign-ons").keys() - {MAIN}:
        raise _no_letter(settings, letter)
    result = think(inputs, Known(), settings, statements, clock, asked)
    forms = _forms(result, letter).sort_values("row").to_dict("records")
    names = (
        "key", "row", "organisation", "outcome", "labels", "rules", "reasons", "version",
        "version_by",
    )  # fmt: skip
    return {
        "file": str(file),
        "statement": letter or MAIN,
        "as_of": clock.day.isoformat(),
        "signons": [{name: _plain(row[name]) for name in names} for row in forms],
        "problems": [
            {"tab": p.tab, "row": p.row or None, "column": p.column, "problem": p.problem,
             "remedy": p.remedy}
            for p in result.problems if not letter or p.tab == file.name
        ],
        "not_applied": [
            {"code": rule.code, "why": rule.why, "failed": rule.failed}
            for rule in result.not_applied
        ],
    }  # fmt: skip


def _nobody(settings: Settings) -> RawTable:
    """The main form without a response, where only a letter's is looked at."""
    header = (SIGNONS.column("organisation").title,)
    return RawTable(settings.signons.file, header, (), ())


def _no_letter(settings: Settings, letter: str) -> WrongUsage:
    known = sorted(settings.forms_of("Sign-ons").keys() - {MAIN})
    listed = ", ".join(known) or say("none has one")
    return WrongUsage(
        say("No letter of that name has a form of its own."), letter,
        say("Letters with a form: {known}.", known=listed),
    )  # fmt: skip


def _forms(result: Result, letter: str) -> pd.DataFrame:
    found = (each.own_forms for each in result.letters if each.statement.name == letter)
    return next(found, result.forms)


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
