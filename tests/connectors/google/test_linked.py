"""The linked sheet: sorted, typed into and taken apart by people, it still gives every response."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from config.errors import WrongSettings
from config.serials import serial_of
from connectors.google.linked import alike, looks_linked, moment
from tests.connectors.google.joining import NOON, SECTORS, Joining, column, told
from tests.connectors.google.waiting import OWNER, Opened
from tests.google_emulator import people
from tests.google_emulator.forms import create_form, edit_response, link_sheet, submit
from tests.google_emulator.server import Emulator
from tests.google_emulator.sheets.model import Sheet


@pytest.fixture
def joining(google: Emulator, opened: Opened) -> Joining:
    made = Joining(google, opened(forms=True))
    made.link(time_zone="America/New_York")
    return made


def tab(joining: Joining) -> str:
    assert joining.sheet
    return joining.sheet.title


def test_times_are_the_wall_clock_of_the_spreadsheet(joining: Joining) -> None:
    joining.send("River Watch")
    read = joining.by_sheet()
    assert read.table.tab == "Form Responses 1"
    sent = (NOON + dt.timedelta(minutes=1)).replace(microsecond=0)
    assert column(read, "Timestamp") == [sent]
    assert column(read, "Email Address") == ["river@example.org"]
    assert read.problems == ()
    assert read.table.joined_by == ", "


def test_changing_the_time_zone_moves_no_cell_but_what_it_means(joining: Joining) -> None:
    joining.send("River Watch")
    joining.spreadsheet.time_zone = "Europe/Berlin"
    (at,) = column(joining.by_sheet(), "Timestamp")
    assert isinstance(at, dt.datetime)
    assert at.astimezone(ZoneInfo("Europe/Berlin")).hour == 7, "noon in UTC was 7 in New York"


def test_of_an_hour_that_the_clocks_repeat_it_is_the_first_pass() -> None:
    zone = ZoneInfo("America/New_York")
    half_past_one = 46_327 + 1.5 / 24  # 1 November 2026
    found = moment(half_past_one, zone)
    assert found == dt.datetime(2026, 11, 1, 5, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize("second", [0, 1, 29, 30, 31, 59])
def test_no_second_is_lost_in_a_number(second) -> None:
    wall = dt.datetime(2026, 3, 2, 23, 59, second, tzinfo=dt.UTC)
    number = serial_of(wall)
    for off in (0, 5e-12, -5e-12):
        assert moment(number + off, ZoneInfo("UTC")) == wall


def test_the_own_columns_of_coordinators_come_along_and_disturb_nothing(joining: Joining) -> None:
    joining.send("River Watch", Founded="1999")
    people.add_own_column(joining.world, joining.spreadsheet, tab(joining), "Reviewed by")
    people.insert_column(joining.world, joining.spreadsheet, tab(joining), "Founded", "Notes")
    joining.send("Tree Club", Founded="2001")
    read = joining.by_sheet()
    assert column(read, "Founded") == [1999, 2001]
    assert column(read, "Organisation") == ["River Watch", "Tree Club"]


def test_sorted_and_filtered_rows_are_all_there(joining: Joining) -> None:
    for name in ("River Watch", "Bike Union", "Night School"):
        joining.send(name)
    people.sort_tab(joining.world, joining.spreadsheet, tab(joining), "Organisation")
    people.hide_rows(joining.world, joining.spreadsheet, tab(joining), 3)
    read = joining.by_sheet()
    assert column(read, "Organisation") == ["Bike Union", "Night School", "River Watch"]
    assert list(read.table.numbers) == [2, 3, 4]


def test_blank_rows_are_no_responses_and_rows_keep_their_numbers(joining: Joining) -> None:
    joining.send("River Watch")
    joining.send("Tree Club")
    people.insert_rows(joining.world, joining.spreadsheet, tab(joining), 3, 2)
    read = joining.by_sheet()
    assert list(read.table.numbers) == [2, 5]


def test_rows_typed_at_the_bottom_are_there(joining: Joining) -> None:
    joining.send("River Watch")
    people.type_rows_at_bottom(
        joining.world, joining.spreadsheet, tab(joining),
        [{"Organisation": "On Paper"}, {"Timestamp": "last Tuesday", "Organisation": "By Phone"}],
    )  # fmt: skip
    joining.send("Tree Club")
    read = joining.by_sheet()
    assert column(read, "Organisation") == ["River Watch", "Tree Club", "On Paper", "By Phone"]
    assert column(read, "Timestamp")[2:] == [None, "last Tuesday"]


def test_a_failed_formula_is_no_answer(joining: Joining) -> None:
    joining.send("River Watch", Founded="1999")
    joining.send("Tree Club", Founded="2001")
    place = joining.by_sheet().table.header.index("Founded")
    joining.sheet.set(1, place, "#REF!")
    read = joining.by_sheet()
    assert column(read, "Founded") == [None, 2001]
    assert "a formula failed" in told(read.problems)["Founded"]
    assert read.problems[0].row == 2


def test_a_question_for_a_day_is_that_day_where_the_form_can_be_asked(joining: Joining) -> None:
    joining.send("River Watch", **{"Decided by board on": "2026-02-03"})
    assert column(joining.by_sheet(), "Decided by board on") == [46056]
    assert joining.by_both().problems == ()


def test_an_edit_is_in_its_row_with_its_own_time(joining: Joining) -> None:
    before = joining.send("River Watch")
    joining.send("Tree Club")
    later = NOON + dt.timedelta(hours=5)
    edit_response(joining.world, joining.form, before, {"Organisation": "Rio Watch"}, later)
    read = joining.by_sheet()
    assert column(read, "Organisation") == ["Rio Watch", "Tree Club"]
    assert column(read, "Timestamp")[0] == later.replace(microsecond=0)


# --- which tab --------------------------------------------------------------------------------


def test_two_requests_where_the_tab_is_known(joining: Joining) -> None:
    joining.send("River Watch")
    joining.by_sheet()
    assert joining.calls.made == 3, "a token, the tabs, the cells"


def test_the_only_tab_needs_no_number(joining: Joining) -> None:
    joining.send("River Watch")
    fetched = joining.fetch(False, joining.spreadsheet.id)
    assert fetched.linked
    assert fetched.linked.tab.title == tab(joining)


def test_among_other_tabs_it_is_the_one_with_a_time_and_an_organisation(joining: Joining) -> None:
    joining.send("River Watch")
    for title in ("Notes", "Sign-ons by hand"):
        made = people.add_tab(joining.world, joining.spreadsheet, title, 0)
        made.set(0, 0, "Timestamp")
        made.set(0, 1, "Organisation" if title != "Notes" else "What")
    people.rename_tab(joining.world, joining.spreadsheet, tab(joining), "Our members")
    fetched = joining.fetch(False, joining.spreadsheet.id)
    assert fetched.linked
    assert fetched.linked.tab.title == "Our members"


def test_two_that_could_be_it_are_asked_about(joining: Joining) -> None:
    joining.send("River Watch")
    joining.link(spreadsheet=joining.spreadsheet)
    with pytest.raises(WrongSettings) as caught:
        joining.fetch(False, joining.spreadsheet.id)
    assert "“Form Responses 2”, “Form Responses 1”" in caught.value.what
    assert "#gid=" in caught.value.remedy


def test_a_tab_that_is_gone_is_said(joining: Joining) -> None:
    people.add_tab(joining.world, joining.spreadsheet, "Notes")
    address = joining.address
    joining.spreadsheet.sheets.remove(joining.sheet)
    with pytest.raises(WrongSettings, match="no longer in the spreadsheet"):
        joining.fetch(False, address)


def test_none_that_could_be_it_is_said(joining: Joining) -> None:
    people.add_tab(joining.world, joining.spreadsheet, "Notes")
    joining.spreadsheet.sheets.remove(joining.sheet)
    people.add_tab(joining.world, joining.spreadsheet, "More notes")
    with pytest.raises(WrongSettings, match="No tab looks like"):
        joining.fetch(False, joining.spreadsheet.id)


def relinked(joining: Joining) -> Sheet:
    """The form writes to another tab of the spreadsheet; the one that Weaver knows freezes."""
    known = joining.sheet
    assert known
    joining.link(spreadsheet=joining.spreadsheet)
    joining.sheet, now = known, joining.sheet
    assert now
    return now


def test_a_form_that_writes_to_another_tab_is_said_once_something_new_came(
    joining: Joining,
) -> None:
    joining.send("River Watch")
    now = relinked(joining)
    assert joining.by_sheet().problems == (), "both tabs hold the same"
    joining.send("Tree Club")
    read = joining.by_sheet()
    assert column(read, "Organisation") == ["River Watch"]
    assert f"writes to another tab now, “{now.title}”" in read.problems[0].problem


def test_the_tab_of_another_form_is_nothing_to_say(joining: Joining) -> None:
    joining.send("River Watch")
    letter = create_form(joining.world, "A letter", OWNER, ("Organisation", "Why", "How", "When"))
    link_sheet(joining.world, letter, joining.spreadsheet)
    submit(joining.world, letter, {"Organisation": "Tree Club"}, "", NOON + dt.timedelta(days=9))
    assert joining.by_sheet().problems == ()


def test_what_looks_like_responses() -> None:
    assert looks_linked(("Zeitstempel", "Name der Organisation"), {})
    assert looks_linked(("Timestamp", "Who are you?"), {"organisation": "who are you"})
    assert looks_linked(("When", "Your comment"), {"date": "When"})
    assert not looks_linked(("Timestamp", "Who are you?"), {})
    assert not looks_linked(("Organisation", "Level"), {})


def test_headers_of_one_form() -> None:
    header = ("Timestamp", "Organisation", "Level", "Sector", "Website")
    assert alike(header, (*header, "Reviewed by"))
    assert alike(header, header[:4])
    assert not alike(header, ("Timestamp", "Organisation", "Why", "How", "When"))
    assert not alike((), header)


def test_ticks_are_joined_as_the_form_joins_them(joining: Joining) -> None:
    joining.send("River Watch", Sector=[SECTORS[1], SECTORS[2]])
    assert column(joining.by_sheet(), "Sector") == [f"{SECTORS[1]}, {SECTORS[2]}"]
