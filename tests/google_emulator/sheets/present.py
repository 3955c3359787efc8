"""What spreadsheets.get shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.google_emulator.sheets import metadata
from tests.google_emulator.sheets.a1 import Place
from tests.google_emulator.sheets.boxes import Box
from tests.google_emulator.sheets.celldata import DEFAULT_FORMAT, FIELDS, Showing
from tests.google_emulator.sheets.editing import may_edit
from tests.google_emulator.sheets.masks import Tree, read_mask
from tests.google_emulator.sheets.model import Sheet, Spreadsheet
from tests.google_emulator.sheets.tidy import tidy

WIDTH, HEIGHT = 100, 21
URL = "https://docs.google.com/spreadsheets/d/{}/edit"
DATA_PARTS = ("rowData", "rowMetadata", "columnMetadata")


@dataclass(frozen=True)
class Wanted:
    """How much to show.

    Attributes:
        data: the parts of GridData and the fields of cells; None for no grid data.
        places: only these, and their sheets; all if there are none.
    """

    principal: str
    owner: bool
    data: Mapping[str, frozenset[str]] | None = None
    places: Sequence[Place] = ()


def data_wanted(fields: str, include: bool) -> dict[str, frozenset[str]] | None:
    """What of the grid data to work out; a mask overrules includeGridData."""
    everything = {part: frozenset(FIELDS) for part in DATA_PARTS}
    if not fields:
        return everything if include else None
    tree = _below(read_mask(fields), "sheets")
    tree = None if tree is None else _below(tree, "data")
    if tree is None:
        return None
    parts = DATA_PARTS if not tree or "*" in tree else [part for part in DATA_PARTS if part in tree]
    cells = _below(_below(tree, "rowData") or {}, "values") or {}
    names = frozenset(FIELDS) if not cells or "*" in cells else frozenset(FIELDS) & cells.keys()
    return dict.fromkeys(parts, names)


def _below(tree: Tree, name: str) -> Tree | None:
    """What a mask says below a name: {} for all, None for nothing."""
    if not tree or "*" in tree:
        return {}
    return tree.get(name)


def spreadsheet(book: Spreadsheet, wanted: Wanted) -> dict[str, Any]:
    """The Spreadsheet resource."""
    shown: dict[str, Any] = {
        "spreadsheetId": book.id,
        "properties": properties(book),
        "sheets": [
            _sheet(book, sheet, index, wanted)
            for index, sheet in enumerate(book.sheets)
            if not wanted.places or any(place.sheet is sheet for place in wanted.places)
        ],
        "namedRanges": tidy(book.named_ranges),
        "developerMetadata": tidy(metadata.of_place(book, "SPREADSHEET")),
        "spreadsheetUrl": URL.format(book.id),
    }
    return {name: value for name, value in shown.items() if value != []}


def properties(book: Spreadsheet) -> dict[str, Any]:
    """SpreadsheetProperties."""
    return {
        "title": book.title,
        "locale": book.locale,
        "autoRecalc": "ON_CHANGE",
        "timeZone": book.time_zone,
        "defaultFormat": tidy(DEFAULT_FORMAT),
        **tidy(book.properties),
    }


def sheet_properties(sheet: Sheet, index: int) -> dict[str, Any]:
    """SheetProperties; a sheetId of 0 is said."""
    size = {"rowCount": sheet.rows, "columnCount": sheet.columns}
    return tidy(
        {
            "sheetId": sheet.sheet_id,
            "title": sheet.title,
            "index": index,
            "sheetType": "GRID",
            "gridProperties": size | sheet.grid_properties,
            **sheet.properties,
        }
    )


def protection(item: Mapping[str, Any], wanted: Wanted) -> dict[str, Any]:
    """A ProtectedRange; only who may edit what is protected sees the editors."""
    allowed = may_edit(item, wanted.principal, wanted.owner)
    shown = {key: value for key, value in item.items() if key != "editors" or allowed}
    return tidy(shown | {"requestingUserCanEdit": allowed})


def _sheet(book: Spreadsheet, sheet: Sheet, index: int, wanted: Wanted) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "properties": sheet_properties(sheet, index),
        "data": _all_data(book, sheet, wanted),
        "merges": tidy(sheet.merges),
        "conditionalFormats": tidy(sheet.conditional_formats),
        "filterViews": tidy(sheet.filter_views),
        "protectedRanges": [protection(item, wanted) for item in sheet.protected],
        "basicFilter": tidy(sheet.basic_filter),
        "charts": tidy(sheet.charts),
        "bandedRanges": tidy(sheet.bandings),
        "developerMetadata": tidy(metadata.of_place(book, "SHEET", sheet)),
        "rowGroups": tidy(sheet.row_groups),
        "columnGroups": tidy(sheet.column_groups),
        "tables": tidy(sheet.tables),
    }
    return {name: value for name, value in shown.items() if value not in ([], None)}


def _all_data(book: Spreadsheet, sheet: Sheet, wanted: Wanted) -> list[dict[str, Any]]:
    if wanted.data is None:
        return []
    boxes = [place.box for place in wanted.places if place.sheet is sheet] or [sheet.whole()]
    return [grid_data(book, sheet, box, wanted.data) for box in boxes]


def grid_data(
    book: Spreadsheet, sheet: Sheet, box: Box, wanted: Mapping[str, frozenset[str]]
) -> dict[str, Any]:
    """GridData: cells as far as there are any, and every row's and column's properties."""
    shown: dict[str, Any] = {"startRow": box.top, "startColumn": box.left}
    shown = {name: start for name, start in shown.items() if start}
    if "rowData" in wanted and (rows := _rows(book, sheet, box, wanted["rowData"])):
        shown["rowData"] = rows
    if "rowMetadata" in wanted:
        shown["rowMetadata"] = _dimension(book, sheet, "ROW", range(box.top, box.bottom))
    if "columnMetadata" in wanted:
        shown["columnMetadata"] = _dimension(book, sheet, "COLUMN", range(box.left, box.right))
    return shown


def _rows(book: Spreadsheet, sheet: Sheet, box: Box, names: frozenset[str]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    show = Showing(book, names).show
    for line in sheet.lines[box.top : box.bottom]:
        stored = line[box.left : box.right]
        while stored and stored[-1] is None:
            stored.pop()
        values = [show(cell) for cell in stored]
        rows.append({"values": values} if values else {})
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _dimension(book: Spreadsheet, sheet: Sheet, kind: str, indices: range) -> list[dict[str, Any]]:
    props, size = (sheet.row_props, HEIGHT) if kind == "ROW" else (sheet.column_props, WIDTH)
    attached: dict[int, list[dict[str, Any]]] = {}
    for item in metadata.of_place(book, kind, sheet):
        attached.setdefault(item["location"]["dimensionRange"]["startIndex"], []).append(item)
    shown = []
    for index in indices:
        entry = {"pixelSize": size} | props.get(index, {})
        if index in attached:
            entry["developerMetadata"] = attached[index]
        shown.append(tidy(entry) if len(entry) > 1 else entry)
    return shown
