"""Whether two names are the same one written in two ways, word by word."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA

from pipeline.resolution.names import OWN, Names
from pipeline.resolution.vocabulary import BRANCH, GENERIC, NUMBER, PLACE

_SLIP, _TWO_SLIPS = 3, 8
"""Letters of a word in which one slip, and two slips, leave it recognisable."""
_MARK = {PLACE: "@", NUMBER: "#", GENERIC: "+", BRANCH: "+"}
"""Before a word of the tables; two different ones of them are never the same."""
_STUB = 3
"""Letters of the shortest abbreviation."""


def aligned(names: Names, one: int, other: int) -> bool:
    """Whether each word that only one of the names has is a word of the other, misspelt or cut.

    A word that is left over says something more: a place, a branch, another purpose.
    """
    left, right = _odd(names, one, other)
    if len(left) != len(right):
        # written apart or together: `good will` and `goodwill`
        together = ["".join(word.lstrip("@+*") for word in words) for words in (left, right)]
        return bool(left and right) and OSA.distance(*together) <= 1
    for word in left:
        partner = next((w for w in right if alike(*sorted((word, w)))), None)
        if partner is None:
            return False
        right.remove(partner)
    return True


def _odd(names: Names, one: int, other: int) -> tuple[list[str], list[str]]:
    """The words that only the first name has, and those that only the second has."""
    first = names.ids[names.starts[one] : names.starts[one + 1]].tolist()
    second = names.ids[names.starts[other] : names.starts[other + 1]].tolist()
    shared = {names.words[i] for i in first} & {names.words[i] for i in second}
    return _without(names, first, shared), _without(names, second, shared)


def _without(names: Names, ids: list[int], shared: set[str]) -> list[str]:
    return [_mark(names, i) + names.spelt[i] for i in ids if names.words[i] not in shared]


def _mark(names: Names, word: int) -> str:
    kind = int(names.kinds[word])
    return _MARK.get(kind, "" if names.weights[word] >= OWN else "*")


@lru_cache(maxsize=200_000)
def alike(one: str, other: str) -> bool:
    """Whether one word is the other with a slip, or a generic one cut short: `assn`, `cncl`.

    At most one of the two is a word of the tables.
    """
    marks = {one[0], other[0]} & set("#@+*")
    if "#" in marks or (one[0] in marks and other[0] in marks):
        return False
    short, long = sorted((one.lstrip("@+*"), other.lstrip("@+*")), key=len)
    if short[:1] != long[:1] and len(short) < _TWO_SLIPS:
        return False
    slips = 1 + (len(short) >= _TWO_SLIPS)
    if len(short) >= _SLIP and OSA.distance(short, long, score_cutoff=slips) <= slips:
        return True
    cut = "+" in marks and len(short) >= _STUB and len(long) >= len(short) + 2
    if not cut or f"+{long}" not in (one, other):
        return False
    letters = iter(long)
    return short[0] == long[0] and all(letter in letters for letter in short)
