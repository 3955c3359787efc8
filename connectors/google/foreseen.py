"""What a spreadsheet holds after a change, if nobody else touches it.

It only spares a run the trouble of thinking through what the last one wrote: where it turns out
otherwise, that run does think it through.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from config.raw import Scalar
from connectors.google.book import STORE, Book, GoogleTab
from connectors.google.looks import Request

_LOOKS = frozenset(
    ("repeatCell", "setDataValidation", "addConditionalFormatRule", "addFilterView",
     "setBasicFilter", "updateDimensionProperties", "addProtectedRange", "appendDimension",
     "deleteDeveloperMetadata", "updateSheetProperties")
)  # fmt: skip
"""Changes that leave every value where and as it is."""
_VALUE = "userEnteredValue"
_VALUES = frozenset(("stringValue", "numberValue", "boolValue"))
Grid = list[list[Scalar]]


class _UnknownError(Exception):
    """Nobody can tell what comes of a change."""


def foreseen(book: Book, requests: Iterable[Request]) -> Book | None:
    """The spreadsheet after these requests; None where that can't be told.

    Args:
        book: the spreadsheet as it stands, with the cells of every tab that is written.
        requests: those of one or several changes, in their order.
    """
    future = _Future(book)
    try:
        for request in requests:
            ((kind, change),) = request.items()
            future.carry_out(kind, change)
    except _UnknownError:
        return None
    return future.book()


@dataclass
class _Future:
    """A spreadsheet on its way; grids hold only what was written to."""

    before: Book
    tabs: dict[int, GoogleTab] = field(init=False)
    grids: dict[int, Grid] = field(default_factory=dict)
    store_id: str = field(init=False)

    def __post_init__(self) -> None:
        self.tabs = {tab.sheet_id: tab for tab in self.before.tabs}
        self.store_id = self.before.store_id

    def book(self) -> Book:
        """What has come of it."""
        tabs = tuple(
            replace(tab, cells=self.grids.get(number, tab.cells))
            for number, tab in self.tabs.items()
        )
        return Book(self.before.id, self.before.title, self.before.zone, tabs, self.store_id)

    def carry_out(self, kind: str, change: Mapping[str, Any]) -> None:
        """Do one change. Raises _UnknownError where nobody can tell what comes of it."""
        if kind == "updateCells":
            self._update(change)
        elif kind == "insertDimension":
            self._insert(change["range"])
        elif kind == "addSheet":
            self._add(change["properties"])
        elif kind == "createDeveloperMetadata":
            entry = change["developerMetadata"]
            if entry["metadataKey"] == STORE:
                self.store_id = self.store_id or entry["metadataValue"]
        elif kind not in _LOOKS or _values_in(change.get("fields", "")):
            raise _UnknownError

    def _grid(self, sheet: int) -> Grid:
        if sheet not in self.grids:
            tab = self.tabs.get(sheet)
            if tab is None or tab.cells is None:
                raise _UnknownError
            self.grids[sheet] = [list(row) for row in tab.cells]
        return self.grids[sheet]

    def _update(self, change: Mapping[str, Any]) -> None:
        if not _values_in(change["fields"]):
            return
        start = change["start"]
        grid = self._grid(start["sheetId"])
        for down, line in enumerate(change["rows"], start["rowIndex"]):
            values = [_entered(cell) for cell in line["values"]]
            grid.extend([] for _ in range(down + 1 - len(grid)))
            row, first = grid[down], start["columnIndex"]
            row.extend("" for _ in range(first + len(values) - len(row)))
            row[first : first + len(values)] = values

    def _insert(self, where: Mapping[str, Any]) -> None:
        grid = self._grid(where["sheetId"])
        start, many = where["startIndex"], where["endIndex"] - where["startIndex"]
        if where["dimension"] == "ROWS":
            if start < len(grid):
                grid[start:start] = [[] for _ in range(many)]
            return
        for row in grid:
            if start < len(row):
                row[start:start] = [""] * many

    def _add(self, about: Mapping[str, Any]) -> None:
        size = about["gridProperties"]
        tab = GoogleTab(about["sheetId"], about["title"], about["index"], size["rowCount"],
                        size["columnCount"], ())  # fmt: skip
        self.tabs[tab.sheet_id] = tab


def _values_in(fields: str) -> bool:
    """Whether a mask speaks of values. Raises _UnknownError where it means parts of them."""
    parts = fields.split(",")
    if "*" in parts or any(part.startswith(f"{_VALUE}.") for part in parts):
        raise _UnknownError
    return _VALUE in parts


def _entered(cell: Mapping[str, Any]) -> Scalar:
    """The value that a cell is given; "" where it is emptied."""
    entered = cell.get(_VALUE) or {"stringValue": ""}
    ((kind, value),) = entered.items()
    if kind not in _VALUES:
        raise _UnknownError
    found: Scalar = value
    return found
