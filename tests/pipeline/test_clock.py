"""Which day, week and month a run stands for, and what was known on an earlier day."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from config.errors import Temporary
from config.records import (
    ChangeRecord,
    DecisionRecord,
    Known,
    MatterRecord,
    MetricPoint,
    SignOnRecord,
)
from pipeline.clock import Clock, at, not_long_before, week_name
from pipeline.past import until

ZONES = ("Pacific/Kiritimati", "Europe/Berlin", "America/Bogota", "Pacific/Pago_Pago")


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Pacific/Kiritimati", dt.date(2026, 5, 31)),
        ("Europe/Berlin", dt.date(2026, 5, 31)),
        ("UTC", dt.date(2026, 5, 30)),
        ("America/Bogota", dt.date(2026, 5, 30)),
    ],
)
def test_a_day_is_the_coalitions_day(zone: str, day: dt.date) -> None:
    late = dt.datetime(2026, 5, 30, 22, 30, tzinfo=dt.UTC)
    clock = at(late, ZoneInfo(zone), None)
    assert clock.day == day
    assert clock.now == late


def test_now_is_told_in_utc_whatever_zone_it_came_in() -> None:
    bogota = ZoneInfo("America/Bogota")
    clock = at(dt.datetime(2026, 5, 30, 22, 30, tzinfo=bogota), ZoneInfo("Europe/Berlin"), None)
    assert clock.now.tzinfo == dt.UTC
    assert clock.now.isoformat() == "2026-05-31T03:30:00+00:00"
    assert clock.day == dt.date(2026, 5, 31)


@pytest.mark.parametrize(
    ("pinned", "utc"),
    [
        (dt.date(2026, 1, 15), "2026-01-15T02:00:00+00:00"),
        (dt.date(2026, 7, 15), "2026-07-15T01:00:00+00:00"),
    ],
)
def test_a_pinned_day_begins_at_three_in_the_morning_there(pinned: dt.date, utc: str) -> None:
    somewhen = dt.datetime(2031, 2, 3, tzinfo=dt.UTC)
    clock = at(somewhen, ZoneInfo("Europe/Berlin"), pinned)
    assert (clock.day, clock.now.isoformat()) == (pinned, utc)


@hypothesis_settings(max_examples=50)
@given(st.dates(dt.date(1971, 1, 1), dt.date(2100, 1, 1)), st.sampled_from(ZONES))
def test_the_moment_of_a_pinned_day_lies_on_that_day(pinned: dt.date, zone: str) -> None:
    clock = at(dt.datetime(2026, 1, 1, tzinfo=dt.UTC), ZoneInfo(zone), pinned)
    assert at(clock.now, ZoneInfo(zone), None).day == pinned


def test_a_pinned_day_that_has_no_three_o_clock_is_still_that_day() -> None:
    spring = dt.date(2026, 3, 29)  # in Athens, three o'clock was skipped
    athens = ZoneInfo("Europe/Athens")
    clock = at(dt.datetime(2026, 1, 1, tzinfo=dt.UTC), athens, spring)
    assert clock.now.astimezone(athens).date() == clock.day == spring


def clock_of(day: dt.date) -> Clock:
    return Clock(dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC), day)


@pytest.mark.parametrize(
    ("day", "monday", "name"),
    [
        (dt.date(2026, 6, 1), dt.date(2026, 5, 25), "2026-W22"),  # a Monday
        (dt.date(2026, 6, 7), dt.date(2026, 5, 25), "2026-W22"),  # the Sunday after it
        (dt.date(2026, 6, 8), dt.date(2026, 6, 1), "2026-W23"),
        (dt.date(2027, 1, 6), dt.date(2026, 12, 28), "2026-W53"),
        (dt.date(2025, 1, 6), dt.date(2024, 12, 30), "2025-W01"),
    ],
)
def test_the_last_complete_week(day: dt.date, monday: dt.date, name: str) -> None:
    assert clock_of(day).week == (monday, monday + dt.timedelta(days=7))
    assert week_name(monday) == name


@pytest.mark.parametrize(
    ("day", "first", "after"),
    [
        (dt.date(2026, 3, 1), dt.date(2026, 2, 1), dt.date(2026, 3, 1)),
        (dt.date(2026, 3, 31), dt.date(2026, 2, 1), dt.date(2026, 3, 1)),
        (dt.date(2026, 1, 1), dt.date(2025, 12, 1), dt.date(2026, 1, 1)),
    ],
)
def test_the_last_complete_month(day: dt.date, first: dt.date, after: dt.date) -> None:
    assert clock_of(day).month == (first, after)


@hypothesis_settings(max_examples=100)
@given(st.dates(dt.date(1950, 1, 1), dt.date(2150, 1, 1)))
def test_weeks_and_months_are_half_open_complete_and_the_latest(day: dt.date) -> None:
    clock = clock_of(day)
    monday, next_monday = clock.week
    assert monday.weekday() == next_monday.weekday() == 0
    assert (next_monday - monday).days == 7
    assert next_monday <= day < next_monday + dt.timedelta(days=7)
    first, next_first = clock.month
    assert first.day == next_first.day == 1
    assert next_first <= day
    assert (next_first.year, next_first.month) == (day.year, day.month)
    assert (first + dt.timedelta(days=31)).replace(day=1) == next_first


@hypothesis_settings(max_examples=60)
@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)), st.integers(1, 6))
def test_every_day_of_a_week_has_the_same_last_week(day: dt.date, later: int) -> None:
    monday = day - dt.timedelta(days=day.weekday())
    assert clock_of(monday).week == clock_of(monday + dt.timedelta(days=later)).week


# --- an earlier day ---------------------------------------------------------------------------

MONDAY = dt.date(2026, 6, 1)
TUESDAY = dt.date(2026, 6, 2)
SUNDAY = dt.date(2026, 5, 31)


def decision(read_on: dt.date, undone_on: dt.date | None = None, number: int = 1) -> DecisionRecord:
    return DecisionRecord(number, "s-1", "accept", "Ana", "", read_on, "f", undone_on)


def change(read_on: dt.date, undone_on: dt.date | None = None) -> ChangeRecord:
    return ChangeRecord("c-1", read_on, read_on, "o-1", "withdraw", "", "Ana", undone_on, 1)


def test_what_was_read_later_was_not_known() -> None:
    known = Known(
        decisions=(decision(MONDAY), decision(TUESDAY, number=2)),
        changes=(change(TUESDAY),),
        matters=(
            MatterRecord("s-1", "sign-on", "River Watch", MONDAY, "open", "f"),
            MatterRecord("s-2", "sign-on", "Tree Club", TUESDAY, "open", "f"),
        ),
        metrics=(MetricPoint(MONDAY, "A1", 1.0), MetricPoint(TUESDAY, "A1", 2.0)),
    )
    then = until(known, MONDAY)
    assert [d.number for d in then.decisions] == [1]
    assert then.changes == ()
    assert [m.key for m in then.matters] == ["s-1"]
    assert [p.value for p in then.metrics] == [1.0]
    assert until(known, SUNDAY) == Known()


def test_what_was_taken_back_later_still_held() -> None:
    known = Known(decisions=(decision(MONDAY, TUESDAY),), changes=(change(MONDAY, TUESDAY),))
    then = until(known, MONDAY)
    assert [then.decisions[0].undone_on, then.changes[0].undone_on] == [None, None]
    assert until(known, TUESDAY) == known


def test_a_form_that_went_later_was_still_there_and_keys_are_never_forgotten() -> None:
    gone = SignOnRecord("s-1", "b", "f", "c", "p", 1, MONDAY, gone_on=TUESDAY)
    later = SignOnRecord("s-2", "b", "f", "c", "p", 2, TUESDAY)
    then = until(Known(signons=(gone, later)), MONDAY)
    assert [(r.key, r.gone_on) for r in then.signons] == [("s-1", None), ("s-2", None)]


@hypothesis_settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 9), st.none() | st.integers(0, 9)), max_size=6),
       st.integers(0, 9), st.integers(0, 9))  # fmt: skip
def test_looking_back_twice_is_looking_back_to_the_earlier_day(
    spans: list[tuple[int, int | None]], one: int, other: int
) -> None:
    def day(number: int) -> dt.date:
        return MONDAY + dt.timedelta(days=number)

    known = Known(
        decisions=tuple(
            decision(day(a), None if b is None else day(b), n) for n, (a, b) in enumerate(spans, 1)
        )
    )
    twice = until(until(known, day(one)), day(other))
    assert twice == until(known, day(min(one, other)))


def test_a_clock_that_stands_weeks_before_the_last_run_is_refused() -> None:
    day = dt.date(2026, 5, 30)
    clock = Clock(dt.datetime(2026, 5, 30, 2, tzinfo=dt.UTC), day)
    for last in (None, dt.date(2020, 1, 1), day, day + dt.timedelta(days=28)):
        not_long_before(last, clock)
    later = day + dt.timedelta(days=29)
    with pytest.raises(Temporary, match="2026-05-30, but Weaver last ran for 2026-06-28"):
        not_long_before(later, clock)
    not_long_before(later, Clock(clock.now, day, pinned=True))
