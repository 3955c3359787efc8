"""Who is active, who is quiet, and whether a few carry it all."""

from __future__ import annotations

import pandas as pd

from config.words import say
from pipeline.metrics.activity import DEEDS, activity, columns
from pipeline.metrics.model import EVERY_PART, Context, Each, Metric, Value
from pipeline.metrics.rows import called, last_year, left_out
from pipeline.metrics.values import day, members, no_data, ratio, share_of

ACTIVE, QUIET = 60, 90
"""In days."""
CONTRIBUTIONS = ("action", "meeting", "promise", "help given")
NOTHING = "nothing that a member did is recorded yet"


def _concentration(context: Context) -> Value:
    deeds = activity(context, CONTRIBUTIONS)
    counts = deeds["id"][last_year(deeds["day"], context)].value_counts()
    most = max(1, len(members(context)) // 10)
    details = (
        (say("members among the top 10 %"), float(most)),
        (say("members that contributed"), float(len(counts))),
    )
    nothing = say("no contribution is recorded for the last 12 months")
    return ratio(int(counts.iloc[:most].sum()), int(counts.sum()), nothing, details)


def _ago(context: Context, days: int) -> pd.Timestamp:
    return day(context) - pd.Timedelta(days=days)


def _active(context: Context) -> Value:
    everybody, deeds = members(context), activity(context)
    if everybody.empty or deeds.empty:
        return no_data(say(NOTHING) if len(everybody) else say("there are no members yet"))
    recent, ids = deeds[deeds["day"] > _ago(context, ACTIVE)], everybody["id"]
    by = recent.groupby("what")["id"].nunique()
    details = tuple((say(deed), float(by[deed])) for deed in DEEDS if deed in by)
    return share_of(ids, ids.isin(recent["id"]), "", details, told=deeds["id"])


def _quiet(context: Context) -> Value:
    everybody, deeds = members(context), activity(context)
    if everybody.empty or deeds.empty:
        return no_data(say(NOTHING) if len(everybody) else say("there are no members yet"))
    limit = _ago(context, QUIET)
    last = everybody["id"].map(deeds.groupby("id")["day"].max())
    heard = last >= limit
    new = everybody["joined_on"] > limit
    quiet = ~heard & ~new
    names = everybody["name"][quiet]
    each = Each(everybody["id"], quiet, share=False, told=deeds["id"])
    excluded = left_out((int((~heard & new).sum()), say("joined less than 90 days ago")))
    days = float((day(context) - last).dt.days.mean())
    details = ((say("days since a member was last heard of, on average"), days),)
    return Value(float(len(names)), None, None, "", details, excluded, called(names), each=each)


P7 = Metric(
    "P7", "Concentration", "Produce",
    "Of what members contributed in the last 12 months (an action started or joined, a meeting "
    "attended, a promise done, help given), the share of the tenth of the members that "
    "contributed most, at least one of them.",
    "share", "down", (), "Converge", _concentration,
    (*columns(CONTRIBUTIONS), "organisations.joins_as"), dated=True,
)  # fmt: skip
S7 = Metric(
    "S7", "Active members", "Stewardship",
    "Of the members, those that in the last 60 days took part in an action or a meeting, did what "
    "they promised, gave or asked for help, spoke with another organisation, or sent a check-in "
    "or a report, beside the members by each of these.",
    "share", "up", (), "Converge", _active,
    (*columns(), "organisations.joins_as"), by=EVERY_PART, dated=True,
)  # fmt: skip
S8 = Metric(
    "S8", "Quiet members", "Stewardship",
    "Members of whom no tab tells that they did anything in the last 90 days; a tie in "
    "Conversations is nothing done; who joined less than 90 days ago isn't quiet, and of whom "
    "nothing was ever told is.",
    "members", "down", (), "MG", _quiet,
    (*columns(), "organisations.joined_on", "organisations.joins_as", "organisations.name"),
    by=EVERY_PART, dated=True,
)  # fmt: skip
