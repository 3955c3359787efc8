"""A1 notation as Google reads and writes it.

R1C1 notation is refused, and an unquoted range without a tab is one of the first visible tab.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.google_emulator.errors import GoogleError, invalid
from tests.google_emulator.sheets.boxes import Box
from tests.google_emulator.sheets.columns import column_number, letters, quoted
from tests.google_emulator.sheets.model import Sheet, Spreadsheet

END = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9][0-9]*)?")
QUOTED = re.compile(r"'((?:[^']|'')*)'(?:!(.*))?", re.DOTALL)


@dataclass(frozen=True)
class Place:
    """A range as it was asked for, with None for open ends; `box` is the part within the grid.

    `begins` says that it was named as a single cell (A3, not A3:A3), where a block may begin.
    """

    sheet: Sheet
    top: int = 0
    left: int = 0
    bottom: int | None = None
    right: int | None = None
    begins: bool = False

    @property
    def box(self) -> Box:
        """The cells within the grid. Raises Google's 400 where it begins outside of it."""
        if self.top >= self.sheet.rows or self.left >= self.sheet.columns:
            raise exceeds(self.sheet, self.asked)
        return Box(
            self.top,
            self.left,
            min(self.sheet.rows if self.bottom is None else self.bottom, self.sheet.rows),
            min(self.sheet.columns if self.right is None else self.right, self.sheet.columns),
        )

    @property
    def asked(self) -> Box:
        """The range unclipped; open ends end with the grid."""
        bottom = max(self.sheet.rows, self.top + 1) if self.bottom is None else self.bottom
        right = max(self.sheet.columns, self.left + 1) if self.right is None else self.right
        return Box(self.top, self.left, bottom, right)

    @property
    def one_cell(self) -> bool:
        """Whether it is a single cell."""
        return self.bottom == self.top + 1 and self.right == self.left + 1

    @property
    def text(self) -> str:
        """The normalised range, clipped to the grid."""
        return a1(self.sheet.title, self.box)


def exceeds(sheet: Sheet, box: Box) -> GoogleError:
    """400 for a range outside the grid."""
    return invalid(
        f"Range ({a1(sheet.title, box)}) exceeds grid limits. "
        f"Max rows: {sheet.rows}, max columns: {sheet.columns}"
    )


def a1(title: str, box: Box) -> str:
    """A box in A1 notation, such as Sheet1!A1:B2 or 'my tab'!A1."""
    first = f"{letters(box.left)}{box.top + 1}"
    last = f"{letters(box.right - 1)}{box.bottom}"
    return f"{quoted(title)}!{first}" + ("" if first == last else f":{last}")


def resolve(spreadsheet: Spreadsheet, text: str) -> Place:
    """The place that A1 text means. Raises Google's 400 for what it can't read."""
    place = _quoted(spreadsheet, text) if text.startswith("'") else _unquoted(spreadsheet, text)
    if place is None:
        raise invalid(f"Unable to parse range: {text}")
    return place


def _quoted(spreadsheet: Spreadsheet, text: str) -> Place | None:
    match = QUOTED.fullmatch(text)
    sheet = _titled(spreadsheet, match[1].replace("''", "'")) if match else None
    if match is None or sheet is None:
        return None
    if match[2] is None:
        return Place(sheet)
    place = _within(sheet, match[2]) or _named(spreadsheet, match[2])
    return place if place and place.sheet is sheet else None


def _unquoted(spreadsheet: Spreadsheet, text: str) -> Place | None:
    title, mark, cells = text.rpartition("!")
    if mark:
        sheet = _titled(spreadsheet, title)
        return _within(sheet, cells) if sheet else None
    first = next((sheet for sheet in spreadsheet.sheets if not sheet.hidden), None)
    if first and (place := _within(first, text)):
        return place
    if place := _named(spreadsheet, text):
        return place
    sheet = _titled(spreadsheet, text)
    return Place(sheet) if sheet else None


def _titled(spreadsheet: Spreadsheet, title: str) -> Sheet | None:
    return next((sheet for sheet in spreadsheet.sheets if sheet.title == title), None)


def _named(spreadsheet: Spreadsheet, name: str) -> Place | None:
    for named in spreadsheet.named_ranges:
        if named["name"].casefold() == name.casefold():
            return place_of(spreadsheet, named["range"])
    return None


def place_of(spreadsheet: Spreadsheet, grid_range: dict[str, int]) -> Place:
    """The place of a GridRange. Raises Google's 400 for an unknown tab."""
    try:
        sheet = spreadsheet.sheet(grid_range.get("sheetId", 0))
    except KeyError:
        raise invalid(f"No grid with id: {grid_range.get('sheetId', 0)}") from None
    return Place(
        sheet,
        grid_range.get("startRowIndex", 0),
        grid_range.get("startColumnIndex", 0),
        grid_range.get("endRowIndex"),
        grid_range.get("endColumnIndex"),
    )


def _within(sheet: Sheet, cells: str) -> Place | None:
    """The place of `A1`, `A1:C3`, `A:C`, `2:3`, `A2:C` or `A2:2` on the sheet."""
    ends = cells.split(":")
    matches = [END.fullmatch(end) for end in ends]
    if len(ends) > 2 or not all(matches) or not all(ends):
        return None
    columns = [column_number(match[1]) for match in matches if match and match[1]]
    rows = [int(match[2]) - 1 for match in matches if match and match[2]]
    if len(ends) == 1:
        columns, rows = columns * 2, rows * 2
        if not (columns and rows):
            return None
    (left, right), (top, bottom) = _span(columns), _span(rows)
    return Place(sheet, top, left, bottom, right, len(ends) == 1)


def _span(ends: list[int]) -> tuple[int, int | None]:
    """Two ends in any order, one end and open, or none."""
    if len(ends) == 2:
        return min(ends), max(ends) + 1
    return (ends[0], None) if ends else (0, None)
