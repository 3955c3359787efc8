"""Every metric is declared in full, and what has no data says so."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from config.tables import BY_NAME
from pipeline.metrics.model import ORGANISATION_COLUMNS, SIGNON_COLUMNS, Metric
from pipeline.metrics.registry import BY_CODE, METRICS, compute, tabs

COLUMNS = {name: table.names for name, table in BY_NAME.items()} | {
    "signons": SIGNON_COLUMNS,
    "organisations": ORGANISATION_COLUMNS,
}
PHASES = {
    "C": "Connect", "A": "Align", "P": "Produce", "S": "Stewardship", "I": "Impact",
    "Q": "Data quality",
}  # fmt: skip
ALWAYS = ("A1", "A2", "A3", "A18", "Q3", "Q5")
"""Counts that are never without data: of nobody they are none, or they aren't shown yet."""
every_metric = pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.code)


def test_codes_are_unique() -> None:
    assert len(BY_CODE) == len(METRICS)


def test_there_are_at_least_seventy() -> None:
    assert len(METRICS) >= 70


def test_the_first_fifteen_of_the_dictionary_lead() -> None:
    assert [metric.code for metric in METRICS[:15]] == [f"C{n}" for n in range(1, 16)]


def test_codes_stand_in_the_order_of_the_dictionary() -> None:
    order = [("CAPSIQ".index(m.code[0]), int(m.code[1:])) for m in METRICS]
    assert order == sorted(order)


@every_metric
def test_code_and_phase_go_together(metric: Metric) -> None:
    assert re.fullmatch(r"[CAPSIQ]\d{1,2}", metric.code)
    assert metric.phase == PHASES[metric.code[0]]


@every_metric
def test_what_it_reads_is_a_column_of_a_table(metric: Metric) -> None:
    for field in metric.needs + metric.uses:
        table, _, column = field.partition(".")
        assert column in COLUMNS[table], field


@every_metric
def test_it_is_documented_in_one_sentence(metric: Metric) -> None:
    assert all((metric.title, metric.definition, metric.unit, metric.source))
    assert metric.definition.endswith(".")
    assert not re.search(r"[.!?]\s", metric.definition)
    assert metric.better in ("up", "down", "")


@every_metric
def test_it_stays_out_while_none_of_its_tabs_is_in_use(
    metric: Metric, context: Callable[..., Any]
) -> None:
    given = context()
    has_come = metric.comes is None or metric.comes(given)
    shown = metric.code in compute(given)
    assert shown == (has_come and not tabs(metric.needs or metric.uses))


@every_metric
def test_an_empty_coalition_with_empty_tabs_breaks_nothing(
    metric: Metric, context: Callable[..., Any]
) -> None:
    named = tabs(metric.needs + metric.uses)
    given = context(**{name: " | ".join(BY_NAME[name].names) for name in named})
    value = compute(given, [replace(metric, comes=None)])[metric.code]
    assert (value.value is None) == bool(value.why)
    assert metric.code in ALWAYS or value.value is None


def test_density_weighted_support_and_effective_number_stay_off_the_reports() -> None:
    off = {metric.code for metric in METRICS if not metric.reported}
    assert {"C15", "A16", "I8"} <= off <= {"C15", "C17", "A16", "I8"}


@pytest.mark.parametrize(
    ("once", "why"), [((), None), (("outreach",), "no data because the tab Outreach is gone")]
)
def test_it_stays_out_until_all_tabs_that_it_needs_were_in_use(
    context: Callable[..., Any], once: tuple[str, ...], why: str | None
) -> None:
    needy = Metric(
        "C99", "Both", "Connect", "It needs two tabs.", "rows", "up",
        ("promises.due", "outreach.added"), "ours", lambda given: pytest.fail("not reached"),
    )  # fmt: skip
    given = context(promises="due\n2026-05-01", settings={"once": frozenset(once)})
    value = compute(given, [needy]).get("C99")
    assert (value and value.why) == why


def test_a_metric_that_breaks_is_not_hidden(context: Callable[..., Any]) -> None:
    broken = Metric(
        "C98", "Broken", "Connect", "It breaks.", "rows", "up", (), "ours", lambda _: 1 / 0
    )  # type: ignore[arg-type,return-value]
    with pytest.raises(ZeroDivisionError):
        compute(context(), [broken])
