"""The same numbers for one district, one sector or one group alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from benchmarks.tables import context_of
from pipeline.measuring import as_of
from pipeline.metrics import parts as module
from pipeline.metrics.model import Context
from pipeline.metrics.parts import parts_of
from pipeline.metrics.registry import BY_CODE, METRICS, compute
from pipeline.metrics.rows import in_group
from pipeline.metrics.values import members

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
OWNERS = dict.fromkeys(
    ("contacts", "groups", "promises", "yearly_check_in", "tell_us_what_you_did"),
    "organisation_id",
)  # fmt: skip
"""Tab → whose each of its rows is. Those of Actions, Help, Meetings and Conversations are several
organisations' own: there the members themselves are counted."""
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
    found = parts_of(context, compute(context, [BY_CODE[code] for code in ("A2", "P9")]))
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
    assert parts_of(context(organisations=FOUR), {}) == ()


def test_a_part_of_fewer_than_three_members_is_nobody_s_business(
    context: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "METRICS", [replace(BY_CODE["A2"], by=module.EVERY_PART)])
    many = FOUR + "Elm School | member | NORTH | Nature\n"
    assert list(told(context(organisations=many))) == [("A2", "district", "North")]


def test_nothing_about_communities_is_counted_by_part() -> None:
    assert not any(BY_CODE[code].by for code in ("C10", "C11", "C12", "C24", "C25")
                   if code in BY_CODE)  # fmt: skip


@pytest.fixture(scope="module")
def coalition() -> Context:
    """Every tab filled; groups, districts and sectors that overlap, and rows of strangers."""
    whole = context_of(150, 600, 6_000, seed=3)
    known = whole.organisations
    asked = known["confirm_by"].mask(known.index % 3 == 0, pd.Timestamp(whole.today))
    return replace(whole, organisations=known.assign(confirm_by=asked))


def narrowed(whole: Context, by: str, part: str, ids: set[str]) -> Context:
    """The context as if there were only these organisations, and the rows that are theirs."""
    tables = dict(whole.tables)
    for name, column in OWNERS.items():
        tables[name] = tables[name][tables[name][column].isin(ids)]
    if by != "group":
        wanted, field = tables["outreach"], "place" if by == "district" else "sector"
        named = [(cell,) if isinstance(cell, str) else cell for cell in wanted[field]]
        tables["outreach"] = wanted[[part in cell for cell in named]]
    mine = whole.organisations["id"].isin(ids)
    return replace(whole, organisations=whole.organisations[mine], tables=tables)


def named(whole: Context, by: str) -> dict[str, set[str]]:
    """Part → its members."""
    people = members(whole)
    if by == "group":
        rows = whole.tables["groups"]
        rows = rows[in_group(rows, whole) & rows["organisation_id"].isin(people["id"])]
        pairs = list(zip(rows["group"], rows["organisation_id"], strict=True))
    else:
        pairs = [(part, row["id"]) for row in people.to_dict("records")
                 for part in ((row[by],) if by == "district" else row[by])]  # fmt: skip
    found: dict[str, set[str]] = {}
    for part, key in pairs:
        found.setdefault(part, set()).add(key)
    return {part: ids for part, ids in found.items() if len(ids) >= 3}


@pytest.mark.parametrize("by", module.EVERY_PART)
def test_what_members_add_together_is_what_the_part_alone_comes_to(
    by: str, coalition: Context
) -> None:
    wanted = [replace(metric, comes=None) for metric in METRICS if by in metric.by]
    plain = {
        (code, part): (value.value, value.numerator, value.denominator)
        for part, ids in named(coalition, by).items()
        for code, value in compute(narrowed(coalition, by, part, ids), wanted).items()
        if value.value is not None
    }
    added = {
        (one.code, one.part): (one.value.value, one.value.numerator, one.value.denominator)
        for one in parts_of(coalition, compute(coalition))
        if one.by == by
    }
    assert len({code for code, _ in plain}) == len(wanted)
    assert added == plain


def test_of_a_part_about_which_no_row_tells_anything_nothing_is_said(
    context: Callable[..., Any],
) -> None:
    given = context(
        organisations="name | district\nOak | North\nElm | North\nAsh | North\n"
        "Fir | South\nYew | South\nBay | South",
        promises="organisation | what | due\nOak | a | 2026-05-10",
    )
    found = [(o.part, o.value.numerator, o.value.denominator)
             for o in parts_of(given, compute(given)) if o.code == "P8"]  # fmt: skip
    assert found == [("North", 1, 3)]


def test_an_initiative_that_two_members_began_counts_once_in_their_part(
    context: Callable[..., Any],
) -> None:
    given = context(
        organisations="name | district\nOak | North\nElm | North\nAsh | North",
        actions="date | initiative | started_by\n2026-05-01 | River walk | Oak\n"
        "2026-05-02 | river WALK | Elm\n2026-05-03 | Song night | Elm\n"
        "2026-05-03 | Picnic | Nobody here",
    )
    found = [o.value.value for o in parts_of(given, compute(given)) if o.code == "P1"]
    assert found == [2.0]


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
