"""Help, check-ins and reports, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.metrics.registry import compute

Verify = Callable[[str, dict[str, Any], Any], None]
Build = Callable[..., Any]

SIX = """
name        | standing  | joined_on  | left_on
Oak Union   | member    | 2025-01-01 |
River Trust | member    | 2025-06-15 |
Hill Farms  | member    | 2025-06-16 |
Lake Club   | member    | 2026-05-31 |
Tin Choir   | member    | 2026-06-01 |
Bike Lobby  | withdrawn | 2025-01-01 | 2026-01-01
"""
HELP = """
asked_on   | organisation | kind     | first_answer | closed     | useful_1_5 | hours
2026-05-01 | Oak Union    | media    | 2026-05-03   | 2026-05-11 | 5          | 6
2026-05-01 | River Trust  | legal    | 2026-05-05   |            |            | 3
2026-04-01 | Bike Lobby   | media    | 2026-04-01   | 2026-04-02 | 4          | 6
2025-06-15 | Hill Farms   | training | 2025-06-21   | 2025-06-15 |            | 2
2024-07-01 | Oak Union    | tech     | 2024-07-11   | 2024-08-01 | 3          | 1
2026-06-10 | Lake Club    |          |              |            |            |
2026-06-01 | Lake Club    | other    | 2026-05-01   |            |            | 0
2026-06-02 | Oak Union    | media    |              | 2026-06-03 |            |
2026-06-16 | Tin Choir    | money    | 2026-06-16   |            | 1          | 50
"""
CHECKED = """
date       | organisation | purpose | performance | operations | capacity | value
2026-05-01 | Oak Union    | 5       | 3           | 1          | 1        | 5
2026-05-01 | River Trust  | 4       | 3           | 2          |          | 4
2026-05-01 | Hill Farms   | 3       | 3           | 3          | 1        | 3
2026-05-01 | Lake Club    | 2       | 3           | 4          | 1        | 2
2026-05-01 | Tin Choir    | 1       | 3           | 5          | 1        | 4
2026-04-01 | Oak Union    | 1       | 1           | 5          | 5        | 1
2025-06-15 | River Trust  | 1       | 1           | 1          | 1        | 1
2026-05-01 | Bike Lobby   | 1       | 1           | 1          | 1        | 1
"""
REPORTS = """
date       | organisation
2026-05-01 | Oak Union
2026-05-31 | oak union
2026-05-31 | Lake Club
2026-06-01 | River Trust
2026-05-09 | Bike Lobby
2026-05-09 | Tin Choir
"""


@pytest.mark.parametrize(
    ("code", "given", "expected"),
    [
        # 2, 4, 0, 6 and 10 days; the third from below is 4. To the close 10, 1, 0, 31 and 1.
        ("S2", {"help": HELP},
         (4, {"median days to close": 1, "days that the oldest open request waits": 45})),
        # Oak Union, River Trust and Hill Farms (answered six days into the year); Lake Club's
        # first answer counts too.
        ("S3", {"help": HELP}, (4, 5, {})),
        ("S4", {"help": HELP}, (5, {"media": 3, "legal": 1, "other": 1})),
        ("S5", {"help": HELP}, (4, {"answers": 3})),
        # 15 hours for 5 members, 3 for the three that had joined by then: 3 against 1.
        ("S14", {"help": HELP},
         (3, {"hours this year": 15, "hours the year before": 3, "members now": 5,
              "members a year ago": 3})),
        # Of the capacity there are four answers only. 3, 3 and 3.
        ("S9", {"yearly_check_in": CHECKED},
         (3, {"purpose": 3, "performance": 3, "operations": 3, "answers about purpose": 5,
              "answers about performance": 5, "answers about operations": 5})),
        ("S10", {"yearly_check_in": CHECKED}, (3, 5, {})),
        # Tin Choir joined in June.
        ("S11", {"tell_us_what_you_did": REPORTS}, (2, 4, {})),
    ],
)  # fmt: skip
def test_worked_examples(
    verify: Verify, code: str, given: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    verify(code, {"organisations": SIX, **given}, expected)


NO_ANSWERS = "date | organisation | value\n2026-05-01 | Oak Union | 5"
FEW = "fewer than 5 members answered, and nobody shall be pointed at"


@pytest.mark.parametrize(
    ("code", "given", "why"),
    [
        ("S2", {"help": "asked_on\n2026-05-01"}, "the tab Help has no column First answer"),
        ("S3", {"help": HELP, "organisations": ""}, "there are no members yet"),
        ("S4", {"help": "asked_on\n2026-05-01"}, "the tab Help has no column Kind"),
        ("S5", {"help": "asked_on | useful_1_5\n2026-05-01 |"},
         "nobody has said yet how useful the help was"),
        ("S9", {"yearly_check_in": NO_ANSWERS}, FEW),
        ("S10", {"yearly_check_in": NO_ANSWERS}, FEW),
        ("S11", {"tell_us_what_you_did": REPORTS, "organisations": ""},
         "nobody was a member in the last complete month"),
    ],
)  # fmt: skip
def test_missing_is_said(verify: Verify, code: str, given: dict[str, Any], why: str) -> None:
    verify(code, {"organisations": SIX, **given}, why)


def test_fewer_than_five_answers_are_a_list_of_days(context: Build) -> None:
    rows = "asked_on | first_answer\n2026-05-01 | 2026-05-03\n2026-04-01 | 2026-04-02"
    value = compute(context(organisations=SIX, help=rows))["S2"]
    assert value.value is None
    assert value.why == "no data because only 2 requests have an answer; a median needs five"
    assert value.details == (
        ("asked on 2026-04-01: days to the answer", 1.0),
        ("asked on 2026-05-01: days to the answer", 2.0),
    )


WITHOUT = {"S14": "test_growth_needs_a_year_before"}
"""Worked out in a test of its own, as something is said beside it."""


def test_growth_needs_a_year_before(context: Build) -> None:
    rows = "asked_on | hours\n2026-05-01 | 4"
    value = compute(context(organisations=SIX, help=rows))["S14"]
    assert value.why == "no data because no hours of help are recorded for the year before"
    assert dict(value.details)["hours this year"] == 4


def test_what_is_left_out_is_counted(context: Build) -> None:
    values = compute(context(organisations=SIX, help=HELP, tell_us_what_you_did=REPORTS))
    assert values["S2"].excluded == (
        2, "answered before it was asked: 1; closed with no day under First answer: 1",
    )  # fmt: skip
    assert values["S4"].excluded == (1, "no kind of help that can be read")
    assert values["S14"].excluded == (2, "no number of hours")
    assert values["S11"].excluded == (1, "joined after that month")


def test_who_neither_asked_nor_got_anything_is_named(context: Build) -> None:
    values = compute(context(organisations=SIX, help=HELP))
    assert values["S3"].names == ("Tin Choir",)
