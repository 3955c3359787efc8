"""The texts over the year: versions of the statement, the letter, and what the form shows."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

from config.statement import MAIN, Statement, Version, load_statement
from pipeline.demo.people import HERE

TEXTS = (
    (dt.date(2025, 9, 28), "main/v1.md", "main/v1.md"),
    (dt.date(2025, 10, 13), "main/v2.md", "earlier/v2.md"),
    (dt.date(2025, 11, 8), "main/v2.md", "main/v2.md"),
    (dt.date(2026, 3, 2), "main/v2.1.md", "main/v2.1.md"),
    (dt.date(2026, 3, 2), "main/v2.1-fr.md", "main/v2.1-fr.md"),
    (dt.date(2026, 3, 2), "main/v2.1-de.md", "main/v2.1-de.md"),
    (dt.date(2026, 4, 27), "main/v3-draft.md", "main/v3-draft.md"),
    (dt.date(2026, 7, 1), "ministers/v1.md", "ministers/v1.md"),
)
"""From which day on which file of the coalition's statements holds which of ours."""
FRENCH_FROM = dt.date(2026, 3, 2)
SPOILT_FROM = dt.date(2026, 9, 21)
"""Since then the French text of the form is not the adopted one; nobody knows who changed it."""
SPOILT = (("2035", "2040"), (", dans nos cinq pays,", ""))


def statement_files(upto: dt.date) -> dict[str, bytes]:
    """Files in the folder of statements on that day."""
    found = {name: source for since, name, source in TEXTS if since <= upto}
    return {name: (_ours() / source).read_bytes() for name, source in found.items()}


def shown_files(upto: dt.date) -> dict[str, str]:
    """Files with what the form shows on that day; the English one is always right."""
    found = {"form/en.md": _as_shown(adopted(upto))}
    if upto >= FRENCH_FROM:
        text = _as_shown(_french())
        for right, wrong in SPOILT if upto >= SPOILT_FROM else ():
            text = text.replace(right, wrong)
        found["form/fr.md"] = text
    return found


def adopted(day: dt.date) -> Version:
    """The version in force that day, in the language in which it was adopted."""
    version = _main().in_force(day)
    if version is None:
        raise LookupError(f"nothing was adopted by {day}")
    return version


def _french() -> Version:
    return next(text for text in _main().translations if text.language == "fr")


def _as_shown(version: Version) -> str:
    points = "".join(f"- {point.text}\n" for point in version.points)
    return f"{version.body}\n\n{points}"


@cache
def _main() -> Statement:
    return load_statement(_ours() / MAIN)


def _ours() -> Path:
    return HERE / "statements"
