"""Turns of phrase that several reports share: days, changes, lists of names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from config.words import count, say
from reports.render import name

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def day(date: dt.date) -> str:
    """5 October 2026."""
    return say("{day} {month} {year}", day=date.day, month=month(date), year=date.year)


def short_day(date: dt.date) -> str:
    """5 October: for days whose year is plain from what stands around them."""
    return say("{day} {month}", day=date.day, month=month(date))


def weekday(date: dt.date) -> str:
    """Mon 5 October."""
    name_of_day = say(_WEEKDAYS[date.weekday()])
    return say("{weekday} {day}", weekday=name_of_day, day=short_day(date))


def month(date: dt.date) -> str:
    """The name of its month."""
    return say(_MONTHS[date.month - 1])


def near(date: dt.date, today: dt.date) -> str:
    """The day, with its year only where it is not today's."""
    return short_day(date) if date.year == today.year else day(date)


def span(start: dt.date, end: dt.date) -> str:
    """The days from `start` up to the day before `end`: 5–11 October 2026."""
    last = end - dt.timedelta(days=1)
    if (start.year, start.month) == (last.year, last.month):
        return say("{first}–{last}", first=start.day, last=day(last))
    return say("{first} – {last}", first=near(start, last), last=day(last))


def week(start: dt.date) -> str:
    """Week 41."""
    return say("Week {n}", n=start.isocalendar().week)


def organisations(number: int, people: str) -> str:
    """41 members, by the coalition's own word for them."""
    if people == "signatories":
        return count(number, "{n} signatory", "{n} signatories")
    if people == "partners":
        return count(number, "{n} partner", "{n} partners")
    return count(number, "{n} member", "{n} members")


def versus(now: int, before: int, then: str) -> str:
    """3 more than a week ago; `then` is the other time in words."""
    if now == before:
        return say("as many as {then}", then=then)
    if now > before:
        return say("{n} more than {then}", n=now - before, then=then)
    return say("{n} fewer than {then}", n=before - now, then=then)


def names(these: Sequence[str], at_most: int | None = None) -> str:
    """A, B and C; with `at_most` a longer list is folded: A, B, … and 96 more."""
    return listing([name(one) for one in these], at_most)


def listing(shown: Sequence[str], at_most: int | None = None) -> str:
    """The same of texts that are shown as they are; a comma in one makes semicolons between."""
    comma = "; " if any("," in one for one in shown[:at_most]) else ", "
    if at_most is not None and len(shown) > at_most:
        more = len(shown) - at_most
        return say("{names}, … and {n} more", names=comma.join(shown[:at_most]), n=more)
    if len(shown) < 2:
        return "".join(shown)
    return say("{names} and {last}", names=comma.join(shown[:-1]), last=shown[-1])


def sentence(text: str) -> str:
    """The text with a full stop, unless it ends with a sign of its own."""
    return text if text.endswith((".", "!", "?", "…", ":")) else text + "."
