"""Needs met, and shares beside presence, by hand. The day is 15 June 2026."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.metrics.registry import compute

Verify = Callable[[str, dict[str, Any], Any], None]
TOO_FEW = "there are too few to show without pointing at somebody"

MEETINGS = """
date       | needs_met
2026-05-01 | yes
2026-05-02 | partly
2026-05-03 | no
2026-05-04 | none named
2026-05-05 |
2026-06-16 | yes
"""


def coalition(elders: int = 12, youth: int = 12, silent: int = 10) -> str:
    """So many members that declare each community, and so many that say nothing."""
    answers = ["Elders"] * elders + ["Youth"] * youth + [""] * silent
    rows = [f"Group {n} | {answer}" for n, answer in enumerate(answers)]
    return "\n".join(["name | communities", *rows])


def seats(first: int = 0, last: int = 24) -> str:
    """A seat for each of those, and a second one for the first ten."""
    rows = [f"Media | Group {n}" for n in range(first, last)]
    rows += [f"Law | Group {n}" for n in range(10)]
    return "\n".join(["group | organisation", *rows])


def hours(many: int = 24) -> str:
    """An hour for each elder, three for each of youth, and some for those who said nothing."""
    rows = [f"2026-05-01 | Group {n} | {1 if n < 12 else 3}" for n in range(many)]
    return "\n".join(["asked_on | organisation | hours", *rows, "2026-05-01 | Group 30 | 99"])


SHARES = {
    # 22 of 34 seats, 12 of 48 hours.
    "Elders: members": 12 / 24, "Elders: seats": 22 / 34, "Elders: help": 12 / 48,
    "Youth: members": 12 / 24, "Youth: seats": 12 / 34, "Youth: help": 36 / 48,
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "given", "expected"),
    [
        # One, a half and none of three; nobody named any on the fourth, the last is to come.
        ("C24", {"meetings": MEETINGS}, (1.5, 3, {"yes": 1, "partly": 1, "no": 1})),
        ("C25", {"organisations": coalition(), "groups": seats(), "help": hours()}, (2, SHARES)),
    ],
)
def test_worked_examples(
    verify: Verify, code: str, given: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    verify(code, given, expected)


@pytest.mark.parametrize(
    ("code", "given", "why"),
    [
        ("C24", {"meetings": "date | needs_met\n2026-05-01 | none named"},
         "no need is recorded for a meeting yet"),
        ("C24", {"meetings": "date\n2026-05-01"}, "the tab Meetings has no column Needs met"),
        ("C25", {"groups": seats()}, "no member has answered the question about communities"),
        ("C25", {"organisations": coalition(), "groups": "group | organisation"}, TOO_FEW),
        ("C25", {"organisations": coalition(elders=9), "groups": seats()}, TOO_FEW),
        ("C25", {"organisations": coalition(silent=9), "groups": seats()}, TOO_FEW),
    ],
)  # fmt: skip
def test_missing_is_said(verify: Verify, code: str, given: dict[str, Any], why: str) -> None:
    verify(code, given, why)


def test_a_share_behind_which_few_stand_is_left_out(context: Callable[..., Any]) -> None:
    """Of the elders all are in groups; of youth nine alone."""
    given = context(organisations=coalition(), groups=seats(0, 21), help=hours())
    names = {name for name, _ in compute(given)["C25"].details}
    assert names == {"Elders: members", "Elders: help", "Youth: members", "Youth: help"}


def test_who_spoke_counts_once_per_meeting(context: Callable[..., Any]) -> None:
    everybody = "; ".join(f"Group {n}" for n in range(24))
    elders = "; ".join(f"Group {n}" for n in range(12))
    meetings = f"""
    date       | spoke_or_chaired
    2026-05-01 | {everybody}; Group 0
    2026-05-02 | {elders}
    2026-07-01 | {everybody}
    """
    value = compute(context(organisations=coalition(), meetings=meetings))["C25"]
    assert dict(value.details)["Elders: speaking"] == pytest.approx(24 / 36)


def test_meetings_without_an_answer_are_left_out_and_counted(context: Callable[..., Any]) -> None:
    value = compute(context(meetings=MEETINGS))["C24"]
    assert value.excluded == (1, "no answer under Needs met")
