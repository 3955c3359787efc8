"""How people's names are written, and whether two spellings may be one person's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from config.nicknames import FORMAL
from config.text import fold
from pipeline.positions.titles import AFTER, SPELT_OUT, SUFFIXES, TITLES, WITHOUT_MARK

EQUAL, STRONG, WEAK, NONE = 3, 2, 1, 0
"""The same words; the same first name or a short form of it; a middle name, an initial, no first
name, or two short forms of one name; contradiction."""

_ASIDE = re.compile(r"""["“”„«»]([^"“”„«»]+)["“”„«»]|\(([^()]*)\)|(?<!\w)['‘]([^'’‘]+)['’](?!\w)""")
_PARTY = re.compile(r"[A-Z]{1,3}([-–/, ]+[A-Z]{2}([- ]?\d+)?)?")
_APOSTROPHES = re.compile(r"(?<=\w)['’ʼ‘`](?=\w)")


def _alike() -> dict[str, frozenset[str]]:
    """Folded name → the folded first names that it may stand for."""
    found: dict[str, frozenset[str]] = {}
    for name, formal in FORMAL.items():
        key = fold(name)
        found[key] = found.get(key, frozenset()) | {fold(one) for one in formal}
    return found


def _initials(formal: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Folded name → the first letters of all that its bearer may be called."""
    called: dict[str, set[str]] = {}
    for short, names in formal.items():
        for name in names:
            called.setdefault(name, set()).update((name[0], short[0]))
    return {
        short: frozenset(letter for name in names for letter in called[name])
        for short, names in formal.items()
    }


_FORMAL = _alike()
_INITIALS = _initials(_FORMAL)


@dataclass(frozen=True)
class Reading:
    """One way to read a name: first and middle names, and the last name as one word."""

    given: tuple[str, ...]
    last: str


@dataclass(frozen=True)
class PersonName:
    """A name as it may be read.

    Attributes:
        words: what it consists of, folded, first names first; without titles, suffixes and
            nicknames in quotes or brackets.
        readings: where the last name may begin, which nobody can tell of “Ana de la Cruz Soto”.
        suffix: "jr", "sr", "ii", "iii", "iv" or "".
        chamber: "senate" or "house" where a title tells it; else "".
    """

    words: tuple[str, ...]
    readings: tuple[Reading, ...]
    suffix: str
    chamber: str

    @property
    def full(self) -> bool:
        """Does it have a first name that is more than an initial?"""
        return len(self.words) > 1 and any(len(word) > 1 for word in self.words[:-1])


@lru_cache(maxsize=32_768)
def parse(text: str) -> PersonName:
    """Read a name in any of the usual orders: “Ana de Sá”, “de Sá, Ana”, “Sen. Ana de Sá, Jr.”."""
    asides: list[str] = []
    plain = _ASIDE.sub(lambda match: _set_aside(match, asides), text)
    parts = [part.split() for part in plain.split(",")]
    suffix = next(filter(None, [_cut_end(part) for part in parts]), "")
    chambers = [_cut_front(part) for part in parts]
    parts = [part for part in parts if part]
    shouted = text.isupper()
    last = _words(parts[0], shouted) if len(parts) > 1 else ()
    given = tuple(w for part in parts[1 if last else 0 :] for w in _words(part, shouted))
    words = given + last
    nicknames = [fold(aside) for aside in asides]
    readings = dict.fromkeys(
        reading
        for spelt in dict.fromkeys([words, _spelt_out(parts, bool(last), shouted)])
        for reading in _readings(spelt, len(given) if last else 0, nicknames)
    )
    return PersonName(words, tuple(readings), suffix, next(filter(None, chambers), ""))


def likeness(one: PersonName, other: PersonName) -> int:
    """How far two spellings agree: EQUAL, STRONG, WEAK, or NONE where they can't be one person's.

    Neither seat nor district is looked at.
    """
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return NONE
    if one.words == other.words:
        return EQUAL
    found = (
        _given(a.given, b.given)
        for a in one.readings for b in other.readings if a.last == b.last
    )  # fmt: skip
    return max(found, default=NONE)


def _given(one: Sequence[str], other: Sequence[str]) -> int:
    """How far the first and middle names of two agree, their last names being the same."""
    if not one or not other:
        return WEAK
    if tuple(one) == tuple(other) or "".join(one) == "".join(other):
        return EQUAL
    short, long = sorted((one, other), key=len)
    if _first(short[0], long[0]) and _within(short[1:], long[1:]):
        return STRONG if _surely(short[0], long[0]) else WEAK
    for skipped in range(1, len(long)):
        by_middle = min(len(short[0]), len(long[skipped])) > 1 and _same(short[0], long[skipped])
        if by_middle and _within(short[1:], long[skipped + 1 :]):
            return WEAK
    return NONE


def _within(short: Sequence[str], long: Sequence[str]) -> bool:
    """Do all of the middle names stand among the longer list's, in its order?"""
    rest = iter(long if len(long) >= len(short) else short)
    return all(
        any(_same(name, other) for other in rest)
        for name in (short if len(long) >= len(short) else long)
    )


def _first(one: str, other: str) -> bool:
    """Are two first names alike? “B.” may be Bob, whose other spelling is Robert."""
    initial, name = sorted((one, other), key=len)
    return _same(one, other) or (len(initial) == 1 and initial in _INITIALS.get(name, ()))


def _surely(one: str, other: str) -> bool:
    """Is one what the other is called for short? Two short forms may be two people's."""
    if one == other:
        return True
    return len(min(one, other, key=len)) > 1 and (
        other in _FORMAL.get(one, ()) or one in _FORMAL.get(other, ())
    )


def _same(one: str, other: str) -> bool:
    """Are two first names alike: to the letter, as an initial, or as a nickname?"""
    if one == other:
        return True
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return bool(_FORMAL.get(one, frozenset({one})) & _FORMAL.get(other, frozenset({other})))


def _set_aside(match: re.Match[str], asides: list[str]) -> str:
    """Keep a nickname in quotes or brackets; a party in brackets says nothing."""
    inner = next(group for group in match.groups() if group is not None).strip()
    if fold(inner) and not (match.group(2) is not None and _PARTY.fullmatch(inner)):
        asides.append(inner)
    return " "


def _cut_end(part: list[str]) -> str:
    """Take suffixes and what stands behind a name from the part; gives the suffix, or ""."""
    suffix = ""
    while part and (bare := part[-1].replace(".", "").casefold()) in AFTER | SUFFIXES.keys():
        suffix = SUFFIXES.get(bare, suffix)
        part.pop()
    return suffix


def _cut_front(part: list[str]) -> str:
    """Take titles from the part; gives the chamber that they tell, or ""."""
    chamber = ""
    while len(part) > 1 and (bare := fold(part[0].replace(".", ""))) in TITLES:
        chamber = TITLES[bare] or chamber
        part.pop(0)
    return chamber


def _words(part: Sequence[str], shouted: bool, spelt_out: bool = False) -> tuple[str, ...]:
    return tuple(word for text in part for word in _folded(text, shouted, spelt_out))


def _folded(word: str, shouted: bool, spelt_out: bool) -> list[str]:
    """The word folded, in several where it has a hyphen; “JD” and “J.D.” are two initials."""
    if not shouted and re.fullmatch(r"[A-Z]{2}", word):
        return list(word.casefold())
    if spelt_out:
        composed = unicodedata.normalize("NFC", word.casefold())
        word = "".join(SPELT_OUT.get(letter, letter) for letter in composed)
    return fold(_APOSTROPHES.sub("", word).translate(WITHOUT_MARK)).split()


def _spelt_out(parts: Sequence[list[str]], turned: bool, shouted: bool) -> tuple[str, ...]:
    """The words with “ue” for “ü”, as they are written where a keyboard has none."""
    order = [*parts[1:], parts[0]] if turned else parts
    return tuple(word for part in order for word in _words(part, shouted, spelt_out=True))


def _readings(
    words: tuple[str, ...], least: int, nicknames: Sequence[str]
) -> Iterator[Reading]:  # fmt: skip
    """Every way to part first names from the last one; `least` of them are surely first names."""
    for at in range(least, len(words)):
        given, last = words[:at], "".join(words[at:])
        yield Reading(given, last)
        if given:
            for nickname in nicknames:
                yield Reading((nickname, *given[1:]), last)
