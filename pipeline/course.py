"""How a number went: what was reported, what of that is revised now, and at what pace it goes."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from config.records import MetricPoint
from pipeline.metrics.model import Value
from pipeline.metrics.registry import BY_CODE

PACE_DAYS = 90
"""The pace is that of so many days, or of as many as there are."""
LEAST_DAYS = 14
"""Fewer days say nothing about a pace."""


@dataclass(frozen=True)
class Monthly:
    """How a number stood at the end of a month, or what it was in that month.

    Attributes:
        day: the last day of that month for which it is known.
        value: the figure, and of a share its numerator and denominator.
        again: counted again from today's tables, rather than as it was reported.
    """

    day: dt.date
    value: Value
    again: bool


@dataclass(frozen=True)
class Course:
    """What was reported of one number.

    Attributes:
        points: by day; each holds until the next.
        recounted: day of an earlier report → what today's tables say of it.
        monthly: a report tells of the last complete month, so of the one before its own.
    """

    points: Sequence[MetricPoint]
    recounted: Mapping[dt.date, Value]
    monthly: bool = False

    def on(self, day: dt.date) -> MetricPoint | None:
        """What held at the end of that day; None before the first report."""
        return next((point for point in reversed(self.points) if point.day <= day), None)

    def revised(self, day: dt.date) -> float | None:
        """What that day's figure is now; None where it is what was reported, or nobody knows."""
        point, now = self.on(day), self.recounted.get(day)
        if point is None or now is None or now.value is None or point.value is None:
            return None
        return now.value if abs(now.value - point.value) > _SAME else None

    def by_month(self, reports: Iterable[dt.date]) -> list[Monthly]:
        """One figure a month, by day: counted again where it was, else of the last report.

        Args:
            reports: days of reports.
        """
        told = {
            (day.year, day.month): Monthly(
                self._told_of(day), Value(at.value, at.numerator, at.denominator), False
            )
            for day in sorted(reports)
            if (at := self.on(day)) is not None
        }
        again = {
            (day.year, day.month): Monthly(self._told_of(day), value, True)
            for day, value in sorted(self.recounted.items())
            if value.value is not None
        }
        whole = told | again
        return [whole[month] for month in sorted(whole) if whole[month].value.value is not None]

    def _told_of(self, day: dt.date) -> dt.date:
        """The day until which a report of that day counts."""
        return day - dt.timedelta(days=day.day) if self.monthly else day

    def pace(self, today: dt.date, value: float) -> float | None:
        """How much it moved a day, over the last 90 days or as many as are known (at least 14)."""
        since = today - dt.timedelta(days=PACE_DAYS)
        known = [(p.day, p.value) for p in self.points if p.value is not None]
        known += [(day, v.value) for day, v in self.recounted.items() if v.value is not None]
        held = max((point for point in known if point[0] <= since), default=None)
        first = (since, held[1]) if held else min(known, default=None)
        if first is None or (today - first[0]).days < LEAST_DAYS:
            return None
        return (value - first[1]) / (today - first[0]).days


_SAME = 1e-9
NOTHING = Course((), {})


def courses(
    points: Iterable[MetricPoint], recounted: Mapping[dt.date, Mapping[str, Value]]
) -> dict[str, Course]:
    """Code → its course."""
    by_code: dict[str, list[MetricPoint]] = {}
    for point in sorted(points, key=lambda p: p.day):
        by_code.setdefault(point.code, []).append(point)
    again: dict[str, dict[dt.date, Value]] = {}
    for day in sorted(recounted):
        for code, value in recounted[day].items():
            again.setdefault(code, {})[day] = value
    return {
        code: Course(tuple(by_code.get(code, ())), again.get(code, {}), _is_monthly(code))
        for code in sorted(by_code.keys() | again.keys())
    }


def _is_monthly(code: str) -> bool:
    """Codes that this program doesn't know were reported by another version of it."""
    return code in BY_CODE and BY_CODE[code].monthly


def year_before(day: dt.date) -> dt.date:
    """The same day a year ago; 28 February for the 29th."""
    last = calendar.monthrange(day.year - 1, day.month)[1]
    return day.replace(year=day.year - 1, day=min(day.day, last))
