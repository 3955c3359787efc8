"""Which sign-on is it? Keys are minted once, and found again whatever happens to the rows."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from config.records import SignOnRecord
from pipeline.hashing import cell_text, digest
from pipeline.identity import Identified, identify

MONDAY = dt.date(2026, 6, 1)
TUESDAY = dt.date(2026, 6, 2)
FRIDAY = dt.date(2026, 6, 5)
FIELDS = ("email", "organisation", "website", "signatory", "sector", "agrees_peace")
Answers = dict[str, Any]


def answers(organisation: str, sent: str | None = "2026-05-01 10:00", **more: Any) -> Answers:
    email = f"{organisation.lower().replace(' ', '.')}@example.org"
    return {"received": sent, "email": email, "organisation": organisation, **more}


def table(rows: Sequence[Answers]) -> pd.DataFrame:
    blank: Answers = dict.fromkeys(FIELDS, "") | {"received": None, "sector": ()}
    frame = pd.DataFrame([{**blank, **row} for row in rows], columns=["received", *FIELDS])
    return frame.assign(received=pd.to_datetime(frame["received"], utc=True))


def look(
    rows: Sequence[Answers], known: Sequence[SignOnRecord] = (), today: dt.date = MONDAY
) -> Identified:
    return identify(table(rows), known, today)


def remembered(found: Identified) -> tuple[SignOnRecord, ...]:
    """What the store holds after that run."""
    return (*found.records, *found.vanished)


def keys(found: Identified) -> list[str]:
    return list(found.keys)


RIVER = answers("River Watch", signatory="Ana Ferreira")
TREE = answers("Tree Club", "2026-05-02 09:30", signatory="Bo Lind")
BIKE = answers("Bike Union", "2026-05-03 18:00", signatory="Chi Obi")


# --- minting ----------------------------------------------------------------------------------


def test_a_key_is_short_lasting_and_the_same_on_every_machine() -> None:
    assert keys(look([RIVER])) == keys(look([RIVER], today=FRIDAY))
    [key] = keys(look([RIVER]))
    moment = str(int(pd.Timestamp("2026-05-01 10:00", tz="UTC").timestamp()))
    base = digest((moment, "river.watch@example.org", "River Watch"))
    assert key == "s-" + digest((base, "0"), 12)
    assert len(key) == 14


def test_identical_rows_get_distinct_keys_that_stay() -> None:
    first = look([RIVER, RIVER, TREE, RIVER])
    assert len(set(keys(first))) == 4
    again = look([RIVER, TREE, RIVER, RIVER], remembered(first))
    assert set(keys(again)) == set(keys(first))
    assert keys(again)[1] == keys(first)[2]
    assert again.vanished == ()


def test_one_of_two_identical_rows_goes_and_a_third_comes() -> None:
    first = look([RIVER, RIVER])
    fewer = look([RIVER], remembered(first), TUESDAY)
    assert keys(fewer)[0] in keys(first)
    assert len(fewer.vanished) == 1
    more = look([RIVER, RIVER, RIVER], remembered(fewer), FRIDAY)
    assert set(keys(first)) < set(keys(more))
    assert len(set(keys(more))) == 3
    assert more.vanished == ()


def test_rows_that_share_time_address_and_name_are_told_apart_by_their_answers() -> None:
    same_second = [{**RIVER, "signatory": name} for name in ("Ana", "Bo", "Chi")]
    first = look(same_second)
    again = look(list(reversed(same_second)), remembered(first))
    assert keys(again) == list(reversed(keys(first)))


def test_a_name_put_right_keeps_the_key() -> None:
    first = look([RIVER, TREE])
    second = look([TREE, {**RIVER, "organisation": "Rio Watch"}], remembered(first), TUESDAY)
    assert keys(second) == keys(first)[::-1]
    assert not second.vanished


def test_a_name_without_time_or_address_is_not_known_by_either() -> None:
    for lost in ({"received": None}, {"email": ""}):
        first = look([{**RIVER, **lost}])
        changed = {**RIVER, **lost, "organisation": "Rio Watch"}
        assert keys(look([changed], remembered(first), TUESDAY)) != keys(first)


def test_the_key_of_one_that_is_gone_is_never_given_away() -> None:
    first = look([RIVER])
    changed = {**RIVER, "organisation": "River Watch Trust", "email": "x@trust.example.org"}
    second = look([changed], remembered(first), TUESDAY)
    assert keys(second) != keys(first)
    assert [r.key for r in second.vanished] == keys(first)


def test_no_rows_at_all() -> None:
    nothing = look([])
    assert (len(nothing.keys), nothing.records, nothing.vanished) == (0, (), ())
    gone = look([], remembered(look([RIVER, TREE])), TUESDAY)
    assert {r.gone_on for r in gone.vanished} == {TUESDAY}
    assert len(gone.vanished) == 2


def test_keys_follow_the_frame_whatever_its_index() -> None:
    frame = table([RIVER, TREE, BIKE]).set_index(pd.Index([7, 3, 5]))
    found = identify(frame, (), MONDAY)
    assert list(found.keys.index) == [7, 3, 5]
    assert list(found.keys) == keys(look([RIVER, TREE, BIKE]))


# --- found again ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "edit",
    [
        {"signatory": "Ana María Ferreira"},
        {"website": "https://riverwatch.example.org"},
        {"sector": ("water", "land")},
        {"agrees_peace": "no"},
        {"email": "  River.Watch@Example.ORG "},
        {"organisation": " River\u00a0 Watch "},
    ],
)
def test_an_edited_answer_keeps_the_key(edit: Answers) -> None:
    first = look([RIVER, TREE])
    second = look([{**RIVER, **edit}, TREE], remembered(first), TUESDAY)
    assert keys(second) == keys(first)
    assert second.vanished == ()
    third = look([TREE, {**RIVER, **edit}], remembered(second), FRIDAY)
    assert keys(third) == list(reversed(keys(first)))


def test_an_edited_form_with_a_new_time_keeps_the_key() -> None:
    first = look([RIVER, TREE])
    edited = {**RIVER, "received": "2026-06-01 20:00", "signatory": "Dan Roy"}
    second = look([TREE, edited], remembered(first), TUESDAY)
    assert keys(second) == list(reversed(keys(first)))
    assert second.records[1].received != first.records[0].received
    assert second.records[1].first_seen == MONDAY


def test_a_second_form_of_the_same_person_is_another_sign_on() -> None:
    first = look([RIVER])
    later = {**RIVER, "received": "2026-06-01 20:00", "signatory": "Dan Roy"}
    second = look([later, RIVER], remembered(first), TUESDAY)
    assert keys(second)[1] == keys(first)[0]
    assert keys(second)[0] != keys(first)[0]
    assert second.vanished == ()


def test_nothing_is_guessed_where_two_forms_of_one_person_changed_at_once() -> None:
    before = [{**RIVER, "received": f"2026-05-0{n} 10:00", "signatory": f"N{n}"} for n in (1, 2)]
    first = look(before)
    after = [{**RIVER, "received": f"2026-05-1{n} 10:00", "signatory": f"M{n}"} for n in (1, 2)]
    second = look(after, remembered(first), TUESDAY)
    assert not set(keys(first)) & set(keys(second))
    assert {r.key for r in second.vanished} == set(keys(first))


@pytest.mark.parametrize("hours", [-26, -2, 1, 24 * 31])
def test_timestamps_read_in_another_way_keep_every_key(hours: int) -> None:
    rows = [RIVER, TREE, BIKE, {**RIVER, "received": "2026-05-04 11:00"}]
    first = look(rows)
    shift = pd.Timedelta(hours=hours)
    moved = [{**r, "received": pd.Timestamp(r["received"]) + shift} for r in rows]
    second = look(moved, remembered(first), TUESDAY)
    assert keys(second) == keys(first)
    assert second.vanished == ()


def test_a_time_that_cannot_be_known_any_more_and_then_can_again() -> None:
    first = look([RIVER, TREE])
    second = look([{**RIVER, "received": None}, TREE], remembered(first), TUESDAY)
    assert keys(second) == keys(first)
    assert second.records[0].received is None
    third = look([RIVER, TREE], remembered(second), FRIDAY)
    assert keys(third) == keys(first)
    assert third.records == tuple(first.records)


def test_a_day_first_column_that_was_read_month_first() -> None:
    """Swapping day and month also swaps which of two equal forms seems the older."""
    days = [("2026-05-01", "2026-01-05"), ("2026-04-02", "2026-02-04")]
    rows = [answers(f"Club {n}", before) for n, (before, _) in enumerate(days)]
    first = look(rows)
    other = [answers(f"Club {n}", after) for n, (_, after) in enumerate(days)]
    assert keys(look(other, remembered(first), TUESDAY)) == keys(first)


def test_a_vanished_row_is_dated_once_and_comes_back_as_itself() -> None:
    first = look([RIVER, TREE])
    second = look([TREE], remembered(first), TUESDAY)
    assert [(r.key, r.gone_on) for r in second.vanished] == [(keys(first)[0], TUESDAY)]
    third = look([TREE], remembered(second), FRIDAY)
    assert [r.gone_on for r in third.vanished] == [TUESDAY]
    fourth = look([TREE, RIVER], remembered(third), FRIDAY)
    assert keys(fourth) == list(reversed(keys(first)))
    assert fourth.vanished == ()
    assert {r.gone_on for r in fourth.records} == {None}
    assert fourth.records[1].first_seen == MONDAY


def test_a_row_that_is_there_goes_before_one_that_is_gone() -> None:
    """Of two equal ones, the one that stayed keeps its key, whichever it was."""
    both = look([RIVER, RIVER]).records
    for gone, stayed in (both, tuple(reversed(both))):
        known = (replace(gone, gone_on=TUESDAY), stayed)
        for order in (known, tuple(reversed(known))):
            assert keys(look([RIVER], order, FRIDAY)) == [stayed.key]


def test_what_is_remembered_of_a_sign_on_outlives_an_edit() -> None:
    [record] = look([RIVER]).records
    told = replace(
        record, organisation_id="o-1", outcome="accepted", labels=("late",), rules=("S001",),
        may_list=True,
    )  # fmt: skip
    [after] = look([{**RIVER, "signatory": "Dan"}], [told], TUESDAY).records
    assert (after.organisation_id, after.outcome, after.labels) == ("o-1", "accepted", ("late",))
    assert (after.rules, after.may_list, after.first_seen) == (("S001",), True, MONDAY)
    assert after.full != told.full
    assert after.base == told.base


def test_a_question_added_half_way_costs_no_key() -> None:
    first = look([RIVER, TREE])
    frame = table([RIVER, TREE]).assign(agrees_books=["", ""], contact=["", "Eva"])
    assert list(identify(frame, remembered(first), TUESDAY).keys) == keys(first)
    fewer = table([RIVER, TREE]).drop(columns=["website", "agrees_peace"])
    assert list(identify(fewer, remembered(first), TUESDAY).keys) == keys(first)


def test_rows_that_say_nothing_of_themselves_are_never_taken_for_each_other() -> None:
    """Individuals typed in by hand: no time, no address, no organisation."""
    nobody = {"received": None, "email": "", "organisation": ""}
    first = look([{**nobody, "signatory": "Ana Ferreira"}, RIVER])
    second = look([RIVER, {**nobody, "signatory": "Bo Lind"}], remembered(first), TUESDAY)
    assert keys(second)[1] not in keys(first)
    assert [r.key for r in second.vanished] == [keys(first)[0]]
    third = look([{**nobody, "signatory": "Ana Ferreira"}], remembered(second), FRIDAY)
    assert keys(third) == [keys(first)[0]]


def test_an_individual_with_a_time_is_not_the_next_one_with_another_time() -> None:
    nobody = {"email": "", "organisation": ""}
    first = look([{**nobody, "received": "2026-05-01 10:00", "signatory": "Ana"}])
    other = {**nobody, "received": "2026-05-09 12:00", "signatory": "Bo"}
    assert not set(keys(look([other], remembered(first), TUESDAY))) & set(keys(first))


# --- properties -------------------------------------------------------------------------------

_names = st.sampled_from(["River Watch", "river watch", "Tree Club", "Bike Union", "", "Ω"])
_rows = st.fixed_dictionaries(
    {
        "received": st.none() | st.sampled_from([f"2026-05-{n:02} 10:00" for n in range(1, 6)]),
        "email": st.sampled_from(["", "ana@example.org", "ANA@example.org", "bo@example.org"]),
        "organisation": _names,
        "signatory": st.sampled_from(["", "Ana", "Bo", "Chi"]),
    }
)
"""Few values each, so that rows share some or all of what they can be recognised by."""


def _content(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("received", "email", "organisation", "signatory"))


def _by_content(rows: Sequence[Answers], found: Identified) -> dict[tuple[Any, ...], set[str]]:
    """What a row says → the keys of the rows that say just that."""
    grouped: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for row, key in zip(rows, found.keys, strict=True):
        grouped[_content(row)].add(key)
    return grouped


@hypothesis_settings(max_examples=60)
@given(st.lists(_rows, max_size=10), st.randoms(use_true_random=False))
def test_keys_are_distinct_and_order_decides_nothing(
    rows: list[Answers], chance: random.Random
) -> None:
    first = look(rows)
    assert len(set(first.keys)) == len(rows)
    shuffled = chance.sample(rows, len(rows))
    assert _by_content(shuffled, look(shuffled)) == _by_content(rows, first)
    again = look(shuffled, chance.sample(remembered(first), len(rows)), TUESDAY)
    assert _by_content(shuffled, again) == _by_content(rows, first)
    assert again.vanished == ()
    assert {r.key: r for r in again.records} == {r.key: r for r in first.records}


@hypothesis_settings(max_examples=60)
@given(st.lists(_rows, max_size=8), st.lists(_rows, max_size=4), st.randoms(use_true_random=False))
def test_new_rows_anywhere_take_no_key_away(
    rows: list[Answers], new: list[Answers], chance: random.Random
) -> None:
    first = look(rows)
    whole = chance.sample([*rows, *new], len(rows) + len(new))
    second = look(whole, remembered(first), TUESDAY)
    assert second.vanished == ()
    assert len(set(second.keys)) == len(whole)
    after = _by_content(whole, second)
    for content, had in _by_content(rows, first).items():
        assert had <= after[content]


@hypothesis_settings(max_examples=60)
@given(
    st.lists(_rows, max_size=8, unique_by=lambda r: (r["received"], r["email"].lower(),
                                                     r["organisation"])),
    st.data(),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_edits_removals_and_new_rows_at_once(
    rows: list[Answers], data: st.DataObject, chance: random.Random
) -> None:
    """Where time, address and name tell rows apart, other answers may change as they like."""
    rows = [row for row in rows if row["received"] or row["email"] or row["organisation"]]
    first = look(rows)
    home = dict(zip(map(_content, rows), first.keys, strict=True))
    kept = [row for row in rows if data.draw(st.booleans())]
    edited = [{**row, "signatory": data.draw(st.sampled_from(["Dan", "Eva"]))}
              if data.draw(st.booleans()) else row for row in kept]  # fmt: skip
    order = chance.sample(range(len(kept)), len(kept))
    second = look([edited[i] for i in order], remembered(first), FRIDAY)
    found = dict(zip(order, second.keys, strict=True))
    assert {i: home[_content(row)] for i, row in enumerate(kept)} == found
    assert {r.key for r in second.vanished} == set(first.keys) - set(second.keys)
    back = look(rows, remembered(second), FRIDAY)
    assert list(back.keys) == list(first.keys)


@hypothesis_settings(max_examples=30)
@given(st.lists(st.lists(_rows, max_size=5), min_size=2, max_size=5))
def test_whatever_downloads_follow_each_other_no_record_is_lost(
    downloads: list[list[Answers]],
) -> None:
    known: tuple[SignOnRecord, ...] = ()
    for day, rows in enumerate(downloads):
        found = look(rows, known, MONDAY + dt.timedelta(days=day))
        after = remembered(found)
        assert max(Counter(r.key for r in after).values(), default=1) == 1
        assert {r.key for r in known} <= {r.key for r in after}
        assert len(found.records) == len(rows)
        assert all(r.gone_on is None for r in found.records)
        assert all(r.gone_on is not None for r in found.vanished)
        again = look(rows, after, FRIDAY)
        assert {r.key: r for r in remembered(again)} == {r.key: r for r in after}
        known = after


# --- hashing ----------------------------------------------------------------------------------


def test_a_digest_is_fixed_for_good() -> None:
    assert digest(("River Watch", "ana@example.org")) == "2sh4nbt7svs4jjgt"
    assert digest((), 8) == digest(("",), 8) == "4oymiquy"


def test_a_digest_tells_where_one_part_ends() -> None:
    assert digest(("ab", "c")) != digest(("a", "bc"))
    assert digest(("a",)) != digest(("a", ""))


def test_a_digest_takes_what_no_file_can_hold() -> None:
    assert digest(("\ud800",)) != digest(("\ud801",))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (float("nan"), ""),
        (pd.NaT, ""),
        ("  two\r\nlines\r", "two\nlines"),
        ("a\x00b\x0bc", "abc"),
        ("River\u00a0Watch", "River Watch"),
        ("thin\u2009blank", "thin blank"),
        (True, "True"),
        (3.0, "3"),
        (3, "3"),
        (3.25, "3.25"),
        (-0.0, "0"),
        (dt.date(2026, 5, 1), "2026-05-01"),
        (pd.Timestamp("2026-05-01"), "2026-05-01"),
        (pd.Timestamp("2026-05-01 09:30"), "2026-05-01 09:30:00"),
        (("water", "land"), "water;land"),
        ((), ""),
        ("\ud83d", "\ufffd"),
        ("a\ufffeb", "a\ufffdb"),
        ("_x005F_x000D_", "_x000D_"),
    ],
)
def test_a_cell_as_text_that_survives_any_spreadsheet_program(cell: Any, text: str) -> None:
    assert cell_text(cell) == text


@pytest.mark.parametrize(
    "name", ["x" * 50_000, "🌳" * 20_000, "x" + "🌳" * 20_000], ids=["letters", "signs", "mixed"]
)
def test_a_text_that_a_workbook_had_to_cut_still_reads_the_same(name: str) -> None:
    units = name.encode("utf-16-le")[: 2 * 31_990]
    assert cell_text(units.decode("utf-16-le", "ignore") + "… (cut)") == cell_text(name)


@hypothesis_settings(max_examples=60)
@given(st.text())
def test_reading_a_cell_twice_changes_nothing(text: str) -> None:
    assert cell_text(cell_text(text)) == cell_text(text)


# --- responses that the form's own service names ----------------------------------------------


def named(
    rows: Sequence[Answers], ids: Sequence[str], known: Sequence[SignOnRecord] = (),
    edited: Sequence[str | None] = (),
) -> Identified:  # fmt: skip
    frame = table(rows).assign(response=list(ids))
    if edited:
        frame["edited"] = pd.to_datetime(pd.Series(list(edited), dtype=object), utc=True)
    return identify(frame, known, TUESDAY)


def test_a_response_id_is_learnt_and_kept() -> None:
    first = look([RIVER, TREE])
    learnt = named([RIVER, TREE], ["r1", "r2"], remembered(first))
    assert keys(learnt) == keys(first)
    assert [r.response for r in learnt.records] == ["r1", "r2"]
    without = look([TREE, RIVER], remembered(learnt), FRIDAY)
    assert keys(without) == keys(first)[::-1]
    assert [r.response for r in without.records] == ["r2", "r1"]


def test_a_response_with_its_id_may_say_anything() -> None:
    first = named([RIVER, TREE], ["r1", "r2"])
    swapped = named([TREE, RIVER], ["r1", "r2"], remembered(first))
    assert keys(swapped) == keys(first)
    other = {**BIKE, "email": "somebody@else.example.org"}
    assert keys(named([other], ["r2"], remembered(first))) == keys(first)[1:]


def test_two_ids_are_two_sign_ons_whatever_they_say() -> None:
    first = named([RIVER], ["r1"])
    again = named([RIVER], ["r9"], remembered(first))
    assert keys(again) != keys(first)
    assert [r.key for r in again.vanished] == keys(first)
    both = named([RIVER, RIVER], ["r9", "r1"], remembered(first))
    assert keys(both)[1] == keys(first)[0]


def test_a_row_that_only_the_sheet_has_takes_what_is_left() -> None:
    first = look([RIVER, RIVER])
    mixed = named([RIVER, RIVER], ["r1", ""], remembered(first))
    assert sorted(keys(mixed)) == sorted(keys(first))
    assert mixed.vanished == ()


def test_a_second_off_is_the_same_moment() -> None:
    for off, same in (("10:00:01", True), ("09:59:59", True), ("10:00:02", False)):
        moved = {**RIVER, "received": f"2026-05-01 {off}", "organisation": "Rio Watch",
                 "signatory": "Bo"}  # fmt: skip
        assert (keys(look([moved], remembered(look([RIVER])))) == keys(look([RIVER]))) is same


def test_the_time_of_an_edit_counts_too() -> None:
    """A sheet has the time of the last edit, the form's own service that of the first sending."""
    by_sheet = look([{**RIVER, "received": "2026-05-09 08:00:00", "organisation": "Rio Watch"}])
    now = {**RIVER, "organisation": "Rivers Ltd", "signatory": "Bo"}
    for edited, same in (("08:00:00", True), ("08:00:01", True), ("08:00:04", False)):
        found = named([now], ["r1"], remembered(by_sheet), [f"2026-05-09 {edited}"])
        assert (keys(found) == keys(by_sheet)) is same
    assert named([now], ["r1"]).records[0].received == look([RIVER]).records[0].received
