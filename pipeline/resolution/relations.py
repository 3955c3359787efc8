"""Who belongs to whom, from names: `Oxfam` and `Oxfam India` are related and not the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.resolution.names import Bits, Names
from pipeline.resolution.reading import Flags, Ints
from pipeline.resolution.vocabulary import BRANCH, GENERIC, PLACE

MOST = 40
"""Parts of one whole that are proposed; a word that begins more names is nobody's name."""


@dataclass(frozen=True)
class Parts:
    """Names that say that they are part of another.

    Attributes:
        part: the part's position.
        whole: the whole's.
        branch: whether the words that are more tell a place or a branch.
    """

    part: Ints
    whole: Ints
    branch: Flags

    def only(self, chosen: Flags) -> Parts:
        """Some of them."""
        return Parts(self.part[chosen], self.whole[chosen], self.branch[chosen])


def parts(names: Names, chosen: Ints) -> Parts:
    """Pairs of chosen names of which one begins the other, the longest beginning for each."""
    whole_key = np.concatenate(
        [names.key[chosen], np.where(names.own > 0, names.wide_key, np.uint64(0))[chosen]]
    )
    order = np.argsort(whole_key, kind="stable")
    whole_key, wholes = whole_key[order], np.tile(chosen, 2)[order]
    if not len(chosen):
        return Parts(chosen, chosen, np.zeros(0, dtype=bool))
    row, length, key = _beginnings(names, chosen)
    at = np.minimum(np.searchsorted(whole_key, key), len(whole_key) - 1)
    hit = whole_key[at] == key
    row, length, whole = row[hit], length[hit], wholes[at[hit]]
    branch = _tells(names, np.isin(names.kinds, (PLACE, BRANCH)), row, length)
    more = _tells(names, ~names.loose, row, length)
    heavy = names.own[whole] > 0
    fits = (whole != row) & (names.key[whole] != names.key[row]) & heavy & more
    return _longest(row[fits], whole[fits], length[fits], branch[fits])


def _beginnings(names: Names, chosen: Ints) -> tuple[Ints, Ints, Bits]:
    """Every beginning of the chosen names, without a generic first word too.

    As (name, how many words, key).
    """
    kept = np.zeros(len(names), dtype=bool)
    kept[chosen] = True
    place = np.arange(len(names.ids)) - names.starts[names.rows]
    sizes = np.diff(names.starts)
    here = np.flatnonzero(kept[names.rows] & (place < sizes[names.rows] - 1))
    lead = _leading_generic(names)
    sums = np.cumsum(names.hashes[names.ids])
    before = np.where(names.starts[:-1] > 0, sums[names.starts[:-1] - 1], np.uint64(0))
    row = names.rows[here]
    key = sums[here] - before[row]
    late = np.where(lead[row] != 0, key - lead[row], np.uint64(0))
    return (
        np.concatenate([row, row]),
        np.concatenate([place[here] + 1, place[here] + 1]),
        np.concatenate([key, late]),
    )


def _leading_generic(names: Names) -> Bits:
    """Per name, the bits of its first word where that is generic: `Stichting ActionAid`."""
    if not len(names.ids):
        return np.zeros(len(names), dtype=np.uint64)
    first = names.ids[np.minimum(names.starts[:-1], len(names.ids) - 1)]
    found = (names.kinds[first] == GENERIC) & (np.diff(names.starts) > 1)
    return np.where(found, names.hashes[first], np.uint64(0))


def _tells(names: Names, words: Flags, row: Ints, length: Ints) -> Flags:
    """Whether one of these words stands after the beginning."""
    sums = np.concatenate([[0], np.cumsum(words[names.ids])])
    found: Flags = sums[names.starts[row + 1]] > sums[names.starts[row] + length]
    return found


def with_heads(names: Names, heads: tuple[Ints, Names], chosen: Ints) -> Parts:
    """`parts`, and names that say it with a dash: `Sweden - Agency for Development`."""
    found = parts(names, chosen)
    part, whole = _headed(names, heads, chosen)
    new = ~np.isin(part, found.part)
    return Parts(
        np.concatenate([found.part, part[new]]),
        np.concatenate([found.whole, whole[new]]),
        np.concatenate([found.branch, np.zeros(int(new.sum()), dtype=bool)]),
    )


def _headed(names: Names, heads: tuple[Ints, Names], chosen: Ints) -> tuple[Ints, Ints]:
    """(part, whole): names that say before a dash whose part they are."""
    part, head = heads
    order = chosen[np.argsort(names.key[chosen], kind="stable")]
    if not len(order) or not len(part):
        return part[:0], part[:0]
    at = np.minimum(np.searchsorted(names.key[order], head.key), len(order) - 1)
    hit = (names.key[order[at]] == head.key) & (order[at] != part) & (head.key != 0)
    return part[hit], order[at[hit]]


def _longest(part: Ints, whole: Ints, length: Ints, branch: Flags) -> Parts:
    """One whole per part: the one that shares most words; none that begins too many names."""
    order = np.lexsort((-length, part))
    part, whole, branch = part[order], whole[order], branch[order]
    new = np.ones(len(part), dtype=bool)
    new[1:] = part[1:] != part[:-1]
    part, whole, branch = part[new], whole[new], branch[new]
    counts = np.bincount(whole, minlength=int(whole.max(initial=0)) + 1)
    return Parts(part, whole, branch).only(counts[whole] <= MOST)
