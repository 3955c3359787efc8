"""The walk catches what it is there for: five planted faults, each by a short walk of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.google_emulator import people
from tests.google_emulator.faults import Fault
from tests.google_walk import deeds
from tests.google_walk.judge import Wrong
from tests.google_walk.mutants import MUTANTS
from tests.google_walk.walk import Walk


def _sign(walk: Walk, name: str, authorised: str = "Yes", at: dt.datetime | None = None) -> None:
    said = {"Organisation": name, "Authorised": authorised, "Principle 1": "Yes",
            "Do you agree to the statement?": "Yes", "List us": "Yes", "Signatory": "Ana Person",
            "Role": "Chair"}  # fmt: skip
    for side in (walk.main, walk.twin):
        side.sent.append(people.submit(side.world, side.form, said, f"{len(name)}@example.org", at))


def _begin(walk: Walk) -> None:
    for number, name in enumerate(deeds.NAMES[:5]):
        _sign(walk, name, "No" if number % 2 else "Yes")
    walk.step("run", 0)


def _goes(walk: Walk, on: Callable[[Walk], None]) -> None:
    _begin(walk)
    on(walk)


def _sorted(walk: Walk) -> None:
    for seed in range(3):
        walk.step("type a note beside a matter", seed)
    for down in (True, False):
        people.sort_tab(walk.main.world, walk.main.working, "To decide", "Organisation", down)
        _sign(walk, f"Somebody {down}", "No")
        walk.step("run", 0)


def _lost(walk: Walk) -> None:
    _sign(walk, "Somebody", "No")
    walk.main.google.faults.add(Fault("applied-lost", "sheets.spreadsheets.batchUpdate"))
    walk.step("run", 0)


def _accepted(walk: Walk) -> None:
    """What is accepted is asked about once more: may it be listed?"""
    for key in sorted(walk.decidable()):
        if key.startswith("s-"):
            for side in (walk.main, walk.twin):
                row = deeds.keyed(side, "to_decide", "Key")[key]
                deeds.put(side, "to_decide", row, "Decision", "accept")
    walk.step("run", 0)


def _in_one_instant(walk: Walk) -> None:
    _sign(walk, "Somebody", at=walk.main.sent[-1].submitted)
    walk.step("run", 0)


WALKS: dict[str, tuple[Callable[[Walk], None], str]] = {
    "a remembered row number": (_sorted, "gone: "),
    "a blind append": (_lost, "doubled|already exists"),
    "a rewritten key": (_accepted, "gone: "),
    "strictly later": (_in_one_instant, "is lost"),
    "the first page only": (lambda walk: None, "is lost"),
}


@pytest.fixture
def walk(tmp_path: Path) -> Iterator[Walk]:
    made = Walk(tmp_path, 3, "form")
    for side in (made.main, made.twin):
        side.patience = 20
    yield made
    made.close()


@pytest.mark.parametrize("name", MUTANTS)
def test_a_planted_fault_is_caught(name: str, walk: Walk) -> None:
    goes, seen = WALKS[name]
    walk.main.plant = MUTANTS[name]()
    with pytest.raises(Wrong, match=seen):
        _goes(walk, goes)


@pytest.mark.slow
def test_without_them_the_same_walks_find_nothing(walk: Walk) -> None:
    _begin(walk)
    for goes, _ in WALKS.values():
        goes(walk)
    walk.settle()
