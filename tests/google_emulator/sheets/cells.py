"""What one cell holds. Cells never change in place, so copies of a sheet may share them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

ERROR_TYPES = {
    "#NULL!": "NULL_VALUE",
    "#DIV/0!": "DIVIDE_BY_ZERO",
    "#VALUE!": "VALUE",
    "#REF!": "REF",
    "#NAME?": "NAME",
    "#NUM!": "NUM",
    "#N/A": "N_A",
    "Loading...": "LOADING",
}


class CellError(str):
    """What a formula came to when it failed, such as #REF!; values.get gives it as text."""

    __slots__ = ()

    @property
    def kind(self) -> str:
        """Google's ErrorType."""
        return ERROR_TYPES.get(str(self), "ERROR")


Value = str | int | float | bool | None


class Cell(NamedTuple):
    """A cell with more than a bare value.

    Attributes:
        value: what it comes to: text, number (dates are serial numbers), boolean or nothing.
        formula: its text with the leading "=", or None.
        format: the userEnteredFormat, in Google's shape.
        note: the note's text.
        validation: the data validation rule, in Google's shape.
        runs: textFormatRuns.
        mark: what Forms knows of the cell (a response's row, a question's column); never shown,
            and it goes wherever the cell goes.
    """

    value: Value = None
    formula: str | None = None
    format: Mapping[str, Any] | None = None
    note: str = ""
    validation: Mapping[str, Any] | None = None
    runs: tuple[Mapping[str, Any], ...] = ()
    mark: str = ""

    @property
    def number_format(self) -> Mapping[str, Any] | None:
        """The number format that somebody chose, if any."""
        return (self.format or {}).get("numberFormat")

    def but(self, **changes: Any) -> Cell:
        """The cell with some fields changed."""
        return self._replace(**changes)


Stored = Value | Cell
"""Sheets keep bare values as they are: nearly all cells have nothing else."""

EMPTY = Cell()


def unpack(stored: Stored) -> Cell:
    """The cell that a stored value stands for."""
    return stored if type(stored) is Cell else Cell(stored)


def pack(cell: Cell) -> Stored:
    """The cell as it is stored."""
    return cell.value if cell[1:] == EMPTY[1:] else cell


def number(value: float) -> int | float:
    """A number as Google gives it back: doubles, and whole ones without a fraction."""
    double = float(value)
    return int(double) if double.is_integer() and abs(double) < 1e15 else double


def scalar(value: Value) -> Value:
    """What a sheet keeps of a JSON scalar: "" is nothing, numbers are doubles."""
    if value is None or value == "":
        return None
    return value if isinstance(value, str | bool) else number(value)
