"""Writes the coalition's folder as it stood on a day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pipeline.demo.forms import csv_bytes
from pipeline.demo.people import HERE
from pipeline.demo.story import TODAY
from pipeline.demo.trackers import xlsx_bytes

STATEMENTS = {
    "v1.md": dt.date(2025, 9, 28),
    "v1.1.md": dt.date(2026, 3, 2),
    "v2-draft.md": dt.date(2026, 4, 27),
}
"""Version of the statement → the day from which its file is there."""


def write_folder(folder: Path, upto: dt.date = TODAY) -> None:
    """Write settings, statement, offer, responses and tracker as of the early morning of a day.

    What came in or was typed before that day is there. Weaver's own files are left alone, and
    what is there already is replaced.
    """
    statements = folder / "statements" / "main"
    statements.mkdir(parents=True, exist_ok=True)
    for name, since in STATEMENTS.items():
        if since <= upto:
            (statements / name).write_bytes((HERE / "statements" / name).read_bytes())
    (folder / "offer.md").write_bytes((HERE / "offer.md").read_bytes())
    (folder / "weaver.toml").write_text(_settings(upto), encoding="utf-8", newline="\n")
    (folder / "responses.csv").write_bytes(csv_bytes(upto))
    (folder / "tracker.xlsx").write_bytes(xlsx_bytes(upto))


def _settings(upto: dt.date) -> str:
    """The settings with the calendar pinned to that day."""
    text = (HERE / "weaver.toml").read_text(encoding="utf-8")
    return text.replace(f"today = {TODAY}", f"today = {upto}")
