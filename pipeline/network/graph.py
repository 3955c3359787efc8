"""The graph of who is close to whom, and what its shape comes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from config.text import fold
from pipeline.metrics.model import Context
from pipeline.metrics.values import day, filled, members
from pipeline.network.sources import keys_of

if TYPE_CHECKING:
    import networkx as nx

SAID_NO = ("said no", "later")
"""Stages of Outreach in which somebody isn't wanted for now."""


@dataclass(frozen=True)
class Network:
    """Organisations, and the ties among them.

    Attributes:
        nodes: keys, sorted: the id of an organisation, or `sources.UNKNOWN` and the folded name.
        names: key → the name shown.
        wanted: those of them that don't belong yet.
        reports: what makes the ties, as `sources.told` gives it, both sides among the nodes.
    """

    nodes: tuple[str, ...]
    names: dict[str, str]
    wanted: frozenset[str]
    reports: pd.DataFrame

    @cached_property
    def ties(self) -> pd.DataFrame:
        """Pairs (a, b) of keys with a < b, sorted, each once."""
        pairs = self.reports[["a", "b"]].drop_duplicates()
        return pairs.sort_values(["a", "b"], ignore_index=True)

    @cached_property
    def graph(self) -> nx.Graph[Any]:
        """The ties, undirected; nodes and ties come in the order of their keys."""
        import networkx as nx

        made = nx.Graph()
        made.add_nodes_from(self.nodes)
        made.add_edges_from(zip(self.ties["a"], self.ties["b"], strict=True))
        return made

    @cached_property
    def parts(self) -> tuple[frozenset[str], ...]:
        """Its connected components: the largest first, then by their first key."""
        return _parts(self.nodes, zip(self.ties["a"], self.ties["b"], strict=True))

    @cached_property
    def connectors(self) -> tuple[str, ...]:
        """Articulation points: without one of them, others can't reach each other any more."""
        import networkx as nx

        return tuple(sorted(nx.articulation_points(self.graph)))

    @property
    def alone(self) -> tuple[str, ...]:
        """Isolates: those without a tie."""
        close = set(self.ties["a"]) | set(self.ties["b"])
        return tuple(node for node in self.nodes if node not in close)

    def named(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Their names, sorted."""
        return tuple(sorted((self.names[key] for key in keys), key=lambda n: (fold(n), n)))

    def largest_without(self, gone: Iterable[str]) -> int:
        """The size of the largest part if these weren't there."""
        import networkx as nx

        left = nx.restricted_view(self.graph, list(gone), [])
        return max((len(part) for part in nx.connected_components(left)), default=0)


def network_of(context: Context) -> Network:
    """The members' network on the report's day."""
    here = members(context)
    return _network(context, dict(zip(here["id"], here["name"], strict=True)), {})


def field_of(context: Context) -> Network:
    """The network of the members and of those who are wanted (tab Outreach)."""
    here = members(context)
    known = dict(zip(here["id"], here["name"], strict=True))
    return _network(context, known, _wanted(context, known))


def _network(context: Context, known: dict[str, str], wanted: dict[str, str]) -> Network:
    names = known | wanted
    frame = context.reports
    inside = frame["a"].isin(names) & frame["b"].isin(names)
    return Network(tuple(sorted(names)), names, frozenset(wanted), frame[inside])


def _wanted(context: Context, known: dict[str, str]) -> dict[str, str]:
    """Key → name of those on Outreach that are no members, haven't declined and were added."""
    if "outreach" not in context.tables:
        return {}
    rows = context.tables["outreach"]
    rows = rows[filled(rows["organisation"]) & ~(rows["added"] > day(context))]
    keys = keys_of(rows["organisation_id"], rows["organisation"])
    latest = pd.DataFrame({"key": keys, "name": rows["organisation"], "stage": rows["stage"]})
    stages = latest[latest["stage"].ne("")].groupby("key")["stage"].last()
    closed = set(stages[stages.isin(SAID_NO)].index)
    first = latest.drop_duplicates("key")
    shown = dict(zip(context.organisations["id"], context.organisations["name"], strict=True))
    return {
        key: shown.get(key, name)
        for key, name in zip(first["key"], first["name"], strict=True)
        if key not in known and key not in closed
    }


def _parts(nodes: Iterable[str], ties: Iterable[tuple[str, str]]) -> tuple[frozenset[str], ...]:
    """By union and find: quicker than a graph where nothing else is asked of it."""
    head = {node: node for node in nodes}

    def find(node: str) -> str:
        while head[node] != node:
            head[node] = node = head[head[node]]
        return node

    for one, other in ties:
        head[find(one)] = find(other)
    found: dict[str, set[str]] = {}
    for node in head:
        found.setdefault(find(node), set()).add(node)
    parts = map(frozenset, found.values())
    return tuple(sorted(parts, key=lambda part: (-len(part), min(part))))
