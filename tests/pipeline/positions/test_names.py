"""How names are read, and when two may be one person's. All people are invented."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.positions.names import EQUAL, NONE, STRONG, WEAK, likeness, parse
from pipeline.positions.persons import Spelling, identify

JAN, FEB, MAR = (dt.date(2026, month, 1) for month in (1, 2, 3))


@pytest.mark.parametrize(
    ("one", "other", "degree"),
    [
        ("Ada Osei", "Osei, Ada", EQUAL),
        ("Sen. Ada Osei", "ADA OSEI, MP", EQUAL),
        ("Jürgen Mayröcker", "Juergen Mayroecker", EQUAL),
        ("Jürgen Mayröcker", "Jurgen Mayrocker", EQUAL),
        ("J.D. Okoro", "JD Okoro", EQUAL),
        ("Jean-Luc Abara", "Abara, Jean Luc", EQUAL),
        ("Pat O'Hale (D-NY)", "Pat OHale", EQUAL),
        ("Chris Van Horn", "Van Horn, Christopher", STRONG),
        ("Henry C. “Hank” Lowe, Jr.", "Hank Lowe", STRONG),
        ("Pat Lowe", "Patricia Lowe", STRONG),
        ("Paco Reyes Soto", "Francisco Reyes Soto", STRONG),
        ("Rep. Lowe", "Hank Lowe", WEAK),
        ("H. Morgan Quist", "Morgan Quist", WEAK),
        ("W. Gregory Quist", "Greg Quist", WEAK),
        ("Liz Quist", "Betsy Quist", WEAK),
        ("J. Quist", "Jane Quist", WEAK),
        ("R. Lowe", "Bob Lowe", WEAK),
        ("B. Lowe", "Robert Lowe", WEAK),
        ("John B. Lowe", "John Robert Lowe", NONE),
        ("Patrick Lowe", "Patricia Lowe", NONE),
        ("John A. Lowe", "John B. Lowe", NONE),
        ("John Lowe Jr.", "John Lowe III", NONE),
        ("Mary J. Lowe", "John Lowe", NONE),
        ("Pat Hale", "Pat O'Hale", NONE),
        ("Jim", "Jim Lowe", NONE),
    ],
)
def test_likeness_of_two_spellings(one: str, other: str, degree: int) -> None:
    assert likeness(parse(one), parse(other)) == degree
    assert likeness(parse(other), parse(one)) == degree


def keys(
    *rows: tuple[Spelling, dt.date], known: tuple[tuple[str, Spelling], ...] = ()
) -> list[str]:
    given = [(spelling, (day, day)) for spelling, day in rows]
    found = identify(given, known)
    return [found.keys[spelling] for spelling, _ in rows]


def test_nickname_and_missing_district_are_one_person() -> None:
    one, other = keys(
        (Spelling("Robert Lowe", "House", "NJ-3"), JAN), (Spelling("Rep. Bob Lowe"), FEB)
    )
    assert one == other


def test_two_districts_are_two_people() -> None:
    one, other = keys(
        (Spelling("Ana Lowe", "House", "3rd"), JAN), (Spelling("Ana Lowe", "House", "7"), JAN)
    )
    assert one != other


def test_of_two_candidates_none_is_guessed() -> None:
    rows = [
        (Spelling("Michael Lowe", "House", "3"), JAN), (Spelling("Mike Lowe", "House", "8"), JAN),
        (Spelling("Lowe, Mike"), FEB), (Spelling("Mike Lowe", "", "8"), FEB),
    ]  # fmt: skip
    first, second, doubtful, told = keys(*rows)
    assert (doubtful, told) == ("", second)
    assert first != second
    found = identify([(spelling, (day, day)) for spelling, day in rows], ())
    assert found.several == {rows[2][0]: (first, second)}


def test_who_changes_from_house_to_senate_stays_the_same() -> None:
    house, senate = keys(
        (Spelling("Ana Lowe", "House", "NJ-3"), JAN), (Spelling("Ana Lowe", "Senate", "NJ"), MAR)
    )
    assert house == senate


def test_who_sits_in_both_at_once_is_two_and_is_asked_about() -> None:
    house, senate = Spelling("Ana Lowe", "House"), Spelling("Ana Lowe", "Senate")
    found = identify([(house, (JAN, MAR)), (senate, (FEB, FEB))], ())
    assert found.keys[house] != found.keys[senate]
    assert list(found.perhaps) == [senate]


def test_a_nickname_does_not_change_the_seat() -> None:
    father, son = keys(
        (Spelling("Robert Lowe", "Senate", "NJ"), JAN), (Spelling("Bob Lowe", "House", "NJ-8"), MAR)
    )
    assert father != son


def test_a_key_is_the_first_spelling_and_stays() -> None:
    (first,) = keys((Spelling("Bob Lowe", "House", "NJ-8"), JAN))
    assert first == "bob lowe|house|nj 8"
    known = ((first, Spelling("Bob Lowe", "House", "NJ-8")),)
    assert keys((Spelling("Robert Lowe", "House", "NJ-8"), FEB), known=known) == [first]


@settings(max_examples=150)
@given(one=st.text(max_size=30), other=st.text("abc.,-\"'() JrA", max_size=20))
def test_whatever_is_typed_can_be_compared(one: str, other: str) -> None:
    first, second = parse(one), parse(other)
    assert likeness(first, second) == likeness(second, first)
    assert likeness(first, parse(one)) == EQUAL
    found = identify([(Spelling(text), (JAN, JAN)) for text in (one, other)], ())
    assert len(found.keys) == len({one, other})
