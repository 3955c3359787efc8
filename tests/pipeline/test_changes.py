"""The tab Changes: what people want changed without having been asked."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from config.raw import RawTable, Scalar
from config.records import ChangeRecord
from pipeline.changes import KINDS, NAMES_ANOTHER, NEEDS_VALUE, Changed, in_force, read_changes
from pipeline.registry import finder

MONDAY = dt.date(2026, 6, 1)
TUESDAY = dt.date(2026, 6, 2)
FRIDAY = dt.date(2026, 6, 5)
HEADER = ("Date", "Organisation", "Change", "New value", "Asked by", "Entered by", "Answer", "Done")
NAMES = {"o-river": "River Watch", "o-tree": "Tree Club", "o-zwnj": "می\u200cخواهم"}
find = finder(NAMES, {"o-river": ("RW",)}, {"o-brook": "o-river"})
Row = tuple[Scalar, ...]


def row(
    organisation: str = "River Watch",
    change: str = "withdraw",
    value: Scalar = None,
    *,
    date: Scalar = None,
    by: str = "Ana",
) -> Row:
    return (date, organisation, change, value, None, by, None, None)


def tab(*rows: Row) -> RawTable:
    return RawTable("Changes", HEADER, rows, range(2, len(rows) + 2))


def read(
    rows: Sequence[Row], known: Sequence[ChangeRecord] = (), today: dt.date = MONDAY
) -> Changed:
    return read_changes(tab(*rows), known, find, today)


def holding(changed: Changed, day: dt.date) -> list[tuple[str, str, str]]:
    return [(r.organisation_id, r.change, r.value) for r in in_force(changed.records, day)]


def answer(changed: Changed, at: int = 0) -> str:
    return str(changed.answers[at][6])


VALUES = {"suspend": "the board", "remove": "the board", "extend deadline": "2026-07-01"}
SUSPENDED = row("River Watch", "suspend", "the board")

# --- each kind --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "undo"])
def test_every_kind_of_change_is_taken_in_answered_and_held(kind: str) -> None:
    given = VALUES.get(kind, "Tree Club" if kind in NAMES_ANOTHER else
                       "Eva Sol" if kind in NEEDS_VALUE else "")  # fmt: skip
    stored = "o-tree" if kind in NAMES_ANOTHER else given
    changed = read([row("river-watch", kind.upper(), given or None)])
    assert changed.problems == ()
    assert holding(changed, MONDAY) == [("o-river", kind, stored)]
    [record] = changed.records
    assert (record.read_on, record.holds_from, record.by, record.number) == (
        MONDAY,
        MONDAY,
        "Ana",
        1,
    )
    assert answer(changed).endswith(" To take it back, add a row with undo.")
    assert len(answer(changed)) > len(" To take it back, add a row with undo.")
    assert changed.answers[0][7] == MONDAY


def test_no_two_kinds_are_answered_the_same() -> None:
    rows = [
        row(change=kind, value=VALUES.get(kind, "Tree Club")) for kind in KINDS if kind != "undo"
    ]
    changed = read(rows)
    assert len({answer(changed, at) for at in range(len(rows))}) == len(rows)


@pytest.mark.parametrize("name", ["River Watch", "the RIVER-watch, Inc.", "o-river", "RW",
                                  " o-brook ", "River\u00a0Watch", "\tRiver Watch\n"])  # fmt: skip
def test_an_organisation_is_found_by_any_of_its_names_and_ids(name: str) -> None:
    assert holding(read([row(name)]), MONDAY) == [("o-river", "withdraw", "")]


def test_a_name_is_taken_as_it_was_written() -> None:
    """Joiners are part of the spelling in many languages, and of many emoji."""
    assert holding(read([row(NAMES["o-zwnj"])]), MONDAY) == [("o-zwnj", "withdraw", "")]
    family = "Family 👩\u200d👧 Club"
    changed = read([row("River Watch", "show as", f" {family}\u00a0Berlin ")])
    assert holding(changed, MONDAY) == [("o-river", "show as", f"{family} Berlin")]


def test_a_value_that_a_spreadsheet_took_for_a_number() -> None:
    changed = read([row("River Watch", "show as", 350.0)])
    assert holding(changed, MONDAY) == [("o-river", "show as", "350")]


@pytest.mark.parametrize("kind", sorted(NEEDS_VALUE))
def test_a_change_that_needs_a_value_says_so(kind: str) -> None:
    changed = read([row("River Watch", kind, "  ")])
    assert (changed.records, changed.answers[0][7]) == ((), None)
    [problem] = changed.problems
    assert (problem.tab, problem.row, problem.column) == ("Changes", 2, "New value")
    assert kind in problem.problem
    assert problem.remedy in answer(changed)


@pytest.mark.parametrize("kind", sorted(NAMES_ANOTHER))
def test_no_organisation_is_anything_of_itself(kind: str) -> None:
    changed = read([row("River Watch", kind, "o-brook")])
    assert changed.records == ()
    [problem] = changed.problems
    assert (problem.column, problem.found) == ("New value", "o-brook")
    assert problem.remedy


# --- what can't be obeyed ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "like"),
    [("withdrew", "withdraw"), ("paus mail", "pause mail"), ("hide", ""), ("", ""), ("list", "")],
)
def test_an_unknown_word_gets_the_nearest_one(typed: str, like: str) -> None:
    changed = read([row(change=typed), row("Tree Club")])
    [problem] = changed.problems
    assert (problem.tab, problem.row, problem.column) == ("Changes", 2, "Change")
    assert problem.found == typed
    assert problem.remedy == (f"Did you mean “{like}”?" if like else "Pick one of the list.")
    assert answer(changed) == f"{problem.problem} {problem.remedy}"
    assert changed.answers[0][7] is None
    assert holding(changed, MONDAY) == [("o-tree", "withdraw", "")]


@pytest.mark.parametrize(
    ("name", "like"),
    [("River Wach", "River Watch"), ("Something Else", ""), ("", ""), ("o-rivers", "")],
)
def test_an_unknown_organisation_gets_the_nearest_one(name: str, like: str) -> None:
    changed = read([row(name)])
    [problem] = changed.problems
    assert (problem.column, problem.found) == ("Organisation", name)
    assert problem.remedy.startswith("Did you mean") is bool(like)
    assert like in problem.remedy
    assert "Who has signed" in problem.remedy
    assert changed.records == ()


@pytest.mark.parametrize("kind", sorted(NAMES_ANOTHER))
def test_an_unknown_second_organisation_gets_the_nearest_one(kind: str) -> None:
    [problem] = read([row("River Watch", kind, "Tree Clubb")]).problems
    assert (problem.column, problem.found) == ("New value", "Tree Clubb")
    assert "Tree Club" in problem.remedy


def test_what_could_not_be_obeyed_is_obeyed_once_it_is_put_right() -> None:
    wrong = read([row("River Wach")])
    right = read([row("River Watch")], wrong.records, TUESDAY)
    assert (right.problems, holding(right, TUESDAY)) == ((), [("o-river", "withdraw", "")])
    assert holding(right, MONDAY) == []


# --- dates ------------------------------------------------------------------------------------


@pytest.mark.parametrize("blank", [None, "", "   ", "\u00a0"])
def test_a_blank_date_is_the_day_of_reading_for_good(blank: Scalar) -> None:
    first = read([row(date=blank)])
    assert first.answers[0][0] == blank
    again = read([row(date=blank)], first.records, FRIDAY)
    assert again.records == first.records
    assert again.answers == first.answers
    assert again.records[0].holds_from == MONDAY


@pytest.mark.parametrize(
    "date",
    [FRIDAY, dt.datetime.combine(FRIDAY, dt.time(9)), "2026-06-05", " 2026-06-05 ", 46178, 46178.4],
)
def test_a_future_date_waits_for_it(date: Scalar) -> None:
    first = read([row(date=date)])
    assert holding(first, dt.date(2026, 6, 4)) == []
    assert (answer(first), first.answers[0][7]) == ("Will hold from 2026-06-05.", None)
    then = read([row(date=date)], first.records, FRIDAY)
    assert holding(then, FRIDAY) == [("o-river", "withdraw", "")]
    assert answer(then).startswith("Withdrawn")
    assert then.answers[0][7] == FRIDAY


def test_a_deadline_that_google_keeps_as_a_number() -> None:
    changed = read([row("River Watch", "extend deadline", 46178)])
    assert holding(changed, MONDAY) == [("o-river", "extend deadline", "2026-06-05")]


def test_a_past_date_holds_from_the_day_on_which_it_was_read() -> None:
    changed = read([row(date=dt.date(2026, 5, 1))], today=TUESDAY)
    assert changed.records[0].holds_from == dt.date(2026, 5, 1)
    assert holding(changed, MONDAY) == []
    assert holding(changed, TUESDAY) != []
    assert changed.answers[0][7] == TUESDAY


UNREADABLE = ["5.6.2026", "soon", 12, 2026, 99999, True, "2026-02-30", "99999"]


@pytest.mark.parametrize("date", UNREADABLE)
def test_what_is_no_date_is_said(date: Scalar) -> None:
    changed = read([row(change="show as", value="River", date=date)])
    [problem] = changed.problems
    assert (problem.row, problem.column, problem.found) == (2, "Date", str(date))
    assert "year-month-day" in problem.remedy
    assert ("day and month" in problem.problem) == (date == "5.6.2026")
    assert changed.records == ()


@pytest.mark.parametrize("date", UNREADABLE)
@pytest.mark.parametrize("change", ["withdraw", "hide now"])
def test_a_name_comes_off_the_lists_even_if_nobody_can_read_from_when(
    change: str, date: Scalar
) -> None:
    rows = [row(change=change, date=date)]
    changed = read(rows)
    assert [held[:2] for held in holding(changed, MONDAY)] == [("o-river", "hide now")]
    assert [problem.column for problem in changed.problems] == ["Date"]
    assert "year-month-day" in answer(changed)
    assert answer(changed).endswith("It is off every public list meanwhile.")
    assert changed.answers[0][7] is None
    again = read(rows, changed.records, TUESDAY)
    assert (again.records, again.answers) == (changed.records, changed.answers)


@pytest.mark.parametrize("change", ["withdraw", "hide now"])
@pytest.mark.parametrize("day", [MONDAY, TUESDAY, FRIDAY])
def test_the_day_counts_once_it_can_be_read(change: str, day: dt.date) -> None:
    first = read([row(change=change, date="soon")])
    then = read([row(change=change, date=day)], first.records, TUESDAY)
    assert then.problems == ()
    assert holding(then, MONDAY) == holding(first, MONDAY)
    assert [held[1] for held in holding(then, FRIDAY)] == [change]
    assert bool(holding(then, TUESDAY)) == (day <= TUESDAY)


def test_hiding_from_an_unreadable_day_on_can_be_taken_back() -> None:
    rows = [row(change="hide now", date="soon"), row(change="undo")]
    first = read(rows)
    assert holding(first, MONDAY) == []
    assert "meanwhile" not in answer(first)
    assert holding(read(rows, first.records, FRIDAY), FRIDAY) == []


def test_a_waiting_withdrawal_hides_whatever_day_another_row_names() -> None:
    rows = [row(date="soon"), row(change="hide now", date="soon", by="Bo")]
    first = read(rows)
    later = [rows[0], row(change="hide now", date=FRIDAY, by="Bo")]
    then = read(later, first.records, TUESDAY)
    assert [held[:2] for held in holding(then, TUESDAY)] == [("o-river", "hide now")]


def test_whom_an_undated_row_is_about_is_asked_first() -> None:
    changed = read([row("River Wach", date="soon")])
    assert [problem.column for problem in changed.problems] == ["Organisation"]
    assert changed.records == ()


@pytest.mark.parametrize(
    "date",
    ["5 June 2026", "June 5, 2026", "5. Juni 2026", "2026/06/05", "2026-06-05T10:00", "46178"],
)
def test_days_are_read_as_in_peoples_tabs(date: str) -> None:
    changed = read([row(date=date), row("Tree Club", "extend deadline", date)])
    assert changed.problems == ()
    assert changed.records[0].holds_from == FRIDAY
    assert changed.records[1].value == "2026-06-05"


def test_a_day_that_can_only_be_one_is_read() -> None:
    assert read([row(date="15.06.2026")]).records[0].holds_from == dt.date(2026, 6, 15)


# --- undo -------------------------------------------------------------------------------------


def test_undo_takes_back_the_newest_change_of_that_organisation() -> None:
    rows = [row(), SUSPENDED, row("Tree Club")]
    first = read(rows)
    second = read([*rows, row("RW", "undo")], first.records, TUESDAY)
    assert holding(second, TUESDAY) == [("o-river", "withdraw", ""), ("o-tree", "withdraw", "")]
    assert holding(second, MONDAY) == holding(first, MONDAY)
    assert answer(second, 1) == "Taken back on 2026-06-02."
    assert (answer(second, 3), second.answers[3][7]) == ("Took back “suspend”.", TUESDAY)
    third = read([*rows, row("RW", "undo"), row("RW", "undo")], second.records, FRIDAY)
    assert holding(third, FRIDAY) == [("o-tree", "withdraw", "")]
    assert answer(third, 4) == "Took back “withdraw”."


def test_undo_falls_back_to_what_held_before() -> None:
    rows = [row("River Watch", "show as", "River"), row("River Watch", "show as", "Brook")]
    changed = read([*rows, row("River Watch", "undo")])
    assert holding(changed, MONDAY) == [("o-river", "show as", "River")]


def test_undo_with_nothing_to_take_back() -> None:
    changed = read([row("Tree Club", "undo"), row()])
    assert answer(changed) == "There was nothing to take back."
    assert changed.problems == ()
    assert holding(changed, MONDAY) == [("o-river", "withdraw", "")]


def test_undo_takes_back_what_does_not_hold_yet() -> None:
    changed = read([row(date=FRIDAY), row(change="undo")])
    assert holding(changed, FRIDAY) == []
    assert answer(changed) == "Taken back on 2026-06-01."


def test_undo_works_once() -> None:
    rows = [row(), SUSPENDED, row(change="undo")]
    first = read(rows)
    second = read(rows, first.records, TUESDAY)
    assert second.records == first.records
    assert holding(second, TUESDAY) == [("o-river", "withdraw", "")]


def test_undo_takes_back_a_change_that_was_typed_twice() -> None:
    """Who fills in a further cell of a row that was obeyed has not asked for it twice."""
    first = read([row(by="")])
    second = read([row(by="Ana")], first.records, TUESDAY)
    assert {r.change for r in in_force(second.records, TUESDAY)} == {"withdraw"}
    third = read([row(by="Ana"), row(change="undo")], second.records, FRIDAY)
    assert holding(third, FRIDAY) == []
    fourth = read([row(by="Ana"), row(change="undo"), row(by="Bo")], third.records, FRIDAY)
    assert holding(fourth, FRIDAY) == [("o-river", "withdraw", "")]


def test_undo_can_not_wait_for_a_day() -> None:
    changed = read([row(), row(change="undo", date=FRIDAY)])
    assert holding(changed, FRIDAY) == [("o-river", "withdraw", "")]
    [problem] = changed.problems
    assert (problem.row, problem.column) == (3, "Date")
    then = read([row(), row(change="undo", date=FRIDAY)], changed.records, FRIDAY)
    assert (holding(then, FRIDAY), then.problems) == ([], ())


# --- rows -------------------------------------------------------------------------------------


def test_identical_rows_are_two_changes_that_stay_two() -> None:
    rows = [row(), row()]
    first = read(rows)
    assert len({r.id for r in first.records}) == 2
    again = read(rows, first.records, TUESDAY)
    assert again.records == first.records
    assert answer(again) == answer(again, 1)


def test_a_deleted_row_keeps_holding() -> None:
    suspended = row("Tree Club", "suspend", "the board")
    first = read([row(), suspended])
    fewer = read([suspended], first.records, TUESDAY)
    assert holding(fewer, TUESDAY) == holding(first, MONDAY)
    none = read([], fewer.records, FRIDAY)
    assert (none.answers, holding(none, FRIDAY)) == ((), holding(first, MONDAY))
    without_tab = read_changes(None, none.records, find, FRIDAY)
    assert (without_tab.records, without_tab.problems) == (first.records, ())


def test_blank_rows_are_passed_over_and_numbers_are_the_sheets() -> None:
    blank: Row = (None, "", " ", None, None, None, "an old answer", MONDAY)
    changed = read([blank, row(), blank, row(change="nonsense")])
    assert len(changed.answers) == 2
    assert [problem.row for problem in changed.problems] == [5]


def test_peoples_cells_come_back_as_they_were() -> None:
    typed: Row = (FRIDAY, " river watch ", "WITHDRAW", None, "the board", "Ana", "old", MONDAY)
    [answered] = read([typed]).answers
    assert answered[:6] == typed[:6]
    assert answered[6:] == ("Will hold from 2026-06-05.", None)


def test_columns_are_found_by_title_in_any_order() -> None:
    header = ("answer", "CHANGE", "Ours", "organisation")
    raw = RawTable("Wünsche", header, [(None, "withdraw", "x", "RW"), (None, "?", "", "")], (3, 7))
    changed = read_changes(raw, (), find, MONDAY)
    assert holding(changed, MONDAY) == [("o-river", "withdraw", "")]
    assert [(p.tab, p.row) for p in changed.problems] == [("Wünsche", 7)]
    assert changed.answers[0][:6] == (None, "RW", "withdraw", None, None, None)


def test_who_entered_it_goes_before_who_asked() -> None:
    both: Row = (None, "RW", "withdraw", None, "the board", "Ana", None, None)
    asked: Row = (None, "Tree Club", "withdraw", None, "the board", None, None, None)
    assert [r.by for r in read([both, asked]).records] == ["Ana", "the board"]


def test_later_changes_come_later() -> None:
    rows = [row("River Watch", "show as", "C", date=TUESDAY),
            row("River Watch", "show as", "A", date=dt.date(2026, 5, 1)),
            row("River Watch", "show as", "B")]  # fmt: skip
    assert [value for *_, value in holding(read(rows), FRIDAY)] == ["A", "B", "C"]


_kinds = st.sampled_from(["withdraw", "suspend", "hide now", "show as", "undo", "nonsense", ""])
_rows = st.lists(
    st.builds(
        row,
        st.sampled_from(["River Watch", "RW", "Tree Club", "Nobody", ""]),
        _kinds,
        st.sampled_from([None, "X", "Y"]),
        date=st.sampled_from([None, MONDAY, FRIDAY, dt.date(2026, 5, 1), "never"]),
    ),
    max_size=7,
)


@hypothesis_settings(max_examples=60)
@given(_rows, st.randoms(use_true_random=False))
def test_reading_again_in_whatever_order_changes_nothing(
    rows: list[Row], chance: random.Random
) -> None:
    first = read(rows)
    second = read(chance.sample(rows, len(rows)), first.records, TUESDAY)
    # what could not be obeyed is no memory: only an undo of a later day may have ripened
    assert second.records == first.records
    assert len(second.answers) == len(first.answers)


@hypothesis_settings(max_examples=60)
@given(_rows, _rows, st.data())
def test_what_was_obeyed_once_is_never_forgotten(
    rows: list[Row], more: list[Row], data: st.DataObject
) -> None:
    first = read(rows)
    left = [r for r in rows if data.draw(st.booleans())]
    second = read([*left, *more], first.records, TUESDAY)
    assert [r.id for r in second.records][: len(first.records)] == [r.id for r in first.records]
    for before, after in zip(first.records, second.records, strict=False):
        assert after == replace(before, undone_on=after.undone_on)
        assert before.undone_on is None or after.undone_on == before.undone_on
    numbers = [r.number for r in second.records]
    assert numbers == list(range(1, len(numbers) + 1))


@hypothesis_settings(max_examples=60)
@given(_rows)
def test_every_row_with_something_in_it_is_answered(rows: list[Row]) -> None:
    changed = read(rows)
    assert len(changed.answers) == len(rows)
    assert all(str(cells[6]) for cells in changed.answers)
    refused = [cells for cells in changed.answers if cells[7] is None
               and not str(cells[6]).startswith(("Will hold", "Taken back"))]  # fmt: skip
    against = [p for p in changed.problems if "can't both hold" in p.problem]
    assert len(refused) == len(changed.problems) - len(against)
    assert all(
        problem.problem and problem.remedy and problem.column for problem in changed.problems
    )
