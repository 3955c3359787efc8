"""Something good to share: what known members did, won, learned and kept in the week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from config.text import shorten
from config.words import say
from pipeline.metrics.rows import gone
from pipeline.model import Result
from reports.facts import Told
from reports.render import NAME_LIMIT

_WHAT_LIMIT = 160


@dataclass(frozen=True)
class _Kind:
    """How rows of a table are told; `who` names an organisation, or an outlet of the media."""

    table: str
    day: str
    who: str
    what: str
    text: str


_KINDS = (
    _Kind("actions", "date", "started_by", "initiative", "{who}: {what}."),
    _Kind("lessons", "date", "organisation", "what", "{who}: {what}."),
    _Kind("media", "date", "outlet", "title", "{who}: “{what}”."),
    _Kind("promises", "done", "organisation", "what", "{who} kept its promise: {what}."),
)


def good(
    result: Result, start: dt.date, end: dt.date, title: Callable[[str], str]
) -> Iterator[Told]:
    """Actions, wins, media and kept promises of the days from `start` up to before `end`.

    Whoever is no member is not told of: anybody can write a name into a form.

    Args:
        result: of the run.
        start: the first day.
        end: the day after the last.
        title: what the coalition calls the tab of that table.
    """
    names = dict(zip(result.organisations["id"], result.organisations["name"], strict=True))
    for kind in _KINDS:
        if kind.table in result.context.tables:
            for row in _rows(result, kind, start, end):
                who = names[row[f"{kind.who}_id"]] if f"{kind.who}_id" in row else row[kind.who]
                yield Told(_said(kind, str(who), row), title(kind.table))


def _rows(
    result: Result, kind: _Kind, start: dt.date, end: dt.date
) -> Iterator[Mapping[Hashable, Any]]:
    rows = result.context.tables[kind.table]
    day = rows[kind.day]
    rows = rows[(day >= pd.Timestamp(start)) & (day < pd.Timestamp(end))]
    if (ids := rows.get(f"{kind.who}_id")) is not None:
        rows = rows[(ids != "") & ~gone(ids, result.context)]
    for row in rows.to_dict("records"):
        if row[kind.who] and row[kind.what] and _may_be_told(kind.table, row):
            yield row


def _said(kind: _Kind, who: str, row: Mapping[Hashable, Any]) -> str:
    what = shorten(str(row[kind.what]), _WHAT_LIMIT).rstrip(".")
    told = say(kind.text, who=shorten(who, NAME_LIMIT), what=what)
    return told + (say(" Ask before you share it.") if _ask_first(kind.table, row) else "")


def _may_be_told(table: str, row: Mapping[Hashable, Any]) -> bool:
    """Not what an organisation keeps to us, what speaks against us, or what nobody printed."""
    if table == "lessons":
        return bool(row["may_be_shared"] != "no")
    if table == "media":
        printed = pd.isna(row["submitted"]) or not pd.isna(row["placed"])
        return bool(printed and row["tone"] != "opposed")
    return True


def _ask_first(table: str, row: Mapping[Hashable, Any]) -> bool:
    """Whether nobody has said yet that it may be shared; blank is not yes."""
    return table == "lessons" and row["may_be_shared"] != "yes"
