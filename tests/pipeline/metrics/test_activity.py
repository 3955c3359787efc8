"""What every member did, who is quiet, and whether few carry it all, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.metrics.activity import activity
from pipeline.metrics.parts import parts_of
from pipeline.metrics.registry import compute

Verify = Callable[[str, dict[str, Any], Any], None]
Build = Callable[..., Any]

FIVE = """
name        | standing  | joined_on
Oak Union   | member    | 2025-01-01
River Trust | member    | 2025-01-01
Hill Farms  | member    | 2025-01-01
Ädel Choir  | member    | 2025-01-01
Tin Band    | member    | 2026-03-18
Bike Lobby  | withdrawn | 2025-01-01
"""
TABS = {
    "actions": """
    date       | started_by | partners
    2026-05-01 | Oak Union  | Oak Union; River Trust; Stranger
    2026-06-16 | Oak Union  | Ädel Choir
    """,
    "meetings": """
    date       | present
    2026-04-16 | Oak Union; Oak Union; Bike Lobby
    2026-03-17 | Hill Farms
    """,
    "promises": """
    organisation | done
    River Trust  | 2026-04-17
    Ädel Choir   | 2026-03-16
    Ädel Choir   |
    """,
    "help": """
    asked_on   | organisation | given_by    | first_answer | closed
    2025-06-01 | Oak Union    | River Trust | 2025-07-01   | 2026-07-01
    """,
    "conversations": """
    date       | organisation_a | organisation_b | kind
    2026-06-01 | Ädel Choir     | Hill Farms     | tie
    2026-06-01 | Ädel Choir     | Oak Union      | do not introduce
    2026-02-01 | Hill Farms     | Oak Union      | table talk
    """,
    "yearly_check_in": "date | organisation\n2026-01-01 | Hill Farms",
    "tell_us_what_you_did": "date | organisation\n2026-01-02 | Hill Farms",
}


def test_each_deed_stands_there_once_with_its_day(context: Build) -> None:
    found = activity(context(organisations=FIVE, **TABS))
    told = {(who, f"{day:%Y-%m-%d}", what) for who, day, what in found.itertuples(index=False)}
    assert told == {
        ("o-oak-union", "2026-05-01", "action"),
        ("o-river-trust", "2026-05-01", "action"),
        ("o-oak-union", "2026-04-16", "meeting"),
        ("o-hill-farms", "2026-03-17", "meeting"),
        ("o-river-trust", "2026-04-17", "promise"),
        ("o-adel-choir", "2026-03-16", "promise"),
        ("o-river-trust", "2025-07-01", "help given"),
        ("o-oak-union", "2025-06-01", "help asked"),
        ("o-hill-farms", "2026-02-01", "conversation"),
        ("o-oak-union", "2026-02-01", "conversation"),
        ("o-hill-farms", "2026-01-01", "check-in"),
        ("o-hill-farms", "2026-01-02", "report"),
    }
    assert len(found) == len(told)


def test_nothing_is_told_where_no_tab_is_in_use(context: Build) -> None:
    assert activity(context(organisations=FIVE)).empty


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        # Seven contributions in twelve months: River Trust has three of them.
        ("P7", (3, 7, {"members among the top 10 %": 1, "members that contributed": 4})),
        # After 16 April: River Trust's promise, and the action of both.
        ("S7", (2, 5, {"action": 2, "promise": 1})),
        # The choir: 91 days. The farms: 90. The band is new. 45, 45, 90 and 91 days.
        ("S8", (1, {"days since a member was last heard of, on average": 67.75})),
    ],
)
def test_worked_examples(verify: Verify, code: str, expected: tuple[Any, ...]) -> None:
    verify(code, {"organisations": FIVE, **TABS}, expected)


def test_the_quiet_are_named_but_not_the_new(context: Build) -> None:
    value = compute(context(organisations=FIVE, **TABS))["S8"]
    assert value.names == ("Ädel Choir",)
    assert value.excluded == (1, "joined less than 90 days ago")


def test_a_tenth_of_the_members_is_counted_in_whole_members(context: Build) -> None:
    names = [f"Club {n:02}" for n in range(29)]
    rows = "\n".join(f"{name} | 2026-05-01" for name in (*names, *names[:2], *names[:2]))
    given = context(
        organisations="name\n" + "\n".join(names), promises="organisation | done\n" + rows
    )
    value = compute(given)["P7"]
    assert (value.numerator, value.denominator) == (6, 33)


@pytest.mark.parametrize(
    ("code", "given", "why"),
    [
        ("P7", {"promises": "organisation | done\nOak Union | 2025-06-15"},
         "no contribution is recorded for the last 12 months"),
        ("S7", {"promises": "organisation | done\nOak Union |"},
         "nothing that a member did is recorded yet"),
        ("S8", {"promises": "organisation | done\nBike Lobby | 2026-05-01"},
         "nothing that a member did is recorded yet"),
        ("S7", {**TABS, "organisations": ""}, "there are no members yet"),
        ("S8", {**TABS, "organisations": ""}, "there are no members yet"),
    ],
)  # fmt: skip
def test_missing_is_said(verify: Verify, code: str, given: dict[str, Any], why: str) -> None:
    verify(code, {"organisations": FIVE, **given}, why)


def test_whose_promise_is_overdue_is_named_once(context: Build) -> None:
    promises = """
    organisation | what | due        | done
    river trust  | a    | 2026-05-01 |
    River Trust  | b    | 2026-05-01 |
    Oak Union    | c    | 2026-05-01 | 2026-05-02
    Stranger     | d    | 2026-05-01 | 2026-06-16
    """
    value = compute(context(organisations=FIVE, promises=promises))["P9"]
    assert value.names == ("River Trust", "Stranger")


def test_who_joined_an_action_from_elsewhere_is_active_in_its_district(context: Build) -> None:
    given = context(
        organisations="name | district\nOak Union | North\nElm | North\nAsh | North\n"
        "River Trust | South\nFir | South\nYew | South",
        actions="date | started_by | partners\n2026-05-01 | Oak Union | River Trust",
    )
    parts = parts_of(given, {"S7": compute(given)["S7"]})
    found = {(one.part, one.value.value) for one in parts}
    assert found == {("North", 1 / 3), ("South", 1 / 3)}
