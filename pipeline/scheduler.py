"""A process that stays, and each minute does what is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import schedule

from config.errors import WrongSettings
from config.settings import Settings, load_settings
from connectors.store.queued import queued
from connectors.watch import read_watch, watch_file
from pipeline.due import Due, State, due

TEMPORARY = 75
SLICE = 0.25
"""Seconds after which it is seen at the latest that somebody wants the process to end."""


@dataclass
class Scheduler:
    """Asks what is due and does it.

    Attributes:
        config: the coalition's `weaver.toml`; read anew each time.
        clock: the moment, in UTC.
        work: what `weaver run` does at that moment: look, and run wholly where there is work. It
            notes in the watch that it began and how it ended.
        tried: the UTC second of this process's last work, should the watch not tell.
        stopping: somebody wants it to end; what is under way is finished.
    """

    config: Path
    clock: Callable[[], dt.datetime]
    work: Callable[[dt.datetime], dict[str, Any]]
    tried: int = 0
    stopping: bool = False
    _settings: Settings | None = None

    def tick(self) -> dict[str, Any] | None:
        """Do what is due: the run's or the look's summary, None where nothing was.

        Raises:
            WeaverError: as `weaver run`.
        """
        now = self.clock()
        try:
            if not self.due(now).work:
                return None
        except WrongSettings:
            pass  # the work says what is wrong with them, and it is noted that it failed
        self.tried = int(now.timestamp())
        return self.work(now)

    def due(self, now: dt.datetime) -> Due:
        """What is due. Raises WrongSettings where they can't be read, and never could."""
        settings = self._read()
        store = settings.path(settings.store)
        state = remembered(store)
        return due(replace(state, looked=max(state.looked or 0, self.tried)), settings, now)

    def keep(self, seconds: int, sleep: Callable[[float], None], job: Callable[[], None]) -> None:
        """Call the job now and every so many seconds, until it shall stop.

        The job must raise nothing.
        """
        jobs = schedule.Scheduler()
        job()
        while not self.stopping:
            # The library goes by the machine's wall clock: one that was set back, or an hour that
            # comes twice, would have it wait for as long.
            if not jobs.jobs or (jobs.idle_seconds or 0) > seconds:
                jobs.clear()
                jobs.every(seconds).seconds.do(job)
            jobs.run_pending()
            sleep(min(SLICE, seconds))

    def stop(self) -> None:
        """End after what is under way."""
        self.stopping = True

    def _read(self) -> Settings:
        """The settings; those read last while there are faults in them, which the work tells."""
        try:
            self._settings = load_settings(self.config)
        except WrongSettings:
            if self._settings is None:
                raise
        return self._settings


def remembered(store: Path) -> State:
    """What the store and the watch beside it remember."""
    watch = read_watch(watch_file(store))
    pairs, next_at = queued(store)
    # A look that failed leaves nothing but its end.
    tried = (watch.last_look or 0, (watch.last_ended or 0) if watch.last_exit else 0)
    failed = watch.broke_off or watch.last_exit == TEMPORARY
    return State(pairs, watch.last_began, max(tried) or None, failed, next_at)
