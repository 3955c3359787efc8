"""Requests about tabs and the spreadsheet as a whole."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

from tests.google_emulator.errors import invalid
from tests.google_emulator.sheets import metadata
from tests.google_emulator.sheets.batch.context import Handler, demand_sheet
from tests.google_emulator.sheets.editing import MOST_COLUMNS, Editing
from tests.google_emulator.sheets.masks import Tree, merge, parse
from tests.google_emulator.sheets.model import Sheet, Spreadsheet
from tests.google_emulator.sheets.present import sheet_properties
from tests.google_emulator.sheets.references import rename_in_formulas
from tests.google_emulator.sheets.shifting import GRID_RANGE

SHEET = ("title", "index", "hidden", "tabColor", "tabColorStyle", "rightToLeft", "gridProperties")
KNOWN_SHEET = (*SHEET, "sheetId", "sheetType")
BOOK = ("title", "locale", "timeZone", "autoRecalc", "defaultFormat", "spreadsheetTheme")
KNOWN_BOOK = (
    *BOOK,
    "iterativeCalculationSettings",
    "importFunctionsExternalUrlAccessAllowed",
)
SIZES = ("rowCount", "columnCount")
GRID = (
    *SIZES,
    "frozenRowCount",
    "frozenColumnCount",
    "hideGridlines",
    "rowGroupControlAfter",
    "columnGroupControlAfter",
)


def demand_title(book: Spreadsheet, title: str, but: Sheet | None = None) -> None:
    """Raise Google's 400 for a title that is empty or taken, whatever its case."""
    if not title or len(title) > 100:
        raise invalid("Invalid sheet name.")
    for sheet in book.sheets:
        if sheet is not but and sheet.title.casefold() == title.casefold():
            raise invalid(
                f'A sheet with the name "{title}" already exists. Please enter another name.'
            )


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
    _demand_size(rows, columns)
    edit.demand_size(rows * columns)
    index = _index(given.get("index"), len(edit.book.sheets))
    sheet_id = free_sheet_id(edit, given.get("sheetId"))
    sheet = edit.book.add_sheet(title, rows, columns, index, sheet_id)
    _take_over(sheet, given, {name: {} for name in SHEET})
    _demand_frozen(sheet)
    return {"addSheet": {"properties": sheet_properties(sheet, edit.book.sheets.index(sheet))}}


def _index(asked: int | None, count: int) -> int:
    if asked is None:
        return count
    if not 0 <= asked <= count:
        raise invalid(f"Sheet index {asked} is out of range.")
    return asked


def _demand_size(rows: int, columns: int) -> None:
    if rows < 1 or columns < 1:
        raise invalid("Grid must have at least one row and one column.")
    if columns > MOST_COLUMNS:
        raise invalid(f"The number of columns exceeds the limit of {MOST_COLUMNS}.")


def _take_over(sheet: Sheet, given: Mapping[str, Any], tree: Tree) -> None:
    """The properties apart from title, index and size."""
    plain = ("hidden", "tabColor", "tabColorStyle", "rightToLeft")
    chosen = {name: below for name, below in tree.items() if name in plain}
    if chosen:
        sheet.properties = merge(sheet.properties, given, chosen)
    if "gridProperties" in tree:
        below = tree["gridProperties"]
        grid = given.get("gridProperties", {})
        names = {name: {} for name in (below or GRID) if name not in SIZES}
        sheet.grid_properties = (
            merge(sheet.grid_properties, grid, names) if names else (sheet.grid_properties)
        )


def _demand_frozen(sheet: Sheet) -> None:
    grid = sheet.grid_properties
    if grid.get("frozenRowCount", 0) >= sheet.rows:
        raise invalid("You can't freeze all visible rows on the sheet.")
    if grid.get("frozenColumnCount", 0) >= sheet.columns:
        raise invalid("You can't freeze all visible columns on the sheet.")


def update_sheet(edit: Editing, body: Mapping[str, Any]) -> None:
    """updateSheetProperties."""
    given = body.get("properties", {})
    tree = parse(body.get("fields", ""), KNOWN_SHEET)
    sheet = edit.sheet(given.get("sheetId", 0))
    demand_sheet(edit, sheet)
    if "title" in tree:
        demand_title(edit.book, given.get("title", ""), but=sheet)
        for other in edit.book.sheets:
            rename_in_formulas(other, sheet.title, given["title"])
        sheet.title = given["title"]
    if "gridProperties" in tree:
        _resize(edit, sheet, given.get("gridProperties", {}), tree["gridProperties"])
    _take_over(sheet, given, tree)
    _demand_frozen(sheet)
    if "index" in tree:
        _move(edit.book, sheet, given.get("index", 0))
    demand_visible(edit.book)


def _move(book: Spreadsheet, sheet: Sheet, to: int) -> None:
    """Indices count the sheet itself at its old place, so moving right goes to one less."""
    at = book.sheets.index(sheet)
    if not 0 <= to <= len(book.sheets):
        raise invalid(f"Sheet index {to} is out of range.")
    book.sheets.remove(sheet)
    book.sheets.insert(to - 1 if to > at else to, sheet)


def demand_visible(book: Spreadsheet) -> None:
    """Raise Google's 400 where nobody could see any tab."""
    if all(sheet.hidden for sheet in book.sheets):
        raise invalid("You can't hide all the sheets in a document.")


def _resize(edit: Editing, sheet: Sheet, given: Mapping[str, Any], below: Tree) -> None:
    """Rows are counted before columns, as Google does; a size that is named must be given."""
    rows = given.get("rowCount", 0) if not below or "rowCount" in below else sheet.rows
    columns = given.get("columnCount", 0) if not below or "columnCount" in below else sheet.columns
    _demand_size(rows, columns)
    _set_rows(edit, sheet, rows)
    _set_columns(edit, sheet, columns)


def _set_rows(edit: Editing, sheet: Sheet, rows: int) -> None:
    if rows > sheet.rows:
        edit.demand_size((rows - sheet.rows) * sheet.columns)
        sheet.rows = rows
    elif rows < sheet.rows:
        edit.demand_cells(sheet, sheet.whole()._replace(top=rows))
        sheet.delete_rows(rows, sheet.rows - rows)


def _set_columns(edit: Editing, sheet: Sheet, columns: int) -> None:
    if columns > sheet.columns:
        edit.demand_size((columns - sheet.columns) * sheet.rows)
        sheet.columns = columns
    elif columns < sheet.columns:
        edit.demand_cells(sheet, sheet.whole()._replace(left=columns))
        sheet.delete_columns(columns, sheet.columns - columns)


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


def update_book(edit: Editing, body: Mapping[str, Any]) -> None:
    """updateSpreadsheetProperties. Stored cells stay as they are."""
    given = body.get("properties", {})
    tree = parse(body.get("fields", ""), KNOWN_BOOK)
    if "title" in tree:
        edit.book.title = given.get("title") or "Untitled spreadsheet"
    if "locale" in tree:
        edit.book.locale = _locale(given.get("locale", ""))
    if "timeZone" in tree:
        edit.book.time_zone = _zone(given.get("timeZone", ""))
    rest = {n: b for n, b in tree.items() if n not in ("title", "locale", "timeZone")}
    if rest:
        edit.book.properties = merge(edit.book.properties, given, rest)


def _locale(text: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}(_[A-Z]{2})?", text):
        raise invalid(f"Unsupported locale: {text}")
    return text


def _zone(text: str) -> str:
    if text not in available_timezones():
        raise invalid(f"Invalid time zone: {text}")
    return text


HANDLERS: dict[str, Handler] = {
    "addSheet": add_sheet,
    "deleteSheet": delete_sheet,
    "duplicateSheet": duplicate_sheet,
    "updateSheetProperties": update_sheet,
    "updateSpreadsheetProperties": update_book,
}
