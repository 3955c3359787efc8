"""Impact: where decision-makers stand, and who moved.

Their names stand nowhere in what these numbers give: the tab is kept for few, and Numbers is read
by all coordinators.
"""

from __future__ import annotations

import datetime as dt

import pandas as pd

from config.tables.work import DECISION_MAKERS, POSITIONS
from config.words import say
from pipeline.metrics.model import Context, Metric, Value
from pipeline.metrics.values import no_data
from pipeline.positions.history import frame_of
from pipeline.positions.standing import SCALE, latest_on, movement, position_on

_COLUMNS = {
    "position": "position", "influence": "influence", "confidence": "confidence",
    "co_sponsor_on": "cosponsor_on", "in_office_until": "until",
}  # fmt: skip
"""Column of the tab → what it is called in the history."""


def known_positions(context: Context) -> pd.DataFrame:
    """The history, without what the tab has no column for at present."""
    present = context.present.get(DECISION_MAKERS.name, frozenset())
    frame = frame_of(()) if context.positions is None else context.positions
    blank = frame_of(()).reindex(frame.index)
    gone = [name for column, name in _COLUMNS.items() if column not in present]
    blanks = {name: "" if name == "position" else blank[name] for name in gone}
    return frame.assign(**blanks)


def in_office(context: Context) -> pd.DataFrame:
    """Who is in office on the report's day, and what holds of each: a row per person."""
    return position_on(known_positions(context), context.today)


def nobody(context: Context) -> str:
    """Why there is nobody in office, as a clause."""
    ever = latest_on(known_positions(context), context.today)
    if ever.empty:
        return say("no row of the tab Decision-makers holds for the day of the report")
    last = ever["until"].max().date()
    return say(
        "everybody's term has ended, the last on {day}; their positions are history until the "
        "tab Decision-makers names who is in office now", day=last.isoformat(),
    )  # fmt: skip


def _by_position(context: Context) -> Value:
    people = in_office(context)
    if people.empty:
        return no_data(nobody(context))
    counts = people["position"].value_counts()
    details = tuple((say(word), float(counts.get(word, 0))) for word in POSITIONS)
    blank = int(counts.get("", 0))
    return Value(
        float(counts.get("support", 0)), details=details,
        excluded=(blank, say("no position") if blank else ""),
    )  # fmt: skip


def _rating(context: Context) -> Value:
    people = in_office(context)
    if people.empty:
        return no_data(nobody(context))
    support = people["position"].map(SCALE).astype("float64")
    rated = int(support.notna().sum())
    if not rated:
        return no_data(say("nobody's position is known"))
    details = [(say("people rated"), float(rated))]
    for title, column in ((say("influence"), "influence"), (say("confidence"), "confidence")):
        if people[column].notna().any():
            details.append((say("mean {what}", what=title), float(people[column].mean())))
    unknown = len(people) - rated
    return Value(
        float(support.mean()), details=tuple(details),
        excluded=(unknown, say("position unknown") if unknown else ""),
    )  # fmt: skip


def _weighted(context: Context) -> Value:
    people = in_office(context)
    if people.empty:
        return no_data(nobody(context))
    support = people["position"].map(SCALE).astype("float64")
    weight = people["influence"] * people["confidence"]
    whole = support.notna() & (weight >= 0)
    total = float(weight[whole].sum())
    if not total:
        return no_data(say("nobody has a known position, an influence and a confidence"))
    left = int((~whole).sum())
    return Value(
        float((support * weight)[whole].sum()) / total,
        details=((say("people weighed"), float(whole.sum())),),
        excluded=(left, say("position, influence or confidence unknown") if left else ""),
    )  # fmt: skip


def _movement(context: Context) -> Value:
    start, end = (day - dt.timedelta(days=1) for day in context.period)
    moved = movement(known_positions(context), start, end)
    if not moved.compared:
        return no_data(
            say(
                "nobody in office has a known position both on {start} and on {end}",
                start=start.isoformat(), end=end.isoformat(),
            )
        )  # fmt: skip
    steps = zip(moved.table["from"], moved.table["to"], moved.table["people"], strict=True)
    details = (
        (say("up"), float(moved.up)), (say("down"), float(moved.down)),
        *((f"{say(one)} → {say(other)}", float(n)) for one, other, n in steps),
        (say("people compared"), float(moved.compared)),
    )  # fmt: skip
    return Value(float(moved.net), details=details)


def _cosponsors(context: Context) -> Value:
    people = in_office(context)
    if people.empty:
        return no_data(nobody(context))
    ever = latest_on(known_positions(context), context.today)
    by_now = [
        (each["cosponsor_on"] <= pd.Timestamp(context.today)).sum() for each in (people, ever)
    ]
    gone = int(by_now[1] - by_now[0])
    return Value(float(by_now[0]), details=((say("no longer in office"), float(gone)),))


_WHO = ("decision_makers.date", "decision_makers.seat", "decision_makers.district",
        "decision_makers.in_office_until")  # fmt: skip
_STAND = ("decision_makers.name", "decision_makers.position")
_WEIGHTS = ("decision_makers.influence", "decision_makers.confidence")

MAKERS = (
    Metric(
        "I6", "Decision-makers in support", "Impact",
        "Decision-makers in office whose latest position by the day of the report is support, "
        "beside how many have each of the other positions.",
        "people", "up", _STAND, "Activist Handbook", _by_position, _WHO, dated=True,
    ),
    Metric(
        "I7", "Policymaker rating", "Impact",
        "Mean support of the decision-makers in office with a known position, from -2 (against) "
        "to 2 (support), beside their mean influence and confidence on the coalition's own scale.",
        "points", "up", _STAND, "Center for Evaluation Innovation", _rating, (*_WHO, *_WEIGHTS),
        dated=True,
    ),
    Metric(
        "I8", "Weighted support", "Impact",
        "Mean support from -2 (against) to 2 (support) of the decision-makers in office, in which "
        "each weighs as much as influence times confidence.",
        "points", "up", (*_STAND, *_WEIGHTS), "ours, on the Center for Evaluation Innovation",
        _weighted, _WHO, reported=False, dated=True,
    ),
    Metric(
        "I9", "Movement", "Impact",
        "Decision-makers who moved towards support in the last complete month less those who moved "
        "away from it, among those in office with a known position before it began and at its end.",
        "people", "up", _STAND, "ours, on the Center for Evaluation Innovation", _movement, _WHO,
        dated=True, monthly=True,
    ),
    Metric(
        "I10", "Co-sponsors", "Impact",
        "Decision-makers in office who had become co-sponsors by the day of the report.",
        "people", "up", ("decision_makers.name", "decision_makers.co_sponsor_on"), "Brumidi Group",
        _cosponsors, _WHO, dated=True,
    ),
)  # fmt: skip
