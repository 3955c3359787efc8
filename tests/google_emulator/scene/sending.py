"""Sends to a form what a CSV download holds, and types beside it what coordinators typed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.google_emulator import people
from tests.google_emulator.forms import Form, create_form, link_sheet, linked_tab
from tests.google_emulator.forms.linked import Tab
from tests.google_emulator.scene.rows import EMAIL, Download
from tests.google_emulator.sheets.model import Sheet, Spreadsheet, type_into
from tests.google_emulator.world import World

_TAKEN = re.compile(r"[=+\-@']|[\d.,/:-]+$")


@dataclass
class Channel:
    """A form with its linked tab, and how many rows of the download it already has.

    Attributes:
        typed: places (from 0, among the download's rows) of rows that a coordinator typed.
    """

    form: Form
    spreadsheet: Spreadsheet
    sheet: Sheet
    done: int = 0
    typed: list[int] = field(default_factory=list)

    def send(self, world: World, read: Download) -> None:
        """Send the download's rows that are new since the last time."""
        self._offer(world, read)
        for at in range(self.done, len(read.rows)):
            self._row(world, read, at)
        self.done = len(read.rows)

    def _row(self, world: World, read: Download, at: int) -> None:
        row = read.rows[at]
        if row[0]:
            self._sent(world, read, at)
        else:
            self.typed.append(at)
            self._typed(world, row)
        self._in_order(world, at)

    def _sent(self, world: World, read: Download, at: int) -> None:
        """What somebody sent; then what coordinators did to its row."""
        row = read.rows[at]
        moment = read.moment(row) or _just_after(read, at)
        answers = {read.key(c): read.said(row, c) for c in read.asked if read.header[c]}
        email = row[1] if EMAIL in read.header[:2] else ""
        response = people.submit(world, self.form, answers, email, moment)
        place = self._tab(world).row_of(response)
        assert place is not None
        if read.moment(row) is None:
            type_into(world, self.spreadsheet, self.sheet, place, 0, row[0])
        for column in read.asked:
            if row[column] and not read.header[column]:
                type_into(world, self.spreadsheet, self.sheet, place, column, plain(row[column]))

    def _typed(self, world: World, row: Sequence[str]) -> None:
        place = self._tab(world).last_written() + 1
        self.sheet.insert_rows(place, 1)
        for column, text in enumerate(row):
            if text:
                type_into(world, self.spreadsheet, self.sheet, place, column, plain(text))

    def _in_order(self, world: World, last: int) -> None:
        """Forms writes above what was typed by hand; the coordinator drags such rows back up."""
        for at in self.typed:
            if at == last - 1:
                self.sheet.move_rows(last + 1, 1, last)
                world.touch(self.spreadsheet.id)

    def _offer(self, world: World, read: Download) -> None:
        """Offer as options to pick what was picked by now."""
        for column in read.asked:
            if not read.header[column] or read.header[column] in read.options:
                continue
            choices = self.form.find(read.key(column)).choices
            if choices is None:
                continue
            offered = [option.get("value") for option in choices["options"]]
            given = dict.fromkeys(row[column] for row in read.rows if row[column])
            if set(given) - set(offered):
                new = list(dict.fromkeys([*offered, *given]))
                people.change_options(world, self.form, read.key(column), new)

    def _tab(self, world: World) -> Tab:
        tab = linked_tab(world, self.form)
        assert tab is not None
        return tab


def open_channel(
    world: World, title: str, owner: str, read: Download, spreadsheet: Spreadsheet
) -> Channel:
    """Make the form for a download, and link it to a new tab."""
    collects = "VERIFIED" if EMAIL in read.header[:2] else "DO_NOT_COLLECT"
    form = create_form(world, title, owner, read.items(), collects=collects)
    return Channel(form, spreadsheet, link_sheet(world, form, spreadsheet))


def plain(text: str) -> str:
    """As a person types a text that a spreadsheet would take for a formula, a number or a day."""
    return "'" + text if _TAKEN.match(text) else text


def _just_after(read: Download, at: int) -> dt.datetime:
    """A second after the row above, for a row whose time somebody wrote over."""
    before = (read.moment(row) for row in reversed(read.rows[:at]))
    found = next(moment for moment in before if moment)
    return found + dt.timedelta(seconds=1)
