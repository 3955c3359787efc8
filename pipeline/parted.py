"""Organisations of one name that people told apart: to which of them a further form belongs."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from config.words import say
from pipeline.apart import Clusters, Refused

Row = Mapping[Hashable, Any]
Days = Mapping[tuple[str, str], dt.date | None]
_TRAITS = ("email", "domain")


def keep_company(
    rows: Sequence[Row], pairs: Days, clusters: Clusters, because: dict[str, str]
) -> None:
    """A form under such a name goes to the side that alone has its address or its website.

    `pairs` are first forms that are not the same → the day on which that was said.
    """
    names = set(_told_apart(rows, pairs).values())
    mine = [row for row in rows if row["name_key"] in names]
    for trait in _TRAITS:
        seen: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in mine:
            value = str(row[trait]).strip().casefold()
            if not value:
                continue
            known = seen[row["name_key"], value]
            sides = {clusters.find(key) for key in known} - {clusters.find(row["key"])}
            if len(sides) == 1 and not clusters.between(known[0], row["key"]):
                clusters.join(known[0], row["key"])
                because[row["key"]] = say("same name, and the same address or website")
            known.append(row["key"])


def unclear(rows: Sequence[Row], pairs: Days, clusters: Clusters) -> Iterator[Refused]:
    """Forms that came since, under such a name, and that may be the other side's."""
    names = _told_apart(rows, pairs)
    mine: dict[str, list[Row]] = {name: [] for name in names.values()}
    for row in rows:
        if row["name_key"] in mine:
            mine[row["name_key"]].append(row)
    for (one, other), day in pairs.items():
        if one not in names or names[one] != names.get(other):
            continue
        for row in mine[names[one]]:
            here = clusters.find(row["key"]) == clusters.find(one)
            if here and is_after(row["received"], day):
                yield Refused(row["key"], other, say("same name"), (one, other))


def is_after(received: Any, day: dt.date | None) -> bool:
    """Whether a form came after that day."""
    return bool(day) and not pd.isna(received) and received.date() > day


def _told_apart(rows: Sequence[Row], pairs: Days) -> dict[str, str]:
    """First form → its name for comparison, of those told apart that have the same one."""
    name = {row["key"]: row["name_key"] for row in rows} if pairs else {}
    return {
        key: name[key] for pair in pairs for key in pair
        if pair[0] in name and name[pair[0]] == name.get(pair[1])
    }  # fmt: skip
