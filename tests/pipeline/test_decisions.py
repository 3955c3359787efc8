"""The tab To decide: a decision counts only where nothing has moved, and it holds."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from config.errors import BadData
from config.raw import RawTable, Scalar
from config.records import DecisionRecord, MatterRecord
from config.tables import TO_DECIDE
from pipeline.decisions import (
    ALLOWED,
    OURS,
    WORDS,
    Decided,
    active,
    read_decisions,
    rows_of,
    written_hashes,
)
from pipeline.judging import holds

MONDAY = dt.date(2026, 6, 1)
TUESDAY = dt.date(2026, 6, 2)
FRIDAY = dt.date(2026, 6, 5)
TITLES = tuple(column.title for column in TO_DECIDE.columns)
KEY, SINCE, ORGANISATION, WHAT, WHY, EVIDENCE = range(6)
DECISION, BY, NOTE = (TITLES.index(title) for title in ("Decision", "Decided by", "Note"))
NAMES = ("River Watch", "Tree Club", "Bike Union", "Alps Forum", "Quiet Hill", "Far Shore")
Cells = list[Scalar]


@dataclass
class Tab:
    """A tab as people see it, and what the store remembers of it."""

    rows: list[Cells]
    matters: tuple[MatterRecord, ...]
    decisions: tuple[DecisionRecord, ...] = ()
    title: str = "To decide"
    header: tuple[str, ...] = TITLES

    def row(self, key: str) -> Cells:
        return next(row for row in self.rows if row[KEY] == key)

    def decide(self, key: str, word: Scalar, by: Scalar = "Ana", note: Scalar = None) -> None:
        self.row(key)[DECISION : NOTE + 1] = [word, by, note]

    def sort(self, first: int, last: int, *, within: Iterable[int] | None = None) -> None:
        """Sort the columns from first to last from Z to A, and leave the others as they are."""
        places = list(within) if within is not None else list(range(len(self.rows)))
        parts = sorted((self.rows[i][first : last + 1] for i in places), key=str, reverse=True)
        for i, part in zip(places, parts, strict=True):
            self.rows[i][first : last + 1] = part

    def raw(self) -> RawTable:
        return RawTable(self.title, self.header, self.rows, range(2, len(self.rows) + 2))

    def read(self, today: dt.date = MONDAY) -> Decided:
        """Read the tab; what was read is remembered."""
        decided = read_decisions(self.raw(), self.matters, self.decisions, today)
        self.matters, self.decisions = decided.matters, decided.decisions
        return decided

    def words(self, day: dt.date = FRIDAY) -> dict[str, str]:
        """Matter → the word that holds."""
        return {key: decision.word for key, decision in active(self.decisions, day).items()}


def key_of(number: int) -> str:
    """Keys in an order that is not the order of the names."""
    return f"s-{(number * 5 + 3) % 7}{number}"


def tab_of(*kinds: str) -> Tab:
    """A tab with a row of each kind, just written by Weaver."""
    rows: list[Cells] = []
    matters: list[MatterRecord] = []
    for number, kind in enumerate(kinds):
        key, name = key_of(number), NAMES[number % len(NAMES)]
        ours: Cells = [
            key, MONDAY + dt.timedelta(days=number), name, f"A {kind}", f"Why {number}?",
            f"It says {number}", "accept", "It stays on hold.", "open", 3,
        ]  # fmt: skip
        rows.append([*ours, None, None, None])
        matters.append(
            MatterRecord(key, kind, name, MONDAY, "open", f"facts{number}", written_hashes(ours))
        )
    return Tab(rows, tuple(matters))


FORMS = ("sign-on",) * 5
K0, K1, K2, K3, K4 = map(key_of, range(5))


# --- words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "word"), [(kind, word) for kind, words in ALLOWED.items() for word in words]
)
def test_each_word_that_makes_sense_is_obeyed(kind: str, word: str) -> None:
    tab = tab_of(kind)
    tab.decide(K0, f" {word.upper()} ", " Ana ", "because")
    decided = tab.read()
    assert decided.problems == ()
    if word == "undo":
        assert tab.decisions == ()
        return
    assert tab.decisions == (DecisionRecord(1, K0, word, "Ana", "because", MONDAY, "facts0", None),)
    assert tab.words() == {K0: word}


@pytest.mark.parametrize(
    ("kind", "word"),
    [(k, w) for k, allowed in ALLOWED.items() for w in WORDS if w not in allowed],
)
def test_a_word_that_makes_no_sense_for_the_matter_is_said(kind: str, word: str) -> None:
    tab = tab_of(kind)
    tab.decide(K0, word)
    [problem] = tab.read().problems
    assert (problem.tab, problem.row, problem.column) == ("To decide", 2, "Decision")
    assert "no sense for this kind" in problem.problem
    assert problem.found == word
    assert all(allowed in problem.remedy for allowed in ALLOWED[kind])
    assert tab.words() == {}


@pytest.mark.parametrize(
    ("typed", "like"),
    [("acept", "accept"), ("not acepted", "not accepted"), ("undoo", "undo"), ("yes", ""),
     ("?", ""), ("accept!?", None), ("accept river watch", "")],
)  # fmt: skip
def test_a_near_miss_is_never_a_silent_guess(typed: str, like: str | None) -> None:
    tab = tab_of("sign-on")
    tab.decide(K0, typed)
    decided = tab.read()
    if like is None:  # signs and blanks around a word are no miss
        assert (tab.words(), decided.problems) == ({K0: "accept"}, ())
        return
    [problem] = decided.problems
    assert (problem.row, problem.column, problem.found) == (2, "Decision", typed)
    assert problem.remedy.startswith(f"Did you mean “{like}”? " if like else "Pick one of: ")
    assert tab.decisions == ()


@pytest.mark.parametrize("apostrophe", ["'", "’", "`", ""])
def test_any_apostrophe_will_do(apostrophe: str) -> None:
    tab = tab_of("listing")
    tab.decide(K0, f"don{apostrophe}t list")
    tab.read()
    if apostrophe:
        assert tab.words() == {K0: "don't list"}
    else:
        assert tab.words() == {}


def test_a_miss_beside_a_decision_leaves_the_decision_and_is_said_at_every_run() -> None:
    tab = tab_of("sign-on")
    tab.decide(K0, "accept")
    tab.read()
    tab.decide(K0, "acept it")
    for day in (TUESDAY, FRIDAY):
        assert len(tab.read(day).problems) == 1
    assert tab.words() == {K0: "accept"}
    tab.decide(K0, "not accepted")
    assert tab.read(FRIDAY).problems == ()
    assert tab.words() == {K0: "not accepted"}


# --- holding ----------------------------------------------------------------------------------


def test_a_decision_is_taken_in_once_and_holds() -> None:
    tab = tab_of(*FORMS)
    tab.decide(K1, "accept", "Ana", "I asked them")
    first = tab.read()
    again = tab.read(TUESDAY)
    assert again.decisions == first.decisions
    assert again.matters == first.matters
    assert (tab.words(MONDAY), tab.words(FRIDAY)) == ({K1: "accept"}, {K1: "accept"})
    assert tab.words(dt.date(2026, 5, 31)) == {}


@pytest.mark.parametrize("blank", [None, "", "   ", "\u00a0"])
def test_a_blank_is_never_an_instruction(blank: Scalar) -> None:
    tab = tab_of(*FORMS)
    tab.decide(K1, "accept")
    tab.read()
    tab.decide(K1, blank, blank, blank)
    assert tab.read(TUESDAY).problems == ()
    assert tab.words() == {K1: "accept"}
    tab.decide(K1, "accept")
    tab.read(FRIDAY)
    assert tab.words() == {K1: "accept"}
    assert [d.read_on for d in tab.decisions] == [MONDAY, FRIDAY]


def test_undo_takes_back_all_that_was_decided_on_it() -> None:
    tab = tab_of(*FORMS)
    for word in ("ask them", "accept"):
        tab.decide(K1, word)
        tab.decide(K2, word)
        tab.read(MONDAY)
    tab.decide(K1, "undo")
    tab.read(TUESDAY)
    assert tab.words(MONDAY) == {K1: "accept", K2: "accept"}
    assert tab.words(TUESDAY) == {K2: "accept"}
    assert len(tab.decisions) == 4
    tab.read(FRIDAY)
    assert {d.undone_on for d in tab.decisions if d.matter == K1} == {TUESDAY}
    tab.decide(K1, "not accepted")
    tab.read(FRIDAY)
    assert tab.words() == {K1: "not accepted", K2: "accept"}


def test_what_was_taken_back_twice_was_taken_back_on_its_own_days() -> None:
    tab = tab_of("sign-on")
    for word, day in (
        ("accept", MONDAY),
        ("undo", MONDAY),
        ("ask them", TUESDAY),
        ("undo", FRIDAY),
    ):
        tab.decide(K0, word)
        tab.read(day)
    assert [(d.word, d.undone_on) for d in tab.decisions] == [
        ("accept", MONDAY),
        ("ask them", FRIDAY),
    ]


def test_undo_where_nothing_was_decided_changes_nothing() -> None:
    tab = tab_of("sign-on")
    tab.decide(K0, "undo")
    decided = tab.read()
    assert (decided.decisions, decided.problems) == ((), ())


def test_a_new_note_is_a_new_word_on_the_facts_of_today() -> None:
    tab = tab_of("sign-on")
    tab.decide(K0, "accept")
    tab.read()
    assert holds(active(tab.decisions, MONDAY)[K0], "facts0")
    tab.matters = (replace(tab.matters[0], facts="facts0 more"),)
    tab.read(TUESDAY)
    assert not holds(active(tab.decisions, TUESDAY)[K0], "facts0 more")
    tab.decide(K0, "accept", note="still true")
    tab.read(FRIDAY)
    assert holds(active(tab.decisions, FRIDAY)[K0], "facts0 more")
    assert holds(active(tab.decisions, FRIDAY)[K0], "more"), "less is asked than was decided on"
    assert not holds(active(tab.decisions, FRIDAY)[K0], "more and other")


def test_no_decision_holds_for_no_facts() -> None:
    assert not holds(None, "")


def test_a_deleted_row_keeps_its_decision_and_what_was_read_of_it() -> None:
    tab = tab_of(*FORMS)
    tab.decide(K1, "accept")
    first = tab.read()
    tab.rows.remove(tab.row(K1))
    second = tab.read(TUESDAY)
    assert (second.decisions, second.matters) == (first.decisions, first.matters)
    assert K1 not in second.rows


def test_no_tab_at_all() -> None:
    tab = tab_of("sign-on")
    tab.decide(K0, "accept")
    tab.read()
    decided = read_decisions(None, tab.matters, tab.decisions, TUESDAY)
    assert (decided.matters, decided.decisions) == (tab.matters, tab.decisions)
    assert (dict(decided.rows), decided.problems, decided.accident) == ({}, (), False)


def test_decisions_are_numbered_through_all_runs() -> None:
    tab = tab_of(*FORMS)
    for key in (K3, K0):
        tab.decide(key, "accept")
    tab.read()
    tab.decide(K2, "ask them")
    tab.read(TUESDAY)
    assert [d.number for d in tab.decisions] == [1, 2, 3]


# --- the pair ---------------------------------------------------------------------------------


@pytest.mark.parametrize("other", ["River Watch!", "river watch", "", None, "Nobody's name"])
def test_a_decision_beside_another_organisation_is_not_obeyed(other: Scalar) -> None:
    tab = tab_of(*FORMS)
    tab.decide(K0, "accept")
    tab.decide(K1, "accept")
    tab.row(K0)[ORGANISATION] = other
    decided = tab.read()
    assert tab.words() == {K1: "accept"}
    [problem] = decided.problems
    assert (problem.tab, problem.row, problem.column, problem.found) == ("To decide", 2, "Key", K0)
    assert "not the pair" in problem.problem
    assert "“River Watch”" in problem.remedy
    assert K0 not in decided.rows
    assert not decided.accident
    tab.row(K0)[ORGANISATION] = "River Watch"
    assert tab.read(TUESDAY).problems == ()
    assert tab.words() == {K0: "accept", K1: "accept"}


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("  River Watch ", "River Watch"),
        ("River\r\nWatch", "River\nWatch"),
        ("River\x0bWatch", "RiverWatch"),
        ("River\u00a0Watch", "River Watch"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("bad \ud800 half", "bad \ufffd half"),
        ("350", 350),
        ("350", 350.0),
        ("x" * 40_000, "x" * 31_993 + "… (cut)"),
        ("🌳" * 20_000, "🌳" * 15_996 + "… (cut)"),
        ("_x0041_", "_x005F_x0041_"),
    ],
    ids=lambda value: f"{str(value)[:9]!a}{len(str(value))}",
)
def test_what_a_workbook_made_of_a_name_is_still_that_name(name: str, cell: Scalar) -> None:
    tab = tab_of("sign-on")
    tab.matters = (replace(tab.matters[0], organisation=name),)
    tab.row(K0)[ORGANISATION] = cell
    tab.decide(K0, "accept")
    assert tab.read().problems == ()
    assert tab.words() == {K0: "accept"}


def test_a_key_that_stands_in_two_rows_is_obeyed_in_neither() -> None:
    tab = tab_of(*FORMS)
    tab.decide(K0, "accept")
    tab.rows.append(list(tab.row(K0)))
    tab.rows[-1][DECISION] = "not accepted"
    tab.decide(K1, "accept")
    decided = tab.read()
    assert tab.words() == {K1: "accept"}
    assert [(p.row, p.found) for p in decided.problems] == [(2, K0), (7, K0)]
    assert {p.problem for p in decided.problems} == {
        "This key stands in two rows, so neither is obeyed."
    }
    assert K0 not in decided.rows


def test_a_key_that_was_never_written_is_not_obeyed() -> None:
    tab = tab_of("sign-on")
    tab.rows.append(["s-made-up", None, "Tree Club", *[None] * 7, "accept", "Ana", None])
    tab.rows.append([None, None, "Bike Union", *[None] * 7, "accept", "Ana", None])
    decided = tab.read()
    assert tab.decisions == ()
    assert [(p.row, p.column, p.found) for p in decided.problems] == [
        (3, "Key", "s-made-up"),
        (4, "Key", ""),
    ]
    assert all("Changes" in p.remedy for p in decided.problems)


def test_rows_that_people_put_between_are_theirs() -> None:
    tab = tab_of(*FORMS)
    tab.decide(K3, "accept")
    blank: Cells = [None] * len(TITLES)
    remark: Cells = [None, None, "ask the board on Friday", *[None] * 8, "Ana", "me too"]
    tab.rows[1:1] = [blank, remark]
    decided = tab.read()
    assert (decided.problems, tab.words()) == ((), {K3: "accept"})
    assert decided.rows[K3].number == 7


def test_sorted_whole_rows_are_obeyed() -> None:
    tab = tab_of(*FORMS)
    tab.decide(K3, "accept")
    tab.decide(K1, "not accepted")
    tab.read()
    tab.decide(K0, "ask them")
    for column in range(len(TITLES)):
        tab.rows.sort(key=lambda row, at=column: str(row[at]), reverse=True)  # type: ignore[misc]
        decided = tab.read(TUESDAY)
        assert (decided.problems, decided.accident) == ((), False)
    assert tab.words() == {K0: "ask them", K1: "not accepted", K3: "accept"}
    assert len(tab.decisions) == 3


def test_columns_are_found_by_title_in_any_order() -> None:
    tab = tab_of(*FORMS)
    tab.decide(K2, "accept", "Ana", "yes")
    order = list(range(len(TITLES)))[::-1]
    tab.header = ("Ours", *(TITLES[i].upper() for i in order))
    tab.rows = [["own", *(row[i] for i in order)] for row in tab.rows]
    assert tab.read().problems == ()
    assert tab.words() == {K2: "accept"}
    assert tab.decisions[0].note == "yes"


@pytest.mark.parametrize("title", ["Key", "Organisation", "Decision"])
def test_a_lost_column_stops_the_run(title: str) -> None:
    tab = tab_of("sign-on")
    tab.title = "Zu entscheiden"
    tab.header = tuple("?" if t == title else t for t in TITLES)
    with pytest.raises(BadData) as stopped:
        tab.read()
    assert title in stopped.value.what
    assert stopped.value.where == "Zu entscheiden"
    assert "results.previous.xlsx" in stopped.value.remedy
    assert "Version history" in stopped.value.remedy
    with pytest.raises(BadData):
        rows_of(tab.raw())


@pytest.mark.parametrize("title", ["Since", "Why", "Evidence", "Status", "Decided by", "Note"])
def test_another_lost_column_costs_no_decision(title: str) -> None:
    tab = tab_of(*FORMS)
    tab.header = tuple("" if t == title else t for t in TITLES)
    tab.decide(K1, "accept")
    assert not tab.read().accident
    assert tab.words() == {K1: "accept"}


# --- half of the columns sorted ---------------------------------------------------------------

HALVES = {
    "Key and Since": (KEY, SINCE),
    "Key": (KEY, KEY),
    "Key to Organisation": (KEY, ORGANISATION),
    "Organisation": (ORGANISATION, ORGANISATION),
    "Organisation to Why": (ORGANISATION, WHY),
    "Since to Evidence": (SINCE, EVIDENCE),
    "What is it to Why": (WHAT, WHY),
    "Evidence": (EVIDENCE, EVIDENCE),
    "Key to Why": (KEY, WHY),
    "all of Weaver's": (KEY, len(OURS) - 1),
}
"""Sorts of Weaver's columns without people's, which show before anything was read."""


def assert_nothing_happened(tab: Tab, before: Tab, decided: Decided) -> None:
    assert decided.accident
    assert (decided.decisions, decided.matters) == (before.decisions, before.matters)
    told = [p for p in decided.problems if "sorted or pasted without the others" in p.problem]
    assert [(p.tab, p.row) for p in told] == [(tab.title, 0)]
    assert "results.previous.xlsx" in told[0].remedy


def copied(tab: Tab) -> Tab:
    return Tab([list(row) for row in tab.rows], tab.matters, tab.decisions)


@pytest.mark.parametrize("half", [name for name in HALVES if name != "all of Weaver's"])
@pytest.mark.parametrize("recorded", [True, False], ids=["after", "before"])
def test_half_of_weavers_columns_sorted(half: str, recorded: bool) -> None:
    tab = tab_of(*FORMS)
    tab.decide(K0, "accept", "Ana", "one")
    tab.decide(K1, "not accepted", "Bo", "two")
    tab.decide(K3, "ask them", "Chi", "three")
    if recorded:
        tab.read()
    before = copied(tab)
    tab.sort(*HALVES[half])
    assert tab.rows != before.rows
    tab.decide(tab.rows[4][KEY], "withdraw", "Eva", "typed since")  # type: ignore[arg-type]
    for day in (TUESDAY, FRIDAY):
        assert_nothing_happened(tab, before, tab.read(day))
    # the sort is undone: all that people typed is obeyed
    typed = tab.rows[4][DECISION : NOTE + 1]
    tab.rows = before.rows
    tab.rows[4][DECISION : NOTE + 1] = typed
    assert not tab.read(FRIDAY).accident
    words = {K0: "accept", K1: "not accepted", K3: "ask them"}
    assert tab.words() == words | {K4: "withdraw"}


PEOPLES = {
    "Decision to Note": (DECISION, NOTE),
    "Decision": (DECISION, DECISION),
    "Decision and Decided by": (DECISION, BY),
}


@pytest.mark.parametrize("half", PEOPLES)
def test_peoples_columns_sorted_after_they_were_read(half: str) -> None:
    tab = tab_of(*FORMS)
    tab.decide(K0, "accept", "Ana", "one")
    tab.decide(K1, "not accepted", "Bo", "two")
    tab.decide(K4, "ask them", "Chi", "three")
    tab.read()
    before = copied(tab)
    tab.sort(*PEOPLES[half])
    assert tab.rows != before.rows
    for day in (TUESDAY, FRIDAY):
        assert_nothing_happened(tab, before, tab.read(day))
    assert tab.words() == {K0: "accept", K1: "not accepted", K4: "ask them"}


@pytest.mark.parametrize("half", ["all of Weaver's"])
def test_weavers_columns_sorted_away_from_peoples_after_they_were_read(half: str) -> None:
    tab = tab_of(*FORMS)
    tab.decide(K0, "accept", "Ana", "one")
    tab.decide(K1, "not accepted", "Bo", "two")
    tab.read()
    before = copied(tab)
    tab.sort(*HALVES[half])
    assert_nothing_happened(tab, before, tab.read(TUESDAY))


@pytest.mark.parametrize("half", HALVES)
def test_half_of_weavers_columns_sorted_where_nothing_is_decided(half: str) -> None:
    tab = tab_of(*FORMS)
    tab.sort(*HALVES[half])
    decided = tab.read()
    assert tab.decisions == ()
    if half != "all of Weaver's":  # those are whole rows: nobody typed anything beside them
        assert decided.accident


def test_two_matters_of_one_organisation_whose_keys_were_swapped() -> None:
    tab = tab_of("sign-on", "listing")
    tab.matters = tuple(replace(m, organisation="River Watch") for m in tab.matters)
    for row in tab.rows:
        row[ORGANISATION] = "River Watch"
    tab.decide(K0, "accept")
    before = copied(tab)
    tab.rows[0][KEY], tab.rows[1][KEY] = K1, K0
    assert_nothing_happened(tab, before, tab.read())


@pytest.mark.parametrize("half", [*HALVES, *PEOPLES])
@hypothesis_settings(max_examples=12)
@given(chance=st.randoms(use_true_random=False), size=st.integers(2, 6), data=st.data())
def test_no_torn_tab_ever_yields_a_decision(
    half: str, chance: random.Random, size: int, data: st.DataObject
) -> None:
    """Rotated by any number of rows, as when a block is pasted a few rows further down."""
    tab = tab_of(*["sign-on"] * size)
    for number, word in enumerate(chance.sample(ALLOWED["sign-on"][:5], min(size, 5))):
        tab.decide(key_of(number), word, f"person {number}", f"note {number}")
    tab.read()
    before = copied(tab)
    first, last = {**HALVES, **PEOPLES}[half]
    by = data.draw(st.integers(1, size - 1))
    parts = [row[first : last + 1] for row in tab.rows]
    for row, part in zip(tab.rows, [*parts[by:], *parts[:by]], strict=True):
        row[first : last + 1] = part
    assert_nothing_happened(tab, before, tab.read(TUESDAY))


# --- no accident ------------------------------------------------------------------------------


def settled_tab(words: Sequence[str] = ("accept", "ask them", "ask them", "accept", "")) -> Tab:
    tab = tab_of(*["sign-on"] * len(words))
    for number, word in enumerate(words):
        if word:
            tab.decide(key_of(number), word)
    tab.read()
    return tab


@pytest.mark.parametrize("word", ["accept", "not accepted", "undo", "ask them"])
def test_one_word_filled_down_over_all_rows_is_no_accident(word: str) -> None:
    tab = settled_tab()
    for row in tab.rows:
        row[DECISION : NOTE + 1] = [word, "Bo", "at the meeting"]
    decided = tab.read(TUESDAY)
    assert (decided.accident, decided.problems) == (False, ())
    assert tab.words() == ({} if word == "undo" else {row[KEY]: word for row in tab.rows})


def test_one_row_copied_down_is_no_accident() -> None:
    tab = settled_tab()
    for row in tab.rows[1:]:
        row[DECISION : NOTE + 1] = tab.rows[0][DECISION : NOTE + 1]
    assert not tab.read(TUESDAY).accident
    assert set(tab.words().values()) == {"accept"}


@pytest.mark.parametrize("word", ["accept", "not accepted", "undo", "ask them", "", "withdraw"])
def test_changing_one_decision_is_no_accident(word: str) -> None:
    for number in range(5):
        tab = settled_tab()
        tab.decide(key_of(number), word or None)
        decided = tab.read(TUESDAY)
        assert (decided.accident, decided.problems) == (False, ())


def test_one_decision_moved_to_its_right_row_is_no_accident() -> None:
    tab = settled_tab(("accept", "", ""))
    tab.decide(K0, "undo")
    tab.decide(K1, "accept")
    assert not tab.read(TUESDAY).accident
    assert tab.words() == {K1: "accept"}


def test_all_that_was_open_decided_at_once_is_no_accident() -> None:
    tab = settled_tab(("ask them", "ask them", "ask them", "", ""))
    for key, word in zip((K0, K1, K2, K3, K4), ("accept", "not accepted") * 3, strict=False):
        tab.decide(key, word)
    assert not tab.read(TUESDAY).accident
    assert len(tab.words()) == 5


def test_some_taken_back_while_others_are_accepted_is_no_accident() -> None:
    """Not every old answer stands somewhere else, as it would after a sort."""
    tab = settled_tab(("accept", "accept", "ask them", "ask them", "ask them"))
    for key, word in zip((K0, K1, K2, K3, K4), ("undo", "undo", *["accept"] * 3), strict=True):
        tab.decide(key, word)
    assert not tab.read(TUESDAY).accident
    assert tab.words() == {K2: "accept", K3: "accept", K4: "accept"}


def test_decisions_exchanged_on_purpose_are_obeyed_once_a_note_says_so() -> None:
    tab = settled_tab(("accept", "not accepted", ""))
    before = copied(tab)
    tab.decide(K0, "not accepted")
    tab.decide(K1, "accept")
    decided = tab.read(TUESDAY)
    assert_nothing_happened(tab, before, decided)
    assert "exchanged on purpose" in decided.problems[-1].remedy
    tab.decide(K0, "not accepted", note="I had mixed them up")
    tab.decide(K1, "accept", note="I had mixed them up")
    assert not tab.read(FRIDAY).accident
    assert tab.words() == {K0: "not accepted", K1: "accept"}


def test_weavers_cells_that_people_wrote_over_are_no_accident() -> None:
    tab = settled_tab()
    tab.decide(K4, "accept")
    for row in tab.rows:
        row[WHY], row[EVIDENCE] = "my own words", None
    decided = tab.read(TUESDAY)
    assert (decided.accident, tab.words()[K4]) == (False, "accept")


def test_a_why_filled_down_is_no_accident() -> None:
    tab = settled_tab()
    tab.decide(K4, "accept")
    for row in tab.rows:
        row[WHY] = tab.rows[0][WHY]
    assert not tab.read(TUESDAY).accident
    assert tab.words()[K4] == "accept"


def test_a_run_that_was_killed_before_it_wrote_the_tab_is_no_accident() -> None:
    """The store remembers new cells, and the tab still shows the old ones."""
    tab = tab_of(*FORMS)
    for row in tab.rows:
        row[EVIDENCE] = "same website"
    ours = [row[: len(OURS)] for row in tab.rows]
    for cells in ours[:3]:
        cells[EVIDENCE] = ""
    written = [written_hashes(cells) for cells in ours]
    tab.matters = tuple(replace(m, written=w) for m, w in zip(tab.matters, written, strict=True))
    tab.decide(K1, "accept")
    decided = tab.read()
    assert (decided.accident, decided.problems, tab.words()) == (False, (), {K1: "accept"})


def test_matters_of_a_store_that_never_wrote_them_are_no_accident() -> None:
    tab = tab_of(*FORMS)
    tab.matters = tuple(replace(matter, written=()) for matter in tab.matters)
    tab.decide(K1, "accept")
    assert not tab.read().accident
    assert tab.words() == {K1: "accept"}


def test_several_matters_of_one_organisation_are_no_accident() -> None:
    tab = tab_of("sign-on", "listing", "sign-on", "same")
    tab.matters = tuple(replace(m, organisation="River Watch") for m in tab.matters)
    for row in tab.rows:
        row[ORGANISATION] = "River Watch"
    tab.decide(K1, "list")
    tab.rows.reverse()
    assert not tab.read().accident
    assert tab.words() == {K1: "list"}


# --- the newest that isn't undone -------------------------------------------------------------


def test_what_holds_on_a_day() -> None:
    def said(number: int, word: str, on: dt.date, undone: dt.date | None = None) -> DecisionRecord:
        return DecisionRecord(number, "s-1", word, "Ana", "", on, "f", undone)

    story = [
        said(3, "withdraw", FRIDAY),
        said(1, "accept", MONDAY),
        said(2, "ask them", MONDAY, TUESDAY),
    ]
    days = [dt.date(2026, 5, 31), MONDAY, TUESDAY, FRIDAY]
    found = [{key: d.word for key, d in active(story, day).items()} for day in days]
    assert found == [{}, {"s-1": "ask them"}, {"s-1": "accept"}, {"s-1": "withdraw"}]


_typed = st.sampled_from(["accept", "not accepted", "ask them", "undo", "", "acept", "list"])


@hypothesis_settings(max_examples=40)
@given(st.lists(st.lists(_typed, min_size=3, max_size=3), max_size=4),
       st.randoms(use_true_random=False))  # fmt: skip
def test_typed_sorted_inserted_and_read_again(days: list[list[str]], chance: random.Random) -> None:
    """Against the plainest model: per row, the last good word since the last undo."""
    tab = tab_of("sign-on", "sign-on", "sign-on")
    keys = [key_of(number) for number in range(3)]
    model: dict[str, str] = {}
    read = dict.fromkeys(keys, "")
    for day, words in enumerate(days):
        for key, word in zip(keys, words, strict=True):
            tab.decide(key, word, f"{key} on day {day}")
            good = word in ALLOWED["sign-on"]
            if good and word != "undo":
                model[key] = word
            elif word == "undo":
                model.pop(key, None)
            read[key] = word
        chance.shuffle(tab.rows)
        tab.rows.insert(chance.randint(0, len(tab.rows)), [None] * len(TITLES))
        decided = tab.read(MONDAY)
        assert not decided.accident
        assert tab.words() == model
        misses = sum(word in ("acept", "list") for word in words)
        assert len(decided.problems) == misses
        before = tab.decisions
        chance.shuffle(tab.rows)
        assert tab.read(TUESDAY).decisions == before
