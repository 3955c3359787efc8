"""How answers about size and age are read: of what can't be sure, what speaks for them."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rules.s2_signatory import is_large
from pipeline.rules.sizes import at_least, at_most, founded_on, months_between

TODAY = dt.date(2026, 6, 1)


@pytest.mark.parametrize(
    ("size", "least", "most"),
    [
        ("12", 12, 12),
        ("11-50", 11, 50),
        ("1.000", 1000, 1000),
        ("1,200 members", 1200, 1200),
        ("2k", 2000, 2000),
        ("500+", 500, math.inf),
        ("más de 500", 500, math.inf),
        ("under 5", 0, 4),
        ("< 5", 0, 4),
        ("up to 5", 0, 5),
        ("≤5", 0, 5),
        ("bis 10", 0, 10),
        ("menos de 10", 0, 9),
        ("five", 5, 5),
        ("zwölf", 12, 12),
        ("hundreds", 100, math.inf),
        ("un grand réseau", 50, math.inf),
        ("3 staff, 200 volunteers", 3, 200),
        ("20 (since 1998)", 20, 20),
        ("a good few", None, None),
        ("", None, None),
    ],
)
def test_a_size_has_a_lower_and_an_upper_end(
    size: str, least: float | None, most: float | None
) -> None:
    assert (at_least(size), at_most(size)) == (least, most)
    assert is_large(size) is bool(least and least >= 50)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1998", "1998-01-01"),
        ("since 1998", "1998-01-01"),
        ("seit März 1998", "1998-03-01"),
        ("2026-03-15", "2026-03-15"),
        ("15/03/2026", "2026-03-15"),
        ("03/15/2026", "2026-03-15"),
        ("05/04/2026", "2026-04-05"),
        ("15.3.2026", "2026-03-15"),
        ("03/2026", "2026-03-01"),
        ("15 de marzo de 2026", "2026-03-01"),
        ("15. März 2026", "2026-03-15"),
        ("1er mai 2026", "2026-05-01"),
        ("3rd May 2026", "2026-05-03"),
        ("May 35 2026", "2026-05-01"),
        ("3 months ago", "2026-03-01"),
        ("hace dos años", "2024-06-01"),
        ("20 Jahre", "2006-06-01"),
        ("1921, refounded 03/2026", "1921-01-01"),
        ("19th century", "0001-01-01"),
        ("31/02/2026", "2026-01-01"),
        ("long ago", None),
        ("", None),
        ("12", None),
    ],
)
def test_the_earliest_day_that_an_answer_may_mean(text: str, day: str | None) -> None:
    found = founded_on(text, TODAY)
    assert (found and found.isoformat()) == day


@given(st.text(max_size=40), st.dates())
def test_any_answer_is_read_or_not(text: str, today: dt.date) -> None:
    day, least, most = founded_on(text, today), at_least(text), at_most(text)
    assert day is None or isinstance(day, dt.date)
    assert (least is None) == (most is None)
    assert least is None or most is None or 0 <= least <= most


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (dt.date(2026, 3, 1), TODAY, 3),
        (dt.date(2026, 3, 2), TODAY, 2),
        (dt.date(2026, 6, 1), TODAY, 0),
        (dt.date(2027, 1, 1), TODAY, -7),
    ],
)
def test_whole_months(first: dt.date, last: dt.date, months: int) -> None:
    assert months_between(first, last) == months
