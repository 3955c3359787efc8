"""What a run keeps aside before it writes: people's tabs, settings and the store; thirty days."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from pathlib import Path

from config.records import RunRecord
from config.settings import Settings
from connectors.store.copies import BACKUPS, copied, private_folder
from connectors.tabcopies import dated, forget_old, keep_copy, tabs_as_workbook
from pipeline.outside import Outside

TABS = "tabs.xlsx"
"""What the copy of a tracker in Google Sheets is called."""


def keep(
    config: Path, settings: Settings, outside: Outside, runs: tuple[RunRecord, ...], day: dt.date
) -> tuple[Path, ...]:
    """Keep copies as of the first run of the day; remove what is older than thirty days.

    Args:
        config: the coalition's `weaver.toml`.
        settings: what it says.
        outside: where the tracker is.
        runs: those that came to their end.
        day: the coalition's.

    Returns:
        The copies that were written; none where a run of that day has come to its end.

    Raises:
        NeedsPermission: nothing may be written there.
        Temporary: the disk is full, or the like.
    """
    if any(run.as_of == day for run in runs):
        return ()
    folder = settings.path(BACKUPS)
    private_folder(folder)
    found = [*_tabs(settings, outside), *_files(settings, config.name)]
    kept = [keep_copy(folder, name, day, content) for name, content in found]
    store = settings.path(settings.store)
    copy = dated(folder, Path(settings.store).name, day)
    if not copy.exists():
        copied(store, copy)
        kept.append(copy)
    names = (settings.tracker.file, settings.tracker.results, settings.store, config.name)
    forget_old(folder, [TABS, *(Path(name).name for name in names)], day)
    return tuple(path for path in kept if path is not None)


def _tabs(settings: Settings, outside: Outside) -> list[tuple[str, bytes]]:
    if settings.tracked_on_google:
        return [(TABS, tabs_as_workbook(outside.tracker()))]
    return _files(settings, settings.tracker.file, settings.tracker.results)


def _files(settings: Settings, *names: str) -> list[tuple[str, bytes]]:
    found = []
    for name in names:
        with suppress(OSError):  # one that can't be read is said elsewhere
            found.append((Path(name).name, settings.path(name).read_bytes()))
    return found
