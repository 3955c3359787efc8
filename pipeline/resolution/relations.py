"""Who belongs to whom, from names: `Oxfam` and `Oxfam India` are related and not the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.resolution.names import OWN, Names
from pipeline.resolution.reading import Flags, Ints, as_flags
from pipeline.resolution.vocabulary import BRANCH, GENERIC, PLACE, TELLING

MOST = 200
"""Parts of one whole that are proposed; a word that begins more names is nobody's name."""

_UNITS = frozenset({"department", "faculty", "school", "institute", "unit", "division"})
_CAMPAIGNS = frozenset({"campaign"})


@dataclass(frozen=True)
class Parts:
    """Names that say that they are part of another.

    Attributes:
        part: the part's position.
        whole: the whole's.
        branch: whether the words that are more tell a place or a branch.
        unit: whether they tell a department.
        campaign: whether they tell a campaign.
    """

    part: Ints
    whole: Ints
    branch: Flags
    unit: Flags
    campaign: Flags

    def only(self, chosen: Flags | Ints) -> Parts:
        """Some of them."""
        flags = (each[chosen] for each in (self.branch, self.unit, self.campaign))
        return Parts(self.part[chosen], self.whole[chosen], *flags)


def parts(names: Names, chosen: Ints) -> Parts:
    """Pairs of chosen names of which one holds the other, the longest that each holds.

    At its beginning, after a generic word or a place, or at its end: `Oxfam India`, `Stichting
    Oxfam Novib`, `Netherlands Red Cross`, `Friends of the Elbe Valley Trust`.
    """
    if not len(chosen):
        return Parts(chosen, chosen, *[np.zeros(0, dtype=bool)] * 3)
    whole_key = np.concatenate(
        [names.key[chosen], np.where(names.own > 0, names.wide_key, np.uint64(0))[chosen]]
    )
    order = np.argsort(whole_key, kind="stable")
    whole_key, wholes = whole_key[order], np.tile(chosen, 2)[order]
    row, begin, end = _spans(names, chosen)
    key = _between(names.hashes[names.ids], begin, end)
    at = np.minimum(np.searchsorted(whole_key, key), len(whole_key) - 1)
    hit = whole_key[at] == key
    row, begin, end, whole = row[hit], begin[hit], end[hit], wholes[at[hit]]
    branch = _outside(names, np.isin(names.kinds, (PLACE, BRANCH)), row, begin, end)
    more = _outside(names, ~names.loose, row, begin, end)
    first = _between((names.kinds == TELLING)[names.ids], names.starts[row], begin) > 0
    heavy = (names.own[whole] > 0) & (~first | (names.weight[whole] >= 2 * OWN))
    fits = (whole != row) & (names.key[whole] != names.key[row]) & heavy & more
    said = [
        _outside(names, np.isin(names.words, list(some)), row, begin, end)
        for some in (_UNITS, _CAMPAIGNS)
    ]
    return _longest(Parts(row, whole, branch, *said).only(fits), (end - begin)[fits])


def _spans(names: Names, chosen: Ints) -> tuple[Ints, Ints, Ints]:
    """Where another name may stand within the chosen ones: (name, first word, behind the last)."""
    kept = np.zeros(len(names), dtype=bool)
    kept[chosen] = True
    here = np.flatnonzero(kept[names.rows])
    row = names.rows[here]
    start, stop = names.starts[row], names.starts[row + 1]
    second = start + np.isin(names.kinds, (GENERIC, PLACE, BRANCH))[names.ids[start]]
    spans = [
        (start, here + 1, here + 1 < stop),
        (second, here + 1, (second > start) & (here >= second)),
        (here, stop, here > start),
    ]
    return (
        np.concatenate([row[fits] for *_, fits in spans]),
        np.concatenate([begin[fits] for begin, _, fits in spans]),
        np.concatenate([end[fits] for _, end, fits in spans]),
    )


def _between(values: NDArray[Any], begin: Ints, end: Ints) -> NDArray[Any]:
    """The sums of one value per entry of `ids` within spans; bits wrap around."""
    counted = values.astype(np.int64) if values.dtype == bool else values
    sums = np.zeros(len(counted) + 1, dtype=counted.dtype)
    np.cumsum(counted, out=sums[1:])
    return sums[end] - sums[begin]


def _outside(names: Names, words: Flags, row: Ints, begin: Ints, end: Ints) -> Flags:
    """Whether one of these words stands in the name, but not within the span."""
    here = words[names.ids]
    all_of_them = _between(here, names.starts[row], names.starts[row + 1])
    return as_flags(all_of_them > _between(here, begin, end))


def with_heads(names: Names, heads: tuple[Ints, Names], chosen: Ints) -> Parts:
    """`parts`, and names that say it with a dash: `Sweden - Agency for Development`."""
    found = parts(names, chosen)
    part, whole = _headed(names, heads, chosen)
    new = ~np.isin(part, found.part)
    nothing = np.zeros(int(new.sum()), dtype=bool)
    return Parts(
        np.concatenate([found.part, part[new]]),
        np.concatenate([found.whole, whole[new]]),
        *(np.concatenate([flags, nothing]) for flags in (found.branch, found.unit, found.campaign)),
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


def _longest(found: Parts, length: Ints) -> Parts:
    """One whole per part: the one that shares most words; none that begins too many names."""
    ordered = found.only(np.lexsort((-length, found.part)))
    new = np.ones(len(length), dtype=bool)
    new[1:] = ordered.part[1:] != ordered.part[:-1]
    chosen = ordered.only(new)
    counts = np.bincount(chosen.whole, minlength=int(chosen.whole.max(initial=0)) + 1)
    return chosen.only(counts[chosen.whole] <= MOST)
