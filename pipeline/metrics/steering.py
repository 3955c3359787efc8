"""Whether the coalition is steered: meetings as planned, seats filled, enough people there."""

from __future__ import annotations

import numpy as np
import pandas as pd

from config.words import say
from pipeline.metrics.model import Context, Metric, Value
from pipeline.metrics.rows import begun, each, in_group, last_year, listed
from pipeline.metrics.values import day, filled, ratio, until_today

WEEK = pd.Timedelta(days=7)
"""A meeting so near to the day planned is the one that was planned."""
STEERING = "steering"
Details = tuple[tuple[str, float], ...]


def _days(dates: pd.Series) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(dates.dropna().unique()).sort_values()


def missed(planned: pd.DatetimeIndex, held: pd.DatetimeIndex) -> int:
    """Days planned with no meeting within a week of them."""
    first = held.searchsorted(planned - WEEK, side="left")
    after = held.searchsorted(planned + WEEK, side="right")
    return int((first == after).sum())


def _steered(context: Context) -> Value:
    rows = context.tables["meetings"].reset_index(drop=True)
    rows = rows[rows["kind"].eq(STEERING)]
    past = rows[until_today(rows["date"], context)]
    recent = past[last_year(past["date"], context)]
    due = rows["next_date"] <= day(context) - WEEK
    planned = _days(rows["next_date"][due & last_year(rows["next_date"], context)])
    held = _days(recent["date"])
    count = len(held) + missed(planned, _days(past["date"]))
    nothing = say("no steering meeting was planned in the last 12 months")
    return ratio(len(held), count, nothing, (*_seats(context), *_quorum(recent, context)))


def _chairs(context: Context) -> pd.DataFrame:
    rows = context.tables.get("groups")
    return pd.DataFrame() if rows is None or rows.empty else rows[rows["kind"].eq(STEERING)]


def _seats(context: Context) -> Details:
    rows = _chairs(context)
    if rows.empty:
        return ()
    now = rows[in_group(rows, context)]
    taken = float(filled(now["organisation"]).sum())
    return (say("seats"), float(len(now))), (say("seats filled"), taken)


def _quorum(meetings: pd.DataFrame, context: Context) -> Details:
    """Meetings at which at least half of that day's seats were there; who came must be said."""
    rows, told = _chairs(context), meetings[listed(meetings["present"])]
    if rows.empty or told.empty:
        return ()
    seats = _on(rows["since"], told["date"], open_at=True) - _on(rows["until"], told["date"])
    there = _seated(told, rows).reindex(told.index, fill_value=0)
    enough = (seats > 0) & (2 * there.to_numpy() >= seats)
    return (
        (say("meetings that say who came"), float(len(told))),
        (say("meetings with at least half of the seats there"), float(enough.sum())),
    )


def _on(dates: pd.Series, days: pd.Series, open_at: bool = False) -> np.ndarray:
    """How many of the dates lie on each day or before; blanks do, where they are open."""
    known = np.sort(dates.dropna().to_numpy())
    blank = int(dates.isna().sum()) if open_at else 0
    return np.asarray(known.searchsorted(days.to_numpy(), side="right") + blank)


def _seated(told: pd.DataFrame, rows: pd.DataFrame) -> pd.Series:
    """Meeting → organisations there that held a seat on that day."""
    came = each(told["present_ids"])
    there = pd.DataFrame({"meeting": came.index, "id": came.to_numpy()})
    there["date"] = told["date"].loc[came.index].to_numpy()
    seats = rows[["organisation_id", "since", "until"]].rename(columns={"organisation_id": "id"})
    both = there.merge(seats, on="id")
    both = both[~(both["since"] > both["date"]) & ~(both["until"] <= both["date"])]
    return both.drop_duplicates(["meeting", "id"]).groupby("meeting").size()


S13 = Metric(
    "S13", "Steering health", "Stewardship",
    "Of the steering meetings planned in the last 12 months (those held, and each Next date with "
    "none within a week of it), those held, beside the seats filled today and the meetings at "
    "which at least half of the seats were there.",
    "share", "up", ("meetings.date", "meetings.kind", "meetings.next_date"),
    "Activist Handbook", _steered,
    (
        "meetings.present", "groups.organisation", "groups.kind", "groups.since", "groups.until",
    ),
    dated=True, comes=begun("meetings.kind", lambda kinds: kinds.eq(STEERING)),
)  # fmt: skip
