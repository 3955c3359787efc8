"""The same responses by the form, by its sheet and by both are the same sign-ons, for good."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.raw import ERRORS, RawTable
from config.records import SignOnRecord
from config.settings import Form
from config.statement import Point, Statement, Version
from pipeline.identity import Identified, identify
from pipeline.intake.model import SignOns
from pipeline.intake.signons import read_signons
from tests.connectors.google.conftest import opened, waits  # noqa: F401 - fixtures
from tests.connectors.google.joining import NOON, SECTORS, Joining
from tests.connectors.google.waiting import Opened
from tests.google_emulator import people
from tests.google_emulator.forms import edit_response
from tests.google_emulator.server import Emulator

ZONE = ZoneInfo("Europe/Berlin")
POINTS = (Point(id="peace", text="Peace"), Point(id="openness", text="Openness"))
STATEMENT = Statement("main", (Version(version="1", state="draft", principles=POINTS),))
FORM = Form(options={"sector": SECTORS})
MONDAY, TUESDAY = dt.date(2026, 6, 1), dt.date(2026, 6, 2)
OURS = ["row", "response", "edited"]
"""Columns that tell where a row was read."""

words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=12
).filter(lambda text: not text or (text.strip() and text.strip() not in ERRORS))
"""Whoever types “#N/A” is heard by the form alone: the sheet gives that text for a failed cell."""
names = st.builds("{} {}".format, st.sampled_from(("River", "Tree", "Böll")), words).map(str.strip)
answers = st.fixed_dictionaries(
    {
        "Organisation": names,
        "Founded": st.one_of(st.integers(1, 2100).map(str), words, st.just("0042")),
        "Sector": st.lists(st.sampled_from(SECTORS), unique=True, max_size=4).map(
            lambda ticks: sorted(ticks, key=SECTORS.index)
        ),
        "Level": st.sampled_from(("", "national", "local")),
        "Agreement": st.sampled_from(("Yes, we agree", "No", "")),
        "Do you agree? [Peace]": st.sampled_from(("Yes", "No", "")),
        "Do you agree? [Openness]": st.sampled_from(("Yes", "No", "")),
        "Decided by board on": st.one_of(
            st.just(""), st.dates(dt.date(2020, 1, 1), dt.date(2027, 1, 1)).map(str)
        ),
    }
)
sendings = st.lists(
    st.tuples(answers, st.integers(0, 90_000_000), st.sampled_from("abc")), max_size=8
)
"""(answers, microseconds after noon, who)."""


def read(raw: RawTable) -> SignOns:
    return read_signons(raw, FORM, STATEMENT, ZONE)


def look(raw: RawTable, known: Sequence[SignOnRecord] = (), today: dt.date = MONDAY) -> Identified:
    return identify(read(raw).frame, known, today)


def meant(raw: RawTable) -> list[dict[str, object]]:
    """What the sign-ons say, in no particular order."""
    frame = read(raw).frame.drop(columns=OURS)
    frame = frame.assign(received=frame["received"].dt.floor("s"))
    return sorted(frame.astype(object).where(frame.notna(), None).to_dict("records"), key=repr)


@pytest.fixture
def joining(google: Emulator, opened: Opened) -> Joining:  # noqa: F811
    made = Joining(google, opened(forms=True))
    made.link(time_zone="America/New_York")
    return made


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(sent=sendings)
def test_all_ways_give_the_same_sign_ons(google: Emulator, opened: Opened, sent) -> None:  # noqa: F811
    joining = Joining(google, opened(forms=True))
    joining.link(time_zone="America/New_York")
    for said, after, who in sent:
        at = NOON + dt.timedelta(microseconds=after)
        given_answers = {title: answer for title, answer in said.items() if answer}
        joining.send(given_answers.pop("Organisation"), at, f"{who}@example.org", **given_answers)
    form, sheet, both = (
        way().table for way in (joining.by_form, joining.by_sheet, joining.by_both)
    )  # fmt: skip
    assert meant(form) == meant(sheet) == meant(both)
    by_form = look(form)
    assert sorted(by_form.keys) == sorted(look(sheet).keys) == sorted(look(both).keys)
    for other in (sheet, both):
        again = look(other, by_form.records, TUESDAY)
        assert sorted(again.keys) == sorted(by_form.keys)
        assert not again.vanished
        back = look(form, again.records, TUESDAY)
        assert list(back.keys) == list(by_form.keys)


def csv_of(sheet: RawTable) -> RawTable:
    """The download of the sheet as a file: times as text, without response ids."""
    rows = [
        tuple(
            f"{cell.astimezone(ZONE):%Y-%m-%d %H:%M:%S}" if isinstance(cell, dt.datetime)
            else "" if cell is None else str(cell)
            for cell in row
        )
        for row in sheet.rows
    ]  # fmt: skip
    return RawTable("responses.csv", sheet.header, rows, sheet.numbers, ", ")


def test_keys_stay_from_file_to_form_to_sheet_and_back(joining: Joining) -> None:
    for name in ("River Watch", "Tree Club", "Bike Union"):
        joining.send(name, Sector=[SECTORS[1], SECTORS[2]])
    first = look(csv_of(joining.by_sheet().table))
    records, keys = first.records, list(first.keys)
    for way in (joining.by_form, joining.by_sheet, joining.by_both, joining.by_form):
        found = look(way().table, records, TUESDAY)
        assert list(found.keys) == keys
        assert not found.vanished
        records = found.records
    assert [record.response for record in records] == list(joining.form.responses)


def test_an_edited_response_keeps_its_key_whatever_it_says_now(joining: Joining) -> None:
    response = joining.send("River Watch")
    joining.send("Tree Club")
    first = look(joining.by_form().table)
    for hour, name in ((15, "Rio Watch"), (16, "Quite Another Name")):
        edit_response(
            joining.world, joining.form, response, {"Organisation": name, "Founded": str(hour)},
            NOON.replace(hour=hour),
        )  # fmt: skip
    again = look(joining.by_form().table, first.records, TUESDAY)
    assert list(again.keys) == list(first.keys)
    assert not again.vanished


def test_edited_in_the_sheet_and_then_read_by_the_form(joining: Joining) -> None:
    response = joining.send("River Watch", Founded="1999")
    edit_response(
        joining.world, joining.form, response, {"Organisation": "Rio"}, NOON.replace(hour=15)
    )
    by_sheet = look(joining.by_sheet().table)
    by_form = look(joining.by_form().table, by_sheet.records, TUESDAY)
    assert list(by_form.keys) == list(by_sheet.keys)
    assert not by_form.vanished


def test_one_second_off_is_the_same_and_three_are_another(joining: Joining) -> None:
    joining.send("River Watch", Founded="1999")
    frame = read(joining.by_form().table).frame
    first = identify(frame.assign(response=""), (), MONDAY)
    changed = {"organisation": "Rio Watch", "founded": "2001"}
    for seconds, same in ((1, True), (-1, True), (3, False)):
        moved = frame.assign(received=frame["received"] + pd.Timedelta(seconds=seconds), **changed)
        found = identify(moved, first.records, TUESDAY)
        assert (list(found.keys) == list(first.keys)) is same


def test_another_response_of_the_same_people_is_another_sign_on(joining: Joining) -> None:
    response = joining.send("River Watch")
    first = look(joining.by_form().table)
    del joining.form.responses[response.id]
    joining.send("River Watch")
    again = look(joining.by_form().table, first.records, TUESDAY)
    assert list(again.keys) != list(first.keys)
    assert [record.key for record in again.vanished] == list(first.keys)


def test_a_response_is_known_by_its_id_before_all_else(joining: Joining) -> None:
    at = NOON.replace(hour=14)
    one, other = (joining.send("Twin", at, "twin@example.org") for _ in "ab")
    first = look(joining.by_form().table)
    keys = dict(zip(joining.by_form().table.ids, first.keys, strict=True))
    # one now says what the other said a minute ago, and the other way round
    edit_response(joining.world, joining.form, one, {"Founded": "1"}, NOON.replace(hour=15))
    edit_response(joining.world, joining.form, other, {"Founded": "2"}, NOON.replace(hour=16))
    table = joining.by_form().table
    again = look(table, first.records, TUESDAY)
    assert dict(zip(table.ids, again.keys, strict=True)) == keys


def test_three_alike_in_the_sheet_are_matched_by_occurrence(joining: Joining) -> None:
    at = NOON.replace(hour=14)
    for _ in range(3):
        joining.send("Thrice", at, "thrice@example.org")
    by_sheet = look(joining.by_sheet().table)
    by_form = look(joining.by_form().table, by_sheet.records, TUESDAY)
    assert sorted(by_form.keys) == sorted(by_sheet.keys)
    assert len(set(by_form.keys)) == 3


def test_a_renamed_question_is_still_its_field_and_said(joining: Joining) -> None:
    joining.send("River Watch")
    known = {asked.id: (asked.heading,) for asked in joining.form.asked()}
    people.rename_question(joining.world, joining.form, "Organisation", "Who are you, then?")
    people.rename_question(joining.world, joining.form, "Founded", "Level")
    signons = read(joining.by_form(known).table)
    assert list(signons.frame["organisation"]) == ["River Watch"]
    said = {p.column: p for p in signons.problems}
    assert "was “Organisation” before" in said["Who are you, then?"].problem
    assert 'organisation = "Who are you, then?"' in said["Who are you, then?"].remedy


def test_a_question_renamed_twice_is_still_its_field(joining: Joining) -> None:
    joining.send("River Watch")
    name = joining.form.find("Organisation").id
    people.rename_question(joining.world, joining.form, name, "Who, now?")
    signons = read(joining.by_form({name: ("Who?", "Organisation")}).table)
    assert list(signons.frame["organisation"]) == ["River Watch"]


def test_a_new_question_with_the_old_title_goes_before_the_renamed_one(joining: Joining) -> None:
    joining.send("River Watch", Founded="1999")
    known = {asked.id: (asked.heading,) for asked in joining.form.asked()}
    people.rename_question(joining.world, joining.form, "Founded", "Anything else, dear friends?")
    people.add_question(joining.world, joining.form, "Founded")
    joining.send("Tree Club", Founded="2001")
    signons = read(joining.by_form(known).table)
    assert list(signons.frame["founded"]) == ["", "2001"]


def test_a_question_deleted_and_asked_anew_is_one_field(joining: Joining) -> None:
    joining.send("River Watch", Sector=[SECTORS[1]])
    known = {asked.id: (asked.heading,) for asked in joining.form.asked()}
    item = people.delete_question(joining.world, joining.form, "Sector")
    people.readd_question(joining.world, joining.form, item)
    joining.send("Tree Club", Sector=["Health"])
    signons = read(joining.by_form(known).table)
    assert list(signons.frame["sector"]) == [(SECTORS[1],), ("Health",)]


def test_what_is_free_text_under_other_stays_whole(joining: Joining) -> None:
    joining.send("River Watch", Sector=["Health", "Songs, dances, and Housing"])
    signons = read(joining.by_form().table)
    assert list(signons.frame["sector"]) == [("Health", "Songs, dances, and Housing")]


def test_a_day_is_a_day_in_every_way(joining: Joining) -> None:
    joining.send("River Watch", **{"Decided by board on": "2026-02-03"})
    for way in (joining.by_form, joining.by_sheet, joining.by_both):
        days = read(way().table).frame["decided_by_board_on"]
        assert list(days) == [pd.Timestamp("2026-02-03")]
