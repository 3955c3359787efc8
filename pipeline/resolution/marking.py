"""Ids that follow from what stands in a list, where no store remembers any."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from pipeline.resolution.reading import Ints

Marks = NDArray[np.uint64]
Flags = NDArray[np.bool_]
_SEPARATOR = "\x1f"
_ALPHABET = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz234567", dtype=np.uint8)
_SHORT, _WHOLE = 8, 13
"""Letters of an id, and of a whole mark."""
_CUT = np.uint64(64 - 5 * _SHORT)


def marks(rows: Iterable[tuple[str, ...]]) -> Marks:
    """A hash of each row's cells, case apart; the same on every machine, for good."""
    found = (
        sha256(_SEPARATOR.join(row).casefold().encode("utf-8", "surrogatepass")).digest()[:8]
        for row in rows
    )
    return np.frombuffer(b"".join(found), dtype=">u8").astype(np.uint64)


def smallest(marked: Marks, homes: Ints, counts: Flags) -> Marks:
    """Per row the smallest mark among those of its home's rows that count."""
    least = np.full(len(homes), np.iinfo(np.uint64).max, dtype=np.uint64)
    np.minimum.at(least, homes[counts], marked[counts])
    return least[homes]


def ids(marked: Marks, homes: Ints) -> NDArray[np.object_]:
    """Per row the id of its home: `o-` and eight characters of the smallest mark among its rows.

    Where the marks of several homes begin alike, all but the smallest take five characters more;
    where they are the same throughout, the further ones are numbered. `homes` names each home by
    its first row.
    """
    least = smallest(marked, homes, np.ones(len(homes), dtype=bool))
    all_of_it = np.zeros(len(homes), dtype=np.uint64)
    np.add.at(all_of_it, homes, marked)
    heads = np.flatnonzero(homes == np.arange(len(homes)))
    heads = heads[np.lexsort((all_of_it[heads], least[heads]))]
    least = least[heads]
    named = np.empty(len(homes), dtype=object)
    named[heads] = _in_letters(least, _SHORT)
    same = _repeats(least)
    longer = np.flatnonzero(_repeats(least >> _CUT))
    for at, letters in zip(longer, _in_letters(least[longer], _WHOLE), strict=True):
        named[heads[at]] = letters + (f"-{same[at] + 1}" if same[at] else "")
    return named[homes]


def _repeats(ordered: Marks) -> Ints:
    """How often each was there before."""
    places = np.arange(len(ordered))
    new = np.r_[True, ordered[1:] != ordered[:-1]][: len(ordered)]
    return places - np.maximum.accumulate(np.where(new, places, 0))


def _in_letters(marked: Marks, length: int) -> list[str]:
    """`o-` and the first letters of each mark in base 32."""
    letters = np.empty((len(marked), 2 + length), dtype=np.uint8)
    letters[:, :2] = list(b"o-")
    for place in range(length):
        left = 59 - 5 * place
        bits = marked >> np.uint64(left) if left >= 0 else marked << np.uint64(-left)
        letters[:, 2 + place] = _ALPHABET[bits & np.uint64(31)]
    return np.ascontiguousarray(letters).view(f"S{2 + length}").ravel().astype(str).tolist()
