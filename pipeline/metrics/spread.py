"""Align: how widely the members are spread over districts, sectors and levels."""

from __future__ import annotations

import pandas as pd

from config.text import fold
from config.words import say
from pipeline.metrics.coming import aims_at_districts, has_chapters
from pipeline.metrics.model import Context, Metric, Value
from pipeline.metrics.values import members, no_data, tally

NO_MEMBERS = "there are no members yet"


def _districts(context: Context) -> Value:
    aims = {fold(district): district for district in context.districts}
    if not aims:
        return no_data(say("the settings name no districts to aim at"))
    counts = members(context)["district"].map(fold).value_counts()
    per = tuple((aims[key], float(counts.get(key, 0))) for key in sorted(aims))
    reached = sum(n > 0 for _, n in per)
    return Value(reached / len(aims), reached, len(aims), details=per)


def _sectors(context: Context) -> Value:
    frame = members(context)
    each = frame["sector"].map(lambda named: tuple({fold(s) for s in named} - {""}))
    said = each[each.map(len) > 0]
    silent = len(frame) - len(said)
    if not len(said):
        return no_data(say("no member has named a sector"))
    # An organisation of several sectors counts in each for its part.
    parts = pd.DataFrame({"sector": said, "part": 1 / said.map(len)}).explode("sector")
    shares = parts.groupby("sector")["part"].sum() / len(said)
    return Value(
        float(1 / (shares**2).sum()),
        excluded=(silent, say("no sector") if silent else ""),
    )


def roots(organisations: pd.DataFrame) -> pd.Series:
    """Per organisation, in order: the id of its topmost parent; its own where it has none."""
    parents = {i: p for i, p in organisations[["id", "parent_id"]].itertuples(index=False) if p}
    return organisations["id"].map(lambda one: _top(one, parents))


def _top(one: str, parents: dict[str, str]) -> str:
    seen = [one]
    while (above := parents.get(seen[-1])) and above not in seen:
        seen.append(above)
    # Two that call each other parent are one family; it takes the smaller id.
    return min(seen[seen.index(above) :]) if above else seen[-1]


def _families(context: Context) -> Value:
    tops = roots(context.organisations)
    here = members(context)
    if here.empty:
        return no_data(say(NO_MEMBERS))
    details = tally(here["level"], say("not said"))
    return Value(float(tops[here.index].nunique()), details=details)


A15 = Metric(
    "A15", "District spread", "Align",
    "Of the districts that the settings aim at, those with at least one member.",
    "share", "up", ("organisations.standing", "organisations.district", "signons.district"),
    "Coalition Builder", _districts, ("organisations.joins_as",), comes=aims_at_districts,
)  # fmt: skip
A16 = Metric(
    "A16", "Sector diversity", "Align",
    "The effective number of sectors among the members that name one: one over the sum of squared "
    "shares, a member of several sectors counting in each for its part.",
    "sectors", "up", ("organisations.standing", "organisations.sector", "signons.sector"),
    "Converge", _sectors, ("organisations.joins_as",), reported=False,
)  # fmt: skip
A17 = Metric(
    "A17", "Members with chapters counted once", "Align",
    "Members, a parent and all its chapters together counting once, beside the number of members "
    "per level.",
    "organisations", "up",
    ("organisations.standing", "organisations.level", "organisations.parent_id"),
    "EFA toolkit; Sierra Club", _families,
    ("organisations.joins_as", "signons.level", "signons.parent"), comes=has_chapters,
)  # fmt: skip

SPREAD = (A15, A16, A17)
