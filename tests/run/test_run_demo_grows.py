"""The tracker grows with the coalition: five tabs, ten numbers, and then as things happen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from config.tables import BY_HAND, TABLES
from config.tables.written import WRITTEN
from pipeline.demo import STAGES, write_folder
from pipeline.demo.trackers import TABS

FIRST_WEEK = dt.date(2025, 10, 6)
FIVE = ["Start", "To decide", "Who has signed", "Changes", "Numbers"]
TEN = ["A1", "A2", "A4", "A5", "A6", "A7", "A8", "A12", "A15", "Q1"]
REPORTED = {"Yearly check-in", "Tell us what you did"}
"""What the two forms feed, which has no tab."""


def visible(results: Path) -> list[str]:
    book = openpyxl.load_workbook(results)
    return [sheet.title for sheet in book if sheet.sheet_state == "visible"]


@pytest.fixture(scope="module")
def first_week(tmp_path_factory: pytest.TempPathFactory, weaver: Callable[..., Any]) -> Path:
    """The coalition's folder after its first week."""
    folder = tmp_path_factory.mktemp("week") / "rivers"
    folder.mkdir()
    write_folder(folder, FIRST_WEEK)
    ran = weaver("run", "-c", folder / "weaver.toml")
    assert ran.code == 0, ran.err
    return folder


def rows(results: Path, tab: str) -> list[dict[str, Any]]:
    header, *cells = openpyxl.load_workbook(results)[tab].iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in cells]


def test_the_first_week_is_a_stage_of_the_story() -> None:
    assert STAGES[0].day == FIRST_WEEK


def test_in_its_first_week_five_tabs_are_to_be_seen(first_week: Path) -> None:
    assert visible(first_week / "results.xlsx") == FIVE


def test_in_its_first_week_ten_numbers_are_told(first_week: Path) -> None:
    assert [row["Code"] for row in rows(first_week / "results.xlsx", "Numbers")] == TEN


def test_in_its_first_week_no_tab_of_peoples_is_in_use_and_one_is_suggested(
    first_week: Path,
) -> None:
    said = {row["Tab"]: row for row in rows(first_week / "results.xlsx", "Start")}
    kept = said.keys() & (set(TABS) - {BY_HAND})
    assert {said[tab]["Rows"] for tab in kept} == {None}
    assert {said[tab]["Why it is here"] for tab in kept} == {None}
    waiting = [tab for tab in kept if "We suggest" in said[tab]["What to do now"]]
    assert waiting == ["Groups"]
    assert "because a form names a group to join" in said["Groups"]["What to do now"]


def test_after_a_year_every_tab_is_in_use_and_says_what_brought_it(demo: Any) -> None:
    said = {row["Tab"]: row for row in demo.tab("Start")}
    assert said.pop("Pause all mail")["Your word"] is None
    used = (set(TABS) - {BY_HAND}) | REPORTED
    assert all(said[tab]["Rows"] for tab in used)
    assert {tab for tab, row in said.items() if not row["Why it is here"]} == set()
    known = {table.title for table in TABLES}
    assert said.keys() <= known
    events = {
        "Promises": "a member has made a first promise",
        "Groups": "a form names a group to join",
        "Decision-makers": "a bill is named",
        "Milestones": "a bill is named",
        "Goals & levers": "a group is to work on a lever",
        "Help": "somebody asks for help or names a need",
        "Lessons": "an action lies a month back",
        "Tell us what you did": "members report by a form of yours",
        "Yearly check-in": "a form asks members once a year",
        "Statement feedback": "a draft of the statement is out",
    }
    assert {tab: said[tab]["Why it is here"] for tab in events} == events


def test_after_a_year_weavers_tabs_that_something_brought_are_to_be_seen(demo: Any) -> None:
    shown = visible(demo.results)
    assert set(FIVE) < set(shown)
    grown = {table.title for table in WRITTEN} | {"To fix"}
    assert grown - {"Introductions"} <= set(shown)
