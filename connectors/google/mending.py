"""What is done where people moved rows or columns in the very moment in which Weaver wrote.

Google knows no condition for a change ("only if nothing moved"). So the answer to each change also
brings the titles and keys as they were right after it. Where those aren't where they were a moment
ago, the tab is read anew, and what Weaver wrote into a cell that isn't its own gets back what stood
there. Which row and column a cell belongs to is told by what Weaver did not write over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from config.raw import Scalar, column_letter
from connectors.cells import same
from connectors.google.book import GoogleTab
from connectors.google.edits import Work, cell, content, last_row, structure, update
from connectors.google.looks import Request
from connectors.google.whereabouts import Place, Whereabouts, at, key_places, whereabouts

FIELDS = (
    "updatedSpreadsheet.sheets(properties.sheetId,"
    "data(startRow,startColumn,rowData.values.effectiveValue))"
)
"""Google's mask for the part of its answer that `moved` looks at."""


def to_see(work: Work) -> list[str]:
    """The ranges whose state after the change is wanted: the titles, and each key's column."""
    if work.tab is None:
        return []
    top, title = work.above + 1, work.tab.range.rpartition("!")[0]
    columns = (column_letter(place) for place in key_places(work))
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
        for place, column in zip(key_places(work), found, strict=True)
    )


def mends(work: Work, fresh: GoogleTab | None) -> list[Request]:
    """Requests that give back what stood in cells that turned out not to be Weaver's.

    Args:
        work: what was to be written, and what stood there before.
        fresh: the same tab as it stands now; whether the change was carried out isn't known.
    """
    if work.tab is None or fresh is None or fresh.cells is None:
        return []
    written, new = _written(work)
    landed = {
        place: value for place, value in written.items() if same(at(fresh.cells, *place), value)
    }
    where = whereabouts(work, fresh.cells, landed, new) if landed else None
    if where is None:
        return []
    return [
        update(fresh.sheet_id, *place, [[cell(stood)]], "userEnteredValue")
        for place, value in sorted(landed.items())
        if not same(stood := _stood(work, where, place, value, new), value)
    ]


def _stood(work: Work, where: Whereabouts, place: Place, value: Scalar, new: range) -> Scalar:
    """What belongs into a cell that Weaver has written."""
    row, column = place
    before = where.columns.get(column)
    if row in new:
        right = where.row_after_header(row) and where.unmoved
        return value if right else None
    meant = row - len(new) if row >= new.start and new else row
    if row == where.header:
        added = before is None and meant == work.above and where.unmoved
        return value if added else at(where.stood, work.above, before)
    came = where.rows.get(row)
    if (came, before) == (meant, column):
        return value
    if came is not None and before is not None and _is_ours(work, before):
        return value  # the next look at the tab puts it right
    return at(where.stood, came, before)


def _is_ours(work: Work, place: int) -> bool:
    """Whether a column that stood there is Weaver's to write, again and again."""
    column = work.merged.columns[place] if place < len(work.merged.columns) else None
    return column is not None and column.ours and place not in key_places(work)


def _written(work: Work) -> tuple[dict[Place, Scalar], range]:
    """Each cell that the change writes, with its value as Google keeps it; and the new rows."""
    written: dict[Place, Scalar] = {}
    new = range(0)
    for request in (*structure(work), *content(work)):
        where = request.get("insertDimension", {}).get("range", {})
        if where.get("dimension") == "ROWS":
            new = range(where["startIndex"], where["endIndex"])
        change = request.get("updateCells", {})
        if "userEnteredValue" not in change.get("fields", ""):
            continue
        row, column = change["start"]["rowIndex"], change["start"]["columnIndex"]
        for down, line in enumerate(change["rows"]):
            for right, entered in enumerate(line["values"]):
                written[row + down, column + right] = _entered(entered)
    return written, new


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
    return len(one) == len(other) and all(
        same(_entered(cell(a)), b) for a, b in zip(one, other, strict=True)
    )


def _trimmed(values: Sequence[Any]) -> Sequence[Any]:
    end = len(values)
    while end and values[end - 1] in (None, ""):
        end -= 1
    return values[:end]


def _entered(found: Mapping[str, Any]) -> Scalar:
    """The value in a CellData as Google keeps it: days and moments as numbers."""
    kept = next(iter(found.get("userEnteredValue", {}).values()), None)
    return kept if isinstance(kept, (str, bool, int, float)) else None


def _grid(part: Mapping[str, Any]) -> list[list[Scalar]]:
    rows = part.get("rowData", ())
    return [[_value(value) for value in row.get("values", ())] for row in rows]


def _value(found: Mapping[str, Any]) -> Scalar:
    kept = found.get("effectiveValue", {})
    known = ("stringValue", "numberValue", "boolValue")
    return next((kept[name] for name in known if name in kept), None)
