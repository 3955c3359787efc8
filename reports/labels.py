"""Where a name can stand beside its dot without covering another name or dot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

Point = tuple[float, float]
_GAP = 13.0
_GRID = 6.0
_CLUTTER = 0.28
"""A name that would lie on lines with more than this share of its area isn't put there."""


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels; down is larger."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Do the two overlap?"""
        return (
            self.left < other.right and other.left < self.right
            and self.top < other.bottom and other.top < self.bottom
        )  # fmt: skip

    def within(self, other: Box) -> bool:
        """Does it lie inside the other?"""
        return (
            self.left >= other.left and self.right <= other.right
            and self.top >= other.top and self.bottom <= other.bottom
        )  # fmt: skip


class Labels:
    """What is taken already; each name that finds a place takes it."""

    def __init__(
        self, dots: Sequence[Point], lines: Iterable[tuple[Point, Point]], room: Box, radius: float
    ) -> None:
        self._room = room
        self._dots = np.array(dots, dtype=float).reshape(-1, 2)
        self._radius = radius
        self._taken: list[Box] = []
        self._lines = _cells(lines, room)

    def order(self, dots: Sequence[int]) -> list[int]:
        """The dots with most room around them first, so that most find a place."""
        gaps = np.linalg.norm(self._dots[:, None] - self._dots[None], axis=2)
        np.fill_diagonal(gaps, np.inf)
        third = np.sort(gaps, axis=1)[:, : min(3, max(1, len(dots) - 1))].sum(axis=1)
        return [dots[at] for at in np.argsort(-third.round(3), kind="stable")]

    def place(self, dot: Point, width: float, height: float) -> Box | None:
        """The best free place for a name of that size beside the dot, or None."""
        free = [box for box in _around(dot, width, height) if self._free(box, dot)]
        if not free:
            return None
        best = min(free, key=self._clutter)  # of equals the first: to the right
        if self._clutter(best) > _CLUTTER:
            return None
        self._taken.append(best)
        return best

    def _free(self, box: Box, own: Point) -> bool:
        if not box.within(self._room) or any(box.meets(other) for other in self._taken):
            return False
        x, y, reach = self._dots[:, 0], self._dots[:, 1], self._radius
        near = (x > box.left - reach) & (x < box.right + reach)
        near &= (y > box.top - reach) & (y < box.bottom + reach)
        return all(tuple(self._dots[at]) == own for at in np.flatnonzero(near))

    def _clutter(self, box: Box) -> float:
        left, right = (int((x - self._room.left) / _GRID) for x in (box.left, box.right))
        top, bottom = (int((y - self._room.top) / _GRID) for y in (box.top, box.bottom))
        seen = self._lines[top : bottom + 1, left : right + 1]
        return round(float(seen.mean()), 3) if seen.size else 0.0


def _around(dot: Point, width: float, height: float) -> Iterable[Box]:
    """To the right, to the left, below, above, and at the four corners."""
    x, y = dot
    middle, half = y - height / 2, width / 2
    for left, top in (
        (x + _GAP, middle), (x - _GAP - width, middle), (x - half, y + _GAP),
        (x - half, y - _GAP - height), (x + _GAP * 0.6, y + _GAP * 0.6),
        (x + _GAP * 0.6, y - _GAP * 0.6 - height), (x - _GAP * 0.6 - width, y + _GAP * 0.6),
        (x - _GAP * 0.6 - width, y - _GAP * 0.6 - height),
    ):  # fmt: skip
        yield Box(left, top, left + width, top + height)


def _cells(
    lines: Iterable[tuple[Point, Point]], room: Box
) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Which cells of a fine grid a line runs through; shape (rows, columns)."""
    rows = int((room.bottom - room.top) / _GRID) + 2
    columns = int((room.right - room.left) / _GRID) + 2
    found = np.zeros((rows, columns), dtype=bool)
    for (x, y), (u, v) in lines:
        steps = int(max(abs(u - x), abs(v - y)) / _GRID * 2) + 2
        across = ((np.linspace(x, u, steps) - room.left) / _GRID).astype(int)
        down = ((np.linspace(y, v, steps) - room.top) / _GRID).astype(int)
        found[down.clip(0, rows - 1), across.clip(0, columns - 1)] = True
    return found
