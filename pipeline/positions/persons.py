"""Who in the tab Decision-makers is one person.

A name alone never joins two people of whom seat or district say that they differ, and where two
may be meant nobody guesses: the row is asked about.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from config.text import fold
from pipeline.positions.names import EQUAL, NONE, STRONG, PersonName, likeness, parse
from pipeline.positions.titles import SEATS

_ORDINAL = re.compile(r"\b0*(\d+)(?:st|nd|rd|th)?\b")


class Spelling(NamedTuple):
    """A person as a row names it, as typed."""

    name: str
    seat: str = ""
    district: str = ""


class Office(NamedTuple):
    """Seat and district in comparable words; empty where nothing is said."""

    seat: frozenset[str]
    district: frozenset[str]


@dataclass(frozen=True)
class Found:
    """Who each spelling is.

    Attributes:
        keys: spelling → the person's key; "" where several may be meant.
        several: spellings of which nobody knows which of several is meant → those people's keys.
        perhaps: spellings counted as a person of their own that may be one already known → keys.
    """

    keys: dict[Spelling, str] = field(default_factory=dict)
    several: dict[Spelling, tuple[str, ...]] = field(default_factory=dict)
    perhaps: dict[Spelling, tuple[str, ...]] = field(default_factory=dict)


@dataclass
class _Person:
    key: str
    names: list[PersonName] = field(default_factory=list)
    offices: list[Office] = field(default_factory=list)
    seen: list[tuple[Office, dt.date, dt.date]] = field(default_factory=list)


Span = tuple[dt.date, dt.date]
"""The first and the last day of which a spelling's rows speak."""


def identify(
    spellings: Iterable[tuple[Spelling, Span]], known: Iterable[tuple[str, Spelling]]
) -> Found:
    """Who is who.

    A spelling is a known person's where it is the same to the letter, seat and district too; or
    where the last name is the same, the first name is compatible, and neither seat nor district
    say otherwise. Somebody who has changed the seat is known by the full name, if nobody else
    bears it and the old seat's rows don't reach into the new one's.

    Args:
        spellings: those of the tab, with the days for which they stand.
        known: key and spelling of everybody seen before, in the order of the days.
    """
    book = Book(known)
    given = dict(spellings)
    found = Found()
    for spelling, span in given.items():
        if key := book.exact.get(_folded(spelling), ""):
            found.keys[spelling] = key
            book.learn(key, spelling, span)
    rest = [spelling for spelling in given if spelling not in found.keys]
    for spelling in sorted(rest, key=lambda s: (*_vagueness(s), given[s], _folded(s))):
        found.keys[spelling] = book.settle(spelling, given[spelling], found)
    return found


class Book:
    """The people known so far.

    Args:
        known: key and spelling of everybody seen before.
    """

    def __init__(self, known: Iterable[tuple[str, Spelling]] = ()) -> None:
        self.exact: dict[Spelling, str] = {}
        self._people: dict[str, _Person] = {}
        self._by_last: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for key, spelling in known:
            self.learn(key, spelling)

    def meant(self, spelling: Spelling) -> tuple[str, ...]:
        """The keys of those who may be meant, sorted: one surely; several; or nobody known."""
        if key := self.exact.get(_folded(spelling)):
            return (key,)
        return self._meant(self._alike(parse(spelling.name)), office_of(spelling))

    def learn(self, key: str, spelling: Spelling, span: Span | None = None) -> None:
        """The spelling is that person's."""
        if span is None and self.exact.get(_folded(spelling)) == key:
            return
        person = self._people.setdefault(key, _Person(key))
        name, office = parse(spelling.name), office_of(spelling)
        self.exact.setdefault(_folded(spelling), key)
        if name not in person.names:
            person.names.append(name)
            for reading in name.readings:
                self._by_last[reading.last].setdefault(key)
        if office not in person.offices:
            person.offices.append(office)
        if span:
            person.seen.append((office, *span))

    def settle(self, spelling: Spelling, span: Span, found: Found) -> str:
        """Whose it is: somebody known, somebody new, or "" where several may be meant."""
        name, office = parse(spelling.name), office_of(spelling)
        # Of two spellings that fold alike, the first has been learnt by now.
        before = self.exact.get(_folded(spelling))
        alike = [] if before else self._alike(name)
        meant = (before,) if before else self._meant(alike, office)
        if len(meant) > 1:
            found.several[spelling] = meant
            return ""
        key = meant[0] if meant else self._moved(alike, office, span)
        if not key:
            key = self._new_key(spelling)
            if perhaps := sorted(p.key for p, how in alike if _may_be(p, how, office)):
                found.perhaps[spelling] = tuple(perhaps)
        self.learn(key, spelling, span)
        return key

    def _meant(self, alike: Sequence[tuple[_Person, int]], office: Office) -> tuple[str, ...]:
        """Those of them whose office fits: of one district where it is said, or by first name."""
        fits = [pair for pair in alike if any(_agree(office, o) for o in pair[0].offices)]
        here = [pair for pair in fits if any(_shared(office, o) for o in pair[0].offices)]
        chosen = here or fits
        strong = [pair for pair in chosen if pair[1] >= STRONG]
        return tuple(sorted(person.key for person, _ in strong or chosen))

    def _alike(self, name: PersonName) -> list[tuple[_Person, int]]:
        """People none of whose spellings contradicts the name, and how near the nearest comes."""
        keys = dict.fromkeys(k for r in name.readings for k in self._by_last.get(r.last, ()))
        found = []
        for person in (self._people[key] for key in keys):
            degrees = [likeness(name, other) for other in person.names]
            if NONE not in degrees:
                found.append((person, max(degrees)))
        return found

    def _moved(self, alike: Sequence[tuple[_Person, int]], office: Office, span: Span) -> str:
        """Who has changed the seat: the only one of that full name, no longer in the old one."""
        if len(alike) != 1 or alike[0][1] != EQUAL:
            return ""
        person = alike[0][0]
        elsewhere = [(s, e) for other, s, e in person.seen if not _agree(other, office)]
        free = all(end < span[0] or span[1] < start for start, end in elsewhere)
        return person.key if free else ""

    def _new_key(self, spelling: Spelling) -> str:
        plain = "|".join(_folded(spelling))
        key, number = plain, 1
        while key in self._people:
            number += 1
            key = f"{plain}|{number}"
        return key


def _may_be(person: _Person, how: int, office: Office) -> bool:
    """May somebody counted apart be that person, since no two districts tell them apart?"""
    apart = any(office.district and o.district and office.district != o.district
                for o in person.offices)  # fmt: skip
    return how >= STRONG and not apart


def _agree(one: Office, other: Office) -> bool:
    """Does neither seat nor district say that they differ? Part of a name is no difference."""
    return all(not a or not b or a <= b or b <= a for a, b in zip(one, other, strict=True))


def _shared(one: Office, other: Office) -> bool:
    """Is the district said in both, and the same?"""
    return bool(one.district) and one.district == other.district and _agree(one, other)


def _vagueness(spelling: Spelling) -> tuple[bool, int]:
    """The clearest first, so that a vague one meets everybody whom it may mean."""
    return not parse(spelling.name).full, (not spelling.seat.strip()) + (
        not spelling.district.strip()
    )


@lru_cache(maxsize=32_768)
def _folded(spelling: Spelling) -> Spelling:
    return Spelling(*(fold(part) for part in spelling))


@lru_cache(maxsize=32_768)
def office_of(spelling: Spelling) -> Office:
    """Seat and district in comparable words; a title tells the seat where its cell is blank."""
    words = fold(spelling.seat).split()
    said = {SEATS.get(word, word) for word in words} - {""}
    seat = said or {parse(spelling.name).chamber} - {""}
    district = fold(spelling.district).replace("at large", "0")
    plain = _ORDINAL.sub(r"\1", district).split()
    return Office(frozenset(seat), frozenset(plain) - {"district", "the"})
