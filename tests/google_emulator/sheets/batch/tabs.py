"""Requests about tabs and the spreadsheet as a whole."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from tests.google_emulator.errors import invalid
from tests.google_emulator.sheets import metadata
from tests.google_emulator.sheets.batch.context import Handler
from tests.google_emulator.sheets.batch.properties import (
    SHEET,
    demand_frozen,
    demand_size,
    demand_title,
    take_over,
)
from tests.google_emulator.sheets.editing import Editing
from tests.google_emulator.sheets.model import Sheet, Spreadsheet
from tests.google_emulator.sheets.present import sheet_properties
from tests.google_emulator.sheets.shifting import GRID_RANGE


def free_title(book: Spreadsheet, start: str = "Sheet") -> str:
    """The next title that nobody has."""
    titles = {sheet.title for sheet in book.sheets}
    return next(name for n in range(1, 10_000) if (name := f"{start}{n}") not in titles)


def free_sheet_id(edit: Editing, asked: int | None) -> int:
    """The id that was asked for, or a random one of 31 bits."""
    taken = {sheet.sheet_id for sheet in edit.book.sheets}
    if asked is None:
        return next(n for n in iter(edit.book.new_id, None) if n not in taken)
    if asked < 0:
        raise invalid(f"sheetId: {asked} must be non-negative")
    if asked in taken:
        raise invalid(f"Sheet with id {asked} already exists. Please enter another id.")
    return asked


def add_sheet(edit: Editing, body: Mapping[str, Any]) -> dict[str, Any]:
    """addSheet."""
    given = body.get("properties", {})
    if given.get("sheetType", "GRID") != "GRID":
        raise invalid("Only sheets of type GRID can be added.")
    title = given.get("title") or free_title(edit.book)
    demand_title(edit.book, title)
    grid = given.get("gridProperties", {})
    rows, columns = grid.get("rowCount", 1000), grid.get("columnCount", 26)
    demand_size(rows, columns)
    edit.demand_size(rows * columns)
    index = _index(given.get("index"), len(edit.book.sheets))
    sheet_id = free_sheet_id(edit, given.get("sheetId"))
    sheet = edit.book.add_sheet(title, rows, columns, index, sheet_id)
    take_over(sheet, given, {name: {} for name in SHEET})
    demand_frozen(sheet)
    return {"addSheet": {"properties": sheet_properties(sheet, edit.book.sheets.index(sheet))}}


def _index(asked: int | None, count: int) -> int:
    if asked is None:
        return count
    if not 0 <= asked <= count:
        raise invalid(f"Sheet index {asked} is out of range.")
    return asked


def delete_sheet(edit: Editing, body: Mapping[str, Any]) -> None:
    """deleteSheet."""
    sheet = edit.sheet(body.get("sheetId", 0))
    for protection in sheet.protected:
        edit.demand_cells(sheet, edit.protected_box(sheet, protection))
    if not any(not other.hidden for other in edit.book.sheets if other is not sheet):
        raise invalid("You can't remove all the visible sheets in a document.")
    edit.book.delete_sheet(sheet)


def duplicate_sheet(edit: Editing, body: Mapping[str, Any]) -> dict[str, Any]:
    """duplicateSheet: protections come along, other ids are new."""
    source = edit.sheet(body.get("sourceSheetId", 0))
    title = body.get("newSheetName") or _copy_title(edit.book, source.title)
    demand_title(edit.book, title)
    edit.demand_size(source.rows * source.columns)
    sheet_id = free_sheet_id(edit, body.get("newSheetId"))
    sheet = copied(edit.book, source, title, sheet_id)
    edit.book.adopt(sheet, _index(body.get("insertSheetIndex", 0), len(edit.book.sheets)))
    metadata.parent_of(edit.book, sheet, metadata_on(edit.book, source))
    shown = sheet_properties(sheet, edit.book.sheets.index(sheet))
    return {"duplicateSheet": {"properties": shown}}


def _copy_title(book: Spreadsheet, title: str) -> str:
    titles = {sheet.title for sheet in book.sheets}
    names = [f"Copy of {title}", *(f"Copy of {title} {n}" for n in range(2, 1000))]
    return next(name for name in names if name not in titles)


def copied(book: Spreadsheet, source: Sheet, title: str, sheet_id: int) -> Sheet:
    """A copy of a tab for a spreadsheet, its parts with ids of their own."""
    sheet = source.duplicate()
    for name, value in list(vars(sheet).items()):
        if isinstance(value, list | dict) and name not in ("lines", "row_props", "column_props"):
            setattr(sheet, name, _renumbered(book, copy.deepcopy(value), source.sheet_id, sheet_id))
    sheet.sheet_id, sheet.title = sheet_id, title
    return sheet


ID_KEYS = ("protectedRangeId", "filterViewId", "chartId", "bandedRangeId")


def _renumbered(book: Spreadsheet, thing: Any, old: int, new: int) -> Any:
    if isinstance(thing, list):
        return [_renumbered(book, item, old, new) for item in thing]
    if not isinstance(thing, dict):
        return thing
    changed = {key: _renumbered(book, value, old, new) for key, value in thing.items()}
    if thing.get("sheetId") == old and (
        thing.keys() <= GRID_RANGE or "dimension" in thing or _at(thing)
    ):
        changed["sheetId"] = new
    for key in ID_KEYS:
        if key in changed:
            changed[key] = book.new_id()
    if "tableId" in changed and "name" in changed:
        changed["tableId"] = str(book.new_id())
    return changed


def _at(thing: Mapping[str, Any]) -> bool:
    return thing.keys() <= {"sheetId", "rowIndex", "columnIndex"}


def metadata_on(book: Spreadsheet, sheet: Sheet) -> list[dict[str, Any]]:
    """All developer metadata on a tab, its rows and its columns."""
    return [m for kind in ("SHEET", "ROW", "COLUMN") for m in metadata.of_place(book, kind, sheet)]


HANDLERS: dict[str, Handler] = {
    "addSheet": add_sheet,
    "deleteSheet": delete_sheet,
    "duplicateSheet": duplicate_sheet,
}
