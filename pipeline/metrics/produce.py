"""Produce: what members promise, keep, and do together."""

from __future__ import annotations

import pandas as pd

from config.words import say
from pipeline.metrics.model import Context, Metric, Value
from pipeline.metrics.values import in_period, members, ratio, until_today


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


def here(ids: pd.Series, context: Context) -> pd.Series:
    """The members among the ids of a list's cells, one row per id; the others are left out."""
    each = ids.explode().dropna()
    return each[each.isin(members(context)["id"])]


def partners(context: Context) -> pd.DataFrame:
    """Pairs (action, id): the members that started or joined each action by the report's day."""
    rows = context.tables["actions"].reset_index(drop=True)
    rows = rows[until_today(rows["date"], context)]
    started = rows["started_by_id"]
    started = started[started.isin(members(context)["id"])]
    both = pd.concat([started, here(rows["partners_ids"], context)])
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
        (say("member organisations present"), float(here(rows["present_ids"], context).nunique())),
    )
    return Value(
        float(len(rows)), details=details,
        excluded=(unknown, say("no number of people") if unknown else ""),
    )  # fmt: skip


P4 = Metric(
    "P4", "Joint actions", "Produce",
    "Actions by the day of the report that at least two members started or joined.",
    "actions", "up", ("actions.date", "actions.started_by", "actions.partners"),
    "Network Impact", _joint,
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
PRODUCE = (P4, P5, P8, P9)
