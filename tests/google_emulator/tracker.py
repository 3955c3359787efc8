"""A tracker on an emulated Google of its own: Weaver's connection to it, and a person's hands."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any, Self

from config.google import Google
from config.serials import moment_of, serial_of
from config.tables import TABLES
from connectors.google.calls import Calls
from connectors.google.pace import Pace
from connectors.google.session import open_calls
from connectors.google.tables import GoogleTables
from tests.google_emulator.server import Emulator
from tests.google_emulator.sheets.model import Cell, Sheet, create_spreadsheet

Grid = list[list[object]]
NAMES = {table.title: table.name for table in TABLES if table.who != "form"}
OWNER = "ana@example.org"


def pace_of(emulator: Emulator, seconds: float = 3600.0) -> Pace:
    """Time passes only where Weaver waits, and then at once."""
    clock = emulator.world.clock
    return Pace(
        lambda: clock.now().timestamp(),
        clock.advance,
        lambda: 0.5,
        clock.now().timestamp() + seconds,
    )


def environment(emulator: Emulator, name: str = "weaver") -> dict[str, str]:
    """What tells Weaver that this is Google, and who it is there."""
    key = json.dumps(emulator.service_account(name))
    return {"WEAVER_GOOGLE_API_ROOT": emulator.url, "WEAVER_GOOGLE_KEY": key}


class Tracker:
    """A spreadsheet that Weaver may edit. Leaving it checks that the emulator kept its rules.

    Attributes:
        google: the emulator.
        book: the spreadsheet.
    """

    def __init__(self) -> None:
        self.google = Emulator()
        world = self.google.world
        self.book = create_spreadsheet(world, "Tracker", OWNER)
        world.share(self.book.id, self.google.service_account()["client_email"], "writer")
        self.calls: Calls = open_calls(
            Google(credentials="key"), False, pace_of(self.google), environment(self.google)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self.calls.close()
        self.google.close()
        assert kind or not self.google.bugs, "\n\n".join(self.google.bugs)
        assert kind or not self.google.unhandled, self.google.unhandled

    def tables(self) -> GoogleTables:
        """A new connection to the tracker."""
        return GoogleTables(self.calls, self.book.id, NAMES)

    def look(self, title: str) -> Grid:
        """The tab as a person sees it: blank cells as None, days as moments."""
        sheet = self.book.sheet(title)
        width = max((len(row) for row in sheet.grid()), default=0)
        return [[_seen(sheet.cell(r, c)) for c in range(width)] for r in range(len(sheet.grid()))]

    def edit(self, title: str, change: Callable[[Grid], Grid]) -> None:
        """Let a person rearrange and type; a tab that isn't there is added."""
        with self.google.world.lock:
            if title not in [sheet.title for sheet in self.book.sheets]:
                self.book.add_sheet(title)
            sheet = self.book.sheet(title)
            grid = change(self.look(title))
            for row in range(sheet.rows):
                for column in range(len(grid[0]) if grid else 0):
                    _type(sheet, row, column, grid[row][column] if row < len(grid) else None)


def _seen(cell: Cell | None) -> object:
    if cell is None or cell.value is None or cell.value == "":
        return None
    kind = (cell.number_format or {}).get("type", "")
    return moment_of(cell.value) if kind.startswith("DATE") else cell.value  # type: ignore[arg-type]


def _type(sheet: Sheet, row: int, column: int, value: Any) -> None:
    sheet.columns = max(sheet.columns, column + 1)
    if isinstance(value, dt.date):
        sheet.set(row, column, serial_of(value))
        sheet.change(row, column, format={"numberFormat": {"type": "DATE"}})
    elif value is not None or sheet.value(row, column) is not None:
        sheet.set(row, column, value)
        if not isinstance(value, str):
            sheet.change(row, column, format={})
