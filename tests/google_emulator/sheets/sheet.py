"""One tab: its cells and all that lies on them, each in Google's shape."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from typing import Any

from tests.google_emulator.sheets.boxes import Box, box_of
from tests.google_emulator.sheets.cells import Cell
from tests.google_emulator.sheets.grid import Grid
from tests.google_emulator.sheets.shifting import (
    Dimension,
    Shift,
    deleted,
    inserted,
    moved,
    shift_all,
    shift_filter,
    shift_keys,
)
from tests.google_emulator.sheets.sorting import sort_cells

LISTS = (
    "merges",
    "protected",
    "conditional_formats",
    "charts",
    "bandings",
    "filter_views",
    "tables",
    "row_groups",
    "column_groups",
    "comments",
)
"""What a sheet has several of. Every range within has its sheetId, also 0."""


class Sheet(Grid):
    """A tab.

    Attributes:
        sheet_id, title: as in SheetProperties; the index is the place in `spreadsheet.sheets`.
        properties: further SheetProperties (hidden, tabColorStyle, rightToLeft).
        grid_properties: further GridProperties (frozenRowCount, frozenColumnCount, ...).
        row_props, column_props: DimensionProperties by index (hiddenByUser, pixelSize, ...).
        basic_filter: the BasicFilter or None.
    """

    def __init__(self, sheet_id: int, title: str, rows: int = 1000, columns: int = 26) -> None:
        super().__init__(rows, columns)
        self.sheet_id = sheet_id
        self.title = title
        self.properties: dict[str, Any] = {}
        self.grid_properties: dict[str, Any] = {}
        self.row_props: dict[int, dict[str, Any]] = {}
        self.column_props: dict[int, dict[str, Any]] = {}
        self.basic_filter: dict[str, Any] | None = None
        self.merges: list[dict[str, Any]] = []
        self.protected: list[dict[str, Any]] = []
        self.conditional_formats: list[dict[str, Any]] = []
        self.charts: list[dict[str, Any]] = []
        self.bandings: list[dict[str, Any]] = []
        self.filter_views: list[dict[str, Any]] = []
        self.tables: list[dict[str, Any]] = []
        self.row_groups: list[dict[str, Any]] = []
        self.column_groups: list[dict[str, Any]] = []
        self.comments: list[dict[str, Any]] = []
        self.owner: Any = None
        """The spreadsheet it is in."""

    @property
    def hidden(self) -> bool:
        """Whether people don't see the tab."""
        return bool(self.properties.get("hidden"))

    def duplicate(self) -> Sheet:
        """A copy that shares nothing which may change in place; the same id, no owner."""
        new = Sheet(self.sheet_id, self.title)
        new.copy_cells(self)
        for name in ("properties", "grid_properties", "row_props", "column_props", "basic_filter"):
            setattr(new, name, copy.deepcopy(getattr(self, name)))
        for name in LISTS:
            setattr(new, name, copy.deepcopy(getattr(self, name)))
        return new

    def box(self, grid_range: dict[str, int]) -> Box:
        """The cells of a GridRange, clipped to the grid."""
        return box_of(grid_range, self.rows, self.columns)

    def whole(self) -> Box:
        """All cells."""
        return Box(0, 0, self.rows, self.columns)

    def insert_rows(self, at: int, count: int = 1, like: int | None = None) -> None:
        """Insert rows before row `at`; everything that points below moves along.

        Where `like` names a row, as it is counted before, the new ones take over its formats,
        validations and height; in the browser that is the row beside which somebody inserts.
        """
        self.open_rows(at, count)
        self._shift("ROWS", inserted(at, count))
        if like is not None:
            self._take_after("ROWS", at, count, like + count if like >= at else like)

    def insert_columns(self, at: int, count: int = 1, like: int | None = None) -> None:
        """Insert columns before column `at`; `like` is a column, as with rows."""
        self.open_columns(at, count)
        self._shift("COLUMNS", inserted(at, count))
        if like is not None:
            self._take_after("COLUMNS", at, count, like + count if like >= at else like)

    def _take_after(self, dimension: Dimension, at: int, count: int, source: int) -> None:
        across = dimension == "ROWS"
        for other in range(self.columns if across else self.rows):
            cell = self.cell(*((source, other) if across else (other, source)))
            if cell is not None and (cell.format or cell.validation):
                for index in range(at, at + count):
                    place = (index, other) if across else (other, index)
                    self.put(*place, Cell(format=cell.format, validation=cell.validation))
        props = self.row_props if across else self.column_props
        if "pixelSize" in props.get(source, {}):
            size = props[source]["pixelSize"]
            props.update({index: {"pixelSize": size} for index in range(at, at + count)})

    def delete_rows(self, at: int, count: int = 1) -> None:
        """Delete rows with all that lies on them."""
        self.close_rows(at, count)
        self._shift("ROWS", deleted(at, count))

    def delete_columns(self, at: int, count: int = 1) -> None:
        """Delete columns with all that lies on them."""
        self.close_columns(at, count)
        self._shift("COLUMNS", deleted(at, count))

    def move_rows(self, at: int, count: int, to: int) -> None:
        """Move rows to before row `to`, counted before the move."""
        self.carry_rows(at, count, to)
        self._shift("ROWS", moved(at, count, to))

    def move_columns(self, at: int, count: int, to: int) -> None:
        """Move columns to before column `to`, counted before the move."""
        self.carry_columns(at, count, to)
        self._shift("COLUMNS", moved(at, count, to))

    def sort(self, box: Box | None, keys: Sequence[tuple[int, bool]]) -> list[int]:
        """Sort rows by (column, descending) keys; the former row numbers in the new order.

        Cells move with notes and formats; row properties and developer metadata stay on the index.
        Without a box everything below the frozen rows is sorted.
        """
        frozen = self.grid_properties.get("frozenRowCount", 0)
        box = box or Box(frozen, 0, self.last_row(), self.columns)
        return sort_cells(self, box, keys)

    def hide_rows(self, rows: Iterable[int], how: str = "hiddenByUser") -> None:
        """Hide rows as a person does; how="hiddenByFilter" as a filter does."""
        for row in rows:
            self.row_props.setdefault(row, {})[how] = True

    def show_rows(self) -> None:
        """Show all rows."""
        for props in self.row_props.values():
            props.pop("hiddenByUser", None)
            props.pop("hiddenByFilter", None)

    def hide_columns(self, columns: Iterable[int]) -> None:
        """Hide columns as a person does."""
        for column in columns:
            self.column_props.setdefault(column, {})["hiddenByUser"] = True

    def hide(self) -> None:
        """Hide the tab."""
        self.properties["hidden"] = True

    def filter(self, box: Box, hidden_rows: Iterable[int] = ()) -> None:
        """Set the basic filter and hide what it hides."""
        self.basic_filter = {"range": box.grid_range(self.sheet_id)}
        self.hide_rows(hidden_rows, "hiddenByFilter")

    def protect(
        self, box: Box | None = None, editors: Iterable[str] = (), warning_only: bool = False
    ) -> dict[str, Any]:
        """Protect cells, or the whole tab, as a person does; the ProtectedRange."""
        where = box.grid_range(self.sheet_id) if box else {"sheetId": self.sheet_id}
        protection: dict[str, Any] = {"protectedRangeId": self.owner.new_id(), "range": where}
        if warning_only:
            protection["warningOnly"] = True
        else:
            protection["editors"] = {"users": list(editors)}
        self.protected.append(protection)
        return protection

    def note(self, row: int, column: int, text: str) -> None:
        """Write a note on a cell."""
        self.change(row, column, note=text)

    def colour(self, box: Box, red: float = 1.0, green: float = 1.0, blue: float = 0.0) -> None:
        """Colour the background of cells."""
        colour = {"red": red, "green": green, "blue": blue}
        for row in range(box.top, box.bottom):
            for column in range(box.left, box.right):
                found = self.cell(row, column)
                style = dict((found.format if found else None) or {})
                style |= {"backgroundColor": colour, "backgroundColorStyle": {"rgbColor": colour}}
                self.change(row, column, format=style)

    def reshape(self, dimension: Dimension, shift: Shift) -> None:
        """Move everything on this tab that points at rows or columns."""
        for name in LISTS:
            setattr(self, name, shift_all(getattr(self, name), self.sheet_id, dimension, shift))
        self.basic_filter = shift_all(self.basic_filter, self.sheet_id, dimension, shift)
        if dimension == "ROWS":
            self.row_props = shift_keys(self.row_props, shift)
            return
        self.column_props = shift_keys(self.column_props, shift)
        self.basic_filter = shift_filter(self.basic_filter, shift)
        self.filter_views = [view for v in self.filter_views if (view := shift_filter(v, shift))]

    def _shift(self, dimension: Dimension, shift: Shift) -> None:
        self.owner.shift(self, dimension, shift)
