"""What members did, and when: one row per member and deed, from every tab in use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import pandas as pd

from config.tables.relations import DO_NOT_INTRODUCE
from pipeline.metrics.model import Context
from pipeline.metrics.rows import each
from pipeline.metrics.values import day, members, once, until_today

DEEDS: Mapping[str, tuple[str, ...]] = {
    "action": ("actions.date", "actions.started_by", "actions.partners"),
    "meeting": ("meetings.date", "meetings.present"),
    "promise": ("promises.organisation", "promises.done"),
    "help given": ("help.given_by", "help.asked_on", "help.first_answer", "help.closed"),
    "help asked": ("help.organisation", "help.asked_on"),
    "conversation": (
        "conversations.date", "conversations.organisation_a", "conversations.organisation_b",
        "conversations.kind",
    ),
    "check-in": ("yearly_check_in.date", "yearly_check_in.organisation"),
    "report": ("tell_us_what_you_did.date", "tell_us_what_you_did.organisation"),
}  # fmt: skip
"""Kind of deed → the columns that tell of it."""
NOT_DONE = ("tie", DO_NOT_INTRODUCE)
"""Rows of Conversations that say how two stand to each other, not what they did."""
Told = Iterator[tuple[pd.Series, pd.Series]]
"""(the day of each row, who did it: an id or a tuple of ids per row)."""


def columns(deeds: Iterable[str] = DEEDS) -> tuple[str, ...]:
    """The "table.column" names that those deeds are read from, each once."""
    return tuple(dict.fromkeys(column for deed in deeds for column in DEEDS[deed]))


def activity(context: Context, deeds: Iterable[str] = DEEDS) -> pd.DataFrame:
    """What members did by the report's day.

    Args:
        context: with the tabs in use; those that aren't tell nothing.
        deeds: kinds of deeds, keys of `DEEDS`.

    Returns:
        id (str), day (datetime64[ns]), what (str: the kind of deed), a row per member and deed in
        the order of the deeds and tabs. Who started an action and is its partner too did it once.
    """
    return _whole(context, tuple(deeds))


@once
def _whole(context: Context, deeds: tuple[str, ...]) -> pd.DataFrame:
    ids = members(context)["id"].to_numpy(dtype=object)
    found = [_of(context, deed) for deed in deeds if _table(deed) in context.tables]
    if not found:
        nothing = pd.DataFrame({"id": [], "day": [], "what": []}, dtype="str")
        return nothing.astype({"day": "datetime64[ns]"})
    whole = pd.concat(found, ignore_index=True)
    who = pd.Series(ids[whole["member"]], dtype="str")
    return pd.DataFrame({"id": who, "day": whole["day"], "what": whole["what"].astype("str")})


def _table(deed: str) -> str:
    return DEEDS[deed][0].partition(".")[0]


@once
def _of(context: Context, deed: str) -> pd.DataFrame:
    index = pd.Index(members(context)["id"].to_numpy(dtype=object))
    rows = context.tables[_table(deed)].reset_index(drop=True)
    told = [_done(days, who, context, index) for days, who in _tell(deed, rows, context)]
    both = pd.concat(told)
    both = both[~both.set_index("member", append=True).index.duplicated()]
    return both.assign(what=deed)


def _done(days: pd.Series, who: pd.Series, context: Context, index: pd.Index) -> pd.DataFrame:
    """(member: its place in the index; day) under the row's number."""
    past = until_today(days, context)
    chosen = who[past]
    several = len(chosen) and isinstance(chosen.iloc[0], tuple)
    names = each(chosen) if several else chosen[chosen != ""]
    places = index.get_indexer(pd.Index(names.to_numpy(dtype=object)))
    known = names.index[places >= 0]
    return pd.DataFrame({"member": places[places >= 0], "day": days.loc[known]}, index=known)


def _tell(deed: str, rows: pd.DataFrame, context: Context) -> Told:
    if deed == "action":
        yield rows["date"], rows["started_by_id"]
        yield rows["date"], rows["partners_ids"]
    elif deed == "meeting":
        yield rows["date"], rows["present_ids"]
    elif deed == "promise":
        yield rows["done"], rows["organisation_id"]
    elif deed == "help given":
        yield helped_on(rows, context), rows["given_by_id"]
    elif deed == "help asked":
        yield rows["asked_on"], rows["organisation_id"]
    elif deed == "conversation":
        spoke = rows[~rows["kind"].isin(NOT_DONE)]
        yield spoke["date"], spoke["organisation_a_id"]
        yield spoke["date"], spoke["organisation_b_id"]
    else:
        yield rows["date"], rows["organisation_id"]


def helped_on(rows: pd.DataFrame, context: Context) -> pd.Series:
    """Per row of Help: the latest day by the report's day on which something happened there."""
    known = rows[["asked_on", "first_answer", "closed"]].to_numpy(dtype="datetime64[ns]")
    blank = np.isnat(known) | (known > day(context).to_datetime64())
    latest = np.where(blank, np.iinfo(np.int64).min, known.astype(np.int64)).max(
        axis=1, initial=np.iinfo(np.int64).min
    )
    return pd.Series(latest.view("datetime64[ns]"), rows.index)
