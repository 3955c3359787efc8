"""The rows of Changes as people typed them, and what to say beside one that can't be obeyed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

import pandas as pd

from config.problems import Problem
from config.raw import RawTable, Scalar
from config.serials import day_of, serial_of
from config.tables import CHANGES
from config.text import clean, fold, shorten
from config.words import say
from pipeline.hashing import cell_text, digest
from pipeline.intake.timestamps import days, parse

FIRST_SERIAL, LAST_SERIAL = map(serial_of, (dt.date(2000, 1, 1), dt.date(2100, 1, 1)))
"""Smaller and larger numbers are no days that anybody means."""
_ANY = ZoneInfo("UTC")
"""A day is the same in every zone."""
THEIRS = tuple(column.title for column in CHANGES.columns if column.who == "people")


@dataclass(frozen=True)
class Row:
    """One row with something in it.

    Attributes:
        tab: what the coalition calls the tab.
        number: as the spreadsheet shows it.
        cells: people's cells by title, untouched.
        texts: the same in one line each, with every sign that belongs to a name, joiners too.
        id: `c-` and the hash of people's cells and of its occurrence.
    """

    tab: str
    number: int
    cells: Mapping[str, Scalar]
    texts: Mapping[str, str]
    id: str

    @property
    def change(self) -> str:
        """The word under Change, for comparison."""
        return fold(self.texts["Change"])

    def fault(self, column: str, what: str, remedy: str) -> Problem:
        """What is wrong with one of its cells."""
        return Problem(self.tab, self.number, column, what, remedy, shorten(self.texts[column]))


def rows_of(raw: RawTable | None) -> Iterator[Row]:
    """All rows that aren't blank, in the order of the tab."""
    if raw is None:
        return
    at = {fold(title): index for index, title in reversed(list(enumerate(raw.header)))}
    places = {title: at.get(fold(title)) for title in THEIRS}
    seen: Counter[str] = Counter()
    for number, line in zip(raw.numbers, raw.rows, strict=True):
        cells = {title: None if i is None else line[i] for title, i in places.items()}
        plain = tuple(map(cell_text, cells.values()))
        if not any(plain):
            continue
        mark = digest(plain)
        identity = f"c-{digest((mark, str(seen[mark])), 12)}"
        seen[mark] += 1
        texts = {title: _as_typed(cell) for title, cell in cells.items()}
        yield Row(raw.tab, number, cells, texts, identity)


def _as_typed(cell: Scalar) -> str:
    return clean(cell) if isinstance(cell, str) else cell_text(cell)


def day_in(cell: Scalar) -> dt.date | None:
    """A cell that holds a day, a spreadsheet's number for it, or text that says one; else None.

    Text is read as in people's tabs: what could be two days is none. Google keeps no more than the
    number of a day that was typed under New value.
    """
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        cell = day_of(cell) if FIRST_SERIAL <= cell < LAST_SERIAL else None
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    return _read(cell)[0] if isinstance(cell, str) else None


def no_day(cell: Scalar) -> str:
    """Why a cell in which `day_in` finds no day holds none."""
    if isinstance(cell, str) and _read(cell)[1] == "ambiguous":
        return say("The first two numbers could be day and month or month and day.")
    return say("This is no date.")


@lru_cache(maxsize=1024)
def _read(text: str) -> tuple[dt.date | None, str]:
    """The day that a text says, and what is the matter where it says none."""
    times = parse(pd.Series([text], dtype=object), _ANY, by_column=False)
    day = days(times, _ANY).iloc[0]
    return (None if pd.isna(day) else day.date()), str(times.problem.iloc[0])
