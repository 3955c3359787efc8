"""The invented coalition on an emulated Google, as every program that is compared finds it."""

from __future__ import annotations

import csv
import pickle
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import coalition
from tests.google_emulator.scene import Scene, without_odd_rows
from tests.google_emulator.scene.coalition import OWNER, Through
from tests.google_emulator.scene.settings import sheet_address
from tests.google_emulator.server import Emulator
from tests.google_emulator.sheets.model import Spreadsheet, create_spreadsheet
from tests.google_emulator.world import WallClock, World

TABS = 20
"""How many tabs the spreadsheet has before Weaver adds its own."""
ODD = 2
"""Rows of the demonstration's download that no form can have sent."""
FEW = "Contacts"
"""The people's tab that few may see, where there is a restricted spreadsheet."""
OWN = ("Room bookings", "Bus to the hearing", "Banner loans", "Choir", "Kitchen", "First aid",
       "Radio slots", "Spare")  # fmt: skip
"""Tabs that coordinators keep for themselves."""


@dataclass(frozen=True)
class Kept:
    """A coalition that can be brought to as many emulators as there are programs to compare.

    Attributes:
        settings: the folder with `weaver.toml`, without store.
        working: id of the spreadsheet with the tracker.
        read: people's tabs in it which Weaver reads.
        responses: id of the spreadsheet with the form's linked tab, and the tab's title.
        state: all files of the emulator, pickled.
    """

    settings: Path
    working: str
    read: tuple[str, ...]
    responses: tuple[str, str]
    state: bytes


def keep(folder: Path, signons: int, through: Through = "form", *, parted: bool = False) -> Kept:
    """Build a coalition in a folder.

    Args:
        folder: a new one.
        signons: how many responses the form has.
        through: how Weaver gets at them.
        parted: forms, working and restricted are three spreadsheets instead of one.
    """
    local = _local(folder / "local", signons)
    with Emulator() as google:
        world, account = google.world, google.service_account()["client_email"]
        scene = Scene(world, folder / "settings", account, through)
        scene.working = scene.forms_sheet = _spreadsheet(world, "Working", account)
        if parted:
            scene.forms_sheet = _spreadsheet(world, "Forms", account)
            restricted = _spreadsheet(world, "Restricted", account)
            scene.google = (*scene.google, f'restricted = "{sheet_address(restricted.id)}"')
        scene.feed(local)
        read = [tab.title for tab in scene.working.sheets]
        (channel,) = scene.channels.values()
        if parted:
            _move(scene.working, restricted, FEW)
        _fill_up(scene.working)
        # gspread-pandas asks for the top folder of its account's Drive.
        world.add_file("root", "My Drive", "application/vnd.google-apps.folder", account)
        state = pickle.dumps((world.files, world.spreadsheets, world.forms))
    read = [title for title in read if title not in (channel.sheet.title, FEW if parted else "")]
    where = channel.spreadsheet.id, channel.sheet.title
    return Kept(scene.folder, scene.working.id, tuple(read), where, state)


@contextmanager
def emulated(kept: Kept, *, quotas: bool = True) -> Iterator[Emulator]:
    """An emulated Google that holds the coalition, on the real clock."""
    with Emulator(clock=WallClock()) as google:
        google.quotas_on = quotas
        world = google.world
        world.files, world.spreadsheets, world.forms = pickle.loads(kept.state)
        google.service_account()
        yield google
    if google.bugs or google.unhandled:
        raise RuntimeError("\n\n".join([*google.bugs, *google.unhandled]))


def _local(folder: Path, signons: int) -> Path:
    """The generated coalition with one form only, and only what can come from one."""
    coalition.write(folder, signons + ODD)
    shutil.rmtree(folder / "statements" / "ministers")
    settings = folder / "weaver.toml"
    text = settings.read_text(encoding="utf-8")
    before, rest = text.split("# Since 2026-05-01", 1)
    settings.write_text(f"{before}[tracker]{rest.split('[tracker]', 1)[1]}", encoding="utf-8")
    responses = folder / "responses.csv"
    _square(responses)
    if len(without_odd_rows(responses)) != ODD:
        raise RuntimeError("the demonstration's download has other odd rows than it had")
    return folder


def _square(path: Path) -> None:
    """Make all rows as wide as the header."""
    with path.open(encoding="utf-8", newline="") as text:
        header, *rows = csv.reader(text)
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerows([header, *([*row, *[""] * (len(header) - len(row))] for row in rows)])


def _spreadsheet(world: World, title: str, account: str) -> Spreadsheet:
    made = create_spreadsheet(world, title, OWNER, time_zone="Europe/Vienna")
    world.share(made.id, account, "writer")
    return made


def _move(here: Spreadsheet, there: Spreadsheet, title: str) -> None:
    (tab,) = [tab for tab in here.sheets if tab.title == title]
    here.sheets.remove(tab)
    there.sheets[:] = [tab]


def _fill_up(spreadsheet: Spreadsheet, rows: int = 40) -> None:
    """Add coordinators' own tabs until there are TABS."""
    chance = random.Random(1)
    for title in OWN[: TABS - len(spreadsheet.sheets)]:
        tab = spreadsheet.add_sheet(title)
        for column, header in enumerate(("Day", "Who", "What", "How many", "Note")):
            tab.set(0, column, header)
        for row in range(1, rows):
            tab.set(row, 0, f"{chance.randint(1, 28)} Nov")
            tab.set(row, 1, chance.choice(coalition.WHO))
            tab.set(row, 2, title)
            tab.set(row, 3, chance.randint(1, 9))
