"""A spreadsheet of Google as it was read: its tabs, its time zone and whose store it belongs to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Protocol, TypeVar

from config.errors import WrongSettings
from config.raw import RawTable, Scalar, is_blank
from config.serials import day_of, moment_of
from config.tables import Table
from config.text import fold
from config.words import say

STORE = "weaver-store"
"""The developer metadata of the spreadsheet that holds the store's id."""
MARK = "weaver-column"
"""The developer metadata on each column of a tab that Weaver writes into."""
FIELDS = (
    "spreadsheetId,properties(title,timeZone),"
    "sheets(properties(sheetId,title,index,sheetType,hidden,gridProperties(rowCount,columnCount)),"
    "data.columnMetadata.developerMetadata(metadataId,metadataKey,location)),"
    "developerMetadata(metadataKey,metadataValue)"
)
Cells = Sequence[Sequence[Scalar]]


class Reads(Protocol):
    """What is asked of Google here; `connectors.google.calls.Calls` does it."""

    def metadata(self, spreadsheet: str, fields: str) -> dict[str, Any]:
        """The masked resource."""
        ...

    def values(self, spreadsheet: str, ranges: Sequence[str]) -> list[dict[str, Any]]:
        """The ranges' values, unformatted, dates as serial numbers."""
        ...


@dataclass(frozen=True)
class GoogleTab:
    """One tab.

    Attributes:
        sheet_id: Google's number of it, which a renaming leaves alone.
        title: its title now.
        index: its place among the tabs.
        rows, columns: the size of its grid.
        cells: its values from A1, ragged, as Google sent them; None where they weren't asked for.
        marks: column → id of Weaver's mark on it.
        hidden: whether it is out of sight.
    """

    sheet_id: int
    title: str
    index: int
    rows: int
    columns: int
    cells: Cells | None = None
    marks: Mapping[int, int] = field(default_factory=dict)
    hidden: bool = False

    @property
    def range(self) -> str:
        """All of the tab in A1 notation; quoted, since a title may look like a cell."""
        quoted = self.title.replace("'", "''")
        return f"'{quoted}'!A1:ZZZ"


@dataclass(frozen=True)
class Book:
    """A spreadsheet.

    Attributes:
        id: Google's.
        title: the spreadsheet's.
        zone: its time zone, by which its serial dates are read.
        tabs: in their order, charts' own tabs left out.
        store_id: id of the store that last wrote here; "" in a new tracker.
    """

    id: str
    title: str
    zone: str
    tabs: tuple[GoogleTab, ...]
    store_id: str = ""

    @cached_property
    def mark(self) -> str:
        """SHA-256 over all that a run rests on; neither sizes nor the order of the tabs count."""
        tabs = sorted((tab.sheet_id, tab.title, plain(tab.cells)) for tab in self.tabs)
        seen = json.dumps([self.title, self.zone, self.store_id, tabs])
        return hashlib.sha256(seen.encode()).hexdigest()

    def with_cells(self, fresh: Mapping[int, Cells]) -> Book:
        """The same with the cells of some tabs (by sheet id) as they are now."""
        tabs = tuple(
            replace(t, rows=max(t.rows, len(cells)), cells=cells)
            if (cells := fresh.get(t.sheet_id)) is not None else t
            for t in self.tabs
        )  # fmt: skip
        return Book(self.id, self.title, self.zone, tabs, self.store_id)


def read_book(calls: Reads, spreadsheet: str, wanted: Callable[[GoogleTab], bool]) -> Book:
    """Read a spreadsheet in two requests: what tabs there are, and the cells of those wanted."""
    about = calls.metadata(spreadsheet, FIELDS)
    tabs = tabs_of(about)
    asked = [tab for tab in tabs if wanted(tab)]
    found = read_cells(calls, spreadsheet, asked)
    tabs = [replace(tab, cells=found.get(tab.sheet_id)) for tab in tabs]
    properties = about.get("properties", {})
    return Book(
        spreadsheet,
        properties.get("title", ""),
        properties.get("timeZone", ""),
        tuple(tabs),
        _store_id(about),
    )


def tabs_of(about: Mapping[str, Any]) -> list[GoogleTab]:
    """The tabs that a spreadsheet says it has, without cells; charts' own tabs are left out."""
    return [_tab(sheet) for sheet in about.get("sheets", ()) if _is_grid(sheet)]


def read_cells(calls: Reads, spreadsheet: str, tabs: Sequence[GoogleTab]) -> dict[int, Cells]:
    """Sheet id → the tab's cells now, in one request."""
    if not tabs:
        return {}
    ranges = calls.values(spreadsheet, [tab.range for tab in tabs])
    return {tab.sheet_id: found.get("values", []) for tab, found in zip(tabs, ranges, strict=True)}


def sheet_id_of(name: str) -> int:
    """The number that Weaver gives its tab of that table, in every spreadsheet the same."""
    return int(hashlib.sha256(f"weaver {name}".encode()).hexdigest()[:7], 16) + 1


def known(names: Mapping[str, str]) -> Callable[[GoogleTab], bool]:
    """Tells the tabs that Weaver knows, given what each is called and the name of its table."""
    titles = {title.casefold() for title in names}
    numbers = {sheet_id_of(name) for name in names.values()}
    return lambda tab: tab.title.casefold() in titles or tab.sheet_id in numbers


def find_tab(book: Book, name: str, title: str) -> GoogleTab | None:
    """Weaver's tab of a table: by its number, else by its title.

    Raises:
        WrongSettings: one tab has the number and another the title.
    """
    numbered = next((tab for tab in book.tabs if tab.sheet_id == sheet_id_of(name)), None)
    titled = next((tab for tab in book.tabs if tab.title.casefold() == title.casefold()), None)
    if numbered and titled and numbered is not titled:
        raise WrongSettings(
            say("Two tabs could be “{title}”: it was renamed to “{other}”, and there is another "
                "of that title.", title=title, other=numbered.title),
            book.title,
            say("Keep the one that Weaver writes, “{other}”: rename the other, or delete it.",
                other=numbered.title),
        )  # fmt: skip
    return numbered or titled


def plain(cells: Cells | None) -> list[list[Scalar]] | None:
    """The cells up to the last that holds something; one value is written one way only."""
    if cells is None:
        return None
    rows = [_without_end([_plain(cell) for cell in row], "") for row in cells]
    return _without_end(rows, [])


def _plain(cell: Scalar) -> Scalar:
    if cell is None:
        return ""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


_T = TypeVar("_T")


def _without_end(items: list[_T], blank: _T) -> list[_T]:
    end = len(items)
    while end and items[end - 1] == blank:
        end -= 1
    return items[:end]


def top_of(tab: GoogleTab) -> int:
    """The row number of the tab's header, the first row that holds something; 1 where none does."""
    rows = enumerate(tab.cells or (), 1)
    return next((number for number, row in rows if any(not is_blank(c) for c in row)), 1)


def raw_table(tab: GoogleTab, table: Table | None = None) -> RawTable:
    """The tab as a table of plain cells; dates in columns of days and times if its table is known.

    Row numbers are those of the spreadsheet.
    """
    top = top_of(tab)
    rows = [(number, row) for number, row in enumerate(tab.cells or (), 1) if number >= top]
    if not rows or not any(map(len, (row for _, row in rows))):
        return RawTable(tab.title, (), (), ())
    width = max(len(row) for _, row in rows)
    header = tuple(str(cell) for cell in _padded(rows[0][1], width, ""))
    filled = [(n, row) for n, row in rows[1:] if any(not is_blank(cell) for cell in row)]
    readers = _readers(header, table)
    body = tuple(_typed(_padded(row, width, None), readers) for _, row in filled)
    return RawTable(tab.title, header, body, tuple(n for n, _ in filled))


def _padded(row: Sequence[Scalar], width: int, blank: Scalar) -> list[Scalar]:
    cells = [blank if cell == "" or cell is None else cell for cell in row]
    return cells + [blank] * (width - len(cells))


Reader = Callable[[Scalar], Scalar]


def _readers(header: Sequence[str], table: Table | None) -> dict[int, Reader]:
    """Place → what makes days and moments of the numbers that a spreadsheet keeps."""
    ways: dict[str, Reader] = {"date": day_of, "time": moment_of}
    kinds = {fold(c.title): ways[c.kind] for c in table.columns if c.kind in ways} if table else {}
    return {i: kinds[fold(title)] for i, title in enumerate(header) if fold(title) in kinds}


def _typed(row: list[Scalar], readers: Mapping[int, Reader]) -> tuple[Scalar, ...]:
    for place, reader in readers.items():
        found = reader(row[place])
        row[place] = row[place] if found is None else found
    return tuple(row)


def _is_grid(sheet: Mapping[str, Any]) -> bool:
    return bool(sheet["properties"].get("sheetType", "GRID") == "GRID")


def _tab(sheet: Mapping[str, Any]) -> GoogleTab:
    properties = sheet["properties"]
    grid = properties.get("gridProperties", {})
    return GoogleTab(
        properties.get("sheetId", 0),
        properties["title"],
        properties.get("index", 0),
        grid.get("rowCount", 0),
        grid.get("columnCount", 0),
        marks=dict(_marks(sheet)),
        hidden=properties.get("hidden", False),
    )


def _marks(sheet: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    for part in sheet.get("data", ()):
        for column in part.get("columnMetadata", ()):
            for entry in column.get("developerMetadata", ()):
                if entry.get("metadataKey") == MARK:
                    yield (
                        entry["location"]["dimensionRange"].get("startIndex", 0),
                        entry["metadataId"],
                    )


def _store_id(about: Mapping[str, Any]) -> str:
    ids = (
        str(entry.get("metadataValue", ""))
        for entry in about.get("developerMetadata", ())
        if entry.get("metadataKey") == STORE
    )
    return next(ids, "")
