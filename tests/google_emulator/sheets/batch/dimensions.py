"""Requests about rows and columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from tests.google_emulator.errors import NotEmulated, invalid
from tests.google_emulator.sheets.batch.context import Handler
from tests.google_emulator.sheets.boxes import Box
from tests.google_emulator.sheets.editing import MOST_COLUMNS, Editing
from tests.google_emulator.sheets.masks import merge, parse
from tests.google_emulator.sheets.model import Sheet

Dimension = Literal["ROWS", "COLUMNS"]


class Stretch(NamedTuple):
    """Rows or columns of a tab, start..end."""

    sheet: Sheet
    dimension: Dimension
    start: int
    end: int

    @property
    def rows(self) -> bool:
        """Whether they are rows."""
        return self.dimension == "ROWS"

    @property
    def box(self) -> Box:
        """Their cells."""
        whole = self.sheet.whole()
        if self.rows:
            return whole._replace(top=self.start, bottom=self.end)
        return whole._replace(left=self.start, right=self.end)


def stretch(edit: Editing, given: Mapping[str, Any], beyond: bool = False) -> Stretch:
    """The rows or columns of a DimensionRange, in the grid unless `beyond` says otherwise."""
    sheet = edit.sheet(given.get("sheetId", 0))
    dimension = given.get("dimension", "DIMENSION_UNSPECIFIED")
    if dimension not in ("ROWS", "COLUMNS"):
        raise invalid("The dimension must be specified.")
    size = sheet.rows if dimension == "ROWS" else sheet.columns
    start, end = given.get("startIndex", 0), given.get("endIndex", size)
    if start < 0 or end <= start:
        raise invalid(f"endIndex [{end}] must be after startIndex [{start}]")
    if not beyond and end > size:
        name = "rows" if dimension == "ROWS" else "columns"
        raise invalid(f"Cannot use a range of {name} {start}..{end} in a grid of {size} {name}.")
    return Stretch(sheet, dimension, start, end)


def insert(edit: Editing, body: Mapping[str, Any]) -> None:
    """insertDimension: new cells take the formats of the row before, or of the one that follows."""
    span = stretch(edit, body.get("range", {}), beyond=True)
    sheet, count, before = span.sheet, span.end - span.start, bool(body.get("inheritFromBefore"))
    size = sheet.rows if span.rows else sheet.columns
    if span.start > size:
        raise invalid(f"range.startIndex[{span.start}] cannot be after the end of the grid[{size}]")
    if before and span.start == 0:
        raise invalid("inheritFromBefore cannot be true if inserting at the start of the grid.")
    if not before and span.start == size:
        raise invalid(f"range.startIndex[{span.start}] must be in the grid of {size}")
    _demand_growth(edit, span, count)
    _demand_insertable(edit, span)
    like = span.start - 1 if before else span.start
    (sheet.insert_rows if span.rows else sheet.insert_columns)(span.start, count, like)


def _demand_growth(edit: Editing, span: Stretch, count: int) -> None:
    sheet = span.sheet
    edit.demand_size(count * (sheet.columns if span.rows else sheet.rows))
    if not span.rows and sheet.columns + count > MOST_COLUMNS:
        raise invalid(f"The number of columns exceeds the limit of {MOST_COLUMNS}.")


def _demand_insertable(edit: Editing, span: Stretch) -> None:
    """Inserting inside something protected counts as editing it."""
    if span.start:
        whole = span.sheet.whole()
        near = {"top": span.start - 1, "bottom": span.start + 1}
        if not span.rows:
            near = {"left": span.start - 1, "right": span.start + 1}
        _demand_spanning(edit, span, whole._replace(**near))


def _demand_spanning(edit: Editing, span: Stretch, near: Box) -> None:
    for protection in span.sheet.protected:
        box = edit.protected_box(span.sheet, protection)
        first, last = (box.top, box.bottom) if span.rows else (box.left, box.right)
        if first < span.start < last:
            edit.demand_cells(span.sheet, near)


def delete(edit: Editing, body: Mapping[str, Any]) -> None:
    """deleteDimension."""
    span = stretch(edit, body.get("range", {}))
    sheet, count = span.sheet, span.end - span.start
    if count >= (sheet.rows if span.rows else sheet.columns):
        name = "rows" if span.rows else "columns"
        raise invalid(f"You can't delete all the {name} on the sheet.")
    edit.demand_cells(sheet, span.box)
    (sheet.delete_rows if span.rows else sheet.delete_columns)(span.start, count)


def append(edit: Editing, body: Mapping[str, Any]) -> None:
    """appendDimension."""
    sheet, count = edit.sheet(body.get("sheetId", 0)), body.get("length", 0)
    dimension = body.get("dimension")
    if dimension not in ("ROWS", "COLUMNS") or count < 1:
        raise invalid("The dimension and a positive length must be specified.")
    _demand_growth(edit, Stretch(sheet, dimension, 0, 1), count)
    if dimension == "ROWS":
        sheet.rows += count
    else:
        sheet.columns += count


def move(edit: Editing, body: Mapping[str, Any]) -> None:
    """moveDimension; the destination is counted before the move."""
    span = stretch(edit, body.get("source", {}))
    to = body.get("destinationIndex", 0)
    size = span.sheet.rows if span.rows else span.sheet.columns
    if not 0 <= to <= size:
        raise invalid(f"destinationIndex[{to}] must be within the grid of {size}")
    if span.start <= to <= span.end:
        return
    edit.demand_cells(span.sheet, span.box)
    carry = span.sheet.move_rows if span.rows else span.sheet.move_columns
    carry(span.start, span.end - span.start, to)


def update(edit: Editing, body: Mapping[str, Any]) -> None:
    """updateDimensionProperties."""
    if "dataSourceSheetRange" in body:
        raise NotEmulated("data source sheets")
    span = stretch(edit, body.get("range", {}))
    tree = parse(body.get("fields", ""), "DimensionProperties")
    given = body.get("properties", {})
    props = span.sheet.row_props if span.rows else span.sheet.column_props
    for index in range(span.start, span.end):
        if new := merge(props.get(index), given, tree):
            props[index] = new
        else:
            props.pop(index, None)


def auto_resize(edit: Editing, body: Mapping[str, Any]) -> None:
    """autoResizeDimensions: nothing is measured here, so sizes stay; the range is checked."""
    stretch(edit, body.get("dimensions", {}))


HANDLERS: dict[str, Handler] = {
    "insertDimension": insert,
    "deleteDimension": delete,
    "appendDimension": append,
    "moveDimension": move,
    "updateDimensionProperties": update,
    "autoResizeDimensions": auto_resize,
}
