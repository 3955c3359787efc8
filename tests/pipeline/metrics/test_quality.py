"""Data quality by hand. The day is 15 June 2026."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from pipeline.metrics.registry import compute

Verify = Callable[[str, dict[str, Any], Any], None]

OAK = "name\nOak"
TOUCHED = {"promises": dt.date(2026, 6, 1), "outreach": dt.date(2026, 6, 14)}
PROMISES = """
organisation | what | due
Oak          | song | 2026-06-01
Oak          |      |
"""
ACTIONS = """
date       | initiative | started_by | partners
2026-05-01 | March      | Oak        | Oak; Elm; ELM
2026-05-02 | Vigil      | Ash        | Yew
"""


@pytest.mark.parametrize(
    ("code", "given", "expected"),
    [
        ("Q2", {"promises": PROMISES, "outreach": "organisation\nElm",
                "settings": {"touched": TOUCHED}}, (14, {"Promises": 14, "Outreach": 1})),
        # Elm, once, and Ash; Yew is wanted.
        ("Q3", {"actions": ACTIONS, "organisations": OAK, "outreach": "organisation\nYew"},
         (2, {"Actions": 2})),
        # The coalition's own name is nobody's, and no stranger's.
        ("Q3", {"help": "given_by\nClear Rivers now\nElm", "organisations": OAK},
         (1, {"Help": 1})),
        # Two of six cells of promises, and none of two of outreach, which has no Added.
        ("Q4", {"promises": PROMISES, "outreach": "organisation | stage\nElm | wanted"},
         (2, 8, {"Promises: What": 1, "Promises: Due": 1})),
        ("Q5", {"settings": {"lost": 3}}, (3, {})),
    ],
)  # fmt: skip
def test_worked_examples(
    verify: Verify, code: str, given: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    verify(code, given, expected)


@pytest.mark.parametrize(
    ("code", "given", "why"),
    [
        ("Q2", {"promises": PROMISES}, "no tab was read on an earlier day"),
        ("Q4", {"promises": "organisation | what | due"}, "no tab in use has a row"),
    ],
)
def test_missing_is_said(verify: Verify, code: str, given: dict[str, Any], why: str) -> None:
    verify(code, given, why)


def test_a_tracker_in_order_has_nothing_of_that_to_say(context: Callable[..., Any]) -> None:
    good = "organisation | what | due\nOak | song | 2026-06-01"
    shown = compute(context(organisations=OAK, promises=good))
    assert {"Q3", "Q4", "Q5"}.isdisjoint(shown)


def test_tabs_that_nobody_uses_are_not_missed(context: Callable[..., Any]) -> None:
    value = compute(context(organisations=OAK, promises="organisation | what\nElm |"))["Q4"]
    assert value.without == ("promises.due",)
