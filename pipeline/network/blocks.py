"""Where others reach each other through one organisation alone: the tree of blocks.

A block is a part in which no single organisation is needed: a biconnected component. Blocks and
the organisations that join them (articulation points) form a tree, so that the question how many
hang on whom needs one walk, not a search per organisation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.network.graph import Network

Place = int | str
"""A place in the tree: the number of a block, or the key of an organisation between blocks."""


@dataclass(frozen=True)
class Reliance:
    """Who alone connects two sides, and how many stand on each.

    Attributes:
        connector: its key.
        one, other: organisations on the first side and on the second.
    """

    connector: str
    one: int
    other: int

    @property
    def pairs(self) -> int:
        """So many pairs reach each other through it alone."""
        return self.one * self.other


@dataclass(frozen=True)
class Blocks:
    """The tree, rooted somewhere in each part.

    Attributes:
        members: per block its organisations, connectors too.
        ends: blocks that one connector alone joins to the rest.
        above: place → the place above it; a root has none.
        below: place → organisations in its subtree, its own included.
        depth: place → steps from the root.
        whole: place → organisations in its part.
    """

    members: tuple[frozenset[str], ...]
    ends: tuple[int, ...]
    above: Mapping[Place, Place]
    below: Mapping[Place, int]
    depth: Mapping[Place, int]
    whole: Mapping[Place, int]

    def reliances(self, one: int, other: int) -> tuple[Reliance, ...]:
        """The connectors between two blocks of one part, from the first block to the second."""
        path = self._path(one, other)
        return tuple(
            Reliance(str(path[at]), self._behind(path[at], path[at - 1]),
                     self._behind(path[at], path[at + 1]))
            for at in range(1, len(path) - 1, 2)
        )  # fmt: skip

    def together(self, one: int, other: int) -> bool:
        """Do two blocks belong to one part?"""
        return self._top(one) == self._top(other)

    def _top(self, place: Place) -> Place:
        while place in self.above:
            place = self.above[place]
        return place

    def _path(self, one: Place, other: Place) -> list[Place]:
        left, right = [one], [other]
        while left[-1] != right[-1]:
            lower = left if self.depth[left[-1]] >= self.depth[right[-1]] else right
            lower.append(self.above[lower[-1]])
        return left + right[-2::-1]

    def _behind(self, connector: Place, block: Place) -> int:
        """How many stand on the connector's side where that block is."""
        if self.above.get(connector) == block:
            return self.whole[connector] - self.below[connector]
        return self.below[block]


def blocks_of(network: Network) -> Blocks:
    """The tree of a network's blocks; whoever has no tie is in none."""
    import networkx as nx

    found = sorted(map(frozenset, nx.biconnected_components(network.graph)), key=sorted)
    near: dict[Place, list[Place]] = {number: [] for number in range(len(found))}
    joints = set(network.connectors)
    for number, block in enumerate(found):
        for joint in sorted(block & joints):
            near[number].append(joint)
            near.setdefault(joint, []).append(number)
    weight: dict[Place, int] = {number: len(block - joints) for number, block in enumerate(found)}
    walked = _Walk(near, weight)
    ends = tuple(number for number in range(len(found)) if len(near[number]) == 1)
    return Blocks(
        tuple(found), ends, walked.above, walked.below, walked.depth, walked.whole
    )  # fmt: skip


class _Walk:
    """One walk through the tree of every part, without recursion: a chain may be long."""

    def __init__(self, near: Mapping[Place, list[Place]], weight: Mapping[Place, int]) -> None:
        self.above: dict[Place, Place] = {}
        self.depth: dict[Place, int] = {}
        self.below: dict[Place, int] = {}
        self.whole: dict[Place, int] = {}
        for root in near:
            if root not in self.depth:
                self._sum(list(self._down(root, near)), weight)

    def _down(self, root: Place, near: Mapping[Place, list[Place]]) -> Iterator[Place]:
        self.depth[root] = 0
        waiting = [root]
        while waiting:
            place = waiting.pop()
            yield place
            for other in near[place]:
                if other not in self.depth:
                    self.above[other], self.depth[other] = place, self.depth[place] + 1
                    waiting.append(other)

    def _sum(self, order: list[Place], weight: Mapping[Place, int]) -> None:
        for place in order:
            self.below[place] = weight.get(place, 1)
        for place in reversed(order[1:]):
            self.below[self.above[place]] += self.below[place]
        self.whole.update(dict.fromkeys(order, self.below[order[0]]))
