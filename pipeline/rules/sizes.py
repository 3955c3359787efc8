"""How many people an answer about size means, and since when an organisation exists."""

from __future__ import annotations

import datetime as dt
import math
import re

from config.text import fold
from pipeline.rules.evidence import words

_SMALL = re.compile(
    r"<|≤|\b(?:under|below|less|fewer|up to|unter|bis|weniger|menos|hasta|moins|jusqu\w*|ate"
    r"|minder|meno|fino|max\w*)\b"
)
_UNDER = re.compile(
    r"<(?!=)|\b(?:under|below|less than|fewer than|unter|weniger als|menos de|moins de|minder dan"
    r"|meno di)\b"
)
_MORE = re.compile(
    r">|≥|\d ?\+|\b(?:over|more|above|at least|plus|min\w*|mehr|über|ab|mindestens|más|mas|desde"
    r"|al menos|au moins|mais|pelo menos|meer)\b"
)
_NUMBER = re.compile(r"\d{1,3}(?:[.,'’ ]\d{3})+(?!\d)|\d{1,12}")
_THOUSANDS = re.compile(r"\d\s?k\b")
_SINCE = re.compile(r"\b(?:since|founded|seit|gegründet|desde|depuis)\b\D{0,12}(?:1[89]|20)\d\d\b")
_WORDS = (
    (1000, words("thousands", "Tausende", "miles", "milliers", "milhares", "migliaia")),
    (100, words("hundreds", "Hunderte", "cientos", "centaines", "centenas", "centinaia")),
    (50, words("large", "very large", "big", "huge", "groß", "sehr groß", "grande", "muy grande",
               "grand", "groot", "stor", "stora")),
)  # fmt: skip
"""What "large" stands for: at least so many."""
_COUNTED = {
    fold(word): number
    for number, several in enumerate((
        "one eins uno", "two zwei dos deux dois duas", "three drei tres trois",
        "four vier cuatro quatre quatro", "five fünf cinco cinq", "six sechs seis",
        "seven sieben siete sept sete", "eight acht ocho huit oito", "nine neun nueve neuf nove",
        "ten zehn diez dix dez", "eleven elf once onze", "twelve zwölf doce douze doze dozen",
    ), start=1)
    for word in several.split()
}  # fmt: skip


def at_least(size: str) -> float | None:
    """How many people an answer means at the least; of a range the lower end. None if unread."""
    text = size[:200].casefold()
    numbers = _numbers(text)
    if _SMALL.search(text):
        return 0 if numbers or _words(text) else None
    return numbers[0] if numbers else _words(text)


def at_most(size: str) -> float | None:
    """How many people an answer may mean at the most; of a range the upper end. None if unread."""
    text = size[:200].casefold()
    numbers = _numbers(text)
    if not numbers:
        return None if _words(text) is None else math.inf
    if _SMALL.search(text):
        return max(0, max(numbers) - bool(_UNDER.search(text)))
    return math.inf if _MORE.search(text) else max(numbers)


def _numbers(text: str) -> list[float]:
    bare = _SINCE.sub(" ", text)
    times = 1000 if _THOUSANDS.search(bare) else 1
    found = [times * int(re.sub(r"\D", "", number)) for number in _NUMBER.findall(bare)]
    counted = (
        [] if _words(bare) else [_COUNTED[word] for word in fold(bare).split() if word in _COUNTED]
    )
    return [float(number) for number in found or counted]


def _words(text: str) -> float | None:
    folded = fold(text)
    return next((least for least, pattern in _WORDS if pattern.search(folded)), None)


_MONTHS = {
    fold(word): number
    for number, several in enumerate((
        "january jan januar jänner enero janvier janeiro",
        "february feb februar febrero février fevereiro",
        "march mar märz marzo mars março", "april apr abril avril", "may mai mayo maio",
        "june jun juni junio juin junho", "july jul juli julio juillet julho",
        "august aug agosto août", "september sep sept septiembre septembre setembro",
        "october oct oktober okt octubre octobre outubro",
        "november nov noviembre novembre novembro",
        "december dec dezember dez diciembre décembre dezembro",
    ), start=1)
    for word in several.split()
}  # fmt: skip
_CENTURY = words("century", "centuries", "Jahrhundert", "siglo", "siècle", "século")
_YEAR = re.compile(r"(?<!\d)(1\d{3}|2[01]\d{2})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)")
_WRITTEN = re.compile(r"(?<!\d)(?:(\d{1,2})[-/. ]+)?(\d{1,2})[-/. ]+(\d{4})(?!\d)")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er)?")
_AGO = re.compile(
    r"\b(\d{1,4}|[a-z]+) (years?|yrs?|jahren?|anos?|ans?|months?|monaten?|meses|mes|mois)\b"
)


def founded_on(text: str, today: dt.date) -> dt.date | None:
    """The day since which an organisation exists; the earliest that the answer may mean.

    Reads a day, a month or a year, alone or in a sentence, and "3 months ago". None if unread.
    """
    answer = text[:200]
    if _CENTURY.search(fold(answer)):
        return dt.date(1, 1, 1)
    days = [*_dated(answer), *_ago(fold(answer), today)]
    years = {int(year) for year in _YEAR.findall(answer)} - {day.year for day in days}
    return min([*days, *(dt.date(year, 1, 1) for year in years)], default=None)


def months_between(first: dt.date, last: dt.date) -> int:
    """Whole months from one day to another; negative where it has not come yet."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def _dated(text: str) -> list[dt.date]:
    """Days and months with their year; of 3/4 the earlier reading."""
    found = [_day(int(y), int(m), int(d or 1)) for y, m, d in _ISO.findall(text)]
    for first, second, year in _WRITTEN.findall(text):
        readings = {(second, first), (first, second)} if first else {(second, "1")}
        found += [_day(int(year), int(month), int(day)) for month, day in readings]
    named = fold(text).split()
    for at, word in enumerate(named):
        year = next((int(y) for y in named[at + 1 : at + 4] if _YEAR.fullmatch(y)), 0)
        if word in _MONTHS and year:
            before = _DAY.fullmatch(named[at - 1]) if at else None
            found.append(_day(year, _MONTHS[word], int(before[1]) if before else 1))
    return [day for day in found if day]


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _ago(folded: str, today: dt.date) -> list[dt.date]:
    found = []
    for number, unit in _AGO.findall(folded):
        many = int(number) if number.isdecimal() else _COUNTED.get(number, 0)
        months = many * (1 if unit.startswith("m") else 12)
        place = max(today.year * 12 + today.month - 1 - months, 12)
        if many:
            found.append(dt.date(place // 12, place % 12 + 1, min(today.day, 28)))
    return found
