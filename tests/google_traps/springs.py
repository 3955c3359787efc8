"""A small coalition that lives on the emulated Google: a form, its sheet, a working spreadsheet."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
import shutil
from collections.abc import Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import gspread
import requests
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2.service_account import Credentials

from pipeline.idle import look
from pipeline.runner import Order, run
from tests.google_emulator import people
from tests.google_emulator.clients import DRIVE, RESPONSES, SHEETS, redirected
from tests.google_emulator.forms import Form, create_form, link_sheet, questions
from tests.google_emulator.forms.model import Response
from tests.google_emulator.scene.settings import form_address, sheet_address
from tests.google_emulator.server import Emulator, Recorded
from tests.google_emulator.sheets.model import Sheet, Spreadsheet, create_spreadsheet
from tests.google_emulator.tracker import pace_of

Through = Literal["form", "sheet", "both"]
OWNER = "ana@springs.example.org"
ACCOUNT = "weaver"
ZONE = "Europe/Vienna"
WRITE = "sheets.spreadsheets.batchUpdate"
SECTORS = ("Water, rivers and lakes", "Farming", "Schools (primary, secondary)")
ASKED: tuple[questions.Item, ...] = (
    questions.text("Organisation"),
    questions.text("Signatory"),
    questions.text("Role"),
    questions.choice("Authorised", ("Yes", "No")),
    questions.choice("Do you agree to the statement?", ("Yes", "No")),
    questions.choice("Principle 1", ("Yes", "No")),
    questions.choice("List us", ("Yes", "No")),
    questions.text("Reservations", paragraph=True),
    questions.text("District"),
    questions.checkboxes("Sector", SECTORS, other=True),
)
STATEMENT = """\
+++
version = "1"
state = "adopted"
adopted_on = 2026-02-01
adopted_by = "Founding assembly"
adopted_how = "by consensus"
question = "Do you agree to the statement?"

[[principles]]
id = "P1"
text = "Clean water is a right."
question = "Principle 1"
+++

Water is for everybody.
"""
SETTINGS = """\
[coalition]
name = "Seven Springs"
time_zone = "Europe/Vienna"

[[coordinators]]
name = "Ana"
email = "ana@springs.example.org"

[[coordinators]]
name = "Bo"
email = "bo@springs.example.org"

[[form]]
{form}
email_verified = true

[schedule]
failures = 99

[google]
working = "{working}"
credentials = "key"
"""
FORMS: Mapping[str, Mapping[str, Any]] = {
    "Alder Brook Anglers": {"District": "Linden", "Sector": [SECTORS[0], SECTORS[1]]},
    "Birch Hill Growers": {"District": "Linden", "Sector": [SECTORS[1]]},
    "Cedar Ferry Choir": {"Sector": [SECTORS[2]]},
    "Dune Wardens": {"Authorised": ""},
    "Elm Street Kitchen": {"Reservations": "Only if we may leave in May."},
    "Fern Valley School": {"District": "Hollow"},
}
"""Who has sent the form on the first day; what each said otherwise than `answers` has it."""
PROMISES = (
    ("Organisation", "Who", "What", "Due", "Done"),
    ("Alder Brook Anglers", "Ivo", "Count the herons", "2026-03-20", ""),
    ("Birch Hill Growers", "Lena", "Bring soup", "2026-03-10", "2026-03-09"),
)


def answers(name: str, said: Mapping[Any, Any]) -> dict[Any, Any]:
    """A form without any doubt in it, but for what is said otherwise."""
    usual = {
        "Organisation": name,
        "Signatory": f"{name.partition(' ')[0]} Person",
        "Role": "Chair",
        "Authorised": "Yes",
        "Do you agree to the statement?": "Yes",
        "Principle 1": "Yes",
        "List us": "No",
    }
    return usual | dict(said)


@dataclass
class Springs:
    """The coalition, what people do in it, and Weaver's runs.

    Attributes:
        google: the emulator.
        folder: with `weaver.toml` and whatever Weaver keeps.
        form: the form of sign-ons.
        answers: the spreadsheet with its linked tab.
        linked: that tab.
        working: the spreadsheet with the tracker's tabs.
        sent: organisation → its latest response.
    """

    google: Emulator
    folder: Path
    form: Form
    answers: Spreadsheet
    linked: Sheet
    working: Spreadsheet
    sent: dict[str, Response] = field(default_factory=dict)

    @property
    def settings(self) -> Path:
        return self.folder / "weaver.toml"

    @property
    def world(self) -> Any:
        return self.google.world

    @property
    def address(self) -> str:
        """Whom files are to be shared with."""
        return str(self.google.service_account(ACCOUNT)["client_email"])

    def add_settings(self, text: str) -> None:
        """Add lines to the end of the settings (the table [google])."""
        with self.settings.open("a", encoding="utf-8") as file:
            file.write(text + "\n")

    def sign(
        self,
        name: str,
        said: Mapping[Any, Any] | None = None,
        email: str = "",
        at: dt.datetime | None = None,
    ) -> Response:
        """Send the form."""
        first = name.split(maxsplit=1)[0].casefold()
        short = "".join(c for c in first if c.isascii() and c.isalnum()) or "office"
        address = email or f"office@{short}.example.org"
        made = people.submit(self.world, self.form, answers(name, said or {}), address, at)
        self.sent[name] = made
        return made

    def next_day(self) -> None:
        """Let a day pass."""
        self.world.clock.advance(86_400)

    def run(self, **order: Any) -> dict[str, Any]:
        """What `weaver run` does: look whether there is anything new, then a whole run."""
        pace, now = pace_of(self.google), self.world.clock.now()
        found = look(self.settings, now, pace)
        if found.summary is not None:
            return found.summary
        return run(Order(self.settings, now, pace=pace, outside=found.outside, **order))

    def rows(self, tab: str) -> list[dict[str, Any]]:
        """The rows of a tab of the tracker, by title, as a person reads them."""
        return people.records(self.working, tab)

    def row(self, tab: str, organisation: str) -> dict[str, Any]:
        """The only row about the organisation."""
        (found,) = [row for row in self.rows(tab) if row["Organisation"] == organisation]
        return found

    def districts(self) -> dict[str, Any]:
        """Organisation → its district in Who has signed."""
        return {str(row["Organisation"]): row["District"] for row in self.rows("Who has signed")}

    def fixes(self) -> str:
        """All that stands in To fix, as one text; "" where there is no such tab."""
        there = "To fix" in [sheet.title for sheet in self.working.sheets]
        rows = self.rows("To fix") if there else []
        return "\n".join(" | ".join(str(value) for value in row.values()) for row in rows)

    def names(self, tab: str = "Who has signed") -> list[str]:
        """The organisations of a tab, sorted."""
        return sorted(str(row["Organisation"]) for row in self.rows(tab))

    def decide(self, organisation: str, word: str, by: str = "Ana", note: str = "") -> None:
        """Type a decision beside every matter of the organisation."""
        for row in self.rows("To decide"):
            if row["Organisation"] == organisation:
                for title, text in (("Decision", word), ("Decided by", by), ("Note", note)):
                    self.type("To decide", {"Key": row["Key"]}, title, text)

    def type(self, tab: str, row: Any, column: Any, text: str) -> None:
        """Type into a cell of the tracker."""
        people.type_cell(self.world, self.working, tab, row, column, text)

    def while_writing(self, deed: Any) -> list[int]:
        """Do this once, when Weaver's next change has arrived and isn't carried out yet.

        The list that comes back has an entry once it was done.
        """
        return self._once(WRITE, deed)

    def while_reading(self, deed: Any) -> list[int]:
        """Do this once, between Weaver's look at the tabs and its reading of their cells."""
        return self._once("sheets.spreadsheets.values.batchGet", deed)

    def _once(self, method: str, deed: Any) -> list[int]:
        done: list[int] = []

        def callback(call: Recorded) -> None:
            if call.method_id == method and not done:
                done.append(1)
                deed()

        self.google.before(callback)
        return done

    def writes(self, start: int = 0) -> list[Recorded]:
        """Requests that ask for a change, in the order of arrival."""
        return [c for c in self.google.calls(start) if c.verb != "GET" and c.method_id != "token"]

    def asked(self, start: int = 0) -> list[dict[str, Any]]:
        """The single changes in Weaver's requests, such as {"insertDimension": ...}."""
        bodies = [json.loads(call.body) for call in self.writes(start)]
        return [request for body in bodies for request in body["requests"]]


def build(
    google: Emulator,
    folder: Path,
    through: Through = "form",
    *,
    locale: str = "en_US",
    zone: str = ZONE,
    asked: Sequence[questions.Item] = ASKED,
    forms: Mapping[str, Mapping[str, Any]] = FORMS,
    settings: str = "",
) -> Springs:
    """The coalition on its first day: six forms were sent, Weaver has never run.

    Args:
        google: the emulator.
        folder: a new folder for the settings.
        through: how Weaver gets at responses.
        locale, zone: of the spreadsheets.
        asked: what the form asks.
        forms: who has sent it: organisation → answers that differ from the usual.
        settings: further lines of `[[form]]`.
    """
    world, account = google.world, google.service_account(ACCOUNT)["client_email"]
    form = create_form(world, "Join us", OWNER, asked)
    with world.lock:
        book = create_spreadsheet(world, "Answers", OWNER, locale=locale, time_zone=zone)
        working = create_spreadsheet(
            world, "Working", OWNER, locale=locale, time_zone=zone, titles=("Promises",)
        )
    linked = link_sheet(world, form, book)
    springs = Springs(google, folder, form, book, linked, working)
    first = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)
    for number, (name, said) in enumerate(forms.items()):
        springs.sign(name, said, at=first + dt.timedelta(hours=5 * number, seconds=number))
    for at, row in enumerate(PROMISES, 1):
        for column, text in enumerate(row):
            people.type_cell(world, working, "Promises", at, column, text)
    world.share(working.id, account, "writer")
    lines = settings
    if through != "sheet":
        world.share(form.id, account, "writer")
        lines += f'\ngoogle_form = "{form_address(form.id)}"'
    if through != "form":
        world.share(book.id, account, "reader")
        lines += f'\ngoogle_sheet = "{sheet_address(book.id, linked.sheet_id)}"'
    (folder / "statements" / "main").mkdir(parents=True)
    (folder / "statements" / "main" / "v1.md").write_text(STATEMENT, encoding="utf-8")
    text = SETTINGS.format(form=lines.strip(), working=sheet_address(working.id))
    springs.settings.write_text(text, encoding="utf-8")
    return springs


def copied(springs: Springs, google: Emulator, folder: Path) -> Springs:
    """The same coalition, as it is now, on another emulator and in another folder."""
    old, new = springs.google.world, google.world
    holds = ("files", "spreadsheets", "forms", "random")
    kept = {name: getattr(old, name) for name in holds}
    things = (springs.form, springs.answers, springs.linked, springs.working, springs.sent)
    # Four times as fast as `copy.deepcopy`.
    made, mine = pickle.loads(pickle.dumps((kept, things)))
    for name in holds:
        setattr(new, name, made[name])
    new.clock.advance((old.clock.now() - new.clock.now()).total_seconds())
    shutil.copytree(springs.folder, folder)
    return Springs(google, folder, *mine)


@contextmanager
def session(google: Emulator, *scopes: str) -> Any:
    """A google-auth session of Weaver's account, for what a simple script would do."""
    credentials = Credentials.from_service_account_info(
        google.service_account(ACCOUNT), scopes=scopes or (SHEETS, DRIVE, RESPONSES)
    )
    with closing(redirected(requests.Session(), google.url)) as plain:
        made = redirected(AuthorizedSession(credentials, auth_request=Request(plain)), google.url)
        with closing(made):
            yield made


@contextmanager
def naive(google: Emulator, spreadsheet: Spreadsheet, tab: str) -> Any:
    """A tab in stock gspread, as a simple script would have it; the file is shared with it."""
    google.world.share(spreadsheet.id, google.service_account(ACCOUNT)["client_email"], "writer")
    with session(google) as opened:
        client = gspread.Client(auth=None, session=opened)
        client.set_timeout((5, 20))
        yield client.open_by_key(spreadsheet.id).worksheet(tab)


def model(spreadsheet: Spreadsheet) -> dict[str, Any]:
    """All that a spreadsheet holds, to be compared."""
    return {
        "properties": (spreadsheet.title, spreadsheet.locale, spreadsheet.time_zone),
        "named": copy.deepcopy(spreadsheet.named_ranges),
        "metadata": copy.deepcopy(spreadsheet.developer_metadata),
        "sheets": [tab_model(sheet) for sheet in spreadsheet.sheets],
    }


def tab_model(sheet: Sheet) -> dict[str, Any]:
    """All that a tab holds: cells with formats, notes and rules, and whatever lies on them."""
    cells = {(row, column): cell for row, column, cell in sheet.cells(sheet.whole())}
    rest = {
        name: copy.deepcopy(value)
        for name, value in sheet.__dict__.items()
        if name not in ("lines", "owner", "has_formulas")
    }
    return rest | {"cells": cells}
