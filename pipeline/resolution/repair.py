"""Slips in the long words that everybody uses: `Assocation`, `Aktiengeselschaft`.

Other words of the tables are not put right: `Sorbian` is no misspelt `Serbian`, and `Clarity Trust`
no `Charity Trust`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from pipeline.resolution.vocabulary import BRANCH, FORM, GENERIC, TELLING, words

_LONG = 9
"""Letters of the shortest word that is looked at."""

_GENERIC = 10
"""Letters of the shortest generic word of the tables in which a slip is looked for."""


def repaired(word: str) -> tuple[str, int] | None:
    """What a word means that is one slip away from exactly one long generic word."""
    if len(word) < _GENERIC - 1 or not word.isalpha():
        return None
    table = _by_slip()
    near = {known for form in shorter(word) if form in table for known in table[form]}
    meant = {words()[known] for known in near if OSA.distance(word, known) == 1}
    return meant.pop() if len(meant) == 1 else None


@cache
def _by_slip() -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word, (_, kind) in words().items():
        if len(word) >= _GENERIC and kind in (GENERIC, BRANCH):
            for form in shorter(word):
                found.setdefault(form, []).append(word)
    return found


def misspelt_forms(
    spelt: Sequence[str], kinds: Sequence[int]
) -> Iterator[tuple[int, tuple[str, int]]]:
    """Positions of words that are at most two slips away from a legal form, and what they mean."""
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


def shorter(word: str) -> Iterator[str]:
    """The word, and the word without each of its letters: two words one slip apart share one."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
