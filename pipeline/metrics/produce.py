"""Produce: what members promise, keep, and do together."""

from __future__ import annotations

import pandas as pd

from config.text import fold
from config.words import say
from pipeline.metrics.model import Context, Metric, Value
from pipeline.metrics.values import filled, in_period, members, ratio, until_today


def _promising(context: Context) -> Value:
    ids = members(context)["id"]
    promised = ids.isin(context.tables["promises"]["organisation_id"])
    return ratio(int(promised.sum()), len(ids), say("there are no members yet"))


def _kept(context: Context) -> Value:
    rows = context.tables["promises"]
    undated = int(rows["due"].isna().sum())
    due = rows[until_today(rows["due"], context)]
    done = until_today(due["done"], context)
    kept = int((done & (due["done"] <= due["due"])).sum())
    details = (
        (say("done late"), float(done.sum() - kept)),
        (say("overdue"), float((~done).sum())),
    )
    return ratio(
        kept, len(due), say("no promise was due by the day of the report"), details,
        (undated, say("no day under Due") if undated else ""),
    )  # fmt: skip


def _here(names: pd.Series, context: Context) -> pd.Series:
    """Member id per name of a list's cells, one row per name; names of others are left out."""
    frame = members(context)
    ids = dict(zip(frame["name"].map(fold), frame["id"], strict=True))
    each = names.explode().dropna()
    return each.map(fold).map(ids).dropna()


def partners(context: Context) -> pd.DataFrame:
    """Pairs (action, id): the members that started or joined each action by the report's day."""
    rows = context.tables["actions"].reset_index(drop=True)
    rows = rows[until_today(rows["date"], context)]
    started = rows["started_by_id"]
    started = started[started.isin(members(context)["id"])]
    both = pd.concat([started, _here(rows["partners"], context)])
    return pd.DataFrame({"action": both.index, "id": both.to_numpy()}).drop_duplicates()


def _joint(context: Context) -> Value:
    sizes = partners(context).groupby("action")["id"].size()
    joint = sizes[sizes >= 2]
    details = ((say("members per joint action"), float(joint.mean())),) if len(joint) else ()
    return Value(float(len(joint)), details=details)


def _events(context: Context) -> Value:
    rows = context.tables["meetings"]
    rows = rows[rows["kind"].eq("event") & in_period(rows["date"], context)]
    unknown = int(rows["people"].isna().sum())
    details = (
        (say("people"), float(rows["people"].sum())),
        (say("member organisations present"), float(_here(rows["present"], context).nunique())),
    )
    return Value(
        float(len(rows)), details=details,
        excluded=(unknown, say("no number of people") if unknown else ""),
    )  # fmt: skip


def _pieces(context: Context) -> Value:
    rows = context.tables["media"]
    rows = rows[until_today(rows["date"], context)]
    # What was offered and not printed hasn't been in the media.
    rows = rows[rows["submitted"].isna() | until_today(rows["placed"], context)]
    where = rows["link"].str.strip().str.replace(r"(?i)^https?://(www\.)?", "", regex=True)
    where = where.str.replace(r"#.*$|(?<=[?&])utm_[^&#]*&?", "", regex=True).str.rstrip("/?&")
    day = rows["date"].dt.strftime("%Y-%m-%d")
    named = rows["outlet"].map(fold) + "\n" + day + "\n" + rows["title"].map(fold)
    piece = where.where(filled(where), named)
    recent = piece[in_period(rows["date"], context)].nunique()
    return Value(float(piece.nunique()), details=((say("in the last month"), float(recent)),))


def _support(context: Context) -> Value:
    rows = context.tables["help"]
    asked = until_today(rows["asked_on"], context)
    still_open = asked & ~until_today(rows["closed"], context)
    details = (
        (say("opened in the last month"), float(in_period(rows["asked_on"], context).sum())),
        (say("closed in the last month"), float(in_period(rows["closed"], context).sum())),
    )
    return Value(float(still_open.sum()), details=details)


P4 = Metric(
    "P4", "Joint actions", "Produce",
    "Actions by the day of the report that at least two members started or joined.",
    "actions", "up", ("actions.date", "actions.started_by", "actions.partners"),
    "Network Impact", _joint, ("organisations.name",),
)  # fmt: skip
P5 = Metric(
    "P5", "Events", "Produce",
    "Meetings of the kind event in the last complete month, beside the people and the member "
    "organisations that came.",
    "events", "up", ("meetings.date", "meetings.kind"), "BeFree San Diego", _events,
    ("meetings.people", "meetings.present"),
)  # fmt: skip
P8 = Metric(
    "P8", "Members that promised something", "Produce",
    "Of the members, those with at least one row on the tab Promises.",
    "share", "up", ("promises.organisation",), "Kate Head", _promising,
)  # fmt: skip
P9 = Metric(
    "P9", "Promises kept", "Produce",
    "Of the promises due by the day of the report, those done on or before the day they were due.",
    "share", "up", ("promises.due", "promises.done"), "Kate Head", _kept,
)  # fmt: skip
S1 = Metric(
    "S1", "Requests for help", "Stewardship",
    "Requests on the tab Help that are open on the day of the report, beside those opened and "
    "closed in the last complete month.",
    "requests", "down", ("help.asked_on", "help.closed"), "Activist Handbook", _support,
)  # fmt: skip
I1 = Metric(
    "I1", "Media mentions", "Impact",
    "Distinct pieces by the day of the report, told apart by link or else by outlet, day and "
    "title, those offered but not printed apart.",
    "pieces", "up", ("media.date", "media.outlet", "media.title"), "Activist Handbook", _pieces,
    ("media.link", "media.submitted", "media.placed"),
)  # fmt: skip

PRODUCE = (P4, P5, P8, P9)
"""In the order of the dictionary; S1 and I1 are of other families."""
