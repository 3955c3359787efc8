"""The introductions that would do most, each with its reason in words.

What one does is counted in pairs of organisations. Bringing two parts of the network together lets
everybody in one reach everybody in the other: as many pairs as the product of their sizes, and an
organisation without a tie is a part of one. Bringing together two who reach each other through one
organisation alone makes pairs rely less on it; such a pair counts for a tenth, as it is not cut
off today.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from config.text import fold
from pipeline.hashing import digest
from pipeline.metrics.model import Context
from pipeline.network.blocks import Blocks, Reliance, blocks_of
from pipeline.network.fitting import Circumstances, Pair, Side, circumstances, pair_of
from pipeline.network.sources import UNKNOWN, unread
from pipeline.network.wording import Bridge, helper, question, reason

MOST = 10
WANTED = 3
"""So many of them may be with an organisation that is only wanted."""
TENTH = 0.1
"""What a pair counts for that relies on one organisation, beside one that is cut off."""
_BRANCHES = 24
"""So many ends of the network are tried with each other, the largest first."""
_ALIKE = 6
"""And so many of those that share something."""
_SECOND = 3
"""Parts from this size on get a second introduction, so that they don't hang on one."""


@dataclass(frozen=True)
class Introduction:
    """Two organisations to bring together.

    Attributes:
        key: lasting; the same for the same two.
        first, second: their names, in order of the name.
        first_id, second_id: their ids; of those that have none, "".
        kind: reach somebody without a tie, join two parts, or rely less on one organisation.
        why: the reason, one sentence. It doesn't say which of the two has no tie.
        who: who could do it, in words.
        question: all of it as a question to a coordinator, with the plain reason: for the digest
            and `weaver network` alone.
    """

    key: str
    first: str
    second: str
    first_id: str
    second_id: str
    kind: Literal["reach", "join", "rely less"]
    why: str
    who: str
    question: str


@dataclass(frozen=True, order=True)
class _Idea:
    """A pair that may be proposed; the best is the smallest.

    Attributes:
        rank: what it does, then how natural it is; the smallest first.
        pair: the two.
        ends: what is done with once it is proposed: numbers of parts or of blocks.
        second: it isn't the first for these two parts.
    """

    rank: tuple[float, tuple[bool, int, int, int, str]]
    pair: Pair
    ends: tuple[int, int]
    second: bool
    joins: bool


def introductions(context: Context, most: int = MOST) -> tuple[Introduction, ...]:
    """At most that many, those that would do most first.

    Nobody is proposed more than twice, and never two who know each other, were introduced in the
    last 90 days, or are named together under "do not introduce". Where that can't be known
    (`sources.unread`) there are none. The order of rows plays no part.
    """
    if unread(context):
        return ()
    given = circumstances(context)
    if len(given.network.nodes) < 2:
        return ()
    made = _Making(given, blocks_of(given.network))
    return tuple(made.introduction(idea) for idea in made.chosen(most))


class _Making:
    """Ideas in order; one that can't be used any more is thought of anew."""

    def __init__(self, given: Circumstances, blocks: Blocks) -> None:
        self.given, self.blocks = given, blocks
        self.parts = given.network.parts
        self.largest = len(self.parts[0])
        self._of_part = {key: n for n, part in enumerate(self.parts) for key in part}
        self._targets = self._largest_parts()
        self._done: set[tuple[bool, int, bool]] = set()

    def chosen(self, most: int) -> Iterator[_Idea]:
        """The best ideas first, each still usable when it comes."""
        waiting = [*self._joins(), *self._shortcuts()]
        heapq.heapify(waiting)
        wanted, found = 0, 0
        while waiting and found < most:
            idea = heapq.heappop(waiting)
            outside = bool(set(idea.pair) & self.given.network.wanted)
            if self._is_done(idea) or (outside and wanted >= WANTED):
                continue
            if not self.given.allowed(*idea.pair):
                waiting += [again for again in [self._again(idea)] if again]
                heapq.heapify(waiting)
                continue
            self._take(idea)
            wanted, found = wanted + outside, found + 1
            yield idea
            if again := self._second(idea):
                heapq.heappush(waiting, again)

    def _is_done(self, idea: _Idea) -> bool:
        ends = idea.ends[:1] if idea.joins else idea.ends
        return any((idea.joins, end, idea.second) in self._done for end in ends)

    def _take(self, idea: _Idea) -> None:
        self.given.used.update(idea.pair)
        both = not idea.joins or self.largest == 1
        for end in idea.ends if both else idea.ends[:1]:
            self._done.add((idea.joins, end, idea.second))

    def _again(self, idea: _Idea) -> _Idea | None:
        if idea.joins:
            return self._join(idea.ends[0], idea.second)
        return self._shortcut(*idea.ends)

    def _second(self, idea: _Idea) -> _Idea | None:
        """Another introduction of two large parts, by others."""
        if not idea.joins or idea.second:
            return None
        if min(len(self.parts[end]) for end in idea.ends) < _SECOND:
            return None
        return self._join(idea.ends[0], True)

    def _largest_parts(self) -> tuple[tuple[int, Side], ...]:
        """(number, whom to choose from), the first few; where nobody has a tie, everybody."""
        if self.largest == 1:
            return ((-1, Side(self.given.network.nodes, self.given)),)
        numbers = [n for n, part in enumerate(self.parts) if len(part) == self.largest]
        return tuple((n, Side(self.parts[n], self.given)) for n in numbers[:_SECOND])

    def _joins(self) -> Iterator[_Idea]:
        """Each part with one of the largest before it: no other gives as many pairs."""
        for number in range(1 if self.largest > 1 else 0, len(self.parts)):
            if idea := self._join(number, False):
                yield idea

    def _join(self, number: int, second: bool) -> _Idea | None:
        these = Side(self.parts[number], self.given)
        mine = sorted({key for n in self._things(number) for key in these.near(n)})
        fresh = [key for key in mine if not (second and self.given.used[key])]
        pairs = [
            pair
            for target, side in self._targets
            if target < number and (pair := self.given.best(fresh, side))
        ]
        if not pairs:
            return None
        pair = min(pairs, key=lambda each: self.given.rank(*each))
        ends = [self._of_part[key] for key in pair]
        other = ends[0] if ends[1] == number else ends[1]
        pairs_joined = len(self.parts[number]) * len(self.parts[other])
        gain = pairs_joined * (TENTH if second else 1)
        rank = (-float(gain), self.given.rank(*pair))
        return _Idea(rank, pair, (number, other), second, True)

    def _things(self, number: int) -> Iterable[frozenset[tuple[str, str]]]:
        return {self.given.things[key] for key in self.parts[number]}

    def _shortcuts(self) -> Iterator[_Idea]:
        """Between ends of the network: whoever stands there goes the longest way."""
        for one, other in sorted(self._ends()):
            if idea := self._shortcut(one, other):
                yield idea

    def _ends(self) -> set[tuple[int, int]]:
        weight = {end: (-len(self.blocks.members[end]), end) for end in self.blocks.ends}
        order = sorted(weight, key=weight.__getitem__)
        pairs = set(combinations(sorted(order[:_BRANCHES]), 2))
        alike: dict[tuple[str, str], list[int]] = {}
        for end in order:
            for thing in {t for key in self._tips(end) for t in self.given.things[key]}:
                alike.setdefault(thing, []).append(end)
        for ends in alike.values():
            pairs |= set(combinations(sorted(ends[:_ALIKE]), 2))
        return {pair for pair in pairs if self.blocks.together(*pair)}

    def _tips(self, end: int) -> list[str]:
        """Those in a block on whom nobody else hangs."""
        return sorted(self.blocks.members[end] - set(self.given.network.connectors))

    def _shortcut(self, one: int, other: int) -> _Idea | None:
        """Between the tips of two blocks, else between any two of them."""
        pair = self.given.best(self._tips(one), Side(self._tips(other), self.given))
        if pair is None:
            everybody = [sorted(self.blocks.members[end]) for end in (one, other)]
            pair = self.given.best(everybody[0], Side(everybody[1], self.given))
        if pair is None or not (relied := self._relied(pair, (one, other))):
            return None
        gain = TENTH * sum(reliance.pairs for reliance in relied)
        return _Idea((-gain, self.given.rank(*pair)), pair, (one, other), False, False)

    def _relied(self, pair: Pair, ends: tuple[int, int]) -> list[Reliance]:
        """On whom the two rely; a connector doesn't rely on itself."""
        return [r for r in self.blocks.reliances(*ends) if r.connector not in pair]

    def introduction(self, idea: _Idea) -> Introduction:
        """The idea in words."""
        names = self.given.network.names
        one, other = sorted(idea.pair, key=lambda key: (fold(names[key]), names[key], key))
        bridge = self._bridge(idea, one, other)
        alone = idea.joins and min(bridge.sizes) == 1
        who = helper(self.given, pair_of(one, other), plain=not alone)
        told = helper(self.given, pair_of(one, other), plain=True)
        plain = reason(self.given, bridge, plain=True)
        return Introduction(
            digest(["introduction", *pair_of(one, other)]),
            names[one], names[other], _id(one), _id(other),
            "reach" if alone else "join" if idea.joins else "rely less",
            reason(self.given, bridge, plain=False), who,
            question(names[one], names[other], plain, told),
        )  # fmt: skip

    def _bridge(self, idea: _Idea, one: str, other: str) -> Bridge:
        if idea.joins:
            sizes = tuple(len(self.parts[self._of_part[key]]) for key in (one, other))
            return Bridge(one, other, (sizes[0], sizes[1]), "", idea.second)
        most = max(self._relied(idea.pair, idea.ends), key=lambda r: (r.pairs, r.connector))
        first = one in self.blocks.members[idea.ends[0]]
        sizes = (most.one, most.other) if first else (most.other, most.one)
        return Bridge(one, other, (sizes[0], sizes[1]), most.connector, False)


def _id(key: str) -> str:
    return "" if key.startswith(UNKNOWN) else key
