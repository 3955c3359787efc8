"""Joins one after the other, and never two of which it is known that they are not the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

_LOOKED_AT = 100


@dataclass(frozen=True)
class Refused:
    """A join that would have brought a forbidden pair together.

    Attributes:
        one, other: what was to be joined.
        because: what speaks for it.
        pair: those two that must not come together, the first on the side of `one`.
    """

    one: str
    other: str
    because: str
    pair: tuple[str, str]


class Clusters:
    """Keys in groups that only grow, and what keeps two groups apart."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._parent = {key: key for key in keys}
        # root → a foe → those of its group whose foe it is
        self._foes: dict[str, dict[str, list[str]]] = defaultdict(dict)
        self._by_word: dict[str, str] = {}
        self.refused: list[Refused] = []

    def find(self, key: str) -> str:
        """The smallest key of the group."""
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def keep_apart(self, one: str, other: str) -> None:
        """Never join these two from now on; too late where they are together."""
        a, b = self.find(one), self.find(other)
        if a != b:
            self._foes[a].setdefault(other, []).append(one)
            self._foes[b].setdefault(one, []).append(other)

    def join(self, one: str, other: str, because: str = "") -> bool:
        """Join two groups; False where that would bring a forbidden pair together."""
        a, b = self.find(one), self.find(other)
        if a == b:
            return True
        if pair := self.between(a, b):
            self.refused.append(Refused(one, other, because, pair))
            return False
        root, gone = sorted((a, b))
        self._parent[gone] = root
        less, more = sorted((self._foes.pop(a, {}), self._foes.pop(b, {})), key=len)
        for foe, own in less.items():
            few, many = sorted((own, more.get(foe, [])), key=len)
            many.extend(few)
            more[foe] = many
        if more:
            self._foes[root] = more
        return True

    def between(self, one: str, other: str) -> tuple[str, str] | None:
        """The forbidden pair with a key in either group; None where nothing keeps them apart."""
        return next(self._between(one, other), None)

    def _between(self, one: str, other: str) -> Iterator[tuple[str, str]]:
        a, b = self.find(one), self.find(other)
        mine, theirs = self._foes.get(a, {}), self._foes.get(b, {})
        # one with thousands of chapters is asked through its chapters, who have one parent
        if len(mine) > len(theirs):
            yield from ((own, foe) for foe, own in self._between(b, a))
        else:
            found = ((own, foe) for foe, own in mine.items() if self.find(foe) == b)
            yield from ((one_of, foe) for own, foe in found for one_of in own)

    def end_of_word(self) -> None:
        """What was joined until now was joined by people's word; what follows, by likeness."""
        joined = [key for key, above in self._parent.items() if above != key]
        self._by_word = {key: self.find(key) for key in joined}

    def plainest(self, refused: Refused) -> tuple[tuple[str, str], tuple[bool, bool]]:
        """The forbidden pair that tells most, and of either end whether words alone put it there.

        Where they put both there is nothing to ask.
        """
        word, ends = self._by_word, (refused.one, refused.other)

        def plain(pair: tuple[str, str]) -> tuple[bool, bool]:
            one, other = (word.get(e, e) == word.get(f, f) for e, f in zip(ends, pair, strict=True))
            return one, other

        pairs = [refused.pair, *islice(self._between(*ends), _LOOKED_AT)]
        return max(((pair, plain(pair)) for pair in pairs), key=lambda found: sum(found[1]))
