"""Numbers of the demonstration at twelve month-ends, and the same counted in plain SQL."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from pipeline.demo import write_folder
from pipeline.metrics.model import Context, Value
from pipeline.metrics.registry import BY_CODE, METRICS, compute
from pipeline.runner import Order, coalition, think_only
from tests.sql.queries import FIGURES, SHARES
from tests.sql.tables import database

MONTHS = [(2025, month) for month in (10, 11, 12)] + [(2026, month) for month in range(1, 10)]
DAYS = [dt.date(year, month, calendar.monthrange(year, month)[1]) for year, month in MONTHS]
FILLED = DAYS[-1], dt.date(2026, 2, 28), dt.date(2025, 11, 30)
"""Of these, one at least has data for each number."""
Figures = tuple[float | None, float | None, float | None]
"""Value, numerator, denominator."""
Counted = tuple[Mapping[str, Figures], Mapping[str, Figures]]
NO_DATA: Figures = (None, None, None)


@pytest.fixture(scope="session")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Callable[[dt.date], Counted]:
    """A month-end → what the program and SQL make of each number that is shown then."""

    @cache
    def both(day: dt.date) -> Counted:
        context = understood(tmp_path_factory.mktemp("demo"), day)
        values = compute(context, [replace(metric, comes=None) for metric in METRICS])
        asked = in_sql(context)
        return {code: figures(values[code]) for code in asked if code in values}, asked

    return both


def understood(folder: Path, day: dt.date) -> Context:
    """What a run on the demonstration's folder of that day counts its numbers from."""
    write_folder(folder, day)
    now = dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
    settings = folder / "weaver.toml"
    return think_only(Order(settings, now), *coalition(settings)).result.context


def in_sql(context: Context) -> dict[str, Figures]:
    made = database(context)
    first, end = context.period
    days = {"today": context.today, "first": first, "end": end}
    given = {name: day.isoformat() for name, day in days.items()}
    given |= {"version": context.current_version, "coalition": context.coalition}
    found: dict[str, Figures] = {}
    for code, query in SHARES.items():
        n, whole = made.execute(query, given).fetchone()
        found[code] = (n / whole, n, whole) if whole else NO_DATA
    for code, query in FIGURES.items():
        found[code] = (made.execute(query, given).fetchone()[0], None, None)
    made.close()
    return found


def figures(value: Value) -> Figures:
    return NO_DATA if value.value is None else (value.value, value.numerator, value.denominator)


def alike(one: float | None, other: float | None) -> bool:
    return one == other if one is None or other is None else one == pytest.approx(other)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_numbers_equal_what_plain_sql_makes_of_the_same_tables(
    counted: Callable[[dt.date], Counted], day: dt.date
) -> None:
    ours, theirs = counted(day)
    different = [
        f"{code}: {mine}, and in SQL {theirs[code]}"
        for code, mine in ours.items()
        if not all(map(alike, mine, theirs[code]))
    ]
    assert not different
    assert len(ours) >= 30


def test_each_of_them_has_data_on_some_day_and_all_kinds_of_numbers_are_there(
    counted: Callable[[dt.date], Counted],
) -> None:
    codes = SHARES.keys() | FIGURES.keys()
    with_data = {code for day in FILLED for code, found in counted(day)[0].items()
                 if found != NO_DATA}  # fmt: skip
    assert codes - with_data == set()
    assert {BY_CODE[code].phase for code in codes} == {metric.phase for metric in METRICS}
