"""All metrics, in the order of the dictionary, and how they are computed."""

from __future__ import annotations

from collections.abc import Iterable

from config.tables import BY_NAME, SIGNONS
from config.words import say
from pipeline.metrics.align import ALIGN
from pipeline.metrics.communities import C10, C11, C12
from pipeline.metrics.connect import C1, C2, C3, C4, C5, C6, C7, C8, C13
from pipeline.metrics.model import Context, Metric, Value
from pipeline.metrics.produce import I1, PRODUCE, S1
from pipeline.metrics.quality import QUALITY
from pipeline.metrics.spread import A15, A16, A17
from pipeline.metrics.ties import C14, C15
from pipeline.metrics.values import no_data
from pipeline.metrics.vision import C9

COMPUTED = ("signons", "organisations")
"""Frames that Weaver makes itself and that are always there."""

METRICS: tuple[Metric, ...] = (
    C1, C2, C3, C4, C5, C6, C7, C8, C9, C10, C11, C12, C13, C14, C15,
    *ALIGN, A15, A16, A17, *PRODUCE, S1, I1, *QUALITY,
)  # fmt: skip
BY_CODE: dict[str, Metric] = {metric.code: metric for metric in METRICS}


def compute(context: Context, metrics: Iterable[Metric] = METRICS) -> dict[str, Value]:
    """Code → what it came to, in the order of the metrics.

    A metric whose tabs aren't in use is left out. One that lacks a tab, a column or a question
    has no value but says what is missing.
    """
    found: dict[str, Value] = {}
    for metric in metrics:
        if applies(metric, context):
            lacking = missing(metric, context)
            found[metric.code] = no_data(lacking) if lacking else metric.compute(context)
    return found


def tabs(fields: Iterable[str]) -> tuple[str, ...]:
    """The tracker's tables among the fields, each once."""
    names = dict.fromkeys(field.partition(".")[0] for field in fields)
    return tuple(name for name in names if name not in COMPUTED)


def applies(metric: Metric, context: Context) -> bool:
    """Is one of the tabs in use that it needs (or, where it needs nothing at all, may use)?"""
    looked_at = tabs(metric.needs or metric.uses)
    return not looked_at or any(name in context.tables for name in looked_at)


def missing(metric: Metric, context: Context) -> str:
    """What it lacks, as a clause; "" when all is there."""
    absent = [name for name in tabs(metric.needs) if name not in context.tables]
    if absent:
        return _join(say("the tab {tab} isn't in use", tab=BY_NAME[n].title) for n in absent)
    empty = [name for name in tabs(metric.needs) if context.tables[name].empty]
    return _join(_lack(field, context) for field in metric.needs) or _join(
        say("the tab {tab} has no row yet", tab=BY_NAME[name].title) for name in empty
    )


def _lack(need: str, context: Context) -> str:
    """Why that column can't be read; "" when it can."""
    table, _, field = need.partition(".")
    if table == "organisations":
        return ""
    if table == "signons":
        asked = context.present.get("signons", frozenset(context.signons.columns))
        if field not in SIGNONS.names or field in asked:
            return ""
        return say("the form doesn't ask {question}", question=SIGNONS.column(field).title)
    if field in context.present.get(table, frozenset()):
        return ""
    tab, column = BY_NAME[table].title, BY_NAME[table].column(field).title
    return say("the tab {tab} has no column {column}", tab=tab, column=column)


def _join(reasons: Iterable[str]) -> str:
    return say(", and ").join(reason for reason in reasons if reason)
