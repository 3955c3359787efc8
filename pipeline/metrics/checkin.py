"""How members find the coalition, by what they say themselves."""

from __future__ import annotations

import pandas as pd

from config.words import say
from pipeline.metrics.model import EVERY_PART, Context, Metric, Value
from pipeline.metrics.rows import last_year, left_out
from pipeline.metrics.values import in_period, members, no_data, ratio, share_of

FEWEST = 5
"""Of fewer answers nothing is shown, so that nobody is pointed at."""
HEALTH = ("purpose", "performance", "operations", "capacity")
GOOD = 4
CHECK_IN, REPORTS = "yearly_check_in", "tell_us_what_you_did"


def newest(context: Context) -> pd.DataFrame:
    """Each member's newest check-in of the last twelve months."""
    rows = context.tables[CHECK_IN]
    mine = rows["organisation_id"].isin(members(context)["id"])
    rows = rows[mine & last_year(rows["date"], context)].sort_values("date", kind="stable")
    return rows.drop_duplicates("organisation_id", keep="last")


def _too_few() -> Value:
    return no_data(say("fewer than {n} members answered, and nobody shall be pointed at", n=FEWEST))


def _health(context: Context) -> Value:
    rows = newest(context)
    read = {name: rows[name].dropna() for name in HEALTH}
    shown = {name: given for name, given in read.items() if len(given) >= FEWEST}
    if not shown:
        return _too_few()
    means = {name: float(given.mean()) for name, given in shown.items()}
    details = tuple((say(name), mean) for name, mean in means.items()) + tuple(
        (say("answers about {score}", score=say(name)), float(len(given)))
        for name, given in shown.items()
    )
    return Value(sum(means.values()) / len(means), details=details)


def _value(context: Context) -> Value:
    given = newest(context)["value"].dropna()
    if len(given) < FEWEST:
        return _too_few()
    return ratio(int((given >= GOOD).sum()), len(given), "")


def _reporting(context: Context) -> Value:
    rows, everybody = context.tables[REPORTS], members(context)
    ended = pd.Timestamp(context.period[1])
    due = everybody["id"][~(everybody["joined_on"] >= ended)]
    filed = due.isin(rows["organisation_id"][in_period(rows["date"], context)])
    excluded = left_out((len(everybody) - len(due), say("joined after that month")))
    nothing = say("nobody was a member in the last complete month")
    return share_of(due, filed, nothing, excluded=excluded, told=rows["organisation_id"])


S9 = Metric(
    "S9", "Network health", "Stewardship",
    "Mean of those of purpose, performance, operations and capacity (1 to 5) that have at least "
    "five answers, each counting alike, by each member's newest check-in of the last 12 months.",
    "points of 5", "up", ("yearly_check_in.date", "yearly_check_in.organisation"),
    "Network Impact", _health,
    (*(f"{CHECK_IN}.{name}" for name in HEALTH), "organisations.joins_as"), dated=True,
)  # fmt: skip
S10 = Metric(
    "S10", "Value felt", "Stewardship",
    "Of the members with a check-in in the last 12 months, those that give at least 4 of 5 to the "
    "value of the coalition for them; only with five answers.",
    "share", "up",
    ("yearly_check_in.date", "yearly_check_in.organisation", "yearly_check_in.value"),
    "Network Impact; Activist Handbook", _value, ("organisations.joins_as",), dated=True,
)  # fmt: skip
S11 = Metric(
    "S11", "Reporting completeness", "Stewardship",
    "Of the members that had joined by then, those that told us of something they did in the last "
    "complete month.",
    "share", "up", (f"{REPORTS}.date", f"{REPORTS}.organisation", "organisations.joined_on"),
    "FiscalNote", _reporting, ("organisations.joins_as",), by=EVERY_PART, dated=True, monthly=True,
)  # fmt: skip
CHECKED_IN = (S9, S10, S11)
