"""Joining in order, the strongest evidence first: what doesn't fit together is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from pipeline.resolution.reading import Ints

PLAUSIBLE = 120
"""Different names of one organisation; where there would be more, the next join is asked."""


def components(count: int, one: Ints, other: Ints) -> Ints:
    """Per position, the smallest position that it is joined with, directly or through others."""
    label = np.arange(count)
    while len(one):
        a, b = label[one], label[other]
        apart = a != b
        one, other, a, b = one[apart], other[apart], a[apart], b[apart]
        np.minimum.at(label, np.maximum(a, b), np.minimum(a, b))
        label = _flat(label)
    return label


def _flat(label: Ints) -> Ints:
    """Labels that point at a smallest position, not at another label."""
    while True:
        shorter = label[label]
        if np.array_equal(shorter, label):
            return label
        label = shorter


@dataclass
class Clusters:
    """Clusters that grow join by join. Attributes: parent: record → one it was joined with."""

    parent: dict[int, int] = field(default_factory=dict)

    def find(self, at: int) -> int:
        """The smallest member of a record's cluster."""
        root = at
        while (above := self.parent.get(root, root)) != root:
            root = above
        self.parent[at] = root
        return root

    def join(self, one: int, other: int) -> tuple[int, int]:
        """Join two clusters, by their smallest members; the one that stays, and the one gone."""
        keep, gone = sorted((one, other))
        self.parent[gone] = keep
        return keep, gone


@dataclass
class Traits:
    """What the members of a growing cluster have: websites, domains, countries and names."""

    websites: set[int]
    domains: set[int]
    countries: set[int]
    names: set[int]

    def fits(self, other: Traits, bridged: bool) -> bool:
        """Whether both may be one: no other website, no other country, not too many names.

        Args:
            other: the other cluster's.
            bridged: whether the same identifier speaks for it all the same.
        """
        if (
            len(self.names) + len(other.names) > PLAUSIBLE
            and len(self.names | other.names) > PLAUSIBLE
        ):
            return False
        if bridged:
            return True
        if self.websites and other.websites and self.websites.isdisjoint(other.websites):
            return False
        met = not self.domains.isdisjoint(other.domains)
        elsewhere = (
            self.countries and other.countries and self.countries.isdisjoint(other.countries)
        )
        return met or not elsewhere

    def take(self, other: Traits) -> None:
        """Have the other's too."""
        self.websites |= other.websites
        self.domains |= other.domains
        self.countries |= other.countries
        self.names |= other.names


def refused(pairs: Iterable[tuple[int, int, bool]], traits: Mapping[int, Traits]) -> list[int]:
    """Which joins, made in this order, would bring together what doesn't fit.

    Args:
        pairs: (record, record, whether bridged).
        traits: per record; used up.
    """
    clusters, found = Clusters(), []
    for at, (one, other, bridged) in enumerate(pairs):
        a, b = clusters.find(one), clusters.find(other)
        if a == b:
            continue
        if not traits[a].fits(traits[b], bridged):
            found.append(at)
            continue
        keep, gone = clusters.join(a, b)
        traits[keep].take(traits[gone])
    return found
