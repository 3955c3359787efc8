"""Connect: the graph of who is close to whom among the members."""

from __future__ import annotations

import pandas as pd

from config.tables.relations import DO_NOT_INTRODUCE
from config.words import say
from pipeline.metrics.model import Context, Metric, Value
from pipeline.metrics.values import day, members, no_data, ratio, until_today

NO_TIES = (DO_NOT_INTRODUCE, "introduction")
"""Rows that say something about two organisations, but not that they are close (yet)."""
NEEDS = (
    "conversations.date", "conversations.organisation_a", "conversations.organisation_b",
)  # fmt: skip


def ties(context: Context) -> pd.DataFrame:
    """Pairs (a, b) of members' ids with a < b, once each: a tie in the last twelve months."""
    rows, ids = context.tables["conversations"], members(context)["id"]
    year_ago = day(context) - pd.DateOffset(years=1)
    recent = until_today(rows["date"], context) & (rows["date"] > year_ago)
    one, other = rows["organisation_a_id"], rows["organisation_b_id"]
    inside = one.isin(ids) & other.isin(ids) & one.ne(other)
    chosen = recent & inside & ~rows["kind"].isin(NO_TIES)
    pairs = pd.DataFrame({"a": one.where(one < other, other), "b": other.where(one < other, one)})
    return pairs[chosen].drop_duplicates(ignore_index=True)


def _mean_ties(context: Context) -> Value:
    return ratio(2 * len(ties(context)), len(members(context)), say("there are no members yet"))


def _density(context: Context) -> Value:
    n = len(members(context))
    if n < 3:
        return no_data(say("density needs at least three members"))
    return ratio(len(ties(context)), n * (n - 1) / 2, "")


C14 = Metric(
    "C14", "Mean ties per member", "Connect",
    "Twice the pairs of members with a conversation or tie in the last 12 months, over the "
    "members; introductions and 'do not introduce' are no ties.",
    "ties", "up", NEEDS, "Center for Evaluation Innovation", _mean_ties, ("conversations.kind",),
)  # fmt: skip
C15 = Metric(
    "C15", "Density", "Connect",
    "Of all pairs that the members could form (at least three members), those with a conversation "
    "or tie in the last 12 months.",
    "share", "", NEEDS, "Center for Evaluation Innovation", _density, ("conversations.kind",),
    reported=False,
)  # fmt: skip

TIES = (C14, C15)
