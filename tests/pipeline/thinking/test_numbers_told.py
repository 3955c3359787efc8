"""Numbers over weeks: targets, a year ago, what is revised, what is gone, dials, and questions."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from config.raw import RawTable
from config.records import RunRecord
from config.tables import BY_NAME
from pipeline.dials import DIALS, SIDES, dials
from pipeline.metrics.registry import BY_CODE
from pipeline.numberrows import part_rows, past_months
from tests.pipeline.thinking.conftest import Coalition


def remember_run(coalition: Coalition, day: str) -> None:
    """What the runner notes at the end of a run."""
    runs = coalition.known.runs
    run = RunRecord(len(runs) + 1, dt.date.fromisoformat(day), "", "{}", "x", "")
    coalition.known = replace(coalition.known, runs=(*runs, run))


def number(coalition: Coalition, code: str, column: str) -> object:
    codes = coalition.cells("Numbers", "Code")
    return coalition.cells("Numbers", column)[codes.index(code)]


@pytest.fixture
def growing(coalition: Coalition) -> Coalition:
    """Two members in March 2026, six in June; they aim at eight by the end of July."""
    for name in ("Alder", "Birch"):
        coalition.form(name, on="2026-03-02")
    coalition.run("2026-03-09")
    remember_run(coalition, "2026-03-09")
    for name in ("Cedar", "Dune", "Elm", "Fern"):
        coalition.form(name, on="2026-06-01")
    coalition.tab("Our targets", "Metric | Target | By\nA2 | 8 | 2026-07-31")
    return coalition


def test_a_target_says_where_it_stands_and_where_it_will_land(growing: Coalition) -> None:
    growing.run("2026-06-08")
    assert number(growing, "A2", "Value") == 6
    assert number(growing, "A2", "Target") == 8
    assert number(growing, "A2", "By") == dt.date(2026, 7, 31)
    # Four more in ninety days; fifty-three days are left.
    assert number(growing, "A2", "Status") == "on track"
    assert number(growing, "A2", "At this pace") == "At this pace it will be 8.4."
    (goal,) = growing.digest().goals
    assert (goal.value, goal.goal, goal.status) == ("6", "8", "on track")


def test_a_year_ago_is_what_was_reported_then(growing: Coalition) -> None:
    growing.run("2026-06-08")
    assert not number(growing, "A2", "A year ago")
    growing.run("2027-03-15")
    assert number(growing, "A2", "A year ago") == "+4 since 15 Mar 2026"


def test_what_was_reported_is_never_rewritten_and_a_later_difference_is_shown(
    growing: Coalition,
) -> None:
    told = ("P9", "Value")
    growing.tab("Promises", "Organisation | What | Due | Done\nAlder | soup | 2026-03-05 |")
    growing.run("2026-03-09")
    assert number(growing, *told) == 0
    # It had been done in time; somebody noted it late.
    growing.tab(
        "Promises", "Organisation | What | Due | Done\nAlder | soup | 2026-03-05 | 2026-03-04"
    )
    growing.run("2026-03-16")
    remember_run(growing, "2026-03-16")
    over = growing.tabs["Numbers over time"]
    rows = [row for row in over.rows if row[1] == "P9"]
    if BY_CODE["P9"].dated:
        assert (dt.date(2026, 3, 9), "P9", 0, 1) in rows
        assert "is now 1" in str(number(growing, "P9", "Change"))
    assert (dt.date(2026, 3, 16), "P9", 1, None) in rows


def test_a_number_whose_tab_went_keeps_its_row_and_says_so(growing: Coalition) -> None:
    growing.tab("Promises", "Organisation | What | Due | Done\nAlder | soup | 2026-03-05 |")
    growing.run("2026-03-09")
    del growing.tracker["Promises"]
    growing.run("2026-03-10")
    assert number(growing, "P9", "Value") is None
    assert number(growing, "P9", "Why no data")


def test_every_number_of_a_dial_exists_and_is_a_share() -> None:
    codes = [code for _, group in DIALS.values() for code in group]
    assert {BY_CODE[code].unit for code in codes} == {"share"}
    assert all(code in BY_CODE for _, group in SIDES.values() for code in group)


def test_the_dials_move_on_their_own(growing: Coalition) -> None:
    before = {d.key: d.reading for d in dials(growing.run("2026-06-08"))}
    growing.tab("Promises", "Organisation | What | Due | Done\nAlder | soup | 2026-06-01 |")
    after = {d.key: d.reading for d in dials(growing.run("2026-06-09"))}
    assert before["produce"] is None
    assert after["produce"] == 0
    changed = {key for key in before if before[key] != after[key]}
    assert changed <= {"produce", "quality", "stewardship"}


def test_a_dial_moves_only_against_the_same_shares(growing: Coalition) -> None:
    growing.tab("Groups", "Group | Kind | Organisation\nReeds | caucus | Alder")
    growing.run("2026-06-12")
    remember_run(growing, "2026-06-12")
    growing.tab("Groups", "Group | Kind | Organisation\nReeds | caucus | Alder; Birch\n"
                "Reeds | caucus | Cedar\nReeds | caucus | Dune")  # fmt: skip
    same = {d.key: d for d in dials(growing.think("2026-06-15"))}["produce"]
    growing.tab("Promises", "Organisation | What | Due | Done\nAlder | soup | 2026-06-01 |")
    more = {d.key: d for d in dials(growing.think("2026-06-15"))}["produce"]
    assert (same.reading, same.before) == (33.3, 16.7)
    assert (more.reading, more.before) == (16.7, None)


def test_the_dashboard_has_every_dial_and_the_two_sides(growing: Coalition) -> None:
    growing.tab("Promises", "Organisation | What | Due | Done\nAlder | soup | 2026-06-01 |")
    growing.tab("Media", "Date | Outlet | Title\n2026-06-01 | Herald | Rain")
    growing.run("2026-06-09")
    assert growing.cells("Dashboard", "Key") == [*DIALS, *SIDES]
    assert set(BY_NAME["dashboard"].names) >= {"key", "dial", "reading", "in_words", "made_of"}


def test_questions_about_organisations_stand_in_the_digest_alone(growing: Coalition) -> None:
    growing.tab("Promises", "Organisation | What | Due | Done\nAlder | soup | 2026-06-01 |")
    growing.run("2026-06-09")
    if growing.result.values["P9"].names:
        assert any("Alder" in question for question in growing.digest().asks)
    told = [cell for row in growing.tabs["Numbers"].rows for cell in row]
    assert not any("Alder" in str(cell) for cell in told)


def test_a_target_for_what_nobody_counts_is_shown_without_data(growing: Coalition) -> None:
    growing.tab("Our targets", "Metric | Target | By\nI1 | 8 | 2026-07-31")
    growing.run("2026-06-08")
    assert number(growing, "I1", "Target") == 8
    assert number(growing, "I1", "Status") == "no data"


def test_what_people_write_beside_a_number_stays_beside_it(growing: Coalition) -> None:
    growing.run("2026-06-08")
    tab = growing.tabs["Numbers"]
    noted = [(*row, f"about {row[0]}") for row in tab.rows]
    growing.tabs["Numbers"] = replace(tab, header=(*tab.header, "Ours"), rows=noted)
    growing.tab("Promises", "Organisation | What | Due | Done\nAlder | soup | 2026-03-05 |")
    growing.run("2026-06-09")
    for code, note in zip(
        growing.cells("Numbers", "Code"), growing.cells("Numbers", "Ours"), strict=True
    ):
        assert note in (None, "", f"about {code}")


def test_months_too_long_ago_to_be_counted_again_stand_as_they_were_reported(
    coalition: Coalition,
) -> None:
    coalition.form("Alder", on="2026-02-02")
    for day in ("2026-02-10", "2026-03-10", "2026-04-20", "2026-08-20"):
        coalition.run(day)
        remember_run(coalition, day)
    coalition.form("Birch", on="2026-07-02")
    coalition.run("2027-02-20")
    remember_run(coalition, "2027-02-20")
    result = coalition.run("2027-03-25")
    rows = [row for row in part_rows(result) if row[1] == "A2"]
    assert [(row[0], *row[3:6]) for row in rows] == [
        ("A2 month 2026-03", "month, as reported", "2026-03", 1.0),
        ("A2 month 2026-04", "month, as reported", "2026-04", 1.0),
        ("A2 month 2026-08", "month, as reported", "2026-08", 1.0),
        ("A2 month 2026-12", "month", "2026-12", 2.0),
        ("A2 month 2027-01", "month", "2027-01", 2.0),
        ("A2 month 2027-02", "month", "2027-02", 2.0),
    ]


def test_a_share_of_a_month_long_ago_is_told_as_so_many_of_so_many(coalition: Coalition) -> None:
    coalition.form("Alder", on="2026-03-02")
    coalition.form("Birch", on="2026-03-02", list_us="No")
    coalition.run("2026-03-10")
    remember_run(coalition, "2026-03-10")
    rows = {row[0]: row[3:] for row in part_rows(coalition.run("2026-05-25"))}
    assert rows["A12 month 2026-03"] == ("month, as reported", "2026-03", 0.5, "1 of 2")


def test_a_month_that_was_counted_once_stands_when_it_is_too_long_ago(coalition: Coalition) -> None:
    """No run was in February, so nothing was reported of it. May is counted again; it has no A2."""
    coalition.form("Alder", on="2026-01-02")
    result = coalition.run("2026-06-10")
    header = [column.title for column in BY_NAME["numbers_by_part"].columns]
    rows = [
        ("A2 month 2026-02", "A2", "Member organisations", "month", "2026-02", 1.0, "", "mine"),
        ("A2 month 2026-05", "A2", "Member organisations", "month", "2026-05", 9.0, "", None),
        ("A2 district North", "A2", "Member organisations", "district", "North", 1.0, "", None),
        ("A4 month 2025-12", "no longer there", None, None, None, None, None, None),
    ]
    tab = RawTable("Numbers by part", (*header, "Ours"), rows, range(2, 6))
    assert list(past_months(result, tab)) == [
        ("A2 month 2026-02", "A2", "Member organisations", "month, as reported", "2026-02", 1.0, "")
    ]
    again = RawTable("Numbers by part", header, list(past_months(result, tab)), [2])
    assert list(past_months(result, again)) == list(again.rows)
    assert list(past_months(result, RawTable("Numbers by part", ("Key",), rows, range(2, 6)))) == []
