"""The cheap look: was anything changed since the last run? Imports next to nothing."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from connectors.store.peek import fingerprint, last_run
from pipeline import VERSION

STATEMENTS = Path("statements")


@dataclass(frozen=True)
class Places:
    """Where a coalition's files lie, read from `weaver.toml` without judging it."""

    folder: Path
    inputs: tuple[Path, ...]
    store: Path
    zone: str
    today: dt.date | None

    def mark(self, day: dt.date) -> str:
        """The fingerprint of everything that a run of that day reads."""
        return fingerprint(self.folder, self.inputs, self.folder / STATEMENTS, VERSION, day)


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
        inputs=tuple(folder / name for name in names),
        store=folder / raw.get("store", "state.db"),
        zone=coalition["time_zone"],
        today=coalition.get("today"),
    )


def look(config: Path, now: dt.datetime) -> dict[str, Any] | None:
    """The last run's summary where nothing changed and nothing is due; else None."""
    try:
        where = places(config)
        day = where.today or now.astimezone(ZoneInfo(where.zone)).date()
        last = last_run(where.store)
        if last is None or last[0] != where.mark(day):
            return None
        summary: dict[str, Any] = json.loads(last[1])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    quiet = {"queued": 0, "sent": 0}
    return summary | {"cells_written": 0, "mail": summary["mail"] | quiet, "idle": True}
