"""Something to fix: a cell, a column or a tab that could not be used, and what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One line of the tab *To fix*. It costs its own cell, never the good cells beside it.

    Attributes:
        tab: the tab or file.
        row: row number as the spreadsheet shows it (the header is row 1); 0 for a whole column.
        column: the column's title; "" for a whole row or tab.
        problem: what is wrong, without quoting the cell.
        remedy: what to do.
        found: what the cell holds, shortened; it is shown in the tab and kept nowhere else.
    """

    tab: str
    row: int
    column: str
    problem: str
    remedy: str
    found: str = ""
