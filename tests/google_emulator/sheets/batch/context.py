"""What every kind of request needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.google_emulator.errors import invalid
from tests.google_emulator.sheets.boxes import Box
from tests.google_emulator.sheets.editing import PROTECTED, Editing, may_edit
from tests.google_emulator.sheets.model import Sheet

Handler = Callable[[Editing, Mapping[str, Any]], "dict[str, Any] | None"]
"""A request's body → its reply, None for {}."""


def target(edit: Editing, grid_range: Mapping[str, int] | None) -> tuple[Sheet, Box]:
    """The tab and the cells of a request's range, which must be in the grid."""
    if grid_range is None:
        raise invalid("No range was specified.")
    sheet = edit.sheet(grid_range.get("sheetId", 0))
    return sheet, edit.given_box(sheet, dict(grid_range))


def editable(edit: Editing, grid_range: Mapping[str, int] | None) -> tuple[Sheet, Box]:
    """The same, where the principal may edit the cells."""
    sheet, box = target(edit, grid_range)
    edit.demand_cells(sheet, box)
    return sheet, box


def completed(edit: Editing, grid_range: Mapping[str, int]) -> dict[str, int]:
    """A range that is to be kept: with its sheetId, after a check of its tab and its ends."""
    sheet = edit.sheet(grid_range.get("sheetId", 0))
    edit.given_box(sheet, dict(grid_range))
    return {"sheetId": sheet.sheet_id, **grid_range}


def demand_sheet(edit: Editing, sheet: Sheet) -> None:
    """Raise Google's 400 where the tab as a whole is protected from the principal."""
    for protection in sheet.protected:
        whole = edit.protected_box(sheet, protection) == sheet.whole()
        if whole and not may_edit(protection, edit.principal, edit.owner):
            raise invalid(PROTECTED)


def new_id(edit: Editing, asked: int | None, taken: set[int], what: str) -> int:
    """The id that was asked for, or a new one. Raises Google's 400 for one that is taken."""
    if asked is None:
        fresh = edit.book.new_id()
        while fresh in taken:
            fresh = edit.book.new_id()
        return fresh
    if asked < 0:
        raise invalid(f"{what}: {asked} must be non-negative")
    if asked in taken:
        raise invalid(f"Duplicate {what}: {asked}")
    return asked


def find(items: list[dict[str, Any]], key: str, value: object, what: str) -> dict[str, Any]:
    """The item with that id. Raises Google's 400."""
    for item in items:
        if item.get(key) == value:
            return item
    raise invalid(f"No {what} with id: {value}")
