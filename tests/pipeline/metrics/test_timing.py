"""How long things take and what falls due, by hand. The day is 15 June 2026."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from pipeline.metrics.registry import compute

Verify = Callable[[str, dict[str, Any], Any], None]

REVIEWED = """
key | outcome  | day        | decided_on
s-1 | accepted | 2026-05-01 | 2026-05-01
s-2 | accepted | 2026-05-01 | 2026-05-02
s-3 | declined | 2026-05-01 | 2026-05-05
s-4 | accepted | 2026-05-01 | 2026-05-09
s-5 | accepted | 2026-05-01 | 2026-05-17
s-6 | hold     | 2026-06-05 |
s-7 | hold     | 2026-06-01 |
s-8 | test     | 2026-01-01 |
s-9 | accepted |            | 2026-05-17
"""
FEW = """
key | outcome  | day        | decided_on
s-1 | accepted | 2026-05-01 | 2026-05-01
s-2 | accepted | 2026-05-02 | 2026-05-02
s-3 | declined | 2026-05-01 | 2026-05-05
s-4 | hold     | 2026-06-14 |
"""
DATED = """
key | outcome  | day        | version | verified | labels
s-1 | accepted | 2026-05-01 | 2       | yes      |
s-2 | accepted | 2026-05-10 | 2       |          |
s-3 | accepted | 2026-05-11 | 2       | yes      | late
s-4 | accepted | 2026-05-21 | 2       |          | late
s-5 | accepted | 2026-05-01 | 1       | yes      |
s-6 | hold     | 2026-05-01 | 2       | yes      |
s-7 | accepted | 2026-05-01 | 2       | yes      | individual
"""
ENDS = {"current_version": "2", "sign_by": dt.date(2026, 5, 10), "closes": dt.date(2026, 5, 20)}
ASKED = """
name   | standing | confirm_by
Oak    | reaffirm | 2026-07-15
River  | reaffirm | 2026-06-14
Hill   | reaffirm | 2026-07-16
Lake   | member   |
Gone   | lapsed   | 2026-06-01
"""


@pytest.mark.parametrize(
    ("code", "given", "expected"),
    [
        # 0, 1, 4, 8 and 16 days; nine tenths of the way lies between 8 and 16 at 12.8.
        ("A5", {"signons": REVIEWED}, (4, {"90 of 100 within": 12.8, "oldest open one": 14})),
        # s-1, s-3 and s-5 of the five accepted ones of organisations.
        ("A7", {"signons": DATED}, (3, 5, {})),
        # s-1 and s-2 of s-1 to s-3; s-3 and s-4 were late.
        ("A13", {"signons": DATED, "settings": ENDS}, (2, 3, {"late": 2})),
        # Oak on the thirtieth day, River a day ago; Hill a day later.
        ("A18", {"organisations": ASKED}, (2, {"their day is over": 1})),
    ],
)  # fmt: skip
def test_worked_examples(
    verify: Verify, code: str, given: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    verify(code, given, expected)


@pytest.mark.parametrize(
    ("code", "given", "why"),
    [
        ("A5", {"signons": FEW}, "there are only 3 decided sign-ons; a median needs five"),
        ("A7", {"signons": "outcome | verified\nhold | yes"}, "no sign-on is accepted yet"),
        ("A13", {"signons": DATED, "settings": {"closes": dt.date(2026, 5, 20)}},
         "the version in force has no day by which sign-ons are asked for"),
        ("A13", {"signons": DATED, "settings": {"sign_by": dt.date(2026, 6, 15)}},
         "sign-ons are asked for until 2026-06-15"),
        ("A13", {"signons": DATED, "settings": {**ENDS, "current_version": "3"}},
         "no sign-on to the version in force is accepted yet"),
    ],
)  # fmt: skip
def test_missing_is_said(verify: Verify, code: str, given: dict[str, Any], why: str) -> None:
    verify(code, given, why)


def test_few_reviews_are_listed_by_their_length(context: Callable[..., Any]) -> None:
    value = compute(context(signons=FEW))["A5"]
    assert value.details == (("after 0 days", 2.0), ("after 4 days", 1.0), ("oldest open one", 1.0))


def test_what_is_left_out_is_counted(context: Callable[..., Any]) -> None:
    values = compute(context(signons=DATED, settings=ENDS))
    assert values["A13"].excluded == (1, "to another version, or on a day that can't be read")
    assert compute(context(signons=REVIEWED))["A5"].excluded == (1, "no time that can be read")


def test_those_who_lapse_soon_are_named_apart_from_the_figure(context: Callable[..., Any]) -> None:
    value = compute(context(organisations=ASKED))["A18"]
    assert value.names == ("Oak", "River")
    assert not {"Oak", "River"} & {name for name, _ in value.details}


NOT_YET = {
    "A3": "outcome | labels\naccepted |",
    "A7": "outcome | verified\naccepted |",
    "A9": "outcome | reservations\naccepted | None, we are delighted to join!",
    "A10": "outcome | version\naccepted | 1",
    "A11": "outcome | repeat\naccepted |",
    "C8": "outcome | referred_by\naccepted |",
}
NOW = {
    "A3": "outcome | labels\nhold | individual",
    "A7": "outcome | verified\nhold | yes",
    "A9": "outcome | reservations\nhold | All but point 3",
    "A10": "outcome | version\nsuperseded | 0",
    "A11": "outcome | repeat\naccepted | yes",
    "C8": "outcome | referred_by\nhold | Oak",
}


@pytest.mark.parametrize("code", sorted(NOW))
def test_a_number_comes_when_it_has_something_to_say(
    context: Callable[..., Any], code: str
) -> None:
    version = {"current_version": "1"}
    assert code not in compute(context(signons=NOT_YET[code], settings=version))
    assert code in compute(context(signons=NOW[code], settings=version))


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("A14", "name | standing\nOak | member", "name | standing\nOak | lapsed"),
        ("A17", "name | level\nOak | local", "name | level\nOak | local\nElm | national"),
        ("A17", "name\nOak", "name | parent_id\nOak | o-elm"),
        ("A18", "name\nOak", "name | confirm_by\nOak | 2026-12-01"),
        ("C10", "name\nOak", "name | communities\nOak | Elders"),
    ],
)
def test_a_number_about_members_comes_with_the_first_of_them(
    context: Callable[..., Any], code: str, before: str, after: str
) -> None:
    assert code not in compute(context(organisations=before))
    assert code in compute(context(organisations=after))


def test_those_who_lapsed_before_the_period_were_no_members_when_it_began(verify: Verify) -> None:
    organisations = """
    name | standing  | joined_on  | since      | left_on
    Oak  | member    | 2026-01-01 | 2026-01-01 |
    Elm  | lapsed    | 2026-01-01 | 2026-04-01 |
    Ash  | lapsed    | 2026-01-01 | 2026-05-04 |
    Yew  | withdrawn | 2026-01-01 | 2026-05-05 | 2026-05-05
    """
    verify("A14", {"organisations": organisations}, (1, 3, {"lapsed": 1, "withdrawn": 1}))
