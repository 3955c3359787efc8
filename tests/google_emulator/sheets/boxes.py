"""Rectangles of cells, and GridRanges, in which Google leaves out the ends that are open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Box(NamedTuple):
    """Half-open and 0-based: rows top..bottom, columns left..right. Always within a grid."""

    top: int
    left: int
    bottom: int
    right: int

    def overlaps(self, other: Box) -> bool:
        """Whether they share a cell."""
        return (
            self.top < other.bottom
            and other.top < self.bottom
            and self.left < other.right
            and other.left < self.right
        )

    def contains(self, other: Box) -> bool:
        """Whether the other is wholly inside."""
        return (
            self.top <= other.top
            and self.left <= other.left
            and self.bottom >= other.bottom
            and self.right >= other.right
        )

    @property
    def empty(self) -> bool:
        """Whether it has no cell."""
        return self.top >= self.bottom or self.left >= self.right

    def grid_range(self, sheet_id: int) -> dict[str, int]:
        """As Google's GridRange."""
        return {
            "sheetId": sheet_id,
            "startRowIndex": self.top,
            "endRowIndex": self.bottom,
            "startColumnIndex": self.left,
            "endColumnIndex": self.right,
        }


def box_of(grid_range: Mapping[str, int], rows: int, columns: int) -> Box:
    """The cells of a GridRange in a grid of that size; ends beyond it are clipped."""
    return Box(
        grid_range.get("startRowIndex", 0),
        grid_range.get("startColumnIndex", 0),
        min(grid_range.get("endRowIndex", rows), rows),
        min(grid_range.get("endColumnIndex", columns), columns),
    )
