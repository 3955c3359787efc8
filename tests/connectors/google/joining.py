"""A form by which organisations join, and Weaver's look at it: by itself, its sheet, or both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from config.problems import Problem
from config.raw import Scalar
from connectors.google.calls import Calls
from connectors.google.fetching import Fetched, fetch
from connectors.google.forms import Answered, Titles
from connectors.google.signons import GoogleSignOns
from tests.connectors.google.waiting import OWNER
from tests.google_emulator.forms import Form, Response, create_form, link_sheet, submit
from tests.google_emulator.forms.questions import (
    checkboxes,
    choice,
    date,
    grid,
    scale,
    text,
    upload,
)
from tests.google_emulator.server import Emulator
from tests.google_emulator.sheets.model import Sheet, Spreadsheet

NOON = dt.datetime(2026, 3, 2, 12, 0, 0, 394_652, tzinfo=dt.UTC)
SECTORS = ("Health", "Food, water and shelter", "Housing (rented, owned)", "Housing")
QUESTIONS = (
    text("Organisation"),
    text("Founded"),
    checkboxes("Sector", SECTORS, other=True),
    choice("Level", ("national", "regional", "local")),
    choice("Agreement", ("Yes, we agree", "No")),
    grid("Do you agree?", ("Peace", "Openness"), ("Yes", "No")),
    date("Decided by board on"),
    scale("How well do you know us?"),
    upload("Your logo"),
)


class Joining:
    """The form, shared with Weaver as its sheet is."""

    def __init__(self, google: Emulator, calls: Calls, **more: Any) -> None:
        self.world = google.world
        self.calls = calls
        self.account: str = google.service_account()["client_email"]
        self.form: Form = create_form(self.world, "Join us", OWNER, QUESTIONS, **more)
        self.world.share(self.form.id, self.account, "writer")
        self.sheet: Sheet | None = None
        self.sent = 0

    def link(self, **more: Any) -> Sheet:
        """Link a sheet; it is shared with Weaver."""
        self.sheet = link_sheet(self.world, self.form, **more)
        self.world.share(self.spreadsheet.id, self.account, "reader")
        return self.sheet

    @property
    def spreadsheet(self) -> Spreadsheet:
        """Where the form writes to."""
        made: Spreadsheet = self.world.spreadsheets[self.form.linked.spreadsheet_id]
        return made

    @property
    def address(self) -> str:
        """The sheet's address as a coordinator copies it."""
        assert self.sheet
        base = f"https://docs.google.com/spreadsheets/d/{self.spreadsheet.id}"
        return f"{base}/edit?gid={self.sheet.sheet_id}#gid={self.sheet.sheet_id}"

    def send(
        self, organisation: str, at: dt.datetime | None = None, email: str = "", **answers: Any
    ) -> Response:
        """Somebody sends the form: a minute after the one before, unless a time is given."""
        self.sent += 1
        moment = at or NOON + dt.timedelta(minutes=self.sent)
        address = email or f"{organisation.split(maxsplit=1)[0].lower()}@example.org"
        return submit(
            self.world, self.form, {"Organisation": organisation, **answers}, address, moment
        )

    def fetch(self, form: bool = True, sheet: str = "") -> Fetched:
        """What Google holds."""
        return fetch(self.calls, self.form.id if form else None, sheet or None, {})

    def by_form(self, known: Titles | None = None) -> Answered:
        """By its own service."""
        return GoogleSignOns(self.fetch(), {}, known or {}).answered

    def by_sheet(self) -> Answered:
        """By the linked sheet alone."""
        return GoogleSignOns(self.fetch(False, self.address), {}, {}).answered

    def by_both(self, sheet: str = "") -> Answered:
        """By both."""
        return GoogleSignOns(self.fetch(True, sheet or self.address), {}, {}).answered


def column(read: Answered, title: str, which: int = 0) -> list[Scalar]:
    """The cells under a title; of several columns with it the one asked for."""
    places = [i for i, each in enumerate(read.table.header) if each == title]
    return [row[places[which]] for row in read.table.rows]


def told(problems: Sequence[Problem]) -> dict[str, str]:
    """Column → what is said about it."""
    return {problem.column: problem.problem for problem in problems}


def titles(read: Answered) -> Mapping[str, tuple[str, ...]]:
    """What the next run remembers."""
    return {name: (title,) for name, title in (read.titles or {}).items()}
