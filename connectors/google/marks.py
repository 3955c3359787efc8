"""Marks on columns, by which a change fails as a whole where one of them was moved meanwhile.

Google knows no "only if" for a change, but developer metadata stays with its column, and an id is
given only once in a spreadsheet. So each change begins by taking away the mark of each column *at
the place where that column stood*, and setting it there again under its id. Where the column has
moved, the mark isn't there to be taken away, its id is still in use, and Google refuses the whole
request: no cell is written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from connectors.google.book import MARK, GoogleTab
from connectors.google.looks import Request


def guarded(parts: Sequence[Sequence[Request]], tabs: Sequence[GoogleTab]) -> list[list[Request]]:
    """The parts, each one behind the requests that see to it that no column has moved.

    Args:
        parts: what is sent in one request each, in this order.
        tabs: the tabs as they stand; those that aren't there yet have nothing to be moved.
    """
    by_sheet = {tab.sheet_id: tab for tab in tabs if tab.cells is not None}
    marked: dict[int, dict[int, int]] = {}
    made = []
    for part in parts:
        before: list[Request] = []
        for sheet in sorted(_written(part) & by_sheet.keys()):
            tab = by_sheet[sheet]
            marks = marked.get(sheet, tab.marks)
            before += _still_there(sheet, marks)
            if sheet not in marked:
                width = max(map(len, tab.cells or ()), default=0)
                new = new_marks(sheet, [p for p in range(width) if p not in marks], marks.values())
                before += _set(sheet, new)
                marked[sheet] = {**marks, **new}
        made.append([*before, *part])
    return made


def marking(sheet: int, places: Collection[int], taken: Collection[int] = ()) -> list[Request]:
    """Requests that mark columns that have no mark yet."""
    return list(_set(sheet, new_marks(sheet, places, taken)))


def is_about_marks(request: Request) -> bool:
    """Whether a request sets a mark or takes one away."""
    made = request.get("createDeveloperMetadata", {}).get("developerMetadata", {})
    return "deleteDeveloperMetadata" in request or made.get("metadataKey") == MARK


def new_marks(sheet: int, places: Collection[int], taken: Collection[int]) -> dict[int, int]:
    """Column → an id for its mark that none of the tab's marks has."""
    made: dict[int, int] = {}
    for place in places:
        ids = (_id(f"weaver {sheet} {place} {n}") for n in count())
        made[place] = next(i for i in ids if i not in taken and i not in made.values())
    return made


def _id(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % (2**31 - 1) + 1


def _written(part: Sequence[Request]) -> set[int]:
    """The tabs into which a part writes."""
    starts = (r["updateCells"].get("start", {}) for r in part if "updateCells" in r)
    return {start.get("sheetId", 0) for start in starts}


def _still_there(sheet: int, marks: Mapping[int, int]) -> Iterator[Request]:
    for place, number in sorted(marks.items()):
        lookup = {
            "metadataId": number,
            "metadataLocation": _column(sheet, place),
            "locationMatchingStrategy": "EXACT_LOCATION",
        }
        yield {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": lookup}}}
        yield from _set(sheet, {place: number})


def _set(sheet: int, marks: Mapping[int, int]) -> Iterator[Request]:
    for place, number in sorted(marks.items()):
        entry = {"metadataId": number, "metadataKey": MARK, "visibility": "DOCUMENT",
                 "location": _column(sheet, place)}  # fmt: skip
        yield {"createDeveloperMetadata": {"developerMetadata": entry}}


def _column(sheet: int, place: int) -> dict[str, Any]:
    where = {"sheetId": sheet, "dimension": "COLUMNS"}
    return {"dimensionRange": where | {"startIndex": place, "endIndex": place + 1}}
