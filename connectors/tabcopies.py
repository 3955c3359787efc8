"""Daily copies of people's tabs: one of each name and day, and which of them go again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from config.raw import RawTable
from connectors.files import replace_file
from connectors.local import LISTS, carried
from connectors.protocols import TrackerRead
from connectors.workbook import Sheet, Workbook

DAYS = 30
"""How many days back people's tabs can be found again."""
_MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook's moments have no zone
"""The moment that each such workbook says it was made at, so that days can be compared."""
_NAMED = re.compile(r"(?P<what>.+)-(?P<day>\d{4}-\d\d-\d\d)(?P<end>\.[a-z]+)")


def dated(folder: Path, name: str, day: dt.date) -> Path:
    """Where that day's copy of a file of that name stands: tracker-2026-03-16.xlsx."""
    file = Path(name)
    return folder / f"{file.stem}-{day.isoformat()}{file.suffix}"


def copies(folder: Path) -> dict[str, list[tuple[dt.date, Path]]]:
    """The copies in the folder by the name of what was copied, the oldest first."""
    found: dict[str, list[tuple[dt.date, Path]]] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        match = _NAMED.fullmatch(path.name)
        if match and path.is_file() and not path.name.startswith("."):
            with suppress(ValueError):  # 2026-02-31
                day = dt.date.fromisoformat(match["day"])
                found.setdefault(match["what"] + match["end"], []).append((day, path))
    return {name: sorted(those) for name, those in found.items()}


def keep_copy(folder: Path, name: str, day: dt.date, content: bytes) -> Path | None:
    """Write that day's copy for its owner's eyes only.

    None where that day has one, and where the newest from before says the same.

    Raises:
        NeedsPermission: nothing may be written there.
        Temporary: the disk is full, or the like.
    """
    path = dated(folder, name, day)
    before = [each for on, each in copies(folder).get(Path(name).name, ()) if on < day]
    if path.exists() or (before and before[-1].read_bytes() == content):
        return None
    replace_file(path, content, private=True)
    return path


def forget_old(folder: Path, names: Iterable[str], day: dt.date) -> None:
    """Remove copies of those names that no longer tell how it stood on one of the last thirty days.

    The newest of each name stays; and whatever else people put there, with a day in its name or
    without one.
    """
    oldest, found = day - dt.timedelta(days=DAYS), copies(folder)
    for those in (found.get(name, []) for name in sorted(set(names))):
        for (_, path), (following, _) in pairwise(those):
            if following <= oldest:
                with suppress(OSError):
                    path.unlink()


def tabs_as_workbook(tracker: TrackerRead) -> bytes:
    """All tabs that were read as one workbook, values only. The same tabs give the same bytes."""
    from connectors.xlsx import workbook_bytes

    tables: list[tuple[str, RawTable]] = [*tracker.people.items(), *tracker.results.items()]
    sheets = {title: Sheet(table, 1, table.header) for title, table in tables}
    return workbook_bytes(list(carried((), Workbook(sheets))), {}, LISTS, _MADE)
