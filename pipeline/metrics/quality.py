"""Data quality: how far the other numbers can be trusted."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from config.tables import BY_NAME, Column
from config.tables.later import FEEDBACK, LATER, OUTREACH, WHOS_MISSING
from config.text import fold
from config.words import say
from pipeline.metrics.model import Context, Metric, Value
from pipeline.metrics.values import no_data, ratio

NAMED = tuple(
    f"{table.name}.{column.name}"
    for table in LATER
    for column in table.columns
    # Who is only wanted, or comments on a draft, cannot be in the registry yet.
    if column.kind in ("organisation", "organisations")
    and table not in (OUTREACH, WHOS_MISSING, FEEDBACK)
)
"""The columns in which an organisation is named that should be known."""
REQUIRED = tuple(
    f"{table.name}.{column.name}"
    for table in LATER
    for column in table.columns
    if column.required and column.who != "weaver"
)
"""The columns without which a row makes no sense."""


def _set_aside(context: Context) -> Value:
    read = sum(rows for _, rows, _ in context.problems)
    aside = sum(n for _, _, n in context.problems)
    details = tuple((tab, float(n)) for tab, _, n in context.problems if n)
    return ratio(aside, read, say("no row was read"), details)


def _untouched(context: Context) -> Value:
    ages = {
        name: max(0, (context.today - context.touched[name]).days)
        for name in context.tables
        if name in context.touched
    }
    if not ages:
        return no_data(say("no tab was read on an earlier day"))
    details = sorted((BY_NAME[name].title, float(age)) for name, age in ages.items())
    return Value(float(max(ages.values())), details=tuple(details))


def _wanted(context: Context) -> set[str]:
    tables = (context.tables.get(table.name) for table in (OUTREACH, WHOS_MISSING))
    return {fold(name) for frame in tables if frame is not None for name in frame["organisation"]}


def _columns(context: Context, fields: tuple[str, ...]) -> Iterator[tuple[str, Column, pd.Series]]:
    """(table, column, cells) of those fields whose column is there."""
    for field in fields:
        table, _, name = field.partition(".")
        if name in context.present.get(table, ()) and table in context.tables:
            yield table, BY_NAME[table].column(name), context.tables[table][name]


def _strangers(table: str, column: Column, context: Context) -> set[str]:
    """The names in a column that nobody in the registry bears, folded."""
    frame = context.tables[table]
    if column.kind == "organisations":
        names, ids = frame[column.name].explode(), frame[f"{column.name}_ids"].explode()
    else:
        names, ids = frame[column.name], frame[f"{column.name}_id"]
    return {fold(name) for name in names[ids.eq("")].dropna().unique()}


def _unknown(context: Context) -> Value:
    wanted, unknown = {*_wanted(context), fold(context.coalition), ""}, dict[str, set[str]]()
    for table, column, _ in _columns(context, NAMED):
        unknown.setdefault(table, set()).update(_strangers(table, column, context) - wanted)
    details = tuple((BY_NAME[t].title, float(len(names))) for t, names in unknown.items() if names)
    return Value(float(len(set().union(*unknown.values()))), details=details)


def _blank(cells: pd.Series) -> int:
    """How many cells say nothing."""
    if cells.dtype == object and len(cells) and isinstance(cells.iloc[0], tuple):
        return int((cells.map(len) == 0).sum())
    return int((cells.isna() | cells.eq("")).sum())


def _incomplete(context: Context) -> Value:
    cells, blank = 0, list[tuple[str, float]]()
    for table, column, whole in _columns(context, REQUIRED):
        found = whole[context.tables[table]["date"].isna()] if column.as_before else whole
        cells += len(found)
        if missing := _blank(found):
            blank.append((f"{BY_NAME[table].title}: {column.title}", float(missing)))
    total = sum(n for _, n in blank)
    return ratio(total, cells, say("no tab in use has a row"), tuple(blank))


def _lost(context: Context) -> Value:
    return Value(float(context.lost))


Q1 = Metric(
    "Q1", "Set aside", "Data quality",
    "Rows and cells that could not be used, over the rows read, with the number per tab.",
    "share", "down", (), "ours", _set_aside,
)  # fmt: skip
Q2 = Metric(
    "Q2", "Days since a tab was last edited", "Data quality",
    "The most days for which any of people's tabs in use has stayed as it was, beside the days of "
    "each.",
    "days", "down", (), "ours", _untouched, comes=lambda context: bool(context.tables),
)  # fmt: skip
Q3 = Metric(
    "Q3", "Names that match nobody", "Data quality",
    "Distinct names in the organisation columns of the tracker that no organisation of the "
    "registry bears, wanted organisations and the coalition itself apart; To fix names those that "
    "stand in lists, such as Present or Partners, only where they resemble a known one.",
    "names", "down", (), "ours", _unknown,
    (*NAMED, "outreach.organisation", "who_s_missing.organisation"),
    comes=lambda context: bool(_unknown(context).value),
)  # fmt: skip
Q4 = Metric(
    "Q4", "Blank required cells", "Data quality",
    "Of the cells without which a row of the tracker makes no sense, those that are blank or can't "
    "be read, with the number per column.",
    "share", "down", (), "ours", _incomplete, REQUIRED,
    comes=lambda context: bool(_incomplete(context).value),
)  # fmt: skip
Q5 = Metric(
    "Q5", "Decisions about forms that are gone", "Data quality",
    "Decisions that hold about forms that no longer stand among the sign-ons.",
    "decisions", "down", (), "ours", _lost, comes=lambda context: context.lost > 0,
)  # fmt: skip

QUALITY = (Q1, Q2, Q3, Q4, Q5)
