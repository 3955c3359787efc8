"""How a person finds a place in a spreadsheet: by tab, title and what stands in a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.google_emulator.sheets.model import Box, Sheet, Spreadsheet, Value

Row = int | Mapping[str, Value]
"""A row's number as a person sees it (the first is 1), or what stands in it: title → value."""
Column = int | str
"""A column's title, or its place counted from 0 where it has none."""


@dataclass(frozen=True)
class Table:
    """A tab with a header.

    Attributes:
        top: the header's row, 0-based: the first row of which two cells hold something.
    """

    spreadsheet: Spreadsheet
    sheet: Sheet
    top: int

    def titles(self) -> list[str]:
        """The header's titles."""
        line = next(self.sheet.values(Box(self.top, 0, self.top + 1, self.sheet.columns)), [])
        return ["" if title is None else str(title) for title in line]

    def column(self, column: Column) -> int:
        """A column's place. Raises KeyError with what there is instead."""
        if isinstance(column, int):
            return column
        titles = self.titles()
        if column not in titles:
            raise KeyError(f"{self.sheet.title!r} has no column {column!r}; it has {titles}")
        return titles.index(column)

    def rows(self) -> range:
        """The places of the rows below the header, up to the last that holds something."""
        return range(self.top + 1, self.sheet.last_row())

    def row(self, row: Row) -> int:
        """A row's place. Raises KeyError."""
        if isinstance(row, int):
            return row - 1
        wanted = [(self.column(title), value) for title, value in row.items()]
        for at in self.rows():
            if all(self.sheet.value(at, column) == value for column, value in wanted):
                return at
        raise KeyError(f"{self.sheet.title!r} has no row with {dict(row)}")

    def body(self) -> Box:
        """All cells below the header."""
        return Box(self.top + 1, 0, max(self.sheet.last_row(), self.top + 1), self.sheet.columns)

    def records(self) -> list[dict[str, Value]]:
        """The rows by title; of two columns with one title the first."""
        titles = self.titles()
        places = {title: titles.index(title) for title in titles if title}
        return [{t: self.sheet.value(at, c) for t, c in places.items()} for at in self.rows()]


def table_of(spreadsheet: Spreadsheet, tab: str) -> Table:
    """The tab of that title. Raises KeyError with the titles that there are."""
    try:
        sheet = spreadsheet.sheet(tab)
    except KeyError:
        raise KeyError(
            f"no tab {tab!r}; there are {[s.title for s in spreadsheet.sheets]}"
        ) from None
    filled = (
        row for row, line in enumerate(sheet.values(sheet.whole()))
        if sum(value is not None for value in line) > 1
    )  # fmt: skip
    return Table(spreadsheet, sheet, next(filled, 0))


def records(spreadsheet: Spreadsheet, tab: str) -> list[dict[str, Value]]:
    """What a person reads there: the rows by title."""
    return table_of(spreadsheet, tab).records()
