"""Timestamps as forms and sheets write them, in any language, read as UTC.

Day and month are told apart by the whole column or by the settings. What stays in doubt is left
blank and said.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from config.languages import AFTERNOON, FILLERS, MONTHS, MORNING, ZONE_SYNONYMS, ZONES
from config.text import fold
from config.words import say
from pipeline.intake.cells import as_text, plain

YEARS = (2000, 2100)
_SHAPE = re.compile(
    r"(?P<a>\d{1,4})\s?[-/.年년]\s?(?P<b>\d{1,2})\s?[-/.月월]\s?(?P<c>\d{1,4})(?!\d)\s?[日일.]?"
    r"(?:(?P<before>[^\d]*?)(?<!\d)(?P<h>\d{1,2})[:.h時时시]\s?(?P<mi>\d{2})"
    r"(?:[:.分분](?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?[秒초]?)?(?P<after>\D.*)?)?"
)
LONGEST = 100
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_OFFSET = re.compile(r"(?:gmt|utc)? ?(?P<sign>[+-])(?P<h>\d{1,2})(?::?(?P<m>\d{2}))?")
_DAY_FIRST = re.compile(
    r"(?:[^\W\d]+[.,]? )?(?P<d>\d{1,2})(?:\.|st|nd|rd|th|º)?[ -](?:de |of )?"
    r"(?P<month>[^\W\d_]{3,})[.,]?[ -](?:de )?(?P<y>\d{4})(?!\d),?(?P<rest>.*)"
)
_MONTH_FIRST = re.compile(
    r"(?:[^\W\d]+[.,]? )?(?P<month>[^\W\d_]{3,})\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? "
    r"(?P<y>\d{4})(?!\d),?(?P<rest>.*)"
)
_AM = frozenset(map(fold, MORNING))
_PM = frozenset(map(fold, AFTERNOON))
_FILLERS = frozenset(map(fold, FILLERS)) | {""}
_PARTS = ("a", "b", "c", "before", "h", "mi", "s", "f", "after")


@dataclass(frozen=True)
class Times:
    """What a column of timestamps came to, in its order and with its index.

    Attributes:
        received: datetime64[ns, UTC]; NaT where the time cannot be known.
        problem: "", "missing", "unreadable" or "ambiguous".
        why: the problem in a sentence, "" where there is none.
        sentence: said once for the whole column when day and month cannot be told apart.
    """

    received: pd.Series
    problem: pd.Series
    why: pd.Series
    sentence: str


def parse(
    raw: pd.Series,
    zone: ZoneInfo,
    date_order: str | None = None,
    *,
    by_column: bool = True,
    years: tuple[int, int] = YEARS,
) -> Times:
    """Read a column of timestamps: text, dates, or the serial numbers of spreadsheets.

    Args:
        raw: the cells.
        zone: of those that name none.
        date_order: "dmy", "mdy" or "ymd"; None lets the column decide.
        by_column: cells whose order is certain decide for those where it is not.
        years: the first and last year that make sense.
    """
    texts = [as_text(cell) for cell in raw]
    codes, distinct = pd.factorize(np.array(texts, dtype=object))
    parts = _split(list(distinct))
    year, month, day, doubtful = _dates(parts, date_order, by_column)
    second, bad_clock = _clock(parts)
    stamp = _stamp(year.where(year.between(*years)), month, day)
    local = stamp + pd.to_timedelta(second, unit="ns")
    received, bad_zone = _in_utc(local, parts, zone)
    blank = parts["text"].eq("")
    received = received.mask(doubtful | bad_clock | bad_zone | blank)
    outside = year.notna() & ~year.between(*years)
    reasons = [
        ("missing", blank, say("no time is given")),
        (
            "ambiguous",
            doubtful,
            say("the first two numbers could be day and month or month and day"),
        ),
        ("unreadable", bad_zone, say("a time zone that is not known, or that could be several")),
        ("unreadable", bad_clock, say("a time of day that does not exist or cannot be read")),
        (
            "unreadable",
            outside,
            say("a year outside {first} to {last}", first=years[0], last=years[1]),
        ),
        ("unreadable", received.isna(), say("no date and time that Weaver can read")),
    ]
    problem, why = (_first(reasons, part) for part in (0, 2))
    many = int(np.bincount(codes, minlength=len(parts))[doubtful.to_numpy()].sum())
    return Times(
        _spread(received, codes, raw.index),
        _spread(problem, codes, raw.index),
        _spread(why, codes, raw.index),
        _sentence(many) if many else "",
    )


def _first(reasons: Sequence[tuple[str, pd.Series, str]], part: Literal[0, 2]) -> pd.Series:
    """That part of the first reason that holds, per row; "" where none does."""
    found = pd.Series("", index=reasons[0][1].index, dtype=object)
    for reason in reversed(reasons):
        found[reason[1]] = reason[part]
    return found


def days(times: Times, zone: ZoneInfo) -> pd.Series:
    """The days on which the times fall in that zone: datetime64[ns], NaT."""
    local: pd.Series = times.received.dt.tz_convert(zone).dt.tz_localize(None)
    midnight: pd.Series = local.dt.normalize()
    return midnight


def _sentence(many: int) -> str:
    return say(
        "{n} times could be day/month or month/day, and nothing in the column tells which", n=many
    )


def _spread(values: pd.Series, codes: np.ndarray, index: pd.Index) -> pd.Series:
    return values.take(codes).set_axis(index)


def _split(texts: list[str]) -> pd.DataFrame:
    """One row per distinct text: its numbers as text, and what stands before and after the time."""
    rows = [_parts(text) for text in texts]
    frame = pd.DataFrame(rows, columns=_PARTS, dtype=object)
    frame["text"] = texts
    return frame


def _parts(text: str) -> tuple[str | None, ...]:
    bare = plain(text).lower() if len(text) <= LONGEST else ""
    if _SERIAL.fullmatch(bare):
        bare = _serial(float(bare))
    found = _SHAPE.fullmatch(bare) or _SHAPE.fullmatch(_month_as_number(bare))
    return found.group(*_PARTS) if found else (None,) * len(_PARTS)


def _serial(number: float) -> str:
    """Days since 1899-12-30, to the millisecond, since the fraction is never exact."""
    moment = dt.timedelta(milliseconds=round(number * 86_400_000))
    return (dt.datetime(1899, 12, 30) + moment).isoformat(" ")  # noqa: DTZ001 - has no zone yet


def _month_as_number(text: str) -> str:
    """The text with a month that is written out as a number; unchanged where there is none."""
    found = _DAY_FIRST.fullmatch(text) or _MONTH_FIRST.fullmatch(text)
    month = _month(found["month"]) if found else None
    if found is None or month is None:
        return text
    return f"{found['y']}-{month}-{found['d']}{found['rest']}"


@lru_cache(maxsize=1024)
def _month(word: str) -> int | None:
    begins = fold(word)
    fits = [
        number
        for number, names in enumerate(MONTHS, start=1)
        if any(fold(name).startswith(begins) for name in names)
    ]
    return fits[0] if len(fits) == 1 else None


def _dates(
    parts: pd.DataFrame, order: str | None, by_column: bool
) -> tuple[pd.Series, pd.Series, pd.Series, pd.Series]:
    """Year, month, day, and where day and month could be either."""
    a, b, c = (pd.to_numeric(parts[name]) for name in "abc")
    long_a, long_c = parts["a"].str.len() == 4, parts["c"].str.len() == 4
    year_first = long_a | (order == "ymd") & ~long_c
    odd = (parts["a"].str.len() == 3) | (parts["c"].str.len().isin([1, 3]) & ~year_first)
    impossible = odd | (long_c & (long_a | (order == "ymd")))
    year = a.where(year_first, c).mask(impossible)
    short = np.where(year_first, ~long_a, ~long_c)
    year = year.where(~short, year + 2000)
    rest = ~year_first & year.notna()
    day_first, open_rows = _day_first(a, b, rest, order, by_column)
    day = c.where(year_first, a.where(day_first, b))
    month = b.where(year_first, b.where(day_first, a))
    return year, month, day, open_rows


def _day_first(
    a: pd.Series, b: pd.Series, rows: pd.Series, order: str | None, by_column: bool
) -> tuple[pd.Series, pd.Series]:
    """Where the first number is the day, and where nobody can tell."""
    day = rows & (a > 12) & (b <= 12)
    month = rows & (b > 12) & (a <= 12)
    either = rows & (a <= 12) & (b <= 12) & (a != b)
    none = pd.Series(data=False, index=a.index)
    if order in {"dmy", "mdy"}:
        return rows & (order == "dmy"), none
    if by_column and day.any() != month.any():
        return rows & bool(day.any()), none
    return day, either


def _clock(parts: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Nanoseconds since midnight, and where the time of day makes no sense."""
    hour, minute, second = (pd.to_numeric(parts[name]).fillna(0) for name in ("h", "mi", "s"))
    tails = parts["after"].map(_half_and_zone, na_action="ignore")
    before = parts["before"].map(_half, na_action="ignore").fillna("")
    after = tails.map(lambda tail: tail[0], na_action="ignore").fillna("")
    half = before.where(after == "", after)
    twelve = half.isin(["am", "pm"])
    bad = (hour > 23) | (minute > 59) | (second > 59) | half.eq("?")
    bad |= ((half == "am") & (hour > 12)) | ((before != "") & (after != ""))
    on_clock = hour.where(~twelve | (hour > 12), hour % 12 + np.where(half == "pm", 12, 0))
    fraction = parts["f"].str.ljust(9, "0").fillna("0").astype("int64")
    seconds = (on_clock * 3600 + minute * 60 + second).astype("int64")
    return seconds * 1_000_000_000 + fraction, bad


def _half(text: str) -> str:
    """ "am", "pm", "" for nothing that matters, "?" for anything else."""
    word = fold(text).strip(" ,")
    if word in _AM:
        return "am"
    if word in _PM:
        return "pm"
    return "" if word in _FILLERS else "?"


@lru_cache(maxsize=4096)
def _half_and_zone(text: str) -> tuple[str, str]:
    """What stands after a time: half of the day, and the zone as offset or letters."""
    text = text.replace("[", "").replace("]", "").partition("(")[0].strip(" ,")
    found = re.search(_OFFSET.pattern + "$", text)
    if found:
        return _half(text[: found.start()]), found[0]
    if _half(text) != "?":
        return _half(text), ""
    rest, _, zone = text.rpartition(" ")
    return _half(rest), zone


def _in_utc(local: pd.Series, parts: pd.DataFrame, zone: ZoneInfo) -> tuple[pd.Series, pd.Series]:
    """The moment in UTC, and where the zone cannot be known.

    An hour that the clocks repeat is its first pass; one that they skip moves to the next second
    that exists.
    """
    named = parts["after"].map(lambda text: _half_and_zone(text)[1], na_action="ignore").fillna("")
    pairs = pd.Series(list(zip(named, local.dt.year.fillna(0).astype(int), strict=True)))
    offsets = {pair: _offset(pair[0], pair[1], zone) for pair in set(pairs) if pair[0]}
    minutes = pd.to_numeric(pairs.map(offsets), errors="coerce")
    here = local.where(named == "")
    first = np.ones(len(local), dtype=bool)
    moment = here.dt.tz_localize(zone, ambiguous=first, nonexistent="shift_forward")
    moment = moment.dt.tz_convert("UTC")
    shifted = (local - pd.to_timedelta(minutes, unit="m")).dt.tz_localize("UTC")
    known = minutes.notna()
    return moment.where(~known, shifted), (named != "") & ~known & local.notna()


def _offset(name: str, year: int, zone: ZoneInfo) -> int | None:
    """Minutes east of Greenwich; None where the letters do not say."""
    found = _OFFSET.fullmatch(name)
    if found:
        minutes = int(found["h"]) * 60 + int(found["m"] or 0)
        return (-minutes if found["sign"] == "-" else minutes) if minutes <= 14 * 60 else None
    own = _own_names(zone, year).get(ZONE_SYNONYMS.get(name, name), frozenset())
    meanings = own or ZONES.get(ZONE_SYNONYMS.get(name, name)) or ZONES.get(name, ())
    return next(iter(meanings)) if len(meanings) == 1 else None


@lru_cache(maxsize=256)
def _own_names(zone: ZoneInfo, year: int) -> dict[str, frozenset[int]]:
    """The abbreviations that the zone itself uses in that year, with their offsets."""
    found: dict[str, set[int]] = {}
    for month in range(1, 13) if year else ():
        moment = dt.datetime(year, month, 1, tzinfo=zone)
        offset = moment.utcoffset() or dt.timedelta()
        found.setdefault((moment.tzname() or "").lower(), set()).add(
            int(offset.total_seconds() // 60)
        )
    return {name: frozenset(offsets) for name, offsets in found.items()}


def _stamp(year: pd.Series, month: pd.Series, day: pd.Series) -> pd.Series:
    """Midnight of the day; NaT where the calendar has no such day."""
    frame = pd.DataFrame({"year": year, "month": month, "day": day})
    frame = frame.where(frame["year"].notna())
    return pd.to_datetime(frame, errors="coerce").astype("datetime64[ns]")
