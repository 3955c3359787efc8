"""Where the dots of a map go: neighbours near each other, nothing on top of anything.

Per part, stress majorization (Gansner, Koren, North: Graph drawing by stress majorization, 2004):
the distance on paper comes as near as it can to the number of ties between two. It begins on a
fixed spiral, so that the same network gives the same picture.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ties = Sequence[tuple[int, int]]
Points = NDArray[np.float64]
_ROUNDS = 120
_GOLDEN = math.pi * (3 - math.sqrt(5))


def parts(count: int, ties: Ties) -> list[list[int]]:
    """The parts in which everybody reaches everybody, the largest first; within, in order."""
    near = neighbours(count, ties)
    seen: set[int] = set()
    found = []
    for start in range(count):
        if start not in seen:
            part = _reached(start, near)
            seen |= part
            found.append(sorted(part))
    return sorted(found, key=lambda part: (-len(part), part[0]))


def neighbours(count: int, ties: Ties) -> list[list[int]]:
    """Per dot those that it has a tie with, in order."""
    near: list[set[int]] = [set() for _ in range(count)]
    for one, other in ties:
        near[one].add(other)
        near[other].add(one)
    return [sorted(others) for others in near]


def placed(count: int, ties: Ties, width: float, height: float, apart: float) -> Points:
    """The dots of one part in a box of that size, none nearer to another than `apart`.

    Shape (count, 2). The box must be large enough; where it isn't, dots come nearer.
    """
    if count == 1:
        return np.array([[width / 2, height / 2]])
    steps = _steps(neighbours(count, ties))
    points = _turned(_relaxed(_spiral(steps), steps))
    return _spread(_fitted(points, width, height), width, height, apart)


def _reached(start: int, near: Sequence[Sequence[int]]) -> set[int]:
    reached, waiting = {start}, [start]
    while waiting:
        for other in near[waiting.pop()]:
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return reached


def _steps(near: Sequence[Sequence[int]]) -> Points:
    """How many ties lie between each two."""
    count = len(near)
    found = np.zeros((count, count))
    for start in range(count):
        level, edge, seen = 0, [start], {start}
        while edge:
            level += 1
            edge = sorted({other for dot in edge for other in near[dot]} - seen)
            seen.update(edge)
            found[start, edge] = level
    return found


def _spiral(steps: Points) -> Points:
    """Those in the middle of the network in the middle."""
    order = np.argsort(steps.sum(axis=1), kind="stable")
    points = np.empty((len(steps), 2))
    turns = np.arange(len(steps))
    radius = np.sqrt(turns + 0.5) / math.sqrt(len(steps)) * steps.max()
    points[order, 0] = radius * np.cos(turns * _GOLDEN)
    points[order, 1] = radius * np.sin(turns * _GOLDEN)
    return points


def _relaxed(points: Points, steps: Points) -> Points:
    weight = np.zeros_like(steps)
    np.divide(1.0, steps**2, out=weight, where=steps > 0)
    inverse = np.linalg.pinv(np.diag(weight.sum(axis=1)) - weight)
    for _ in range(_ROUNDS):
        gaps = np.linalg.norm(points[:, None] - points[None], axis=2)
        pull = np.zeros_like(steps)
        np.divide(weight * steps, gaps, out=pull, where=gaps > 1e-9)
        points = inverse @ ((np.diag(pull.sum(axis=1)) - pull) @ points)
    return points


def _turned(points: Points) -> Points:
    """Lying, not standing: the longest way is from left to right."""
    centred = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, ::-1] * np.where(axes[:, ::-1].sum(axis=0) < 0, -1, 1)
    turned: Points = centred @ axes
    return turned


def _fitted(points: Points, width: float, height: float) -> Points:
    size = np.array([width, height])
    low, high = points.min(axis=0), points.max(axis=0)
    span = np.where(high - low < 1e-9, 1.0, high - low)
    fitted: Points = (points - (low + high) / 2) * (size / span).clip(max=2 * (size / span).min())
    return fitted + size / 2


def _spread(points: Points, width: float, height: float, apart: float) -> Points:
    """Push apart what is too near, a little at a time."""
    size = np.array([width, height])
    for _ in range(_ROUNDS):
        gaps = points[:, None] - points[None]
        far = np.linalg.norm(gaps, axis=2)
        np.fill_diagonal(far, apart)
        short = (apart - far).clip(min=0) / 2
        if not short.any():
            break
        away = gaps / np.maximum(far, 1e-6)[:, :, None]
        points = (points + (away * short[:, :, None]).sum(axis=1) * 0.7).clip(0, size)
    return points
