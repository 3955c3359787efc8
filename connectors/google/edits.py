"""What has to be asked of Google so that its tabs become what they are to be.

Weaver's cells alone are written: by place in rows that were found by their key a moment ago, and
in rows that the same request inserts. No request deletes, moves or sorts anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from config.raw import RawTable, Scalar, is_blank
from config.serials import serial_of
from config.tabplan import TabPlan
from connectors import style
from connectors.cells import held
from connectors.google import looks
from connectors.google.book import STORE, GoogleTab, sheet_id_of, top_of
from connectors.google.looks import Request
from connectors.google.marks import marking
from connectors.merge import Merged

CHUNK = 2_000
"""Rows in one part of a request, so that what is too big for one can be parted."""
_VALUE = "userEnteredValue"


@dataclass(frozen=True)
class Work:
    """One planned tab and what stands there.

    Attributes:
        name: the table's, which gives a new tab its number.
        plan: the tab as Weaver wants it.
        tab: the tab as it stands; None where there is none.
        current: its table with row numbers counted as if the header were row 1.
        merged: what came of laying the one over the other.
        index: where a new tab is put.
        sheets: title → number of each tab that there is or will be.
    """

    name: str
    plan: TabPlan
    tab: GoogleTab | None
    current: RawTable
    merged: Merged
    index: int
    sheets: Mapping[str, int]

    @property
    def sheet(self) -> int:
        """Google's number of the tab."""
        return self.tab.sheet_id if self.tab else sheet_id_of(self.name)

    @property
    def above(self) -> int:
        """Rows above the header, which people may have put there."""
        return top_of(self.tab) - 1 if self.tab else 0


def mark_store(store_id: str) -> Request:
    """Writes into the spreadsheet whose store it belongs to."""
    place = {"spreadsheet": True}
    entry = {"metadataKey": STORE, "metadataValue": store_id, "location": place}
    return {"createDeveloperMetadata": {"developerMetadata": entry | {"visibility": "DOCUMENT"}}}


def structure(work: Work) -> list[Request]:
    """Requests that make the tab, or make room in it."""
    return list(_new_tab(work) if work.tab is None else _room(work, work.tab))


def content(work: Work) -> list[Request]:
    """Requests that write the cells that differ."""
    return list(_cells(work))


def showing(work: Work) -> list[Request]:
    """The request that brings a hidden tab into sight, when its time has come."""
    if work.tab is None or not (work.plan.shown_now and work.tab.hidden):
        return []
    properties = {"sheetId": work.sheet, "hidden": False}
    return [{"updateSheetProperties": {"properties": properties, "fields": "hidden"}}]


def shifted(table: RawTable, by: int) -> RawTable:
    """The table with its row numbers moved by so many rows."""
    return replace(table, numbers=[number + by for number in table.numbers]) if by else table


def _new_tab(work: Work) -> Iterator[Request]:
    sheet, columns = work.sheet, work.plan.columns
    rows = 1 + len(work.merged.rows) + style.SPARE_ROWS
    yield {
        "addSheet": {
            "properties": {
                "sheetId": sheet,
                "title": work.plan.title,
                "index": work.index,
                "gridProperties": {
                    "rowCount": rows,
                    "columnCount": len(columns),
                    "frozenRowCount": 1,
                },
                "tabColorStyle": looks.colour(style.TAB_COLOURS[style.owner(columns)]),
                **({"hidden": True} if work.plan.hidden else {}),
            }
        }
    }
    about = [work.plan.about, *[""] * (len(columns) - 1)]
    titles = [looks.header_cell(c, a) for c, a in zip(columns, about, strict=True)]
    yield update(sheet, 0, 0, [titles], "userEnteredValue,userEnteredFormat,note")
    if work.plan.peoples and work.plan.example:
        yield update(sheet, 1, 0, [[cell(held(v)) for v in work.plan.example]], _VALUE)
    yield from looks.dress_rows(sheet, (1, rows), columns)
    yield from looks.colours(sheet, 1, columns)
    yield from looks.widths(sheet, columns)
    yield from looks.guard(sheet, columns)
    filtered = looks.area(sheet, (0, rows), (0, len(columns)))
    yield {"setBasicFilter": {"filter": {"range": filtered}}}
    yield from looks.views(sheet, rows, columns, work.plan.views)
    yield from marking(sheet, range(len(columns)))


def _room(work: Work, tab: GoogleTab) -> Iterator[Request]:
    """Columns that are missing, rows that are added, and rows that the grid lacks."""
    yield from _columns(work, tab)
    added, after = _added(work), last_row(work)
    if work.plan.key and added:
        start = work.above + after
        where = {"sheetId": tab.sheet_id, "dimension": "ROWS", "startIndex": start,
                 "endIndex": start + len(added)}  # fmt: skip
        # Below the header alone nothing is to look like it, but the last row has nothing below it.
        like_above = after > 1 or start >= tab.rows
        yield {"insertDimension": {"range": where, "inheritFromBefore": like_above}}
        yield from looks.dress_rows(tab.sheet_id, (start, start + len(added)), work.merged.columns)
    else:
        needed = work.above + max(work.merged.numbers, default=1)
        if needed > tab.rows:
            yield _append(tab.sheet_id, "ROWS", needed - tab.rows + style.SPARE_ROWS)
            yield from looks.dress_rows(tab.sheet_id, (tab.rows, needed), work.merged.columns)


def _columns(work: Work, tab: GoogleTab) -> Iterator[Request]:
    stood, width = len(work.current.header), len(work.merged.header)
    if width == stood:
        return
    # What somebody types there meanwhile is pushed to the right, not written over.
    where = {"sheetId": tab.sheet_id, "dimension": "COLUMNS", "startIndex": stood,
             "endIndex": width}  # fmt: skip
    yield {"insertDimension": {"range": where, "inheritFromBefore": stood >= tab.columns}}
    new = [column for column in work.merged.columns[stood:] if column is not None]
    cells = [looks.header_cell(column) for column in new]
    fields = "userEnteredValue,userEnteredFormat,note"
    yield update(tab.sheet_id, work.above, stood, [cells], fields)
    only_new = [None] * stood + new
    below = (work.above + 1, max(tab.rows, work.above + 2))
    yield from looks.dress_rows(tab.sheet_id, below, only_new)
    yield from looks.colours(tab.sheet_id, work.above + 1, only_new)
    yield from looks.widths(tab.sheet_id, only_new)
    yield from marking(tab.sheet_id, range(stood, width), tab.marks.values())


def _added(work: Work) -> list[int]:
    """Numbers that the merge gave to rows that aren't there yet."""
    there = set(work.current.numbers)
    return [number for number in work.merged.numbers if number not in there]


def last_row(work: Work) -> int:
    """The last row that holds something in a planned column, counted from the header as 1.

    Formulas that people filled down a column of their own don't count: rows are added above
    where those end.
    """
    places = [i for i, column in enumerate(work.merged.columns) if column is not None]
    width = len(work.current.header)
    last = 1
    for number, row in zip(work.current.numbers, work.current.rows, strict=True):
        if any(place < width and not is_blank(row[place]) for place in places):
            last = max(last, number)
    return last


def _cells(work: Work) -> Iterator[Request]:
    before = dict(zip(work.current.numbers, work.current.rows, strict=True))
    after = dict(zip(work.merged.numbers, work.merged.rows, strict=True))
    gone = {number: (None,) * len(work.merged.header) for number in before.keys() - after.keys()}
    moved = _places_of_added(work)
    runs: dict[int, list[tuple[int, int]]] = {}
    rows: dict[int, Sequence[Scalar]] = {}
    for number, row in sorted({**after, **gone}.items()):
        place = work.above + moved.get(number, number) - 1
        rows[place] = row
        runs[place] = _changed(work, before.get(number), row)
    for start, end, columns in _blocks(runs):
        block = [[cell(held(v)) for v in rows[r][columns[0] : columns[1]]]
                 for r in range(start, end)]  # fmt: skip
        yield update(work.sheet, start, columns[0], block, _VALUE)
        yield from _leads(work, start, columns, [rows[r] for r in range(start, end)])


def _leads(
    work: Work, start: int, written: tuple[int, int], block: Sequence[Sequence[Scalar]]
) -> Iterator[Request]:
    """Lets a click on a cell that was written open the tab that it is about, where there is one."""
    for place in range(*written):
        column = work.merged.columns[place]
        if column is None or not column.leads:
            continue
        for down, row in enumerate(block):
            value = row[place]
            to = work.sheets.get(column.leads.get(value, "")) if isinstance(value, str) else None
            if to is not None:
                link = [[looks.link_to(to)]]
                yield update(work.sheet, start + down, place, link, looks.LINKED)


def _places_of_added(work: Work) -> dict[int, int]:
    """Where rows go that are inserted: right below the last row of Weaver's."""
    if work.tab is None or not work.plan.key:
        return {}
    first = last_row(work) + 1
    return {number: first + i for i, number in enumerate(_added(work))}


def _changed(
    work: Work, before: Sequence[Scalar] | None, row: Sequence[Scalar]
) -> list[tuple[int, int]]:
    """Runs of Weaver's columns, side by side, whose cells differ: (first, behind the last)."""
    stood = (*(before or ()), *[None] * (len(row) - len(before or ())))
    differ = [
        place
        for place, column in enumerate(work.merged.columns)
        if column is not None and column.ours and not _alike(stood[place], row[place])
    ]
    if not differ:
        return []
    breaks = [0, *(i + 1 for i, (a, b) in enumerate(pairwise(differ)) if b != a + 1), len(differ)]
    return [(differ[a], differ[b - 1] + 1) for a, b in pairwise(breaks)]


def _alike(one: Scalar, other: Scalar) -> bool:
    """Whether the merge left the cell alone; it knows when two values say the same."""
    return one is other or (type(one) is type(other) and one == other)


def _blocks(
    runs: dict[int, list[tuple[int, int]]],
) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """Rows one below the other with the same run of columns: (first, behind the last, columns)."""
    open_runs: dict[tuple[int, int], tuple[int, int]] = {}
    for place in sorted(runs):
        for columns in runs[place]:
            start, end = open_runs.get(columns, (place, place))
            if end != place or place - start >= CHUNK:
                yield start, end, columns
                start = place
            open_runs[columns] = start, place + 1
    yield from ((start, end, columns) for columns, (start, end) in open_runs.items())


def cell(value: Scalar) -> dict[str, Any]:
    """A CellData with the value alone, exactly as it is: never a formula."""
    if value is None or value == "":
        return {}
    if isinstance(value, bool):
        return {_VALUE: {"boolValue": value}}
    if isinstance(value, (int, float)):
        return {_VALUE: {"numberValue": value}}
    if isinstance(value, str):
        return {_VALUE: {"stringValue": value}}
    return {_VALUE: {"numberValue": serial_of(value)}}


def update(
    sheet: int, row: int, column: int, block: Sequence[Sequence[dict[str, Any]]], fields: str
) -> Request:
    """Writes a block of CellData from that cell on; `fields` says which parts of them."""
    start = {"sheetId": sheet, "rowIndex": row, "columnIndex": column}
    rows = [{"values": list(cells)} for cells in block]
    return {"updateCells": {"start": start, "rows": rows, "fields": fields}}


def _append(sheet: int, dimension: str, length: int) -> Request:
    return {"appendDimension": {"sheetId": sheet, "dimension": dimension, "length": length}}
