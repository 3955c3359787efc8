"""Who works in which group, which groups meet, and who leads for the first time."""

from __future__ import annotations

import pandas as pd

from config.words import say
from pipeline.metrics.model import Context, Metric, Value
from pipeline.metrics.rows import begun, called, folded, in_group, left_out
from pipeline.metrics.values import day, filled, in_period, members, ratio, share_of, until_today
from pipeline.metrics.vision import LEADING

PLACES = ("working group", "caucus", "district team")
LIVELY = 45
"""In days."""


def leading(roles: pd.Series) -> pd.Series:
    """Per role: is it one that leads, such as chair?"""
    words = folded(roles)
    leads = {word: not LEADING.isdisjoint(word.split()) for word in words.unique()}
    return words.map(leads).astype(bool)


def _placed(context: Context) -> Value:
    rows = context.tables["groups"]
    chosen = rows[rows["kind"].isin(PLACES) & in_group(rows, context)]
    mine = members(context)["id"]
    taken = float(chosen["organisation_id"].isin(mine).sum())
    placed = mine.isin(chosen["organisation_id"])
    return share_of(
        mine, placed, say("there are no members yet"), ((say("places taken"), taken),),
        told=rows["organisation_id"],
    )  # fmt: skip


def _groups(context: Context) -> pd.DataFrame:
    """Groups on the report's day by folded name: name (first spelling), led, places."""
    rows = context.tables["groups"]
    rows = rows[in_group(rows, context) & filled(rows["group"])]
    marked = rows.assign(key=folded(rows["group"]), led=leading(rows["role"]))
    return marked.groupby("key").agg(
        name=("group", "first"), led=("led", "any"), places=("led", "size")
    )


def _lively(context: Context) -> Value:
    groups, meetings = _groups(context), context.tables["meetings"]
    past = meetings[until_today(meetings["date"], context)]
    last = past.groupby(folded(past["group"]))["date"].max().reindex(groups.index)
    since = (day(context) - last).dt.days
    lively = since <= LIVELY
    vacant = ((say("groups without a chair"), float((~groups["led"]).sum())),)
    known = "role" in context.present["groups"]
    places = ((say("places taken"), float(groups["places"].sum())),)
    met = tuple(
        (say("{group}: days since it met", group=groups["name"][key]), float(days))
        for key, days in since.dropna().items()
    )
    found = ratio(
        int(lively.sum()), len(groups), say("no group is at work"),
        places + (vacant if known else ()) + met,
    )  # fmt: skip
    return Value(
        found.value, found.numerator, found.denominator, found.why, found.details,
        names=called(groups["name"][~lively]),
    )  # fmt: skip


def _new_leaders(context: Context) -> Value:
    rows = context.tables["groups"]
    rows = rows[leading(rows["role"]) & rows["organisation_id"].isin(members(context)["id"])]
    by = rows.groupby("organisation_id")["since"]
    first, whole = by.min(), by.count() == by.size()
    details = ((say("members that lead"), float(_leading_now(rows, context))),)
    excluded = left_out((int((~whole).sum()), say("no day under Since for a leading role")))
    new = in_period(first[whole], context)
    return Value(float(new.sum()), details=details, excluded=excluded)


def _leading_now(rows: pd.DataFrame, context: Context) -> int:
    return int(rows["organisation_id"][in_group(rows, context)].nunique())


P11 = Metric(
    "P11", "Group placement", "Produce",
    "Of the members, those in at least one working group, caucus or district team on the day of "
    "the report, beside the places that they take.",
    "share", "up", ("groups.organisation", "groups.kind"), "Activist Handbook", _placed,
    ("groups.since", "groups.until", "organisations.joins_as"), by=("district", "sector"),
)  # fmt: skip
P12 = Metric(
    "P12", "Group liveliness", "Produce",
    "Of the groups at work on the day of the report, those that met in the last 45 days, beside "
    "the places taken, the days since each of them met, and the groups without a "
    "chair or another leading role.",
    "share", "up", ("groups.group", "meetings.date", "meetings.group"), "Activist Handbook",
    _lively, ("groups.role", "groups.since", "groups.until"),
    comes=begun("meetings.group", filled),
)  # fmt: skip
S15 = Metric(
    "S15", "New leaders", "Stewardship",
    "Members whose first leading role in a group, such as chair or convenor, began in the last "
    "complete month.",
    "members", "up", ("groups.organisation", "groups.role", "groups.since"),
    "Activist Handbook; Sydney Alliance", _new_leaders,
    ("groups.until", "organisations.joins_as"),
    dated=True, monthly=True, comes=begun("groups.role", leading),
)  # fmt: skip
