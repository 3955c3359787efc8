"""The demonstration's year, lived through on files and on Google: the tabs come out equal.

By the linked sheet alone, which holds just what the download held, all of them do. By the form
there are two rows that no form can have sent: one that a coordinator typed, and one whose time
somebody typed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from config.raw import RawTable, is_blank
from config.settings import load_settings
from connectors.cells import canonical
from connectors.workbook import read_workbook
from pipeline.demo.play import live_through
from pipeline.demo.story import STAGES
from pipeline.outside import Outside
from pipeline.runner import Order, run
from tests.google_emulator.scene import Scene
from tests.google_emulator.scene.coalition import Through
from tests.google_emulator.server import Emulator
from tests.google_emulator.tracker import environment, pace_of

NOW = datetime(2026, 11, 2, 3, tzinfo=UTC)
EQUAL = ("Who has signed", "Numbers", "To decide", "Every form checked", "Changes", "Letters")
LATER = "Letters"
"""Not there yet in the year's beginning."""
BEGINNING = 3
"""So many of the days on which people sit together are lived through in the quick test."""
ODD = {"Fährfrauen von Unterlirath", "Harbour Kitchen Collective"}


@dataclass
class Year:
    """What stood in the tabs on the last day."""

    files: dict[str, RawTable]
    google: dict[str, RawTable]
    mails: tuple[list[str], list[str]]
    """Day, edition and To of the letters that were sent, by the one and by the other."""


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    with _year(tmp_path_factory.mktemp("year"), "sheet", BEGINNING) as made:
        yield made


@contextmanager
def _year(folder: Path, through: Through, stages: int = len(STAGES)) -> Iterator[Year]:
    with Emulator() as google, pytest.MonkeyPatch.context() as patch:
        for name, value in environment(google).items():
            patch.setenv(name, value)
        yield _lived(folder, google, through, stages)
        assert not google.bugs, "\n\n".join(google.bugs)
        assert not google.unhandled, google.unhandled


def _lived(folder: Path, google: Emulator, through: Through, stages: int) -> Year:
    local, there = folder / "local", folder / "google"
    account = google.service_account()["client_email"]
    scene: Scene | None = None
    days = islice(live_through(local, NOW, lambda _: None), stages)
    for stage, _ in zip(STAGES, days, strict=False):
        if scene is None:
            scene = Scene.build(google.world, local, there, account, through)
        else:
            scene.feed(local)
        run(Order(there / "weaver.toml", NOW, pace=pace_of(google)))
        scene.sit_down(stage)
    run(Order(local / "weaver.toml", NOW))
    run(Order(there / "weaver.toml", NOW, pace=pace_of(google)))
    settings = load_settings(there / "weaver.toml")
    with Outside(settings, NOW.replace(tzinfo=None), pace_of(google)) as outside:
        tabs = read_workbook(local / "results.xlsx"), dict(outside.tracker().results)
    return Year(*tabs, (_letters(local), _letters(there)))


def _letters(folder: Path) -> list[str]:
    """Its key tells a file apart, and is another where a form came in by another way."""
    found = ((path.name, message_from_bytes(path.read_bytes(), policy=default))
             for path in (folder / "outbox").glob("*.eml"))  # fmt: skip
    return sorted(f"{name.rpartition('-')[0]} {mail['To']}" for name, mail in found)


@pytest.mark.parametrize("tab", [tab for tab in EQUAL if tab != LATER])
def test_the_tabs_are_equal_cell_for_cell(year: Year, tab: str) -> None:
    assert _cells(year.google[tab]) == _cells(year.files[tab])


def test_what_is_said_send_to_in_mail_waiting_leaves_on_both(year: Year) -> None:
    local, google = year.mails
    receipts = [sent for sent in local if "-receipt " in sent]
    assert len(receipts) > 20
    assert google == local


@pytest.mark.slow
def test_the_tabs_are_equal_after_the_whole_year(tmp_path: Path) -> None:
    with _year(tmp_path, "sheet") as year:
        for tab in EQUAL:
            assert _cells(year.google[tab]) == _cells(year.files[tab]), tab


@pytest.mark.slow
@pytest.mark.parametrize("through", ["form", "both"])
def test_by_the_form_all_but_the_rows_that_no_form_has_sent(tmp_path: Path, through: Any) -> None:
    with _year(tmp_path, through) as year:
        for tab in ("Who has signed", "Every form checked"):
            assert _others(year.google[tab]) == _others(year.files[tab])


def _others(table: RawTable) -> list[tuple[object, ...]]:
    header, *rows = _cells(table)
    place = header.index("Organisation")
    return [row for row in rows if row[place] not in ODD]


def _cells(table: RawTable) -> list[tuple[object, ...]]:
    return [table.header, *(tuple(map(canonical, row)) for row in table.rows
                            if not all(map(is_blank, row)))]  # fmt: skip
