"""A CSV file's records, whatever its encoding and delimiter; a file that is none says so."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from config.errors import BadData, NeedsPermission
from config.words import say

LONGEST = 10_000_000
"""Characters that one cell may hold."""
_SAMPLE = 1_000_000
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Texts of a form are nearly always in one of these when they aren't UTF-8.
_LIKELY = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "shift_jis", "euc_jp", "gb18030", "big5", "cp949",
)  # fmt: skip
_END = "\x00end of the records\x00"


@dataclass(frozen=True)
class CsvText:
    """One CSV file.

    Attributes:
        path: the file.
        missing: the sentence for a file that isn't there.
        again: what to do about a file that can't be used.
    """

    path: Path
    missing: str
    again: str

    def records(self) -> Iterator[list[str]]:
        """Every record in turn, each cell exactly as it was typed; a line of nothing is [].

        Raises:
            BadData: the file is missing, empty or no text, or breaks off inside a cell.
            NeedsPermission: it may not be read.
        """
        raw = self._bytes()
        self._check_kind(raw)
        encoding = self._encoding(raw)
        sample = _lines(raw, encoding).read(_SAMPLE)
        if len(_CONTROLS.findall(sample)) > len(sample) // 10:
            raise self._bad(say("This is no text."), self.again)
        return self._records(_lines(raw, encoding), _delimiter(sample))

    def _bytes(self) -> bytes:
        if self.path.is_dir():
            raise self._bad(say("This is a folder, not a file."), say("Correct the file's name."))
        try:
            return self.path.read_bytes()
        except PermissionError as error:
            raise NeedsPermission(
                say("The file may not be read."), str(self.path), say("Allow yourself to read it.")
            ) from error
        except (OSError, ValueError) as error:
            raise self._bad(self.missing, self.again) from error

    def _encoding(self, raw: bytes) -> str:
        encoding = _encoding_of(raw)
        if encoding is None:
            tried = ", ".join(("utf-8", *_LIKELY))
            raise self._bad(
                say("The file's characters can't be read (tried {tried}).", tried=tried),
                say("Save it as CSV in UTF-8, or download it again."),
            )
        return encoding

    def _check_kind(self, raw: bytes) -> None:
        start = raw[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        if not raw:
            raise self._bad(say("The file is empty."), self.again)
        if start.startswith((b"pk\x03\x04", b"\xd0\xcf\x11\xe0")):
            raise self._bad(
                say("This is a workbook or an archive, not CSV."),
                say("Save it as CSV, or download the responses again as CSV."),
            )
        if start.startswith((b"<!doctype html", b"<html")):
            raise self._bad(say("This is a web page, not CSV."), self.again)
        if start.startswith((b"%pdf", b"\x89png", b"\xff\xd8\xff", b"\x1f\x8b", b"gif8")):
            raise self._bad(say("This is no text."), self.again)

    def _records(self, lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
        csv.field_size_limit(LONGEST)
        # The sentinel only comes out whole when no quotation is still open at the end.
        reader = csv.reader(chain(lines, ["\r\n", _END]), delimiter=delimiter)
        row, last = 0, [_END]
        try:
            for row, record in enumerate(reader, 1):
                if row > 1:
                    yield last
                last = record
        except csv.Error as error:
            raise self._bad(
                say("Row {row} can't be read: a cell of more than {most} characters.",
                    row=row + 1, most=f"{LONGEST:,}"),
                say("Shorten the cell, or download the responses again."),
            ) from error  # fmt: skip
        if last != [_END]:
            raise self._bad(
                say("The quotation mark that opens a cell in row {row} is never closed; the file "
                    "may have been cut off.", row=row),
                self.again,
            )  # fmt: skip

    def _bad(self, what: str, remedy: str) -> BadData:
        return BadData(what, str(self.path), remedy)


def _encoding_of(raw: bytes) -> str | None:
    """The name of the encoding, or None when none fits."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _if_it_fits(raw, "utf-16")
    for half, name in ((raw[1:2000:2], "utf-16-le"), (raw[0:2000:2], "utf-16-be")):
        if len(half) > 4 and half.count(0) > len(half) // 2:
            return _if_it_fits(raw, name)
    return _if_it_fits(raw, "utf-8-sig") or _guessed(raw)


def _if_it_fits(raw: bytes, encoding: str) -> str | None:
    lines = _lines(raw, encoding)
    try:
        while lines.read(_SAMPLE):
            pass
    except UnicodeDecodeError:
        return None
    return encoding


def _guessed(raw: bytes) -> str | None:
    from charset_normalizer import from_bytes

    found = from_bytes(raw, cp_isolation=list(_LIKELY))
    best = found.best()
    if best is None:
        return None
    # In a short text Ñ and Ń look equally likely; then the western one is.
    western = (match for match in found if match.encoding == "cp1252" and match.chaos <= best.chaos)
    return _if_it_fits(raw, next(western, best).encoding)


def _lines(raw: bytes, encoding: str) -> io.TextIOWrapper:
    """The text piece by piece: all of it at once would take four bytes for each character."""
    return io.TextIOWrapper(io.BytesIO(raw), encoding=encoding, newline="")


def _delimiter(sample: str) -> str:
    """The one that makes most rows as wide as the header, and the header widest."""

    def fit(delimiter: str) -> tuple[int, int]:
        lines = io.StringIO(sample, newline="")
        try:
            records = [r for r in islice(csv.reader(lines, delimiter=delimiter), 40) if r]
        except csv.Error:
            return 0, 0
        width = len(records[0]) if records else 0
        return (sum(len(r) == width for r in records), width) if width > 1 else (0, 0)

    return max((",", ";", "\t"), key=fit)
