"""What the network's numbers read: what they name, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from pipeline.metrics.model import Context, Value
from pipeline.metrics.registry import compute
from pipeline.metrics.ties import C14, C26, TIES

GIVEN = {
    "organisations": """
name | sector | district | joined_on | referred_by | standing | joins_as
A | housing | North | 2025-01-10 | | member | member
B | labour | North | 2025-01-10 | | member | member
C | housing | South | 2025-01-10 | | reaffirm | member
D | art | South | 2026-02-01 | C | member | member
E | labour | West | 2025-02-01 | C | member | member
F | art | East | 2025-01-10 | | member | member
H | art | East | 2025-01-10 | | member | member
Fund | art | East | 2025-01-10 | | member | funder
""",
    "conversations": """
date | organisation_a | organisation_b | kind | reported_by
2026-05-01 | A | B | one-to-one | A
2026-05-01 | A | B | one-to-one | B
2026-05-01 | A | F | introduction | F
2026-05-01 | A | F | introduction | A
2026-05-01 | A | Wanted Club | one-to-one |
2026-05-01 | A | No Club | one-to-one |
2026-05-01 | Fund | A | one-to-one | Fund
2026-05-01 | Fund | A | one-to-one | A
2026-01-01 | A | H | introduction |
2026-01-11 | A | H | one-to-one |
""",
    "groups": """
group | kind | organisation | since | until
P | working group | A | 2026-01-01 | 2026-02-01
P | working group | B | 2026-01-15 |
P | working group | E | 2026-03-01 |
Q | funders | D | 2024-01-01 | 2024-06-01
Q | funders | E | 2024-01-01 |
""",
    "meetings": "date | present\n2026-04-01 | B; C",
    "actions": "date | started_by | partners\n2026-04-01 | E | H",
    "contacts": """
organisation | role_for_us | since | until
A | coalition staff hosted by | | 2026-01-01
B | coalition staff hosted by | 2027-01-01 |
C | coalition staff hosted by | |
""",
    "outreach": """
organisation | stage | added
Wanted Club | contacted | 2026-01-01
No Club | said no | 2026-01-01
Later | wanted | 2027-01-01
""",
    "signons": "key | referred_by | sector",
}
COLUMNS = sorted({field for metric in TIES for field in metric.needs + metric.uses})


def blank(cells: pd.Series) -> pd.Series:
    """The column as it is where nobody keeps it."""
    if str(cells.dtype).startswith("datetime"):
        return pd.Series(pd.NaT, index=cells.index, dtype=cells.dtype)
    if len(cells) and isinstance(cells.iloc[0], tuple):
        return pd.Series([()] * len(cells), index=cells.index, dtype=object)
    return pd.Series([""] * len(cells), index=cells.index, dtype="str")


def without(context: Context, field: str) -> Context:
    """The same without that column."""
    table, _, column = field.partition(".")
    if table == "organisations":
        frame = context.organisations
        return replace(context, organisations=frame.assign(**{column: blank(frame[column])}))
    present = {**context.present, table: context.present[table] - {column}}
    if table == "signons":
        return replace(context, present=present)
    frame = context.tables[table]
    names = [name for name in (column, f"{column}_id", f"{column}_ids") if name in frame]
    less = frame.assign(**{name: blank(frame[name]) for name in names})
    return replace(context, tables={**context.tables, table: less}, present=present)


@pytest.fixture(scope="module", name="whole")
def whole_fixture(context: Callable[..., Context]) -> Context:
    return context(**GIVEN)


def counted(context: Context) -> Mapping[str, Value]:
    found = compute(context, TIES)
    return {code: replace(value, without=()) for code, value in found.items()}


@pytest.mark.parametrize("field", COLUMNS)
def test_a_column_changes_only_what_names_it(whole: Context, field: str) -> None:
    before, after = counted(whole), counted(without(whole, field))
    for metric in TIES:
        if field in metric.needs:
            assert after[metric.code].why
        elif field not in metric.uses:
            assert after[metric.code] == before[metric.code], metric.code


@pytest.mark.parametrize("field", C14.uses)
def test_every_column_that_may_make_a_tie_does(whole: Context, field: str) -> None:
    assert counted(without(whole, field))["C14"] != counted(whole)["C14"]


@pytest.mark.parametrize("field", C26.uses)
def test_every_column_that_may_widen_the_field_does(whole: Context, field: str) -> None:
    assert counted(without(whole, field))["C26"] != counted(whole)["C26"]


@pytest.mark.parametrize(
    ("code", "field"),
    [
        ("C18", "organisations.district"), ("C20", "contacts.since"), ("C20", "contacts.until"),
        ("C21", "conversations.kind"), ("C21", "organisations.joins_as"),
    ],
)  # fmt: skip
def test_what_else_refines_a_number(whole: Context, code: str, field: str) -> None:
    assert counted(without(whole, field))[code] != counted(whole)[code]


def test_all_of_them_have_a_value(whole: Context) -> None:
    values: dict[str, Any] = dict(counted(whole))
    assert [code for code, value in values.items() if value.value is None] == []
