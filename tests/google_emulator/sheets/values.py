"""Reading, writing, clearing and appending values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.google_emulator.errors import invalid
from tests.google_emulator.sheets.a1 import Place, a1, exceeds
from tests.google_emulator.sheets.appending import find_table
from tests.google_emulator.sheets.boxes import Box
from tests.google_emulator.sheets.cells import unpack
from tests.google_emulator.sheets.columns import letters
from tests.google_emulator.sheets.editing import Editing, demand_length
from tests.google_emulator.sheets.grid import trim
from tests.google_emulator.sheets.model import Spreadsheet
from tests.google_emulator.sheets.render import Renderer, renderer

FORMATTED = "FORMATTED_VALUE"


@dataclass(frozen=True)
class Shown:
    """How values are to be shown."""

    values: str = FORMATTED
    dates: str = "SERIAL_NUMBER"
    major: str = "ROWS"

    def renderer(self, book: Spreadsheet) -> Renderer:
        """The function that shows a stored cell."""
        return renderer(self.values or FORMATTED, self.dates, book.locale)


def read(book: Spreadsheet, place: Place, shown: Shown) -> dict[str, Any]:
    """A ValueRange: no `values` where there are none, trailing empties left out."""
    box = place.box
    major = "COLUMNS" if shown.major == "COLUMNS" else "ROWS"
    answer: dict[str, Any] = {"range": a1(place.sheet.title, box), "majorDimension": major}
    show = shown.renderer(book)
    lines = [
        [show(stored) for stored in line[box.left : box.right]]
        for line in place.sheet.lines[box.top : box.bottom]
    ]
    kept = trim(transposed(lines) if major == "COLUMNS" else lines)
    if kept:
        answer["values"] = [["" if value is None else value for value in line] for line in kept]
    return answer


def transposed(lines: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Columns for rows; short rows are filled with None."""
    width = max((len(line) for line in lines), default=0)
    filled = [[*line, *([None] * (width - len(line)))] for line in lines]
    return [list(column) for column in zip(*filled, strict=True)]


@dataclass
class Written:
    """What a write did; `block` is the written extent.

    Attributes:
        rows, columns: those with at least one value that isn't null.
    """

    place: Place
    block: Box
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    cells: int = 0

    def answer(self, book: Spreadsheet) -> dict[str, Any]:
        """An UpdateValuesResponse; zeros are left out."""
        counts = {
            "updatedRows": len(self.rows),
            "updatedColumns": len(self.columns),
            "updatedCells": self.cells,
        }
        text = a1(self.place.sheet.title, self.block)
        return {
            "spreadsheetId": book.id,
            "updatedRange": text,
            **{name: count for name, count in counts.items() if count},
        }


def input_option(option: str) -> bool:
    """Whether values are to be parsed. Raises Google's 400 if nothing is said."""
    if option not in ("RAW", "USER_ENTERED"):
        raise invalid("'valueInputOption' is required but not specified")
    return option == "USER_ENTERED"


def block_of(body: Mapping[str, Any]) -> list[list[Any]]:
    """The values as rows. Raises Google's 400 for nested or over-long values."""
    lines = body.get("values") or []
    for down, line in enumerate(lines):
        if not isinstance(line, list):
            raise invalid(
                f"Invalid value at 'data.values[{down}]' "
                f'(type.googleapis.com/google.protobuf.ListValue), "{line}"'
            )
        for across, value in enumerate(line):
            _demand_scalar(value, down, across)
    if body.get("majorDimension") == "COLUMNS":
        return transposed(lines)
    return [list(line) for line in lines]


def _demand_scalar(value: Any, down: int, across: int) -> None:
    if isinstance(value, list | dict):
        kind = "list_value" if isinstance(value, list) else "struct_value"
        raise invalid(f"Invalid values[{down}][{across}]: {kind} {{\n}}\n")
    demand_length(value)


def demand_room(place: Place, block: Sequence[Sequence[Any]]) -> Box:
    """The block's extent. Raises Google's 400 where it is larger than the range or the grid."""
    top, left = place.box[:2]
    width = max((len(line) for line in block), default=0)
    extent = Box(top, left, top + max(len(block), 1), left + max(width, 1))
    if not place.begins:
        _demand_within(place, extent)
    if extent.bottom > place.sheet.rows or extent.right > place.sheet.columns:
        raise exceeds(place.sheet, extent)
    return extent


def _demand_within(place: Place, extent: Box) -> None:
    text = a1(place.sheet.title, place.asked)
    start = f"Requested writing within range [{text}], but tried writing to"
    if place.right is not None and extent.right > place.right:
        raise invalid(f"{start} column [{letters(place.right)}]")
    if place.bottom is not None and extent.bottom > place.bottom:
        raise invalid(f"{start} row [{place.bottom + 1}]")


def write(edit: Editing, place: Place, block: list[list[Any]], typed: bool) -> Written:
    """Write the block with its corner at the place; None skips a cell and "" clears it."""
    extent = demand_room(place, block)
    return put(edit, place, extent, block, typed)


def put(edit: Editing, place: Place, extent: Box, block: list[list[Any]], typed: bool) -> Written:
    """Write into an extent that is known to be in the grid."""
    sheet = place.sheet
    edit.demand_cells(sheet, extent)
    written = Written(place, extent)
    for row, line in enumerate(block, extent.top):
        for column, value in enumerate(line, extent.left):
            if value is None:
                continue
            if typed:
                sheet.put(row, column, edit.typed(unpack(sheet.stored(row, column)), value))
            else:
                sheet.set(row, column, value)
            written.rows.add(row)
            written.columns.add(column)
            written.cells += 1
    return written


def clear(edit: Editing, place: Place) -> str:
    """Take the values away; formats, notes and validation stay. The cleared range."""
    box, sheet = place.box, place.sheet
    edit.demand_cells(sheet, box)
    for row, line in enumerate(sheet.lines[box.top : box.bottom], box.top):
        for column in range(box.left, min(box.right, len(line))):
            sheet.set(row, column, None)
    return place.text


def append(
    edit: Editing, place: Place, block: list[list[Any]], typed: bool, insert: bool
) -> tuple[str, Written]:
    """Write the block below the table that is found at the place; the table's range, "" if none."""
    sheet = place.sheet
    table = find_table(sheet, place.box)
    top, left = (table.bottom, table.left) if table else place.box[:2]
    width = max((len(line) for line in block), default=0)
    extent = Box(top, left, top + max(len(block), 1), left + max(width, 1))
    if insert and top < sheet.rows:
        _demand_growth(edit, len(block) * sheet.columns)
        edit.demand_cells(sheet, Box(top, 0, top + 1, sheet.columns))
        sheet.insert_rows(top, len(block))
    _grow(edit, place, extent)
    written = put(edit, place, extent, block, typed)
    return (a1(sheet.title, table) if table else ""), written


def _grow(edit: Editing, place: Place, extent: Box) -> None:
    sheet = place.sheet
    rows, columns = max(sheet.rows, extent.bottom), max(sheet.columns, extent.right)
    _demand_growth(edit, rows * columns - sheet.rows * sheet.columns)
    sheet.rows, sheet.columns = rows, columns


def _demand_growth(edit: Editing, extra: int) -> None:
    if extra > 0:
        edit.demand_size(extra)
