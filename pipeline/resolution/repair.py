"""Slips in the words of the shipped tables: `assocation` is `association`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from pipeline.resolution.vocabulary import FORM, SMALL, TELLING, words

_SHORTEST = 7
"""Letters: a shorter word of the table is often another word's neighbour."""

_LONG = 9
"""Letters of the shortest legal form in which a slip is looked for."""


def repaired(word: str) -> tuple[str, int] | None:
    """What a word means that is one slip away from exactly one long word of the tables."""
    if len(word) < _SHORTEST - 1 or not word.isalpha():
        return None
    near = _near(word)
    meant = {words()[known] for known in near if OSA.distance(word, known) == 1}
    return meant.pop() if len(meant) == 1 else None


def misspelt_forms(
    spelt: Sequence[str], kinds: Sequence[int]
) -> Iterator[tuple[int, tuple[str, int]]]:
    """Positions of long words that are two slips away from a legal form, and what they mean.

    The few long legal forms are so common that people misspell them in every way.
    """
    forms = [w for w, (_, kind) in words().items() if kind == FORM and len(w) > _LONG]
    asked = [
        at for at, (word, kind) in enumerate(zip(spelt, kinds, strict=True))
        if kind == TELLING and len(word) >= _LONG and word.isalpha()
    ]  # fmt: skip
    far = process.cdist(
        [spelt[at] for at in asked], forms, scorer=OSA.distance, score_cutoff=2, workers=-1,
        dtype=np.uint8,
    )  # fmt: skip
    for row in np.flatnonzero((far <= 2).any(axis=1)).tolist():
        yield asked[row], words()[forms[int(far[row].argmin())]]


def _near(word: str) -> set[str]:
    """Words of the tables that may be one slip away. Most words have none: be quick about it."""
    table = _by_slip()
    near = set(table.get(word, ()))
    for at in range(len(word)):
        form = word[:at] + word[at + 1 :]
        if form in table:
            near.update(table[form])
    return near


def shorter(word: str) -> Iterator[str]:
    """The word, and the word without each of its letters: two words one slip apart share one."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


@cache
def _by_slip() -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word, (_, kind) in words().items():
        if len(word) >= (_LONG if kind == FORM else _SHORTEST) and kind != SMALL:
            for form in shorter(word):
                found.setdefault(form, []).append(word)
    return found
