"""The Align family, each worked out by hand. The day is 15 June 2026, the period May."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.metrics.registry import compute

Verify = Callable[[str, dict[str, Any], Any], None]

FORMS = """
key | outcome    | day        | decided_on | labels     | signing_as   | repeat
s-1 | accepted   | 2026-05-01 | 2026-05-02 |            | organisation |
s-2 | accepted   | 2026-05-31 | 2026-06-01 |            | organisation | yes
s-3 | superseded | 2026-04-30 | 2026-05-01 |            | organisation |
s-4 | hold       | 2026-06-01 |            |            | organisation |
s-5 | declined   | 2026-05-10 | 2026-05-20 |            | organisation |
s-6 | accepted   | 2026-05-11 | 2026-05-11 | individual | individual   |
s-7 | test       | 2026-05-12 |            |            | organisation |
s-8 | hold       |            |            |            | organisation |
"""
SIGNATORIES = """
outcome  | signing_as   | signatory | role  | authorised
accepted | organisation | Ana Ruiz  | chair | yes
accepted | organisation | Bo Lind   |       | yes
accepted | organisation |           | clerk | yes
accepted | organisation | Cy Adu    | board | no
hold     | organisation | Di Okoro  | board | yes
accepted | individual   | Ed Falk   |       |
"""
CONDITIONS = """
outcome  | reservations
accepted | only point 2
accepted |
hold     | if we may leave
declined | all but the budget
test     | none
"""
STANDINGS = """
name         | standing  | joined_on  | left_on    | joins_as       | version | may_list | logo
National     | member    | 2026-01-10 |            | member         | 2       | yes      | yes
Chapter One  | member    | 2026-02-10 |            | member         | 1       | yes      |
Chapter Two  | reaffirm  | 2026-03-10 |            |                | 2       | no       |
Solo         | member    | 2026-05-10 |            | member         | 2       |          |
Left in May  | withdrawn | 2026-01-10 | 2026-05-20 | member         | 1       | yes      |
Left before  | withdrawn | 2026-01-10 | 2026-04-30 | member         | 1       | yes      |
Put out      | removed   | 2026-01-10 | 2026-05-31 | member         | 1       | yes      |
Waiting      | pending   |            |            | member         |         | yes      |
Funder       | member    | 2026-01-10 |            | funder         | 2       | yes      | yes
Only signing | member    | 2026-01-10 |            | signatory only | 2       | yes      | yes
"""
BACK = """
outcome    | decided_on | repeat | request
accepted   | 2026-05-01 |        | join
withdrawn  | 2026-05-02 |        | join
accepted   | 2026-05-03 | yes    | withdraw
declined   | 2026-05-03 | yes    | join
hold       |            |        | join
superseded | 2026-05-03 | yes    | withdraw
"""
PLACES = """
name        | standing | joins_as | level    | parent_id  | district | sector
National    | member   | member   | national |            | North    | health; labour
Chapter One | member   | member   | local    | o-national | north    | health
Chapter Two | reaffirm | member   | local    | o-national |          | labour
Solo        | member   | member   |          |            | South    |
Waiting     | pending  | member   | local    |            | East     | health
Funder      | member   | funder   | national |            | East     | money
"""
ASKED = "key | list_us | use_our_logo | district | sector | level | parent"
EAST = {"districts": ("East", "North", "South", "West")}


@pytest.mark.parametrize(
    ("code", "given", "expected"),
    [
        # 1, 31, 10 and 11 May; the test and 30 April are outside.
        ("A1", {"signons": FORMS}, (4, {})),
        ("A2", {"organisations": STANDINGS},
         (4, {"accepted ever": 7, "withdrawn": 2, "removed": 1, "net": 4})),
        ("A3", {"signons": FORMS}, (1, {})),
        # s-1, s-2 and s-6 against those and s-5; s-3 was replaced.
        ("A4", {"signons": FORMS}, (3, 4, {"pending": 2})),
        # What was withdrawn had been accepted; who is asked back is undecided.
        ("A4", {"signons": BACK}, (3, 4, {"pending": 1})),
        ("A11", {"signons": BACK}, (1, 4, {})),
        ("A6", {"signons": SIGNATORIES}, (1, 4, {})),
        ("A9", {"signons": CONDITIONS}, (3, 4, {"still open": 1})),
        ("A10", {"organisations": STANDINGS, "settings": {"current_version": "2"}}, (3, 4, {})),
        ("A11", {"signons": FORMS}, (1, 7, {})),
        ("A12", {"organisations": STANDINGS, "signons": ASKED}, (2, 4, {"listing": 2, "logo": 1})),
        # On 1 May: National, both chapters, Left in May and Put out.
        ("A14", {"organisations": STANDINGS}, (1, 5, {"withdrawn": 1, "removed": 1})),
        ("A15", {"organisations": PLACES, "signons": ASKED, "settings": EAST},
         (2, 4, {"East": 0, "North": 2, "South": 1, "West": 0})),
        # Health 1.5 and labour 1.5 of 3: two equal sectors.
        ("A16", {"organisations": PLACES, "signons": ASKED}, (2, {})),
        ("A17", {"organisations": PLACES}, (2, {"local": 2, "national": 1, "not said": 1})),
    ],
)  # fmt: skip
def test_worked_examples(
    verify: Verify, code: str, given: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    verify(code, given, expected)


def test_agreement_counts_yes_among_the_answers_of_forms_that_stand(verify: Verify) -> None:
    signons = """
    key | outcome    | signing_as   | agrees_p1 | agrees_p2
    s-1 | accepted   | organisation | yes       | yes
    s-2 | hold       | organisation | yes       | no
    s-3 | declined   | organisation | unclear   |
    s-4 | superseded | organisation | no        | no
    s-5 | accepted   | individual   | no        | no
    """
    points = {"points": (("agrees_p1", "P1"), ("agrees_p2", "P2"), ("agrees_p3", "P3"))}
    details = {
        "P1: yes": 2, "P1: answered": 3, "P1: left blank": 0,
        "P2: yes": 1, "P2: answered": 2, "P2: left blank": 1,
    }  # fmt: skip
    verify("A8", {"signons": signons, "settings": points}, (3, 5, details))


HELD = "key | outcome\ns-1 | hold"


@pytest.mark.parametrize(
    ("code", "given", "why"),
    [
        ("A4", {"signons": HELD}, "no sign-on is accepted or declined yet"),
        ("A6", {"signons": "outcome | signatory\nhold | A"},
         "the form doesn't ask Role, and the form doesn't ask Authorised"),
        ("A6", {"signons": "outcome | signatory | role | authorised\nhold | A | b | yes"},
         "no sign-on is accepted yet"),
        ("A8", {"signons": HELD, "settings": {"points": (("agrees_p1", "P1"),)}},
         "the form doesn't ask about any principle in force"),
        ("A8", {"signons": "outcome | agrees_p1\nhold |",
                "settings": {"points": (("agrees_p1", "P1"),)}},
         "nobody has answered about a principle yet"),
        ("A9", {"signons": "key | reservations"}, "no sign-on has come in yet"),
        ("A10", {"organisations": STANDINGS}, "no version of the statement is adopted yet"),
        ("A10", {"settings": {"current_version": "2"}}, "there are no members yet"),
        ("A11", {}, "no sign-on has come in yet"),
        ("A12", {"organisations": STANDINGS, "signons": HELD}, "the form doesn't ask List us"),
        ("A12", {"signons": ASKED}, "there are no members yet"),
        ("A14", {"organisations": "name | joined_on\nNew | 2026-05-01"},
         "there were no members when the period began"),
        ("A15", {"signons": ASKED}, "the settings name no districts to aim at"),
        ("A15", {"signons": HELD, "settings": EAST}, "the form doesn't ask District"),
        ("A16", {"signons": ASKED, "organisations": "name\nSolo"},
         "no member has named a sector"),
        ("A17", {}, "there are no members yet"),
    ],
)  # fmt: skip
def test_missing_is_said(verify: Verify, code: str, given: dict[str, Any], why: str) -> None:
    verify(code, given, why)


@pytest.mark.parametrize("code", ["A1", "A2"])
def test_a_coalition_without_anybody_counts_none(verify: Verify, code: str) -> None:
    nothing = {"accepted ever": 0, "withdrawn": 0, "net": 0} if code == "A2" else {}
    verify(code, {}, (0, nothing))


def test_what_is_left_out_is_counted(context: Callable[..., Any]) -> None:
    values = compute(context(signons=FORMS))
    assert values["A1"].excluded == (1, "no time that can be read")
    asked = compute(context(signons=ASKED, organisations=PLACES))
    assert asked["A16"].excluded == (1, "no sector")


def test_two_that_call_each_other_parent_are_one_family(verify: Verify) -> None:
    organisations = "name | parent_id\nA | o-b\nB | o-a\nC | o-a\nD |"
    verify("A17", {"organisations": organisations}, (2, {"not said": 4}))
