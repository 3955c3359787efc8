"""What people said about their tabs, and where these stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from config.problems import Problem
from config.tables import TABLES, Table
from config.tables.later import LATER

PAUSE_ALL = "Pause all mail"
"""The line of Start that stops every mail while it says yes."""
YES, KEEP, SIMPLIFY, DROP = "yes", "keep", "simplify", "drop"
HIDDEN_AT_FIRST = ("every_form_checked", "numbers_over_time", "weaver_s_log")
"""Weaver's tabs that are made on the first day, since others rest on them, and seen later."""
WHEN_GROWN = ("numbers_by_part", "dashboard", "introductions")
"""Weaver's tabs that are made when the coalition has grown into them."""


@dataclass(frozen=True)
class Growth:
    """How the tracker stands, before anything was counted.

    Attributes:
        words: table → people's word on Start: yes, keep, simplify or drop.
        made: tables whose tab is made by this run.
        kept: tables of people's whose tab stands among Weaver's, where its looks have to be kept.
        told: tables of which Start says already why they are there.
        titles: table → field → what the coalition calls that column.
        apart: tables that few may see have a spreadsheet of their own.
        closed: what couldn't be read of people's tabs, so that nobody knows whether they are gone:
            table → the workbook, or the tab itself.
        problems: words that nobody can read, tabs that stand twice or are gone.
        mail_paused: people said that no mail goes out.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    made: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    told: frozenset[str] = frozenset()
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    apart: bool = False
    closed: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    mail_paused: bool = False

    @property
    def dropped(self) -> frozenset[str]:
        """Tables whose tab isn't read any more."""
        return frozenset(name for name, word in self.words.items() if word == DROP)


def is_peoples(table: Table) -> bool:
    """Whether people type in the tab, or a form fills it, and nothing of Weaver's is there."""
    later = table in LATER
    return later and all(column.who != "weaver" for column in table.columns)


PEOPLES: tuple[Table, ...] = tuple(table for table in TABLES if is_peoples(table))
"""The tables that come later and are people's, in their order."""
