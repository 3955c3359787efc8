"""What intake hands on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from config.problems import Problem
from config.tables import Table
from pipeline.growing.digests import digest_of

UNCLEAR = "unclear"
"""Stands in a yes/no or choice cell that holds a word nobody can be sure of."""


def in_rows(frame: pd.DataFrame, found: Collection[tuple[str, int]]) -> pd.Series:
    """Per row: is it one of those (tab or file, row)?

    Args:
        frame: with `row`, and `source` where rows come from several places.
        found: rows to be found.
    """
    if "source" not in frame:
        return frame["row"].isin([row for _, row in found])
    told = [place in found for place in zip(frame["source"], frame["row"], strict=True)]
    return pd.Series(told, index=frame.index, dtype=bool)


@dataclass(frozen=True)
class SignOns:
    """All sign-ons, typed.

    Attributes:
        frame: one row per response in the order of the file, with the columns
            `row` (int, as a spreadsheet counts; 0-based index besides),
            `received` (datetime64[ns, UTC]; NaT when it cannot be known),
            `time_problem` ("", "missing", "unreadable" or "ambiguous"),
            `response` (the form's own id of it; "" where there is none), `edited` (as `received`:
            when it was last changed, where the form says so),
            `by_hand` (bool: from the tab Sign-ons by hand),
            `asked_as` (the question under which the agreement to the whole was answered; ""),
            every field of `config.tables.SIGNONS` but timestamp, and `agrees_<id>` per principle
            and policy of the statement, `signs_<letter>` per letter with a column. Cells by kind:
            text, name, url, email, organisation: str as typed, "" when blank; yesno: "yes", "no",
            "" or UNCLEAR; choice: the table's word, "" or UNCLEAR; list: tuple of str; date:
            datetime64[ns], NaT.
        asked: fields that the form asks (a column was matched).
        problems: what could not be read.
        source: the file's name.
        titles: field of a principle or policy → the title of its column, which is what the form
            shows; also where it only resembles the question.
    """

    frame: pd.DataFrame
    asked: frozenset[str]
    problems: tuple[Problem, ...]
    source: str
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Typed:
    """One tracker table, typed.

    Attributes:
        table: its definition.
        frame: one row per row that has something in it: `row` (int) and every column of the table
            by field name. By kind: date: datetime64[ns], NaT; count, number: float64,
            NaN; list: tuple of str; yesno and choice as in SignOns; the rest str, "" when blank.
        present: field names whose column is there.
        problems: cells that could not be read.
        read: rows read, blank ones apart.
        tab: what the coalition calls the tab.
        titles: field → its column's title as people wrote it.
        shares: (row, field) of numbers that were written in percent; the frame has 0.9 for 90 %.
        parts: (tab or file, rows read) of each that the rows come from; empty where it is only the
            tab. Then the frame says in `source` which one a row comes from.
        kept: there is a tab of it; else forms alone feed it.
        unread: (tab or file, row, field) of days and numbers that stand there and can't be read: in
            the frame they are blank, but nobody may take them for what isn't there yet.
    """

    table: Table
    frame: pd.DataFrame
    present: frozenset[str]
    problems: tuple[Problem, ...]
    read: int
    tab: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    shares: frozenset[tuple[int, str]] = frozenset()
    parts: tuple[tuple[str, int], ...] = ()
    kept: bool = True
    unread: frozenset[tuple[str, int, str]] = frozenset()

    @cached_property
    def digest(self) -> str:
        """A hash of what the rows say, in whatever order they stand."""
        return digest_of(self.frame)

    @property
    def rows(self) -> int:
        """Rows read; of a table that only reports by another form fill, those reports."""
        return self.read if self.kept or self.read else len(self.frame)

    @property
    def title(self) -> str:
        """The tab's title as people know it."""
        return self.tab or self.table.title

    def unread_in(self, fields: Iterable[str]) -> pd.Series:
        """Per row of the frame: does a day stand in one of those fields that can't be read?"""
        wanted = set(fields)
        found = {(place, row) for place, row, field in self.unread if field in wanted}
        return in_rows(self.frame, found)

    @property
    def places(self) -> frozenset[str]:
        """The tab and the files in which its rows stand, as problems name them."""
        return frozenset({self.title, *(place for place, _ in self.parts)})
