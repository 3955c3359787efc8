"""Names in a list that themselves hold what parts the items of lists: `Food, Water and Shelter`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

from config.text import fold
from pipeline.resolution.vocabulary import FORM, fold_words, words

_PARTED = re.compile(r"[;\n]|, ")
Cell = tuple[str, ...]


class WholeNames:
    """Puts together again what was taken apart at a comma that belongs to a name.

    Args:
        known: folded names of the organisations that are known.
        names: the same as they are written.
    """

    def __init__(self, known: Mapping[str, object], names: Iterable[str]) -> None:
        self._known = known
        self._parted: dict[str, list[Cell]] = defaultdict(list)
        for name in names:
            parts = tuple(folded for p in _PARTED.split(name) if (folded := fold(p)))
            if len(parts) > 1:
                self._parted[parts[0]].append(parts)
        self._fold: Callable[[str], str] = lru_cache(maxsize=None)(fold)

    def of(self, pieces: Cell) -> Cell:
        """The names that a list's pieces are.

        The whole cell goes first; then the way through its parts that leaves the fewest unknown,
        with the fewest and longest names. `Ltd` and the like belong to what stands before them.
        """
        folded = [self._fold(piece) for piece in pieces]
        if not self._in_doubt(pieces, folded):
            return pieces
        if fold(whole := ", ".join(pieces)) in self._known:
            return (whole,)
        return tuple(_with_forms(self._best(pieces), self._known))

    def _in_doubt(self, pieces: Cell, folded: Sequence[str]) -> bool:
        return any(
            name in self._parted or (name not in self._known and (len(pieces) > 1 or ", " in piece))
            for piece, name in zip(pieces, folded, strict=True)
        )

    def _best(self, pieces: Cell) -> list[str]:
        """The cheapest way through the parts of the pieces, found from the end."""
        parts = [[p.strip() for p in piece.split(", ") if p.strip()] or [piece] for piece in pieces]
        words = [part for piece in parts for part in piece]
        folded = [self._fold(word) for word in words]
        starts = dict(zip(accumulate(map(len, parts), initial=0), map(len, parts), strict=False))
        ends: dict[int, tuple[int, int, int]] = {len(words): (0, 0, len(words))}
        for at in reversed(range(len(words))):
            ways = []
            for length in {1, starts.get(at, 1), *self._lengths(folded, at)}:
                unknown, names, _ = ends[at + length]
                strange = " ".join(folded[at : at + length]) not in self._known
                ways.append((unknown + strange, names + 1, -length))
            unknown, names, length = min(ways)
            ends[at] = (unknown, names, at - length)
        found, at = [], 0
        while at < len(words):
            found.append(", ".join(words[at : ends[at][2]]))
            at = ends[at][2]
        return found

    def _lengths(self, folded: Sequence[str], at: int) -> list[int]:
        """How many parts from there on are one name that holds a comma."""
        names = self._parted.get(folded[at], ())
        return [len(n) for n in names if tuple(folded[at : at + len(n)]) == n]


def _with_forms(pieces: Sequence[str], known: Mapping[str, object]) -> list[str]:
    """The pieces, with a legal form that stands alone behind the name before it."""
    found: list[str] = []
    for piece in pieces:
        if found and _is_form(piece) and fold(piece) not in known:
            found[-1] = f"{found[-1]}, {piece}"
        else:
            found.append(piece)
    return found


def _is_form(piece: str) -> bool:
    spelt = fold_words(piece)
    return len(spelt) == 1 and words().get(spelt[0], ("", -1))[1] == FORM
