"""Where a number stands against its target, where it will land, and by what rule that is said."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from config.words import say
from pipeline.course import LEAST_DAYS, PACE_DAYS, Course
from pipeline.figures import SHARE, percent, plain
from pipeline.metrics.model import Metric
from pipeline.targets import Target

MET, ON_TRACK, BEHIND, NO_DAY, NO_DATA = "met", "on track", "behind", "no day", "no data"
RULE = (
    "Met: the figure has reached the target. On track: at the pace of the last "
    f"{PACE_DAYS} days (or of as many as are known, at least {LEAST_DAYS}) it reaches the target "
    "by its day. Behind: it doesn't, or the day has passed. No day: By is blank or can't be read. "
    "No data: there is no figure, or it hasn't been known long enough to tell a pace."
)


@dataclass(frozen=True)
class Aim:
    """A target and how it goes.

    Attributes:
        target: what people aim at.
        status: "met", "on track", "behind", "no day" or "no data".
        landing: the figure on the target's day at today's pace; None where nobody can tell.
        why: the rule's reason, as a sentence.
    """

    target: Target
    status: str
    landing: float | None
    why: str


def aim_of(
    target: Target, metric: Metric, value: float | None, course: Course, today: dt.date
) -> Aim:
    """How the number stands against its target, by `RULE`."""
    if value is None:
        return Aim(target, NO_DATA, None, say("There is no figure."))
    landing = _landing(target, metric, value, course, today)
    if reached(metric, value, target.goal):
        return Aim(target, MET, landing, say("The target is reached."))
    if target.by is not None and target.by < today:
        return Aim(target, BEHIND, None, say("Its day has passed."))
    if target.by is None:
        return Aim(target, NO_DAY, None, say("No day is given."))
    if landing is None:
        return Aim(target, NO_DATA, None, say("It is too early to tell a pace."))
    status = ON_TRACK if reached(metric, landing, target.goal) else BEHIND
    there = shown(metric, landing)
    return Aim(target, status, landing, say("At this pace it will be {there}.", there=there))


def reached(metric: Metric, value: float, goal: float) -> bool:
    """Is the target met by that figure?"""
    return value <= goal if metric.better == "down" else value >= goal


def shown(metric: Metric, value: float) -> str:
    """A share in per cent, everything else as it is."""
    return percent(value) if metric.unit == SHARE else plain(round(value, 1))


def _landing(
    target: Target, metric: Metric, value: float, course: Course, today: dt.date
) -> float | None:
    if target.by is None or target.by < today:
        return None
    pace = course.pace(today, value)
    if pace is None:
        return None
    there = max(0.0, value + pace * (target.by - today).days)
    return min(there, 1.0) if metric.unit == SHARE else there
