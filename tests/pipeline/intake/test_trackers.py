"""Tabs that people fill in: good cells count, bad ones are named."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.raw import RawTable, Scalar
from config.tables import TABLES
from config.tables.model import Column as C
from config.tables.model import Table
from pipeline.intake.model import UNCLEAR, Typed
from pipeline.intake.trackers import items, number, read_table

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


@pytest.mark.parametrize("value", ["soon", "Q3", "31/02/2025", "3/4/2025", "2025", True, 12])
def test_no_date(value: Scalar) -> None:
    found, problems = cell("Date", value)
    assert pd.isna(found)
    assert len(problems) == 1


def test_days_before_this_century_count_in_trackers() -> None:
    assert cell("Date", "1969-03-04") == (pd.Timestamp("1969-03-04"), [])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1 200", 1200), ("1,200", 1200), ("1'200", 1200), ("1\u202f200", 1200), ("١٢٠٠", 1200),
        ("１２", 12), (320, 320), (320.0, 320), (" 7 ", 7), ("0", 0), ("1,200,300", 1_200_300),
    ],
)  # fmt: skip
def test_count(value: Scalar, expected: float) -> None:
    assert cell("People", value) == (expected, [])


@pytest.mark.parametrize(
    "value", ["1,5k", "about 200", "1.200", "2.5", 2.5, -3, "-3", "1e5", True, "12%", "9" * 400]
)
def test_no_count(value: Scalar) -> None:
    found, problems = cell("People", value)
    assert pd.isna(found)
    assert problems == ["not a whole number"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [("12,50", 12.5), ("1.5", 1.5), (1.234, 1.234), ("1.234,5", 1234.5), ("1,234.5", 1234.5),
     ("-5", -5), ("0.125", 0.125), ("٣٫٥", 3.5)],
)  # fmt: skip
def test_number(value: Scalar, expected: float) -> None:
    assert cell("Cost", value) == (expected, [])


@pytest.mark.parametrize("value", ["1.200", "€5", "5 EUR", "1,200 300", "007", "five"])
def test_no_number(value: str) -> None:
    found, problems = cell("Cost", value)
    assert pd.isna(found)
    assert problems == ["not a number"]


def test_words_are_tolerant_and_near_ones_suggested() -> None:
    assert cell("Stage", " In  TALKS ") == ("in talks", [])
    assert cell("Stage", "None") == ("", [])
    typed = read(["Organisation", "Stage"], ["A", "intalks"])
    assert typed.frame["stage"][0] == UNCLEAR
    assert "“in talks”" in typed.problems[0].remedy
    assert typed.problems[0].found == "intalks"
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
    assert number(f"{value:,}".replace(",", mark)) == value
