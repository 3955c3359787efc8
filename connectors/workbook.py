"""Reading `.xlsx` files, each in a child process with a limit on memory and time."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from config.errors import BadData, NeedsPermission, Temporary
from config.raw import RawTable, Scalar
from config.words import say

SECONDS = 60.0
"""How long one workbook may take."""
_CHILD = Path(__file__).with_name("workbook_child.py")


class Clock(str):
    """A time of day or a duration such as `26:30:00`: text to read, kept so as to write it back."""

    __slots__ = ("seconds",)
    seconds: float

    def __new__(cls, seconds: float) -> Self:
        """The text of so many seconds."""
        whole = round(abs(seconds))
        sign = "-" if seconds < 0 else ""
        text = f"{sign}{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
        clock = super().__new__(cls, text)
        clock.seconds = seconds
        return clock


@dataclass(frozen=True)
class Sheet:
    """One tab.

    Attributes:
        table: its first row that holds something as header, and the rows below.
        top: the row number of that header.
        titles: the header's cells with their types.
    """

    table: RawTable
    top: int = 1
    titles: tuple[Scalar, ...] = ()


@dataclass(frozen=True)
class Workbook:
    """A workbook's tabs by title, in order, and its custom document properties."""

    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)

    @property
    def tables(self) -> dict[str, RawTable]:
        """The tabs alone."""
        return {title: sheet.table for title, sheet in self.sheets.items()}


def read_workbook(path: Path) -> dict[str, RawTable]:
    """Every tab by title; the same errors as `open_workbook`."""
    return open_workbook(path).tables


def open_workbook(path: Path, seconds: float = SECONDS) -> Workbook:
    """Read all of an `.xlsx` file.

    Args:
        path: the file.
        seconds: how long it may take.

    Raises:
        BadData: it is missing, damaged, locked with a password, too big, or something else.
        NeedsPermission: it may not be read.
        Temporary: the reading process could not be started.
    """
    answer = _answer(path, seconds)
    if "refused" in answer:
        raise _refusal(path, answer["refused"])
    sheets = {sheet["title"]: _sheet(sheet) for sheet in answer["sheets"]}
    return Workbook(sheets, answer["properties"])


def _answer(path: Path, seconds: float) -> dict[str, Any]:
    if not path.is_file():
        return {"refused": "folder" if path.is_dir() else "missing"}
    try:
        path.open("rb").close()
        done = subprocess.run(  # noqa: S603 - our own file, no shell
            [sys.executable, "-P", str(_CHILD), str(path.resolve())],
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"refused": "slow"}
    except PermissionError as error:
        raise NeedsPermission(
            say("The file may not be read."), str(path), say("Allow yourself to read it.")
        ) from error
    except OSError as error:
        raise Temporary(
            say("The workbook could not be read: {reason}.", reason=error.strerror or str(error)),
            str(path),
            say("Run Weaver again."),
        ) from error
    if done.returncode:
        # Out of memory, the reader is ended by a signal; on a file it can't follow, it gives up.
        return {"refused": "big" if done.returncode < 0 else "damaged"}
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _refusal(path: Path, why: str) -> BadData:
    small = say("Delete what does not belong there (also far below and to the right), or restore a "
                "copy from before.")  # fmt: skip
    again = say("Open it in your spreadsheet program and save it as .xlsx, or restore a copy.")
    sentences = {
        "missing": (say("The workbook is not there."), say("Put it there, or correct its name.")),
        "folder": (say("This is a folder, not a workbook."), say("Correct the file's name.")),
        "empty": (say("The file is empty."), say("Restore a copy from before.")),
        "old": (say("This is a workbook of the old .xls kind."), again),
        "other": (say("This is no .xlsx workbook."), again),
        "damaged": (say("The workbook is damaged."), again),
        "password": (
            say("The workbook is locked with a password."),
            say("Save it without a password."),
        ),
        "duration": (
            say("A huge number is shown as a duration."),
            say("Give that cell an ordinary number format."),
        ),
        "big": (say("The workbook is too big when it is unpacked."), small),
        "slow": (say("The workbook takes too long to read."), small),
    }
    what, remedy = sentences[why]
    return BadData(what, str(path), remedy)


def _sheet(sheet: Mapping[str, Any]) -> Sheet:
    title, numbers = sheet["title"], sheet["numbers"]
    if not numbers:
        return Sheet(RawTable(title, (), (), ()))
    width = max(len(row) for row in sheet["rows"])
    titles, *rows = (_row(row, width) for row in sheet["rows"])
    header = tuple("" if cell is None else str(cell) for cell in titles)
    return Sheet(RawTable(title, header, tuple(rows), tuple(numbers[1:])), numbers[0], titles)


def _row(row: Sequence[Any], width: int) -> tuple[Scalar, ...]:
    cells = (_cell(cell) if isinstance(cell, list) else cell for cell in row)
    return (*cells, *[None] * (width - len(row)))


def _cell(tagged: Sequence[Any]) -> Scalar:
    kind, value = tagged
    if kind == "d":
        return dt.date.fromisoformat(value)
    return dt.datetime.fromisoformat(value) if kind == "t" else Clock(value)
