"""Requests that write cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.google_emulator.errors import invalid
from tests.google_emulator.sheets.a1 import exceeds
from tests.google_emulator.sheets.batch.context import Handler, editable, find
from tests.google_emulator.sheets.boxes import Box
from tests.google_emulator.sheets.celldata import Putting
from tests.google_emulator.sheets.cells import unpack
from tests.google_emulator.sheets.editing import Editing
from tests.google_emulator.sheets.masks import Tree, parse
from tests.google_emulator.sheets.model import Sheet

Rows = Sequence[Mapping[str, Any]]


def update_cells(edit: Editing, body: Mapping[str, Any]) -> None:
    """updateCells: with a range, its cells that aren't supplied are cleared of the named fields."""
    tree = parse(body.get("fields", ""), "CellData")
    rows = body.get("rows", ())
    if "range" in body:
        sheet, box = editable(edit, body["range"])
        _demand_fits(box, rows)
        _write(edit, sheet, box, _padded(rows, box), tree)
        return
    corner = body.get("start")
    if corner is None:
        raise invalid("Either start or range must be specified.")
    sheet = edit.sheet(corner.get("sheetId", 0))
    box = _extent(sheet, corner.get("rowIndex", 0), corner.get("columnIndex", 0), rows)
    edit.demand_inside(sheet, box)
    edit.demand_cells(sheet, box)
    _write(edit, sheet, box, [row.get("values", ()) for row in rows], tree)


def _extent(sheet: Sheet, top: int, left: int, rows: Rows) -> Box:
    width = max((len(row.get("values", ())) for row in rows), default=0)
    box = Box(top, left, top + max(len(rows), 1), left + max(width, 1))
    if top < 0 or left < 0 or top >= sheet.rows or left >= sheet.columns:
        raise exceeds(sheet, box)
    return box


def _demand_fits(box: Box, rows: Rows) -> None:
    width = max((len(row.get("values", ())) for row in rows), default=0)
    if len(rows) > box.bottom - box.top or width > box.right - box.left:
        raise invalid("Attempting to write more cells than the range has.")


def _padded(rows: Rows, box: Box) -> list[list[Mapping[str, Any]]]:
    """The range's cells, with nothing where nothing was supplied."""
    width = box.right - box.left
    given = [list(row.get("values", ())) for row in rows]
    given += [[] for _ in range(box.bottom - box.top - len(given))]
    return [[*line, *({} for _ in range(width - len(line)))] for line in given]


def _write(
    edit: Editing,
    sheet: Sheet,
    box: Box,
    lines: Sequence[Sequence[Mapping[str, Any]]],
    tree: Tree,
) -> None:
    put = Putting(edit, tree).put
    for row, line in enumerate(lines, box.top):
        for column, data in enumerate(line, box.left):
            old = sheet.stored(row, column)
            if old is not None or data:
                sheet.put_stored(row, column, put(old, data))


def append_cells(edit: Editing, body: Mapping[str, Any]) -> None:
    """appendCells: after the last row with data, whatever tables there are; the grid grows."""
    tree = parse(body.get("fields", ""), "CellData")
    sheet, rows = edit.sheet(body.get("sheetId", 0)), body.get("rows", ())
    top, left = sheet.last_row(), 0
    if "tableId" in body:
        table = find(sheet.tables, "tableId", body["tableId"], "table")
        top, left = table["range"]["endRowIndex"], table["range"]["startColumnIndex"]
    width = max((len(row.get("values", ())) for row in rows), default=0)
    new_rows, columns = max(sheet.rows, top + len(rows)), max(sheet.columns, left + width)
    edit.demand_size(new_rows * columns - sheet.rows * sheet.columns)
    sheet.rows, sheet.columns = new_rows, columns
    box = Box(top, left, top + len(rows), left + width)
    edit.demand_cells(sheet, box)
    _write(edit, sheet, box, [row.get("values", ()) for row in rows], tree)


def repeat_cell(edit: Editing, body: Mapping[str, Any]) -> None:
    """repeatCell."""
    tree = parse(body.get("fields", ""), "CellData")
    sheet, box = editable(edit, body.get("range"))
    data, put = body.get("cell", {}), Putting(edit, tree).put
    for row in range(box.top, box.bottom):
        for column in range(box.left, box.right):
            sheet.put_stored(row, column, put(sheet.stored(row, column), data))


def set_validation(edit: Editing, body: Mapping[str, Any]) -> None:
    """setDataValidation: without a rule the cells' validation goes."""
    sheet, box = editable(edit, body.get("range"))
    rule = body.get("rule") or None
    if rule is not None and "type" not in rule.get("condition", {}):
        raise invalid("The condition of a data validation rule must be specified.")
    for row in range(box.top, box.bottom):
        for column in range(box.left, box.right):
            if rule or sheet.stored(row, column) is not None:
                sheet.change(row, column, validation=rule)


BORDERS = ("top", "bottom", "left", "right", "innerHorizontal", "innerVertical")


def update_borders(edit: Editing, body: Mapping[str, Any]) -> None:
    """updateBorders: the cells at the edges get them."""
    sheet, box = editable(edit, body.get("range"))
    for row in range(box.top, box.bottom):
        for column in range(box.left, box.right):
            sides = _sides(box, row, column, body)
            cell = unpack(sheet.stored(row, column))
            old = (cell.format or {}).get("borders", {})
            new = {k: v for k, v in (old | sides).items() if v.get("style", "NONE") != "NONE"}
            style = {k: v for k, v in (cell.format or {}).items() if k != "borders"}
            sheet.put(
                row, column, cell.but(format=(style | ({"borders": new} if new else {})) or None)
            )


def _sides(box: Box, row: int, column: int, body: Mapping[str, Any]) -> dict[str, Any]:
    named = {
        "top": "top" if row == box.top else "innerHorizontal",
        "bottom": "bottom" if row == box.bottom - 1 else "innerHorizontal",
        "left": "left" if column == box.left else "innerVertical",
        "right": "right" if column == box.right - 1 else "innerVertical",
    }
    return {side: body[name] for side, name in named.items() if name in body}


HANDLERS: dict[str, Handler] = {
    "updateCells": update_cells,
    "appendCells": append_cells,
    "repeatCell": repeat_cell,
    "setDataValidation": set_validation,
    "updateBorders": update_borders,
}
