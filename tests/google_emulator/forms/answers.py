"""What Forms makes of an answer when it writes it into the linked sheet."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from tests.google_emulator.forms.model import Given, Habits, Upload
from tests.google_emulator.forms.words import words_of
from tests.google_emulator.sheets.cells import Cell, number

EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001
# Fifteen digits are what a sheet's number keeps; a zero in front makes it a text.
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,14})?", re.ASCII)
_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}))?", re.ASCII)


def serial(moment: dt.datetime) -> int | float:
    """Days since 30 December 1899 of a wall clock's time."""
    since = moment.replace(tzinfo=None) - EPOCH
    return number(since.days + (since.seconds + since.microseconds / 1e6) / 86400)


def moment_cell(moment: dt.datetime, locale: str, zone: str) -> Cell:
    """A moment on the wall clock of the spreadsheet's zone, as the column Timestamp has it."""
    pattern = f"{words_of(locale).date} H:mm:ss"
    local = moment.astimezone(ZoneInfo(zone))
    return Cell(serial(local), format=_formatted("DATE_TIME", pattern))


def score_cell(score: float, most: float) -> Cell:
    """A quiz's points, shown as `4 / 5`."""
    return Cell(number(score), format=_formatted("NUMBER", f'0 "/ {most:g}"'))


def answer_cell(
    given: Given, question: Mapping[str, Any], habits: Habits, locale: str, year: int
) -> Cell:
    """The cell for an answer: several are joined, what looks like a number is one.

    Args:
        given: the answer; () for none.
        question: in the API's shape.
        habits: what the form does where Google isn't known.
        locale: the spreadsheet's.
        year: of a day that names none.
    """
    text = ", ".join(one.url if isinstance(one, Upload) else one for one in given)
    if not text:
        return Cell()
    if habits.live_formulas and text.startswith("="):
        return Cell(0, formula=text)
    typed = _typed(text, question, locale)
    if typed is None and habits.sniffed_dates and "textQuestion" in question:
        typed = _sniffed(text, locale, year)
    return typed or Cell(number(float(text)) if _NUMBER.fullmatch(text) else text)


def _typed(text: str, question: Mapping[str, Any], locale: str) -> Cell | None:
    """Answers to questions for a day or a time are days and times."""
    pattern = words_of(locale).date
    try:
        if "dateQuestion" in question:
            moment = dt.datetime.fromisoformat(text)
            timed = question["dateQuestion"].get("includeTime")
            kind, shown = ("DATE_TIME", f"{pattern} H:mm:ss") if timed else ("DATE", pattern)
            return Cell(serial(moment), format=_formatted(kind, shown))
        if "timeQuestion" in question:
            hours, minutes, *seconds = (int(part) for part in text.split(":"))
            spent = (hours * 3600 + minutes * 60 + sum(seconds)) / 86400
            return Cell(number(spent), format=_formatted("TIME", "H:mm:ss"))
    except ValueError:
        return None
    return None


def _sniffed(text: str, locale: str, year: int) -> Cell | None:
    """A text such as 05/18 as a day of that year, in the locale's order."""
    found = _DAY.fullmatch(text)
    if not found:
        return None
    month_first = words_of(locale).date.startswith("M")
    month, day = (found[1], found[2]) if month_first else (found[2], found[1])
    try:
        moment = dt.datetime(int(found[3] or year), int(month), int(day))  # noqa: DTZ001
    except ValueError:
        return None
    return Cell(serial(moment), format=_formatted("DATE", words_of(locale).date))


def _formatted(kind: str, pattern: str) -> dict[str, Any]:
    return {"numberFormat": {"type": kind, "pattern": pattern}}
