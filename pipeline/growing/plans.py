"""Which of people's tabs are to be made, and which of Weaver's are out of sight."""

from __future__ import annotations

import datetime as dt

from config.raw import Scalar
from config.tables import BY_NAME, Table
from pipeline.growing.model import DROP, HIDDEN_AT_FIRST, PEOPLES
from pipeline.model import Result
from reports.facts import PeoplesTab


def peoples_tabs(result: Result) -> dict[str, PeoplesTab]:
    """People's tabs that are made now, or stand among Weaver's, in their order."""
    growth = result.growth
    return {
        table.name: PeoplesTab(
            growth.titles.get(table.name, {}), example_of(table, result.today)
        )
        for table in PEOPLES
        if table.name in growth.made or table.name in growth.kept
    }  # fmt: skip


def hidden(result: Result) -> frozenset[str]:
    """Weaver's tabs that are made out of sight."""
    come = {record.name for record in result.tabs}
    words = result.growth.words
    return frozenset(n for n in HIDDEN_AT_FIRST if n not in come or words.get(n) == DROP)


def shown_now(result: Result) -> frozenset[str]:
    """Weaver's tabs that come into sight with this run.

    Start says so in the same writing; until it does, nobody has seen to it. So it happens once,
    even if a run was killed, and whoever hides the tab again has it hidden.
    """
    return frozenset(HIDDEN_AT_FIRST) - hidden(result) - result.growth.told


def example_of(table: Table, today: dt.date) -> dict[str, Scalar]:
    """The example row of a new tab, by field: days as days, counts as numbers."""
    return {name: _cell(table.name, name, text, today) for name, text in table.example.items()}


def _cell(table: str, field: str, text: str, today: dt.date) -> Scalar:
    kind = BY_NAME[table].column(field).kind
    if kind == "date":
        return today + dt.timedelta(days=int(text))
    return int(text) if kind in ("count", "number") else text
