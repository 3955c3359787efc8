"""What metrics share: who is a member, what falls into a day, and how a figure is put."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import pandas as pd

from config.text import fold
from config.words import say
from pipeline.metrics.model import Context, Each, Value

LEAST = 5
"""A median of fewer is a list."""
OUTSIDE = ("signatory only", "observer", "funder", "coalition staff")
"""Those who join as something other than a member."""
P = ParamSpec("P")
T = TypeVar("T")


def once(
    counted: Callable[Concatenate[Context, P], T],
) -> Callable[Concatenate[Context, P], T]:
    """Count it once for each context (and what else is asked): many metrics want the same.

    What it gives is shared, so nobody may change it in place.
    """

    @wraps(counted)
    def kept(context: Context, /, *args: P.args, **more: P.kwargs) -> T:
        # As `cached_property` does it: a frozen context has room for what was counted from it.
        memory: dict[Hashable, Any] = context.__dict__.setdefault("_counted", {})
        key = (counted.__module__, counted.__qualname__, *args, *sorted(more.items()))
        if key not in memory:
            memory[key] = counted(context, *args, **more)
        found: T = memory[key]
        return found

    return kept


def chapters(organisations: pd.DataFrame) -> tuple[int, int]:
    """(how many of them are part of another organisation, of how many such others).

    Also of those that have not signed.
    """
    if "parent" not in organisations:
        return 0, 0
    parents = organisations["parent_id"].where(
        organisations["parent_id"] != "", organisations["parent"].map(fold)
    )
    named = parents[parents != ""]
    return len(named), named.nunique()


def no_data(reason: str) -> Value:
    """No figure, and why; the reason is a clause: "nobody was contacted"."""
    return Value(None, why=say("no data because {reason}", reason=reason))


def ratio(
    numerator: float,
    denominator: float,
    nothing: str,
    details: tuple[tuple[str, float], ...] = (),
    excluded: tuple[int, str] = (0, ""),
) -> Value:
    """So many of so many; of none there is no share, and `nothing` is the reason."""
    if not denominator:
        return no_data(nothing)
    share = numerator / denominator
    return Value(share, numerator, denominator, details=details, excluded=excluded)


def share_of(
    ids: pd.Series,
    adds: pd.Series,
    nothing: str,
    details: tuple[tuple[str, float], ...] = (),
    excluded: tuple[int, str] = (0, ""),
    told: pd.Series | None = None,
) -> Value:
    """Of so many rows, those that count; in the same way for the organisations of a part alone.

    `ids` says whose each row is; `told` stands for those of whom a tab tells anything, as in
    `Each`.
    """
    whole = ratio(int(adds.sum()), len(ids), nothing, details, excluded)
    return replace(whole, each=Each(ids, adds, share=True, told=told))


def median(
    values: pd.Series, names: pd.Series, what: str, excluded: tuple[int, str] = (0, "")
) -> Value:
    """The median of five or more; of fewer, no figure but the list of (name, value) as details.

    `what` names the things counted, in the plural: "organisations that signed".
    """
    if len(values) >= LEAST:
        details = ((say("organisations"), float(len(values))),)
        return Value(float(values.median()), details=details, excluded=excluded)
    reason = (
        say("there are only {n} {what}; a median needs five", n=len(values), what=what)
        if len(values)
        else say("there are no {what} yet", what=what)
    )
    listed = tuple((str(name), float(value)) for name, value in zip(names, values, strict=True))
    return Value(
        None, why=say("no data because {reason}", reason=reason), details=listed, excluded=excluded
    )


def tally(names: Iterable[str], blank: str) -> tuple[tuple[str, float], ...]:
    """How often each name stands there, in order of the name; never a ranking.

    Names are alike that differ in case or accents only; the first spelling is shown. Blanks come
    last, under `blank`.
    """
    shown = pd.Series(list(names), dtype=object)
    keys = shown.map(fold)
    first = shown.groupby(keys).first()
    counts = keys.value_counts()
    said = [(str(first[key]), float(counts[key])) for key in sorted(counts.index) if key]
    silent = [(blank, float(counts[""]))] if "" in counts.index else []
    return tuple(said + silent)


def day(context: Context) -> pd.Timestamp:
    """The report's day, to compare columns of dates with."""
    return pd.Timestamp(context.today)


def until_today(dates: pd.Series, context: Context) -> pd.Series:
    """Per row: does the date lie on the report's day or before? A blank doesn't."""
    return dates <= day(context)


def in_period(dates: pd.Series, context: Context) -> pd.Series:
    """Per row: does the date lie in the period? Its last day is outside."""
    first, end = context.period
    return (dates >= pd.Timestamp(first)) & (dates < pd.Timestamp(end))


@once
def belonging(context: Context) -> pd.DataFrame:
    """Organisations that joined as members, whatever became of them."""
    frame = context.organisations
    return frame[~frame["joins_as"].isin(OUTSIDE)]


@once
def members(context: Context) -> pd.DataFrame:
    """M: those of them whose standing is member or reaffirm."""
    frame = belonging(context)
    return frame[frame["standing"].isin(("member", "reaffirm"))]


def real(context: Context) -> pd.DataFrame:
    """Sign-ons without the tests."""
    return context.signons[context.signons["outcome"] != "test"]


def is_individual(signons: pd.DataFrame) -> pd.Series:
    """Per sign-on: does a person sign, rather than an organisation?"""
    labelled = signons["labels"].map(lambda labels: "individual" in labels).astype(bool)
    return labelled | (signons["signing_as"] == "individual")


def accepted(context: Context) -> pd.DataFrame:
    """Sign-ons of organisations that are accepted."""
    frame = context.signons
    return frame[(frame["outcome"] == "accepted") & ~is_individual(frame)]


def filled(column: pd.Series) -> pd.Series:
    """Per row: does the cell say something?"""
    return column.str.strip().ne("")


def is_itself(names: pd.Series, context: Context) -> pd.Series:
    """Which of the names are the coalition's own."""
    own = fold(context.coalition)
    return names.map(lambda name: isinstance(name, str) and bool(own) and fold(name) == own)
