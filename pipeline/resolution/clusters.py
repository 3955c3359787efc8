"""Pairs that are the same, gathered into groups."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def components(count: int, one: Ints, other: Ints) -> Ints:
    """For each of `count` members the smallest member that is joined to it, itself where none is.

    `one` and `other` are the two ends of each join. Grows with the joins, not with the longest
    chain: in each round every group takes the smallest name that one of its neighbours has, and
    names of names are followed to their end.
    """
    names = np.arange(count, dtype=np.int64)
    while one.size:
        low, high = np.minimum(one, other), np.maximum(one, other)
        np.minimum.at(names, high, low)
        while not np.array_equal(further := names[names], names):
            names = further
        one, other = names[one], names[other]
        apart = one != other
        one, other = one[apart], other[apart]
    return names
