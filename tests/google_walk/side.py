"""One coalition on an emulated Google of its own: its folder, its form, its tracker, its runs."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest

from config.errors import WeaverError
from config.google import Google
from config.records import Known
from config.settings import load_settings
from connectors.google import calls, session
from connectors.google.calls import Calls
from connectors.google.pace import Pace
from connectors.store.store import Store
from pipeline.outside import Outside
from pipeline.runner import Order, run
from tests.google_emulator import people
from tests.google_emulator.forms import Form, Response, create_form, link_sheet, questions
from tests.google_emulator.server import Emulator
from tests.google_emulator.sheets.model import Sheet, Spreadsheet, create_spreadsheet
from tests.google_emulator.tracker import environment, pace_of
from tests.google_emulator.world import SimulatedClock

OWNER = "ana@springs.example.org"
ZONE = "Europe/Vienna"
Through = Literal["form", "sheet", "both"]
PAGE = 4
"""Responses on a page, so that there are several."""
WAIT = 1.0
"""Real seconds without a byte before a request counts as lost."""
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
time_zone = "{zone}"

[[coordinators]]
name = "Ana"
email = "ana@springs.example.org"

[[form]]
{form}

[google]
working = "{working}"
credentials = "key"
"""
YES_NO = ("Yes", "No")
PROMISES = (
    ("Organisation", "Who", "What", "Due", "Done"),
    ("Alder Brook Anglers", "Ivo", "Count the herons", None, None),
    ("Birch Hill Growers", "Lena", "Bring soup", None, None),
)
OWN_TAB = "Our notes"


class Killed(BaseException):
    """The process ended in the middle of a run."""


@dataclass(frozen=True)
class Ended:
    """How a run ended.

    Attributes:
        code: its exit code; 137 if it was killed.
        reached: the last step that began.
        summary: what it printed, {} where it didn't come to its end.
        error: why it stopped.
    """

    code: int
    reached: str
    summary: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""

    @property
    def recorded(self) -> bool:
        """Whether the store has taken in what was read."""
        return self.reached in ("publish", "post", "finish")


class Hasty(Outside):
    """What a run speaks with, but it waits for an answer less long in real time."""

    patience = WAIT

    def _open_calls(self) -> Calls:
        assert self._pace is not None
        settings = self._settings
        google = settings.google or Google()
        return session.open_calls(
            google, settings.reads_forms, self._pace, self._environ, time_out=(2.0, self.patience)
        )


def question_items() -> list[questions.Item]:
    """The form's questions."""
    return [
        questions.text("Organisation"),
        questions.text("Signatory"),
        questions.text("Role"),
        questions.choice("Authorised", YES_NO),
        questions.choice("Do you agree to the statement?", YES_NO),
        questions.choice("Principle 1", YES_NO),
        questions.text("Reservations", paragraph=True),
        questions.choice("List us", YES_NO),
    ]


@dataclass(frozen=True)
class Kept:
    """A coalition at some moment: all of Google, the time, and the folder's files."""

    google: Any
    now: dt.datetime
    files: Mapping[str, bytes]
    sent: int


class Side:
    """A coalition.

    Attributes:
        google: its emulator.
        folder: its settings, texts and store.
        working: the tracker.
        form: the form, with `sheet` of `responses` linked.
        sent: every response that came in, in its order.
        plant: plants a fault into Weaver for the length of a run.
        patience: real seconds without a byte before Weaver takes a request for lost.
        through: how Weaver gets at them.
    """

    def __init__(self, folder: Path, clock: SimulatedClock, through: Through, seed: int) -> None:
        self.google = Emulator(seed, clock=clock)
        self.folder, self.through = folder, through
        self.sent: list[Response] = []
        self.patience = WAIT
        self.plant: Callable[[pytest.MonkeyPatch], None] = lambda _: None
        world = self.google.world
        self.working: Spreadsheet = create_spreadsheet(world, "Working", OWNER, time_zone=ZONE)
        self.responses: Spreadsheet = create_spreadsheet(world, "Responses", OWNER, time_zone=ZONE)
        self.form: Form = create_form(
            world, "Join us", OWNER, question_items(), collects="VERIFIED"
        )
        self.form.habits.order = "shuffled"
        self.sheet: Sheet = link_sheet(world, self.form, self.responses)
        self._share()
        self._own_tabs()
        self._write_folder()

    @property
    def world(self) -> Any:
        """Everything that this Google knows."""
        return self.google.world

    def close(self) -> None:
        """End the emulator."""
        self.google.close()

    def _share(self) -> None:
        account = self.google.service_account()["client_email"]
        self.world.share(self.working.id, account, "writer")
        if self.through != "sheet":
            self.world.share(self.form.id, account, "writer")
        if self.through != "form":
            self.world.share(self.responses.id, account, "reader")

    def _own_tabs(self) -> None:
        promises = people.add_tab(self.world, self.working, "Promises")
        for row, cells in enumerate(PROMISES):
            for column, text in enumerate(cells):
                promises.set(row, column, text)
        notes = people.add_tab(self.world, self.working, OWN_TAB)
        notes.set(0, 0, "What we talked about")
        people.delete_tab(self.world, self.working, "Sheet1")
        people.delete_tab(self.world, self.responses, "Sheet1")

    def _write_folder(self) -> None:
        texts = self.folder / "statements" / "main"
        texts.mkdir(parents=True)
        (texts / "v1.md").write_text(STATEMENT, encoding="utf-8")
        lines = []
        if self.through != "sheet":
            lines.append(f'google_form = "{self.form.id}"')
        if self.through != "form":
            address = f"https://docs.google.com/spreadsheets/d/{self.responses.id}/edit"
            lines.append(f'google_sheet = "{address}#gid={self.sheet.sheet_id}"')
        text = SETTINGS.format(zone=ZONE, form="\n".join(lines), working=self.working.id)
        self.settings.write_text(text, encoding="utf-8")

    @property
    def settings(self) -> Path:
        """The coalition's settings."""
        return self.folder / "weaver.toml"

    def pace(self) -> Pace:
        """Time passes only where Weaver waits."""
        return pace_of(self.google, 900.0)

    def run(self, step: Callable[[str], None] = lambda _: None) -> Ended:
        """One whole run, in this process."""
        reached = ["read"]

        def noted(name: str) -> None:
            reached.append(name)
            step(name)

        settings, now, pace = load_settings(self.settings), self.world.clock.now(), self.pace()
        day = now.astimezone(settings.zone).date()
        midnight = dt.datetime.combine(day, dt.time())
        outside = Hasty(settings, midnight, pace, environment(self.google))
        outside.patience = self.patience
        try:
            order = Order(self.settings, now, step=noted, pace=pace, outside=outside)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(calls, "PAGE", PAGE)
                self.plant(patch)
                summary = run(order)
            return Ended(0, reached[-1], summary)
        except WeaverError as error:
            return Ended(error.exit_code, reached[-1], error=str(error))
        except Killed:
            return Ended(137, reached[-1])

    def keep(self) -> Kept:
        """Everything as it is now, to come back to."""
        world = self.world
        with world.lock:
            google = (world.files, world.spreadsheets, world.forms, world.random, self.sent)
            return Kept(copy.deepcopy(google), world.clock.now(), self._files(), len(self.sent))

    def back(self, kept: Kept) -> None:
        """Make everything as it was then; nobody acts and no fault strikes any more."""
        world = self.world
        with world.lock:
            (world.files, world.spreadsheets, world.forms, world.random, self.sent) = copy.deepcopy(
                kept.google
            )
            world.clock.advance((kept.now - world.clock.now()).total_seconds())
            self.working = world.spreadsheets[self.working.id]
            self.responses = world.spreadsheets[self.responses.id]
            self.form = world.forms[self.form.id]
            self.sheet = self.responses.sheet(self.sheet.sheet_id)
        for name in self._files().keys() - kept.files.keys():
            (self.folder / name).unlink()
        for name, content in kept.files.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_bytes(content)
        self.google.faults.clear()
        self.google.service.callbacks.clear()
        self.google.service.quotas._buckets.clear()
        self.google.log.clear()

    def _files(self) -> dict[str, bytes]:
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in found}

    def known(self) -> Known:
        """What the store remembers."""
        path = self.folder / "state.db"
        if not path.exists():
            return Known()
        with Store.open(path) as store:
            return store.known()

    def tab(self, title: str) -> list[dict[str, Any]]:
        """A tab's rows by title; none where it isn't there."""
        if title not in [sheet.title for sheet in self.working.sheets]:
            return []
        return people.records(self.working, title)
