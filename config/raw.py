"""What comes in from outside: a table of plain scalars that nobody has interpreted yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Scalar = str | bool | int | float | dt.date | dt.datetime | None


LISTED = "\x1f"
"""Stands behind each answer in a cell whose ticked answers came one by one; only where a table has
ids, whose other texts are free of it."""

ERRORS = frozenset(
    ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#ERROR!", "#SPILL!",
     "Loading...")
)  # fmt: skip
"""What a cell shows whose formula failed."""


def in_words(text: str) -> str:
    """The text of a cell as a sheet would join its answers."""
    return text.strip(LISTED).replace(LISTED, ", ") if LISTED in text else text


@dataclass(frozen=True)
class RawTable:
    """One tab or file as it was read.

    Attributes:
        tab: title of the tab, or name of the file.
        header: titles as written, in order; may repeat or be empty.
        rows: one sequence per row, padded to the header's width.
        numbers: the row number of each row as a spreadsheet shows it (the header is row 1).
        joined_by: how several ticked answers are joined in a cell; None where it is not known.
            Cells with LISTED tell it themselves.
        ids: what the form calls each response, "" where a row has none; empty where no row has.
        edited: when each response was last changed, None where it never was; empty as `ids`.
        offered: place of a column → the options of its question.
        formerly: place of a column → earlier titles of its question, the latest first.
    """

    tab: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[Scalar]]
    numbers: Sequence[int]
    joined_by: str | None = None
    ids: Sequence[str] = ()
    edited: Sequence[dt.datetime | None] = ()
    offered: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    formerly: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class RawList:
    """A list as it was read, column by column, since it may be very long.

    Attributes:
        tab: title of the tab, or name of the file.
        header: titles as written, in order; may repeat or be empty.
        columns: the cells below each title, all equally many.
        numbers: the row number of each row as a spreadsheet shows it.
    """

    tab: str
    header: tuple[str, ...]
    columns: tuple[Sequence[Scalar], ...]
    numbers: Sequence[int]


def is_blank(value: Scalar) -> bool:
    """Whether a cell holds nothing that a person would see."""
    return value is None or (isinstance(value, str) and not value.strip())


def column_letter(position: int) -> str:
    """What a spreadsheet calls the column: A for 0, AB for 27."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
