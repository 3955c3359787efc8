"""Requests about the properties of tabs and of the spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

from tests.google_emulator.errors import invalid
from tests.google_emulator.sheets.batch.context import Handler, demand_sheet
from tests.google_emulator.sheets.editing import MOST_COLUMNS, Editing
from tests.google_emulator.sheets.masks import Tree, merge, parse
from tests.google_emulator.sheets.model import Sheet, Spreadsheet
from tests.google_emulator.sheets.references import rename_in_formulas

SHEET = ("title", "index", "hidden", "tabColor", "tabColorStyle", "rightToLeft", "gridProperties")


SIZES = ("rowCount", "columnCount")


GRID = (
    *SIZES,
    "frozenRowCount",
    "frozenColumnCount",
    "hideGridlines",
    "rowGroupControlAfter",
    "columnGroupControlAfter",
)


def update_sheet(edit: Editing, body: Mapping[str, Any]) -> None:
    """updateSheetProperties."""
    given = body.get("properties", {})
    tree = parse(body.get("fields", ""), "SheetProperties")
    sheet = edit.sheet(given.get("sheetId", 0))
    demand_sheet(edit, sheet)
    if "title" in tree:
        demand_title(edit.book, given.get("title", ""), but=sheet)
        for other in edit.book.sheets:
            rename_in_formulas(other, sheet.title, given["title"])
        sheet.title = given["title"]
    if "gridProperties" in tree:
        _resize(edit, sheet, given.get("gridProperties", {}), tree["gridProperties"])
    take_over(sheet, given, tree)
    demand_frozen(sheet)
    if "index" in tree:
        _move(edit.book, sheet, given.get("index", 0))
    demand_visible(edit.book)


def demand_title(book: Spreadsheet, title: str, but: Sheet | None = None) -> None:
    """Raise Google's 400 for a title that is empty or taken, whatever its case."""
    if not title or len(title) > 100:
        raise invalid("Invalid sheet name.")
    for sheet in book.sheets:
        if sheet is not but and sheet.title.casefold() == title.casefold():
            raise invalid(
                f'A sheet with the name "{title}" already exists. Please enter another name.'
            )


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


def demand_size(rows: int, columns: int) -> None:
    if rows < 1 or columns < 1:
        raise invalid("Grid must have at least one row and one column.")
    if columns > MOST_COLUMNS:
        raise invalid(f"The number of columns exceeds the limit of {MOST_COLUMNS}.")


def _resize(edit: Editing, sheet: Sheet, given: Mapping[str, Any], below: Tree) -> None:
    """Rows are counted before columns, as Google does; a size that is named must be given."""
    rows = given.get("rowCount", 0) if not below or "rowCount" in below else sheet.rows
    columns = given.get("columnCount", 0) if not below or "columnCount" in below else sheet.columns
    demand_size(rows, columns)
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


def take_over(sheet: Sheet, given: Mapping[str, Any], tree: Tree) -> None:
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


def demand_frozen(sheet: Sheet) -> None:
    grid = sheet.grid_properties
    if grid.get("frozenRowCount", 0) >= sheet.rows:
        raise invalid("You can't freeze all visible rows on the sheet.")
    if grid.get("frozenColumnCount", 0) >= sheet.columns:
        raise invalid("You can't freeze all visible columns on the sheet.")


def update_book(edit: Editing, body: Mapping[str, Any]) -> None:
    """updateSpreadsheetProperties. Stored cells stay as they are."""
    given = body.get("properties", {})
    tree = parse(body.get("fields", ""), "SpreadsheetProperties")
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
    "updateSheetProperties": update_sheet,
    "updateSpreadsheetProperties": update_book,
}
