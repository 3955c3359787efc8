"""Whether two names are the same one written in two ways, word by word."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA

from pipeline.resolution.names import Names
from pipeline.resolution.vocabulary import NUMBER, PLACE

_SLIP, _TWO_SLIPS = 3, 8
"""Letters of a word in which one slip, and two slips, leave it recognisable."""
_MARK = {PLACE: "@", NUMBER: "#"}
"""Before a word of which two different ones are never the same."""
_STUB = 3
"""Letters of the shortest abbreviation."""


def aligned(names: Names, one: int, other: int) -> bool:
    """Whether each word that only one of the names has is a word of the other, misspelt or cut.

    A word that is left over says something more: a place, a branch, another purpose.
    """
    left, right = _odd(names, one, other)
    if len(left) != len(right):
        # written apart or together: `good will` and `goodwill`
        return bool(left and right) and OSA.distance("".join(left), "".join(right)) <= 1
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
    return [
        _MARK[int(names.kinds[i])] + names.spelt[i]
        if int(names.kinds[i]) in _MARK
        else names.spelt[i]
        for i in ids
        if names.words[i] not in shared
    ]


@lru_cache(maxsize=200_000)
def alike(one: str, other: str) -> bool:
    """Whether one word is the other with a slip, or cut short: `assn`, `cncl`, `neth`."""
    if (one[0] in "#@" and one[0] == other[0]) or "#" in (one[0], other[0]):
        return False
    short, long = sorted((one.lstrip("@"), other.lstrip("@")), key=len)
    if short[:1] != long[:1] and len(short) < _TWO_SLIPS:
        return False
    if len(short) >= _SLIP and OSA.distance(short, long, score_cutoff=2) <= 1 + (
        len(short) >= _TWO_SLIPS
    ):
        return True
    if len(short) < _STUB or short[:1] != long[:1] or len(long) < len(short) + 2:
        return False
    letters = iter(long)
    return long.startswith(short) or (
        len(long) >= 2 * _STUB and all(letter in letters for letter in short)
    )
