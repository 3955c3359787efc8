"""What members begin, whom they bring along, and who comes to meetings, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.metrics.registry import compute

Verify = Callable[[str, dict[str, Any], Any], None]
Build = Callable[..., Any]

FOUR = """
name        | standing  | joins_as
Oak Union   | member    | member
River Trust | reaffirm  | member
Hill Farms  | member    | member
Hub House   | member    | member
Bike Lobby  | withdrawn | member
Purse Fund  | member    | funder
"""
ACTIONS = """
date       | initiative   | started_by  | partners              | letters
2026-05-01 | Night march  | Oak Union   | River Trust; Stranger | 40
2026-05-20 | NIGHT  MARCH | River Trust |                       | 2
2026-04-30 | Tap water    | Oak Union   |                       | 500
2026-05-31 | Big mail-in  | Hub House   | Oak Union             | 10
2026-05-09 | Ride         | Bike Lobby  | Hill Farms            |
2026-05-10 | Cheque       | Purse Fund  |                       | 0
2026-05-11 |              | Hill Farms  |                       |
2026-06-16 | Vigil        | Hill Farms  |                       | 9
"""
CONTACTS = """
organisation | name | role_for_us               | since      | until
Hub House    | Ana  | coalition staff hosted by | 2026-01-01 | 2026-06-15
Oak Union    | Bo   | coalition staff hosted by | 2025-01-01 | 2026-06-14
River Trust  | Cy   | coalition staff hosted by | 2026-06-16 |
Oak Union    | Di   | deputy                    |            |
Hill Farms   | Ed   | deputy                    |            | 2026-06-14
River Trust  |      | deputy                    |            |
Bike Lobby   | Flo  | deputy                    |            |
Hub House    | Gus  | deputy                    | 2026-06-15 | 2026-06-15
"""
MEETINGS = """
date       | name | kind     | invited                            | present             | people
2026-01-05 | A    | meeting  | Oak Union                          | Oak Union           | 3
2026-02-05 | B    | assembly | Oak Union; River Trust; Hill Farms | Oak Union; Hub House | 30
2026-03-05 | C    | meeting  | Oak Union; Hub House; Bike Lobby   | Stranger            |
2026-04-05 | D    | training | Oak Union; River Trust             |                     | 12
2026-05-05 | E    | training | River Trust; River Trust; Hub House | Hub House; River Trust | 8
2026-06-05 | F    | training | Bike Lobby                         | Oak Union           |
2026-06-16 | G    | training | Oak Union                          | Oak Union           | 99
2025-06-15 | H    | training | Oak Union                          |                     | 77
"""


@pytest.mark.parametrize(
    ("code", "given", "expected"),
    [
        # The march (once), tap water, the mail-in; the farms' first one has no name.
        ("P1", {"actions": ACTIONS}, (3, {"begun in the last month": 2})),
        # Hub House hosts staff until today; Oak Union did until yesterday.
        ("P1", {"actions": ACTIONS, "contacts": CONTACTS}, (2, {"begun in the last month": 1})),
        ("P2", {"actions": ACTIONS}, (3, 4, {})),
        ("P2", {"actions": ACTIONS, "contacts": CONTACTS}, (2, 4, {})),
        ("P3", {"actions": ACTIONS}, (52, {"member organisations that sent them": 3})),
        # B: one of three; C: none of two members; E: both. A is the fourth from the end.
        ("P6", {"meetings": MEETINGS},
         ((1 / 3 + 0 + 1) / 3,
          {"meetings": 3, "members invited": 7, "members of those present": 3})),
        ("P10", {"contacts": CONTACTS}, (2, 4, {})),
        # D and E; F has no number, G is to come, H is a year ago to the day.
        ("S6", {"meetings": MEETINGS},
         (20, {"in the last month": 8, "trainings": 3, "member organisations present": 3})),
    ],
)  # fmt: skip
def test_worked_examples(
    verify: Verify, code: str, given: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    verify(code, {"organisations": FOUR, **given}, expected)


@pytest.mark.parametrize(
    ("code", "given", "why"),
    [
        ("P1", {"actions": "date | started_by\n2026-05-01 | Oak Union"},
         "the tab Actions has no column Initiative"),
        ("P2", {"actions": ACTIONS, "organisations": ""}, "there are no members yet"),
        ("P3", {"actions": "date\n2026-05-01"}, "the tab Actions has no column Letters"),
        ("P6", {"meetings": "date | invited | present\n2026-05-01 | Oak Union |"},
         "no meeting says both which members were invited and who came"),
        ("P10", {"contacts": "organisation | name\nOak Union | Bo"},
         "the tab Contacts has no column Role for us"),
        ("P10", {"contacts": CONTACTS, "organisations": ""}, "there are no members yet"),
        ("S6", {"meetings": "date | kind | people\n2026-05-01 | training |"},
         "no training of the last 12 months has a number of people"),
    ],
)  # fmt: skip
def test_missing_is_said(verify: Verify, code: str, given: dict[str, Any], why: str) -> None:
    verify(code, {"organisations": FOUR, **given}, why)


def test_what_is_left_out_is_counted(context: Build) -> None:
    values = compute(context(organisations=FOUR, actions=ACTIONS, meetings=MEETINGS))
    assert values["P1"].excluded == (1, "no name under Initiative")
    hosted = compute(context(organisations=FOUR, actions=ACTIONS, contacts=CONTACTS))
    assert hosted["P2"].excluded == (
        2, "no name under Initiative: 1; started where coalition staff is hosted: 1",
    )  # fmt: skip
    assert values["P3"].excluded == (0, "")
    # D and H say nobody came; of F no member was invited.
    assert values["P6"].excluded == (3, "no list of members invited, or of who came")
    assert values["S6"].excluded == (1, "no number of people")


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("P6", {"meetings": "date | invited | present\n2026-05-01 | |"}),
        ("P10", {"contacts": "organisation | name | role_for_us\nOak Union | Bo | press"}),
        ("S6", {"meetings": "date | kind | people\n2026-05-01 | event | 3"}),
    ],
)
def test_it_comes_with_the_first_row_that_speaks_of_it(
    context: Build, code: str, given: dict[str, Any]
) -> None:
    assert code not in compute(context(organisations=FOUR, **given))


def test_only_actions_that_tell_of_letters_lack_a_number(context: Build) -> None:
    rows = """
    date       | kind          | letters
    2026-05-01 | Letter week   | 40
    2026-05-02 | Briefaktion   |
    2026-05-03 | Briefing      |
    2026-05-04 | rally         |
    """
    value = compute(context(organisations=FOUR, actions=rows))["P3"]
    assert (value.value, value.excluded) == (40, (1, "no number under Letters"))


def test_letters_that_nobody_counted_are_not_none(context: Build) -> None:
    rows = "date | kind | letters\n2026-05-02 | letters |\n2026-05-03 | rally |"
    value = compute(context(organisations=FOUR, actions=rows))["P3"]
    assert value.why == "no data because no action of the month says how many letters"
    assert value.excluded == (1, "no number under Letters")


def test_people_whom_nobody_counted_are_not_nobody(context: Build) -> None:
    rows = "date | kind | people\n2026-05-02 | event |"
    value = compute(context(organisations=FOUR, meetings=rows))["P5"]
    assert (value.value, value.details) == (1, (("member organisations present", 0.0),))
    assert value.excluded == (1, "no number of people")
