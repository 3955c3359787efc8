"""A form and its sheet at once: what was sent holds, and every disagreement is said once."""

from __future__ import annotations

import datetime as dt

import pytest

from config.raw import LISTED
from tests.connectors.google.joining import NOON, SECTORS, Joining, column
from tests.connectors.google.waiting import Opened
from tests.google_emulator import people
from tests.google_emulator.forms import delete_response, edit_response
from tests.google_emulator.server import Emulator

NAMES = ("River Watch", "Tree Club", "Bike Union", "Night School", "Allotments")


@pytest.fixture
def joining(google: Emulator, opened: Opened) -> Joining:
    made = Joining(google, opened(forms=True))
    made.link(time_zone="Asia/Kathmandu")
    for name in NAMES:
        made.send(name, Founded="1999", Sector=["Health", SECTORS[1]], Level="local")
    return made


def tab(joining: Joining) -> str:
    assert joining.sheet
    return joining.sheet.title


def row(joining: Joining, name: str) -> int:
    return people.table_of(joining.spreadsheet, tab(joining)).row({"Organisation": name}) + 1


def said(joining: Joining) -> list[str]:
    return [problem.problem for problem in joining.by_both().problems]


def test_both_the_same_is_nothing_to_say(joining: Joining) -> None:
    read = joining.by_both()
    assert read.problems == ()
    assert read.table.rows == joining.by_form().table.rows
    assert list(read.table.ids) == list(joining.by_form().table.ids)


def test_rows_have_the_numbers_of_the_sheet(joining: Joining) -> None:
    people.sort_tab(joining.world, joining.spreadsheet, tab(joining), "Organisation")
    read = joining.by_both()
    assert dict(zip(column(read, "Organisation"), read.table.numbers, strict=True)) == {
        "Allotments": 2, "Bike Union": 3, "Night School": 4, "River Watch": 5, "Tree Club": 6,
    }  # fmt: skip
    assert read.problems == ()


def test_a_row_deleted_in_the_sheet_still_counts_and_is_said(joining: Joining) -> None:
    people.delete_rows(
        joining.world, joining.spreadsheet, tab(joining), *(row(joining, n) for n in NAMES[1:3])
    )
    read = joining.by_both()
    assert column(read, "Organisation") == list(NAMES)
    (problem,) = read.problems
    assert problem.problem.startswith("responses that have no row here any more: 2;")
    assert list(read.table.numbers) == [2, 0, 0, 3, 4]


def test_a_response_deleted_in_the_form_leaves_its_row(joining: Joining) -> None:
    response = next(iter(joining.form.responses.values()))
    delete_response(joining.world, joining.form, response)
    read = joining.by_both()
    assert column(read, "Organisation") == [*NAMES[1:], NAMES[0]]
    assert list(read.table.ids)[-1] == ""
    assert "in the sheet alone: 2;" in read.problems[0].problem
    assert read.problems[0].row == 2


def test_rows_typed_by_hand_count_and_are_said_once(joining: Joining) -> None:
    typed = [{"Organisation": f"On Paper {n}", "Sector": SECTORS[1]} for n in range(12)]
    people.type_rows_at_bottom(joining.world, joining.spreadsheet, tab(joining), typed)
    read = joining.by_both()
    assert len(read.table.rows) == 17
    assert column(read, "Sector")[-1] == SECTORS[1]
    (problem,) = read.problems
    assert "in the sheet alone: 7, 8, 9, 10, 11, 12, 13, 14 and 4 more;" in problem.problem


def test_a_note_below_the_rows_is_nobodys_sign_on(joining: Joining) -> None:
    people.add_own_column(joining.world, joining.spreadsheet, tab(joining), "Reviewed by")
    people.type_cell(joining.world, joining.spreadsheet, tab(joining), 12, "Reviewed by", "Ana")
    read = joining.by_both()
    assert len(read.table.rows) == 5
    assert read.problems == ()


def test_an_answer_changed_by_hand_does_not_count_and_is_said(joining: Joining) -> None:
    for name in NAMES[:3]:
        place = row(joining, name)
        people.type_cell(
            joining.world, joining.spreadsheet, tab(joining), place, "Level", "national"
        )
    read = joining.by_both()
    assert column(read, "Level") == ["local"] * 5
    (problem,) = read.problems
    assert (problem.column, problem.row) == ("Level", 0)
    assert "; rows: 2, 3, 4" in problem.problem


def test_an_address_and_a_time_typed_over_are_said(joining: Joining) -> None:
    spreadsheet, title = joining.spreadsheet, tab(joining)
    people.type_cell(joining.world, spreadsheet, title, 2, "Email Address", "x@example.org")
    people.type_cell(joining.world, spreadsheet, title, 3, "Timestamp", "yesterday")
    read = joining.by_both()
    assert column(read, "Email Address")[0] == "river@example.org"
    assert [(p.column, p.row) for p in read.problems] == [("Timestamp", 3), ("Email Address", 2)]


def test_an_edited_response_is_found_by_the_time_of_its_edit(joining: Joining) -> None:
    response = next(iter(joining.form.responses.values()))
    later = NOON + dt.timedelta(hours=5)
    edit_response(joining.world, joining.form, response, {"Organisation": "Rio Watch"}, later)
    read = joining.by_both()
    assert column(read, "Organisation")[0] == "Rio Watch"
    assert read.problems == ()


def test_zeros_in_front_and_numbers_are_no_difference(joining: Joining) -> None:
    joining.send("Number Nine", Founded="0042")
    joining.send("Number Ten", Founded="1.50")
    assert joining.by_both().problems == ()


def test_several_in_one_second_are_told_apart_by_what_they_say(joining: Joining) -> None:
    at = NOON + dt.timedelta(hours=1)
    for number in range(4):
        joining.send(f"Twin {number}", at, "twin@example.org", Founded=str(number))
    people.sort_tab(
        joining.world, joining.spreadsheet, tab(joining), "Organisation", descending=True
    )
    read = joining.by_both()
    assert read.problems == ()
    numbers = dict(zip(column(read, "Organisation"), read.table.numbers, strict=True))
    stands = people.records(joining.spreadsheet, tab(joining))
    assert all(stands[numbers[record["Organisation"]] - 2] == record for record in stands)


def test_alike_in_everything_they_are_matched_by_occurrence(joining: Joining) -> None:
    at = NOON + dt.timedelta(hours=1)
    for _ in range(3):
        joining.send("Thrice", at, "thrice@example.org")
    assert joining.by_both().problems == ()
    people.delete_rows(joining.world, joining.spreadsheet, tab(joining), 7)
    assert len(joining.by_both().table.rows) == 8
    (alone,) = said(joining)
    assert alone.startswith("responses that have no row here any more: 1;")


def test_in_an_hour_that_the_clocks_repeat_both_passes_are_found(
    google: Emulator, opened: Opened
) -> None:
    joining = Joining(google, opened(forms=True))
    joining.link(time_zone="America/New_York")
    for hour in (4, 5, 6, 7):
        joining.send(f"Club {hour}", dt.datetime(2026, 11, 1, hour, 30, tzinfo=dt.UTC))
    assert joining.by_both().problems == ()


def test_a_form_that_writes_to_another_spreadsheet(joining: Joining) -> None:
    address = joining.address
    joining.link()
    joining.send("Newcomers")
    read = joining.by_both(address)
    assert column(read, "Organisation") == [*NAMES, "Newcomers"]
    assert [p.problem for p in read.problems] == [
        "the form writes to another spreadsheet now, so nothing new arrives in this tab"
    ]


def test_a_form_that_writes_to_another_tab(joining: Joining) -> None:
    address = joining.address
    now = joining.link(spreadsheet=joining.spreadsheet)
    joining.send("Newcomers")
    read = joining.by_both(address)
    assert column(read, "Organisation") == [*NAMES, "Newcomers"]
    (problem,) = read.problems
    assert f"writes to another tab now, “{now.title}”" in problem.problem


def test_one_that_came_between_the_two_looks_is_nothing_to_say(joining: Joining) -> None:
    people.delete_rows(joining.world, joining.spreadsheet, tab(joining), 6)
    assert said(joining) == []
    people.delete_rows(joining.world, joining.spreadsheet, tab(joining), 5)
    assert said(joining) == ["the last 2 responses haven't arrived in this tab"]


def test_a_header_typed_over_is_said_where_it_matters(joining: Joining) -> None:
    people.rename_column(joining.world, joining.spreadsheet, tab(joining), "Level", "How far")
    assert said(joining) == []
    typed = [{"Organisation": "On Paper", "How far": "local"}]
    people.type_rows_at_bottom(joining.world, joining.spreadsheet, tab(joining), typed)
    alone, lacks = said(joining)
    assert "in the sheet alone: 7;" in alone
    assert "no column with this title" in lacks


def test_a_question_deleted_and_asked_anew(joining: Joining) -> None:
    item = people.delete_question(joining.world, joining.form, "Founded")
    people.readd_question(joining.world, joining.form, item)
    joining.send("Newcomers", Founded="2001")
    read = joining.by_both()
    assert column(read, "Founded") == [None] * 5 + ["2001"]
    assert column(read, "Founded", 1) == [f"1999{LISTED}"] * 5 + [None]
    assert read.problems == (), "the sheet has kept the title of what was deleted"


def test_two_branches_with_one_question(joining: Joining) -> None:
    people.add_branch_question(joining.world, joining.form, "Founded")
    second = joining.form.asked()[-1].id
    joining.send("Newcomers", **{second: "2001"})
    read = joining.by_both()
    assert column(read, "Founded", 1)[-1] == "2001"
    assert read.problems == ()
