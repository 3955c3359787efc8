"""What is due, and when something falls due next: the same for cron, timers and `weaver schedule`.

A wall time that the clocks jump over counts at the moment of the jump; one that comes twice counts
the first time only.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, get_args
from zoneinfo import ZoneInfo

from config.post import Mail, Schedule, Weekday
from config.settings import Settings
from pipeline.clock import AHEAD, at, week_name

WEEKLY = "weekly-digest"
DAY, RETRY = 86_400, 3_600
"""Seconds: how far ahead a last run may lie before the clock must have been wrong then; and the
pause before a run is tried again that failed for a while, or broke off."""
WEEKDAYS: tuple[str, ...] = get_args(Weekday)


@dataclass(frozen=True)
class State:
    """What the schedule has to know of the past.

    Attributes:
        queued: (edition, about) of every message that was ever queued.
        began: the UTC second at which the last whole run began; None where none ever did.
        looked: the UTC second of the last cheap look, which runs wholly where there is work.
        failed: the last one ended with a passing failure, or hasn't ended.
        next_at: UTC seconds before which messages that wait aren't tried again.
    """

    queued: frozenset[tuple[str, str]] = frozenset()
    began: int | None = None
    looked: int | None = None
    failed: bool = False
    next_at: tuple[int, ...] = ()


@dataclass(frozen=True)
class Due:
    """What is due.

    Attributes:
        run: the moment (UTC) of the latest scheduled run that hasn't happened; None where it has.
            Of several that were missed only this one is made up.
        look: a cheap look is due.
        weekly: the week whose mail is due and not queued, such as "2026-W12"; "" where none is.
        mail: the time of a message that waits has come.
        work: something of these fell due after the last run or look: it is time for one.
        next: before this moment (UTC) nothing of these changes by itself; None for never.
    """

    run: dt.datetime | None
    look: bool
    weekly: str
    mail: bool
    work: bool
    next: dt.datetime | None


class _Part(NamedTuple):
    """The UTC second at which it last fell due, 0 for never, and at which it changes next."""

    last: int
    next: int | None


def due(state: State, settings: Settings, now: dt.datetime) -> Due:
    """What is due at that moment.

    Runs and looks go by the clock on the wall; a pinned day stands still for all else.
    """
    plan, zone, pinned = settings.schedule, settings.zone, settings.coalition.today
    second, here = _second(now), _second(at(now, zone, pinned).now)
    past = [moment for moment in (state.began, state.looked) if moment is not None]
    seen = max((moment for moment in past if moment <= second + DAY), default=0)
    run, look = _run(plan, zone, second), _look(plan, zone, second)
    (_, monday), weekly = _week(plan, zone, here)
    mail = _mail(state.next_at, here)
    name = _unqueued(monday - dt.timedelta(days=7), state.queued)
    again = seen + RETRY if state.failed and seen else 0
    changes = {run.next, look.next}
    if pinned is None:
        changes |= {weekly.next, mail.next}
    changes |= {m for m in (again, *(moment - DAY for moment in past)) if m > second}
    missed = run.last > seen or (run.last > 0 and 0 < again <= second)
    fell = (weekly.last if name else 0, mail.last) if pinned is None else ()
    return Due(
        run=_moment_of(run.last) if missed else None,
        look=look.last > seen,
        weekly=name,
        mail=mail.last > 0,
        work=missed or any(moment > seen for moment in (look.last, *fell)),
        next=_moment_of(min(changes - {None}, default=None)),  # type: ignore[type-var]
    )


def week_due(settings: Settings, now: dt.datetime) -> tuple[dt.date, dt.date]:
    """The week whose weekly mail is due: its Monday, and the Monday after it.

    It falls due at the first `weekly` day and `weekly_at` at or after its end.
    """
    here = _second(at(now, settings.zone, settings.coalition.today).now)
    return _week(settings.schedule, settings.zone, here)[0]


def next_week_due(settings: Settings, now: dt.datetime) -> int | None:
    """The UTC second at which the next weekly mail falls due; None where the day stands still."""
    if settings.coalition.today is not None:
        return None
    return _week(settings.schedule, settings.zone, _second(now))[1].next


def quiet(mail: Mail, zone: ZoneInfo, now: dt.datetime) -> dt.datetime | None:
    """The end (UTC) of the quiet hours within which that moment lies; None outside of them."""
    second = _second(now)
    return _moment_of(_within(mail.quiet_hours, zone, second)[1])


def _run(plan: Schedule, zone: ZoneInfo, second: int) -> _Part:
    return _around(_runs(plan.runs, zone, _day(second, zone)), second)


def _look(plan: Schedule, zone: ZoneInfo, second: int) -> _Part:
    begin, end = _within(plan.look_hours, zone, second)
    if end is None:
        return _Part(0, begin)
    every = plan.look_every * 60
    last = second - (second - (begin or 0)) % every
    return _Part(last, min(last + every, end))


def _week(plan: Schedule, zone: ZoneInfo, second: int) -> tuple[tuple[dt.date, dt.date], _Part]:
    """The week that is due, and since when; by moments, since a day may come twice."""
    day = _day(second, zone)
    monday = day - dt.timedelta(days=day.weekday())
    moments = _weeklies(plan.weekly, plan.weekly_at, zone, monday)
    ended = monday + dt.timedelta(weeks=bisect_right(moments, second) - 3)
    return (ended - dt.timedelta(days=7), ended), _around(moments, second)


def _mail(next_at: tuple[int, ...], second: int) -> _Part:
    return _around(tuple(sorted(next_at)), second)


def _unqueued(monday: dt.date, queued: frozenset[tuple[str, str]]) -> str:
    """The week's name; "" where it is queued, or a later one from before the clock went back."""
    weeks = _weeks(monday)
    return "" if any((WEEKLY, week) in queued for week in weeks) else weeks[0]


@lru_cache(maxsize=16)
def _weeks(monday: dt.date) -> tuple[str, ...]:
    return tuple(week_name(monday + dt.timedelta(weeks=ahead)) for ahead in range(AHEAD + 1))


def _around(moments: tuple[int, ...], second: int) -> _Part:
    place = bisect_right(moments, second)
    coming = moments[place] if place < len(moments) else None
    return _Part(moments[place - 1] if place else 0, coming)


def _within(hours: str, zone: ZoneInfo, second: int) -> tuple[int | None, int | None]:
    """Begin and end of the hours within which it lies; else the next begin, and None."""
    if not hours:
        return None, None
    windows = _windows(hours, zone, _day(second, zone))
    for begin, end in windows:
        if begin <= second < end:
            return begin, end
    return min(begin for begin, _ in windows if begin > second), None


@lru_cache(maxsize=64)
def _runs(clocks: tuple[str, ...], zone: ZoneInfo, day: dt.date) -> tuple[int, ...]:
    """When runs are scheduled on that day and the two before and after it."""
    return tuple(sorted({_at(each, clock, zone) for each in _days(day) for clock in clocks}))


@lru_cache(maxsize=64)
def _windows(hours: str, zone: ZoneInfo, day: dt.date) -> tuple[tuple[int, int], ...]:
    """Such hours of that day and the two before and after it; they may end on the next day."""
    begin, _, end = hours.partition("-")
    over = dt.timedelta(days=int(end < begin))
    return tuple((_at(each, begin, zone), _at(each + over, end, zone)) for each in _days(day))


@lru_cache(maxsize=64)
def _weeklies(weekday: str, clock: str, zone: ZoneInfo, monday: dt.date) -> tuple[int, ...]:
    """When weekly mail falls due in the week of that Monday and the two before and after it."""
    first = monday + dt.timedelta(days=WEEKDAYS.index(weekday))
    return tuple(_at(first + dt.timedelta(weeks=n), clock, zone) for n in range(-2, 3))


def _days(day: dt.date) -> tuple[dt.date, ...]:
    return tuple(day + dt.timedelta(days=n) for n in range(-2, 3))


def _at(day: dt.date, clock: str, zone: ZoneInfo) -> int:
    """The UTC second of that wall time."""
    wall = dt.datetime.combine(day, dt.time.fromisoformat(clock), zone)
    first, second = (_second(wall.replace(fold=fold)) for fold in (0, 1))
    return first if first <= second else _jump(second, first, zone)


def _jump(before: int, after: int, zone: ZoneInfo) -> int:
    """The UTC second at which the clocks change; it lies after the one, not after the other."""
    offset = _local(after, zone).utcoffset()
    while after - before > 1:
        middle = (before + after) // 2
        if _local(middle, zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after


def _local(second: int, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.fromtimestamp(second, zone)


def _day(second: int, zone: ZoneInfo) -> dt.date:
    return _local(second, zone).date()


def _second(moment: dt.datetime) -> int:
    return int(moment.timestamp())


def _moment_of(second: int | None) -> dt.datetime | None:
    return None if second is None else dt.datetime.fromtimestamp(second, dt.UTC)
