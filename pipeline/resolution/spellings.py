"""The ways in which one name can be written: acronyms in brackets, two languages, an address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.resolution.vocabulary import PLACE, SMALL, fold_words, words

LONGEST = 400
"""Characters of a name that are compared; no organisation is called more."""

_BRACKETS = re.compile(r"[(\[（【]([^()\[\]（）【】]*)[)\]）】]")
_DASHES = re.compile(r"\s[-–—|:]\s|[:|]\s")
_SLASH = re.compile(r"\s*[/|／]\s*")
_CODE = re.compile(r"[(\[]([A-Z]{2})[)\]]")
_GLUED = re.compile(r"(?<=[^\W\d_A-Z])(AG|GmbH|NV|BV|AB|SA|eV)\b")
"""A legal form written onto the name: `SiemensAG`."""
_UNUSUAL = re.compile(r"[^\W\d_A-Z](?:AG|GmbH|NV|BV|AB|SA|eV)\b|[(\[（【/|／]|\s[-–—:]\s|:\s")


@dataclass(frozen=True)
class Spellings:
    """Every spelling under which names are compared.

    Attributes:
        texts: the spellings; the first ones are the names themselves, in their order.
        owner: per spelling, the position of the name that it belongs to.
        heads: (position of the name, what stands before its dash): `Sweden` in `Sweden - Sida`.
    """

    texts: list[str]
    owner: list[int]
    heads: list[tuple[int, str]]


def spellings(names: Sequence[str]) -> Spellings:
    """The names without the acronym beside them; that acronym; both halves of a bilingual one."""
    found = Spellings([name[:LONGEST] for name in names], list(range(len(names))), [])
    for at, name in enumerate(found.texts[: len(names)]):
        if _UNUSUAL.search(name):
            found.texts[at], further = _taken_apart(name)
            found.texts.extend(further)
            found.owner.extend([at] * len(further))
            if head := _head(found.texts[at]):
                found.heads.append((at, head))
    return found


def _taken_apart(name: str) -> tuple[str, list[str]]:
    """The full name, and what else it says that it is called."""
    bare, acronym = _aside(_GLUED.sub(r" \1", name))
    bare = _CODE.sub(_country, bare)
    return bare, [*([acronym] if acronym else []), *_halves(bare)]


def _country(code: re.Match[str]) -> str:
    return f" {country_codes().get('@' + code[1].lower(), code[1])} "


@cache
def country_codes() -> Mapping[str, str]:
    """The canonical form of each country → a word that means it."""
    return {name: word for word, (name, kind) in words().items() if kind == PLACE}


def _head(name: str) -> str:
    """What stands before the first dash; "" where there is none."""
    parts = _DASHES.split(name, maxsplit=1)
    return parts[0].strip() if len(parts) == 2 else ""


def _aside(name: str) -> tuple[str, str]:
    """The full name and the acronym beside it; the name as it is where there is none."""
    for long, short in _pairs(name):
        folded = "".join(fold_words(short))
        if _abbreviates(folded, short, fold_words(long)):
            return long.strip(), folded
    return name, ""


def _pairs(name: str) -> Iterator[tuple[str, str]]:
    """The parts of a name that may be a full name and its acronym, both ways round."""
    if found := _BRACKETS.search(name):
        outside = f"{name[: found.start()]} {name[found.end() :]}"
        yield outside, found[1]
        yield found[1], outside
    parts = _DASHES.split(name)
    if len(parts) == 2:
        yield parts[0], parts[1]
        yield parts[1], parts[0]


def _abbreviates(acronym: str, written: str, full: Sequence[str]) -> bool:
    """Whether capitals stand for the name beside them: its initials, or letters of it in order."""
    if not 2 <= len(acronym) <= 10 or len(full) < 2 or " " in written.strip():
        return False
    if acronym in initials(full):
        return True
    capitals = sum(letter.isupper() for letter in written)
    telling = [word for word in full if words().get(word, ("", 0))[1] != SMALL]
    letters = iter("".join(full))
    return (
        capitals >= max(2, len(acronym) - 2)
        and bool(telling)
        and acronym[0] in {telling[0][0], full[0][0]}
        and all(letter in letters for letter in acronym)
    )


def initials(full: Sequence[str]) -> set[str]:
    """Initials of the words, with and without the small ones; at least two letters."""
    telling = [word for word in full if words().get(word, ("", 0))[1] != SMALL]
    found = {"".join(word[0] for word in some) for some in (full, telling)}
    return {acronym for acronym in found if len(acronym) > 1}


def _halves(name: str) -> list[str]:
    """Both names of a bilingual one; none where a half is too short to name anything."""
    parts = _SLASH.split(name)
    if len(parts) != 2:
        return []
    return parts if all(len("".join(fold_words(part))) > 5 for part in parts) else []
