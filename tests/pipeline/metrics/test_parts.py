"""The same numbers for one district, one sector or one group alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pipeline.measuring import as_of
from pipeline.metrics import parts as module
from pipeline.metrics.parts import parts_of
from pipeline.metrics.registry import BY_CODE

FOUR = """
name        | standing  | district | sector
Oak Union   | member    | North    | Labour; Health
River Trust | member    | north    | Nature
Bike Lobby  | member    | South    | Labour
Old Guild   | withdrawn | South    | Labour
"""
GROUPS = """
group   | kind          | organisation | since      | until
Water   | working group | Oak Union    | 2026-01-01 |
Water   | working group | River Trust  | 2026-01-01 | 2026-05-01
Press   | working group | Oak Union    | 2026-07-01 |
"""
PROMISES = """
organisation | what | due        | done
Oak Union    | a    | 2026-05-10 | 2026-05-10
River Trust  | b    | 2026-05-10 |
Bike Lobby   | c    | 2026-05-10 | 2026-05-09
Stranger     | d    | 2026-05-10 | 2026-05-09
"""


@pytest.fixture
def split(monkeypatch: pytest.MonkeyPatch) -> None:
    """Members and kept promises are counted by part, whatever their declarations say."""
    chosen = [replace(BY_CODE[code], by=module.EVERY_PART) for code in ("A2", "P9")]
    monkeypatch.setattr(module, "METRICS", chosen)
    monkeypatch.setattr(module, "LEAST", 1)


def told(context: Any) -> dict[tuple[str, str, str], tuple[Any, ...]]:
    found = parts_of(context, ("A2", "P9"))
    return {(o.code, o.by, o.part): (o.value.value, o.value.numerator, o.value.denominator)
            for o in found}  # fmt: skip


@pytest.mark.usefixtures("split")
def test_each_part_counts_its_members_and_what_is_theirs(context: Callable[..., Any]) -> None:
    found = told(context(organisations=FOUR, groups=GROUPS, promises=PROMISES))
    assert found == {
        ("A2", "district", "North"): (2.0, None, None),
        ("A2", "district", "South"): (1.0, None, None),
        ("A2", "sector", "Health"): (1.0, None, None),
        ("A2", "sector", "Labour"): (2.0, None, None),
        ("A2", "sector", "Nature"): (1.0, None, None),
        ("A2", "group", "Water"): (1.0, None, None),
        ("P9", "district", "North"): (0.5, 1, 2),
        ("P9", "district", "South"): (1.0, 1, 1),
        ("P9", "sector", "Health"): (1.0, 1, 1),
        ("P9", "sector", "Labour"): (1.0, 2, 2),
        ("P9", "sector", "Nature"): (0.0, 0, 1),
        ("P9", "group", "Water"): (1.0, 1, 1),
    }


@pytest.mark.usefixtures("split")
def test_a_number_that_is_not_shown_has_no_parts(context: Callable[..., Any]) -> None:
    assert parts_of(context(organisations=FOUR), ("P9",)) == ()


def test_a_part_of_fewer_than_three_members_is_nobody_s_business(
    context: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "METRICS", [replace(BY_CODE["A2"], by=module.EVERY_PART)])
    many = FOUR + "Elm School | member | NORTH | Nature\n"
    assert list(told(context(organisations=many))) == [("A2", "district", "North")]


def test_nothing_about_communities_is_counted_by_part() -> None:
    assert not any(BY_CODE[code].by for code in ("C10", "C11", "C12", "C24", "C25")
                   if code in BY_CODE)  # fmt: skip


def test_a_part_has_the_forms_of_its_members_alone(
    context: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "METRICS", [replace(BY_CODE["A6"], by=("district",))])
    monkeypatch.setattr(module, "LEAST", 1)
    forms = """
    organisation_id | signatory | role  | authorised
    o-oak-union     | Ana       | Chair | yes
    o-river-trust   | Bo        |       | yes
    o-bike-lobby    | Cy        | Chair | yes
    """
    found = parts_of(context(organisations=FOUR, signons=forms), ("A6",))
    assert [(one.part, one.value.numerator, one.value.denominator) for one in found] == [
        ("North", 1, 2), ("South", 1, 1),
    ]  # fmt: skip


def test_an_earlier_day_has_its_own_month_and_knows_nobody_who_came_later(
    context: Callable[..., Any],
) -> None:
    known = "name | joined_on | left_on\nOak | 2026-01-10 | 2026-05-20\nElm | 2026-05-02 |"
    then = as_of(context(organisations=known), dt.date(2026, 3, 31), {"o-oak"})
    assert then.today == dt.date(2026, 3, 31)
    assert then.period == (dt.date(2026, 2, 1), dt.date(2026, 3, 1))
    rows = then.organisations.set_index("name")
    assert dict(rows["standing"]) == {"Oak": "member", "Elm": "none"}
    assert list(rows["joined_on"].isna()) == [False, True]
    assert rows["left_on"].isna().all()
