"""Data quality: how far the other numbers can be trusted."""

from __future__ import annotations

from config.tables import BY_NAME
from config.tables.later import LATER, OUTREACH, WHOS_MISSING
from config.text import fold
from config.words import say
from pipeline.metrics.model import Context, Metric, Value
from pipeline.metrics.values import ratio

NAMED = tuple(
    f"{table.name}.{column.name}"
    for table in LATER
    for column in table.columns
    # Who is only wanted cannot be in the registry yet.
    if column.kind == "organisation" and table not in (OUTREACH, WHOS_MISSING)
)
"""The columns in which an organisation is named that should be known."""


def _set_aside(context: Context) -> Value:
    read = sum(rows for _, rows, _ in context.problems)
    aside = sum(n for _, _, n in context.problems)
    details = tuple((tab, float(n)) for tab, _, n in context.problems if n)
    return ratio(aside, read, say("no row was read"), details)


def _wanted(context: Context) -> set[str]:
    tables = (context.tables.get(table.name) for table in (OUTREACH, WHOS_MISSING))
    return {fold(name) for frame in tables if frame is not None for name in frame["organisation"]}


def _unknown(context: Context) -> Value:
    wanted, unknown = _wanted(context), dict[str, set[str]]()
    for field in NAMED:
        table, _, column = field.partition(".")
        if table in context.tables:
            frame = context.tables[table]
            names = set(frame[column][frame[f"{column}_id"].eq("")].map(fold))
            unknown.setdefault(table, set()).update(names - wanted - {""})
    details = tuple((BY_NAME[t].title, float(len(names))) for t, names in unknown.items() if names)
    return Value(float(len(set().union(*unknown.values()))), details=details)


Q1 = Metric(
    "Q1", "Set aside", "Data quality",
    "Rows and cells that could not be used, over the rows read, with the number per tab.",
    "share", "down", (), "ours", _set_aside,
)  # fmt: skip
Q3 = Metric(
    "Q3", "Names that match nobody", "Data quality",
    "Distinct names in the organisation columns of the tracker that no organisation of the "
    "registry bears, wanted organisations apart.",
    "names", "down", (), "ours", _unknown, NAMED,
)  # fmt: skip

QUALITY = (Q1, Q3)
