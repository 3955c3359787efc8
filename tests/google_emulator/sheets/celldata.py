"""CellData: what a cell shows to spreadsheets.get, and what updateCells brings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tests.google_emulator.errors import invalid
from tests.google_emulator.sheets.cells import Cell, CellError, Stored, Value, scalar, unpack
from tests.google_emulator.sheets.editing import Editing, demand_length
from tests.google_emulator.sheets.locales import LOCALES
from tests.google_emulator.sheets.masks import Tree, merge
from tests.google_emulator.sheets.model import Spreadsheet
from tests.google_emulator.sheets.render import default_pattern, display
from tests.google_emulator.sheets.tidy import tidy

FIELDS = (
    "userEnteredValue",
    "effectiveValue",
    "formattedValue",
    "userEnteredFormat",
    "effectiveFormat",
    "hyperlink",
    "note",
    "textFormatRuns",
    "dataValidation",
)
KNOWN = (*FIELDS, "pivotTable", "dataSourceTable", "dataSourceFormula", "chipRuns")
WHITE = {"red": 1, "green": 1, "blue": 1}
DEFAULT_FORMAT: dict[str, Any] = {
    "backgroundColor": WHITE,
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    },
    "backgroundColorStyle": {"rgbColor": WHITE},
}
LINK = re.compile(r"=\s*HYPERLINK\(\s*\"((?:[^\"]|\"\")*)\"", re.IGNORECASE)


def extended(value: Value) -> dict[str, Any]:
    """A value as ExtendedValue."""
    if isinstance(value, CellError):
        return {"errorValue": {"type": value.kind, "message": str(value)}}
    if isinstance(value, bool):
        return {"boolValue": value}
    return {"stringValue": value} if isinstance(value, str) else {"numberValue": value}


def cell_data(book: Spreadsheet, stored: Stored, wanted: frozenset[str]) -> dict[str, Any]:
    """The wanted fields of a cell's CellData."""
    if stored is None:
        return {}
    cell = unpack(stored)
    return {name: value for name in wanted if (value := _FIELD[name](book, cell))}


def _user_value(book: Spreadsheet, cell: Cell) -> Any:
    if cell.formula is not None:
        return {"formulaValue": cell.formula}
    return None if cell.value is None else extended(cell.value)


def _effective_value(book: Spreadsheet, cell: Cell) -> Any:
    return None if cell.value is None else extended(cell.value)


def _formatted(book: Spreadsheet, cell: Cell) -> Any:
    if cell.value is None or isinstance(cell.value, str):
        return str(cell.value or "")
    return display(cell.value, cell.number_format, LOCALES.get(book.locale, LOCALES["en_US"]))


def _user_format(book: Spreadsheet, cell: Cell) -> Any:
    style = dict(cell.format or {})
    if "numberFormat" in style:
        style["numberFormat"] = _with_pattern(book, style["numberFormat"])
    return tidy(style)


def _with_pattern(book: Spreadsheet, number_format: Mapping[str, Any]) -> dict[str, Any]:
    locale = LOCALES.get(book.locale, LOCALES["en_US"])
    pattern = number_format.get("pattern") or default_pattern(number_format.get("type", ""), locale)
    return {**number_format, **({"pattern": pattern} if pattern else {})}


def _effective_format(book: Spreadsheet, cell: Cell) -> Any:
    user = _user_format(book, cell)
    if cell.value is None and not user:
        return None
    text = {**DEFAULT_FORMAT["textFormat"], **user.get("textFormat", {})}
    align = {} if user.get("horizontalAlignment") else {"horizontalAlignment": _align(cell.value)}
    return {**DEFAULT_FORMAT, **align, **user, "textFormat": text}


def _align(value: Value) -> str:
    if isinstance(value, bool):
        return "CENTER"
    return "RIGHT" if isinstance(value, int | float) else "LEFT"


def _hyperlink(book: Spreadsheet, cell: Cell) -> Any:
    if match := LINK.match(cell.formula or ""):
        return match[1].replace('""', '"')
    link = ((cell.format or {}).get("textFormat") or {}).get("link") or {}
    if link.get("uri"):
        return link["uri"]
    uris = {((run.get("format") or {}).get("link") or {}).get("uri") for run in cell.runs}
    return next(iter(uris)) if len(uris) == 1 else None


_FIELD = {
    "userEnteredValue": _user_value,
    "effectiveValue": _effective_value,
    "formattedValue": _formatted,
    "userEnteredFormat": _user_format,
    "effectiveFormat": _effective_format,
    "hyperlink": _hyperlink,
    "note": lambda book, cell: cell.note,
    "textFormatRuns": lambda book, cell: tidy(cell.runs),
    "dataValidation": lambda book, cell: tidy(cell.validation or {}),
}


def changed(edit: Editing, cell: Cell, data: Mapping[str, Any], tree: Tree) -> Cell:
    """The cell after a CellData was put on it by a mask. Raises Google's 400."""
    if "userEnteredValue" in tree:
        cell = _valued(edit, cell, data.get("userEnteredValue"))
    if "userEnteredFormat" in tree:
        style = merge(cell.format, data.get("userEnteredFormat"), tree["userEnteredFormat"])
        cell = cell.but(format=style or None)
    if "note" in tree:
        cell = cell.but(note=data.get("note", ""))
    if "dataValidation" in tree:
        rule = merge(cell.validation, data.get("dataValidation"), tree["dataValidation"])
        cell = cell.but(validation=rule or None)
    if "textFormatRuns" in tree:
        cell = cell.but(runs=tuple(data.get("textFormatRuns", ())))
    return cell


def _valued(edit: Editing, cell: Cell, given: Mapping[str, Any] | None) -> Cell:
    if not given:
        return cell.but(value=None, formula=None, runs=())
    if len(given) > 1:
        raise invalid("Only one kind of value may be set.")
    ((kind, value),) = given.items()
    demand_length(value)
    if kind == "formulaValue":
        if not str(value).startswith("="):
            raise invalid(f"Invalid formula: {value}")
        edit.note_formula(value)
        return cell.but(value=None, formula=value, runs=())
    if kind == "errorValue":
        raise invalid("Error values can't be written.")
    return cell.but(value=scalar(value), formula=None, runs=())
