"""Where values.append finds "the table": blocks of filled cells that touch, also by a corner."""

from __future__ import annotations

import itertools

from tests.google_emulator.sheets.boxes import Box
from tests.google_emulator.sheets.cells import Cell, Stored
from tests.google_emulator.sheets.grid import Grid


def find_table(grid: Grid, asked: Box) -> Box | None:
    """The block that the asked range touches; the lowest, and of equally low ones the leftmost."""
    touched = [block for block in blocks(grid) if block.overlaps(asked)]
    return max(touched, key=lambda block: (block.bottom, -block.left), default=None)


def blocks(grid: Grid) -> list[Box]:
    """The rectangles around filled cells that hang together."""
    boxes: dict[int, Box] = {}
    numbers = itertools.count()
    above: list[tuple[int, int, int]] = []
    for row, line in enumerate(grid.lines):
        here: list[tuple[int, int, int]] = []
        for start, end in runs(line):
            near = {key for first, last, key in above if start <= last and end >= first}
            key = min(near) if near else next(numbers)
            box = boxes.pop(key, None) or Box(row, start, row + 1, end)
            for other in near - {key}:
                box = around(box, boxes.pop(other))
                here = [(a, b, key if k == other else k) for a, b, k in here]
                above = [(a, b, key if k == other else k) for a, b, k in above]
            boxes[key] = around(box, Box(row, start, row + 1, end))
            here.append((start, end, key))
        above = here
    return merged(list(boxes.values()))


def runs(line: list[Stored]) -> list[tuple[int, int]]:
    """Start and end of each stretch of filled cells."""
    found: list[tuple[int, int]] = []
    start = None
    for column, stored in enumerate(line):
        full = filled(stored)
        if full and start is None:
            start = column
        elif not full and start is not None:
            found.append((start, column))
            start = None
    return [*found, (start, len(line))] if start is not None else found


def filled(stored: Stored) -> bool:
    """Whether a cell counts: a formula does even where it comes to nothing."""
    if type(stored) is Cell:
        return stored.value is not None or stored.formula is not None
    return stored is not None


def around(first: Box, second: Box) -> Box:
    """The rectangle around two."""
    return Box(
        min(first.top, second.top),
        min(first.left, second.left),
        max(first.bottom, second.bottom),
        max(first.right, second.right),
    )


def merged(boxes: list[Box]) -> list[Box]:
    """Rectangles that touch become one, until none touch."""
    done: list[Box] = []
    for box in boxes:
        new = box
        while touching := [other for other in done if new.overlaps(_wider(other))]:
            done = [other for other in done if other not in touching]
            for other in touching:
                new = around(new, other)
        done.append(new)
    return done


def _wider(box: Box) -> Box:
    return Box(box.top - 1, box.left - 1, box.bottom + 1, box.right + 1)
