"""A year of the coalition: the days on which its coordinators sat down, and what they decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache

from config.tables import TO_DECIDE
from config.tables.later import MAIL_WORDS
from config.text import fold
from pipeline.demo.people import HERE, HOST, pick, rows_of

TODAY = dt.date(2026, 10, 12)
"""The demo's fixed day: a Monday."""
DAYS = (
    dt.date(2025, 10, 6), dt.date(2025, 10, 31), dt.date(2025, 12, 15), dt.date(2025, 12, 31),
    dt.date(2026, 3, 31), dt.date(2026, 6, 30), dt.date(2026, 9, 14), dt.date(2026, 10, 5), TODAY,
)  # fmt: skip
COORDINATORS = ("Ana", "Tomasz", "Mireille")
NOT_REACHED = ("Freiwillige Wasserwacht Altvelm",)
"""Nobody got hold of them yet, so their form has waited for months."""
NOT_YET_LISTED = {"Deltahöfe Genossenschaft": "They want to tell their members first."}
WORDS = TO_DECIDE.column("decision").choices
SEND, DONT, MYSELF = MAIL_WORDS
BY_THEMSELVES = {
    f"gunnar@kanufreunde-velm.{HOST}": MYSELF,
    f"maudie@ferryside-branch.{HOST}": DONT,
}
"""One letter goes out with a line of their own; one question they ask on the telephone."""
SAME = ("same", "not the same")
FOR_ALL = ("drift", "lapse")
"""Matters about the statement: the French text isn't put right yet; Decisions lets lapse."""
Answer = tuple[str, str, str]


@dataclass(frozen=True)
class ChangeRow:
    """What a coordinator typed into a row of Changes."""

    date: dt.date
    organisation: str
    change: str
    new_value: str = ""
    asked_by: str = ""
    entered_by: str = ""

    def cells(self) -> dict[str, dt.date | str]:
        """The row by column title."""
        names = (field.name for field in fields(self))
        return {name.replace("_", " ").capitalize(): getattr(self, name) for name in names}


@dataclass(frozen=True)
class Stage:
    """A day on which Weaver ran, and what coordinators typed into Changes afterwards."""

    day: dt.date
    changes: tuple[ChangeRow, ...] = ()


def _changes(day: dt.date) -> tuple[ChangeRow, ...]:
    rows = (row for row in rows_of(HERE / "changes.csv") if row.pop("stage") == day.isoformat())
    return tuple(ChangeRow(dt.date.fromisoformat(row.pop("date")), **row) for row in rows)


STAGES: tuple[Stage, ...] = tuple(Stage(day, _changes(day)) for day in DAYS)


def answer(stage: Stage, matter: Mapping[str, object]) -> Answer | None:
    """What the coordinators type beside a row of To decide after the run of that stage.

    Args:
        stage: the day on which they sit together; on the last one nobody answers.
        matter: the row's cells by column title.

    Returns:
        (Decision, Decided by, Note), or None where they leave it open. The same row gets the
        same answer again.
    """
    key, organisation = str(matter["Key"]), fold(str(matter["Organisation"] or ""))
    if stage.day >= TODAY or organisation in map(fold, NOT_REACHED):
        return None
    kind = key.partition(":")[0] if ":" in key else "form"
    if kind in FOR_ALL:
        return None
    if kind in ("form", "same") and (told := _told(organisation, stage.day, kind)):
        return told
    if kind == "list" and (later := _later(organisation)):
        return "don't list", pick(COORDINATORS, key), later
    suggested = str(matter["We suggest"] or "")
    return (suggested, pick(COORDINATORS, key), "") if suggested in WORDS else None


def about_mail(stage: Stage, to: str) -> str:
    """What the coordinators say to mail that waits, after the run of that stage.

    Args:
        stage: the day on which they sit together; on the last two days nobody looks at it.
        to: whom the row is about.
    """
    if stage.day >= DAYS[-2]:
        return ""
    return BY_THEMSELVES.get(to, SEND)


def _told(organisation: str, day: dt.date, kind: str) -> Answer | None:
    """The newest answer of `answers.csv` by that day for that kind of matter."""
    found = [
        told
        for since, name, told in _answers()
        if name == organisation and since <= day and (told[0] in SAME) == (kind == "same")
    ]
    return found[-1] if found else None


def _later(organisation: str) -> str:
    return next((why for name, why in NOT_YET_LISTED.items() if fold(name) == organisation), "")


@cache
def _answers() -> tuple[tuple[dt.date, str, Answer], ...]:
    """(from which day, organisation for comparison, the answer), oldest first."""
    rows = (
        (
            dt.date.fromisoformat(row["from"]),
            fold(row["organisation"]),
            (row["decision"], row["by"], row["note"]),
        )
        for row in rows_of(HERE / "answers.csv")
    )
    return tuple(sorted(rows))
