"""Connect: whom we want, whom we reached, and what became of it."""

from __future__ import annotations

import pandas as pd

from config.tables.relations import CLOSED_STAGES
from config.text import fold
from config.words import say
from pipeline.metrics.coming import somebody_brought
from pipeline.metrics.model import Context, Metric, Part, Value
from pipeline.metrics.values import (
    accepted,
    day,
    filled,
    in_period,
    median,
    once,
    ratio,
    tally,
    until_today,
)

QUIET_DAYS = 14
BY_PLACE: tuple[Part, ...] = ("district", "sector")
"""What the tab itself says of those who are wanted; nobody of them is in a group yet."""
NOBODY_CONTACTED = "no organisation on the tab Outreach has a First contact yet"
NOBODY_LISTED = "no organisation stands on the tab Outreach"
_FIRST = ("organisation", "organisation_id", "owner", "new_to_us", "sector", "place", "community")
_PICK = {
    **dict.fromkeys(_FIRST, "first"), "stage": "last",
    "added": "min", "first_contact": "min", "replied": "min", "last_touch": "max",
}  # fmt: skip


@once
def prospects(context: Context) -> pd.DataFrame:
    """The organisations of the tab Outreach, one row each, as of the report's day.

    Several rows of one organisation give its earliest dates, its latest touch and stage, and the
    first of what else is filled in. A row added later than the report's day is left out.
    """
    rows = context.tables["outreach"]
    rows = rows[filled(rows["organisation"]) & ~(rows["added"] > day(context))]
    known = rows["organisation_id"]
    who = known.where(known.ne(""), rows["organisation"].map(fold))
    texts = [*_FIRST, "stage"]
    said = rows[texts].astype(object)
    rows = rows.assign(**{name: said[name].where(said[name].ne("")) for name in texts})
    merged = rows.groupby(who, sort=False).agg(_PICK)
    return merged.fillna(dict.fromkeys(texts, "")).reset_index(drop=True)


@once
def contacted(context: Context) -> pd.DataFrame:
    """Those of them that were contacted."""
    frame = prospects(context)
    return frame[until_today(frame["first_contact"], context)]


def _nameless(context: Context) -> tuple[int, str]:
    """Rows that say of no organisation who it is, and how to say so."""
    blank = int((~filled(context.tables["outreach"]["organisation"])).sum())
    return blank, say("no name under Organisation") if blank else ""


def _identified(context: Context) -> Value:
    frame = prospects(context)
    dated = until_today(frame["added"], context)
    blank = int((~dated).sum())
    return Value(float(dated.sum()), excluded=(blank, say("no day under Added") if blank else ""))


def _coverage(context: Context) -> Value:
    everybody = len(prospects(context))
    return ratio(
        len(contacted(context)), everybody, say(NOBODY_LISTED), excluded=_nameless(context)
    )


def _response(context: Context) -> Value:
    frame = contacted(context)
    replied = until_today(frame["replied"], context)
    return ratio(int(replied.sum()), len(frame), say(NOBODY_CONTACTED), excluded=_nameless(context))


def with_joining(frame: pd.DataFrame, context: Context) -> pd.DataFrame:
    """The prospects with the day of their first accepted sign-on, NaT where there is none."""
    known = context.organisations[["id", "joined_on"]]
    known = known[until_today(known["joined_on"], context)]
    return frame.merge(known, how="left", left_on="organisation_id", right_on="id")


def _before(frame: pd.DataFrame) -> tuple[pd.Series, tuple[int, str]]:
    """Per row: had it joined before we contacted it? And how to say so."""
    early = frame["joined_on"] < frame["first_contact"]
    count = int(early.sum())
    return early, (count, say("joined before the first contact") if count else "")


def _conversion(context: Context) -> Value:
    frame = contacted(context)
    cohort = with_joining(frame[in_period(frame["first_contact"], context)], context)
    early, excluded = _before(cohort)
    cohort = cohort[~early]
    signed = int(cohort["joined_on"].notna().sum())
    return ratio(
        signed, len(cohort), say("nobody was contacted for the first time in the period"),
        excluded=excluded,
    )  # fmt: skip


def _days_to_signing(context: Context) -> Value:
    frame = with_joining(contacted(context), context)
    early, excluded = _before(frame)
    signed = frame[frame["joined_on"].notna() & ~early]
    days = (signed["joined_on"] - signed["first_contact"]).dt.days
    what = say("organisations that signed after we contacted them")
    return median(days, signed["organisation"], what, excluded)


def _stalled(context: Context) -> Value:
    frame = contacted(context)
    dates = frame[["first_contact", "last_touch", "replied"]]
    touched = dates.where(dates <= day(context)).max(axis=1)
    quiet = day(context) - touched > pd.Timedelta(days=QUIET_DAYS)
    stalled = frame["organisation"][quiet & ~frame["stage"].isin(CLOSED_STAGES)]
    return Value(float(len(stalled)), excluded=_nameless(context), names=tuple(sorted(stalled)))


def _unowned(context: Context) -> Value:
    frame = prospects(context)
    unowned = frame["organisation"][~filled(frame["owner"])]
    return Value(
        float(len(unowned)), details=tally(frame["owner"], say("nobody")),
        excluded=_nameless(context), names=tuple(sorted(unowned)),
    )  # fmt: skip


def _brought(context: Context) -> Value:
    brought = accepted(context)["referred_by"]
    details = tally(brought, say("not said"))
    named = int(filled(brought).sum())
    return ratio(named, len(brought), say("no sign-on is accepted yet"), details)


def _equity(context: Context) -> Value:
    answers = contacted(context)["new_to_us"]
    known = answers.isin(("yes", "no"))
    blank = int((~known).sum())
    return ratio(
        int((answers == "yes").sum()), int(known.sum()),
        say("no contacted organisation has a yes or no under New to us"),
        excluded=(blank, say("no yes or no under New to us") if blank else ""),
    )  # fmt: skip


C1 = Metric(
    "C1", "Prospects identified", "Connect",
    "Organisations on the tab Outreach that were added by the day of the report.",
    "organisations", "up", ("outreach.organisation", "outreach.added"),
    "Activist Handbook", _identified, dated=True,
)  # fmt: skip
C2 = Metric(
    "C2", "Outreach coverage", "Connect",
    "Of the organisations on the tab Outreach, those contacted at least once.",
    "share", "up", ("outreach.organisation", "outreach.first_contact"),
    "EFA toolkit; Activist Handbook", _coverage, ("outreach.added",), by=BY_PLACE, dated=True,
)  # fmt: skip
C3 = Metric(
    "C3", "Response rate", "Connect",
    "Of the organisations that we contacted, those that answered in any way.",
    "share", "up", ("outreach.organisation", "outreach.first_contact", "outreach.replied"),
    "Rooted Forward", _response, ("outreach.added",), by=BY_PLACE, dated=True,
)  # fmt: skip
C4 = Metric(
    "C4", "From contact to sign-on", "Connect",
    "Of the organisations first contacted in the last complete month, those whose sign-on was "
    "accepted by the day of the report.",
    "share", "up",
    ("outreach.organisation", "outreach.first_contact", "organisations.joined_on"),
    "Action Network", _conversion, ("outreach.added",), dated=True, monthly=True,
)  # fmt: skip
C5 = Metric(
    "C5", "Days from contact to sign-on", "Connect",
    "Median days from the first contact to the first accepted sign-on, of at least five.",
    "days", "down",
    ("outreach.organisation", "outreach.first_contact", "organisations.joined_on"),
    "ours", _days_to_signing, ("outreach.added",), dated=True,
)  # fmt: skip
C6 = Metric(
    "C6", "Stalled prospects", "Connect",
    "Contacted organisations whose stage isn't closed (joined, said no, later) and that nobody "
    "touched for more than 14 days.",
    "organisations", "down",
    ("outreach.organisation", "outreach.first_contact", "outreach.last_touch", "outreach.stage"),
    "Rooted Forward", _stalled, ("outreach.added", "outreach.replied"),
)  # fmt: skip
C7 = Metric(
    "C7", "Prospects that nobody owns", "Connect",
    "Organisations on the tab Outreach with a blank Owner, beside the number per owner.",
    "organisations", "down", ("outreach.organisation", "outreach.owner"),
    "Kate Head; Activist Handbook", _unowned, ("outreach.added",),
)  # fmt: skip
C8 = Metric(
    "C8", "Sign-ons by who brought them", "Connect",
    "Of the accepted sign-ons of organisations, those that say who brought them, with the number "
    "per name.",
    "share", "", ("signons.outcome", "signons.referred_by"),
    "Action Network; ControlShift", _brought, ("signons.labels", "signons.signing_as"),
    comes=somebody_brought,
)  # fmt: skip
C13 = Metric(
    "C13", "Outreach to groups new to us", "Connect",
    "Of the contacted organisations with an answer under New to us, those of groups that we "
    "hadn't worked with before.",
    "share", "up",
    ("outreach.organisation", "outreach.first_contact", "outreach.new_to_us"),
    "Activist Handbook", _equity, ("outreach.added",), by=BY_PLACE, dated=True,
)  # fmt: skip

CONNECT = (C1, C2, C3, C4, C5, C6, C7, C8, C13)
