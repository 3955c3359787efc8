"""What is due: once a period in every time zone, whatever the clocks and the machine do."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from config.post import Mail
from config.settings import Settings
from pipeline.clock import week_name
from pipeline.due import RETRY, WEEKLY, Due, State, due, next_week_due, quiet, week_due

MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
ZONES = ("Europe/Berlin", "America/St_Johns", "Pacific/Auckland", "Australia/Lord_Howe")
CHANGES = {
    "Europe/Berlin": (dt.date(2026, 3, 29), dt.date(2026, 10, 25)),
    "America/St_Johns": (dt.date(2026, 3, 8), dt.date(2026, 11, 1)),
    "Pacific/Auckland": (dt.date(2026, 4, 5), dt.date(2026, 9, 27)),
    "Australia/Lord_Howe": (dt.date(2026, 4, 5), dt.date(2026, 10, 4)),
}
"""Days of 2026 on which the clocks change."""
CLOCKS = ("00:00", "01:45", "02:15", "02:30", "03:00", "23:59")
"""Among them hours that are jumped over, and such as come twice."""


def coalition(
    zone: str = "Europe/Berlin", today: dt.date | None = None, **schedule: Any
) -> Settings:
    return Settings(
        folder=Path("nowhere"),
        coalition={"name": "Seven Springs", "time_zone": zone, "today": today},
        schedule={"look_hours": ""} | schedule,
    )  # type: ignore[arg-type]


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)  # type: ignore[arg-type, misc]


def second(moment: dt.datetime) -> int:
    return int(moment.timestamp())


@dataclass
class Machine:
    """Does what is due and remembers it, as cron and the runner do."""

    settings: Settings
    state: State = field(default_factory=State)
    runs: list[dt.datetime] = field(default_factory=list)
    looks: list[dt.datetime] = field(default_factory=list)
    weeks: list[tuple[str, dt.datetime]] = field(default_factory=list)

    def wake(self, now: dt.datetime) -> Due:
        found = due(self.state, self.settings, now)
        assert found.work or not (found.run or found.look)
        if found.weekly:
            self.weeks.append((found.weekly, now))
            queued = self.state.queued | {(WEEKLY, found.weekly)}
            self.state = replace(self.state, queued=queued)
        if found.run:
            self.runs.append(found.run)
            self.state = replace(self.state, began=second(now))
        elif found.look:
            self.looks.append(now)
            self.state = replace(self.state, looked=second(now))
        return found

    def minutes(self, begin: dt.datetime, end: dt.datetime) -> None:
        while begin < end:
            self.wake(begin)
            begin += MINUTE

    def jumps(self, begin: dt.datetime, end: dt.datetime) -> None:
        """The same, but asleep while nothing can change."""
        while begin < end:
            self.wake(begin)
            coming = due(self.state, self.settings, begin).next
            assert coming is not None
            assert coming > begin
            begin = coming


@cache
def first_shown(zone: str, day: dt.date, clock: str) -> dt.datetime:
    """The first minute of that day at which the wall shows that hour or a later one."""
    there, wanted = ZoneInfo(zone), dt.datetime.combine(day, dt.time.fromisoformat(clock))
    moment = utc(*day.timetuple()[:3]) - 15 * HOUR
    while (wall := moment.astimezone(there).replace(tzinfo=None)) < wanted:
        moment += MINUTE
    assert wall.date() == day
    return moment


def days(begin: dt.date, end: dt.date) -> Iterator[dt.date]:
    return (begin + DAY * n for n in range((end - begin).days))


@pytest.mark.parametrize(
    ("zone", "day", "clock", "moment"),
    [
        # Berlin: from 2:00 to 3:00 at 1:00 UTC, and back from 3:00 to 2:00 at 1:00 UTC.
        ("Europe/Berlin", (2026, 3, 29), "02:30", utc(2026, 3, 29, 1)),
        ("Europe/Berlin", (2026, 3, 29), "03:00", utc(2026, 3, 29, 1)),
        ("Europe/Berlin", (2026, 10, 25), "02:30", utc(2026, 10, 25, 0, 30)),
        ("Europe/Berlin", (2026, 10, 25), "03:00", utc(2026, 10, 25, 2)),
        # St John's is 3:30 behind, 2:30 in summer.
        ("America/St_Johns", (2026, 3, 8), "02:15", utc(2026, 3, 8, 5, 30)),
        ("America/St_Johns", (2026, 11, 1), "01:45", utc(2026, 11, 1, 4, 15)),
        ("Pacific/Auckland", (2026, 9, 27), "02:30", utc(2026, 9, 26, 14)),
        ("Pacific/Auckland", (2026, 4, 5), "02:30", utc(2026, 4, 4, 13, 30)),
        # Lord Howe changes by half an hour, between 10:30 and 11:00 ahead.
        ("Australia/Lord_Howe", (2026, 10, 4), "02:15", utc(2026, 10, 3, 15, 30)),
        ("Australia/Lord_Howe", (2026, 4, 5), "01:45", utc(2026, 4, 4, 14, 45)),
        # Beirut has no midnight on that day; Samoa had no 30 December 2011 at all.
        ("Asia/Beirut", (2026, 3, 29), "00:00", utc(2026, 3, 28, 22)),
        ("Pacific/Apia", (2011, 12, 30), "03:00", utc(2011, 12, 30, 10)),
    ],
)  # fmt: skip
def test_a_run_on_a_day_of_changing_clocks(
    zone: str, day: tuple[int, int, int], clock: str, moment: dt.datetime
) -> None:
    settings = coalition(zone, runs=(clock,))
    before = State(began=second(moment - HOUR))
    assert due(before, settings, moment - MINUTE).run is None
    found = due(before, settings, moment)
    assert (found.run, found.work) == (moment, True)
    assert due(State(began=second(moment)), settings, moment + 2 * HOUR).run is None


@pytest.mark.parametrize("zone", ZONES)
def test_minute_by_minute_around_changing_clocks(zone: str) -> None:
    for change in CHANGES[zone]:
        begin = first_shown(zone, change - DAY, "00:00")
        end = first_shown(zone, change + 2 * DAY, "00:00")
        machine = Machine(coalition(zone, runs=CLOCKS), State(began=second(begin) - 1))
        machine.minutes(begin, end)
        near = days(change - DAY, change + 2 * DAY)
        # Hours that are jumped over fall together.
        wanted = {first_shown(zone, day, clock) for day in near for clock in CLOCKS}
        assert machine.runs == sorted(wanted), change


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("weekly", ["monday", "sunday"])
def test_a_year_in_jumps(zone: str, weekly: str) -> None:
    runs = ("02:15", "14:00")
    settings = coalition(zone, runs=runs, weekly=weekly, weekly_at="02:30")
    begin, end = first_shown(zone, dt.date(2026, 1, 1), "00:00"), utc(2026, 12, 31, 0)
    state = State(frozenset({(WEEKLY, week_name(week_due(settings, begin)[0]))}), second(begin) - 1)
    machine = Machine(settings, state)
    machine.jumps(begin, end)
    there = ZoneInfo(zone)
    last = end.astimezone(there).date()
    a_day = Counter(moment.astimezone(there).date() for moment in machine.runs)
    assert all(a_day[day] == 2 for day in days(dt.date(2026, 1, 1), last))
    assert len(set(machine.runs)) == len(machine.runs)
    told = [week for week, _ in machine.weeks]
    # The first Monday is 5 January, the first Sunday the 4th: a week after that week's end.
    first = dt.date(2025, 12, 29 if weekly == "monday" else 22)
    assert told == [week_name(first + 7 * DAY * n) for n in range(52)]
    for week, moment in machine.weeks:
        ended = dt.date.fromisocalendar(int(week[:4]), int(week[6:]), 1) + 7 * DAY
        day = ended + DAY * (0 if weekly == "monday" else 6)
        assert moment == first_shown(zone, day, "02:30")


@pytest.mark.slow
@pytest.mark.parametrize("zone", ZONES)
def test_a_year_minute_by_minute(zone: str) -> None:
    settings = coalition(zone, runs=("02:15",), look_hours="08:00-19:00", look_every=60)
    begin = first_shown(zone, dt.date(2026, 1, 1), "00:00")
    end = first_shown(zone, dt.date(2027, 1, 1), "00:00")
    state = State(frozenset({(WEEKLY, week_name(week_due(settings, begin)[0]))}), second(begin) - 1)
    by_minute, by_jumps = Machine(settings, state), Machine(settings, state)
    by_minute.minutes(begin, end)
    by_jumps.jumps(begin, end)
    year = list(days(dt.date(2026, 1, 1), dt.date(2027, 1, 1)))
    assert by_minute.runs == [first_shown(zone, day, "02:15") for day in year]
    assert [week for week, _ in by_minute.weeks] == [
        week_name(dt.date(2025, 12, 29) + 7 * DAY * n) for n in range(52)
    ]
    assert len(by_minute.looks) == 365 * 11
    assert (by_jumps.runs, by_jumps.looks) == (by_minute.runs, by_minute.looks)
    assert by_jumps.weeks == by_minute.weeks


STATES = st.builds(
    State,
    queued=st.just(frozenset()),
    began=st.none() | st.integers(second(utc(2026, 3, 20)), second(utc(2026, 4, 10))),
    looked=st.none() | st.integers(second(utc(2026, 3, 20)), second(utc(2026, 4, 10))),
    failed=st.booleans(),
    next_at=st.lists(
        st.integers(second(utc(2026, 3, 20)), second(utc(2026, 4, 10))), max_size=3
    ).map(tuple),
)
AROUND = st.integers(second(utc(2026, 3, 24)), second(utc(2026, 4, 6)))


@given(state=STATES, at=AROUND, share=st.floats(0, 1), zone=st.sampled_from(ZONES))
def test_nothing_changes_before_next(state: State, at: int, share: float, zone: str) -> None:
    settings = coalition(zone, look_hours="22:00-06:00", look_every=25, weekly="wednesday",
                         weekly_at="02:30", runs=("02:15", "17:00"))  # fmt: skip
    now = dt.datetime.fromtimestamp(at, dt.UTC)
    found = due(state, settings, now)
    assert found.next is not None
    assert found.next > now
    later = at + int((second(found.next) - at - 1) * share)
    assert due(state, settings, dt.datetime.fromtimestamp(later, dt.UTC)) == found


@given(
    begin=st.integers(0, 300 * 24 * 60),
    lasts=st.integers(1, 60 * 24 * 60),
    zone=st.sampled_from(ZONES),
    clock=st.sampled_from(CLOCKS),
)
@hypothesis_settings(max_examples=40)
def test_after_an_outage_one_run_and_the_latest_week(
    begin: int, lasts: int, zone: str, clock: str
) -> None:
    settings = coalition(zone, runs=(clock,), weekly="tuesday", weekly_at=clock)
    machine, off = Machine(settings), utc(2026, 1, 5) + MINUTE * begin
    machine.wake(off)
    assert (len(machine.runs), len(machine.weeks)) == (1, 1)
    on = off + MINUTE * lasts
    monday, _ = week_due(settings, on)
    there = ZoneInfo(zone)
    today = on.astimezone(there).date()
    missed = [
        shown for day in days(today - 2 * DAY, today + DAY)
        if off < (shown := first_shown(zone, day, clock)) <= on
    ]  # fmt: skip
    machine.wake(on)
    machine.wake(on + MINUTE / 60)
    assert machine.runs[1:] == missed[-1:]
    told = [week for week, _ in machine.weeks]
    assert told == list(dict.fromkeys((told[0], week_name(monday))))


def test_a_new_coalition_runs_at_once() -> None:
    found = due(State(), coalition(), utc(2026, 3, 18, 9))
    assert found.run == utc(2026, 3, 18, 2)
    assert found.weekly == "2026-W11"


def test_a_look_at_the_hour_of_a_run_spares_it() -> None:
    # It would have gone on with a whole run, had there been anything to do.
    state = State(began=second(utc(2026, 3, 17, 2)), looked=second(utc(2026, 3, 18, 2, 1)))
    found = due(state, coalition(), utc(2026, 3, 18, 2, 2))
    assert (found.run, found.work) == (None, False)
    assert found.next == utc(2026, 3, 19, 2)


def test_looks_keep_to_their_hours() -> None:
    settings = coalition("Europe/Berlin", look_hours="08:00-09:00", look_every=25, runs=())
    machine = Machine(settings)
    machine.minutes(utc(2026, 3, 18, 6), utc(2026, 3, 18, 9))
    assert machine.looks == [utc(2026, 3, 18, 7, m) for m in (0, 25, 50)]


def test_a_look_is_due_until_the_hours_end() -> None:
    settings = coalition("Europe/Berlin", look_hours="08:00-09:00", look_every=25, runs=())
    found = due(State(), settings, utc(2026, 3, 18, 7, 55))
    assert (found.look, found.next) == (True, utc(2026, 3, 18, 8))
    assert not due(State(), settings, utc(2026, 3, 18, 8)).look


def test_looks_across_midnight() -> None:
    settings = coalition("Europe/Berlin", look_hours="23:30-00:30", look_every=20, runs=())
    machine = Machine(settings)
    machine.minutes(utc(2026, 3, 18, 0), utc(2026, 3, 19, 0))
    hour, eve = utc(2026, 3, 18, 22, 30), utc(2026, 3, 18, 22, 50)
    assert machine.looks == [hour, eve, utc(2026, 3, 18, 23, 10)]


def test_a_waking_that_comes_late_or_early_spares_no_look() -> None:
    settings = coalition("Europe/Berlin", look_hours="08:00-19:00", runs=())
    machine = Machine(settings)
    for minute, late in ((0, 40), (10, 3), (20, 55), (30, 0)):
        machine.wake(utc(2026, 3, 18, 8, minute, late))
    assert len(machine.looks) == 4


@pytest.mark.parametrize(
    ("moment", "week"),
    [
        # Wednesday 23 December 2026, 8:00 in Berlin, brings the week that ended on Monday 21.
        (utc(2026, 12, 23, 6, 59), "2026-W50"),
        (utc(2026, 12, 23, 7, 0), "2026-W51"),
        # 2026 has 53 weeks; the last one ends with Sunday 3 January 2027.
        (utc(2027, 1, 6, 6, 59), "2026-W52"),
        (utc(2027, 1, 6, 7, 0), "2026-W53"),
        (utc(2027, 1, 13, 7, 0), "2027-W01"),
        # A leap day lies in the week from Monday 26 February to 3 March 2024.
        (utc(2024, 3, 6, 7, 0), "2024-W09"),
    ],
)
def test_weeks_fall_due_at_their_hour(moment: dt.datetime, week: str) -> None:
    settings = coalition(weekly="wednesday", weekly_at="08:00")
    monday, end = week_due(settings, moment)
    assert (week_name(monday), end) == (week, monday + 7 * DAY)
    assert due(State(), settings, moment).weekly == week
    assert due(State(frozenset({(WEEKLY, week)})), settings, moment).weekly == ""


def test_the_next_week_is_announced() -> None:
    settings = coalition(weekly="wednesday", weekly_at="08:00")
    falls = utc(2026, 3, 18, 7)
    assert next_week_due(settings, falls - MINUTE) == second(falls)
    # A week later, by summer time from 29 March on.
    assert next_week_due(settings, falls) == second(falls + 7 * DAY)
    assert next_week_due(settings, falls + 7 * DAY) == second(utc(2026, 4, 1, 6))
    assert next_week_due(coalition(today=dt.date(2026, 3, 16)), falls) is None


def test_a_week_whose_hour_lies_in_a_jump_over_midnight() -> None:
    # On Sunday 26 March 2028 Beirut's clocks jump from 0:00 to 1:00.
    settings = coalition("Asia/Beirut", weekly="sunday", weekly_at="00:30")
    assert week_due(settings, utc(2028, 3, 25, 21, 59))[0] == dt.date(2028, 3, 6)
    assert week_due(settings, utc(2028, 3, 25, 22, 0))[0] == dt.date(2028, 3, 13)


def test_a_run_on_the_leap_day() -> None:
    machine = Machine(coalition(), State(began=second(utc(2024, 2, 28, 3))))
    machine.jumps(utc(2024, 2, 28, 3), utc(2024, 3, 2))
    assert machine.runs == [utc(2024, 2, 29, 2), utc(2024, 3, 1, 2)]


def test_an_empty_schedule_never_runs() -> None:
    settings = coalition(runs=())
    machine = Machine(settings)
    machine.minutes(utc(2026, 3, 18), utc(2026, 3, 18, 12))
    assert (machine.runs, machine.looks) == ([], [])


@given(back=st.integers(1, 24 * 60), zone=st.sampled_from(ZONES))
@hypothesis_settings(max_examples=25)
def test_a_clock_that_goes_back_gives_nothing_twice(back: int, zone: str) -> None:
    settings = coalition(zone, runs=("02:15", "11:00"), look_hours="08:00-19:00")
    begin, now = utc(2026, 3, 22), utc(2026, 3, 23, 18)
    machine = Machine(settings)
    machine.jumps(begin, now)
    runs, looks, weeks = list(machine.runs), len(machine.looks), list(machine.weeks)
    machine.jumps(now - MINUTE * back, now - HOUR)
    assert (machine.runs, len(machine.looks), machine.weeks) == (runs, looks, weeks)


def test_a_clock_that_went_back_by_weeks_tells_no_older_week() -> None:
    queued = State(frozenset({(WEEKLY, "2026-W11")}))
    assert due(queued, coalition(), utc(2026, 3, 22)).weekly == ""
    assert due(queued, coalition(), utc(2026, 2, 18)).weekly == ""
    assert due(queued, coalition(), utc(2026, 2, 15)).weekly == "2026-W06"


def test_a_clock_that_was_far_ahead_is_not_waited_for() -> None:
    state = State(frozenset({(WEEKLY, "2031-W02")}), began=second(utc(2031, 1, 15)))
    machine = Machine(coalition(), state)
    machine.minutes(utc(2026, 3, 18, 9), utc(2026, 3, 18, 12))
    assert machine.runs == [utc(2026, 3, 18, 2)]
    assert [week for week, _ in machine.weeks] == ["2026-W11"]
    # The moment from which it counts again is one at which something changes.
    assert due(state, coalition(), utc(2031, 1, 13, 23)).next == utc(2031, 1, 14)


def test_a_run_that_began_far_ahead_hides_no_try_of_today() -> None:
    now = utc(2026, 3, 18, 2, 30)
    state = State(began=second(utc(2090, 1, 1)), looked=second(utc(2026, 3, 18, 2, 1)))
    assert not due(state, coalition(), now).work


def test_a_failure_that_passes_is_tried_again_after_an_hour() -> None:
    settings, began = coalition(), utc(2026, 3, 18, 2)
    state = State(began=second(began), failed=True)
    waits = due(state, settings, began + HOUR - MINUTE)
    assert (waits.run, waits.work, waits.next) == (None, False, began + HOUR)
    assert HOUR.total_seconds() == RETRY
    assert due(state, settings, began + HOUR).run == began
    assert due(replace(state, failed=False), settings, began + HOUR).run is None


def test_mail_that_waits_wakes_a_run_once() -> None:
    settings, comes = coalition(), utc(2026, 3, 18, 5)
    queued = frozenset({(WEEKLY, "2026-W11")})
    state = State(queued, second(utc(2026, 3, 18, 2)), next_at=(second(comes),))
    waits = due(state, settings, comes - MINUTE)
    assert (waits.mail, waits.work, waits.next) == (False, False, comes)
    found = due(state, settings, comes)
    assert (found.mail, found.work) == (True, True)
    # A run that couldn't send it has tried; nothing is done about it each minute.
    tried = due(replace(state, began=second(comes)), settings, comes + MINUTE)
    assert (tried.mail, tried.work) == (True, False)


def test_weekly_mail_that_a_run_did_not_queue_starts_no_run_each_minute() -> None:
    settings = coalition(weekly="wednesday", weekly_at="08:00")
    falls = utc(2026, 3, 18, 7)
    queued = frozenset({(WEEKLY, "2026-W10")})
    before = State(queued, second(utc(2026, 3, 18, 2)))
    assert due(before, settings, falls).work
    found = due(replace(before, began=second(falls)), settings, falls + MINUTE)
    assert (found.weekly, found.work) == ("2026-W11", False)
    sent = replace(before, queued=queued | {(WEEKLY, "2026-W11")})
    assert not due(sent, settings, falls).work


def test_a_pinned_day_stands_still_while_looks_go_on() -> None:
    # Monday 16 March, as at three in the morning: mail of 8:00 isn't due on it, of 3:00 is.
    monday, now = dt.date(2026, 3, 16), utc(2030, 6, 1, 9, 30)
    early, late = (coalition(today=monday, weekly_at=hour) for hour in ("03:00", "08:00"))
    assert week_name(week_due(early, now)[0]) == "2026-W11"
    assert week_name(week_due(late, now)[0]) == "2026-W10"
    machine = Machine(coalition(today=monday, look_hours="08:00-19:00"))
    machine.minutes(now, now + HOUR)
    assert machine.runs == [utc(2030, 6, 1, 1)]
    assert [moment.minute for moment in machine.looks] == [40, 50, 0, 10, 20]
    assert [week for week, _ in machine.weeks] == ["2026-W11"]


def test_a_pinned_day_that_lies_ahead_starts_no_run_each_minute() -> None:
    now = utc(2026, 3, 18, 9)
    found = due(State(began=second(now)), coalition(today=dt.date(2031, 1, 13)), now + MINUTE)
    assert (found.weekly, found.work, found.next) == ("2031-W02", False, utc(2026, 3, 19, 2))


@pytest.mark.parametrize(
    ("hours", "moment", "end"),
    [
        ("", utc(2026, 3, 18, 2), None),
        ("21:00-07:00", utc(2026, 3, 18, 19, 59), None),
        ("21:00-07:00", utc(2026, 3, 18, 20, 0), utc(2026, 3, 19, 6)),
        ("21:00-07:00", utc(2026, 3, 19, 5, 59), utc(2026, 3, 19, 6)),
        ("21:00-07:00", utc(2026, 3, 19, 6, 0), None),
        ("12:00-14:00", utc(2026, 3, 18, 12, 59), utc(2026, 3, 18, 13)),
        # The night before the clocks go forward is an hour shorter, the other one longer.
        ("21:00-07:00", utc(2026, 3, 28, 22, 0), utc(2026, 3, 29, 5)),
        ("21:00-07:00", utc(2026, 10, 24, 22, 0), utc(2026, 10, 25, 6)),
        # 2:30 is jumped over: they end at 3:00 summer time. It comes twice: they end at the first.
        ("21:00-02:30", utc(2026, 3, 29, 0, 59), utc(2026, 3, 29, 1)),
        ("21:00-02:30", utc(2026, 3, 29, 1, 0), None),
        ("21:00-02:30", utc(2026, 10, 25, 0, 29), utc(2026, 10, 25, 0, 30)),
        ("21:00-02:30", utc(2026, 10, 25, 1, 29), None),
    ],
)
def test_quiet_hours_in_berlin(hours: str, moment: dt.datetime, end: dt.datetime | None) -> None:
    assert quiet(Mail(quiet_hours=hours), ZoneInfo("Europe/Berlin"), moment) == end
