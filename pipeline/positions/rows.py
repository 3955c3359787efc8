"""The tab's rows, and who each is about."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from config.problems import Problem
from config.records import PositionRecord
from config.tables.work import POSITIONS
from config.words import say
from pipeline.intake.model import Typed
from pipeline.positions.persons import Found, Span, Spelling, identify

SAID = ("position", "influence", "confidence", "co_sponsor_on", "in_office_until")
"""What a row says of a person, by field of the tab."""


class Row(NamedTuple):
    """A row of the tab that counts: its number, its day (None: no date), who, and `SAID`."""

    number: int
    day: dt.date | None
    who: Spelling
    position: str
    influence: float | None
    confidence: float | None
    cosponsor_on: dt.date | None
    until: dt.date | None


def rows_of(frame: pd.DataFrame, today: dt.date) -> list[Row]:
    """Rows with a name whose day has come, in the order of the tab."""
    named = frame["name"].str.strip().ne("") & ~(frame["date"] > pd.Timestamp(today))
    kept = frame[named]
    numbers = kept["row"] if "row" in kept else range(2, len(kept) + 2)
    position = kept["position"].where(kept["position"].isin(POSITIONS), "")
    columns = (
        map(int, numbers), _days(kept["date"]), spellings(kept), position.tolist(),
        _numbers(kept["influence"]), _numbers(kept["confidence"]),
        _days(kept["co_sponsor_on"]), _days(kept["in_office_until"]),
    )  # fmt: skip
    return [Row(*cells) for cells in zip(*columns, strict=True)]


def spellings(frame: pd.DataFrame) -> list[Spelling]:
    """Who each row is about, as typed."""
    return [
        Spelling(*cells)
        for cells in zip(*(frame[name].tolist() for name in Spelling._fields), strict=True)
    ]


def people_of(rows: Sequence[Row], known: Iterable[PositionRecord], today: dt.date) -> Found:
    """Who is who among the rows and those seen before."""
    spans: dict[Spelling, Span] = {}
    for row in rows:
        day = row.day or today
        first, last = spans.get(row.who, (day, day))
        spans[row.who] = min(first, day), max(last, day)
    before = ((r.person, Spelling(r.name, r.seat, r.district)) for r in known)
    return identify(spans.items(), before)


def doubts(rows: Sequence[Row], found: Found, table: Typed) -> list[Problem]:
    """Rows of which nobody knows whom they mean, and people who may be one."""
    where: defaultdict[str, list[int]] = defaultdict(list)
    for row in rows:
        where[found.keys[row.who]].append(row.number)
    title = table.table.column("name").title
    problems = []
    for row in rows:
        if several := found.several.get(row.who):
            what = say(
                "Several people may be meant{rows}, and the row doesn't count.",
                rows=_in_rows(several, where),
            )
            remedy = say("Write the first name or the district.")
            problems.append(Problem(table.title, row.number, title, what, remedy))
        elif perhaps := found.perhaps.get(row.who):
            what = say(
                "This may be a person who stands in the tab already{rows}; both are counted.",
                rows=_in_rows(perhaps, where),
            )
            remedy = say(
                "Where it is one person, write name and seat in the same way; where there are "
                "two, write the district of both."
            )
            problems.append(Problem(table.title, row.number, title, what, remedy))
    return problems


def _in_rows(keys: Iterable[str], where: dict[str, list[int]]) -> str:
    numbers = sorted(number for key in keys for number in where.get(key, [])[-1:])
    listed = ", ".join(map(str, numbers))
    return say(" (see the rows {numbers})", numbers=listed) if numbers else ""


def _days(column: pd.Series) -> list[dt.date | None]:
    return [None if day is pd.NaT else day.date() for day in column.tolist()]


def _numbers(column: pd.Series) -> list[float | None]:
    return [None if number != number else float(number) for number in column.tolist()]
