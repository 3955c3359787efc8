"""Names in a list that themselves hold what parts the items of lists: `Food, Water and Shelter`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

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

        The whole cell goes first, then the fewest and longest names of neighbouring pieces that
        leave as few pieces unknown as can be. `Ltd` and the like belong to what stands before
        them. A piece with commas of which each part is a name is a list of its own.
        """
        if len(pieces) == 1:
            return self._apart(pieces[0])
        folded = [self._fold(piece) for piece in pieces]
        if not self._in_doubt(pieces, folded):
            return pieces
        if fold(whole := ", ".join(pieces)) in self._known:
            return (whole,)
        joined = self._joined(pieces, folded)
        return tuple(
            name for piece in _with_forms(joined, self._known) for name in self._apart(piece)
        )

    def _in_doubt(self, pieces: Cell, folded: Sequence[str]) -> bool:
        return any(
            name not in self._known or name in self._parted or "," in piece
            for piece, name in zip(pieces, folded, strict=True)
        )

    def _joined(self, pieces: Cell, folded: Sequence[str]) -> list[str]:
        """The cheapest way through the pieces from each place on, found from the end."""
        ends: list[tuple[int, int, int]] = [(0, 0, len(pieces))]
        for at in reversed(range(len(pieces))):
            ways = []
            for length in self._lengths(folded, at):
                unknown, parts, _ = ends[len(pieces) - at - length]
                stranger = length == 1 and folded[at] not in self._known
                ways.append((unknown + stranger, parts + 1, -length))
            unknown, parts, length = min(ways)
            ends.append((unknown, parts, at - length))
        found, at = [], 0
        while at < len(pieces):
            end = ends[len(pieces) - at][2]
            found.append(", ".join(pieces[at:end]))
            at = end
        return found

    def _lengths(self, folded: Sequence[str], at: int) -> list[int]:
        """How many pieces from there on may be one name."""
        names = self._parted.get(folded[at], ())
        return [1, *(len(n) for n in names if tuple(folded[at : at + len(n)]) == n)]

    def _apart(self, piece: str) -> Cell:
        if ", " not in piece or self._fold(piece) in self._known:
            return (piece,)
        parts = tuple(part.strip() for part in piece.split(", ") if part.strip())
        return parts if all(self._fold(part) in self._known for part in parts) else (piece,)


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
