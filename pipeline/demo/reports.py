"""The responses to the two forms by which members report: what they did, and the check-in."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache

from pipeline.demo.forms import NO, YES, csv_of, stamp
from pipeline.demo.people import HERE, rows_of

REPORTS = {"activity.csv": "Tell us what you did", "checkin.csv": "Yearly check-in"}
"""The file → the table that its form feeds."""
_YES_OR_NO = ("may_be_shared", "another_member_helped_us_lately")


@cache
def asked(file: str) -> dict[str, str]:
    """Field → question of the form with that file, in the form's order."""
    settings = tomllib.loads((HERE / "weaver.toml").read_text(encoding="utf-8"))
    found: list[dict[str, str]] = [
        form["questions"] for form in settings["form"] if form["file"] == file
    ]
    return found[0]


def report_rows(file: str, before: dt.date) -> list[dict[str, str]]:
    """What came in before that day, by field, in the order in which it came."""
    rows = []
    for row in rows_of(HERE / file):
        at = dt.datetime.fromisoformat(row.pop("received"))
        if at.date() < before:
            shown = {name: _as_shown(name, text) for name, text in row.items()}
            rows.append({"timestamp": stamp(at), **shown})
    return rows


def report_csv(file: str, before: dt.date) -> bytes:
    """The file as it could be downloaded in the early morning of that day."""
    rows = report_rows(file, before)
    return csv_of(asked(file).values(), ([row[name] for name in asked(file)] for row in rows))


def _as_shown(field: str, text: str) -> str:
    """Days as the linked sheet shows them, yes and no in the words of the form."""
    if field == "date" and text[4:5] == "-":
        day = dt.date.fromisoformat(text)
        return f"{day.day}/{day.month}/{day.year}"
    if field in _YES_OR_NO:
        return {"yes": YES, "no": NO}.get(text, text)
    return text
