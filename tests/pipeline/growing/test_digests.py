"""What is remembered of a tab's content."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.growing.digests import EMPTY, digest_of

WORDS = st.lists(st.tuples(st.text(max_size=3), st.text(max_size=3)), max_size=6)


def frame(rows: list[tuple[str, str]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "row": range(2, len(rows) + 2),
            "what": pd.Series([one for one, _ in rows], dtype="str"),
            "partners": pd.Series([tuple(other) for _, other in rows], dtype=object),
        }
    )


def test_a_tab_without_rows_has_no_digest() -> None:
    assert digest_of(frame([])) == EMPTY


def test_a_digest_is_the_same_for_good() -> None:
    assert digest_of(frame([("Sing", "ab"), ("Dance", "")])) == "6101db454d71f53f"


def test_blank_days_and_numbers_are_content_too() -> None:
    day = pd.Series([pd.NaT, pd.Timestamp("2026-03-01")])
    one = pd.DataFrame({"row": [2, 3], "due": day, "hours": [np.nan, 2.0]})
    other = one.assign(due=[pd.Timestamp("2026-03-01")] * 2)
    assert digest_of(one) == digest_of(one.copy())
    assert len({digest_of(one), digest_of(other), digest_of(one.assign(hours=2.0))}) == 3


@settings(max_examples=60, deadline=None)
@given(WORDS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_is_no_content(rows: list[tuple[str, str]], chance) -> None:
    moved = list(rows)
    chance.shuffle(moved)
    assert digest_of(frame(rows)) == digest_of(frame(moved))


@settings(max_examples=60, deadline=None)
@given(WORDS, WORDS)
def test_other_rows_have_another_digest(
    rows: list[tuple[str, str]], others: list[tuple[str, str]]
) -> None:
    assert (digest_of(frame(rows)) == digest_of(frame(others))) == (sorted(rows) == sorted(others))


def test_a_hundred_thousand_rows_take_no_time() -> None:
    many = frame([(f"Action {n % 5000}", "abc"[: n % 4]) for n in range(100_000)])
    start = time.perf_counter()
    digest_of(many)
    assert time.perf_counter() - start < 1.0
