"""Types into a results workbook as a person would: for the demonstration, and for tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from config.raw import Scalar
from connectors.files import replace_file
from connectors.local import LISTS, carried
from connectors.workbook import Workbook, open_workbook
from connectors.xlsx import workbook_bytes

Grid = list[list[Scalar]]
Edit = Callable[[tuple[str, ...], Grid], Grid]
"""(titles, rows below the header) → the rows as the person leaves them."""


def edit(path: Path, tab: str, change: Edit, saved: dt.datetime) -> None:
    """Open the workbook, change one tab's rows, and save it; formats are lost, values are not."""
    book = open_workbook(path)
    sheet = book.sheets[tab]
    rows = change(sheet.table.header, [list(row) for row in sheet.table.rows])
    table = replace(sheet.table, rows=rows, numbers=range(2, len(rows) + 2))
    edited = Workbook({**book.sheets, tab: replace(sheet, table=table)}, book.properties)
    content = workbook_bytes(list(carried((), edited)), book.properties, LISTS, saved)
    replace_file(path, content)
