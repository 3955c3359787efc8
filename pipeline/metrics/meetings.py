"""Who comes when the coalition meets: events, attendance, trainings."""

from __future__ import annotations

import pandas as pd

from config.words import say
from pipeline.metrics.model import Context, Metric, Value
from pipeline.metrics.rows import begun, here, last_year, left_out, listed
from pipeline.metrics.values import in_period, no_data, until_today

LAST = 3
"""So many meetings tell how many come."""


def _events(context: Context) -> Value:
    rows = context.tables["meetings"]
    rows = rows[rows["kind"].eq("event") & in_period(rows["date"], context)]
    unknown = int(rows["people"].isna().sum())
    came = here(rows["present_ids"], context).nunique()
    # Nobody knows how many came where no event has a number; that isn't nobody.
    told = () if 0 < len(rows) == unknown else ((say("people"), float(rows["people"].sum())),)
    details = (*told, (say("member organisations present"), float(came)))
    excluded = left_out((unknown, say("no number of people")))
    return Value(float(len(rows)), details=details, excluded=excluded)


def attendance(context: Context) -> pd.DataFrame:
    """Past meetings to which members were invited and that say who came, oldest first.

    Returns:
        date, invited and present: members invited, and those of them that came; under the row's
        number.
    """
    rows = context.tables["meetings"].reset_index(drop=True)
    both = listed(rows["invited"]) & listed(rows["present"])
    rows = rows[until_today(rows["date"], context) & both]
    asked, came = (_pairs(rows[f"{name}_ids"], context) for name in ("invited", "present"))
    counts = pd.DataFrame(
        {
            "date": rows["date"],
            "invited": asked.groupby("meeting").size(),
            "present": asked.merge(came).groupby("meeting").size(),
        }
    ).fillna({"present": 0.0})
    return counts[counts["invited"] > 0].sort_values("date", kind="stable")


def _pairs(ids: pd.Series, context: Context) -> pd.DataFrame:
    found = here(ids, context)
    return pd.DataFrame({"meeting": found.index, "id": found.to_numpy()}).drop_duplicates()


def _participation(context: Context) -> Value:
    rows = attendance(context)
    if rows.empty:
        return no_data(say("no meeting says both which members were invited and who came"))
    last = rows.tail(LAST)
    details = (
        (say("meetings"), float(len(last))),
        (say("members invited"), float(last["invited"].sum())),
        (say("members of those present"), float(last["present"].sum())),
    )
    held = int(until_today(context.tables["meetings"]["date"], context).sum())
    why = say("no list of members invited, or of who came")
    share = float((last["present"] / last["invited"]).mean())
    return Value(share, details=details, excluded=left_out((held - len(rows), why)))


def _trained(context: Context) -> Value:
    rows = context.tables["meetings"]
    rows = rows[rows["kind"].eq("training") & last_year(rows["date"], context)]
    counted = rows["people"].notna()
    excluded = left_out((int((~counted).sum()), say("no number of people")))
    if len(rows) and not counted.any():
        return no_data(say("no training of the last 12 months has a number of people"))
    lately = rows["people"][in_period(rows["date"], context)]
    details = (
        (say("in the last month"), float(lately.sum())),
        (say("trainings"), float(len(rows))),
        (say("member organisations present"), float(here(rows["present_ids"], context).nunique())),
    )
    return Value(float(rows["people"].sum()), details=details, excluded=excluded)


P5 = Metric(
    "P5", "Events", "Produce",
    "Meetings of the kind event in the last complete month, beside the people and the member "
    "organisations that came.",
    "events", "up", ("meetings.date", "meetings.kind"), "BeFree San Diego", _events,
    ("meetings.people", "meetings.present"), dated=True, monthly=True,
)  # fmt: skip
P6 = Metric(
    "P6", "Meeting participation", "Produce",
    "Of the members invited to a meeting, those present, as the mean of the last 3 meetings by "
    "the day of the report that name both, each meeting counting alike.",
    "share", "up", ("meetings.date", "meetings.invited", "meetings.present"),
    "BeFree San Diego; Ohio State University; Activist Handbook", _participation,
    ("organisations.joins_as",),
    dated=True, comes=begun("meetings.invited", listed),
)  # fmt: skip
S6 = Metric(
    "S6", "People trained", "Stewardship",
    "People who came to trainings in the last 12 months; somebody who came to two of them counts "
    "twice, since the tab Meetings has numbers and no names of people.",
    "people", "up", ("meetings.date", "meetings.kind", "meetings.people"), "Activist Handbook",
    _trained, ("meetings.present", "organisations.joins_as"), dated=True,
    comes=begun("meetings.kind", lambda kinds: kinds.eq("training")),
)  # fmt: skip
