"""Rows of trackers: lists in their cells, names without their spelling, what holds on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain

import numpy as np
import pandas as pd

from config.text import fold
from config.words import say
from pipeline.metrics.model import Context
from pipeline.metrics.values import day, members, until_today


def each(lists: pd.Series) -> pd.Series:
    """What stands in the lists, one row each under the index of its list; blanks are left out."""
    lengths = np.fromiter(map(len, lists), dtype=np.intp, count=len(lists))
    flat = pd.Series(list(chain.from_iterable(lists)), np.repeat(lists.index, lengths), dtype="str")
    return flat[flat != ""]


def here(ids: pd.Series, context: Context) -> pd.Series:
    """The members among the ids of a list's cells, one row per id; the others are left out."""
    found = each(ids)
    return found[found.isin(members(context)["id"])]


def partners(context: Context) -> pd.DataFrame:
    """Pairs (action, id): the members that started or joined each action by the report's day."""
    rows = context.tables["actions"].reset_index(drop=True)
    rows = rows[until_today(rows["date"], context)]
    started = rows["started_by_id"]
    started = started[started.isin(members(context)["id"])]
    both = pd.concat([started, here(rows["partners_ids"], context)])
    return pd.DataFrame({"action": both.index, "id": both.to_numpy()}).drop_duplicates()


def folded(texts: pd.Series) -> pd.Series:
    """Each text as it is compared; each spelling is folded once, so that long tabs are quick."""
    codes, spellings = pd.factorize(texts)
    keys = np.array([*map(fold, spellings), ""], dtype=object)
    return pd.Series(keys[codes], texts.index, dtype="str")


def years_back(context: Context, years: int = 1) -> pd.Timestamp:
    """The same day so many years ago."""
    return pd.Timestamp(day(context) - pd.DateOffset(years=years))


def last_year(dates: pd.Series, context: Context) -> pd.Series:
    """Per row: does the date lie in the twelve months that end with the report's day?"""
    return until_today(dates, context) & (dates > years_back(context))


def in_group(rows: pd.DataFrame, context: Context) -> pd.Series:
    """Per row of Groups: does it hold on the report's day? On the day it left, it doesn't."""
    return ~until_today(rows["until"], context) & ~(rows["since"] > day(context))


def in_role(rows: pd.DataFrame, context: Context) -> pd.Series:
    """Per row of Contacts: does it hold on the report's day? On its last day it does."""
    return ~(rows["until"] < day(context)) & ~(rows["since"] > day(context))


def gone(ids: pd.Series, context: Context) -> pd.Series:
    """Per id: is it an organisation that is known and no member? Nobody calls those."""
    frame = context.organisations
    there = frame["id"][frame["standing"].isin(("member", "reaffirm"))]
    return ids.ne("") & ~ids.isin(there)


def called(names: Iterable[str]) -> tuple[str, ...]:
    """Names in their order, each once whatever its spelling."""
    first = {fold(name): name for name in sorted(names, key=lambda name: (fold(name), name))}
    return tuple(first.values())


def left_out(*reasons: tuple[int, str]) -> tuple[int, str]:
    """How many rows aren't counted, and why; of several reasons each with its number."""
    told = [(int(n), why) for n, why in reasons if n]
    if len(told) < 2:
        return told[0] if told else (0, "")
    listed = (say("{why}: {n}", why=why, n=n) for n, why in told)
    return sum(n for n, _ in told), "; ".join(listed)


def begun(field: str, speaks: Callable[[pd.Series], pd.Series]) -> Callable[[Context], bool]:
    """Whether some cell of that "table.column" speaks; where there is no cell, that is said."""
    table, _, column = field.partition(".")

    def comes(context: Context) -> bool:
        rows = context.tables.get(table)
        if rows is None or rows.empty or column not in context.present[table]:
            return True
        return bool(speaks(rows[column]).any())

    return comes


def listed(lists: pd.Series) -> pd.Series:
    """Per row: does the list name anybody?"""
    return lists.map(len) > 0
