"""Cells as text, read once per distinct text, and the sentences about those that cannot be read."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from config.problems import Problem
from config.raw import RawTable, Scalar, is_blank
from config.text import shorten
from config.words import say

T = TypeVar("T")
OFTEN = 20
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufe0f\ufeff]")
_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")


def as_text(cell: Scalar) -> str:
    """The cell as a person reads it: whole numbers without `.0`, dates as ISO text; "" if blank."""
    if isinstance(cell, str):
        return cell if not is_blank(cell) else ""
    if cell is None or cell != cell:  # a float that holds no number differs from itself
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        bare = cell.time() == dt.time() and cell.tzinfo is None
        return cell.date().isoformat() if bare else cell.isoformat(" ")
    return str(cell)


def texts_of(cells: Sequence[Scalar]) -> list[str]:
    """A column's cells as text."""
    # Most cells are texts or empty: asking as_text about each takes three times as long.
    return [
        (cell if cell.strip() else "") if type(cell) is str else as_text(cell) if cell is not None
        else "" for cell in cells
    ]  # fmt: skip


def plain(text: str) -> str:
    """The text in one line with ASCII digits and blanks, without direction marks."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).replace("\u2212", "-")
        text = _FOREIGN_DIGIT.sub(lambda found: str(unicodedata.digit(found[0])), text)
    return " ".join(text.split())


def per_distinct(texts: Sequence[str], read: Callable[[str], T]) -> list[T]:
    """`read` of every text, called once for each distinct one."""
    known = {text: read(text) for text in dict.fromkeys(texts)}
    return [known[text] for text in texts]


def filled(raw: RawTable) -> list[int]:
    """The places of the rows that hold something."""
    return [i for i, row in enumerate(raw.rows) if not all(map(is_blank, row))]


def filled_rows(raw: RawTable) -> tuple[list[list[Scalar]], list[int]]:
    """The table's columns and row numbers without the rows that hold nothing."""
    kept = filled(raw)
    rows = [raw.rows[i] for i in kept]
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in raw.header]
    return columns, [raw.numbers[i] for i in kept]


def unreadable(
    tab: str,
    column: str,
    faults: Iterable[tuple[int, str, str, str]],
) -> list[Problem]:
    """A problem per cell; the same text in very many cells makes one problem for the column.

    Args:
        tab: the tab or file.
        column: the column's title.
        faults: (row number, text of the cell, what is wrong, what to do).
    """
    known = list(faults)
    times = Counter((text, what) for _, text, what, _ in known)
    problems: dict[tuple[int, str, str], Problem] = {}
    for row, text, what, remedy in known:
        often = times[text, what]
        if often > OFTEN:
            row, what = 0, say("{what} ({n} cells)", what=what, n=often)  # noqa: PLW2901
        problem = Problem(tab, row, column, what, remedy, shorten(text))
        problems[row, text, what] = problem
    return list(problems.values())


def coalesce(columns: Sequence[Sequence[str]]) -> tuple[list[str], list[int]]:
    """The first filled cell of each row, and the places of rows whose cells contradict each other.

    Cells that differ only in blanks do not contradict each other.
    """
    merged = list(columns[0])
    clashes: set[int] = set()
    for column in columns[1:]:
        for place, text in enumerate(column):
            if not text:
                continue
            if not merged[place]:
                merged[place] = text
            elif merged[place].split() != text.split():
                clashes.add(place)
    return merged, sorted(clashes)
