"""What is done where people moved rows or columns in the very moment in which Weaver wrote.

Google knows no condition for a change ("only if nothing moved"). So the answer to each change also
brings the titles and keys as they were right after it. Where those aren't where they were a moment
ago, the tab is read anew, and what Weaver wrote into a cell that isn't its own gets back what stood
there.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

from config.raw import RawTable, Scalar
from connectors.cells import canonical, same
from connectors.google.book import top_of
from connectors.google.edits import Work, cell, last_row, letters, update
from connectors.google.looks import Request
from connectors.merge import column_places

FIELDS = (
    "updatedSpreadsheet.sheets(properties.sheetId,"
    "data(startRow,startColumn,rowData.values.effectiveValue))"
)
"""Google's mask for the part of its answer that `moved` looks at."""
Place = tuple[str, int]
"""A column by its title, and which of several of that title it is."""


def to_see(work: Work) -> list[str]:
    """The ranges whose state after the change is wanted: the titles, and each key's column."""
    if work.tab is None:
        return []
    top, title = work.above + 1, work.tab.range.rpartition("!")[0]
    columns = (letters(place) for place in _keys(work))
    return [f"{title}!{top}:{top}", *(f"{title}!{c}{top}:{c}" for c in columns)]


def moved(work: Work, answer: Mapping[str, Any]) -> bool:
    """Whether titles or keys stand elsewhere than where Weaver had found them."""
    if work.tab is None:
        return False
    sheets = answer.get("updatedSpreadsheet", {}).get("sheets", ())
    parts = [
        part
        for sheet in sheets
        if sheet.get("properties", {}).get("sheetId", 0) == work.sheet
        for part in sheet.get("data", ())
    ]
    if not parts:
        return False
    titles, *columns = (_grid(part) for part in parts)
    header = [str(value or "") for value in (titles[0] if titles else ())]
    if header != [*_trimmed(work.merged.header)]:
        return True
    found = [[row[0] if row else None for row in column[1:]] for column in columns]
    return any(
        not _alike(_column(work, place), column)
        for place, column in zip(_keys(work), found, strict=True)
    )


def mends(work: Work, fresh: Work) -> list[Request]:
    """Requests that give back what stood in cells that turned out not to be Weaver's.

    Args:
        work: what was written, and what stood there before.
        fresh: the same tab as it stands now.
    """
    if work.tab is None or fresh.tab is None or fresh.tab.cells is None:
        return []
    grid = fresh.tab.cells
    before = _by_key(work, work.current)
    titles = _titles(fresh.current.header)
    rows = dict(zip(fresh.current.numbers, fresh.current.rows, strict=True))
    ours = {place for place, column in enumerate(fresh.merged.columns) if column and column.ours}
    found = []
    for row, column, value in _written(work):
        stands = grid[row][column] if row < len(grid) and column < len(grid[row]) else None
        if not same(_raw(value), stands):
            continue
        number = row + 1 - (top_of(fresh.tab) - 1)
        key = _key(fresh, rows.get(number, ()))
        if column in ours and key in before:
            continue  # the next look at the tab puts it right
        place = titles[column] if column < len(titles) else ("", 0)
        stood = before.get(key, {}).get(place)
        if not same(stood, stands):
            found.append(update(fresh.sheet, row, column, [[cell(stood)]], "userEnteredValue"))
    return found


def _written(work: Work) -> Iterator[tuple[int, int, Scalar]]:
    """Each cell that Weaver wrote into a row that was there before: (row, column, value)."""
    before = dict(zip(work.current.numbers, work.current.rows, strict=True))
    for number, row in zip(work.merged.numbers, work.merged.rows, strict=True):
        stood = before.get(number)
        if stood is None:
            continue
        for place, column in enumerate(work.merged.columns):
            old = stood[place] if place < len(stood) else None
            if column and column.ours and old is not row[place]:
                yield work.above + number - 1, place, row[place]


def _keys(work: Work) -> list[int]:
    titles = [column.title for column in work.plan.columns]
    found = column_places(work.plan, work.merged.header)
    wanted = (found[titles.index(title)] for title in work.plan.key)
    return [place for place in wanted if place is not None]


def _key(work: Work, row: Sequence[Scalar]) -> tuple[Hashable, ...]:
    return tuple(canonical(row[p]) if p < len(row) else "" for p in _keys(work))


def _by_key(work: Work, table: RawTable) -> dict[tuple[Hashable, ...], dict[Place, Scalar]]:
    """Key → the row's cells by their column; of rows that are alike the first."""
    titles = _titles(table.header)
    found: dict[tuple[Hashable, ...], dict[Place, Scalar]] = {}
    for row in table.rows:
        found.setdefault(_key(work, row), dict(zip(titles, row, strict=False)))
    return found


def _titles(header: Sequence[str]) -> list[Place]:
    seen: dict[str, int] = {}
    found = []
    for title in header:
        found.append((title, seen.setdefault(title, 0)))
        seen[title] += 1
    return found


def _column(work: Work, place: int) -> list[Scalar]:
    """The key's column as it must be after the change: what stood there, and the added rows."""
    last, there = last_row(work), set(work.current.numbers)
    added = [
        row[place]
        for number, row in zip(work.merged.numbers, work.merged.rows, strict=True)
        if number not in there
    ]
    stood = {
        number: row[place]
        for number, row in zip(work.current.numbers, work.current.rows, strict=True)
        if place < len(row)
    }
    upper = [stood.get(number) for number in range(2, last + 1)]
    lower = [stood.get(n) for n in range(last + 1, max(stood, default=1) + 1)]
    return [*upper, *added, *lower]


def _alike(wanted: Sequence[Scalar], found: Sequence[Scalar]) -> bool:
    one, other = _trimmed(wanted), _trimmed(found)
    return len(one) == len(other) and all(same(_raw(a), b) for a, b in zip(one, other, strict=True))


def _trimmed(values: Sequence[Any]) -> Sequence[Any]:
    end = len(values)
    while end and values[end - 1] in (None, ""):
        end -= 1
    return values[:end]


def _raw(value: Scalar) -> Scalar:
    """The value as Google keeps it: days and moments as numbers."""
    kept = next(iter(cell(value).get("userEnteredValue", {}).values()), None)
    return kept if isinstance(kept, (str, bool, int, float)) else None


def _grid(part: Mapping[str, Any]) -> list[list[Scalar]]:
    rows = part.get("rowData", ())
    return [[_value(value) for value in row.get("values", ())] for row in rows]


def _value(found: Mapping[str, Any]) -> Scalar:
    kept = found.get("effectiveValue", {})
    known = ("stringValue", "numberValue", "boolValue")
    return next((kept[name] for name in known if name in kept), None)
