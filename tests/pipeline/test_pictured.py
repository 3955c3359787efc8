"""Pictures of agreement, the way to the list, a breach and help, against figures by hand."""

from __future__ import annotations

import pytest

from pipeline import pictured
from reports.bars import Bar
from tests.pipeline.thinking.conftest import Coalition

Pieces = dict[str, float]


def seen(bar: Bar) -> Pieces:
    """What can be seen of a bar."""
    return {kind: amount for kind, amount in bar.pieces if amount}


@pytest.fixture(name="four")
def four_fixture() -> Coalition:
    """Four organisations that signed, one of which has a reservation about peace."""
    found = Coalition()
    found.form("Mill")
    found.form("Dam", agrees_peace="No")
    found.form("Ford", agrees_peace="")
    found.form("Weir", referred_by="Mill", on="2026-04-10")
    return found


def test_each_principle_has_a_bar_of_what_the_forms_say_to_it(four: Coalition) -> None:
    picture = pictured.principles(four.run("2026-06-15"))
    (bar,) = picture.bars
    assert (bar.label, bar.text) == ("peace We act peacefully", "2 of 3")
    assert seen(bar) == {"yes": 2, "no, or under a condition": 1, "left blank": 1}


def test_the_way_to_the_list_counts_who_signed_after_we_spoke_to_them(four: Coalition) -> None:
    four.tab("Outreach", """
        Organisation | Stage     | Added      | First contact | Replied
        Weir         | joined    | 2026-03-02 | 2026-03-09    | 2026-03-10
        Mill         | joined    | 2026-03-02 | 2026-03-09    |
        Quay         | contacted | 2026-03-02 | 2026-03-09    |
        Lock         | wanted    | 2026-03-02 |               |
    """)  # fmt: skip
    picture = pictured.invited(four.run("2026-06-15"))
    # Mill had signed on 2 March, a week before we wrote to it
    assert [bar.text for bar in picture.bars] == [
        "4 of 4", "3 of 4", "1 of 4", "1 of 4", "1 of 2 were brought",
    ]  # fmt: skip
    assert seen(picture.bars[-1]) == {"say who brought them": 1, "don't say": 1}


def test_without_outreach_only_those_that_signed_are_drawn(four: Coalition) -> None:
    assert len(pictured.invited(four.run("2026-06-15")).bars) == 1


def test_a_breach_is_told_day_by_day(four: Coalition) -> None:
    four.run("2026-05-11")
    four.decide("Mill", "list", what="listed")
    four.run("2026-05-11")
    four.change("Weir", "suspend")
    four.run("2026-05-12")
    four.change("Weir", "undo")
    four.change("Mill", "hide now")
    picture = pictured.breaches(four.run("2026-06-03"))
    assert [(bar.label, bar.text) for bar in picture.bars] == [
        ("2026-05-11", "2 members"),
        ("2026-05-12", "1 member, 1 suspended"),
        ("2026-06-03", "2 members"),
    ]
    assert [seen(bar) for bar in picture.bars] == [
        {"members named in public": 1, "members not named": 1},
        {"members named in public": 1, "suspended": 1},
        {"members not named": 2},
    ]


def test_where_nothing_was_broken_today_is_the_only_bar(four: Coalition) -> None:
    (bar,) = pictured.breaches(four.run("2026-06-15")).bars
    assert (bar.label, bar.text) == ("2026-06-15", "2 members")


def test_help_is_drawn_per_member_and_kind_for_two_years(four: Coalition) -> None:
    four.tab("Help", """
        Asked on   | Organisation | Kind     | First answer | Closed     | Hours
        2026-04-13 | Mill         | training | 2026-04-14   | 2026-04-20 | 6
        2026-05-04 | Weir         | legal    | 2026-05-05   | 2026-05-06 | 3
        2025-05-04 | Mill         | legal    | 2025-05-05   | 2025-05-06 | 8
    """)  # fmt: skip
    picture = pictured.support(four.run("2026-06-15"))
    # a year ago there was nobody yet, and nothing can be told per member
    (bar,) = picture.bars
    assert (bar.label, bar.text) == ("This year: 2 members", "9 hours, 4.5 each")
    assert seen(bar) == {"training": 3, "legal": 1.5}


def test_without_help_there_is_nothing_to_draw(four: Coalition) -> None:
    assert pictured.support(four.run("2026-06-15")).bars == ()
