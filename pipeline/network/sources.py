"""What makes two organisations close: what five tabs say of pairs, in the last twelve months."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from config.tables import BY_NAME
from config.tables.relations import DO_NOT_INTRODUCE
from config.text import fold
from config.words import say
from pipeline.intake.model import UNCLEAR
from pipeline.metrics.model import Context
from pipeline.metrics.values import day, until_today

INTRODUCTION = "introduction"
NO_TIES = (DO_NOT_INTRODUCE, INTRODUCTION, UNCLEAR)
"""Conversations that say something about two organisations, but not that they are close (yet).

A kind that can't be read may be any of them.
"""
CONVERSATION, GROUP, MEETING, ACTION, REFERRAL = (
    "conversation", "group", "meeting", "joint action", "brought along",
)  # fmt: skip
CAUCUS = "caucus"
"""A kind of group that may say who somebody is: it makes no tie and is no reason."""
LARGEST_GROUP = 12
"""In a larger group not everybody is close to everybody."""
LARGEST_MEETING = 8
"""Nor at a meeting or in an action of more organisations than this."""
_HOLDING = ("date", "organisation_a", "organisation_b")
UNKNOWN = "~"
"""What the key of an organisation begins with that has no id: the rest is its folded name."""
COLUMNS = ("a", "b", "kind", "last", "by")


def told(context: Context) -> pd.DataFrame:
    """What is known of pairs from the twelve months that end with the report's day.

    Columns: a, b (keys, a < b), kind (one of the five), last (datetime64[ns]: the latest day on
    which it held), by (the key of whoever reported it, ""). A key is an id, or `UNKNOWN` and the
    folded name.
    """
    parts = [
        part(context)
        for name, part in _PARTS.items()
        if name in context.tables and len(context.tables[name])
    ]
    frames = [frame for frame in (*parts, _referrals(context)) if len(frame)]
    whole = pd.concat(frames, ignore_index=True) if frames else _nothing()
    swap = whole["a"] > whole["b"]
    one, other = whole["a"].mask(swap, whole["b"]), whole["b"].mask(swap, whole["a"])
    return whole.assign(a=one, b=other)[one.ne(other) & one.ne("") & other.ne("")]


def conversations(context: Context) -> pd.DataFrame:
    """Every row of the tab, of any kind and day: a, b (keys, unordered), kind, date, by."""
    return _sides(context.tables["conversations"])


def _sides(rows: pd.DataFrame) -> pd.DataFrame:
    sides = {
        field: keys_of(rows[f"{column}_id"], rows[column])
        for field, column in (
            ("a", "organisation_a"), ("b", "organisation_b"), ("by", "reported_by"),
        )
    }  # fmt: skip
    return pd.DataFrame({**sides, "kind": rows["kind"], "date": rows["date"]})


def unread(context: Context) -> str:
    """Why nobody can say who is close to whom, or must not meet, as a clause; "" where one can.

    That is so where the tab Conversations was in use and is gone or can't be read, or lacks what
    its rows hang on.
    A coalition that never had it knows of ties from its other tabs.
    """
    tab = BY_NAME["conversations"]
    if tab.name not in context.tables:
        return _gone(context, tab.name)
    there = context.present.get("conversations", frozenset())
    lacks = [tab.column(name).title for name in _HOLDING if name not in there]
    return (
        say("the tab {tab} has no column {column}", tab=tab.title, column=lacks[0]) if lacks else ""
    )


def _gone(context: Context, name: str) -> str:
    if name not in context.once:
        return ""
    if name in context.closed:
        return say("{what} couldn't be read", what=context.closed[name])
    return say("the tab {tab} is gone", tab=BY_NAME[name].title)


def open_groups(rows: pd.DataFrame) -> pd.Series:
    """Per row of Groups: is its group known to be no caucus?

    A group whose kind nobody gives, or that can't be read, might be one; so might one that is
    called a caucus in any of its rows.
    """
    groups = rows["group"].map({name: fold(name) for name in rows["group"].unique()})
    private = groups[rows["kind"].isin((CAUCUS, UNCLEAR))]
    return groups.isin(groups[rows["kind"].ne("")]) & ~groups.isin(private)


def keys_of(ids: pd.Series, names: pd.Series) -> pd.Series:
    """Per row the key: the id, else what the name folds to; "" where both are blank."""
    unknown = ids.eq("") & names.ne("")
    folded = {name: UNKNOWN + fold(name) for name in names[unknown].unique()}
    return ids.astype(object).mask(unknown, names.map(folded)).fillna("")


def recent(dates: pd.Series, context: Context) -> pd.Series:
    """Per row: is it of the twelve months? Their first day, a year ago to the day, isn't."""
    return until_today(dates, context) & (dates > year_ago(context))


def year_ago(context: Context) -> pd.Timestamp:
    """The day before the twelve months."""
    return day(context) - pd.DateOffset(years=1)


def _spoke(context: Context) -> pd.DataFrame:
    rows = context.tables["conversations"]
    rows = rows[recent(rows["date"], context) & ~rows["kind"].isin(NO_TIES)]
    return _sides(rows).assign(kind=CONVERSATION).rename(columns={"date": "last"})


def _sat_together(context: Context) -> pd.DataFrame:
    """Members of one small group at the same time, at least for a day of the twelve months."""
    rows, today = context.tables["groups"], day(context)
    rows = rows[open_groups(rows)]
    since = rows["since"].fillna(pd.Timestamp.min)
    until = rows["until"].mask(rows["until"] > today).fillna(today)
    there = (since <= today) & (until > year_ago(context)) & rows["group"].ne("")
    who = keys_of(rows["organisation_id"], rows["organisation"])
    frame = pd.DataFrame({
        "set": rows["group"].map({name: fold(name) for name in rows["group"].unique()}),
        "who": who, "id": rows["organisation_id"], "since": since, "until": until,
    })[there]  # fmt: skip
    small = frame.groupby("set")["who"].transform("nunique") <= LARGEST_GROUP
    pairs = _pairs(frame[small])
    begin = pairs["since_x"].where(pairs["since_x"] > pairs["since_y"], pairs["since_y"])
    end = pairs["until_x"].where(pairs["until_x"] < pairs["until_y"], pairs["until_y"])
    together = (begin <= end) & (end > year_ago(context))
    return _report(pairs[together], GROUP, end[together])


def _met(context: Context) -> pd.DataFrame:
    rows = context.tables["meetings"]
    rows = rows[recent(rows["date"], context)].reset_index(drop=True)
    ids = rows["present_ids"]
    return _in_lists(rows, rows["present"].map(len), ids, MEETING)


def _acted(context: Context) -> pd.DataFrame:
    rows = context.tables["actions"]
    rows = rows[recent(rows["date"], context)].reset_index(drop=True)
    sizes = rows["partners"].map(len) + rows["started_by"].ne("")
    ids = pd.concat([rows["started_by_id"].astype(object), rows["partners_ids"].explode()])
    return _in_lists(rows, sizes, ids, ACTION)


def _referrals(context: Context) -> pd.DataFrame:
    """Who brought whom, from the day on which they joined."""
    if "referred_by" not in context.present.get("signons", {"referred_by"}):
        return _nothing()
    rows = context.organisations
    rows = rows[recent(rows["joined_on"], context) & rows["referred_by"].ne("")]
    if rows.empty:
        return _nothing()
    names, ids = context.organisations["name"], context.organisations["id"]
    known = dict(zip(names.map(fold), ids, strict=True)) | dict(zip(ids, ids, strict=True))
    brought = [known.get(text, known.get(fold(text), "")) for text in rows["referred_by"]]
    frame = pd.DataFrame({"a": rows["id"].to_numpy(), "b": brought})
    return frame.assign(kind=REFERRAL, last=rows["joined_on"].to_numpy(), by=frame["a"])


def _in_lists(rows: pd.DataFrame, sizes: pd.Series, ids: pd.Series, kind: str) -> pd.DataFrame:
    """Everybody with everybody of each row that doesn't list too many; ids by the row's label."""
    few = rows.index[(sizes > 1) & (sizes <= LARGEST_MEETING)]
    if few.empty:
        return _nothing()
    each = ids[ids.index.isin(few)].explode()
    frame = pd.DataFrame({"set": each.index, "id": each.to_numpy()}).drop_duplicates()
    pairs = _pairs(frame)
    return _report(pairs, kind, rows["date"].reindex(pairs["set"]).to_numpy())


def _pairs(frame: pd.DataFrame) -> pd.DataFrame:
    """Two different ids of one set, each pair once."""
    known = frame[frame["id"].ne("") & frame["id"].notna()]
    both = known.merge(known, on="set")
    return both[both["id_x"] < both["id_y"]]


def _report(pairs: pd.DataFrame, kind: str, last: pd.Series | np.ndarray[Any, Any]) -> pd.DataFrame:
    return pd.DataFrame({
        "a": pairs["id_x"].astype(object), "b": pairs["id_y"].astype(object), "kind": kind,
        "last": last, "by": "",
    })  # fmt: skip


def _nothing() -> pd.DataFrame:
    made = pd.DataFrame({name: pd.Series([], dtype=object) for name in COLUMNS})
    return made.assign(last=pd.Series([], dtype="datetime64[ns]"))


_PARTS = {"conversations": _spoke, "groups": _sat_together, "meetings": _met, "actions": _acted}
