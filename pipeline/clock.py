"""Days and weeks of the coalition. Nothing here asks what time it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Clock:
    """The moment a run stands for.

    Attributes:
        now: in UTC.
        day: the coalition's.
        pinned: the day was named, so that this clock doesn't move on by itself.
    """

    now: dt.datetime
    day: dt.date
    pinned: bool = False

    @property
    def week(self) -> tuple[dt.date, dt.date]:
        """The last complete calendar week: its Monday, and the Monday after it."""
        monday = self.day - dt.timedelta(days=self.day.weekday())
        return monday - dt.timedelta(days=7), monday

    @property
    def month(self) -> tuple[dt.date, dt.date]:
        """The last complete calendar month: its first day, and the first day after it."""
        first = self.day.replace(day=1)
        return (first - dt.timedelta(days=1)).replace(day=1), first


def at(now: dt.datetime, zone: ZoneInfo, pinned: dt.date | None) -> Clock:
    """The clock of a run; a pinned day counts from three in the morning, as cron would."""
    if pinned is None:
        return Clock(now.astimezone(dt.UTC), now.astimezone(zone).date())
    morning = dt.datetime.combine(pinned, dt.time(3), zone)
    return Clock(morning.astimezone(dt.UTC), pinned, True)


def week_name(monday: dt.date) -> str:
    """ISO name of the week that begins on that Monday, such as 2026-W41."""
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02d}"
