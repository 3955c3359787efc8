"""Numbers in words: "31 of 48", "3 more than on 28 September"."""

from __future__ import annotations

import datetime as dt

from config.words import say
from pipeline.metrics.model import Metric, Value
from pipeline.model import Result

SHARE = "share"
"""The unit of metrics that are shown as so many of so many."""


def shown_number(metric: Metric, value: Value) -> str:
    """A share as so many of so many, everything else as the figure; "no data" without one."""
    if value.value is None:
        return say("no data")
    if metric.unit == SHARE and value.denominator and value.numerator is not None:
        return say("{n} of {all}", n=_plain(value.numerator), all=_plain(value.denominator))
    return _plain(value.value)


def change_since(result: Result, metric: Metric, value: Value) -> str:
    """Against the last run before this week began, with its day; "" without one."""
    monday = result.today - dt.timedelta(days=result.today.weekday())
    earlier = [p for p in result.known.metrics if p.code == metric.code and p.day < monday]
    if not earlier or value.value is None:
        return ""
    before = max(earlier, key=lambda point: point.day)
    if before.value is None:
        return ""
    runs = [run.as_of for run in result.known.runs if run.as_of < monday]
    since = max(runs, default=before.day)
    day = f"{since.day} {since:%b}"
    n, whole = before.numerator or 0.0, before.denominator
    if metric.unit == SHARE and whole and (n, whole) != (value.numerator, value.denominator):
        return say("was {n} of {all} on {day}", n=_plain(n), all=_plain(whole), day=day)
    return say("{change} since {day}", change=_difference(value.value - before.value), day=day)


def _difference(difference: float) -> str:
    if not round(difference, 1):
        return say("unchanged")
    return f"{difference:+,.0f}" if float(difference).is_integer() else f"{difference:+,.1f}"


def _plain(number: float) -> str:
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.1f}"
