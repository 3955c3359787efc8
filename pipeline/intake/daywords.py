"""Why a text is no day, and what to write instead."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from config.languages import MONTHS
from config.text import fold
from config.words import say
from pipeline.intake.cells import plain
from pipeline.intake.timestamps import LONGEST

_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20|21)\d\d")
_QUARTER = re.compile(
    r"\b(?:[qt] ?[1-4]|[1-4] ?q)\b|\b(?:quarter|trimestre|quartal|kvartal|kwartaal|квартал)",
    re.IGNORECASE,
)
_WEEK = re.compile(
    r"(?:\d{4}[- ]?)?(?:week|kw|cw|w|semana|semaine|woche|settimana|vecka|неделя)[ .]?\d{1,2}"
    r"(?:[ /,]+\d{4})?",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(\d{1,4})[-/. ]+(\d{1,2})(?:[-/. ]+(\d{1,4}))?\.?")
_SPAN = re.compile(
    r".*\d\S* ?(?:–|—| - | to | until | bis | au | al | до ) ?\S*\d.*|\d{1,2}-\d{1,2} \w+.*",
    re.IGNORECASE,
)
_MONTH_AND_YEAR = re.compile(r"\d{1,2}[-/. ]\d{4}|\d{4}[-/. ]\d{1,2}")
_WORD = re.compile(r"[^\W\d_]{3,}")
_WRITTEN = re.compile(
    r"(\d{1,2})(?:\.|st|nd|rd|th|º)? (?:de |of )?([^\W\d_]{3,})\.?,?(?: (\d{4}))?"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,})\.? (\d{1,2})(?:st|nd|rd|th)?,?(?: (\d{4}))?")
_MONTH_YEAR = re.compile(r"([^\W\d_]{3,})\.?,?(?: (?:de |of )?(?:19|20|21)\d\d)?")
_RELATIVE = frozenset(map(fold, (
    "soon", "next", "last", "this", "today", "tomorrow", "yesterday", "asap", "tbd", "tbc", "tba",
    "later", "now", "never", "ongoing", "recently", "summer", "winter", "spring", "autumn", "fall",
    "pronto", "próximo", "próxima", "mañana", "hoy", "ayer", "bientôt", "prochain", "prochaine",
    "demain", "hier", "bald", "nächste", "nächsten", "nächster", "letzte", "letzten", "morgen",
    "gestern", "heute", "demnächst", "em breve", "amanhã", "ontem", "presto", "domani", "ieri",
    "скоро", "завтра", "вчера", "сегодня", "قريبا", "غدا", "snart", "nästa", "imorgon",
    "binnenkort", "volgende", "gisteren", "vandaag",
)))  # fmt: skip
_MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
LAST_YEAR = 2100
Told = tuple[str, str]


def looks_like_serial(text: str) -> bool:
    """Whether the text is a number by which spreadsheets keep a day of our time."""
    return bool(_SERIAL.fullmatch(plain(text)))


def why_no_day(text: str, why: str) -> Told:
    """What is wrong with a cell that holds no day, and what to do.

    Args:
        text: the cell.
        why: what reading it as a time came to.
    """
    bare = plain(text)
    reasons: tuple[Callable[[str], Told | None], ...] = (
        _serial, _either, _impossible, _span, _part, _no_year, _relative,
    )  # fmt: skip
    for reason in reasons if len(bare) <= LONGEST else ():
        if told := reason(bare):
            return told
    return why, _remedy()


def _remedy(day: str = "2025-03-31") -> str:
    return say("Write the day like {day}, or leave the cell blank.", day=day)


def _serial(bare: str) -> Told | None:
    if not _SERIAL.fullmatch(bare):
        return None
    day = dt.date(1899, 12, 30) + dt.timedelta(days=int(float(bare)))
    if day.year > LAST_YEAR:
        return None
    return (
        say("looks like the number by which a spreadsheet keeps {day}", day=day),
        say("Format the column as a date, or write {day} if that is meant.", day=day),
    )


def _either(bare: str) -> Told | None:
    """The first two numbers could be day and month or month and day."""
    found = _NUMBERS.fullmatch(bare)
    if not found or not found[3] or len(found[1]) > 2 or len(found[3]) not in (2, 4):
        return None
    one, other = int(found[1]), int(found[2])
    if not (1 <= one <= 12 and 1 <= other <= 12 and one != other):
        return None
    year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
    days = (f"{year:04d}-{other:02d}-{one:02d}", f"{year:04d}-{one:02d}-{other:02d}")
    return (
        say("could be {one} or {other}", one=days[0], other=days[1]),
        say("Write the one that is meant: {one} or {other}.", one=days[0], other=days[1]),
    )


def _impossible(bare: str) -> Told | None:
    """A day that no month, or not that year's month, has."""
    for day, month, year in _readings(bare):
        if not 1 <= month <= 12 or not 1 <= day <= 31:
            continue
        leap = year is None or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
        if day > (28 if month == 2 and not leap else _MONTH_DAYS[month - 1]):
            named = f"{day} {dt.date(2000, month, 1):%B}"
            what = say("there is no {day}", day=named)
            if month == 2 and day == 29 and year:
                what = say("there is no {day} in {year}", day=named, year=year)
            return what, say("Look the day up and write it like 2025-03-31.")
    return None


def _readings(bare: str) -> list[tuple[int, int, int | None]]:
    """(day, month, year) that the text can mean, where one of them isn't possible at all."""
    if found := _WRITTEN.fullmatch(bare):
        day, word, year = found.groups()
    elif found := _MONTH_FIRST.fullmatch(bare):
        word, day, year = found.groups()
    else:
        return _of_numbers(bare)
    month = _month(word)
    return [(int(day), month, int(year) if year else None)] if month else []


def _of_numbers(bare: str) -> list[tuple[int, int, int | None]]:
    found = _NUMBERS.fullmatch(bare)
    if not found:
        return []
    one, other = int(found[1]), int(found[2])
    if len(found[1]) == 4:
        return [(int(found[3]), other, one)] if found[3] else []
    year = int(found[3]) if found[3] and len(found[3]) == 4 else None
    if one <= 12 and other <= 12:
        return []
    return [(one, other, year)] if one > 12 else [(other, one, year)]


def _span(bare: str) -> Told | None:
    if not _SPAN.fullmatch(bare):
        return None
    return say("several days, not one"), say("Write the first of them, like 2025-03-31.")


def _part(bare: str) -> Told | None:
    """A year, quarter, month or week."""
    if _QUARTER.search(bare):
        remedy = say("Write the day that is meant, such as the quarter's last: 2025-09-30.")
        return say("a quarter isn't a day"), remedy
    if _YEAR.fullmatch(bare):
        return say("a year isn't a day"), _remedy(f"{bare}-12-31")
    if _WEEK.fullmatch(bare):
        return say("a week isn't a day"), say("Write its first day, like 2025-03-31.")
    written = _MONTH_YEAR.fullmatch(bare)
    if _MONTH_AND_YEAR.fullmatch(bare) or (written and _month(written[1])):
        remedy = say("Write the day that is meant, such as the month's last: 2025-03-31.")
        return say("a month isn't a day"), remedy
    return None


def _no_year(bare: str) -> Told | None:
    found = _WRITTEN.fullmatch(bare) or _MONTH_FIRST.fullmatch(bare)
    written = found and not found[3] and _readings(bare)
    numbers = _NUMBERS.fullmatch(bare)
    if not written and not (numbers and not numbers[3]):
        return None
    return say("the year is missing"), _remedy()


def _relative(bare: str) -> Told | None:
    words = {fold(word) for word in _WORD.findall(bare)} | {fold(bare)}
    if not words & _RELATIVE:
        return None
    return say("no day of the calendar"), _remedy()


def _month(word: str) -> int | None:
    begins = fold(word)
    fits = {
        number
        for number, names in enumerate(MONTHS, start=1)
        if any(fold(name).startswith(begins) for name in names)
    }
    return fits.pop() if len(fits) == 1 else None
