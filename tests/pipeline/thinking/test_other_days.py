"""Views are recomputed: an earlier day looks as it looked then, and no order of rows matters."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.statement import Point, Statement, Version
from pipeline.letters import letter_key, lines

DAYS = tuple(f"2026-03-{day:02d}" for day in range(2, 14))
NAMES = ("River Watch", "Lake Guild", "Hill Trust", "Moor Circle")
FORMS = (
    {},
    {"list_us": "No"},
    {"authorised": "No"},
    {"reservations": "except for clause two"},
    {"request": "Withdraw"},
    {"request": "Correct", "list_us": "No"},
    {"email": "stranger@mail.example.org"},
    {"email": "stranger@mail.example.org", "list_us": "No"},
    {"email": "stranger@mail.example.org", "request": "Withdraw"},
    {"joins_as": "funder"},
)
WORDS = ("accept", "accept and list", "not accepted", "ask them", "withdraw", "keep", "list",
         "don't list", "undo")  # fmt: skip
CHANGES = ("withdraw", "hide now", "suspend", "remove", "undo")
PEACE = Point(id="peace", text="We act peacefully.")
LIVELY = (
    Statement(
        "main",
        (
            Version(version="1", state="adopted", adopted_on=dt.date(2026, 1, 1),
                    principles=(PEACE,)),
            Version(version="2", state="adopted", adopted_on=dt.date(2026, 3, 4),
                    principles=(PEACE,), silence="leaves", reconfirm_by=dt.date(2026, 3, 5)),
        ),
    ),
    Statement(
        "ministers",
        (Version(version="1", state="adopted", adopted_on=dt.date(2026, 2, 1),
                 closes=dt.date(2026, 3, 5)),),
    ),
)  # fmt: skip
"""A statement whose second version is to be confirmed within two days, and a letter that closes."""


@pytest.fixture
def lively(found_coalition):
    """Builds a coalition with two versions of its statement and a letter beside it."""

    def build():
        ours = found_coalition(
            verified=True,
            form=[{"email_verified": True},
                  {"statement": "ministers", "file": "m.csv", "email_verified": True}],
        )  # fmt: skip
        ours.statements = LIVELY
        ours.letter_forms["ministers"] = []
        return ours

    return build


def events():
    """A day's event: a form, a word on some row of To decide, a change, or a lapse decided."""
    return st.one_of(
        st.tuples(st.just("letter"), st.sampled_from(NAMES), st.sampled_from(FORMS)),
        st.tuples(st.just("lapse"), st.just(""), st.just("")),
        st.tuples(st.just("form"), st.sampled_from(NAMES), st.sampled_from(FORMS)),
        st.tuples(st.just("word"), st.integers(0, 20), st.sampled_from(WORDS)),
        st.tuples(st.just("change"), st.sampled_from(NAMES), st.sampled_from(CHANGES)),
    )


def happen(ours, day, event):
    kind, which, what = event
    if kind in ("form", "letter"):
        letter = "ministers" if kind == "letter" else ""
        return ours.form(which, day, letter, **{"website": "", **what})
    if kind == "lapse":
        return ours.tab("Decisions", f"Date | Body | Decision\n{day} | Assembly | Lapse: version 2")
    if kind == "change":
        return ours.change(which, what)
    keys = ours.cells("To decide", "Key") if "To decide" in ours.tabs else []
    if keys:
        ours.decide_row(which % len(keys), what)
    return None


def seen(result):
    """What people would see of that day, in plain values."""
    table = result.organisations
    table = table.loc[table["standing"] != "none"]
    who = {
        row["name"]: (row["standing"], str(row["since"]), row["listed"], row["why_not"])
        for row in table.to_dict("records")
    }
    every = result.every_form
    outcomes = dict(zip(every["key"], every["outcome"], strict=True))
    for letter in result.letters:
        for home, *stands in lines(letter, result.today, result.facts):
            outcomes[letter_key(letter.statement, home)] = stands
    return who, outcomes


def test_every_form_has_one_outcome_and_a_reason_where_it_waits(busy):
    forms = busy.result.forms
    assert set(forms["outcome"]) <= {
        "accepted", "hold", "declined", "withdrawn", "superseded", "test",
    }  # fmt: skip
    assert forms["key"].is_unique
    for form in forms.to_dict("records"):
        assert form["outcome"] in ("accepted", "withdrawn", "superseded") or form["reasons"], form


SMALL = settings(max_examples=4, suppress_health_check=list(HealthCheck))


@SMALL
@given(st.lists(st.lists(events(), max_size=3), min_size=3, max_size=6))
def test_the_past_looks_as_it_looked_then(lively, story):
    ours = lively()
    then = {}
    for day, happened in zip(DAYS, story, strict=False):
        for event in happened:
            happen(ours, day, event)
        then[day] = seen(ours.run(day))
    last = ours.result
    for day, (who, outcomes) in then.items():
        past = seen(ours.think(day, past=True))
        assert past == (who, outcomes), day
        names = {name for name, (standing, *_) in who.items() if standing == "member"}
        listed = {name for name, (_, _, on_list, _) in who.items() if on_list}
        ids = dict(zip(last.organisations["name"], last.organisations["id"], strict=True))
        today = last.today.fromisoformat(day)
        assert {n for n in ids if last.facts.listing(ids[n], today).listed} == listed, day
        assert {
            n for n in ids if last.facts.standing(ids[n], today).standing == "member"
        } == names, day


@SMALL
@given(st.lists(events(), min_size=3, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(lively, story, chance):
    ours = lively()
    for day, event in zip(DAYS, story, strict=False):
        happen(ours, day, event)
        ours.run(day)
    before, matters = seen(ours.result), ours.result.matters
    chance.shuffle(ours.forms)
    chance.shuffle(ours.letter_forms["ministers"])
    again = ours.think(DAYS[len(story) - 1])
    assert seen(again) == before
    assert again.matters == matters


@pytest.fixture(scope="module")
def busy_before(found_coalition):
    """Twelve forms of all kinds, some of them about the same organisation."""
    ours = found_coalition(verified=True)
    for number, answers in enumerate(FORMS):
        ours.form(NAMES[number % 4], DAYS[number], **{"website": "", **answers})
    ours.form("Fen Forum", DAYS[0])
    ours.form("Fen Forum", DAYS[0], email="second@mail.example.org")
    ours.run(DAYS[-1])
    return ours


@pytest.fixture
def busy(busy_before):
    return busy_before.copy()


def test_two_first_looks_at_shuffled_rows_agree(busy, found_coalition):
    other = found_coalition(verified=True)
    other.forms = random.Random(7).sample(busy.forms, len(busy.forms))
    other.run(DAYS[-1])
    assert seen(other.result) == seen(busy.result)
    assert set(other.result.organisations["id"]) == set(busy.result.organisations["id"])
    assert {m.key for m in other.matters()} == {m.key for m in busy.matters()}
    assert other.digest() == busy.digest()


def test_an_unrelated_form_changes_nothing_else(busy):
    who, outcomes = seen(busy.result)
    matters = {matter.key: matter for matter in busy.matters()}
    busy.form("Quite Another Group", DAYS[1])
    result = busy.run(DAYS[-1])
    who_now, outcomes_now = seen(result)
    assert who.items() <= who_now.items()
    assert outcomes.items() <= outcomes_now.items()
    assert {m.key: m for m in busy.matters() if m.key in matters} == matters
    assert len(who_now) == len(who) + 1


def test_running_again_says_the_same_and_remembers_the_same(busy):
    busy.run(DAYS[-1])
    tabs, known = dict(busy.tabs), busy.known
    again = busy.run(DAYS[-1])
    assert {title: tab.rows for title, tab in busy.tabs.items()} == {
        title: tab.rows for title, tab in tabs.items()
    }
    assert busy.known == known
    assert again.ledger.decisions == ()


@pytest.fixture(scope="module")
def history(found_coalition):
    """One joins, one waits, one leaves, one is removed and let back in."""
    ours = found_coalition(verified=True)
    ours.form("River Watch", "2026-03-02")
    ours.form("Lake Guild", "2026-03-02")
    ours.form("Hill Trust", "2026-03-02", authorised="No")
    ours.run("2026-03-04")
    ours.decide("Hill Trust", "accept", what="doubt")
    ours.change("River Watch", "remove", date="2026-03-07")
    ours.run("2026-03-06")
    ours.form("Lake Guild", "2026-03-08", request="Withdraw")
    ours.run("2026-03-09")
    ours.change("River Watch", "undo")
    ours.run("2026-03-10")
    return ours


class TestMembershipsHistory:
    @pytest.fixture
    def told(self, history):
        return history.copy()

    @pytest.mark.parametrize(
        ("day", "members"),
        [
            ("2026-03-01", set()),
            ("2026-03-02", {"River Watch", "Lake Guild"}),
            ("2026-03-05", {"River Watch", "Lake Guild"}),
            ("2026-03-06", {"River Watch", "Lake Guild", "Hill Trust"}),
            ("2026-03-07", {"Lake Guild", "Hill Trust"}),
            ("2026-03-08", {"Hill Trust"}),
            ("2026-03-10", {"River Watch", "Hill Trust"}),
        ],
    )
    def test_is_told_by_one_run(self, told, day, members):
        assert told.members(day) == members

    @pytest.mark.parametrize("day", ["2026-03-04", "2026-03-06", "2026-03-09"])
    def test_is_the_same_asked_for_that_day(self, told, day):
        expected = told.members(day)
        told.result = told.think(day, past=True)
        assert told.members() == expected

    def test_a_form_of_later_is_not_read(self, told):
        told.form("Much Later", "2026-03-20")
        told.result = told.think("2026-03-09", past=True)
        assert "Much Later" not in told.members()
        assert len(told.result.forms) == 4
