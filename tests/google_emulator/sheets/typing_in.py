"""Typing into a cell as a person does."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from tests.google_emulator.sheets.cells import Cell, unpack
from tests.google_emulator.sheets.entered import enter
from tests.google_emulator.sheets.formulas import recalculate
from tests.google_emulator.sheets.locales import locale_of
from tests.google_emulator.sheets.model import Sheet, Spreadsheet
from tests.google_emulator.sheets.render import display
from tests.google_emulator.world import World


class Rejected(ValueError):
    """The cell's drop-down doesn't take what was typed."""


def type_text(
    world: World, spreadsheet: Spreadsheet, sheet: Sheet, row: int, column: int, text: str
) -> None:
    """Read the text as the spreadsheet's locale has it, and put it.

    Raises Rejected where a strict validation doesn't take it. Typing below or right of the grid
    makes the grid larger.
    """
    sheet.rows, sheet.columns = max(sheet.rows, row + 1), max(sheet.columns, column + 1)
    locale = locale_of(spreadsheet.locale)
    today = world.clock.now().astimezone(ZoneInfo(spreadsheet.time_zone)).date()
    new = enter(unpack(sheet.stored(row, column)), text, locale, today)
    if not accepts(new.validation, new, display(new.value, new.number_format, locale)):
        raise Rejected(f"{text!r} in row {row + 1}, column {column + 1} of {sheet.title}")
    sheet.put(row, column, new)
    recalculate(spreadsheet)
    world.touch(spreadsheet.id)


def accepts(rule: Any, cell: Cell, shown: str) -> bool:
    """Whether a validation lets a typed cell pass; only lists and check boxes ever refuse."""
    condition = (rule or {}).get("condition", {})
    if not (rule or {}).get("strict") or cell.value is None:
        return True
    if condition.get("type") == "BOOLEAN":
        return isinstance(cell.value, bool)
    if condition.get("type") == "ONE_OF_LIST":
        return shown in [value.get("userEnteredValue") for value in condition.get("values", ())]
    return True
