"""Days and weeks of the coalition. Nothing here asks what time it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from config.errors import Temporary
from config.words import say

AHEAD = 4
"""Weeks by which the clock may go back without an older week being told anew."""


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


def not_long_before(last: dt.date | None, clock: Clock) -> None:
    """Refuse a clock that stands weeks before the day of the last run, if it had one.

    Machines without a battery begin in some other year. Days that were named are meant.

    Raises:
        Temporary: it is so.
    """
    if last is None or clock.pinned or last - clock.day <= dt.timedelta(weeks=AHEAD):
        return
    raise Temporary(
        say("This machine's clock says {day}, but Weaver last ran for {last}.", day=clock.day,
            last=last),
        say("the machine's clock"),
        say("Set the clock, then run Weaver again. Was it wrong at the last run? Then bring back "
            "the store from before that day: weaver state restore FILE, with a copy in backups."),
    )  # fmt: skip


def week_name(monday: dt.date) -> str:
    """ISO name of the week that begins on that Monday, such as 2026-W41."""
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02d}"
