"""Connect: who would be at the victory celebration, and who of them is here already."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Candidate:
    """An organisation that a guest could turn out to be; all texts folded."""

    id: str
    name: str
    status: int
    sectors: frozenset[str]
    places: frozenset[str]
    community: str = ""

    def fits(self, sector: str, place: str, community: str) -> bool:
        """Has it every trait that is asked for?"""
        return (
            (not sector or sector in self.sectors)
            and (not place or place in self.places)
            and (not community or community == self.community)
        )


def leaders(context: Context) -> set[str]:
    """Ids of organisations that sit in steering, lead a group or started something."""
    found: set[str] = set()
    groups, actions = context.tables.get("groups"), context.tables.get("actions")
    if groups is not None and len(groups):
        left = until_today(groups["until"], context)
        here = ~left & ~(groups["since"] > pd.Timestamp(context.today))
        leads = groups["role"].map(lambda role: not LEADING.isdisjoint(fold(role).split()))
        role = leads.astype(bool) | groups["kind"].eq("steering")
        found |= set(groups["organisation_id"][here & role])
    if actions is not None and len(actions):
        found |= set(actions["started_by_id"][until_today(actions["date"], context)])
    return found - {""}


def candidates(context: Context) -> list[Candidate]:
    """Members, then the wanted organisations that are not (yet) members."""
    wanted = {c.id or c.name: c for c in _wanted(context)}
    leading = leaders(context)
    found = []
    for row in members(context).to_dict("records"):
        # The community is what Outreach says, never what an organisation declared of itself.
        known = wanted.pop(row["id"], None)
        found.append(
            Candidate(
                row["id"], fold(row["name"]), ROLE if row["id"] in leading else JOINED,
                frozenset(map(fold, row["sector"])),
                frozenset((fold(row["district"]), fold(row["country"]))),
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
            row["organisation_id"], fold(row["organisation"]), row["status"],
            frozenset(map(fold, row["sector"])), frozenset((fold(row["place"]),)),
            fold(row["community"]),
        )  # fmt: skip


def stands_at(guest: Mapping[Any, Any], field: list[Candidate]) -> int:
    """How far a row of Who's missing has come, as an index into `STATUSES`.

    A kind of guest is there only with two organisations or with as many as are wanted, if more.
    """
    sector, place, community = (fold(guest[k]) for k in ("sector", "place", "community"))
    name = fold(guest["organisation"] or guest["guest"])
    if guest["organisation"] or not (sector or place or community):
        known = guest["organisation_id"]
        same = [c.status for c in field if (c.id == known if known else c.name == name)]
        return max(same, default=WANTED)
    fitting = sorted((c.status for c in field if c.fits(sector, place, community)), reverse=True)
    need = max(2, 0 if math.isnan(guest["wanted"]) else int(guest["wanted"]))
    if len(fitting) >= need and fitting[need - 1] >= JOINED:
        return fitting[need - 1]
    return TALKING if fitting and fitting[0] >= TALKING else WANTED


def _vision(context: Context) -> Value:
    rows = context.tables["who_s_missing"].to_dict("records")
    field = candidates(context)
    reached = [stands_at(row, field) for row in rows]
    details = tuple(
        (say(name), float(reached.count(status))) for status, name in enumerate(STATUSES)
    )
    here = sum(status >= JOINED for status in reached)
    return ratio(here, len(rows), say("nobody stands on the tab Who's missing"), details)


C9 = Metric(
    "C9", "Vision coverage", "Connect",
    "Of the guests on the tab Who's missing, those that joined or hold a role (a kind of guest "
    "needs at least two organisations), beside the wanted and those in conversation.",
    "share", "up", ("who_s_missing.guest",), "Activist Handbook; Network Impact", _vision,
    (
        "who_s_missing.organisation", "who_s_missing.sector", "who_s_missing.place",
        "who_s_missing.community", "who_s_missing.wanted", "organisations.sector",
        "organisations.district", "organisations.country", "outreach.organisation",
        "outreach.stage", "outreach.first_contact", "outreach.sector", "outreach.place",
        "outreach.community", "groups.organisation", "groups.kind", "groups.role",
        "groups.since", "groups.until", "actions.started_by", "actions.date",
    ),
)  # fmt: skip
