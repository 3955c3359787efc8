"""What inserting, deleting and moving rows or columns does to everything that points at them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

Dimension = Literal["ROWS", "COLUMNS"]
ENDS = {
    "ROWS": ("startRowIndex", "endRowIndex"),
    "COLUMNS": ("startColumnIndex", "endColumnIndex"),
}
CORNERS = {"ROWS": "rowIndex", "COLUMNS": "columnIndex"}
GRID_RANGE = {"sheetId", "tableId", *ENDS["ROWS"], *ENDS["COLUMNS"]}
CARRIERS = ("range", "dimensionRange", "location")
"""Whoever loses one of these is lost with it."""

Shift = Callable[[int, int | None], "tuple[int, int | None] | None"]
"""(start, end or None for open) → where that is afterwards, or None if nothing is left of it."""


def inserted(at: int, count: int) -> Shift:
    """What begins at `at` or later moves, what spans it grows."""

    def shift(start: int, end: int | None) -> tuple[int, int | None]:
        if end is None:
            return (start + count if start and at <= start else start), None
        if at <= start:
            return start + count, end + count
        return start, (end + count if at < end else end)

    return shift


def deleted(at: int, count: int) -> Shift:
    """What lies wholly within is gone, what overlaps shrinks."""

    def after(index: int) -> int:
        return index if index <= at else max(at, index - count)

    def shift(start: int, end: int | None) -> tuple[int, int | None] | None:
        if end is None:
            return after(start), None
        new = after(start), after(end)
        return new if new[0] < new[1] else None

    return shift


def moved(at: int, count: int, to: int) -> Shift:
    """A move to before `to`, counted before the move: what lies within the moved part goes along.

    What lies within the part that makes room is pushed; what only overlaps either keeps its place.
    """
    last = at + count
    room = (last, to) if to > at else (to, at)
    step = to - last if to > at else to - at
    push = -count if to > at else count

    def shift(start: int, end: int | None) -> tuple[int, int | None]:
        if end is None:
            return start, None
        if at <= start and end <= last:
            return start + step, end + step
        if room[0] <= start and end <= room[1]:
            return start + push, end + push
        return start, end

    return shift


def shift_all(thing: Any, sheet_id: int, dimension: Dimension, shift: Shift) -> Any:
    """A copy of Google-shaped data in which every range of the sheet is shifted.

    Things of which nothing is left become None; lists lose them.
    """
    if isinstance(thing, list):
        new = [shift_all(item, sheet_id, dimension, shift) for item in thing]
        return [item for item in new if item is not None]
    if not isinstance(thing, dict):
        return thing
    if (pointer := _pointer(thing, dimension)) is not None:
        mine = thing.get("sheetId", sheet_id) == sheet_id
        return _shift_ends(thing, pointer, shift) if mine else thing
    if thing.keys() <= {"sheetId", "rowIndex", "columnIndex"} and thing:
        mine = thing.get("sheetId", sheet_id) == sheet_id
        return _shift_corner(thing, CORNERS[dimension], shift) if mine else thing
    return _shift_parts(thing, sheet_id, dimension, shift)


def _pointer(thing: Mapping[str, Any], dimension: Dimension) -> tuple[str, str] | None:
    """The names of start and end; equal ones where the other dimension is meant."""
    if "dimension" in thing and "startIndex" in thing:
        return ("startIndex", "endIndex") if thing["dimension"] == dimension else ("", "")
    if "sheetId" in thing and thing.keys() <= GRID_RANGE:
        return ENDS[dimension]
    return None


def _shift_ends(thing: dict[str, Any], names: tuple[str, str], shift: Shift) -> Any:
    first, last = names
    if not first:
        return thing
    new = shift(thing.get(first, 0), thing.get(last))
    if new is None:
        return None
    changed = dict(thing)
    if first in thing or new[0]:
        changed[first] = new[0]
    if new[1] is not None:
        changed[last] = new[1]
    return changed


def _shift_corner(thing: dict[str, Any], key: str, shift: Shift) -> dict[str, Any]:
    at = thing.get(key, 0)
    new = shift(at, at + 1)
    return thing | {key: new[0] if new else at}


def _shift_parts(
    thing: dict[str, Any], sheet_id: int, dimension: Dimension, shift: Shift
) -> dict[str, Any] | None:
    new = {key: shift_all(value, sheet_id, dimension, shift) for key, value in thing.items()}
    if any(new.get(name, 0) is None for name in CARRIERS):
        return None
    if thing.get("ranges") and not new["ranges"]:
        return None
    return new


def shift_keys(props: Mapping[int, Any], shift: Shift) -> dict[int, Any]:
    """What is kept by index, such as the rows' heights, after the shift."""
    new = {}
    for index, value in props.items():
        if (to := shift(index, index + 1)) is not None:
            new[to[0]] = value
    return new


def shift_filter(thing: dict[str, Any] | None, shift: Shift) -> dict[str, Any] | None:
    """The filter, whose criteria and sort orders name columns by index, after those are shifted."""
    if not thing:
        return thing
    new = dict(thing)
    if "criteria" in thing:
        by_index = {int(column): rule for column, rule in thing["criteria"].items()}
        new["criteria"] = {str(c): rule for c, rule in shift_keys(by_index, shift).items()}
    for name, key in (("filterSpecs", "columnIndex"), ("sortSpecs", "dimensionIndex")):
        if name in thing:
            places = [(spec, shift(i := spec.get(key, 0), i + 1)) for spec in thing[name]]
            new[name] = [spec | {key: place[0]} for spec, place in places if place]
    return new
