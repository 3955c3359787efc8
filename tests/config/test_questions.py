"""Titles find their fields; what only looks alike is said."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import languages
from config.questions import match, own_wordings, wordings
from config.statement import Point, Statement, Version
from config.tables import SIGNONS
from config.text import fold

STATEMENT = Statement(
    "main",
    (
        Version(
            version="1",
            state="draft",
            question="Do you stand with this statement?",
            principles=(Point(id="P1", text="Housing is a right.", question="A home for all?"),),
            policies=(Point(id="L2", text="Freeze the rents."),),
        ),
    ),
)
WANTED = wordings(STATEMENT)


def test_no_wording_stands_for_two_fields() -> None:
    owners = Counter(text for texts in WANTED.values() for text in {fold(t) for t in texts})
    assert [text for text, times in owners.items() if times > 1] == []


def test_yes_no_and_unsure_words_do_not_overlap() -> None:
    lists = (languages.YES, languages.AGREE, languages.NO, languages.UNSURE)
    folded = [{fold(word) for word in words} for words in lists]
    total = Counter(word for words in folded for word in words)
    assert [word for word, times in total.items() if times > 1] == []
    halves = [{fold(w) for w in words} for words in (languages.MORNING, languages.AFTERNOON)]
    assert not halves[0] & halves[1]


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Marca temporal", "timestamp"),
        ("Zeitstempel", "timestamp"),
        ("タイムスタンプ", "timestamp"),
        ("時間戳記", "timestamp"),
        ("Adresse e-mail", "email"),
        ("EMAIL  ADDRESS", "email"),
        ("organisation:", "organisation"),
        ("Name of your organization", "organisation"),
        ("Signing as", "signing_as"),
        ("Do you stand with this statement?", "agreement"),
        ("A home for all?", "agrees_p1"),
        ("housing is a right", "agrees_p1"),
        ("P1", "agrees_p1"),
        ("Freeze the rents.", "agrees_l2"),
        ("Do you agree? [Freeze the rents.]", "agrees_l2"),
    ],
)
def test_title_is_found(title: str, field: str) -> None:
    matched = match([title], WANTED, grid=("agrees_p1", "agrees_l2"))
    assert matched.columns == {field: (0,)}
    assert matched.unknown == ()


def test_repeated_titles_are_all_kept_and_the_rest_is_named() -> None:
    header = ["Organisation", "", "organisation ", "Notes", "Organization nmae", "Internal"]
    matched = match(header, WANTED, ignore=["internal"])
    assert matched.columns == {"organisation": (0, 2)}
    assert matched.untitled == (1,)
    assert matched.unknown == (3, 4)
    (near,) = matched.near
    assert (near.position, near.field, near.known) == (4, "organisation", "Organization name")


def test_the_coalitions_own_wording_wins_over_a_built_in_one() -> None:
    own = own_wordings({"contact": "Email", "organisation": ("Who are you?", "Group")})
    matched = match(["email", "who are YOU", "Group"], WANTED, own)
    assert matched.columns == {"contact": (0,), "organisation": (1, 2)}


def test_an_own_wording_found_to_the_letter_leaves_its_look_alike_alone() -> None:
    matched = match(["Email Address", "Email address"], WANTED, {"contact": ["Email address"]})
    assert matched.columns == {"email": (0,), "contact": (1,)}


def test_a_title_claimed_twice_is_nobodys() -> None:
    own = {"signatory": ["Name"], "contact": ["Name"]}
    matched = match(["Name"], WANTED, own)
    assert matched.columns == {}
    assert matched.contested == ((0, ("signatory", "contact")),)


def test_rows_of_two_grids_are_not_guessed() -> None:
    header = ["Do you agree? [P1]", "Does it matter to you? [P1]"]
    matched = match(header, WANTED, grid=("agrees_p1",))
    assert matched.columns == {}
    assert matched.unknown == (0, 1)


@given(st.lists(st.text(max_size=12) | st.sampled_from(sorted(c.title for c in SIGNONS.columns))))
def test_every_column_is_accounted_for_once(header: list[str]) -> None:
    matched = match(header, WANTED)
    places = [p for found in matched.columns.values() for p in found]
    places += [*matched.unknown, *matched.untitled, *(p for p, _ in matched.contested)]
    assert sorted(places) == list(range(len(header)))
