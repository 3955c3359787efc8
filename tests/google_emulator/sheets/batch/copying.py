"""Requests that copy, cut, paste, merge, find and replace."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from typing import Any

from tests.google_emulator.errors import NotEmulated, invalid
from tests.google_emulator.sheets.batch.context import Handler, editable, target
from tests.google_emulator.sheets.boxes import Box
from tests.google_emulator.sheets.cells import EMPTY, Cell, pack, unpack
from tests.google_emulator.sheets.editing import Editing, demand_length
from tests.google_emulator.sheets.model import Sheet
from tests.google_emulator.sheets.references import shifted

PASTES = {
    "PASTE_NORMAL": ("value", "formula", "format", "note", "validation", "runs"),
    "PASTE_VALUES": ("value",),
    "PASTE_FORMAT": ("format", "validation"),
    "PASTE_FORMULA": ("value", "formula"),
    "PASTE_DATA_VALIDATION": ("validation",),
}


def _fields(body: Mapping[str, Any], name: str = "pasteType") -> tuple[str, ...]:
    kind = body.get(name, "PASTE_NORMAL")
    if kind not in PASTES:
        raise NotEmulated(f"{name} {kind}")
    return PASTES[kind]


def _pasted(old: Cell, new: Cell, fields: tuple[str, ...]) -> Cell:
    taken = {name: getattr(new, name) for name in fields}
    if "value" in taken and "formula" not in taken:
        taken["formula"] = None
    return old.but(**taken)


def _moved_formula(formula: str | None, down: int, right: int) -> str | None:
    """References without $ go along with a copy."""
    if formula is None:
        return None

    def along(by: int) -> Any:
        return lambda start, end: (start + by, end + by)

    for dimension, by, mark in (("ROWS", down, r"\$\d"), ("COLUMNS", right, r"\$[A-Za-z]")):
        if by and re.search(mark, formula):
            raise NotEmulated("copying formulas with absolute references")
        formula = shifted(formula, True, "", dimension, along(by))  # type: ignore[arg-type]
    return formula


def copy_paste(edit: Editing, body: Mapping[str, Any]) -> None:
    """copyPaste: a destination that is a multiple of the source is filled with copies."""
    source, box = target(edit, body.get("source"))
    sheet, into = target(edit, body.get("destination"))
    if body.get("pasteOrientation", "NORMAL") != "NORMAL":
        raise NotEmulated("pasteOrientation TRANSPOSE")
    fields = _fields(body)
    high, wide = box.bottom - box.top, box.right - box.left
    times = max((into.bottom - into.top) // high, 1), max((into.right - into.left) // wide, 1)
    area = Box(into.top, into.left, into.top + high * times[0], into.left + wide * times[1])
    edit.demand_inside(sheet, area)
    edit.demand_cells(sheet, area)
    block = {
        (r, c): unpack(source.stored(box.top + r, box.left + c))
        for r in range(high)
        for c in range(wide)
    }
    for row in range(area.top, area.bottom):
        for column in range(area.left, area.right):
            at = ((row - area.top) % high, (column - area.left) % wide)
            by = (row - box.top - at[0], column - box.left - at[1])
            cell = block[at].but(formula=_moved_formula(block[at].formula, *by))
            sheet.put(row, column, _pasted(unpack(sheet.stored(row, column)), cell, fields))


def cut_paste(edit: Editing, body: Mapping[str, Any]) -> None:
    """cutPaste."""
    source, box = editable(edit, body.get("source"))
    corner = body.get("destination", {})
    sheet = edit.sheet(corner.get("sheetId", 0))
    fields = _fields(body)
    top, left = corner.get("rowIndex", 0), corner.get("columnIndex", 0)
    area = Box(top, left, top + box.bottom - box.top, left + box.right - box.left)
    edit.demand_inside(sheet, area)
    edit.demand_cells(sheet, area)
    cells = [
        (row - box.top + top, column - box.left + left, unpack(source.stored(row, column)))
        for row in range(box.top, box.bottom)
        for column in range(box.left, box.right)
    ]
    for row in range(box.top, box.bottom):
        for column in range(box.left, box.right):
            left_over = _pasted(unpack(source.stored(row, column)), EMPTY, fields)
            source.store(row, column, pack(left_over))
    for row, column, cell in cells:
        sheet.put(row, column, _pasted(unpack(sheet.stored(row, column)), cell, fields))


def paste_data(edit: Editing, body: Mapping[str, Any]) -> None:
    """pasteData: text with a delimiter, read as if typed."""
    if body.get("html"):
        raise NotEmulated("pasteData of HTML")
    if _fields(body, "type") != PASTES["PASTE_NORMAL"]:
        raise NotEmulated("pasteData other than PASTE_NORMAL")
    corner, mark = body.get("coordinate", {}), body.get("delimiter", "")
    if len(mark) != 1:
        raise invalid("The delimiter must be a single character.")
    sheet = edit.sheet(corner.get("sheetId", 0))
    top, left = corner.get("rowIndex", 0), corner.get("columnIndex", 0)
    lines = list(csv.reader(io.StringIO(body.get("data", "")), delimiter=mark))
    wide = max((len(line) for line in lines), default=0)
    area = Box(top, left, top + len(lines), left + wide)
    _grow(edit, sheet, area)
    edit.demand_cells(sheet, area)
    for row, line in enumerate(lines, top):
        for column, text in enumerate(line, left):
            demand_length(text)
            sheet.put(row, column, edit.typed(unpack(sheet.stored(row, column)), text))


def _grow(edit: Editing, sheet: Sheet, area: Box) -> None:
    rows, columns = max(sheet.rows, area.bottom), max(sheet.columns, area.right)
    edit.demand_size(rows * columns - sheet.rows * sheet.columns)
    sheet.rows, sheet.columns = rows, columns


def merge_cells(edit: Editing, body: Mapping[str, Any]) -> None:
    """mergeCells: only the first cell's value survives."""
    sheet, box = editable(edit, body.get("range"))
    kind = body.get("mergeType", "MERGE_ALL")
    parts = {
        "MERGE_ALL": [box],
        "MERGE_ROWS": [box._replace(top=r, bottom=r + 1) for r in range(box.top, box.bottom)],
        "MERGE_COLUMNS": [box._replace(left=c, right=c + 1) for c in range(box.left, box.right)],
    }[kind]
    for part in parts:
        for other in list(sheet.merges):
            old = sheet.box(other)
            if old.overlaps(part):
                if not part.contains(old):
                    raise invalid(
                        "You must select all cells in a merged range to merge or unmerge them."
                    )
                sheet.merges.remove(other)
        for row, column, cell in list(sheet.cells(part)):
            if (row, column) != (part.top, part.left):
                sheet.put(row, column, cell.but(value=None, formula=None, runs=()))
        sheet.merges.append(part.grid_range(sheet.sheet_id))


def unmerge_cells(edit: Editing, body: Mapping[str, Any]) -> None:
    """unmergeCells: only whole merges."""
    sheet, box = editable(edit, body.get("range"))
    for other in list(sheet.merges):
        old = sheet.box(other)
        if old.overlaps(box):
            if not box.contains(old):
                raise invalid(
                    "You must select all cells in a merged range to merge or unmerge them."
                )
            sheet.merges.remove(other)


def find_replace(edit: Editing, body: Mapping[str, Any]) -> dict[str, Any]:
    """findReplace in texts; formulas only if includeFormulas says so, which isn't emulated."""
    if body.get("includeFormulas"):
        raise NotEmulated("findReplace in formulas")
    if not body.get("find"):
        raise invalid("The find string must not be empty.")
    pattern = _pattern(body)
    counts = {"valuesChanged": 0, "occurrencesChanged": 0, "rowsChanged": 0, "sheetsChanged": 0}
    for sheet, box in _scopes(edit, body):
        rows = set()
        for row, column, cell in list(sheet.cells(box)):
            new, times = _replaced(cell, pattern, body)
            if times:
                edit.demand_cells(sheet, Box(row, column, row + 1, column + 1))
                sheet.put(row, column, edit.typed(cell, new))
                rows.add(row)
                counts["valuesChanged"] += 1
                counts["occurrencesChanged"] += times
        counts["rowsChanged"] += len(rows)
        counts["sheetsChanged"] += bool(rows)
    return {"findReplace": {name: count for name, count in counts.items() if count}}


def _scopes(edit: Editing, body: Mapping[str, Any]) -> list[tuple[Sheet, Box]]:
    if body.get("allSheets"):
        return [(sheet, sheet.whole()) for sheet in edit.book.sheets]
    if "range" in body:
        return [target(edit, body["range"])]
    if "sheetId" in body:
        sheet = edit.sheet(body["sheetId"])
        return [(sheet, sheet.whole())]
    raise invalid("A scope must be specified: range, sheetId or allSheets.")


def _pattern(body: Mapping[str, Any]) -> re.Pattern[str]:
    text = body["find"] if body.get("searchByRegex") else re.escape(body["find"])
    if body.get("matchEntireCell"):
        text = rf"\A(?:{text})\Z"
    return re.compile(text, 0 if body.get("matchCase") else re.IGNORECASE)


def _replaced(cell: Cell, pattern: re.Pattern[str], body: Mapping[str, Any]) -> tuple[str, int]:
    if cell.formula is not None or cell.value is None or isinstance(cell.value, bool):
        return "", 0
    text = cell.value if isinstance(cell.value, str) else str(cell.value)
    return pattern.subn(lambda _: body.get("replacement", ""), text)


HANDLERS: dict[str, Handler] = {
    "copyPaste": copy_paste,
    "cutPaste": cut_paste,
    "pasteData": paste_data,
    "mergeCells": merge_cells,
    "unmergeCells": unmerge_cells,
    "findReplace": find_replace,
}
