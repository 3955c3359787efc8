"""What will stand in a spreadsheet after Weaver's change is known beforehand, or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from config.tabplan import ColumnPlan, TabPlan
from connectors.google import tables as module
from connectors.google.book import Book, GoogleTab
from connectors.google.edits import update
from connectors.google.foreseen import foreseen
from tests.google_emulator.faults import Fault
from tests.google_emulator.server import Recorded
from tests.google_emulator.sheets.model import Sheet, type_into
from tests.google_emulator.tracker import Tracker

BATCH = "sheets.spreadsheets.batchUpdate"
DECIDE = TabPlan(
    "To decide",
    (
        ColumnPlan("Key", True, "The matter."),
        ColumnPlan("Since", True, "A day.", format="date"),
        ColumnPlan("Share", True, "A number."),
        ColumnPlan("Decision", False, "A word.", choices=("accept", "undo")),
    ),
    tuple((f"k{n}", dt.date(2026, 3, n), n / 2, "") for n in range(1, 6)),
    ("Key",),
    "One matter that a person has to decide.",
)
NUMBERS = TabPlan(
    "Numbers",
    (ColumnPlan("Code", True, "The figure."), ColumnPlan("Now", True, "Today's.")),
    (("A1", 3), ("A2", 1.5), ("A3", "31 of 48"), ("A4", "=1+1")),
    (),
    "All figures.",
)
MORE = replace(DECIDE, rows=(*DECIDE.rows, ("k6", dt.date(2026, 3, 6), True, "")))
WIDER = replace(
    DECIDE,
    columns=(*DECIDE.columns, ColumnPlan("Status", True, "How it stands.")),
    rows=tuple((*row, "open") for row in DECIDE.rows),
)
SHORTER = replace(NUMBERS, rows=NUMBERS.rows[:2])
LONGER = replace(NUMBERS, rows=(*NUMBERS.rows, *(("B", n) for n in range(1_500))))


@pytest.fixture
def tracker() -> Iterator[Tracker]:
    with Tracker() as made:
        yield made


def written(tracker: Tracker, *plans: TabPlan) -> bool:
    """Read and write; whether the next look finds the mark that was foreseen."""
    tables = tracker.tables()
    tables.read()
    assert tables.write(plans, "st-1")
    return tables.after == tracker.tables().read().mark


def at_the_bottom(sheet: Sheet) -> None:
    sheet.set(40, 3, "below")


SCENES: dict[str, Callable[[Sheet], object]] = {
    "as it was": lambda _: None,
    "a row above the header": lambda sheet: sheet.insert_rows(0, 1),
    "a column of their own": lambda sheet: (sheet.insert_columns(1, 1), sheet.set(0, 1, "Mine")),
    "a column at the right": lambda sheet: (sheet.insert_columns(4, 1), sheet.set(2, 4, "x")),
    "a row moved": lambda sheet: sheet.sort(None, [(0, True)]),
    "something below": at_the_bottom,
}


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("parts", [6_000_000, 3_000])
def test_every_change_is_foreseen(
    tracker: Tracker, monkeypatch: pytest.MonkeyPatch, scene: str, parts: int
) -> None:
    monkeypatch.setattr(module, "LARGEST", parts)
    assert written(tracker, DECIDE, NUMBERS)
    SCENES[scene](tracker.book.sheet("To decide"))
    assert written(tracker, MORE, SHORTER)
    assert written(tracker, replace(MORE, rows=MORE.rows[2:]), LONGER)
    assert written(tracker, WIDER, NUMBERS)


def test_what_a_person_types_meanwhile_is_not(tracker: Tracker) -> None:
    assert written(tracker, DECIDE)
    waiting = ["accept"]

    def before(recorded: Recorded) -> None:
        if recorded.method_id == BATCH and waiting:
            with tracker.google.world.lock:
                type_into(
                    tracker.google.world, tracker.book, tracker.book.sheet("To decide"), 1, 3,
                    waiting.pop(),
                )  # fmt: skip

    tracker.google.before(before)
    assert not written(tracker, MORE)


def test_nor_what_was_typed_after_the_first_look(tracker: Tracker) -> None:
    assert written(tracker, DECIDE)
    tables = tracker.tables()
    tables.read()
    tracker.book.sheet("To decide").set(1, 3, "accept")
    assert tables.write((MORE,), "st-1")
    assert tables.after == ""


@pytest.mark.parametrize("kind", ["applied-lost", "503", "429", "applied-500"])
def test_after_trouble_nothing_is_foreseen(tracker: Tracker, kind: str) -> None:
    tables = tracker.tables()
    tables.read()
    tracker.google.faults.add(Fault(kind, match=BATCH))
    assert tables.write((DECIDE,), "st-1")
    assert tables.after == ""


def test_without_a_look_before_nothing_is_foreseen(tracker: Tracker) -> None:
    tables = tracker.tables()
    assert tables.write((DECIDE,), "st-1")
    assert tables.after == ""


TAB = GoogleTab(7, "One", 0, 100, 20, (("a", 1), ("b", 2.5)))
OTHER = GoogleTab(8, "Two", 1, 100, 20)
BOOK = Book("id", "Book", "Etc/GMT", (TAB, OTHER), "st-1")


def with_cells(*rows: tuple[Any, ...]) -> Book:
    return replace(BOOK, tabs=(replace(TAB, cells=rows), OTHER))


def test_two_spreadsheets_never_have_one_mark() -> None:
    different = [
        BOOK,
        replace(BOOK, title="Other"),
        replace(BOOK, zone="Asia/Tokyo"),
        replace(BOOK, store_id="st-2"),
        replace(BOOK, tabs=(TAB,)),
        replace(BOOK, tabs=(replace(TAB, title="Uno"), OTHER)),
        replace(BOOK, tabs=(replace(TAB, sheet_id=9), OTHER)),
        replace(BOOK, tabs=(TAB, replace(OTHER, cells=()))),
        with_cells(("a", "1"), ("b", 2.5)),
        with_cells(("a", True), ("b", 2.5)),
        with_cells(("a", 1), ("b", 2)),
        with_cells(("a", 1, "b", 2.5)),
        with_cells(("a", 1), (), ("b", 2.5)),
        with_cells(("", "a", 1), ("b", 2.5)),
        with_cells(("a", 1, "b"), (2.5,)),
        with_cells(("a ", 1), ("b", 2.5)),
        with_cells(("a", 1.0000000001), ("b", 2.5)),
        with_cells(),
    ]
    assert all(one.mark != other.mark for one, other in combinations(different, 2))


@pytest.mark.parametrize(
    "same",
    [
        replace(BOOK, tabs=(replace(TAB, index=4, rows=7, columns=9), OTHER)),
        replace(BOOK, tabs=(OTHER, TAB)),
        with_cells(("a", 1.0, "", None), ("b", 2.5), ("", ""), ()),
    ],
)
def test_sizes_and_places_and_blanks_at_the_end_do_not_count(same: Book) -> None:
    assert same.mark == BOOK.mark


@pytest.mark.parametrize(
    "request_",
    [
        {"deleteDimension": {"range": {"sheetId": 7, "dimension": "ROWS"}}},
        {"sortRange": {"range": {"sheetId": 7}}},
        {"repeatCell": {"range": {"sheetId": 7}, "cell": {}, "fields": "userEnteredValue"}},
        {"repeatCell": {"range": {"sheetId": 7}, "cell": {}, "fields": "*"}},
        update(7, 0, 0, [[{"userEnteredValue": {"formulaValue": "=A1"}}]], "userEnteredValue"),
        update(8, 0, 0, [[{}]], "userEnteredValue"),
        update(9, 0, 0, [[{}]], "userEnteredValue"),
        update(7, 0, 0, [[{}]], "userEnteredValue.stringValue"),
    ],
)
def test_what_nobody_can_tell_is_not_foreseen(request_: dict[str, Any]) -> None:
    assert foreseen(BOOK, [request_]) is None


def test_the_spreadsheet_of_before_is_left_alone() -> None:
    mark = BOOK.mark
    after = foreseen(BOOK, [update(7, 3, 1, [[{}]], "userEnteredValue")])
    assert after is not None
    assert replace(BOOK).mark == mark == after.mark
    assert TAB.cells == (("a", 1), ("b", 2.5))
