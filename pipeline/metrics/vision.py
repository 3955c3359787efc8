"""Connect: who would be at the victory celebration, and who of them is here already."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from config.text import fold
from config.words import say
from pipeline.metrics.connect import prospects
from pipeline.metrics.model import Context, Metric, Value
from pipeline.metrics.values import members, ratio, until_today

WANTED, TALKING, JOINED, ROLE = range(4)
STATUSES = ("wanted", "in conversation", "joined", "holds a role")
AWAY = ("said no", "later")
LEADING = frozenset(
    ("chair", "cochair", "lead", "leader", "colead", "convenor", "convener", "coordinator",
     "facilitator", "spokesperson")
)  # fmt: skip
folded = lru_cache(maxsize=65_536)(fold)
"""Sectors, places and names come back again and again, so each is folded once."""
FEWEST = 2
"""One organisation never makes a kind of guest covered."""


@dataclass(frozen=True)
class Candidate:
    """An organisation that a guest could turn out to be; sectors, places, community folded."""

    id: str
    name: str
    status: int
    sectors: frozenset[str]
    places: frozenset[str]
    community: str = ""


@dataclass(frozen=True)
class Guest:
    """A row of Who's missing, and how far it has come.

    Attributes:
        name: the guest or kind of guest, as typed.
        status: an index into `STATUSES`.
        fits: organisations that it turned out to be, or could, by name; for coordinators alone.
        wanted: how many organisations make it covered: 1 of a guest by name.
        here: how many of those that fit have joined.
        led: how many of these hold a role.
    """

    name: str
    status: int
    fits: tuple[str, ...]
    wanted: int
    here: int
    led: int


def leaders(context: Context) -> set[str]:
    """Ids of organisations that sit in steering, lead a group or started something."""
    found: set[str] = set()
    groups, actions = context.tables.get("groups"), context.tables.get("actions")
    if groups is not None and len(groups):
        left = until_today(groups["until"], context)
        here = ~left & ~(groups["since"] > pd.Timestamp(context.today))
        leading = [r for r in groups["role"].unique() if not LEADING.isdisjoint(folded(r).split())]
        role = groups["role"].isin(leading) | groups["kind"].eq("steering")
        found |= set(groups["organisation_id"][here & role])
    if actions is not None and len(actions):
        found |= set(actions["started_by_id"][until_today(actions["date"], context)])
    return found - {""}


def candidates(context: Context) -> list[Candidate]:
    """Members, then the wanted organisations that are not (yet) members."""
    wanted = {c.id or folded(c.name): c for c in _wanted(context)}
    leading = leaders(context)
    found = []
    for row in members(context).to_dict("records"):
        # The community is what Outreach says, never what an organisation declared of itself.
        known = wanted.pop(row["id"], None)
        found.append(
            Candidate(
                row["id"], row["name"], ROLE if row["id"] in leading else JOINED,
                frozenset(map(folded, row["sector"])),
                frozenset((folded(row["district"]), folded(row["country"]))),
                known.community if known else "",
            )
        )  # fmt: skip
    return found + list(wanted.values())


def _wanted(context: Context) -> Iterator[Candidate]:
    if "outreach" not in context.tables:
        return
    frame = prospects(context)
    talking = until_today(frame["first_contact"], context) & ~frame["stage"].isin(AWAY)
    status = talking.map({True: TALKING, False: WANTED})
    for row in frame.assign(status=status).to_dict("records"):
        yield Candidate(
            row["organisation_id"], row["organisation"], row["status"],
            frozenset(map(folded, row["sector"])), frozenset((folded(row["place"]),)),
            folded(row["community"]),
        )  # fmt: skip


class _Field:
    """All candidates, to be found by id, by name and by what they are."""

    def __init__(self, everybody: Sequence[Candidate]) -> None:
        self._all = everybody
        self._with: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        for at, one in enumerate(everybody):
            for trait in _traits(one):
                self._with[trait].add(at)

    def found(self, *traits: tuple[str, str]) -> list[Candidate]:
        """Those with every trait, in order."""
        places = set.intersection(*(self._with.get(trait, set()) for trait in traits))
        return [self._all[at] for at in sorted(places)]


def _traits(one: Candidate) -> Iterator[tuple[str, str]]:
    # Whoever has an id is found by it: a name in a column of organisations that led to none means
    # somebody else.
    yield ("id", one.id) if one.id else ("stranger", folded(one.name))
    yield "name", folded(one.name)
    yield "community", one.community
    yield from (("sector", sector) for sector in one.sectors)
    yield from (("place", place) for place in one.places)


def vision(context: Context) -> tuple[Guest, ...]:
    """The guests of the tab Who's missing in its order, and how far each has come."""
    if "who_s_missing" not in context.tables:
        return ()
    field = _Field(candidates(context))
    rows = context.tables["who_s_missing"].to_dict("records")
    return tuple(_guest(row, field) for row in rows)


def _guest(row: Mapping[Any, Any], field: _Field) -> Guest:
    kinds = [(k, folded(row[k])) for k in ("sector", "place", "community") if folded(row[k])]
    shown = row["guest"] or row["organisation"]
    if row["organisation"]:
        known = row["organisation_id"]
        fitting = field.found(("id", known) if known else ("stranger", folded(row["organisation"])))
    elif kinds:
        return _kind(shown, row["wanted"], field.found(*kinds))
    else:
        fitting = field.found(("name", folded(row["guest"])))
    status = max((one.status for one in fitting), default=WANTED)
    return Guest(shown, status, _names(fitting), 1, *_here(fitting))


def _kind(shown: str, wanted: float, fitting: Sequence[Candidate]) -> Guest:
    """A kind of guest: covered by two organisations, or by as many as are wanted, if more."""
    need = max(FEWEST, 0 if math.isnan(wanted) else int(wanted))
    stages = sorted((one.status for one in fitting), reverse=True)
    if len(stages) >= need and stages[need - 1] >= JOINED:
        status = stages[need - 1]
    else:
        status = TALKING if stages and stages[0] >= TALKING else WANTED
    return Guest(shown, status, _names(fitting), need, *_here(fitting))


def _names(fitting: Sequence[Candidate]) -> tuple[str, ...]:
    return tuple(sorted(one.name for one in fitting))


def _here(fitting: Sequence[Candidate]) -> tuple[int, int]:
    """How many joined, and how many of them hold a role."""
    return sum(one.status >= JOINED for one in fitting), sum(one.status == ROLE for one in fitting)


def _coverage(context: Context) -> Value:
    reached = [guest.status for guest in vision(context)]
    details = tuple(
        (say(name), float(reached.count(status))) for status, name in enumerate(STATUSES)
    )
    here = sum(status >= JOINED for status in reached)
    return ratio(here, len(reached), say("nobody stands on the tab Who's missing"), details)


C9 = Metric(
    "C9", "Vision coverage", "Connect",
    "Of the guests on the tab Who's missing, those that joined or hold a role (a kind of guest "
    "needs two organisations, or as many as are wanted, if more), beside the wanted and those in "
    "conversation.",
    "share", "up", ("who_s_missing.guest", "organisations.standing"),
    "Activist Handbook; Network Impact", _coverage,
    (
        "who_s_missing.organisation", "who_s_missing.sector", "who_s_missing.place",
        "who_s_missing.community", "who_s_missing.wanted", "organisations.joins_as",
        "organisations.name", "organisations.sector", "organisations.district",
        "organisations.country", "signons.sector", "signons.district", "signons.country",
        "outreach.organisation", "outreach.added", "outreach.stage",
        "outreach.first_contact", "outreach.sector", "outreach.place", "outreach.community",
        "groups.organisation", "groups.kind", "groups.role", "groups.since", "groups.until",
        "actions.started_by", "actions.date",
    ),
)  # fmt: skip
