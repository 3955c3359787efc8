"""References in formulas, which follow the cells that they name."""

from __future__ import annotations

import re

from tests.google_emulator.sheets.cells import Cell
from tests.google_emulator.sheets.columns import column_number, letters, quoted
from tests.google_emulator.sheets.sheet import Sheet
from tests.google_emulator.sheets.shifting import Dimension, Shift

PIECES = re.compile(
    r"(?P<text>\"(?:[^\"]|\"\")*\")"
    r"|(?P<tab>(?:'(?:[^']|'')*'|[A-Za-z_][\w.]*)!)?"
    r"(?P<first>\$?[A-Za-z]{1,3}\$?\d+)(?::(?P<last>\$?[A-Za-z]{1,3}\$?\d+))?(?![\w(])"
    r"|[A-Za-z_][\w.]*"
)
CORNER = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)(\d+)")


def shift_formulas(sheet: Sheet, changed: Sheet, dimension: Dimension, shift: Shift) -> None:
    """Let the formulas on a sheet follow what was inserted, deleted or moved on another (or it)."""
    for rule in sheet.conditional_formats:
        condition = rule.get("booleanRule", {}).get("condition", {})
        for value in condition.get("values", ()):
            text = value.get("userEnteredValue", "")
            if text.startswith("="):
                value["userEnteredValue"] = shifted(
                    text, sheet is changed, changed.title, dimension, shift
                )
    if not sheet.has_formulas:
        return
    for row, column, cell in list(sheet.cells(sheet.whole())):
        if cell.formula is not None:
            new = shifted(cell.formula, sheet is changed, changed.title, dimension, shift)
            if new != cell.formula:
                sheet.put(row, column, Cell(*cell).but(formula=new))


def rename_in_formulas(sheet: Sheet, old: str, new: str) -> None:
    """Let the formulas on a sheet follow a tab's new title."""

    def replace(match: re.Match[str]) -> str:
        tab = match["tab"]
        if not tab or tab[:-1].strip("'").replace("''", "'") != old:
            return match[0]
        return f"{quoted(new)}!{match[0][len(tab) :]}"

    for row, column, cell in list(sheet.cells(sheet.whole())) if sheet.has_formulas else ():
        if cell.formula is not None:
            sheet.put(row, column, cell.but(formula=PIECES.sub(replace, cell.formula)))


def shifted(formula: str, same: bool, title: str, dimension: Dimension, shift: Shift) -> str:
    """The formula after the shift; `same` says whether references without a tab are meant."""

    def replace(match: re.Match[str]) -> str:
        if not match["first"]:
            return match[0]
        tab = (match["tab"] or "")[:-1]
        name = tab[1:-1].replace("''", "'") if tab.startswith("'") else tab
        if not (name == title if tab else same):
            return match[0]
        return (match["tab"] or "") + _shift_pair(match["first"], match["last"], dimension, shift)

    return PIECES.sub(replace, formula)


def _shift_pair(first: str, last: str | None, dimension: Dimension, shift: Shift) -> str:
    start = _index(first, dimension)
    end = (_index(last, dimension) if last else start) + 1
    new = shift(start, end)
    if new is None or new[1] is None:
        return "#REF!"
    text = _with_index(first, dimension, new[0])
    return f"{text}:{_with_index(last, dimension, new[1] - 1)}" if last else text


def _index(corner: str, dimension: Dimension) -> int:

    match = CORNER.fullmatch(corner)
    assert match
    return int(match[4]) - 1 if dimension == "ROWS" else column_number(match[2])


def _with_index(corner: str, dimension: Dimension, index: int) -> str:

    match = CORNER.fullmatch(corner)
    assert match
    if dimension == "ROWS":
        return f"{match[1]}{match[2]}{match[3]}{index + 1}"
    return f"{match[1]}{letters(index)}{match[3]}{match[4]}"
