"""Promises, actions, events, help, media and data quality, each worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.metrics.registry import compute

Verify = Callable[[str, dict[str, Any], Any], None]

THREE = "name | standing\nOak Union | member\nRiver Trust | member\nBike Lobby | withdrawn"
PROMISES = """
organisation | what   | due        | done
Oak Union    | host   | 2026-05-10 | 2026-05-10
oak union    | letter | 2026-05-10 | 2026-05-11
Bike Lobby   | ride   | 2026-06-15 |
Stranger     | song   | 2026-06-16 | 2026-06-01
Oak Union    | cake   |            |
"""
ACTIONS = """
date       | initiative | started_by | partners
2026-05-01 | March      | Oak Union  | River Trust; Stranger
2026-05-02 | Letters    | Oak Union  | oak union; Bike Lobby
2026-07-01 | Vigil      | Oak Union  | River Trust
"""
MEETINGS = """
date       | name   | kind    | present                | people
2026-05-01 | Fair   | event   | Oak Union; River Trust | 40
2026-05-31 | Picnic | event   | OAK UNION; Stranger    |
2026-06-01 | Ball   | event   | Oak Union              | 99
2026-05-05 | Board  | meeting | Oak Union              | 9
"""
HELP = """
asked_on   | organisation | closed
2026-05-01 | Oak Union    | 2026-05-20
2026-04-01 | Oak Union    | 2026-05-31
2026-05-09 | River Trust  |
2026-06-14 | River Trust  | 2026-06-16
2026-06-20 | River Trust  |
"""
MEDIA = """
date       | outlet | title | link                                      | submitted  | placed
2026-05-01 | Herald | Clean | https://www.example.org/a?utm_source=mail |            |
2026-05-02 | Herald | Clean | http://example.org/a/                     |            |
2026-05-02 | Herald | Clean |                                           |            |
2026-05-02 | HERALD | clean |                                           |            |
2026-04-02 | Herald | Water | https://example.org/story?id=7            |            |
2026-04-02 | Herald | Air   | https://example.org/story?id=8            |            |
2026-05-03 | Herald | Op-ed |                                           | 2026-05-01 |
2026-05-04 | Herald | Rain  |                                           | 2026-05-01 | 2026-05-04
2026-07-01 | Herald | Later |                                           |            |
"""


@pytest.mark.parametrize(
    ("code", "given", "expected"),
    [
        # The march; the letters had one member only, the vigil is to come.
        ("P4", {"actions": ACTIONS}, (1, {"members per joint action": 2})),
        ("P5", {"meetings": MEETINGS}, (2, {"people": 40, "member organisations present": 2})),
        ("P8", {"promises": PROMISES}, (1, 2, {})),
        ("P9", {"promises": PROMISES}, (1, 3, {"done late": 1, "overdue": 1})),
        ("S1", {"help": HELP}, (2, {"opened in the last month": 2, "closed in the last month": 2})),
        ("I1", {"media": MEDIA}, (5, {"in the last month": 3})),
        ("Q1", {"settings": {"problems": (("Outreach", 30, 2), ("Promises", 10, 0))}},
         (2, 40, {"Outreach": 2})),
    ],
)  # fmt: skip
def test_worked_examples(
    verify: Verify, code: str, given: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    verify(code, {"organisations": THREE, **given}, expected)


@pytest.mark.parametrize(
    ("code", "given", "why"),
    [
        ("P4", {"actions": "date | started_by\n2026-05-01 | Oak Union"},
         "the tab Actions has no column Partners"),
        ("P5", {"meetings": "date | kind"}, "the tab Meetings has no row yet"),
        ("P8", {"promises": PROMISES}, "there are no members yet"),
        ("P9", {"promises": "organisation | due\nOak Union | 2026-05-01"},
         "the tab Promises has no column Done"),
        ("P9", {"promises": "organisation | due | done\nOak Union | 2026-06-16 |"},
         "no promise was due by the day of the report"),
        ("S1", {"help": "asked_on\n2026-05-01"}, "the tab Help has no column Closed"),
        ("I1", {"media": "date | outlet\n2026-05-01 | Herald"},
         "the tab Media has no column Title"),
        ("Q1", {}, "no row was read"),
    ],
)  # fmt: skip
def test_missing_is_said(verify: Verify, code: str, given: dict[str, Any], why: str) -> None:
    verify(code, given, why)


def test_names_that_match_nobody_are_counted_once_and_wanted_ones_not(verify: Verify) -> None:
    given = {
        "organisations": THREE,
        "promises": PROMISES,
        "conversations": """
        date       | organisation_a | organisation_b | reported_by
        2026-05-01 | Oak Union      | Lake Club      |
        2026-05-01 | STRANGER       | Hill Farmers   | Oak Union
        """,
        "outreach": "organisation\nLake Club",
    }
    verify("Q3", given, (2, {"Conversations": 2, "Promises": 1}))


def test_names_are_not_counted_where_no_tab_names_anybody(context: Callable[..., Any]) -> None:
    assert "Q3" not in compute(context(outreach="organisation\nLake Club"))


def test_what_is_left_out_is_counted(context: Callable[..., Any]) -> None:
    values = compute(context(organisations=THREE, promises=PROMISES, meetings=MEETINGS))
    assert values["P9"].excluded == (1, "no day under Due")
    assert values["P5"].excluded == (1, "no number of people")
