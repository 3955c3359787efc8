"""What comes in from outside: a table of plain scalars that nobody has interpreted yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

Scalar = str | bool | int | float | dt.date | dt.datetime | None


@dataclass(frozen=True)
class RawTable:
    """One tab or file as it was read.

    Attributes:
        tab: title of the tab, or name of the file.
        header: titles as written, in order; may repeat or be empty.
        rows: one sequence per row, padded to the header's width.
        numbers: the row number of each row as a spreadsheet shows it (the header is row 1).
        joined_by: how several ticked answers are joined in a cell; None where it is not known.
    """

    tab: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[Scalar]]
    numbers: Sequence[int]
    joined_by: str | None = None


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
