"""What the tests of stock gspread share: a scene, cases, and how a case is run.

A case is a generator: up to its `yield` it does what is counted, after it it looks at the result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import gspread
import pytest

from tests.google_emulator.clients import stock_gspread
from tests.google_emulator.server import Emulator
from tests.google_emulator.sheets.model import Sheet, Spreadsheet, create_spreadsheet

OWNER = "coordinator@example.org"
WEAVER = "weaver@weaver-tests.iam.gserviceaccount.com"
ROWS = [["Name", "Age", "City"], ["Ana", "007", "Lyon"], ["Bo", "42", "Ghent"]]


class Scene:
    """A spreadsheet that is shared with the account, as gspread and as Google see it."""

    def __init__(self, google: Emulator) -> None:
        self.google = google
        self.book: Spreadsheet = create_spreadsheet(
            google.world, "Members", OWNER, titles=("Sheet1", "Notes")
        )
        self.tab.rows, self.tab.columns = 10, 5
        for number, row in enumerate(ROWS):
            for column, value in enumerate(row):
                self.tab.set(number, column, value)
        google.world.share(self.book.id, WEAVER)
        self.gc = stock_gspread(google)
        self.sh = self.gc.open_by_key(self.book.id)
        self.ws = self.sh.sheet1

    @property
    def tab(self) -> Sheet:
        return self.book.sheets[0]

    @property
    def grid(self) -> list[list[Any]]:
        return self.tab.grid()

    def own(self, title: str = "Own") -> gspread.Spreadsheet:
        """Another spreadsheet, which the account owns."""
        made = create_spreadsheet(self.google.world, title, WEAVER)
        return self.gc.open_by_key(made.id)


Case = Callable[[Scene], Iterator[None]]


class Cases(dict[str, tuple[int, Case]]):
    """Cases by Class.method, each with the number of requests that it costs."""

    def __call__(self, calls: int, *names: str) -> Callable[[Case], Case]:
        """Register a case for one or several methods."""

        def register(made: Case) -> Case:
            for name in names:
                assert name not in self
                self[name] = (calls, made)
            return made

        return register


def run(scene: Scene, entry: tuple[int, Case]) -> None:
    """Do a case, count its requests, and let it look at the result."""
    calls, steps = entry
    before = scene.google.counted()
    running = steps(scene)
    next(running)
    assert scene.google.counted() - before == calls
    with pytest.raises(StopIteration):
        next(running)


def seen(s: Scene, fields: str, **more: Any) -> dict[str, Any]:
    """The first tab as spreadsheets.get shows it."""
    asked = {"fields": f"sheets({fields})"} | more
    return s.gc.http_client.spreadsheets_get(s.book.id, asked)["sheets"][0]


def fresh(s: Scene) -> gspread.Worksheet:
    """The tab as somebody finds it who opens it now."""
    return s.sh.get_worksheet_by_id(0)
