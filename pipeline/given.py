"""What forms themselves say of other forms: whose part they are, and which one they correct."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from config.words import say
from pipeline.apart import Clusters
from pipeline.rules.s7_abuse import is_placeholder

Row = Mapping[Hashable, Any]
Asked = list[tuple[str, str, str]]
_SITES = 8
"""Of how many websites under the parent's name each is kept apart; most have one."""


def keep_parts(rows: Sequence[Row], clusters: Clusters) -> None:
    """A form that names a known organisation as its parent is never joined with that."""
    named: dict[int, dict[str, str]] = defaultdict(dict)
    for row in rows:
        named[row["name_key"]].setdefault(row["domain"], row["key"])
    for row in rows:
        parent = 0 if is_placeholder(row["parent"]) else row["parent_key"]
        if not parent or parent == row["name_key"]:
            continue
        for whole in list(named.get(parent, {}).values())[:_SITES]:
            clusters.keep_apart(row["key"], whole)


def join_corrections(rows: Sequence[Row], clusters: Clusters, because: dict[str, str]) -> Asked:
    """A form that asks to correct is about what its address signed before, under any new name.

    Asked where somebody else had used that name before, so that no form ties two together. Rows
    come in the order in which they were received.
    """
    asked: Asked = []
    last: dict[str, dict[int, str]] = defaultdict(dict)
    family: dict[int, int] = {}
    for row in rows:
        name, key, address = row["name_key"], row["key"], row["email"].strip().casefold()
        known = last[address] if address else {}
        if row["request"] == "correct" and len(known) == 1:
            [(mine, before)] = known.items()
            if name not in family and clusters.join(before, key):
                because[key] = say("it corrects an earlier form from the same address")
                family[name] = mine
            elif family.get(name) != mine:
                asked.append((before, key, say("it asks to correct a form from the same address")))
        known[family.setdefault(name, name)] = key
    return asked
