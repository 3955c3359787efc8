"""Requests that insert and delete parts of rows or columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.google_emulator.errors import NotEmulated, invalid
from tests.google_emulator.sheets.batch.context import Handler, editable
from tests.google_emulator.sheets.boxes import Box
from tests.google_emulator.sheets.cells import Cell, unpack
from tests.google_emulator.sheets.editing import Editing
from tests.google_emulator.sheets.model import Sheet


def insert_range(edit: Editing, body: Mapping[str, Any]) -> None:
    """insertRange: cells move down or right; what would fall off the grid makes it larger."""
    sheet, box = editable(edit, body.get("range"))
    down = _shift_dimension(body)
    _demand_unspanned(sheet)
    area = _affected(sheet, box, down)
    edit.demand_cells(sheet, area)
    size = box.bottom - box.top if down else box.right - box.left
    moved = [(r, c, cell) for r, c, cell in sheet.cells(area)]
    if down:
        sheet.rows = max([sheet.rows, *(r + size + 1 for r, _, _ in moved)])
    else:
        sheet.columns = max([sheet.columns, *(c + size + 1 for _, c, _ in moved)])
    edit.demand_size()
    _replant(sheet, moved, (size, 0) if down else (0, size))


def delete_range(edit: Editing, body: Mapping[str, Any]) -> None:
    """deleteRange: cells move up or left."""
    sheet, box = editable(edit, body.get("range"))
    down = _shift_dimension(body)
    _demand_unspanned(sheet)
    area = _affected(sheet, box, down)
    edit.demand_cells(sheet, area)
    cells = list(sheet.cells(area))
    for row, column, _ in sheet.cells(box):
        sheet.store(row, column, None)
    kept = [(r, c, x) for r, c, x in cells if (r >= box.bottom if down else c >= box.right)]
    size = box.bottom - box.top if down else box.right - box.left
    _replant(sheet, kept, (-size, 0) if down else (0, -size))


def _shift_dimension(body: Mapping[str, Any]) -> bool:
    if body.get("shiftDimension") not in ("ROWS", "COLUMNS"):
        raise invalid("The shift dimension must be specified.")
    return body["shiftDimension"] == "ROWS"


def _demand_unspanned(sheet: Sheet) -> None:
    """Half a row moving through ranges is more than this emulator works out."""
    if sheet.merges or sheet.tables or sheet.protected or sheet.has_formulas:
        raise NotEmulated("insertRange/deleteRange in a tab with merges, tables or protections")


def _affected(sheet: Sheet, box: Box, down: bool) -> Box:
    return box._replace(bottom=sheet.rows) if down else box._replace(right=sheet.columns)


def _replant(sheet: Sheet, cells: list[tuple[int, int, Cell]], by: tuple[int, int]) -> None:
    for row, column, _ in cells:
        sheet.store(row, column, None)
    for row, column, cell in cells:
        sheet.put(row + by[0], column + by[1], unpack(cell))


HANDLERS: dict[str, Handler] = {"insertRange": insert_range, "deleteRange": delete_range}
