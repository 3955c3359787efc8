"""Writes the coalition's folder as it stood on a day."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from pipeline.demo.feedback import feedback_csv
from pipeline.demo.forms import EASY, csv_bytes, points
from pipeline.demo.letter import letter_csv
from pipeline.demo.people import HERE
from pipeline.demo.reports import REPORTS, report_csv
from pipeline.demo.story import TODAY
from pipeline.demo.texts import shown_files, statement_files
from pipeline.demo.trackers import xlsx_bytes

_SINCE = re.compile(r"# Since (\d{4}-\d\d-\d\d) ")


def write_folder(folder: Path, upto: dt.date = TODAY) -> None:
    """Write settings, texts, offer, responses and tracker as of the early morning of a day.

    What came in or was typed before that day is there. Weaver's own files are left alone, and
    what is there already is replaced; the texts of a demonstration of before go.
    """
    for old in folder.glob("statements/*/*.md"):
        old.unlink()
        if not any(old.parent.iterdir()):
            old.parent.rmdir()
    for path, content in _files(upto).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def _files(upto: dt.date) -> dict[str, bytes]:
    return {
        "weaver.toml": _settings(upto).encode(),
        "offer.md": (HERE / "offer.md").read_bytes(),
        **{f"statements/{name}": text for name, text in statement_files(upto).items()},
        **{name: text.encode() for name, text in shown_files(upto).items()},
        "responses.csv": csv_bytes(upto),
        "letter.csv": letter_csv(upto),
        "feedback.csv": feedback_csv(upto),
        **{name: report_csv(name, upto) for name in REPORTS},
        "tracker.xlsx": xlsx_bytes(upto),
    }


def _settings(upto: dt.date) -> str:
    """The settings of that day with the calendar pinned to it, without what came later."""
    text = (HERE / "weaver.toml").read_text(encoding="utf-8")
    parts = [part for part in text.split("\n\n") if _since(part) <= upto]
    whole = "\n\n".join(parts).replace(f"today = {TODAY}", f"today = {upto}")
    early = "".join(f', "{question}"' for question in _to_come(upto))
    return whole.replace(f'ignore = ["{EASY}"]', f'ignore = ["{EASY}"{early}]')


def _to_come(upto: dt.date) -> list[str]:
    """Questions for which the download has a column, but no text of that day a clause."""
    texts = b"\n".join(statement_files(upto).values()).decode()
    return [question for question in points().values() if question not in texts]


def _since(part: str) -> dt.date:
    """The day that a part of the settings names in its first line."""
    found = _SINCE.match(part)
    return dt.date.fromisoformat(found[1]) if found else dt.date.min
