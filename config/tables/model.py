"""What a table and a column are. The tables themselves stand beside this file."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Kind = Literal[
    "text", "name", "organisation", "organisations", "email", "url", "date", "time", "count",
    "number", "yesno", "choice", "list", "key",
]  # fmt: skip
Who = Literal["people", "weaver", "form"]
File = Literal["forms", "working", "restricted"]


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        title: what the header says.
        kind: how its cells are read; "organisations" is a list of organisations.
        help: one sentence for the header's note.
        who: who writes it.
        choices: the words of a `choice`.
        required: a row without it makes no sense.
        width: in characters.
        least, most: between what a `number` lies.
        as_before: blank in a row with a Date, a required one means what it was before.
    """

    title: str
    kind: Kind = "text"
    help: str = ""
    who: Who = "people"
    choices: tuple[str, ...] = ()
    required: bool = False
    width: int = 18
    least: float = -math.inf
    most: float = math.inf
    as_before: bool = False

    @cached_property
    def name(self) -> str:
        """The field's name in frames and settings: the title in snake case."""
        words = "".join(c if c.isalnum() else " " for c in self.title.lower()).split()
        return "_".join(words)


@dataclass(frozen=True)
class Table:
    """One tab.

    Attributes:
        title: the tab's title.
        who: "people", "weaver", "form" or "both".
        about: what a row is, in a sentence.
        columns: in the order in which a new tab shows them.
        file: the class of spreadsheet that it lives in.
        day_one: there from the start.
        often: how often somebody writes in it, in words.
        example: field → what the example row says that a new tab begins with. A day is given in
            days from the one on which the tab is made: "-7" is a week before it.
    """

    title: str
    who: Literal["people", "weaver", "form", "both"]
    about: str
    columns: tuple[Column, ...]
    file: File = "working"
    day_one: bool = False
    often: str = ""
    example: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def name(self) -> str:
        """The table's name in code: the title in snake case."""
        words = "".join(c if c.isalnum() else " " for c in self.title.lower()).split()
        return "_".join(words)

    @property
    def written(self) -> bool:
        """Whether Weaver makes the tab and writes in it; all others are only ever read."""
        shared = self.who == "both" and any(column.who == "weaver" for column in self.columns)
        return self.who == "weaver" or shared

    def column(self, name: str) -> Column:
        """The column of that field name; KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.title} has no column {name}")

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Field names in order."""
        return tuple(column.name for column in self.columns)
