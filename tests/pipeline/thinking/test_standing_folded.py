"""Where an organisation stands, folded from dated facts: the newest turn, and every gate shut."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.standing import Fact, Facts

START = dt.date(2026, 3, 1)
KINDS = ("accepted", "held", "declined", "withdrawn", "suspended", "removed", "consent",
         "no consent", "listed", "unlisted", "hidden")  # fmt: skip


def day(number):
    return START + dt.timedelta(days=number)


def facts_from(story):
    """`"accepted 1, suspended 4-6"`: each fact with its first day and the day it ended."""
    found = []
    for number, part in enumerate(filter(None, story.split(", "))):
        kind, _, days = part.rpartition(" ")
        first, _, end = days.partition("-")
        end_day = day(int(end)) if end else None
        found.append(Fact("o-1", kind, day(int(first)), part, end_day, (0, number)))
    return Facts(found)


@pytest.mark.parametrize(
    ("story", "standings"),
    [
        ("", {0: "none"}),
        ("accepted 1", {0: "none", 1: "member", 9: "member"}),
        ("held 1", {1: "pending"}),
        ("held 1-3, accepted 3", {1: "pending", 2: "pending", 3: "member"}),
        ("held 1-3, declined 3", {2: "pending", 3: "declined"}),
        ("declined 1, accepted 4", {3: "declined", 4: "member"}),
        ("accepted 1, held 4", {5: "member"}),
        ("accepted 1, withdrawn 4", {3: "member", 4: "withdrawn"}),
        ("accepted 1, withdrawn 4-6", {5: "withdrawn", 6: "member"}),
        ("accepted 1, withdrawn 4, accepted 8", {7: "withdrawn", 8: "member"}),
        ("accepted 4, withdrawn 4", {4: "withdrawn"}),
        ("withdrawn 4, accepted 4", {4: "member"}),
        ("accepted 1, removed 4, accepted 8", {8: "removed"}),
        ("accepted 1, suspended 4-8, accepted 6", {6: "suspended", 8: "member"}),
        ("accepted 1, suspended 4, removed 6", {5: "suspended", 6: "removed"}),
    ],
)
def test_the_standing_of_a_day(story, standings):
    facts = facts_from(story)
    for at, standing in standings.items():
        assert facts.standing("o-1", day(at)).standing == standing, at


@pytest.mark.parametrize(
    ("story", "gate"),
    [
        ("accepted 1, consent 1, listed 2", ""),
        ("accepted 1, consent 1", "waits"),
        ("accepted 1, no consent 1, listed 2", "consent"),
        ("accepted 1, listed 2", "consent"),
        ("accepted 1, consent 1, listed 2, no consent 3", "consent"),
        ("accepted 1, no consent 1, listed 2, consent 3", ""),
        ("accepted 1, consent 1, listed 2, unlisted 3", "told no"),
        ("accepted 1, consent 1, unlisted 2, listed 3", ""),
        ("accepted 1, consent 1, listed 2, hidden 3", "hidden"),
        ("accepted 1, consent 1, listed 2, hidden 3-5", ""),
        ("accepted 1, consent 1, listed 2, withdrawn 3", "standing"),
        ("accepted 1, consent 1, listed 2, withdrawn 3, accepted 5, consent 5", "waits"),
        ("accepted 1, consent 1, listed 2, withdrawn 3, accepted 5, consent 5, listed 6", ""),
        ("accepted 1, consent 1, listed 2, suspended 3-5", ""),
        ("held 1, consent 1, listed 2", "standing"),
    ],
)
def test_every_gate_has_to_be_open(story, gate):
    listing = facts_from(story).listing("o-1", day(9))
    assert (listing.gate, listing.listed) == (gate, gate == "")
    assert bool(listing.why_not) is not listing.listed


def test_since_is_the_beginning_of_an_unbroken_run():
    facts = facts_from("accepted 1, accepted 3, withdrawn 5, accepted 7, accepted 9")
    assert facts.standing("o-1", day(4)).since == day(1)
    assert facts.standing("o-1", day(9)).since == day(7)
    assert facts.left_on("o-1", day(9)) == day(5)
    assert facts.left_on("o-1", day(4)) is None


def test_who_signs_from_outside_is_no_member():
    facts = Facts([Fact(i, "accepted", day(1), "") for i in ("o-1", "o-2")], outside=["o-2"])
    assert facts.members(day(1)) == {"o-1"}


ANY_FACT = st.builds(
    lambda who, kind, first, length, number: Fact(
        who, kind, day(first), kind, day(first + length) if length else None, (0, number)
    ),
    st.sampled_from(["o-1", "o-2"]), st.sampled_from(KINDS), st.integers(0, 9),
    st.integers(0, 5), st.integers(0, 99),
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(ANY_FACT, max_size=12, unique_by=lambda f: f.order), st.randoms())
def test_whatever_happens(found, chance):
    shuffled = list(found)
    chance.shuffle(shuffled)
    facts, again = Facts(found), Facts(shuffled)
    for at in map(day, range(-1, 16)):
        assert facts.listed(at) == again.listed(at)
        for who in ("o-1", "o-2"):
            standing = facts.standing(who, at)
            assert standing == again.standing(who, at)
            now = {f.kind for f in facts.of(who) if f.holds(at)}
            if facts.listing(who, at).listed:
                assert standing.standing == "member"
                assert {"accepted", "consent", "listed"} <= now
                assert not now & {"hidden", "suspended", "removed"}
            if "removed" in now or "suspended" in now:
                assert standing.standing in ("removed", "suspended")
    days = [day(at) for at in range(-1, 16)]
    assert facts.course(days) == [len(facts.members(at)) for at in days]
    # what comes later changes nothing earlier
    for at in map(day, range(10)):
        known = Facts([f for f in found if f.start <= at])
        assert known.listed(at) == facts.listed(at)
        assert known.members(at) == facts.members(at)
