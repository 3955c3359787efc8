"""Reads one workbook in a process of its own, so that a hostile file can't hurt the run.

Called with a path; prints one JSON object: `sheets` and `properties`, or `refused` with a word that
`connectors.workbook` turns into a sentence. Imports only the reader and the standard library.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import signal
import sys
import zipfile
from collections.abc import Iterator
from posixpath import join, normpath
from xml.etree import ElementTree as Xml

import python_calamine as calamine

MEMORY = 1 << 30
"""Bytes that this process may take."""
UNPACKED = 300_000_000
"""Bytes that all parts of the file may say they hold."""
RATIO = 400
PARTS = 5_000
CELLS = 10_000_000
_EXACT = 2**53
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ERROR = re.compile(rb"<(?:\w+:)?c\b([^>]*\bt=\"e\"[^>]*)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_WHERE = re.compile(rb"\br=\"([A-Z]{1,3})(\d{1,7})\"")
_SHOWN = re.compile(rb"<(?:\w+:)?v>([^<]*)</")

Cells = dict[tuple[int, int], str]
Sheet = dict[str, object]


class Refused(Exception):
    """The word that says why the file isn't read."""


def read(path: str) -> dict[str, object]:
    """The workbook's sheets and custom properties. Raises Refused."""
    _check_kind(path)
    try:
        with zipfile.ZipFile(path) as parts:
            _check_size(parts)
            properties = _properties(parts)
            errors = _error_cells(parts)
        with calamine.CalamineWorkbook.from_path(path) as book:
            sheets = list(_sheets(book, errors))
    except calamine.PasswordError as error:
        raise Refused("password") from error
    except (zipfile.BadZipFile, calamine.CalamineError, Xml.ParseError, KeyError) as error:
        raise Refused("damaged") from error
    except OverflowError as error:
        raise Refused("duration") from error
    return {"sheets": sheets, "properties": properties}


def _check_kind(path: str) -> None:
    with open(path, "rb") as file:  # noqa: PTH123 - pathlib costs time here
        head = file.read(8)
        if not head:
            raise Refused("empty")
        if head == _OLE:
            raise Refused("password" if _ENCRYPTED in file.read(1 << 20) else "old")
        if head[:2] != b"PK":
            raise Refused("other")


def _check_size(parts: zipfile.ZipFile) -> None:
    entries = parts.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    swollen = unpacked > 10_000_000 and unpacked > RATIO * packed
    if unpacked > UNPACKED or len(entries) > PARTS or swollen:
        raise Refused("big")
    if not any(name.lower().endswith("workbook.xml") for name in parts.namelist()):
        raise Refused("other")


def _properties(parts: zipfile.ZipFile) -> dict[str, str]:
    name = "docProps/custom.xml"
    if name not in parts.NameToInfo:
        return {}
    root = Xml.fromstring(parts.read(name))  # noqa: S314 - this process may fail, and is limited
    return {p.get("name", ""): "".join(p.itertext()).strip() for p in root}


def _error_cells(parts: zipfile.ZipFile) -> dict[str, Cells]:
    """What stands in cells such as #REF!, by sheet: the reader gives them as blank."""
    return {
        title: cells
        for title, part in _sheet_parts(parts)
        if part in parts.NameToInfo and (cells := _errors_in(parts.read(part)))
    }


def _sheet_parts(parts: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    if "xl/_rels/workbook.xml.rels" not in parts.NameToInfo:
        return
    relations = Xml.fromstring(parts.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {r.get("Id"): r.get("Target", "") for r in relations}
    for element in Xml.fromstring(parts.read("xl/workbook.xml")).iter():  # noqa: S314
        if element.tag.rpartition("}")[2] == "sheet":
            link = next((v for k, v in element.items() if k.endswith("}id")), "")
            part = normpath(join("/xl", targets.get(link, ""))).lstrip("/")
            yield element.get("name", ""), part


def _errors_in(sheet: bytes) -> Cells:
    cells: Cells = {}
    if b't="e"' not in sheet:
        return cells
    for attributes, inner in _ERROR.findall(sheet):
        where, shown = _WHERE.search(attributes), _SHOWN.search(inner)
        if where and shown:
            column = 0
            for letter in where[1]:
                column = 26 * column + letter - 64
            cells[int(where[2]), column - 1] = shown[1].decode()
    return cells


def _sheets(book: calamine.CalamineWorkbook, errors: dict[str, Cells]) -> Iterator[Sheet]:
    for meta in book.sheets_metadata:
        if meta.typ is calamine.SheetTypeEnum.WorkSheet:
            yield _sheet(book.get_sheet_by_name(meta.name), errors.get(meta.name, {}))


def _sheet(sheet: calamine.CalamineSheet, errors: Cells) -> Sheet:
    """Its rows from column A on, blank ones left out, with their true numbers."""
    rows, numbers, widest = [], [], 0
    left = [None] * (sheet.start or (0, 0))[1]
    for number, cells in enumerate(sheet.iter_rows() if sheet.start else (), 1):
        row = [*left, *(_tagged(cell) for cell in cells)]
        if errors:
            row = [errors.get((number, i), cell) for i, cell in enumerate(row)]
        while row and row[-1] is None:
            row.pop()
        if row:
            rows.append(row)
            numbers.append(number)
            widest = max(widest, len(row))
            if widest * len(rows) > CELLS:
                raise Refused("big")
    return {"title": sheet.name, "rows": rows, "numbers": numbers}


def _tagged(cell: object) -> object:
    """The cell as JSON: text, truth or number as they are, dates and clocks as a tagged pair."""
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT:
        return int(cell)
    if isinstance(cell, dt.datetime):
        return ["t", cell.isoformat()]
    if isinstance(cell, dt.date):
        return ["d", cell.isoformat()]
    if isinstance(cell, dt.time):
        whole = 3600 * cell.hour + 60 * cell.minute + cell.second
        return ["c", whole + cell.microsecond / 1_000_000]
    return ["c", cell.total_seconds()] if isinstance(cell, dt.timedelta) else cell


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the size check still holds.
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    allowed = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, most))


def main(path: str) -> None:
    """Print what the workbook holds, or why it is refused."""
    # Ctrl-C on a terminal reaches this process too; whether to go on is for the run to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    try:
        text = json.dumps(read(path))
    except Refused as refused:
        text = json.dumps({"refused": str(refused)})
    except MemoryError:
        text = '{"refused": "big"}'
    sys.stdout.write(text)


if __name__ == "__main__":
    main(sys.argv[1])
