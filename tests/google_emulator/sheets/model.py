"""A spreadsheet as people and the API see it.

People's deeds are methods of `Sheet` (insert_rows, delete_rows, sort, hide_rows, protect, note,
...) and of `Spreadsheet` (add_sheet, ...); `type_into` is typing into a cell.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.google_emulator.sheets.boxes import Box
from tests.google_emulator.sheets.cells import Cell, CellError, Value
from tests.google_emulator.sheets.references import shift_formulas
from tests.google_emulator.sheets.sheet import Sheet
from tests.google_emulator.sheets.shifting import Dimension, Shift, shift_all
from tests.google_emulator.world import World

__all__ = [
    "MIME",
    "Box",
    "Cell",
    "CellError",
    "Sheet",
    "Spreadsheet",
    "Value",
    "create_spreadsheet",
    "spreadsheet_of",
    "type_into",
]

MIME = "application/vnd.google-apps.spreadsheet"


@dataclass
class Spreadsheet:
    """All of a spreadsheet but its title and its rights, which Drive knows.

    Attributes:
        id, title, locale, time_zone: the title is Drive's name of the file, too.
        sheets: in the order of their tabs.
        properties: further SpreadsheetProperties.
        named_ranges: in Google's shape.
        developer_metadata: of the spreadsheet, its sheets, rows and columns; in Google's shape.
        outgoing: formulas that arrived and would reach out: IMPORT*, IMAGE, HYPERLINK.
    """

    id: str
    title: str
    locale: str = "en_US"
    time_zone: str = "Etc/GMT"
    random: random.Random = field(default_factory=lambda: random.Random(0))
    sheets: list[Sheet] = field(default_factory=list)
    properties: dict[str, Any] = field(default_factory=dict)
    named_ranges: list[dict[str, Any]] = field(default_factory=list)
    developer_metadata: list[dict[str, Any]] = field(default_factory=list)
    outgoing: list[str] = field(default_factory=list)

    def new_id(self) -> int:
        """A number for a new tab, protection, chart or the like; 31 bits."""
        return self.random.getrandbits(31)

    def add_sheet(
        self,
        title: str,
        rows: int = 1000,
        columns: int = 26,
        index: int | None = None,
        sheet_id: int | None = None,
    ) -> Sheet:
        """A new tab, last unless an index is given."""
        new = Sheet(self.new_id() if sheet_id is None else sheet_id, title, rows, columns)
        return self.adopt(new, index)

    def adopt(self, sheet: Sheet, index: int | None = None) -> Sheet:
        """Put a tab into the spreadsheet."""
        sheet.owner = self
        self.sheets.insert(len(self.sheets) if index is None else index, sheet)
        return sheet

    def delete_sheet(self, sheet: Sheet) -> None:
        """Delete a tab with the metadata and named ranges that point at it."""
        self.sheets.remove(sheet)
        gone = sheet.sheet_id
        self.named_ranges = [n for n in self.named_ranges if n["range"]["sheetId"] != gone]
        self.developer_metadata = [m for m in self.developer_metadata if _place(m) != gone]

    def sheet(self, key: int | str) -> Sheet:
        """A tab by id or title. Raises KeyError."""
        for sheet in self.sheets:
            if key == (sheet.title if isinstance(key, str) else sheet.sheet_id):
                return sheet
        raise KeyError(key)

    def cell_count(self) -> int:
        """The number of cells, empty ones included, which the limit of ten million is about."""
        return sum(sheet.rows * sheet.columns for sheet in self.sheets)

    def shift(self, sheet: Sheet, dimension: Dimension, shift: Shift) -> None:
        """Move everything that points at rows or columns of the sheet."""
        sheet.reshape(dimension, shift)
        number = sheet.sheet_id
        self.named_ranges = shift_all(self.named_ranges, number, dimension, shift)
        self.developer_metadata = shift_all(self.developer_metadata, number, dimension, shift)
        for other in self.sheets:
            if other is not sheet:
                other.charts = shift_all(other.charts, number, dimension, shift)
            shift_formulas(other, sheet, dimension, shift)

    def draft(self) -> Spreadsheet:
        """A copy to try changes on; `settle` takes them over."""
        new = Spreadsheet(self.id, self.title, self.locale, self.time_zone, self.random)
        for name in ("properties", "named_ranges", "developer_metadata", "outgoing"):
            setattr(new, name, copy.deepcopy(getattr(self, name)))
        for sheet in self.sheets:
            new.adopt(sheet.duplicate())
        return new

    def settle(self, draft: Spreadsheet) -> None:
        """Take over a draft. `Sheet` objects that others hold stay the same objects."""
        mine = {sheet.sheet_id: sheet for sheet in self.sheets}
        names = ("title", "locale", "time_zone", "properties")
        for name in (*names, "named_ranges", "developer_metadata", "outgoing"):
            setattr(self, name, getattr(draft, name))
        self.sheets = []
        for new in draft.sheets:
            kept = mine.get(new.sheet_id, new)
            kept.__dict__.update(new.__dict__)
            self.adopt(kept)


def _place(metadata: dict[str, Any]) -> int | None:
    """The tab that developer metadata is on."""
    location = metadata["location"]
    return location.get("sheetId", location.get("dimensionRange", {}).get("sheetId"))


def create_spreadsheet(
    world: World,
    title: str,
    owner: str,
    *,
    locale: str = "en_US",
    time_zone: str = "Etc/GMT",
    titles: Sequence[str] = ("Sheet1",),
) -> Spreadsheet:
    """A new spreadsheet in somebody's Drive; the first tab has the id 0, others random ones."""
    new = Spreadsheet(world.fresh_id(), title, locale, time_zone, world.random)
    for number, name in enumerate(titles):
        new.add_sheet(name, sheet_id=None if number else 0)
    world.add_file(new.id, title, MIME, owner)
    world.spreadsheets[new.id] = new
    return new


def spreadsheet_of(world: World, spreadsheet_id: str) -> Spreadsheet:
    """The spreadsheet with that id. Raises KeyError."""
    found = world.spreadsheets[spreadsheet_id]
    assert isinstance(found, Spreadsheet)
    return found


def type_into(
    world: World, spreadsheet: Spreadsheet, sheet: Sheet, row: int, column: int, text: str
) -> None:
    """What a person's typing does; see `typing_in.type_text`."""
    from tests.google_emulator.sheets.typing_in import type_text

    type_text(world, spreadsheet, sheet, row, column, text)
