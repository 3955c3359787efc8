"""The cells of one sheet: lists of rows, each only as long as it needs to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tests.google_emulator.sheets.boxes import Box
from tests.google_emulator.sheets.cells import Cell, Stored, Value, pack, scalar, unpack


class Grid:
    """Rows × columns of cells; indices are 0-based.

    Attributes:
        rows, columns: the size, which empty cells count towards.
        lines: the stored rows; missing rows and cells are empty.
        has_formulas: whether there may be a formula.
    """

    def __init__(self, rows: int = 1000, columns: int = 26) -> None:
        self.rows = rows
        self.columns = columns
        self.lines: list[list[Stored]] = []
        self.has_formulas = False

    def copy_cells(self, other: Grid) -> None:
        """Take over the size and cells of another grid."""
        self.rows, self.columns = other.rows, other.columns
        self.has_formulas = other.has_formulas
        self.lines = [line.copy() for line in other.lines]

    def stored(self, row: int, column: int) -> Stored:
        """What is stored there: a bare value, a Cell or None."""
        line = self.lines[row] if row < len(self.lines) else ()
        return line[column] if column < len(line) else None

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell, or None where there is neither value nor anything else."""
        found = self.stored(row, column)
        return None if found is None else unpack(found)

    def value(self, row: int, column: int) -> Value:
        """What the cell comes to."""
        found = self.stored(row, column)
        return found.value if type(found) is Cell else found  # type: ignore[return-value]

    def store(self, row: int, column: int, stored: Stored) -> None:
        """Put a bare value or a Cell; the grid must be large enough."""
        if not (0 <= row < self.rows and 0 <= column < self.columns):
            raise IndexError(f"{row},{column} is outside a grid of {self.rows}x{self.columns}")
        line = self.line(row)
        if column >= len(line):
            if stored is None:
                return
            line.extend([None] * (column + 1 - len(line)))
        line[column] = stored

    def line(self, row: int) -> list[Stored]:
        """The stored row, made if it is missing."""
        while row >= len(self.lines):
            self.lines.append([])
        return self.lines[row]

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Put a cell."""
        self.has_formulas = self.has_formulas or cell.formula is not None
        self.store(row, column, pack(cell))

    def put_stored(self, row: int, column: int, stored: Stored) -> None:
        """Put what `stored` gives, which may be a formula."""
        if type(stored) is Cell and stored.formula is not None:
            self.has_formulas = True
        self.store(row, column, stored)

    def change(self, row: int, column: int, **fields: Any) -> None:
        """Change some fields of a cell, such as note="..." or format={...}."""
        self.put(row, column, unpack(self.stored(row, column)).but(**fields))

    def set(self, row: int, column: int, value: Value) -> None:
        """Put a value as it is ("" and None clear); format, note and validation stay."""
        found = self.stored(row, column)
        if type(found) is Cell:
            self.put(row, column, found.but(value=scalar(value), formula=None, runs=()))
        else:
            self.store(row, column, scalar(value))

    def write(self, row: int, column: int, block: Iterable[Sequence[Value]]) -> None:
        """Put a block of values with its corner there."""
        for down, line in enumerate(block):
            for across, value in enumerate(line):
                self.set(row + down, column + across, value)

    def grid(self) -> list[list[Value]]:
        """All values, without trailing empty cells and rows; inner empties are None."""
        return trim(self.values(Box(0, 0, self.rows, self.columns)))

    def values(self, box: Box) -> Iterator[list[Value]]:
        """The values of a box's rows, ragged as they are stored."""
        for line in self.lines[box.top : box.bottom]:
            yield [v.value if type(v) is Cell else v for v in line[box.left : box.right]]

    def cells(self, box: Box) -> Iterator[tuple[int, int, Cell]]:
        """Row, column and cell of everything stored in the box."""
        for row, line in enumerate(self.lines[box.top : box.bottom], box.top):
            for column, stored in enumerate(line[box.left : box.right], box.left):
                if stored is not None:
                    yield row, column, unpack(stored)

    def last_row(self) -> int:
        """The number of rows up to the last that has a value."""
        for row in range(len(self.lines) - 1, -1, -1):
            if any((v.value if type(v) is Cell else v) is not None for v in self.lines[row]):
                return row + 1
        return 0

    def open_rows(self, at: int, count: int) -> None:
        """Make room for rows, without looking at what points at them."""
        if at < len(self.lines):
            self.lines[at:at] = [[] for _ in range(count)]
        self.rows += count

    def open_columns(self, at: int, count: int) -> None:
        """Make room for columns."""
        for line in self.lines:
            if at < len(line):
                line[at:at] = [None] * count
        self.columns += count

    def close_rows(self, at: int, count: int) -> None:
        """Take rows away."""
        del self.lines[at : at + count]
        self.rows -= count

    def close_columns(self, at: int, count: int) -> None:
        """Take columns away."""
        for line in self.lines:
            del line[at : at + count]
        self.columns -= count

    def carry_rows(self, at: int, count: int, to: int) -> None:
        """Move rows to before `to`, counted before the move."""
        self.line(max(at + count, to) - 1)
        part = self.lines[at : at + count]
        del self.lines[at : at + count]
        place = to - count if to > at else to
        self.lines[place:place] = part

    def carry_columns(self, at: int, count: int, to: int) -> None:
        """Move columns to before `to`, counted before the move."""
        place = to - count if to > at else to
        for line in self.lines:
            line.extend([None] * (max(at + count, to) - len(line)))
            part = line[at : at + count]
            del line[at : at + count]
            line[place:place] = part


def trim(lines: Iterable[list[Any]]) -> list[list[Any]]:
    """The rows without trailing Nones and without trailing empty rows."""
    kept = list(lines)
    for line in kept:
        while line and line[-1] is None:
            line.pop()
    while kept and not kept[-1]:
        kept.pop()
    return kept
