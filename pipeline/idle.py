"""The cheap look: was anything changed since the last run?

Where all is in files it imports next to nothing. Google has to be asked: then it imports the
settings and what speaks with Google, and what it read is handed on to the run.
"""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from connectors.store.peek import fingerprint, last_run
from pipeline import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from connectors.google.pace import Pace
    from pipeline.outside import Outside

STATEMENTS = Path("statements")
OWN_FILE = "people_keep_a_tracker"
"""Remembered with the summary: people's tabs were read from a workbook of their own."""
WAKE = "wake"
"""Remembered with the summary: the UTC second from which on waiting mail may be tried again."""


@dataclass(frozen=True)
class Places:
    """Where a coalition's files lie, read from `weaver.toml` without judging it.

    Inputs are named as they are seen from the folder; the results are the last.
    """

    folder: Path
    inputs: tuple[Path, ...]
    store: Path
    zone: str
    today: dt.date | None
    google: bool

    def mark(self, day: dt.date) -> str:
        """The fingerprint of everything that a run of that day reads."""
        return fingerprint(self.folder, self.inputs, STATEMENTS, VERSION, day)

    def given(self, day: dt.date) -> str:
        """That of everything but the results, which a run also writes."""
        files = [name for name in self.inputs if name != self.inputs[-1]]
        return fingerprint(self.folder, files, STATEMENTS, VERSION, day)


def places(config: Path) -> Places:
    """Raises ValueError, KeyError, TypeError or OSError where the settings aren't plain enough."""
    raw: dict[str, Any] = tomllib.loads(config.read_text(encoding="utf-8-sig"))
    folder = config.parent
    tracker, forms = raw.get("tracker", {}), raw.get("form", [{}])
    names = [
        config.name,
        *(form.get("file", "responses.csv") for form in forms),
        *(file for form in forms for file in form.get("shows", {}).values()),
        tracker.get("file", "tracker.xlsx"),
        tracker.get("results", "results.xlsx"),
    ]
    coalition = raw["coalition"]
    return Places(
        folder=folder,
        inputs=tuple(Path(name) for name in names),
        store=folder / raw.get("store", "state.db"),
        zone=coalition["time_zone"],
        today=coalition.get("today"),
        google="working" in raw.get("google", {})
        or any(name in form for form in forms for name in ("google_form", "google_sheet")),
    )


def kept_a_tracker(summaries: Iterable[str]) -> bool:
    """Whether a run whose summary is among those has read tabs of people's own workbook.

    Tabs among Weaver's are no sign of one: who begins without a tracker has them there.
    """
    return any(json.loads(summary).get(OWN_FILE) for summary in summaries)


@dataclass(frozen=True)
class Look:
    """What the look found.

    Attributes:
        summary: the last run's, where nothing changed and nothing is due; else None.
        outside: what was opened and read on the way, for the run to go on with.
    """

    summary: dict[str, Any] | None
    outside: Outside | None = None


def look(config: Path, now: dt.datetime, pace: Pace) -> Look:
    """Whether there is work. Raises WeaverError where Google can't be asked."""
    try:
        where = places(config)
        day = where.today or now.astimezone(ZoneInfo(where.zone)).date()
        last = last_run(where.store)
        mark = where.mark(day)
        if last is None or not last[0].startswith(mark):
            return Look(None)
        summary: dict[str, Any] = json.loads(last[1])
        summary.pop(OWN_FILE, None)
        wake = summary.pop(WAKE, None)
        if wake is not None and now.timestamp() >= wake:
            return Look(None)
        quiet = {"cells_written": 0, "mail": summary["mail"] | {"queued": 0, "sent": 0}}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Look(None)
    if not where.google:
        return Look(summary | quiet | {"idle": True} if last[0] == mark else None)
    outside = _open(config, day, pace)
    try:
        if last[0] != mark + outside.mark():
            return Look(None, outside)
    except BaseException:
        outside.close()
        raise
    requests = outside.requests
    outside.close()
    return Look(summary | quiet | {"requests": requests, "idle": True})


def _open(config: Path, day: dt.date, pace: Pace) -> Outside:
    from config.settings import load_settings
    from pipeline.outside import Outside

    return Outside(load_settings(config), dt.datetime.combine(day, dt.time()), pace)
