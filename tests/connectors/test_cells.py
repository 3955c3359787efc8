"""When two cells say the same, and what a tracker can hold."""
# ruff: noqa: DTZ001 - a spreadsheet's moments have no zone

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.cells import CUT, LONGEST, canonical, cut, held, same

UTC = dt.UTC
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec=None), max_size=20)
    | st.dates()
    | st.datetimes(timezones=st.none() | st.just(UTC))
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (None, ""),
        (None, "  \n"),
        (3, 3.0),
        (0.1 + 0.2, 0.3),
        (2 / 3, 0.666666666666667),
        (dt.date(2026, 3, 1), dt.datetime(2026, 3, 1)),
        (dt.datetime(2026, 3, 1, 9, 0, 0, 400), dt.datetime(2026, 3, 1, 9)),
        ("two\r\nlines", "two\nlines"),
        ("two\rlines", "two\nlines"),
        ("bell\x07", "bell"),
        ("blank at the end ", "blank at the end"),
        ("\ufffe", "\ufffd"),
        ("\ud800", "\ufffd"),
        ("_x005F_x0041_", "_x0041_"),
        (float("nan"), None),
        (2**60, str(2**60)),
    ],
)
def test_cells_that_say_the_same(one: object, other: object) -> None:
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a", "A"),
        (" a", "a"),
        ("1", 1),
        (True, 1),
        (True, "TRUE"),
        (0, None),
        (False, None),
        (dt.date(2026, 3, 1), "2026-03-01"),
        (dt.datetime(2026, 3, 1, 9), dt.datetime(2026, 3, 1, 9, 1)),
        (1.0, 1.001),
        ("two\nlines", "two lines"),
        ("_x0041_", "A"),
    ],
)
def test_cells_that_differ(one: object, other: object) -> None:
    assert not same(one, other)
    assert not same(other, one)


def test_text_of_the_longest_length_stays_and_one_more_is_cut() -> None:
    assert cut("x" * LONGEST) == "x" * LONGEST
    shortened = cut("x" * (LONGEST + 1))
    assert len(shortened) == LONGEST
    assert shortened.endswith(CUT)


def test_length_is_counted_as_spreadsheets_do_and_no_sign_is_torn() -> None:
    shortened = cut("a" + "😀" * LONGEST)
    assert len(shortened.encode("utf-16-le")) // 2 <= LONGEST
    assert shortened.removesuffix(CUT).endswith("😀")
    shortened.encode()


def test_what_a_number_or_a_moment_becomes() -> None:
    assert held(math.inf) is None
    assert held(dt.datetime(2026, 3, 1, 9, tzinfo=UTC)) == dt.datetime(2026, 3, 1, 9)
    assert held(dt.date(1848, 3, 1)) == "1848-03-01"
    assert held(2**53 + 1) == str(2**53 + 1)
    assert held(True) is True


@given(SCALARS)
def test_holding_twice_changes_nothing_and_says_the_same(value: object) -> None:
    once = held(value)
    assert held(once) == once
    assert same(value, once)


@given(SCALARS, SCALARS)
def test_equal_stand_ins_mean_the_same(one: object, other: object) -> None:
    assert (canonical(one) != canonical(other)) or same(one, other)
    assert same(one, other) == same(other, one)
