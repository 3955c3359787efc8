"""USER_ENTERED: what text becomes when it is typed into a cell.

The stricter course is taken with what begins like a formula: "+44 20 ..." is one, and fails.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from tests.google_emulator.sheets.cells import Cell, Value, number
from tests.google_emulator.sheets.locales import Locale
from tests.google_emulator.sheets.patterns import serial_of

TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:\s*([AaPp])\.?[Mm]\.?)?")
ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4}|\d{2}))?")
WORDS_FIRST = re.compile(r"([^\W\d_]{3,})\.?[ -]?(\d{1,2})(?:,?[ -]+(\d{4}))?")
DAY_FIRST = re.compile(r"(\d{1,2})\.?[ -]?([^\W\d_]{3,})\.?(?:[ ,-]+(\d{4}|\d{2}))?")


@dataclass(frozen=True)
class Entered:
    """What typing gives: a value or a formula, and a number format if the text suggests one."""

    value: Value = None
    formula: str | None = None
    number_format: dict[str, str] | None = None


def entered(text: Value, locale: Locale, today: dt.date, plain: bool = False) -> Entered:
    """What a cell holds after that was typed; `plain` says that it is formatted as plain text."""
    if not isinstance(text, str):
        return Entered(None if text is None else text if isinstance(text, bool) else number(text))
    if text.startswith("'"):
        return Entered(text[1:] or None)
    if plain or not text:
        return Entered(text or None)
    stripped = text.strip()
    if stripped.startswith("=") and len(stripped) > 1:
        return Entered(formula=stripped)
    for read in (_boolean, _number, _moment):
        if found := read(stripped, locale, today):
            return found
    if stripped[:1] == "+" and len(stripped) > 1:
        return Entered(formula="=" + stripped)
    return Entered(text)


def enter(cell: Cell, text: Value, locale: Locale, today: dt.date) -> Cell:
    """The cell after typing: a chosen number format stays, otherwise the text's own is taken."""
    chosen = cell.number_format
    new = entered(text, locale, today, plain=(chosen or {}).get("type") == "TEXT")
    style = cell.format
    if new.number_format and not chosen:
        style = {**(cell.format or {}), "numberFormat": new.number_format}
    return cell.but(value=new.value, formula=new.formula, format=style, runs=())


def _boolean(text: str, locale: Locale, today: dt.date) -> Entered | None:
    upper = text.upper()
    if upper in ("TRUE", locale.true):
        return Entered(True)
    return Entered(False) if upper in ("FALSE", locale.false) else None


def _number(text: str, locale: Locale, today: dt.date) -> Entered | None:
    body, form = _unit(text, locale)
    negative = body.startswith("(") and body.endswith(")")
    body = body[1:-1] if negative else body
    point, comma = re.escape(locale.decimal), locale.thousands
    marks = "[\u202f\u00a0 ]" if comma == "\u202f" else re.escape(comma)
    grouped = re.fullmatch(rf"[+-]?\d{{1,3}}(?:{marks}\d{{3}})+(?:{point}\d*)?", body)
    plain = re.fullmatch(rf"[+-]?(?:\d+(?:{point}\d*)?|{point}\d+)(?:[eE][+-]?\d+)?", body)
    if not (grouped or plain):
        return None
    digits = re.sub(marks, "", body).replace(locale.decimal, ".")
    value = float(digits) * (-1 if negative else 1) / (100 if form == "PERCENT" else 1)
    if value in (float("inf"), float("-inf")):
        return None
    return Entered(number(value), number_format=_format(digits, form, bool(grouped)))


def _unit(text: str, locale: Locale) -> tuple[str, str]:
    if text.endswith("%"):
        return text[:-1].strip(), "PERCENT"
    sign = re.match(rf"([+-]?){re.escape(locale.currency)}\s*(.+)", text)
    if sign:
        return sign[1] + sign[2], "CURRENCY"
    if text.endswith(locale.currency):
        return text[: -len(locale.currency)].strip(), "CURRENCY"
    return text, ""


def _format(digits: str, form: str, grouped: bool) -> dict[str, str] | None:
    decimals = ".00" if "." in digits else ""
    if form == "PERCENT":
        return {"type": "PERCENT", "pattern": f"0{decimals}%"}
    if form:
        return {"type": form}
    if "e" in digits.lower():
        return {"type": "SCIENTIFIC", "pattern": "0.00E+00"}
    return {"type": "NUMBER", "pattern": f"#,##0{decimals}"} if grouped else None


def _moment(text: str, locale: Locale, today: dt.date) -> Entered | None:
    """A date, a time, or a date and a time."""
    if (clock := _time(text)) is not None:
        pattern = "h:mm:ss am/pm" if text[-1:] in "mM." else "H:mm:ss"
        return Entered(number(clock), number_format={"type": "TIME", "pattern": pattern})
    if found := _date(text, locale, today):
        return Entered(_serial(found[0]), number_format=_shown("DATE", found[1]))
    head, _, tail = text.replace("T", " ").partition(" ")
    clock, found = _time(tail.strip()), _date(head, locale, today)
    if clock is None or found is None:
        return None
    shown = _shown("DATE_TIME", f"{found[1] or locale.date} HH:mm:ss")
    return Entered(number(_serial(found[0]) + clock), number_format=shown)


def _shown(kind: str, pattern: str) -> dict[str, str]:
    return {"type": kind, "pattern": pattern} if pattern else {"type": kind}


def _serial(day: dt.date) -> int:
    return int(serial_of(dt.datetime(day.year, day.month, day.day)))  # noqa: DTZ001 - wall clock


def _time(text: str) -> float | None:
    match = TIME.fullmatch(text)
    if not match:
        return None
    hours, minutes, seconds = int(match[1]), int(match[2]), int(match[3] or 0)
    if match[4]:
        hours = hours % 12 + (12 if match[4] in "pP" else 0)
    if hours > 23 or minutes > 59 or seconds > 59:
        return None
    return (hours * 3600 + minutes * 60 + seconds) / 86400


def _date(text: str, locale: Locale, today: dt.date) -> tuple[dt.date, str] | None:
    """A date and the pattern it was written in ("" for the locale's own)."""
    if match := ISO.fullmatch(text):
        return _day(match[1], match[2], match[3], "yyyy-mm-dd" if "-" in text else "")
    if match := NUMERIC.fullmatch(text):
        if match[2] == "." and locale.date_mark != ".":
            return None
        first, second = (match[3], match[1]) if locale.day_first else (match[1], match[3])
        year = match[4] or str(today.year)
        return _day(year, first, second, "")
    if match := WORDS_FIRST.fullmatch(text):
        return _day(match[3] or str(today.year), _month(match[1], locale), match[2], "MMM d")
    if match := DAY_FIRST.fullmatch(text):
        return _day(match[3] or str(today.year), _month(match[2], locale), match[1], "d-MMM")
    return None


def _month(name: str, locale: Locale) -> str:
    low = name.casefold()
    for at, month in enumerate(locale.months, 1):
        if low in (month.casefold(), month[:3].casefold()):
            return str(at)
    return "0"


def _day(year: str, month: str, day: str, pattern: str) -> tuple[dt.date, str] | None:
    full = int(year) + (2000 if int(year) < 30 else 1900) if len(year) == 2 else int(year)
    try:
        found = dt.date(full, int(month), int(day))
    except ValueError:
        return None
    return (found, pattern) if full >= 1900 else None
