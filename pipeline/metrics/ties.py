"""Connect: the shape of the network. What a tie is stands in `pipeline/network/sources.py`."""

from __future__ import annotations

import pandas as pd

from config.words import say
from pipeline.metrics.model import Context, Metric, Value
from pipeline.metrics.rows import in_role
from pipeline.metrics.values import day, no_data, ratio, until_today
from pipeline.network.graph import Network
from pipeline.network.sources import INTRODUCTION, NO_TIES, conversations, recent

HOSTS = "coalition staff hosted by"
"""The Role for us of somebody on the coalition's staff."""
DAYS = 90
"""So long an introduction has to become a tie."""
NEEDS = (
    "conversations.date", "conversations.organisation_a", "conversations.organisation_b",
    "organisations.standing",
)  # fmt: skip
USES = (
    "conversations.kind", "groups.group", "groups.kind", "groups.organisation", "groups.since",
    "groups.until", "meetings.date", "meetings.present", "actions.date", "actions.started_by",
    "actions.partners",
    "signons.referred_by", "organisations.referred_by", "organisations.joined_on",
    "organisations.joins_as",
)  # fmt: skip
NOBODY = "there are no members yet"
NO_TIE = "no two members have a tie yet"


def _mean_ties(context: Context) -> Value:
    network = context.network
    return ratio(2 * len(network.ties), len(network.nodes), say(NOBODY))


def _density(context: Context) -> Value:
    n = len(context.network.nodes)
    if n < 3:
        return no_data(say("density needs at least three members"))
    return ratio(len(context.network.ties), n * (n - 1) / 2, "")


def _isolates(context: Context) -> Value:
    network = context.network
    found = ratio(len(network.alone), len(network.nodes), say(NOBODY))
    return Value(
        found.value, found.numerator, found.denominator, found.why,
        names=network.named(network.alone),
    )  # fmt: skip


def _largest(context: Context) -> Value:
    network = context.network
    return ratio(max(map(len, network.parts), default=0), len(network.nodes), say(NOBODY))


def _bridging(context: Context) -> Value:
    pairs = context.network.ties
    if pairs.empty:
        return no_data(say(NO_TIE))
    known, across, places = _across(context, pairs)
    silent = len(pairs) - known
    return ratio(
        across, known, say("no tie joins two members that both name a sector"),
        ((say("joining different districts"), float(places)),),
        (silent, say("a side names no sector") if silent else ""),
    )  # fmt: skip


def _across(context: Context, pairs: pd.DataFrame) -> tuple[int, int, int]:
    """(ties whose sides both name a sector, of different ones, of different districts)."""
    frame = context.organisations
    sectors = {i: frozenset(cell) for i, cell in zip(frame["id"], frame["sector"], strict=True)}
    district = dict(zip(frame["id"], frame["district"], strict=True))
    sides = list(zip(pairs["a"], pairs["b"], strict=True))
    both = [(sectors[a], sectors[b]) for a, b in sides if sectors[a] and sectors[b]]
    places = [(district[a], district[b]) for a, b in sides if district[a] and district[b]]
    return len(both), sum(a.isdisjoint(b) for a, b in both), sum(a != b for a, b in places)


def _connectors(context: Context) -> Value:
    network = context.network
    if not network.nodes:
        return no_data(say(NOBODY))
    return Value(float(len(network.connectors)), names=network.named(network.connectors))


def hosts(context: Context) -> frozenset[str]:
    """The members that host coalition staff on the report's day."""
    rows = context.tables["contacts"]
    there = rows["role_for_us"].eq(HOSTS) & in_role(rows, context)
    return frozenset(rows.loc[there, "organisation_id"]) & frozenset(context.network.nodes)


def _dependence(context: Context) -> Value:
    network, weavers = context.network, hosts(context)
    if not weavers:
        return no_data(say("no member is known to host coalition staff"))
    left = len(network.nodes) - len(weavers)
    if not left:
        return no_data(say("every member hosts coalition staff"))
    apart = left - network.largest_without(weavers)
    return ratio(apart, left, "", ((say("members that host staff"), float(len(weavers))),))


def _reciprocity(context: Context) -> Value:
    rows = conversations(context)
    rows = rows[recent(rows["date"], context) & ~rows["kind"].isin(NO_TIES)]
    rows = rows[rows["by"].ne("") & (rows["by"].eq(rows["a"]) | rows["by"].eq(rows["b"]))]
    here = set(context.network.nodes)
    rows = rows[rows["a"].isin(here) & rows["b"].isin(here) & rows["a"].ne(rows["b"])]
    answered = set(rows["by"])
    told: dict[frozenset[str], set[str]] = {}
    for a, b, by in zip(rows["a"], rows["b"], rows["by"], strict=True):
        if a in answered and b in answered:
            told.setdefault(frozenset((a, b)), set()).add(by)
    mutual = sum(len(sides) == 2 for sides in told.values())
    return ratio(mutual, len(told), say("no tie joins two members that both report their ties"))


def _became_ties(context: Context) -> Value:
    rows = conversations(context)
    rows = rows[until_today(rows["date"], context) & rows["a"].ne(rows["b"])]
    low = rows["a"].where(rows["a"] < rows["b"], rows["b"])
    rows = rows.assign(a=low, b=rows["a"].where(low.eq(rows["b"]), rows["b"]))
    made = rows[rows["kind"].eq(INTRODUCTION)].reset_index(drop=True)
    young = made["date"] > day(context) - pd.Timedelta(days=DAYS)
    made = made[~young].assign(introduction=made.index[~young])
    later = rows.loc[~rows["kind"].isin(NO_TIES), ["a", "b", "date"]]
    both = made.merge(later, on=["a", "b"], suffixes=("", "_tie"))
    after = both["date_tie"] - both["date"]
    in_time = (after > pd.Timedelta(0)) & (after <= pd.Timedelta(days=DAYS))
    waiting = int(young.sum())
    return ratio(
        both.loc[in_time, "introduction"].nunique(), len(made),
        say("no introduction is 90 days old yet"),
        excluded=(waiting, say("made less than 90 days ago") if waiting else ""),
    )  # fmt: skip


def _introduced(context: Context) -> bool:
    table = context.tables.get("conversations")
    if table is None or "kind" not in context.present.get("conversations", ()):
        return True
    return bool(table["kind"].eq(INTRODUCTION).any())


def _mapped_field(context: Context) -> Value:
    network = context.wider_network
    found = ratio(2 * len(network.ties), len(network.nodes), say("nobody belongs or is wanted"))
    if found.value is None:
        return found
    return Value(found.value, found.numerator, found.denominator, details=_shape(network))


def _shape(network: Network) -> tuple[tuple[str, float], ...]:
    return (
        (say("members"), float(len(network.nodes) - len(network.wanted))),
        (say("wanted organisations"), float(len(network.wanted))),
        (say("without a tie"), float(len(network.alone))),
        (say("in the largest part"), float(max(map(len, network.parts), default=0))),
        (say("bridge organisations"), float(len(network.connectors))),
    )


C14 = Metric(
    "C14", "Mean ties per member", "Connect",
    "Twice the pairs of members with a tie over the members; a tie is a conversation, a shared "
    "group of at most 12 that is known to be no caucus, a meeting or joint action of at most 8, or "
    "bringing the other along, in the last 12 months, and introductions, 'do not introduce' and "
    "conversations of an unclear kind are none.",
    "ties", "up", NEEDS, "Center for Evaluation Innovation", _mean_ties, USES, dated=True,
)  # fmt: skip
C15 = Metric(
    "C15", "Density", "Connect",
    "Of all pairs that the members could form (at least three members), those with a tie as in "
    "C14.",
    "share", "", NEEDS, "Center for Evaluation Innovation", _density, USES, reported=False,
)  # fmt: skip
C16 = Metric(
    "C16", "Members without a tie", "Connect",
    "Of the members, those for whom no tie as in C14 to another member is known.",
    "share", "down", NEEDS, "Center for Evaluation Innovation; Network Impact", _isolates, USES,
    dated=True,
)  # fmt: skip
C17 = Metric(
    "C17", "Members in the largest part", "Connect",
    "Of the members, those in the largest part of the network, in which everybody reaches "
    "everybody over ties as in C14.",
    "share", "up", NEEDS, "Network Impact", _largest, USES, dated=True,
)  # fmt: skip
C18 = Metric(
    "C18", "Bridging ties", "Connect",
    "Of the ties as in C14 between members that both name a sector, those between members that "
    "share none, beside the ties between different districts.",
    "share", "up", (*NEEDS, "organisations.sector", "signons.sector"),
    "Center for Evaluation Innovation; Network Impact", _bridging,
    (*USES, "organisations.district", "signons.district"),
)  # fmt: skip
C19 = Metric(
    "C19", "Bridge organisations", "Connect",
    "Members without whom others, who reach each other over ties as in C14, no longer could.",
    "organisations", "", NEEDS, "Network Impact", _connectors, USES,
)  # fmt: skip
C20 = Metric(
    "C20", "Dependence on the weavers", "Connect",
    "Of the members that don't host coalition staff, those outside the largest part of the "
    "network, taken without the members that do.",
    "share", "down", (*NEEDS, "contacts.organisation", "contacts.role_for_us"),
    "Network Impact", _dependence, (*USES, "contacts.since", "contacts.until"),
)  # fmt: skip
C21 = Metric(
    "C21", "Reciprocity", "Connect",
    "Of the pairs of members with a conversation in the last 12 months that one of the two "
    "reported, both having reported some, those that both reported.",
    "share", "up", (*NEEDS, "conversations.reported_by"), "Network Impact", _reciprocity,
    ("conversations.kind", "organisations.joins_as"),
)  # fmt: skip
C22 = Metric(
    "C22", "Introductions that became ties", "Connect",
    "Of the introductions made at least 90 days ago, those after which the two had a "
    "conversation within 90 days.",
    "share", "up", (*NEEDS[:3], "conversations.kind"), "Activist Handbook", _became_ties,
    dated=True, comes=_introduced,
)  # fmt: skip
C26 = Metric(
    "C26", "Ties in the field before sign-on", "Connect",
    "Twice the pairs with a tie as in C14 over the members and the organisations of the tab "
    "Outreach that haven't declined, taken together.",
    "ties", "up", (*NEEDS[:3], "outreach.organisation"), "Activist Handbook", _mapped_field,
    ("organisations.standing", *USES, "outreach.stage", "outreach.added"),
)  # fmt: skip

TIES = (C14, C15, C16, C17, C18, C19, C20, C21, C22, C26)
