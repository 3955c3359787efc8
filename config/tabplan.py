"""What goes out to a tracker: a tab as Weaver wants it, before any backend writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from config.raw import Scalar

Format = Literal["text", "integer", "decimal", "date", "datetime"]
Colour = Literal["good", "wait", "stop", "quiet"]


@dataclass(frozen=True)
class ColumnPlan:
    """One column of a planned tab.

    Attributes:
        title: the header.
        ours: True where Weaver writes, False where people do.
        note: the sentence shown on the header.
        width: in characters.
        format: how Weaver's values are shown.
        choices: the drop-down of a people's column.
        colours: a cell's text → its colour.
        leads: a cell's text → the title of the tab that a click on it opens.
    """

    title: str
    ours: bool
    note: str
    width: int = 16
    format: Format = "text"
    choices: tuple[str, ...] = ()
    colours: Mapping[str, Colour] = field(default_factory=dict)
    leads: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class View:
    """Another order of a tab's rows, or a part of them, that everybody opens for themselves.

    Attributes:
        title: what it is called.
        by: (title of a column, whether downward) by which rows are ordered, the gravest first.
        column, without: rows with one of those texts in that column are left out.
    """

    title: str
    by: tuple[tuple[str, bool], ...]
    column: str = ""
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class TabPlan:
    """A tab as it shall be. Tabs are written in the order of the plans.

    Attributes:
        title: the tab's title.
        columns: in the order of a new tab. In a tab that exists, columns are found by title and
            stay where people moved them.
        rows: one tuple per row with a value per column; values of people's columns only say which
            row is meant (see `key`) and are never written.
        key: titles of the columns that identify a row; rows are found by them wherever people
            moved them. Rows that are alike in all of them are told apart by their order.
            Empty: the tab is Weaver's alone and its columns are replaced as a whole.
        known_by: of a tab without a key, titles of the columns by which a row is known beside which
            people wrote something in a column of their own. It keeps its place; the rest moves.
        stays: titles of the columns that such a row keeps once it is no longer planned; the others
            are emptied.
        grows: a planned row that isn't there is appended; a row that is there but not planned
            stays untouched. Without it (tab Changes) rows are people's: none is ever added.
        about: one sentence about the tab.
        views: offered where a tracker knows such things; the rows themselves are never reordered.
        example: the first row of a tab of people's, a value per column; written once, when the tab
            is made.
        hidden: out of sight for now. Where people can hide and show a tab themselves and it stays
            so, this only counts when the tab is made.
        shown_now: it comes into sight with this writing, wherever it was hidden.
    """

    title: str
    columns: tuple[ColumnPlan, ...]
    rows: tuple[tuple[Scalar, ...], ...]
    key: tuple[str, ...]
    about: str
    known_by: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    grows: bool = True
    views: tuple[View, ...] = ()
    example: tuple[Scalar, ...] = ()
    hidden: bool = False
    shown_now: bool = False

    @property
    def peoples(self) -> bool:
        """Whether nothing in the tab is Weaver's: once it was made, no cell of it is written."""
        return not any(column.ours for column in self.columns)
