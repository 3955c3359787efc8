"""The process that stays: it ticks, whatever becomes of the machine's clock and of the settings."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config.errors import Temporary, WrongSettings
from connectors.watch import Watch, watch_file, write_watch
from pipeline.due import State
from pipeline.scheduler import Scheduler, remembered

NIGHT = dt.datetime(2026, 3, 18, 2, 0, tzinfo=dt.UTC)
SETTINGS = """\
[coalition]
name = "Seven Springs"
time_zone = "Europe/Vienna"

[schedule]
look_hours = ""
"""


class Work:
    """Notes when it was called; ends as it was told."""

    def __init__(self, error: Exception | None = None) -> None:
        self.at: list[dt.datetime] = []
        self.error = error

    def __call__(self, now: dt.datetime) -> dict[str, Any]:
        self.at.append(now)
        if self.error:
            raise self.error
        return {"run_id": "r-1"}


@pytest.fixture
def scheduler(tmp_path: Path) -> Callable[..., tuple[Scheduler, list[dt.datetime]]]:
    """A scheduler of a coalition without a store, and its clock, which shows the last moment."""
    (tmp_path / "weaver.toml").write_text(SETTINGS)

    def made(work: Work) -> tuple[Scheduler, list[dt.datetime]]:
        moments = [NIGHT]
        return Scheduler(tmp_path / "weaver.toml", lambda: moments[-1], work), moments

    return made


def test_a_tick_works_once_though_nothing_remembers_it(scheduler: Any) -> None:
    work = Work()
    made, moments = scheduler(work)
    for minutes in (0, 1, 59, 60 * 24 - 1, 60 * 24):
        moments.append(NIGHT + dt.timedelta(minutes=minutes))
        made.tick()
    assert work.at == [NIGHT, NIGHT + dt.timedelta(days=1)]


def test_a_failing_job_is_not_repeated_each_minute(scheduler: Any) -> None:
    work = Work(Temporary("The network is gone.", "network", "Wait."))
    made, moments = scheduler(work)
    with pytest.raises(Temporary):
        made.tick()
    moments.append(NIGHT + dt.timedelta(minutes=1))
    assert made.tick() is None
    assert work.at == [NIGHT]


def test_faulty_settings_leave_the_last_plan_in_place(scheduler: Any) -> None:
    work = Work()
    made, moments = scheduler(work)
    made.tick()
    made.config.write_text(SETTINGS.replace('""', '"often"'))
    moments.append(NIGHT + dt.timedelta(days=1))
    made.tick()
    assert len(work.at) == 2  # the run itself says what is wrong with them


def test_settings_that_were_never_right_are_for_the_run_to_tell(scheduler: Any) -> None:
    work = Work()
    made, _ = scheduler(work)
    made.config.write_text(SETTINGS.replace('""', '"often"'))
    with pytest.raises(WrongSettings, match=r"schedule\.look_hours"):
        made.due(NIGHT)
    made.tick()
    assert work.at == [NIGHT]


def test_what_the_watch_remembers(tmp_path: Path) -> None:
    store, night = tmp_path / "state.db", int(NIGHT.timestamp())
    assert remembered(store) == State()
    for watch, state in (
        (Watch(night, night + 60, 0), State(began=night)),
        (Watch(night, night + 600, 0, night + 600), State(began=night, looked=night + 600)),
        # It is at work, or was killed.
        (Watch(night, night - 60, 0), State(began=night, failed=True)),
        (Watch(night, night + 60, 78), State(began=night, looked=night + 60)),
        # A look that couldn't reach the network hasn't begun a run.
        (Watch(night, night + 900, 75, night + 600),
         State(began=night, looked=night + 900, failed=True)),
    ):  # fmt: skip
        write_watch(watch_file(store), watch)
        assert remembered(store) == state, watch


def test_a_changed_plan_holds_at_the_next_tick(scheduler: Any) -> None:
    work = Work()
    made, moments = scheduler(work)
    made.tick()
    made.config.write_text(SETTINGS + 'runs = ["03:00", "15:00"]\n')
    moments.append(NIGHT + dt.timedelta(hours=12))
    made.tick()
    assert work.at == moments[-2:]


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the machine's zone can't be changed here")
def test_it_ticks_on_when_the_machines_clock_is_set_back(
    scheduler: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _ = scheduler(Work())
    ticks: list[float] = []

    def sleep(seconds: float) -> None:
        time.sleep(seconds)
        if len(ticks) == 2:  # five hours back, as seen on the wall
            monkeypatch.setenv("TZ", "Etc/GMT+5")
            time.tzset()
        if len(ticks) == 4 or time.monotonic() - begun > 20:
            made.stop()

    begun = time.monotonic()
    try:
        monkeypatch.setenv("TZ", "Etc/GMT")
        time.tzset()
        made.keep(1, sleep, lambda: ticks.append(time.monotonic()))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert len(ticks) == 4
