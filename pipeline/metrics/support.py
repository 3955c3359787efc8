"""Stewardship: what help members ask for, and whether it comes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from config.tables.relations import HELP_KINDS
from config.words import say
from pipeline.metrics.model import EVERY_PART, Context, Metric, Value
from pipeline.metrics.rows import begun, called, last_year, left_out, years_back
from pipeline.metrics.values import (
    LEAST,
    belonging,
    day,
    in_period,
    members,
    no_data,
    share_of,
    until_today,
)

Details = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Year:
    """Requests of twelve months, and how many members there were at their end."""

    requests: pd.DataFrame
    members: int


def asked(context: Context) -> pd.DataFrame:
    """Requests for help by the report's day."""
    rows = context.tables["help"]
    return rows[until_today(rows["asked_on"], context)]


def _support(context: Context) -> Value:
    rows = context.tables["help"]
    still_open = ~until_today(asked(context)["closed"], context)
    details = (
        (say("opened in the last month"), float(in_period(rows["asked_on"], context).sum())),
        (say("closed in the last month"), float(in_period(rows["closed"], context).sum())),
    )
    return Value(float(still_open.sum()), details=details)


def _waited(rows: pd.DataFrame, until: str, context: Context) -> pd.Series:
    """Days from asking to that column's day, where it came by the report's day."""
    past = rows[until_today(rows[until], context)]
    return (past[until] - past["asked_on"]).dt.days


def _response(context: Context) -> Value:
    rows = asked(context)
    days, silent = _waited(rows, "first_answer", context), rows["first_answer"].isna()
    wrong = days < 0
    closed = until_today(rows["closed"], context)
    excluded = left_out(
        (int(wrong.sum()), say("answered before it was asked")),
        (int((silent & closed).sum()), say("closed with no day under First answer")),
    )
    days, beside = days[~wrong].sort_index(), _beside(rows, context)
    if len(days) >= LEAST:
        return Value(float(days.median()), details=beside, excluded=excluded)
    few = say("only {n} requests have an answer; a median needs five", n=len(days))
    reason = few if len(days) else say("no request has an answer yet")
    on = rows["asked_on"].loc[days.index].dt.strftime("%Y-%m-%d")
    each = tuple(
        (say("asked on {day}: days to the answer", day=when), float(n))
        for when, n in sorted(zip(on, days, strict=True))
    )
    return Value(None, why=no_data(reason).why, details=each + beside, excluded=excluded)


def _beside(rows: pd.DataFrame, context: Context) -> Details:
    """Days to the close, and how long the oldest open request waits; where closing is recorded."""
    if "closed" not in context.present["help"]:
        return ()
    days = _waited(rows, "closed", context)
    days = days[days >= 0]
    median = ((say("median days to close"), float(days.median())),) if len(days) >= LEAST else ()
    waits = rows["asked_on"][~until_today(rows["closed"], context)]
    oldest = float((day(context) - waits.min()).days) if len(waits) else 0.0
    return (*median, (say("days that the oldest open request waits"), oldest))


def _reach(context: Context) -> Value:
    everybody, rows = members(context), context.tables["help"]
    came = last_year(rows["first_answer"], context) | last_year(rows["closed"], context)
    wanted = last_year(rows["asked_on"], context)
    helped = everybody["id"].isin(rows["organisation_id"][came])
    told = everybody["id"].isin(rows["organisation_id"][came | wanted])
    found = share_of(everybody["id"], helped, say("there are no members yet"))
    return replace(found, names=called(everybody["name"][~told]))


def _kinds(context: Context) -> Value:
    rows = asked(context)
    rows = rows[last_year(rows["asked_on"], context)]
    counts = rows["kind"].value_counts()
    details = tuple((say(kind), float(counts[kind])) for kind in HELP_KINDS if kind in counts)
    known = int(sum(n for _, n in details))
    excluded = left_out((len(rows) - known, say("no kind of help that can be read")))
    return Value(float(known), details=details, excluded=excluded)


def _usefulness(context: Context) -> Value:
    rated = asked(context)["useful_1_5"].dropna()
    if rated.empty:
        return no_data(say("nobody has said yet how useful the help was"))
    return Value(float(rated.mean()), details=((say("answers"), float(len(rated))),))


def two_years(context: Context) -> tuple[Year, Year]:
    """The twelve months up to a year ago, and those up to the report's day."""
    now, then = years_back(context, 1), years_back(context, 2)
    rows = asked(context)
    recent = rows["asked_on"] > now
    before = Year(rows[(rows["asked_on"] > then) & ~recent], _members_then(context, now))
    return before, Year(rows[recent], len(members(context)))


def _grows(context: Context) -> Value:
    then, now = two_years(context)
    this, last = now.requests["hours"].sum(), then.requests["hours"].sum()
    today, before = now.members, then.members
    unknown = sum(int(year.requests["hours"].isna().sum()) for year in (then, now))
    excluded = left_out((unknown, say("no number of hours")))
    details = (
        (say("hours this year"), float(this)), (say("hours the year before"), float(last)),
        (say("members now"), float(today)), (say("members a year ago"), float(before)),
    )  # fmt: skip
    reason = _nothing_to_compare(last, today, before)
    if reason:
        return Value(None, why=no_data(reason).why, details=details, excluded=excluded)
    growth = (this / today) / (last / before)
    return Value(float(growth), details=details, excluded=excluded)


def _nothing_to_compare(last: float, today: int, before: int) -> str:
    if not today:
        return say("there are no members yet")
    if not before:
        return say("there were no members a year ago")
    return "" if last else say("no hours of help are recorded for the year before")


def _members_then(context: Context, then: pd.Timestamp) -> int:
    """Organisations that had joined as members by that day and hadn't left."""
    frame = belonging(context)
    return int(((frame["joined_on"] <= then) & ~(frame["left_on"] <= then)).sum())


S1 = Metric(
    "S1", "Requests for help", "Stewardship",
    "Requests on the tab Help that are open on the day of the report, beside those opened and "
    "closed in the last complete month.",
    "requests", "down", ("help.asked_on", "help.closed"), "Activist Handbook", _support,
    dated=True,
)  # fmt: skip
S2 = Metric(
    "S2", "Response time", "Stewardship",
    "Median days from the request for help to the first answer, beside the days to the close and "
    "how long the oldest open request waits.",
    "days", "down", ("help.asked_on", "help.first_answer"), "ours", _response, ("help.closed",),
    dated=True,
)  # fmt: skip
S3 = Metric(
    "S3", "Support reach", "Stewardship",
    "Of the members, those whose request for help was answered or closed in the last 12 months.",
    "share", "up", ("help.organisation", "help.closed"), "Activist Handbook", _reach,
    ("help.asked_on", "help.first_answer", "organisations.joins_as", "organisations.name"),
    by=EVERY_PART, dated=True,
)  # fmt: skip
S4 = Metric(
    "S4", "Support by kind", "Stewardship",
    "Requests for help of the last 12 months whose kind is known, with the number of each kind.",
    "requests", "", ("help.asked_on", "help.kind"), "Activist Handbook", _kinds,
    dated=True,
)  # fmt: skip
S5 = Metric(
    "S5", "Usefulness", "Stewardship",
    "Mean of what members said about the help they asked for, from 1 (not at all useful) to 5 "
    "(very useful), with the number of answers.",
    "points of 5", "up", ("help.asked_on", "help.useful_1_5"),
    "Netcentric Campaigns; Ohio State University", _usefulness,
    comes=begun("help.useful_1_5", lambda given: given.notna()),
)  # fmt: skip
S14 = Metric(
    "S14", "Support grows with the network", "Stewardship",
    "Hours of help per member for requests of the last 12 months, as so many times those per "
    "member of the 12 months before; more than 1 means that support grew at least as fast as the "
    "network.",
    "times", "up",
    ("help.asked_on", "help.hours", "organisations.joined_on", "organisations.left_on"),
    "Activist Handbook", _grows, ("organisations.joins_as",),
    comes=begun("help.hours", lambda hours: hours.notna()),
)  # fmt: skip
SUPPORT = (S1, S2, S3, S4, S5, S14)
