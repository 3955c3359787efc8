"""Where decision-makers stood over time, whether people overwrite rows or add dated ones."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from config.problems import Problem
from config.records import PositionRecord
from config.words import say
from pipeline.intake.model import Typed
from pipeline.positions.rows import SAID, Row, doubts, people_of, rows_of

COLUMNS = (
    "person", "day", "name", "seat", "district", "position", "influence", "confidence",
    "cosponsor_on", "until",
)  # fmt: skip
_DAYS = ("day", "cosponsor_on", "until")
_NUMBERS = ("influence", "confidence")
_CELLS = ("position", "influence", "confidence", "cosponsor_on", "until")
"""What `SAID` is called in a record."""


@dataclass(frozen=True)
class History:
    """What is known of decision-makers.

    Attributes:
        frame: a row per person and day on which something was said anew, by person and day; the
            columns `COLUMNS`: day, cosponsor_on and until datetime64[ns] (NaT), influence and
            confidence float64 (NaN), the others str ("").
        records: what the store shall remember.
        problems: names that may be one person's or two's, and rows that contradict each other.
    """

    frame: pd.DataFrame
    records: tuple[PositionRecord, ...]
    problems: tuple[Problem, ...]


def history(
    table: Typed | None,
    known: Sequence[PositionRecord],
    today: dt.date,
    past: bool = False,
) -> History | None:
    """The history up to that day; None where the tab isn't in use.

    A dated row holds from its day, and a blank cell in it means: as before. A row without a date
    holds from the day on which it was first read with that content. Rows that are gone from the
    tab stay in the history.

    Args:
        table: the tab Decision-makers.
        known: what earlier runs saw in it.
        today: the coalition's day, which a row without a date stands for.
        past: that day is an earlier one, of which rows without a date say nothing: what stood in
            them then is known, and what was typed since isn't looked at.
    """
    if table is None:
        return None
    known = sorted((r for r in known if r.day <= today), key=lambda r: (r.day, r.person))
    rows = [row for row in rows_of(table.frame, today) if row.day or not past]
    found = people_of(rows, known, today)
    problems = doubts(rows, found, table)
    before: defaultdict[str, list[PositionRecord]] = defaultdict(list)
    dated: defaultdict[str, list[Row]] = defaultdict(list)
    undated: defaultdict[str, list[Row]] = defaultdict(list)
    for record in known:
        before[record.person].append(record)
    for row in rows:
        if key := found.keys[row.who]:
            (dated if row.day else undated)[key].append(row)
    absent = frozenset(
        cell for cell, column in zip(_CELLS, SAID, strict=True) if column not in table.present
    )
    records: list[PositionRecord] = []
    for key in sorted(before.keys() | dated.keys() | undated.keys()):
        person = _Person(table, key, before[key], dated[key], undated[key], absent, today)
        records += person.records()
        problems += person.problems
    return History(frame_of(records), tuple(records), tuple(problems))


def frame_of(records: Iterable[PositionRecord]) -> pd.DataFrame:
    """The records as `History.frame`."""
    listed = list(records)
    data = {}
    for name in COLUMNS:
        cells = [getattr(record, name) for record in listed]
        if name in _DAYS:
            data[name] = pd.Series(pd.to_datetime(cells), dtype="datetime64[ns]")
        else:
            data[name] = pd.Series(cells, dtype="float64" if name in _NUMBERS else "str")
    return pd.DataFrame(data)


class _Person:
    """One person's rows, dated and not, on top of what is remembered."""

    def __init__(
        self, table: Typed, key: str, known: Sequence[PositionRecord], dated: Sequence[Row],
        undated: Sequence[Row], absent: Collection[str], today: dt.date,
    ) -> None:  # fmt: skip
        self.problems: list[Problem] = []
        self._table = table
        self._key = key
        self._known = known
        self._dated = dated
        self._undated = undated
        self._absent = absent
        self._today = today

    def records(self) -> list[PositionRecord]:
        """The person's history, by day."""
        by_day = {record.day: record for record in self._with_dated()}
        if self._undated:
            for earlier in self._undated[:-1]:
                self._twice(earlier, self._undated[-1])
            self._overwrite(self._undated[-1], by_day)
        return [by_day[day] for day in sorted(by_day)]

    def _with_dated(self) -> Iterator[PositionRecord]:
        """What is remembered, and over it what dated rows say."""
        known = {record.day: record for record in self._known}
        on_day: defaultdict[dt.date, list[Row]] = defaultdict(list)
        for row in self._dated:
            on_day[row.day or self._today].append(row)
        last: PositionRecord | None = None
        for day in sorted(known.keys() | on_day.keys()):
            read_on = known[day].read_on if day in known else self._today
            now = last if on_day[day] else known[day]
            for number, row in enumerate(on_day[day]):
                if number:
                    self._twice(on_day[day][number - 1], row)
                now = self._said(row, day, read_on, now, blanks=True)
            last = now
            if last is not None:
                yield last

    def _overwrite(self, row: Row, by_day: dict[dt.date, PositionRecord]) -> None:
        """A row without a date: news where its content isn't what it was."""
        today = self._today
        last = by_day[max(by_day)] if by_day else None
        if not self._is_news(row, last):
            if last is not None and not _agrees(row, last):
                self._contradicts(row)
            return
        if any(dated.day == today for dated in self._dated):
            if last is not None and not _agrees(row, last):
                self._contradicts(row)
            return
        by_day[today] = self._said(row, today, today, last)

    def _is_news(self, row: Row, last: PositionRecord | None) -> bool:
        """Does it say what it didn't say before?

        What dated rows said in between isn't its own, so the search goes back beyond it.
        """
        explained = {dated.day for dated in self._dated}
        for record in reversed(self._known):
            if self._same(row, record):
                return False
            if record.day not in explained:
                return True
        return bool(self._known) or last is None or not self._same(row, last)

    def _same(self, row: Row, record: PositionRecord) -> bool:
        return self._said(row, record.day, record.read_on, record) == record

    def _said(
        self, row: Row, day: dt.date, read_on: dt.date, last: PositionRecord | None,
        blanks: bool = False,
    ) -> PositionRecord:  # fmt: skip
        """What the row says, and for blank cells (`blanks`) or absent columns what was before."""
        who = row.who
        cells = {
            name: getattr(last, name) if last and self._as_before(row, name, blanks)
            else getattr(row, name)
            for name in _CELLS
        }  # fmt: skip
        if blanks and row.until is None and cells["until"] and cells["until"] < day:
            cells["until"] = None  # a row after the end of a term speaks of the next one
        return PositionRecord(
            self._key, day, who.name, who.seat, who.district, read_on=read_on, **cells
        )

    def _as_before(self, row: Row, name: str, blanks: bool) -> bool:
        blank = getattr(row, name) in ("", None)
        return name in self._absent or (blank and (blanks or name == "position"))

    def _twice(self, one: Row, other: Row) -> None:
        if one.position and other.position and one.position != other.position:
            what = say(
                "Row {row} tells another position of the same person for the same day; this one "
                "counts.", row=one.number,
            )  # fmt: skip
            remedy = say(
                "Keep one of them, or write the day on which each began to hold; where there are "
                "two people, write the district of both."
            )
            self._problem(other, what, remedy)

    def _contradicts(self, row: Row) -> None:
        what = say("A dated row of the same person tells another position, and counts.")
        remedy = say("Delete the row without a date, or write the day from which it holds.")
        self._problem(row, what, remedy)

    def _problem(self, row: Row, what: str, remedy: str) -> None:
        title = self._table.table.column("position").title
        self.problems.append(Problem(self._table.title, row.number, title, what, remedy))


def _agrees(row: Row, record: PositionRecord) -> bool:
    return row.position in ("", record.position)
