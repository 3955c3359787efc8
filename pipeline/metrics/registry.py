"""All metrics, in the order of the dictionary, and how they are computed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from config.tables import BY_NAME, SIGNONS
from config.words import say
from pipeline.intake.model import in_rows
from pipeline.metrics.align import ALIGN
from pipeline.metrics.communities import COMMUNITIES
from pipeline.metrics.connect import CONNECT
from pipeline.metrics.contacts import CONTACTS
from pipeline.metrics.equity import EQUITY
from pipeline.metrics.impact import IMPACT
from pipeline.metrics.model import Context, Metric, Value
from pipeline.metrics.produce import PRODUCE
from pipeline.metrics.quality import QUALITY
from pipeline.metrics.spread import SPREAD
from pipeline.metrics.stewardship import STEWARDSHIP
from pipeline.metrics.ties import TIES
from pipeline.metrics.timing import TIMING
from pipeline.metrics.values import no_data, once
from pipeline.metrics.vision import C9

COMPUTED = ("signons", "organisations")
"""Frames that Weaver makes itself and that are always there."""

UNREAD = "a day that can't be read"
SEVERAL = re.compile(r": \d+(;|$)")
"""Of several reasons each has its number, as `rows.left_out` tells them."""
_FAMILIES = "CAPSIQ"


def place(code: str) -> tuple[int, int]:
    """Where a code stands in the dictionary."""
    return _FAMILIES.index(code[0]), int(code[1:])


METRICS: tuple[Metric, ...] = tuple(
    sorted(
        (
            *CONNECT, C9, *COMMUNITIES, *TIES, *EQUITY, *ALIGN, *TIMING, *SPREAD, *PRODUCE,
            *CONTACTS, *STEWARDSHIP, *IMPACT, *QUALITY,
        ),
        key=lambda metric: place(metric.code),
    )
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
            found[metric.code] = _computed(metric, context)
    return found


def _computed(metric: Metric, context: Context) -> Value:
    if lacking := missing(metric, context):
        return no_data(lacking)
    readable, unread = _readable(metric, context)
    value = metric.compute(readable)
    if unread:
        value = replace(value, excluded=_besides(value.excluded, unread))
    absent = tuple(field for field in _wished(metric, context) if _lack(field, context))
    return replace(value, without=absent) if absent else value


def _readable(metric: Metric, context: Context) -> tuple[Context, int]:
    """The context without rows whose days it asks for and can't read; and how many those are."""
    asked = tuple(
        f for f in dict.fromkeys((*metric.needs, *metric.uses))
        if f in context.unread and f.partition(".")[0] in context.tables and _is_day(f)
    )  # fmt: skip
    return _without(context, asked) if asked else (context, 0)


def _is_day(field: str) -> bool:
    table, _, name = field.partition(".")
    return BY_NAME[table].column(name).kind == "date"


@once
def _without(context: Context, fields: tuple[str, ...]) -> tuple[Context, int]:
    """Without the rows in which one of those days can't be read: blank and unreadable differ."""
    narrowed, count = dict(context.tables), 0
    for name in tabs(fields):
        frame = context.tables[name]
        mine = [f for f in fields if f.partition(".")[0] == name]
        unread = in_rows(frame, frozenset().union(*(context.unread[f] for f in mine)))
        narrowed[name], count = frame[~unread], count + int(unread.sum())
    if not count:
        return context, 0
    return replace(context, tables=narrowed), count


def _besides(excluded: tuple[int, str], unread: int) -> tuple[int, str]:
    """What it leaves out itself, and the rows with days that can't be read."""
    count, why = excluded
    if not count:
        return unread, say(UNREAD)
    several = bool(SEVERAL.search(why))
    own = why if several else say("{why}: {n}", why=why, n=count)
    return count + unread, f"{own}; " + say("{why}: {n}", why=say(UNREAD), n=unread)


def _wished(metric: Metric, context: Context) -> Iterable[str]:
    """What would refine it. How well tabs are kept isn't known less well for one not in use."""
    if metric.phase != "Data quality":
        return metric.uses
    return (field for field in metric.uses if field.partition(".")[0] in context.tables)


def tabs(fields: Iterable[str]) -> tuple[str, ...]:
    """The tracker's tables among the fields, each once."""
    names = dict.fromkeys(field.partition(".")[0] for field in fields)
    return tuple(name for name in names if name not in COMPUTED)


def applies(metric: Metric, context: Context) -> bool:
    """Is there anything to say, and are its tabs in use, or were before?

    They are those that it needs, all of them; where it needs nothing at all, any that it may use.
    """
    if metric.comes is not None and not metric.comes(context):
        return False
    known = context.tables.keys() | context.once
    if needed := tabs(metric.needs):
        return known.issuperset(needed)
    used = () if metric.needs else tabs(metric.uses)
    return not used or not known.isdisjoint(used)


def missing(metric: Metric, context: Context) -> str:
    """What it lacks, as a clause; "" when all is there."""
    absent = [name for name in tabs(metric.needs) if name not in context.tables]
    if absent:
        return _join(_absent(name, context) for name in absent)
    empty = [name for name in tabs(metric.needs) if context.tables[name].empty]
    return _join(_lack(field, context) for field in metric.needs) or _join(
        _empty(name, context) for name in empty
    )


def _lack(need: str, context: Context) -> str:
    """Why that column can't be read; "" when it can."""
    table, _, field = need.partition(".")
    if table == "organisations":
        return _lack("signons.joins_as", context) if field == "joins_as" else ""
    if table == "signons":
        asked = context.present.get("signons", frozenset(context.signons.columns))
        if field not in SIGNONS.names or field in asked:
            return ""
        return say("the form doesn't ask {question}", question=SIGNONS.column(field).title)
    if field in context.present.get(table, frozenset()):
        return ""
    if table not in context.tables:
        return _absent(table, context)
    tab, column = BY_NAME[table].title, BY_NAME[table].column(field).title
    if table in context.by_form:
        return say("the form that reports {tab} doesn't ask {question}", tab=tab, question=column)
    return say("the tab {tab} has no column {column}", tab=tab, column=column)


def _absent(name: str, context: Context) -> str:
    if name in context.once and name in context.closed:
        return say("{what} couldn't be read", what=context.closed[name])
    pattern = "the tab {tab} is gone" if name in context.once else "the tab {tab} isn't in use"
    return say(pattern, tab=BY_NAME[name].title)


def _empty(name: str, context: Context) -> str:
    by_form = name in context.by_form
    pattern = "nobody reported {tab} yet" if by_form else "the tab {tab} has no row yet"
    return say(pattern, tab=BY_NAME[name].title)


def _join(reasons: Iterable[str]) -> str:
    return say(", and ").join(dict.fromkeys(reason for reason in reasons if reason))
