"""The example row that a new tab begins with: no row of anybody's while nobody has changed it."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import pandas as pd

from config.questions import Matched
from config.raw import Scalar, is_blank
from config.tables import Table
from config.text import clean
from pipeline.intake.cells import as_text
from pipeline.intake.timestamps import parse


def examples(
    table: Table, matched: Matched, cells: Sequence[Sequence[Scalar]], zone: ZoneInfo
) -> frozenset[int]:
    """The places of rows that say what the table's example says, and nothing else.

    Where the example has a day, any day will do: it was written on the day the tab was made.

    Args:
        table: with its example.
        matched: the column of each field.
        cells: the tab's columns.
        zone: the coalition's.
    """
    wanted = {
        place: (text, table.column(name).kind == "date")
        for name, text in table.example.items()
        for place in matched.columns.get(name, ())[:1]
    }
    if not wanted or not all(name in matched.columns for name in _required(table)):
        return frozenset()
    rows = list(range(len(cells[0])))
    for place, (text, day) in sorted(wanted.items(), key=lambda one: one[1][1]):
        if not rows:
            return frozenset()
        column = cells[place]
        if day:
            rows = _with_days(column, rows, zone)
        else:
            rows = [i for i in rows if clean(as_text(column[i])) == clean(text)]
    others = [column for place, column in enumerate(cells) if place not in wanted]
    return frozenset(i for i in rows if all(is_blank(column[i]) for column in others))


def _required(table: Table) -> list[str]:
    """Required columns that the example fills; without them a row is no example's."""
    return [c.name for c in table.columns if c.required and c.name in table.example]


def _with_days(column: Sequence[Scalar], rows: Sequence[int], zone: ZoneInfo) -> list[int]:
    texts = pd.Series([as_text(column[i]) for i in rows], dtype=object)
    read = parse(texts, zone).received.notna()
    return [i for i, good in zip(rows, read, strict=True) if good]
