"""Groups, their chairs, steering and the breadth of the work, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.metrics.pillars import told_by
from pipeline.metrics.registry import compute

Verify = Callable[[str, dict[str, Any], Any], None]
Build = Callable[..., Any]

THREE = """
name        | standing
Oak Union   | member
River Trust | member
Hill Farms  | member
Bike Lobby  | withdrawn
"""
GROUPS = """
group    | kind          | organisation | role       | since      | until
Law      | working group | Oak Union    | Co-chair   | 2026-05-01 |
LAW      | working group | Bike Lobby   |            | 2026-01-01 |
Elders   | caucus        | River Trust  |            | 2026-01-01 | 2026-06-15
Delta    | district team | Hill Farms   |            | 2026-06-16 |
Money    | funders       | River Trust  |            | 2026-01-01 |
Steering | steering      | River Trust  | chair      | 2026-05-31 |
Steering | steering      | Hill Farms   |            | 2026-04-01 |
Steering | steering      |              |            | 2026-01-01 |
Steering | steering      | Oak Union    |            | 2025-01-01 | 2026-04-01
Old      | caucus        | Hill Farms   | chair      | 2025-01-01 | 2025-06-01
"""
MEETINGS = """
date       | kind     | group    | present                 | next_date
2026-05-01 | meeting  | law      |                         |
2026-01-01 | meeting  | Law      |                         |
2026-04-30 | meeting  | Money    |                         |
2026-02-10 | steering | Steering | Oak Union               | 2026-03-10
2026-04-02 | steering | Steering | Hill Farms; River Trust | 2026-05-20
2026-05-27 | steering | Steering |                         | 2026-06-12
2025-06-10 | steering | Steering | Oak Union               | 2025-09-01
2026-07-01 | steering | Steering |                         | 2026-09-01
"""


@pytest.mark.parametrize(
    ("code", "given", "expected"),
    [
        # Oak Union alone: River Trust left its caucus today, Hill Farms starts tomorrow.
        ("P11", {"groups": GROUPS}, (1, 3, {"places taken": 1})),
        # Law, 45 days ago, and steering; Money met 46 days ago. Money has no chair.
        ("P12", {"groups": GROUPS, "meetings": MEETINGS},
         (2, 3, {"places taken": 6, "groups without a chair": 1, "Law: days since it met": 45,
                 "Money: days since it met": 46, "Steering: days since it met": 19})),
        # Oak Union and River Trust; Hill Farms led another group before.
        ("S15", {"groups": GROUPS}, (2, {"members that lead": 2})),
        # Held: February, April, May. Missed: 2025-09-01 and 2026-03-10; 20 May was held a week
        # later, and the week of 12 June isn't over.
        # In February three seats, one there: less than half. In April Oak Union's seat has gone,
        # River Trust's not begun: one of two.
        ("S13", {"groups": GROUPS, "meetings": MEETINGS},
         (3, 5, {"seats": 3, "seats filled": 2, "meetings that say who came": 2,
                 "meetings with at least half of the seats there": 2})),
        ("S13", {"meetings": MEETINGS}, (3, 5, {})),
    ],
)  # fmt: skip
def test_worked_examples(
    verify: Verify, code: str, given: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    verify(code, {"organisations": THREE, **given}, expected)


@pytest.mark.parametrize(
    ("code", "given", "why"),
    [
        ("P11", {"groups": "organisation\nOak Union"}, "the tab Groups has no column Kind"),
        ("P11", {"groups": GROUPS, "organisations": ""}, "there are no members yet"),
        ("P12", {"groups": "group | until\nLaw | 2026-01-01", "meetings": MEETINGS},
         "no group is at work"),
        ("S12", {"actions": "date\n2026-05-01"}, "the tab Actions has no column Kind"),
        ("S13", {"meetings": "date | kind | next_date\n2025-01-01 | steering |"},
         "no steering meeting was planned in the last 12 months"),
        ("S15", {"groups": "organisation | role\nOak Union | chair"},
         "the tab Groups has no column Since"),
    ],
)  # fmt: skip
def test_missing_is_said(verify: Verify, code: str, given: dict[str, Any], why: str) -> None:
    verify(code, {"organisations": THREE, **given}, why)


def test_groups_that_have_not_met_lately_are_named(context: Build) -> None:
    values = compute(context(organisations=THREE, groups=GROUPS, meetings=MEETINGS))
    assert values["P12"].names == ("Money",)


def test_who_led_since_nobody_knows_when_is_no_new_leader(context: Build) -> None:
    groups = """
    group | organisation | role  | since
    Law   | Oak Union    | chair | 2026-05-01
    Delta | Oak Union    | chair |
    """
    value = compute(context(organisations=THREE, groups=groups))["S15"]
    assert value.value == 0
    assert value.excluded == (1, "no day under Since for a leading role")


ACTIONS = """
date       | started_by | partners    | kind
2026-05-01 | Oak Union  |             | Kundgebung
2026-05-02 | Oak Union  |             | RONDE
2026-05-03 | Oak Union  | River Trust | Potluck
2025-06-15 | Oak Union  |             | delegation
2026-06-16 | Oak Union  |             | delegation
"""


def test_breadth_is_told_by_words_partners_contacts_and_the_media(verify: Verify) -> None:
    given = {
        "organisations": THREE,
        "actions": ACTIONS,
        "decision_makers": "date | contacted_by\n2025-06-15 | Oak Union\n2026-05-01 |",
        "media": "date\n2025-06-16",
    }
    pillars = {"contacts": 0, "coalition": 1, "grassroots": 1, "grasstops": 0, "media": 1}
    beside = {"rows under Contacted by": 0, "pieces in the media": 1}
    verify("S12", given, (3, pillars | beside))
    given["decision_makers"] = "date | contacted_by\n | Oak Union"
    verify("S12", given, (4, pillars | beside | {"contacts": 1, "rows under Contacted by": 1}))


def test_what_was_offered_and_never_printed_is_no_piece(verify: Verify) -> None:
    given = {
        "organisations": THREE,
        "actions": "date | kind\n2026-05-01 | rally",
        "media": "date | submitted | placed\n2026-05-01 | 2026-05-01 |",
    }
    pillars = {"contacts": 0, "coalition": 0, "grassroots": 1, "grasstops": 0, "media": 0}
    verify("S12", given, (1, pillars | {"rows under Contacted by": 0, "pieces in the media": 0}))


def test_actions_that_tell_of_no_pillar_are_left_out(context: Build) -> None:
    value = compute(context(organisations=THREE, actions=ACTIONS))["S12"]
    assert value.excluded == (1, "actions whose kind tells of none of the five")


@pytest.mark.parametrize(
    ("kind", "pillars"),
    [
        ("letters", ("grassroots",)),
        ("a visit to a representative", ("contacts",)),
        ("gemeinsame erklarung", ("coalition",)),
        ("rueda de prensa", ("media",)),
        ("table ronde avec le maire", ("grasstops",)),
        ("debattartikel", ("media",)),
        ("press briefing", ("grasstops", "media")),
        ("water testing", ()),
        ("", ()),
    ],
)
def test_words_of_a_kind(kind: str, pillars: tuple[str, ...]) -> None:
    assert told_by(kind) == pillars
