"""Align: how long things take, and what falls due."""

from __future__ import annotations

import pandas as pd

from config.words import say
from pipeline.metrics.coming import has_deadline, somebody_is_asked
from pipeline.metrics.model import EVERY_PART, Context, Each, Metric, Value
from pipeline.metrics.values import LEAST, accepted, day, members, no_data, ratio, real

SOON = 30
"""So many days ahead a re-confirmation falls due soon."""
NO_DAY = "no time that can be read"


def _days_since(days: pd.Series, until: pd.Series | pd.Timestamp) -> pd.Series:
    return (until - days).dt.days.clip(lower=0)


def _review(context: Context) -> Value:
    frame = real(context)
    unknown = int(frame["day"].isna().sum())
    frame = frame[frame["day"].notna()]
    decided = frame[frame["decided_on"].notna() & frame["outcome"].isin(("accepted", "declined"))]
    took = _days_since(decided["day"], decided["decided_on"])
    waiting = _days_since(frame["day"][frame["outcome"] == "hold"], day(context))
    oldest = ((say("oldest open one"), float(waiting.max())),) if len(waiting) else ()
    excluded = (unknown, say(NO_DAY) if unknown else "")
    if len(took) < LEAST:
        few = say("there are only {n} decided sign-ons; a median needs five", n=len(took))
        reason = few if len(took) else say("no sign-on is decided yet")
        each = tuple(
            (say("after {n} days", n=n), float((took == n).sum()))
            for n in sorted({*map(int, took)})
        )
        why = say("no data because {reason}", reason=reason)
        return Value(None, why=why, details=each + oldest, excluded=excluded)
    ninth = (say("90 of 100 within"), float(took.quantile(0.9)))
    return Value(float(took.median()), details=(ninth, *oldest), excluded=excluded)


def _deadline(context: Context) -> Value:
    soft, hard = context.sign_by, context.closes
    if soft is None:
        return no_data(say("the version in force has no day by which sign-ons are asked for"))
    if context.today <= soft:
        return no_data(say("sign-ons are asked for until {day}", day=soft))
    frame = accepted(context)
    dated = frame["day"][frame["version"].eq(context.current_version)].dropna()
    in_time = dated if hard is None else dated[dated <= pd.Timestamp(hard)]
    late = float((dated > pd.Timestamp(soft)).sum())
    other = len(frame) - len(dated)
    return ratio(
        int((dated <= pd.Timestamp(soft)).sum()), len(in_time),
        say("no sign-on to the version in force is accepted yet"), ((say("late"), late),),
        (other, say("to another version, or on a day that can't be read") if other else ""),
    )  # fmt: skip


def _lapsing(context: Context) -> Value:
    frame = members(context)
    soon = frame[frame["confirm_by"] <= day(context) + pd.Timedelta(days=SOON)]
    over = int((soon["confirm_by"] < day(context)).sum())
    details = ((say("their day is over"), float(over)),) if over else ()
    each = Each(soon["id"], soon["id"].notna(), share=False)
    return Value(float(len(soon)), details=details, names=tuple(sorted(soon["name"])), each=each)


A5 = Metric(
    "A5", "Review time", "Align",
    "Median days from the day on which a form came to the day on which it was accepted or not "
    "accepted, of at least five, beside the days within which 90 of 100 are decided and the days "
    "that the oldest open one has waited; only whole days are known, so a form decided on its own "
    "day took none.",
    "days", "down", ("signons.outcome", "signons.day", "signons.decided_on"),
    "Coalition Builder", _review,
)  # fmt: skip
A13 = Metric(
    "A13", "Deadline performance", "Align",
    "Of the accepted sign-ons of organisations to the version in force that came in by the day on "
    "which signing closes, those that came by the day until which sign-ons are asked for, beside "
    "all that came later.",
    "share", "up", ("signons.outcome", "signons.day", "signons.version"), "EFA toolkit",
    _deadline, ("signons.labels", "signons.signing_as"), comes=has_deadline,
)  # fmt: skip
A18 = Metric(
    "A18", "Lapsing soon", "Align",
    "Members that are asked to re-confirm within the next 30 days, or were asked to by a day that "
    "is over.",
    "organisations", "down", ("organisations.standing", "organisations.confirm_by"),
    "Maryland Green", _lapsing, ("organisations.joins_as", "organisations.name"),
    by=EVERY_PART, comes=somebody_is_asked,
)  # fmt: skip

TIMING: tuple[Metric, ...] = (A5, A13, A18)
