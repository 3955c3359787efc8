"""Google Forms' responses from a CSV file, in either of the shapes that Google gives."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from config.errors import BadData, NeedsPermission
from config.raw import RawTable
from config.words import say

LONGEST = 10_000_000
"""Characters that one cell may hold."""
_AGAIN = "Download the responses again as CSV and put the file here."
_ZONED = re.compile(r"^\d{4}/\d{1,2}/\d{1,2}\s.*\d:\d\d.*(\b(GMT|UTC)\b|\s[A-Z]{3,5}$)")
_TIMED = re.compile(r"^\d{1,4}([/.-])\d{1,2}\1\d{1,4},?\s.*\d:\d\d")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Texts of a form are nearly always in one of these when they aren't UTF-8.
_LIKELY = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "shift_jis", "euc_jp", "gb18030", "big5", "cp949",
)  # fmt: skip
_END = "\x00end of the responses\x00"


class CsvSignOns:
    """The responses in one CSV file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> RawTable:
        """All responses, each cell exactly as it was typed.

        Raises:
            BadData: the file is missing, empty or no text.
            NeedsPermission: it may not be read.
        """
        text = self._text(self._bytes())
        records = self._records(text)
        numbered = [(n, r) for n, r in enumerate(records, 1) if any(map(str.strip, r))]
        if not numbered:
            raise self._bad(say("The file holds nothing."), say(_AGAIN))
        (_, header), *body = numbered
        width = max(len(record) for _, record in numbered)
        rows = tuple((*record, *[""] * (width - len(record))) for _, record in body)
        titles = (*header, *[""] * (width - len(header)))
        joined_by = _joined_by([row[0] for row in rows])
        return RawTable(self.path.name, titles, rows, tuple(n for n, _ in body), joined_by)

    def _bytes(self) -> bytes:
        if self.path.is_dir():
            raise self._bad(say("This is a folder, not a file."), say("Correct the file's name."))
        try:
            return self.path.read_bytes()
        except PermissionError as error:
            raise NeedsPermission(
                say("The file may not be read."), str(self.path), say("Allow yourself to read it.")
            ) from error
        except OSError as error:
            raise self._bad(say("The responses are not there."), say(_AGAIN)) from error

    def _text(self, raw: bytes) -> str:
        self._check_kind(raw)
        text = _decoded(raw)
        if text is None:
            tried = ", ".join(("utf-8", *_LIKELY))
            raise self._bad(
                say("The file's characters can't be read (tried {tried}).", tried=tried),
                say("Save it as CSV in UTF-8, or download it again."),
            )
        if len(_CONTROLS.findall(text[:1_000_000])) > len(text[:1_000_000]) // 10:
            raise self._bad(say("This is no text."), say(_AGAIN))
        return text

    def _check_kind(self, raw: bytes) -> None:
        start = raw[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        if not raw:
            raise self._bad(say("The file is empty."), say(_AGAIN))
        if start.startswith((b"pk\x03\x04", b"\xd0\xcf\x11\xe0")):
            raise self._bad(
                say("This is a workbook or an archive, not CSV."),
                say("Save it as CSV, or download the responses again as CSV."),
            )
        if start.startswith((b"<!doctype html", b"<html")):
            raise self._bad(say("This is a web page, not CSV."), say(_AGAIN))
        if start.startswith((b"%pdf", b"\x89png", b"\xff\xd8\xff", b"\x1f\x8b", b"gif8")):
            raise self._bad(say("This is no text."), say(_AGAIN))

    def _records(self, text: str) -> list[list[str]]:
        csv.field_size_limit(LONGEST)
        # The sentinel only comes out whole when no quotation is still open at the end.
        ended = chain(_lines(text), ["\r\n", _END])
        records: list[list[str]] = []
        try:
            records.extend(csv.reader(ended, delimiter=_delimiter(text)))
        except csv.Error as error:
            raise self._bad(
                say("Row {row} can't be read: a cell of more than {most} characters.",
                    row=len(records) + 1, most=f"{LONGEST:,}"),
                say("Shorten the cell, or download the responses again."),
            ) from error  # fmt: skip
        if records.pop() != [_END]:
            raise self._bad(
                say("The quotation mark that opens a cell in row {row} is never closed; the file "
                    "may have been cut off.", row=len(records) + 1),
                say(_AGAIN),
            )  # fmt: skip
        return records

    def _bad(self, what: str, remedy: str) -> BadData:
        return BadData(what, str(self.path), remedy)


def _decoded(raw: bytes) -> str | None:
    """The text, or None when no encoding fits."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _attempt(raw, "utf-16")
    for half, name in ((raw[1:2000:2], "utf-16-le"), (raw[0:2000:2], "utf-16-be")):
        if len(half) > 4 and half.count(0) > len(half) // 2:
            return _attempt(raw, name)
    text = _attempt(raw, "utf-8-sig")
    return _guessed(raw) if text is None else text


def _attempt(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _guessed(raw: bytes) -> str | None:
    from charset_normalizer import from_bytes

    found = from_bytes(raw, cp_isolation=list(_LIKELY))
    best = found.best()
    if best is None:
        return None
    # In a short text Ñ and Ń look equally likely; then the western one is.
    western = (match for match in found if match.encoding == "cp1252" and match.chaos <= best.chaos)
    return str(next(western, best))


def _lines(text: str) -> Iterator[str]:
    return iter(io.StringIO(text, newline=""))


def _delimiter(text: str) -> str:
    """The one that makes most rows as wide as the header, and the header widest."""

    def fit(delimiter: str) -> tuple[int, int]:
        try:
            records = [r for r in islice(csv.reader(_lines(text), delimiter=delimiter), 40) if r]
        except csv.Error:
            return 0, 0
        width = len(records[0]) if records else 0
        return (sum(len(r) == width for r in records), width) if width > 1 else (0, 0)

    return max((",", ";", "\t"), key=fit)


def _joined_by(times: Sequence[str]) -> str | None:
    """How ticked answers are joined: Forms' own download names a zone in its timestamps."""
    if any(_ZONED.match(time) for time in times):
        return ";"
    return ", " if any(_TIMED.match(time) for time in times) else None
