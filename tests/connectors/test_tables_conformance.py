"""What every backend of *Tables* must do. A new backend is one more line in BACKENDS.

A backend is a function of a folder that makes, for as long as a test lasts, a `Bench`: the tables,
and a person's hands on them.
"""

# ruff: noqa: DTZ001 - a spreadsheet's moments have no zone

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import openpyxl
import pytest

from config.tabplan import ColumnPlan, TabPlan
from connectors.local import LocalTables
from connectors.protocols import Tables
from tests.google_emulator.tracker import Tracker

Grid = list[list[object]]


@dataclass
class Bench:
    """A backend under test.

    Attributes:
        tables: a new connection to the same tracker.
        look: the grid of a tab of the results, header first, as a person sees it.
        edit: lets a person change that grid.
    """

    tables: Callable[[], Tables]
    look: Callable[[str], Grid]
    edit: Callable[[str, Callable[[Grid], Grid]], None]


@contextmanager
def local(folder: Path) -> Iterator[Bench]:
    results = folder / "results.xlsx"

    def look(title: str) -> Grid:
        return [
            list(row) for row in openpyxl.load_workbook(results)[title].iter_rows(values_only=True)
        ]

    def edit(title: str, change: Callable[[Grid], Grid]) -> None:
        book = openpyxl.load_workbook(results)
        sheet = book[title] if title in book.sheetnames else book.create_sheet(title)
        grid = change([list(row) for row in sheet.iter_rows(values_only=True)])
        sheet.delete_rows(1, sheet.max_row)
        for r, row in enumerate(grid, 1):
            for c, cell in enumerate(row, 1):
                sheet.cell(r, c).value = cell
                if isinstance(cell, str):
                    sheet.cell(r, c).data_type = "s"
        book.save(results)

    created = dt.datetime(2026, 3, 9)
    yield Bench(lambda: LocalTables(folder / "tracker.xlsx", results, created), look, edit)


@contextmanager
def google(_: Path) -> Iterator[Bench]:
    with Tracker() as tracker:
        yield Bench(tracker.tables, tracker.look, tracker.edit)


BACKENDS: dict[str, Callable[[Path], AbstractContextManager[Bench]]] = {
    "local": local,
    "google": google,
}


@pytest.fixture(params=BACKENDS)
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    with BACKENDS[request.param](tmp_path) as made:
        yield made


DECIDE = TabPlan(
    "To decide",
    (
        ColumnPlan("Key", True, "The matter."),
        ColumnPlan("Since", True, "The day.", format="date"),
        ColumnPlan("Why", True, "The reason.", width=40),
        ColumnPlan("Status", True, "How it stands.", colours={"open": "wait", "settled": "good"}),
        ColumnPlan("Decision", False, "A word.", choices=("accept", "accept, later", "undo")),
        ColumnPlan("Note", False, "Your reason."),
    ),
    (
        ("k1", dt.date(2026, 3, 1), "late", "open", "", ""),
        ("k2", dt.date(2026, 3, 2), "=1+1", "open", "", ""),
        ("k3", dt.date(2026, 3, 3), "no name", "open", "", ""),
    ),
    ("Key",),
    "One matter that a person has to decide.",
)
NUMBERS = TabPlan(
    "Numbers",
    (
        ColumnPlan("Code", True, "The code."),
        ColumnPlan("Value", True, "The figure.", format="decimal"),
    ),
    (("C01", 48), ("C02", 2 / 3), ("C03", None)),
    (),
    "One number.",
)
CHANGES = TabPlan(
    "Changes",
    (
        ColumnPlan("Organisation", False, "Its name."),
        ColumnPlan("Change", False, "What shall change.", choices=("withdraw", "undo")),
        ColumnPlan("Answer", True, "What Weaver understood."),
        ColumnPlan("Done", True, "The day.", format="date"),
    ),
    (),
    ("Organisation", "Change"),
    "Something a person wants changed.",
    grows=False,
)
PLANS = (DECIDE, NUMBERS, CHANGES)


def test_a_new_tracker_is_empty_and_belongs_to_no_store(bench: Bench) -> None:
    read = bench.tables().read()
    assert read.results == {}
    assert read.store_id == ""
    bench.tables().check()


def test_what_is_written_is_read_back(bench: Bench) -> None:
    tables = bench.tables()
    wanted = tables.pending(PLANS)
    assert bench.tables().read().results == {}, "pending writes nothing"
    assert tables.write(PLANS, "st-1") == wanted
    read = bench.tables().read()
    assert read.store_id == "st-1"
    assert list(read.results) == ["To decide", "Numbers", "Changes"]
    decide = read.results["To decide"]
    assert decide.header == ("Key", "Since", "Why", "Status", "Decision", "Note")
    assert decide.rows[1] == ("k2", dt.date(2026, 3, 2), "=1+1", "open", None, None)
    assert decide.numbers == (2, 3, 4)
    assert read.results["Numbers"].rows[0] == ("C01", 48)
    assert type(read.results["Numbers"].rows[0][1]) is int


def test_again_changes_nothing(bench: Bench) -> None:
    bench.tables().write(PLANS, "st-1")
    assert bench.tables().pending(PLANS) == 0
    assert bench.tables().write(PLANS, "st-1") == 0


def test_only_the_cells_that_differ_count(bench: Bench) -> None:
    bench.tables().write(PLANS, "st-1")
    rows = (*DECIDE.rows[:2], ("k3", dt.date(2026, 3, 3), "no name", "settled", "x", "x"))
    plans = (replace(DECIDE, rows=rows), NUMBERS, CHANGES)
    assert bench.tables().pending(plans) == 1
    assert bench.tables().write(plans, "st-1") == 1
    assert bench.look("To decide")[3][3:] == ["settled", None, None]


def test_what_people_typed_sorted_and_inserted_stays(bench: Bench) -> None:
    bench.tables().write(PLANS, "st-1")

    def work(grid: Grid) -> Grid:
        header, k1, k2, k3 = ([*row, None] for row in grid)
        header[6] = "Who calls"
        k3[4:] = ["accept", "they called", "Ana"]
        k1[6] = 7
        remark = [None, None, "my own remark", None, None, "n", True]
        swap = [5, 0, 6, 3, 1, 2, 4]
        return [[row[i] for i in swap] for row in (header, k3, [None] * 7, remark, k2, k1)]

    bench.edit("To decide", work)
    before = bench.look("To decide")
    assert bench.tables().pending(PLANS) == 0
    rows = (*DECIDE.rows, ("k4", dt.date(2026, 3, 4), "double", "open", "", ""))
    plans = (replace(DECIDE, rows=rows), NUMBERS, CHANGES)
    assert bench.tables().write(plans, "st-1") == 4
    after = bench.look("To decide")
    assert after[: len(before)] == before
    assert after[len(before)][:6] == [None, "k4", None, "open", dt.datetime(2026, 3, 4), "double"]


@pytest.mark.parametrize("title", ["Ours", None])
def test_a_note_stays_beside_its_row_in_a_tab_that_is_replaced(
    bench: Bench, title: str | None
) -> None:
    known = replace(NUMBERS, known_by=("Code",), stays=("Code",))
    bench.tables().write((known,), "st-1")
    notes = (title, None, "of the second", None)
    bench.edit("Numbers", lambda grid: [[*r, n] for r, n in zip(grid, notes, strict=True)])
    new = replace(known, rows=(("C02", 1), ("C04", 4), ("C05", 5), ("C01", 48)))
    bench.tables().write((new,), "st-1")
    assert bench.look("Numbers")[1:] == [
        ["C04", 4, None], ["C02", 1, "of the second"], ["C05", 5, None], ["C01", 48, None]
    ]  # fmt: skip
    assert bench.tables().pending((new,)) == 0
    bench.tables().write((replace(known, rows=(("C01", 48),)),), "st-1")
    assert bench.look("Numbers")[1:3] == [["C01", 48, None], ["C02", None, "of the second"]]


def test_a_tab_of_peoples_gets_answers_but_no_rows(bench: Bench) -> None:
    bench.tables().write(PLANS, "st-1")
    typed = [["Elm Street", "withdraw", None, None], ["Oak Lane", "undo", None, None]]
    bench.edit("Changes", lambda grid: [grid[0], *typed])
    rows = (
        ("Oak Lane", "undo", "Nothing to undo.", None),
        ("Elm Street", "withdraw", "Taken off the list.", dt.date(2026, 3, 9)),
        ("Not there", "undo", "Nothing to undo.", None),
    )
    assert bench.tables().write((DECIDE, NUMBERS, replace(CHANGES, rows=rows)), "st-1") == 3
    grid = bench.look("Changes")
    assert grid[1] == ["Elm Street", "withdraw", "Taken off the list.", dt.datetime(2026, 3, 9)]
    assert grid[2] == ["Oak Lane", "undo", "Nothing to undo.", None]
    assert len(grid) == 3


def test_a_tab_without_a_key_shrinks_and_keeps_own_columns(bench: Bench) -> None:
    bench.tables().write(PLANS, "st-1")
    bench.edit(
        "Numbers", lambda grid: [[*row, note] for row, note in zip(grid, "NABC", strict=True)]
    )
    bench.tables().write((DECIDE, replace(NUMBERS, rows=(("C09", 1),)), CHANGES), "st-1")
    assert bench.look("Numbers") == [
        ["Code", "Value", "N"], ["C09", 1, "A"], [None, None, "B"], [None, None, "C"],
    ]  # fmt: skip


def test_tabs_that_people_added_stay(bench: Bench) -> None:
    bench.tables().write(PLANS, "st-1")
    mine = [
        [None, None],
        [None, "Rota"],
        ["Mon", dt.datetime(2026, 3, 2)],
        [None, None],
        [1.5, True],
    ]
    bench.edit("My rota", lambda grid: mine)
    plans = (replace(DECIDE, rows=DECIDE.rows[:1]), replace(NUMBERS, rows=()), CHANGES)
    assert bench.tables().write(plans, "st-1") > 0
    assert bench.look("My rota") == mine
    read = bench.tables().read()
    assert {"To decide", "Numbers", "Changes", "My rota"} <= {*read.results, *read.people}


def test_a_plan_that_is_left_out_keeps_its_tab(bench: Bench) -> None:
    bench.tables().write(PLANS, "st-1")
    before = bench.look("To decide")
    bench.tables().write((replace(NUMBERS, rows=(("C09", 1),)),), "st-1")
    assert bench.look("To decide") == before


PROMISES = TabPlan(
    "Promises",
    (
        ColumnPlan("Organisation", False, "Needed. Who promised."),
        ColumnPlan("What", False, "Needed. What was promised."),
        ColumnPlan("Due", False, "Needed. The day.", format="date"),
        ColumnPlan("Kept", False, "Was it?", choices=("yes", "no")),
    ),
    (),
    (),
    "Something promised.",
    grows=False,
    example=("Example Organisation", "Sing", dt.date(2026, 4, 1), None),
)
PEOPLES = (DECIDE, PROMISES, NUMBERS)


def test_a_tab_of_people_s_is_made_with_its_example(bench: Bench) -> None:
    tables = bench.tables()
    without = tables.pending((DECIDE, NUMBERS))
    assert tables.write(PEOPLES, "st-1") == without + 4 + 3, "four titles, three cells"
    header, example = bench.look("Promises")
    assert header == ["Organisation", "What", "Due", "Kept"]
    assert example == ["Example Organisation", "Sing", dt.datetime(2026, 4, 1), None]
    assert bench.tables().pending(PEOPLES) == 0


def test_from_then_on_it_is_people_s(bench: Bench) -> None:
    bench.tables().write(PEOPLES, "st-1")
    grid: Grid = [
        ["Mine", "What", "Pledged on", "By"],
        ["a", "Dance", dt.datetime(2026, 5, 1), "June"],
    ]
    bench.edit("Promises", lambda _: grid)
    assert bench.tables().pending(PEOPLES) == 0
    more = replace(NUMBERS, rows=(("C01", 49),))
    assert bench.tables().write((DECIDE, PROMISES, more), "st-1") > 0
    assert bench.look("Promises") == grid, "no title comes back, no cell is touched"


def test_a_tab_of_people_s_with_two_like_titles_stops_nothing(bench: Bench) -> None:
    bench.tables().write(PEOPLES, "st-1")
    grid: Grid = [["What", "What", "Due", "Mine"], ["Dance", "Sing", dt.datetime(2026, 5, 1), "a"]]
    bench.edit("Promises", lambda _: grid)
    bench.tables().write((DECIDE, PROMISES, replace(NUMBERS, rows=())), "st-1")
    assert bench.look("Promises") == grid


def test_an_example_that_was_cleared_is_not_written_again(bench: Bench) -> None:
    bench.tables().write(PEOPLES, "st-1")
    bench.edit("Promises", lambda grid: grid[:1])
    bench.tables().write((DECIDE, PROMISES, replace(NUMBERS, rows=())), "st-1")
    assert bench.look("Promises") == [["Organisation", "What", "Due", "Kept"]]


def test_a_hidden_tab_is_read_and_written_as_any_other(bench: Bench) -> None:
    hidden = replace(NUMBERS, hidden=True)
    bench.tables().write((DECIDE, hidden), "st-1")
    assert bench.tables().read().results["Numbers"].rows[0] == ("C01", 48)
    assert bench.tables().pending((DECIDE, hidden)) == 0
    bench.tables().write((DECIDE, replace(hidden, rows=(("C01", 49),))), "st-1")
    assert bench.look("Numbers")[1] == ["C01", 49]
