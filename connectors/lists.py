"""Lists that somebody has: read from a CSV file or a workbook, written as CSV."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from config.errors import BadData
from config.raw import RawList, RawTable
from config.words import say
from connectors.csvtext import CsvText
from connectors.files import replace_file
from connectors.workbook import read_workbook

_AT_ONCE = 50_000
_SPECIAL = re.compile('[",\r\n]')
_ARCHIVES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def read_lists(path: Path) -> Mapping[str, RawList]:
    """The lists in the file by tab; a CSV file has one. Every row comes, blank ones too.

    Raises:
        BadData: the file is missing, empty, or neither CSV nor a workbook.
        NeedsPermission: it may not be read.
    """
    if _is_workbook(path):
        return {title: _turned(table) for title, table in read_workbook(path).items()}
    return {path.name: _read_csv(path)}


def write_list(path: Path, header: Sequence[str], columns: Sequence[Sequence[str]]) -> None:
    """Write a CSV file of two columns at least, in UTF-8; the same errors as `replace_file`."""
    replace_file(path, _pieces(header, columns))


def _is_workbook(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) in _ARCHIVES
    except (OSError, ValueError):
        return False  # reading it as a text says what is wrong


def _turned(table: RawTable) -> RawList:
    columns = tuple(zip(*table.rows, strict=True)) or tuple(() for _ in table.header)
    return RawList(table.tab, table.header, columns, table.numbers)


def _read_csv(path: Path) -> RawList:
    again = say("Save the list as CSV or .xlsx, with its titles in the first row.")
    records = CsvText(path, say("The list is not there."), again).records()
    top, header = next(
        ((n, r) for n, r in enumerate(records, 1) if any(map(str.strip, r))), (0, [])
    )
    if not top:
        raise BadData(say("The file holds nothing."), str(path), again)
    columns = _columns(_to_the_last(records), len(header))
    count = len(columns[0])
    titles = (*header, *[""] * (len(columns) - len(header)))
    return RawList(path.name, titles, tuple(columns), range(top + 1, top + 1 + count))


def _to_the_last(records: Iterator[list[str]]) -> Iterator[list[str]]:
    """Without the empty lines at the end."""
    empty = 0
    for record in records:
        if record:
            yield from ([] for _ in range(empty))
            empty = 0
            yield record
        else:
            empty += 1


def _columns(records: Iterator[list[str]], width: int) -> list[list[str]]:
    """The cells column by column; each text that is often there is kept once."""
    columns: list[list[str]] = [[] for _ in range(width)]
    known: list[dict[str, str] | None] = [{} for _ in range(width)]
    count = 0
    while rows := list(islice(records, _AT_ONCE)):
        widths = set(map(len, rows))
        if widths != {len(columns)}:
            columns += [[""] * count for _ in range(max(widths) - len(columns))]
            known += [{} for _ in range(len(columns) - len(known))]
            rows = [row + [""] * (len(columns) - len(row)) for row in rows]
        for at, cells in enumerate(zip(*rows, strict=True)):
            columns[at].extend(_shared(cells, known, at))
        count += len(rows)
    return columns


def _shared(
    cells: Sequence[str], known: list[dict[str, str] | None], at: int
) -> Iterator[str] | Sequence[str]:
    """The cells, with those that were there before being the same text in memory."""
    kept = known[at]
    if kept is None:
        return cells
    if len(kept) > _AT_ONCE // 4:  # nearly each is another: it would cost more than it saves
        known[at] = None
    return map(kept.setdefault, cells, cells)


def _pieces(header: Sequence[str], columns: Sequence[Sequence[str]]) -> Iterator[bytes]:
    yield _written([[title] for title in header])
    for start in range(0, len(columns[0]), _AT_ONCE):
        yield _written([column[start : start + _AT_ONCE] for column in columns])


def _written(columns: Sequence[Sequence[str]]) -> bytes:
    """Some rows as CSV; column by column, since whole columns need no quotation mark."""
    rows = map(",".join, zip(*map(_quoted, columns), strict=True))
    return "".join(f"{row}\r\n" for row in rows).encode("utf-8", "replace")


def _quoted(cells: Sequence[str]) -> Sequence[str]:
    if not _SPECIAL.search("\x00".join(cells)):
        return cells
    known = {cell: _in_quotes(cell) for cell in set(cells)}
    return [known[cell] for cell in cells]


def _in_quotes(cell: str) -> str:
    if not _SPECIAL.search(cell):
        return cell
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'
