"""What people own in a spreadsheet, read off by content: no position counts but that of a row.

A tab that Weaver never writes is owned as a whole. In Weaver's and the shared tabs people own the
cells of their columns and of columns that they added, notes, colours and comments anywhere, hidden
rows, filters and protections. A row's key is part of what they own there: it says what their cells
are about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from config.tables import TABLES, Table
from connectors.google.book import sheet_id_of
from reports.tabs import _KEYS
from tests.google_emulator.sheets.cells import EMPTY, Cell, unpack
from tests.google_emulator.sheets.model import Sheet, Spreadsheet

WRITTEN = {sheet_id_of(t.name): t for t in TABLES if t.who in ("weaver", "both")}
"""Number of a tab → the table that Weaver writes there."""
PEN = {"red": 0.91, "green": 0.72, "blue": 0.13}
"""The colour in which people mark cells."""
Things = Counter[tuple[Any, ...]]


def owned(spreadsheet: Spreadsheet) -> Things:
    """Everything of people's in the spreadsheet, and every key."""
    found: Things = Counter()
    found["file", spreadsheet.locale, spreadsheet.time_zone, spreadsheet.title] += 1
    people = [sheet for sheet in spreadsheet.sheets if sheet.sheet_id not in WRITTEN]
    found["tabs", tuple(sheet.sheet_id for sheet in people)] += 1
    for sheet in spreadsheet.sheets:
        table = WRITTEN.get(sheet.sheet_id)
        if table is None:
            found["tab", sheet.sheet_id, whole(sheet)] += 1
        else:
            found.update((table.name, *thing) for thing in _shared(sheet, table))
    return found


def whole(sheet: Sheet) -> str:
    """Everything of a tab."""
    return repr({name: value for name, value in sheet.__dict__.items() if name != "owner"})


def keys_of(things: Things) -> Things:
    """The keys alone: (table, "key", key)."""
    return Counter({thing: n for thing, n in things.items() if thing[1] == "key"})


def broken(before: Things, after: Things) -> list[str]:
    """What is no more as people left it, or was doubled; nothing but new keys may be new."""
    wrong = [f"gone: {thing!r:.900} ×{n}" for thing, n in (before - after).items()]
    for thing, n in (after - before).items():
        if thing[1] == "title" and thing[3] is None:
            continue  # a planned column of a tab that is new
        if thing[1] != "key":
            wrong.append(f"new: {thing!r:.900} ×{n}")
        elif thing in before or n > 1:
            wrong.append(f"doubled: {thing!r:.900}")
    return wrong


def header_row(sheet: Sheet, table: Table) -> int:
    """The row in which most of the table's titles stand."""
    titles = {column.title for column in table.columns}
    counts = [sum(unpack(stored).value in titles for stored in line) for line in sheet.lines]
    return counts.index(max(counts)) if counts else 0


def _shared(sheet: Sheet, table: Table) -> Iterator[tuple[Any, ...]]:
    top = header_row(sheet, table)
    theirs, key = _columns(sheet, table, top)
    for title, cell in theirs.values():
        yield "title", title, cell
    names = {c: t for c, (t, _) in theirs.items()}
    line = sheet.lines[top] if sheet.lines else []
    ours = {place: str(unpack(stored).value) for place, stored in enumerate(line)}
    for at, line in enumerate(sheet.lines):
        if at < top:
            if above := tuple(_pen(cell) for cell in map(unpack, line) if cell != EMPTY):
                yield "above", above
            continue
        if at == top:
            continue
        yield from _row(sheet, at, (names, ours), key, table)
    yield from _around(sheet, top, key)


def _columns(sheet: Sheet, table: Table, top: int) -> tuple[dict[int, tuple[str, Any]], int | None]:
    """People's columns: place → (title, what they made of it); and the place of the key."""
    ours = {column.title for column in table.columns if column.who == "weaver"}
    planned = {column.title for column in table.columns} - ours
    width = max((len(line) for line in sheet.lines), default=0)
    wanted = _KEYS.get(table.name, ())
    key: int | None = None
    theirs: dict[int, tuple[str, Any]] = {}
    for place in range(width):
        cell = sheet.cell(top, place) or EMPTY
        title = cell.value if isinstance(cell.value, str) else repr(cell.value)
        if title in ours:
            ours.remove(title)
            key = place if wanted == (title,) else key
        else:
            # A planned column's title is Weaver's to dress, an own one's is not.
            theirs[place] = (title, None if title in planned else _pen(cell))
    return theirs, key


def _row(
    sheet: Sheet,
    at: int,
    titles: tuple[dict[int, str], dict[int, str]],
    key: int | None,
    table: Table,
) -> Iterator[tuple[Any, ...]]:
    theirs, ours = titles
    things: list[Any] = []
    for place, stored in enumerate(sheet.lines[at]):
        title = theirs.get(place)
        if stored is None or (title is None and type(stored) is not Cell):
            continue
        cell = unpack(stored)
        marked = _marked(cell)
        if title is None:
            if not (marked or cell.note):
                continue
            title, cell = ours.get(place, ""), EMPTY.but(note=cell.note, format=marked)
        if cell.value is not None or cell.note or cell.formula or marked:
            things.append((title, _pen(cell)))
    if hidden := sheet.row_props.get(at):
        things.append(("hidden", repr({k: v for k, v in hidden.items() if k.startswith("hidden")})))
    things.sort(key=repr)
    name = (sheet.cell(at, key) or EMPTY).value if key is not None else None
    if name is not None:
        yield "key", name
    if things and table.name in _KEYS:
        yield "row", name, tuple(things)
    else:
        # Weaver writes such a tab anew from the top: what stands beside what isn't promised.
        for thing in things:
            yield "cell", thing


def _around(sheet: Sheet, top: int, key: int | None) -> Iterator[tuple[Any, ...]]:
    for thread in sheet.comments:
        row = thread["range"].get("startRowIndex", 0)
        about = (sheet.cell(row, key) or EMPTY).value if key is not None else None
        yield "comment", thread["text"], about if row > top else "above"
    for thing in sheet.protected:
        if thing.get("description", "").startswith("theirs"):
            column = thing["range"].get("startColumnIndex")
            title = (sheet.cell(top, column) or EMPTY).value if column is not None else ""
            yield "protected", thing["protectedRangeId"], title
    for place, chosen in ((sheet.basic_filter or {}).get("criteria") or {}).items():
        yield "filter", (sheet.cell(top, int(place)) or EMPTY).value, repr(chosen)


def _marked(cell: Cell) -> Any:
    """The colour, where people chose it."""
    colour = (cell.format or {}).get("backgroundColor")
    return {"backgroundColor": colour} if colour == PEN else None


def _pen(cell: Cell) -> str:
    """Value, formula, format and note."""
    return repr((cell.value, cell.formula, cell.format, cell.note))
