"""Tabs that people fill in: good cells count, bad ones are named."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.raw import ERRORS, RawTable, Scalar
from config.tables import TABLES
from config.tables.model import Column as C
from config.tables.model import Table
from pipeline.intake.cells import as_text
from pipeline.intake.items import items
from pipeline.intake.model import UNCLEAR, Typed
from pipeline.intake.numbers import number
from pipeline.intake.trackers import read_table

UTC = ZoneInfo("UTC")
WORK = Table(
    "Work",
    "people",
    "Something that was done.",
    (
        C("Date", "date"),
        C("Organisation", "organisation", required=True),
        C("People", "count"),
        C("Cost", "number"),
        C("Stage", "choice", choices=("open", "in talks", "done")),
        C("Reportable", "yesno"),
        C("Partners", "list"),
        C("Note"),
        C("Score", "number", least=1, most=5),
    ),
)


def read(header: Sequence[str], *rows: Sequence[Scalar], **titles: str) -> Typed:
    raw = RawTable("Work", tuple(header), rows, range(2, len(rows) + 2))
    return read_table(raw, WORK, UTC, titles)


def cell(title: str, value: Scalar) -> tuple[object, list[str]]:
    """What the value becomes in that column, and what is said about it."""
    typed = read(["Organisation", title], ["A", value])
    return typed.frame[title.lower()][0], [p.problem for p in typed.problems]


def test_columns_are_found_in_any_order_and_the_rest_left_alone() -> None:
    typed = read(
        ["my own", "NOTE", "Organisation", "Date"],
        ["x", 7.0, "A", dt.date(2025, 3, 1)],
        ["only mine", None, "", ""],
        [None, " ", "", None],
    )
    assert typed.read == 1
    assert typed.present == {"note", "organisation", "date"}
    assert typed.frame.to_dict("records")[0] == {
        "row": 2, "date": pd.Timestamp("2025-03-01"), "organisation": "A",
        "people": pytest.approx(np.nan, nan_ok=True), "cost": pytest.approx(np.nan, nan_ok=True),
        "stage": "", "reportable": "", "partners": (), "note": "7",
        "score": pytest.approx(np.nan, nan_ok=True),
    }  # fmt: skip
    assert typed.problems == ()


def test_renamed_columns_are_found() -> None:
    typed = read(["Group", "Date"], ["A", "2025-03-01"], organisation="Group")
    assert list(typed.frame["organisation"]) == ["A"]
    assert typed.problems == ()


def test_look_alikes_and_missing_columns_are_said() -> None:
    (near,) = read(["Organisaton", "Date"], ["A", "2025-03-01"]).problems
    assert (near.row, near.column) == (0, "Organisaton")
    assert 'organisation = "Organisaton"' in near.remedy
    (missing,) = read(["Date"], ["2025-03-01"]).problems
    assert missing.column == "Organisation"


def test_a_blank_required_cell_is_said_and_the_row_kept() -> None:
    typed = read(["Organisation", "People"], ["", 5])
    assert list(typed.frame["people"]) == [5.0]
    assert [(p.row, p.column) for p in typed.problems] == [(2, "Organisation")]


@pytest.mark.parametrize(
    "value",
    ["2025-03-31", "31/3/2025", "31.03.2025", "3/31/2025", "31 March 2025", 45747, 45747.4,
     dt.datetime.fromisoformat("2025-03-31T18:00:00"), dt.date(2025, 3, 31), "31/3/25"],
)  # fmt: skip
def test_date(value: Scalar) -> None:
    assert cell("Date", value) == (pd.Timestamp("2025-03-31"), [])


@pytest.mark.parametrize(
    ("value", "what", "remedy"),
    [
        ("soon", "no day of the calendar", "2025-03-31"),
        ("next week", "no day of the calendar", "2025-03-31"),
        ("Mañana", "no day of the calendar", "2025-03-31"),
        ("Q3", "a quarter isn't a day", "2025-09-30"),
        ("3. Quartal 2025", "a quarter isn't a day", "2025-09-30"),
        ("KW 12", "a week isn't a day", "its first day"),
        ("2026", "a year isn't a day", "2026-12-31"),
        (2026, "a year isn't a day", "2026-12-31"),
        ("March 2025", "a month isn't a day", "2025-03-31"),
        ("03/2025", "a month isn't a day", "2025-03-31"),
        ("2025-03", "a month isn't a day", "2025-03-31"),
        ("3 March", "the year is missing", "2025-03-31"),
        ("3/4", "the year is missing", "2025-03-31"),
        ("31/02", "there is no 31 February", "like 2025-03-31"),
        ("31/02/2025", "there is no 31 February", "like 2025-03-31"),
        ("2025-02-30", "there is no 30 February", "like 2025-03-31"),
        ("29 February 2025", "there is no 29 February in 2025", "like 2025-03-31"),
        ("31 June 2025", "there is no 31 June", "like 2025-03-31"),
        ("03/04/2025", "could be 2025-04-03 or 2025-03-04", "2025-04-03 or 2025-03-04"),
        ("45322", "looks like the number by which a spreadsheet keeps 2024-01-31", "2024-01-31"),
        ("1-3 March 2025", "several days, not one", "the first of them"),
        ("2025-03-01 to 2025-03-03", "several days, not one", "the first of them"),
        ("1890-03-01", "a year outside 1900 to 2100", "2025-03-31"),
        (True, "no date and time that Weaver can read", "2025-03-31"),
        (12, "no date and time that Weaver can read", "2025-03-31"),
        ("9" * 5000, "no date and time that Weaver can read", "2025-03-31"),
    ],
)
def test_no_date_and_why(value: Scalar, what: str, remedy: str) -> None:
    typed = read(["Organisation", "Date", "People"], ["A", value, 7])
    assert pd.isna(typed.frame["date"][0])
    assert typed.frame["people"][0] == 7
    (problem,) = typed.problems
    assert (problem.row, problem.column, problem.problem) == (2, "Date", what)
    assert remedy in problem.remedy


@pytest.mark.parametrize("value", [1, 5, "4.5", "٣"])
def test_a_score_between_its_bounds(value: Scalar) -> None:
    assert cell("Score", value)[1] == []


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (6, "not between 1 and 5"),
        (0, "not between 1 and 5"),
        ("10", "not between 1 and 5"),
        (-1.5, "not between 1 and 5"),
        (5.01, "not between 1 and 5"),
        ("good", "not a number"),
    ],
)
def test_a_score_out_of_bounds_is_said_and_the_rest_of_the_row_counts(
    value: Scalar, what: str
) -> None:
    typed = read(["Organisation", "Score", "People"], ["A", value, 7], ["B", 5, 8])
    (problem,) = typed.problems
    assert (problem.row, problem.column, problem.problem) == (2, "Score", what)
    assert problem.found == str(value)
    assert problem.remedy == "Write a number from 1 to 5, or leave the cell blank."
    assert list(typed.frame["score"].isna()) == [True, False]
    assert list(typed.frame["people"]) == [7, 8]


@pytest.mark.parametrize(
    "error",
    ["#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#ERROR!", " #N/A "],
)
def test_a_formula_that_failed_is_said_and_counts_as_blank(error: str) -> None:
    typed = read(["Organisation", "Partners", "Note"], [error, error, error], ["B", "C", "D"])
    assert [(p.row, p.column, p.problem, p.found) for p in typed.problems] == [
        (2, title, "a formula failed here", error.strip())
        for title in ("Organisation", "Partners", "Note")
    ]
    (first, second) = typed.frame[["organisation", "partners", "note"]].to_dict("records")
    assert first == {"organisation": "", "partners": (), "note": ""}
    assert second == {"organisation": "B", "partners": ("C",), "note": "D"}


@pytest.mark.parametrize(("title", "blank"), [("Date", "NaT"), ("People", "nan"), ("Cost", "nan")])
def test_a_formula_that_failed_is_no_day_or_number(title: str, blank: str) -> None:
    value, told = cell(title, "#DIV/0!")
    assert (str(value), len(told)) == (blank, 1)


def test_a_formula_that_failed_is_no_word_that_can_be_known() -> None:
    # "do not introduce" may have stood there, so it isn't blank.
    assert cell("Stage", "#REF!")[0] == UNCLEAR


def test_the_spreadsheets_own_number_is_a_day_and_a_typed_one_is_not() -> None:
    typed = read(["Organisation", "Date"], ["A", 45322], ["B", "45322"], ["C", 45322.0])
    assert list(typed.frame["date"].notna()) == [True, False, True]
    assert [problem.row for problem in typed.problems] == [3]


def test_days_before_this_century_count_in_trackers() -> None:
    assert cell("Date", "1969-03-04") == (pd.Timestamp("1969-03-04"), [])


@pytest.mark.parametrize("value", [99999, 99999.0, "1899-12-31", "2101-01-01", "1.1.2173"])
def test_days_of_no_life_of_ours_are_no_days(value: Scalar) -> None:
    typed = read(["Organisation", "Date"], ["A", value], ["B", "2100-12-31"])
    assert list(typed.frame["date"].notna()) == [False, True]
    (problem,) = typed.problems
    assert (problem.row, problem.problem) == (2, "a year outside 1900 to 2100")
    assert problem.remedy == "Write the day like 2025-03-31, or leave the cell blank."


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1 200", 1200), ("1,200", 1200), ("1'200", 1200), ("1\u202f200", 1200), ("١٢٠٠", 1200),
        ("１２", 12), ("٣٤", 34), ("۳۴", 34), ("३४", 34), (320, 320), (320.0, 320), (" 7 ", 7),
        ("0", 0), ("1,200,300", 1_200_300), ("1.200", 1200), ("1.200.300", 1_200_300),
        (1_000_000_000, 1e9),
    ],
)  # fmt: skip
def test_count(value: Scalar, expected: float) -> None:
    assert cell("People", value) == (expected, [])


@pytest.mark.parametrize(
    ("value", "what", "remedy"),
    [
        ("about 200", "an estimate, not a figure", "such as 200."),
        ("~1 200", "an estimate, not a figure", "such as 1200."),
        ("ca. 30", "an estimate, not a figure", "such as 30."),
        ("unos 30", "an estimate, not a figure", "such as 30."),
        ("200?", "an estimate, not a figure", "such as 200."),
        ("1,5k", "a shortened figure", "Write it out: 1500."),
        ("2 K", "a shortened figure", "Write it out: 2000."),
        ("200+", "a limit, not a figure", "such as 200."),
        ("over 200", "a limit, not a figure", "such as 200."),
        ("10-20", "a span, not one figure", "such as 10."),
        ("between 10 and 20", "a span, not one figure", "such as 10."),
        ("two hundred", "a number in words, not in digits", "in digits"),
        ("zweihundert", "not a whole number", "digits alone"),
        (999_999_999_999_999_999_999, "more than a billion", "digits alone"),
        ("1000000001", "more than a billion", "digits alone"),
        (1.2, "not a whole number, though the column counts", "digits alone"),
        (1.234, "not a whole number, though the column counts", "digits alone"),
        ("12 people", "something else stands beside the digits", "digits alone: 12."),
        ("12%", "a percentage", "without a sign"),
        ("2.5", "not a whole number, though the column counts", "digits alone"),
        ("0,250", "not a whole number, though the column counts", "digits alone"),
        (2.5, "not a whole number, though the column counts", "digits alone"),
        ("1.200,5", "not a whole number, though the column counts", "digits alone"),
        (-3, "less than nothing can't be counted", "digits alone"),
        ("-3", "less than nothing can't be counted", "digits alone"),
        (10**400, "more digits than a number can have", "digits alone"),
        ("9" * 400, "more digits than a number can have", "digits alone"),
        (dt.date(2025, 1, 2), "a day; spreadsheets make one of what looks like it, such as 1-2",
         "Format the column as a number"),
        ("1e5", "not a whole number", "digits alone"),
        (True, "not a whole number", "digits alone"),
        ("1.5k people", "not a whole number", "digits alone"),
    ],
)  # fmt: skip
def test_no_count_and_why(value: Scalar, what: str, remedy: str) -> None:
    typed = read(["Organisation", "People", "Note"], ["A", value, "kept"])
    assert pd.isna(typed.frame["people"][0])
    assert typed.frame["note"][0] == "kept"
    (problem,) = typed.problems
    assert (problem.row, problem.column, problem.problem) == (2, "People", what)
    assert remedy in problem.remedy


@pytest.mark.parametrize(
    ("value", "expected"),
    [("12,50", 12.5), ("1.5", 1.5), (1.234, 1.234), ("1.234,5", 1234.5), ("1,234.5", 1234.5),
     ("-5", -5), ("0.125", 0.125), ("0,125", 0.125), ("-0,125", -0.125), ("٣٫٥", 3.5),
     ("1 200", 1200), ("1,200,300", 1_200_300)],
)  # fmt: skip
def test_number(value: Scalar, expected: float) -> None:
    assert cell("Cost", value) == (expected, [])


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("1.200", "the point could part thousands or decimals"),
        ("2,250", "the comma could part thousands or decimals"),
        ("€5", "something else stands beside the digits"),
        ("5 EUR", "something else stands beside the digits"),
        ("1,200 300", "not a number"),
        ("9" * 22, "more digits than a figure needs"),
        ("-" + "9" * 22, "more digits than a figure needs"),
        ("007", "not a number"),
        ("five", "a number in words, not in digits"),
        ("90 %", "a percentage"),
    ],
)
def test_no_number(value: str, what: str) -> None:
    found, problems = cell("Cost", value)
    assert pd.isna(found)
    assert problems == [what]


def test_words_are_tolerant_and_near_ones_suggested() -> None:
    assert cell("Stage", " In  TALKS ") == ("in talks", [])
    assert cell("Stage", "None") == ("", [])
    assert cell("Stage", "intalks") == ("in talks", [])
    typed = read(["Organisation", "Stage"], ["A", "in tlk"])
    assert typed.frame["stage"][0] == UNCLEAR
    assert "Did you mean “in talks”? Pick one of: open, in talks, done." in typed.problems[0].remedy
    assert typed.problems[0].found == "in tlk"
    assert cell("Reportable", "Sí") == ("yes", [])
    assert cell("Reportable", False) == ("no", [])
    assert cell("Reportable", "dunno")[0] == UNCLEAR


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A; B;", ("A", "B")),
        ("A\nB, C", ("A", "B, C")),
        ("A, B (x, y), C", ("A", "B (x, y)", "C")),
        ("['protest', 'open letter']", ("protest", "open letter")),
        ("['a, b']", ("a, b",)),
        ("[]", ()),
        ("None", ()),
        ("[sic]", ("[sic]",)),
        ("[__import__('os')]", ("[__import__('os')]",)),
        ("[" * 5000 + "]" * 5000, ("[" * 5000 + "]" * 5000,)),
        ("", ()),
    ],
)
def test_items(text: str, expected: tuple[str, ...]) -> None:
    assert items(text) == expected


def test_two_columns_of_one_title() -> None:
    typed = read(["Organisation", "Note", "Note"], ["A", "", "x"], ["B", "y", "z"])
    assert list(typed.frame["note"]) == ["x", "y"]
    assert [(p.row, p.column) for p in typed.problems] == [(3, "Note")]


FILLED_IN = [table for table in TABLES if table.who in {"people", "both"}]


@pytest.mark.parametrize("table", FILLED_IN, ids=lambda table: table.name)
def test_every_table_that_people_fill_in_can_be_read_empty(table: Table) -> None:
    header = tuple(column.title for column in table.columns)
    typed = read_table(RawTable(table.title, header, (), ()), table, UTC)
    assert typed.problems == ()
    assert typed.present == frozenset(table.names)
    assert list(typed.frame.columns) == ["row", *table.names]
    kinds = {column.name: column.kind for column in table.columns}
    for name, kind in kinds.items():
        dtype = {"date": "datetime64[ns]", "count": "float64", "number": "float64"}.get(kind)
        assert dtype is None or str(typed.frame[name].dtype) == dtype


def test_real_tracker(shared_data: Path) -> None:
    actions = Table(
        "Actions",
        "people",
        "",
        (C("Date", "date", required=True), C("Actions", "list"), C("Workers", "count"),
         C("Online", "yesno")),
    )  # fmt: skip
    file = shared_data / "tracker-collective-action-tech" / "actions.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    raw = RawTable("actions", tuple(header), rows, range(2, len(rows) + 2))
    typed = read_table(raw, actions, UTC)
    assert typed.read == 506
    assert typed.problems == ()
    assert typed.frame["date"].notna().all()
    assert typed.frame["actions"].explode().value_counts()["protest"] == 205
    assert (typed.frame["online"] == "yes").sum() == 162
    assert typed.frame["workers"].notna().sum() == 506 - 153


@given(st.text(max_size=30) | st.floats() | st.integers() | st.booleans() | st.none() | st.dates())
def test_no_cell_breaks_a_row(value: Scalar) -> None:
    titles = ["Date", "People", "Cost", "Stage", "Reportable", "Partners", "Note"]
    typed = read(["Organisation", *titles], ["A", *[value] * len(titles)])
    assert list(typed.frame["organisation"]) == ["A"]


@given(st.integers(0, 10**9), st.sampled_from([",", " ", "'"]))
def test_grouped_digits_are_read(value: int, mark: str) -> None:
    assert number(f"{value:,}".replace(",", mark), whole=True) == value


EXAMPLE = replace(
    WORK, example={"date": "-7", "organisation": "Example Choir", "people": "12", "stage": "done"}
)


@pytest.mark.parametrize(
    ("row", "ignored"),
    [
        (["2026-05-01", "Example Choir", 12, "done", "", ""], True),
        ([dt.date(2024, 1, 1), " Example  Choir ", "12", "done", None, " "], True),
        (["", "Example Choir", 12, "done", "", ""], False),
        (["soon", "Example Choir", 12, "done", "", ""], False),
        (["2026-05-01", "Example Choir", 13, "done", "", ""], False),
        (["2026-05-01", "Moss Choir", 12, "done", "", ""], False),
        (["2026-05-01", "Example Choir", 12, "done", "Sang", ""], False),
        (["2026-05-01", "Example Choir", 12, "done", "", "mine"], False),
    ],
)
def test_the_example_row_is_nobodys_until_it_is_changed(row: list[Scalar], ignored: bool) -> None:
    header = ("Date", "Organisation", "People", "Stage", "Note", "our own")
    other = ["2026-05-02", "Moss Choir", 3, "open", "", ""]
    typed = read_table(RawTable("Work", header, (row, other), (2, 3)), EXAMPLE, UTC)
    assert list(typed.frame["row"]) == ([3] if ignored else [2, 3])
    assert typed.read == len(typed.frame)


def test_an_example_is_known_by_the_columns_that_are_there() -> None:
    header = ("Date", "Organisation")
    rows = (["2026-05-01", "Example Choir"], ["2026-05-01", "Moss Choir"])
    assert read_table(RawTable("Work", header, rows, (2, 3)), EXAMPLE, UTC).read == 1
    assert read_table(RawTable("Work", ("Note",), (["x"], ["y"]), (2, 3)), EXAMPLE, UTC).read == 2


@pytest.mark.parametrize("table", FILLED_IN, ids=lambda table: table.name)
def test_the_example_of_a_new_tab_is_read_without_a_fault_once_it_is_changed(table: Table) -> None:
    days = {c.name for c in table.columns if c.kind == "date"}
    filled = {n: "2026-05-01" if n in days else text for n, text in table.example.items()}
    if not filled:
        return
    header = (*(table.column(name).title for name in filled), "own")
    rows = ([*filled.values(), ""], [*filled.values(), "changed"])
    typed = read_table(RawTable(table.title, header, rows, (2, 3)), table, UTC)
    assert (list(typed.frame["row"]), [p for p in typed.problems if p.row]) == ([3], [])


CELLS = st.one_of(
    st.sampled_from([
        "", None, "2025-03-31", 45747, "45747", "soon", "Q3", "31/02/2025", "3/4/2025", "1 200",
        "about 200", "1,5k", "٣٤", 12, 2.5, -3, "open", "opne", "in talks", "abierto", "yes",
        "maybe", "A; B", "['a', 'b']", True, dt.date(2025, 3, 31), "n/a", "-", "90 %", "#N/A", 6,
        0.5,
    ]),
    st.text(max_size=8), st.floats(), st.integers(),
)  # fmt: skip
TITLES = tuple(column.title for column in WORK.columns)


def cells_of(typed: Typed) -> dict[tuple[int, str], object]:
    """(row, field) → what it became, as text; a blank is blank however it is kept."""
    frame = typed.frame.set_index("row")
    return {(row, name): str(frame.loc[row, name]) for row in frame.index for name in frame.columns}


@given(st.lists(st.tuples(*(CELLS for _ in TITLES)), min_size=1, max_size=8))
def test_a_bad_cell_costs_itself_and_nothing_else(rows: list[tuple[Scalar, ...]]) -> None:
    typed = read(TITLES, *rows)
    blank = {n for n, row in enumerate(rows, 2) if not any(as_text(cell).strip() for cell in row)}
    assert set(typed.frame["row"]) == set(range(2, len(rows) + 2)) - blank
    assert typed.read == len(typed.frame)
    kinds = {column.title: column for column in WORK.columns}
    for problem in typed.problems:
        assert problem.row in set(typed.frame["row"])
        column = kinds[problem.column]
        assert problem.problem
        assert problem.remedy
        assert problem.found or (column.required and problem.problem == "is blank")
    named = {(p.row, p.column): p for p in typed.problems if p.problem != "is blank"}
    bare = [
        tuple(None if (n, t) in named else c for t, c in zip(TITLES, row, strict=True))
        for n, row in enumerate(rows, 2)
    ]
    again = cells_of(read(TITLES, *bare))
    titles = {column.name: title for title, column in kinds.items()}
    unclear = {(row, kinds[title].name): UNCLEAR for row, title in named}
    for place, cell in cells_of(typed).items():
        if place in unclear:
            failed = named[place[0], titles[place[1]]].found in ERRORS
            assert cell in (UNCLEAR, "nan", "NaT", *(("", "()") if failed else ()))
        elif place in again:
            assert cell == again[place]


@given(st.sampled_from(TITLES), st.lists(CELLS, min_size=1, max_size=8))
def test_a_cell_reads_the_same_in_any_company(title: str, cells: list[Scalar]) -> None:
    mine = ("Own", title) if title == "Organisation" else ("Organisation", title)
    typed = read(mine, *(("A", cell) for cell in cells))
    alone = [read(mine, ("A", cell)).frame[title.lower()].astype(str) for cell in cells]
    together = dict(zip(typed.frame["row"], typed.frame[title.lower()].astype(str), strict=True))
    assert together == {n: one[0] for n, one in enumerate(alone, 2) if len(one)}
