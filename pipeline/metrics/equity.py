"""Connect: needs that are met, and what is shared beside presence."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from config.words import say
from pipeline.metrics.coming import somebody_declares
from pipeline.metrics.communities import DECLARED, TOO_FEW, declared, hidden, shown
from pipeline.metrics.model import Context, Metric, Value
from pipeline.metrics.rows import folded
from pipeline.metrics.values import day, no_data, ratio, until_today

MET = {"yes": 1.0, "partly": 0.5, "no": 0.0}
SHARED = ("groups", "meetings", "help")
"""Where it stands what is shared."""


def _needs_met(context: Context) -> Value:
    rows = context.tables["meetings"]
    answers = rows["needs_met"][until_today(rows["date"], context)]
    met = answers.map(MET).dropna()
    blank = int((~answers.isin((*MET, "none named"))).sum())
    return ratio(
        float(met.sum()), len(met), say("no need is recorded for a meeting yet"),
        tuple((say(word), float((answers == word).sum())) for word in MET),
        (blank, say("no answer under Needs met") if blank else ""),
    )  # fmt: skip


def _seats(context: Context) -> pd.Series:
    """Organisation → groups that it is in today."""
    rows = context.tables["groups"]
    here = ~until_today(rows["until"], context) & ~(rows["since"] > day(context))
    rows = rows[here & rows["group"].ne("")]
    seats = pd.DataFrame({"id": rows["organisation_id"], "group": folded(rows["group"])})
    return seats.drop_duplicates().groupby("id").size()


def _speaking(context: Context) -> pd.Series:
    """Organisation → meetings until today at which it spoke or chaired."""
    rows = context.tables["meetings"].reset_index(drop=True)
    spoke = rows["spoke_or_chaired_ids"][until_today(rows["date"], context)].explode()
    pairs = pd.DataFrame({"meeting": spoke.index, "id": spoke.to_numpy()}).dropna()
    return pairs.drop_duplicates().groupby("id").size()


def _hours(context: Context) -> pd.Series:
    """Organisation → hours of help given to it, of what it asked for by today."""
    rows = context.tables["help"]
    rows = rows[until_today(rows["asked_on"], context) & (rows["hours"] > 0)]
    return rows.groupby("organisation_id")["hours"].sum()


_WHAT = (("seats", "groups", _seats), ("speaking", "meetings", _speaking),
         ("help", "help", _hours))  # fmt: skip


def _portions(said: pd.Series, amounts: pd.Series) -> Mapping[str, float]:
    """Community → its share of what those who declare one have; none where that points at few.

    Those behind each figure, and those behind what is left, are ten or more members.
    """
    mine = amounts[amounts.index.isin(said.index) & (amounts > 0)]
    behind = said[said.index.isin(mine.index)].value_counts()
    if any(hidden(int(behind.get(name, 0)), len(mine)) for name in said.unique()):
        return {}
    each = said.to_frame("community").join(mine.rename("amount"), how="inner")
    return dict(each.groupby("community")["amount"].sum() / mine.sum())


def _shares(context: Context) -> Value:
    counts = shown(context)
    if isinstance(counts, str):
        return no_data(counts)
    said = declared(context)
    told = {
        what: _portions(said, amounts(context))
        for what, table, amounts in _WHAT
        if table in context.tables
    }
    told = {what: portions for what, portions in told.items() if portions}
    if not told:
        return no_data(say(TOO_FEW))
    answered = said.index.nunique()
    details = [
        (f"{name}: {say(what)}", float(share))
        for key, (name, count) in zip(sorted(said.unique()), counts.items(), strict=True)
        for what, share in (
            ("members", count / answered),
            *((what, portions[key]) for what, portions in told.items()),
        )
    ]
    return Value(float(len(counts)), details=tuple(details))


def _something_to_share(context: Context) -> bool:
    return somebody_declares(context) and any(
        name in context.tables and len(context.tables[name]) for name in SHARED
    )


C24 = Metric(
    "C24", "Needs met", "Connect",
    "Of the meetings for which needs were recorded, those at which they were met, partly met "
    "counting half.",
    "share", "up", ("meetings.date", "meetings.needs_met"), "Activist Handbook", _needs_met,
    dated=True,
)  # fmt: skip
C25 = Metric(
    "C25", "Shares beside presence", "Connect",
    "Communities whose share of the members stands beside their share of seats in groups, of "
    "speaking or chaired at meetings and of hours of help, among those who say which communities "
    "they belong to, only where at least 10 members are behind each figure and behind what is "
    "left.",
    "communities", "", ("organisations.standing", "organisations.communities"),
    "Activist Handbook; Everyday Democracy", _shares,
    (
        *DECLARED, "groups.group", "groups.organisation", "groups.since",
        "groups.until", "meetings.date", "meetings.spoke_or_chaired", "help.asked_on",
        "help.organisation", "help.hours",
    ),
    comes=_something_to_share,
)  # fmt: skip

EQUITY: tuple[Metric, ...] = (C24, C25)
