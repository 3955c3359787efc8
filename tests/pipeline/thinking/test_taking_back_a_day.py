"""Yesterday's bulk of decisions is taken back in one go, by a row in Changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pipeline.changes import in_force
from pipeline.decisions import active
from pipeline.explaining import explain

NAMES = tuple(f"{what} {kind}" for what in ("River", "Lake", "Hill", "Moor", "Fen", "Oak")
              for kind in ("Watch", "Guild"))  # fmt: skip
NINE = dt.datetime(2026, 3, 6, 9)  # noqa: DTZ001 - a spreadsheet's moments have no zone


def fill_down(coalition, word, by="Ana", note=None):
    """The word typed down the whole column."""
    tab = coalition.tabs["To decide"]
    at = [tab.header.index(title) for title in ("Decision", "Decided by", "Note")]
    rows = [list(row) for row in tab.rows]
    for row in rows:
        for place, text in zip(at, (word, by, note), strict=True):
            row[place] = text
    coalition.tabs["To decide"] = replace(tab, rows=rows)


def typed(coalition):
    tab = coalition.tabs["To decide"]
    at = tab.header.index("Decision")
    return [(row[0], *row[at : at + 3]) for row in tab.rows]


def to_decide_says(coalition):
    tab = coalition.tabs["Start"]
    (row,) = [dict(zip(tab.header, row, strict=True)) for row in tab.rows if row[0] == "To decide"]
    return row["What to do now"]


@pytest.fixture(scope="module")
def filled_before(found_coalition):
    """Twelve members; one was told not to be listed, and then “list” was typed down the column."""
    ours = found_coalition()
    for name in NAMES:
        ours.form(name)
    ours.run("2026-03-04")
    ours.decide("Oak Guild", "don't list", by="Cleo", note="they asked us to wait")
    ours.run("2026-03-05")
    fill_down(ours, "list")
    ours.run("2026-03-06")
    assert ours.listed() == set(NAMES)
    return ours


@pytest.fixture
def filled(filled_before):
    return filled_before.copy()


@pytest.mark.parametrize("name", ["all decisions", "All", "EVERYTHING", "*", " All Decisions! "])
@pytest.mark.parametrize("day", ["2026-03-06", dt.date(2026, 3, 6), NINE, " 2026-03-06 "])
def test_all_of_it_is_taken_back_and_the_cells_stay(filled, name, day):
    before = typed(filled)
    filled.change(name, "Undo", day)
    filled.run("2026-03-07")
    assert filled.listed() == set()
    assert filled.cells("Changes", "Answer") == ["Took back 12 decisions (read on 2026-03-06)."]
    assert [str(d) for d in filled.cells("Changes", "Done")] == ["2026-03-07"]
    assert not filled.result.problems
    assert typed(filled) == before
    assert filled.result.today not in {d.read_on for d in filled.known.decisions}


def test_each_row_says_what_was_taken_back(filled):
    filled.change("all decisions", "undo", "2026-03-06")
    filled.run("2026-03-07")
    for name in set(NAMES) - {"Oak Guild"}:
        matter = filled.matter(name)
        assert (matter.status, matter.open) == ("reopened", True)
        assert matter.evidence.startswith(
            "Earlier answer “list” (Ana, 2026-03-06) was taken back on 2026-03-07; to give it "
            "again change the Note."
        )


def test_what_was_decided_before_that_day_holds_again(filled):
    filled.change("all decisions", "undo", "2026-03-06")
    filled.run("2026-03-07")
    matter = filled.matter("Oak Guild")
    assert matter.status == "settled"
    assert "“don't list” (Cleo, 2026-03-05) holds again." in matter.evidence
    assert filled.who("Oak Guild")["why_not"] == "Cleo decided “don't list” on 2026-03-05"
    story = " ".join(explain(filled.result, "Oak Guild")["story"])
    assert "It replaced “don't list” (Cleo, 2026-03-05). It was taken back on 2026-03-07." in story


def test_it_is_done_once_and_the_old_word_is_never_read_again(filled):
    filled.change("all decisions", "undo", "2026-03-06")
    filled.run("2026-03-07")
    known, tabs = filled.known, {t: tab.rows for t, tab in filled.tabs.items()}
    filled.run("2026-03-07")
    assert (filled.known, {t: tab.rows for t, tab in filled.tabs.items()}) == (known, tabs)
    filled.run("2026-03-08")
    assert filled.listed() == set()
    assert filled.known.decisions == known.decisions


def test_a_new_note_gives_it_again(filled):
    filled.change("all decisions", "undo", "2026-03-06")
    filled.run("2026-03-07")
    filled.decide("River Watch", "list", by="Ana", note="this one was right")
    filled.decide("Lake Guild", "don't list", by="Ben")
    filled.run("2026-03-08")
    assert filled.listed() == {"River Watch"}
    assert filled.matter("Lake Guild").status == "settled"
    assert "taken back" not in filled.matter("River Watch").evidence


def test_what_is_typed_along_with_it_holds(filled):
    filled.change("all decisions", "undo", "2026-03-06")
    filled.decide("River Watch", "list", by="Ana", note="but this one")
    filled.change("Moor Guild", "hide now")
    filled.run("2026-03-06")
    assert filled.listed() == {"River Watch"}
    assert [c.undone_on for c in filled.known.changes if c.change == "hide now"] == [None]


def test_on_the_same_day_a_further_run_takes_back_nothing_more(filled):
    filled.change("all decisions", "undo", "2026-03-06")
    filled.run("2026-03-06")
    filled.decide("River Watch", "list", by="Ana", note="this one was right")
    filled.run("2026-03-06")
    filled.run("2026-03-06")
    assert filled.listed() == {"River Watch"}


def test_changes_of_that_day_are_taken_back_too(filled):
    filled.change("Lake Guild", "hide now")
    filled.change("River Watch", "show as", "RIVER WATCH")
    filled.run("2026-03-06")
    filled.change("Hill Guild", "withdraw")
    filled.run("2026-03-07")
    filled.change("all decisions", "undo", "2026-03-06")
    filled.run("2026-03-08")
    answers = filled.cells("Changes", "Answer")
    assert answers[:2] == ["Taken back on 2026-03-08."] * 2
    assert answers[2].startswith("Withdrawn")
    assert answers[3] == "Took back 12 decisions and 2 changes (read on 2026-03-06)."
    assert filled.standing("Hill Guild") == "withdrawn"


class TestOnesOwn:
    @pytest.fixture
    def mixed(self, filled):
        filled.decide("River Watch", "don't list", by="Ben")
        filled.decide("Lake Guild", "don't list", by="Ben; Cleo")
        filled.run("2026-03-06")
        return filled

    @pytest.mark.parametrize("value", ["2026-03-06 Ben", "2026-03-06: ben", "2026-03-06 (BEN)"])
    def test_only_that_persons(self, mixed, value):
        mixed.change("all decisions", "undo", value)
        mixed.run("2026-03-07")
        assert mixed.listed() == set(NAMES)
        assert mixed.cells("Changes", "Answer") == ["Took back 2 decisions (read on 2026-03-06)."]

    def test_the_others_stay(self, mixed):
        mixed.change("all decisions", "undo", "2026-03-06 Ana")
        mixed.run("2026-03-07")
        assert mixed.listed() == set()
        why = {name: mixed.who(name)["why_not"] for name in ("River Watch", "Lake Guild")}
        assert why["River Watch"] == "Ben decided “don't list” on 2026-03-06"
        assert why["Lake Guild"].startswith("Ben; Cleo")

    def test_a_name_that_nobody_has_is_to_fix(self, mixed):
        mixed.change("all decisions", "undo", "2026-03-06 Bem")
        mixed.run("2026-03-07")
        (problem,) = mixed.result.problems
        assert (problem.tab, problem.column) == ("Changes", "New value")
        assert problem.remedy.startswith("Did you mean “Ben”?")
        assert len(mixed.listed()) == 10


@pytest.mark.parametrize(
    ("value", "by", "column"),
    [("", "Ben", "New value"), ("yesterday", "Ben", "New value"), (46000, "Ben", "New value"),
     (True, "Ben", "New value"), ("2026-02-30", "Ben", "New value"), ("=A1", "Ben", "New value"),
     ("2027-01-01", "Ben", "New value"), ("2026-03-01", "Ben", "New value"),
     ("x" * 50_000, "Ben", "New value"), ("2026-03-06" + " x" * 25_000, "Ben", "New value"),
     ("2026-03-06", " ", "Entered by")],
)  # fmt: skip
def test_what_makes_no_sense_is_to_fix_and_takes_nothing_back(filled, value, by, column):
    filled.change("all decisions", "undo", value, by=by)
    filled.run("2026-03-07")
    (problem,) = filled.result.problems
    assert (problem.tab, problem.row, problem.column) == ("Changes", 2, column)
    assert filled.cells("Changes", "Answer") == [f"{problem.problem} {problem.remedy}"]
    assert filled.listed() == set(NAMES)
    assert filled.known.changes == ()


def test_it_works_at_once_or_not_at_all(filled):
    filled.change("all decisions", "undo", "2026-03-06", date="2026-03-20")
    filled.run("2026-03-07")
    assert [p.column for p in filled.result.problems] == ["Date"]
    assert filled.listed() == set(NAMES)


def test_a_second_row_finds_nothing_left(filled):
    for _ in range(2):
        filled.change("all decisions", "undo", "2026-03-06")
    filled.run("2026-03-07")
    assert filled.cells("Changes", "Answer")[1] == "There was nothing to take back."
    assert not filled.result.problems


def test_only_undo_is_about_all_decisions(filled):
    filled.change("all decisions", "withdraw")
    filled.run("2026-03-07")
    assert [p.column for p in filled.result.problems] == ["Organisation"]


def test_an_organisation_of_such_a_name_is_an_organisation(filled):
    filled.form("Everything", "2026-03-06")
    filled.run("2026-03-06")
    filled.change("Everything", "hide now")
    filled.run("2026-03-07")
    filled.change("Everything", "undo", "2026-03-06")
    filled.run("2026-03-08")
    assert filled.listed() == set(NAMES)
    assert filled.cells("Changes", "Answer")[-1] == "Took back “hide now”."


class TestWithAListOfDeciders:
    @pytest.fixture
    def strict(self, filled):
        listed = [{"name": "Ana", "employer": "River Watch"}, {"name": "Ben"}]
        whole = filled.settings.model_dump() | {"deciders": listed}
        filled.settings = type(filled.settings).model_validate(whole)
        return filled

    def test_only_they_can(self, strict):
        strict.change("all decisions", "undo", "2026-03-06", by="Zoe")
        strict.run("2026-03-07")
        assert strict.listed() == set(NAMES)
        assert [p.column for p in strict.result.problems] == ["Entered by"]

    def test_but_not_on_their_employer(self, strict):
        strict.change("all decisions", "undo", "2026-03-06", by="Ana")
        strict.run("2026-03-07")
        assert strict.listed() == {"River Watch"}
        (answer,) = strict.cells("Changes", "Answer")
        assert answer == (
            "Took back 11 decisions (read on 2026-03-06); 1 about the organisation that you work "
            "for stay; somebody else has to take them back."
        )
        strict.change("all decisions", "undo", "2026-03-06", by="Ben")
        strict.run("2026-03-08")
        assert strict.listed() == set()


def test_a_joining_of_two_is_parted_again(found_coalition):
    ours = found_coalition()
    ours.form("River Watch", website="https://w.example.org", email="a@w.example.org")
    ours.form("Brook Brigade", website="https://w.example.org", email="b@w.example.org")
    ours.run("2026-03-04")
    (pair,) = [m for m in ours.matters() if m.kind == "same"]
    ours.decide(pair.organisation, "same", what="same")
    ours.run("2026-03-05")
    assert len(ours.members()) == 1
    ours.change("all decisions", "undo", "2026-03-05")
    ours.run("2026-03-06")
    assert len(ours.members()) == 2
    (again,) = [m for m in ours.matters() if m.kind == "same"]
    assert again.status == "reopened"


class TestStartSaysHow:
    def test_when_ten_or_more_were_read_at_once(self, filled):
        assert to_decide_says(filled) == (
            "nothing waits. 12 decisions were read on 2026-03-06; to take them all back, add a "
            "row to Changes: Organisation “all decisions”, Change “undo”, New value “2026-03-06”, "
            "and your name"
        )

    def test_for_a_week_and_until_it_was_done(self, filled):
        filled.run("2026-03-12")
        assert "take them all back" in to_decide_says(filled)
        filled.run("2026-03-13")
        assert to_decide_says(filled) == "nothing waits"

    def test_no_more_once_they_are_taken_back(self, filled):
        filled.change("all decisions", "undo", "2026-03-06")
        filled.run("2026-03-07")
        assert to_decide_says(filled) == "11 waiting for a decision"

    def test_not_for_fewer(self, found_coalition):
        ours = found_coalition()
        for name in NAMES[:9]:
            ours.form(name)
        ours.run("2026-03-04")
        fill_down(ours, "list")
        ours.run("2026-03-05")
        assert to_decide_says(ours) == "nothing waits"


WORDS = ("list", "don't list", "undo", "accept", "nonsense", "")
EVENTS = st.one_of(
    st.tuples(st.just("word"), st.integers(0, 3), st.sampled_from(WORDS),
              st.sampled_from(("Ana", "Ben", ""))),
    st.tuples(st.just("column"), st.sampled_from(WORDS), st.sampled_from(("Ana", "Ben"))),
    st.tuples(st.just("back"), st.integers(0, 5), st.sampled_from(("", " Ana", " Zoe"))),
    st.tuples(st.just("change"), st.integers(0, 3),
              st.sampled_from(("hide now", "undo", "show as", "suspend"))),
)  # fmt: skip
DAYS = [f"2026-03-{day:02d}" for day in range(5, 11)]


def happen(ours, event, number):
    kind, *what = event
    if kind == "word":
        return ours.decide(NAMES[what[0]], what[1], by=what[2], note=f"note {number}")
    if kind == "column":
        return fill_down(ours, *what)
    if kind == "back":
        return ours.change("all decisions", "undo", DAYS[what[0]] + what[1])
    return ours.change(NAMES[what[0]], what[1], f"{NAMES[what[0]]} {number}", by="Ana; Ben")


@pytest.fixture(scope="module")
def four(found_coalition):
    """Four members that wait to be listed."""
    ours = found_coalition()
    for name in NAMES[:4]:
        ours.form(name)
    ours.run("2026-03-04")
    return ours


def holding(known, day):
    """What holds on that day, by what is remembered."""
    given = {key: d.number for key, d in active(known.decisions, day).items()}
    return given, [c.id for c in in_force(known.changes, day)]


@hypothesis_settings(max_examples=7, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(EVENTS, max_size=4), min_size=2, max_size=6))
def test_every_past_day_is_told_as_it_was_lived(four, story):
    """Typed, undone and taken back in any order: what held on a day is never rewritten later."""
    ours = four.copy()
    lived = {}
    for day, events in zip(DAYS, story, strict=False):
        for number, event in enumerate(events):
            if event[0] == "change":
                shown = {str(n) for n in ours.result.organisations["name"]}
                if NAMES[event[1]] not in shown:
                    continue
            if event[0] == "word" and NAMES[event[1]] not in ours.cells(
                "To decide", "Organisation"
            ):
                continue
            happen(ours, event, number)
        ours.run(day)
        listed = {ours.id(name) for name in ours.listed()}
        lived[ours.result.today] = (holding(ours.known, ours.result.today), listed)
    for day, (held, listed) in lived.items():
        assert holding(ours.known, day) == held
        assert ours.result.facts.listed(day) == listed, day
        past = ours.think(day.isoformat(), past=True)
        assert past.facts.listed(day) == listed, day
