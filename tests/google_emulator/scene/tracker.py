"""The people's tracker as tabs of a spreadsheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

from tests.google_emulator.forms.answers import serial
from tests.google_emulator.sheets.cells import Cell
from tests.google_emulator.sheets.model import Sheet, Spreadsheet
from tests.google_emulator.world import World

PATTERN = "d MMM yyyy"


def bring_tabs(world: World, workbook: Path, spreadsheet: Spreadsheet) -> None:
    """Make the spreadsheet's tabs hold what the workbook's hold; tabs of Weaver stay as they are.

    Cells are filled as somebody would who copies the workbook: numbers and days are such.
    """
    with world.lock:
        book = openpyxl.load_workbook(workbook)
        there = {sheet.title: sheet for sheet in spreadsheet.sheets}
        for page in book.worksheets:
            sheet = there.get(page.title) or spreadsheet.add_sheet(page.title)
            sheet.grid_properties["frozenRowCount"] = 1
            _fill(sheet, list(page.iter_rows(values_only=True)))
        world.touch(spreadsheet.id)


def _fill(sheet: Sheet, rows: Sequence[Sequence[Any]]) -> None:
    for at in range(max(len(rows), sheet.last_row())):
        row = rows[at] if at < len(rows) else ()
        width = max(len(row), len(sheet.lines[at]) if at < len(sheet.lines) else 0)
        for column in range(width):
            _put(sheet, at, column, row[column] if column < len(row) else None)


def _put(sheet: Sheet, row: int, column: int, value: Any) -> None:
    if not isinstance(value, dt.date):
        sheet.set(row, column, value)
        return
    moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
    shown = {"numberFormat": {"type": "DATE", "pattern": PATTERN}}
    sheet.put(row, column, Cell(serial(moment), format=shown))
