"""Numbers in words: "31 of 48", "3 more than on 28 September"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from config.records import MetricPoint
from config.tables import BY_NAME
from config.words import say
from pipeline.course import NOTHING, Course, year_before
from pipeline.metrics.model import Metric, Value
from pipeline.metrics.registry import COMPUTED
from pipeline.model import Result

SHARE = "share"
"""The unit of metrics that are shown as so many of so many."""


def shown_number(metric: Metric, value: Value) -> str:
    """A share as so many of so many, everything else as the figure; "no data" without one."""
    if value.value is None:
        return say("no data")
    if metric.unit == SHARE and value.denominator and value.numerator is not None:
        return say("{n} of {all}", n=plain(value.numerator), all=plain(value.denominator))
    return percent(value.value) if metric.unit == SHARE else plain(value.value)


def change_since(result: Result, metric: Metric, value: Value) -> str:
    """Against the last report before this week began, with its day; "" without one."""
    day = last_report(result)
    course = result.courses.get(metric.code, NOTHING)
    before = course.on(result.clock.week[1] - dt.timedelta(days=1))
    if before is None:
        return ""
    since = day or before.day
    told = _against(metric, value, before, f"{since.day} {since:%b}")
    if not told or day is None or course.revised(day) is None:
        return told
    now = shown_number(metric, course.recounted[day])
    if now == shown_number(metric, Value(before.value, before.numerator, before.denominator)):
        return told
    return say("{change}; that day's figure is now {now}", change=told, now=now)


def a_year_ago(result: Result, metric: Metric, value: Value) -> str:
    """Against what was reported on the same day of the year before; "" where nothing was."""
    day = year_before(result.today)
    before = result.courses.get(metric.code, NOTHING).on(day)
    return _against(metric, value, before, f"{day.day} {day:%b %Y}") if before else ""


def last_report(result: Result) -> dt.date | None:
    """The day of the last run before this week began."""
    _, monday = result.clock.week
    return max((run.as_of for run in result.known.runs if run.as_of < monday), default=None)


def definition_of(metric: Metric, value: Value) -> str:
    """The definition, and what would refine the number and isn't there."""
    if not value.without:
        return metric.definition
    missing = _by_table(value.without)
    return metric.definition + " " + say("Counted without: {missing}.", missing=missing)


def _by_table(fields: Iterable[str]) -> str:
    """Each tab once, followed by its columns; then the next tab."""
    columns: dict[str, list[str]] = {}
    for field in fields:
        table, _, name = field.partition(".")
        if table in COMPUTED:
            asked = say("the form's question {name}", name=name.replace("_", " "))
            columns.setdefault(asked, [])
        else:
            title = BY_NAME[table].title
            columns.setdefault(title, []).append(BY_NAME[table].column(name).title)
    return "; ".join(", ".join((title, *found)) for title, found in columns.items())


def _against(metric: Metric, value: Value, before: MetricPoint, day: str) -> str:
    if value.value is None or before.value is None:
        return ""
    n, whole = before.numerator or 0.0, before.denominator
    if metric.unit == SHARE and whole and (n, whole) != (value.numerator, value.denominator):
        return say("was {n} of {all} on {day}", n=plain(n), all=plain(whole), day=day)
    return say("{change} since {day}", change=_difference(value.value - before.value), day=day)


def _difference(difference: float) -> str:
    if not round(difference, 1):
        return say("unchanged")
    return f"{difference:+,.0f}" if float(difference).is_integer() else f"{difference:+,.1f}"


def plain(number: float) -> str:
    """The figure with at most one place behind the point."""
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.1f}"


def percent(share: float) -> str:
    """A share in per cent, with a place behind the point where it has one."""
    return f"{100 * share:.1f}".removesuffix(".0") + "%"


def as_typed(number: float) -> str:
    """A figure of people's own, with all of its places: 0.15 isn't 0.1."""
    return f"{number:,.10g}"


def course_of(result: Result, code: str) -> Course:
    """How that number went."""
    return result.courses.get(code, NOTHING)
