"""The order of values when a person or sortRange sorts rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.google_emulator.sheets.boxes import Box
from tests.google_emulator.sheets.cells import Stored, Value
from tests.google_emulator.sheets.grid import Grid


def rank(value: Value) -> tuple[int, Any]:
    """Numbers come before texts (without regard to case) and those before booleans."""
    if isinstance(value, bool):
        return 2, value
    if isinstance(value, int | float):
        return 0, value
    return 1, str(value).casefold()


def sort_cells(grid: Grid, box: Box, keys: Sequence[tuple[int, bool]]) -> list[int]:
    """Sort the box's rows by (column, descending) keys; the order of rows as it was before.

    Whole cells move: value, formula, format, note and validation. Empty cells come last in either
    direction, and equal rows keep their order.
    """
    rows = list(range(box.top, box.bottom))
    for column, descending in reversed(list(keys)):
        filled = [r for r in rows if grid.value(r, column) is not None]
        blank = [r for r in rows if grid.value(r, column) is None]
        filled.sort(key=lambda r, c=column: rank(grid.value(r, c)), reverse=descending)
        rows = filled + blank
    before = {row: _part(grid, row, box) for row in rows}
    for to, row in enumerate(rows, box.top):
        _replace(grid, to, box, before[row])
    return rows


def _part(grid: Grid, row: int, box: Box) -> list[Stored]:
    return [grid.stored(row, column) for column in range(box.left, box.right)]


def _replace(grid: Grid, row: int, box: Box, part: list[Stored]) -> None:
    for column, stored in enumerate(part, box.left):
        grid.store(row, column, stored)
