"""Which two could be brought together, and what they share that makes it natural."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from config.tables.relations import DO_NOT_INTRODUCE
from config.text import fold
from pipeline.hashing import digest
from pipeline.intake.model import UNCLEAR
from pipeline.metrics.model import Context
from pipeline.metrics.values import day
from pipeline.network.graph import Network
from pipeline.network.sources import INTRODUCTION, UNKNOWN, conversations, keys_of, open_groups

Pair = tuple[str, str]
Thing = tuple[str, str]
"""("sector" | "district" | "group", its folded name)"""
RESEMBLES = 85
"""So alike, of 100, is a name that nobody knows to one that it may well mean."""
AGAIN_AFTER = 90
"""So many days an introduction is left alone."""
TWICE = 2
"""So often one organisation is proposed at most."""
_NEAR = 12
"""So many of one side are looked at for each thing that is shared, and so many without."""


@dataclass(frozen=True)
class Circumstances:
    """What is known of the organisations of a network besides their ties.

    Attributes:
        network: of the members and the wanted.
        things: key → what it works on, where, and in which groups.
        shown: thing → how it is written.
        apart: pairs that must not be brought together, by anybody.
        settled: pairs that need no introduction: they know each other, are of one family, or were
            introduced lately.
        close: key → those it has a tie with.
        used: how often each is proposed so far.
    """

    network: Network
    things: dict[str, frozenset[Thing]]
    shown: dict[Thing, str]
    apart: frozenset[Pair]
    settled: frozenset[Pair]
    close: dict[str, frozenset[str]]
    used: Counter[str] = field(default_factory=Counter)

    @cached_property
    def connectors(self) -> frozenset[str]:
        """Those on whom others hang."""
        return frozenset(self.network.connectors)

    def allowed(self, one: str, other: str) -> bool:
        """May the two be proposed (once more)?"""
        pair = pair_of(one, other)
        wanted = self.network.wanted
        return not (
            one == other or pair in self.apart or pair in self.settled or other in self.close[one]
            or (one in wanted and other in wanted)
            or self.used[one] >= TWICE or self.used[other] >= TWICE
        )  # fmt: skip

    def shared(self, one: str, other: str) -> frozenset[Thing]:
        """What both name."""
        return self.things[one] & self.things[other]

    def rank(self, one: str, other: str) -> tuple[bool, int, int, int, str]:
        """What makes a pair natural, the smallest first.

        Members before the wanted; then much in common; then not by way of those on whom others
        already hang; then those who know many; then as a hash falls, so that nobody is always
        first.
        """
        hubs = (one in self.connectors) + (other in self.connectors)
        known = len(self.close[one]) + len(self.close[other])
        outside = bool({one, other} & self.network.wanted)
        common = len(self.shared(one, other))
        return outside, -common, hubs, -known, lot(one, other)

    def best(self, these: Sequence[str], those: Side) -> Pair | None:
        """The most natural pair with one of these and one of those; None where none is allowed."""
        pairs = {
            pair_of(one, other)
            for one in these
            for other in those.near(self.things[one])
            if self.allowed(one, other)
        }
        return min(pairs, key=lambda pair: self.rank(*pair), default=None)

    def between(self, pair: Pair) -> tuple[str, ...]:
        """Who is close to both and may bring them together; sorted by key."""
        both = self.close[pair[0]] & self.close[pair[1]]
        return tuple(sorted(who for who in both if self._may(who, pair)))

    def beside(self, pair: Pair) -> tuple[Pair, ...]:
        """(who, to whom they are close) for those who are close to one of the two."""
        return tuple(
            (who, one) for one in pair for who in sorted(self.close[one]) if self._may(who, pair)
        )

    def _may(self, who: str, pair: Pair) -> bool:
        members = who not in self.network.wanted
        return members and not any(pair_of(who, one) in self.apart for one in pair)


class Side:
    """Organisations to choose from, found by what they name."""

    def __init__(self, keys: Iterable[str], given: Circumstances) -> None:
        """Those who know many come first, as `Circumstances.rank` has it."""
        order = sorted(
            keys, key=lambda key: (key in given.connectors, -len(given.close[key]), digest([key]))
        )
        self.first = tuple(order[:_NEAR])
        self._by_thing: dict[Thing, list[str]] = defaultdict(list)
        for key in order:
            for thing in given.things[key]:
                if len(self._by_thing[thing]) < _NEAR:
                    self._by_thing[thing].append(key)

    def near(self, things: frozenset[Thing]) -> Iterator[str]:
        """Those who name one of the things, and the first of all."""
        for thing in sorted(things):
            yield from self._by_thing.get(thing, ())
        yield from self.first


def pair_of(one: str, other: str) -> Pair:
    """The two in order."""
    return (one, other) if one < other else (other, one)


def lot(one: str, other: str) -> str:
    """A stable hash of the pair."""
    return digest(pair_of(one, other))


def circumstances(context: Context) -> Circumstances:
    """What the tabs say on the report's day; answers about communities are never looked at."""
    network = context.wider_network
    close: dict[str, set[str]] = {key: set() for key in network.nodes}
    for a, b in zip(network.ties["a"], network.ties["b"], strict=True):
        close[a].add(b)
        close[b].add(a)
    things, shown = _things(context, network)
    apart, settled = _said(context, network)
    return Circumstances(
        network, things, shown, apart, settled | _families(context),
        {key: frozenset(others) for key, others in close.items()},
    )  # fmt: skip


def _said(context: Context, network: Network) -> tuple[frozenset[Pair], frozenset[Pair]]:
    """(pairs that must not meet, pairs that have met or were introduced lately).

    Where a row's kind can't be read, or there is no such column, its pair may be one that must not
    meet; and a name that nobody knows may be one of those that it resembles.
    """
    if "conversations" not in context.tables:
        return frozenset(), frozenset()
    rows = conversations(context)
    forbidden = rows["kind"].isin((DO_NOT_INTRODUCE, UNCLEAR))
    if "kind" not in context.present["conversations"]:
        forbidden |= True
    lately = rows["date"] <= day(context) - pd.Timedelta(days=AGAIN_AFTER)
    settled = ~forbidden & ~(rows["kind"].eq(INTRODUCTION) & lately)
    return _meant(_pairs(rows[forbidden]), network), _pairs(rows[settled])


def _meant(pairs: frozenset[Pair], network: Network) -> frozenset[Pair]:
    """The pairs, and those that are meant where a name is misspelt."""
    folded = {key: fold(name) for key, name in network.names.items()}
    strange = {k for pair in pairs for k in pair if k.startswith(UNKNOWN) and k not in folded}
    alike = {key: _alike(key.removeprefix(UNKNOWN), folded) for key in strange}
    return pairs | {
        pair_of(one, other)
        for a, b in pairs
        if a in strange or b in strange
        for one in alike.get(a, [a])
        for other in alike.get(b, [b])
    }


def _alike(name: str, folded: dict[str, str]) -> list[str]:
    """The keys of those whose name resembles it, or holds all of its words."""
    from rapidfuzz import fuzz, process

    scorers = (fuzz.ratio, fuzz.token_set_ratio)
    found = (
        process.extract(name, folded, scorer=by, score_cutoff=RESEMBLES, limit=None)
        for by in scorers
    )
    return sorted({key for matches in found for _, _, key in matches})


def _pairs(rows: pd.DataFrame) -> frozenset[Pair]:
    return frozenset(pair_of(a, b) for a, b in zip(rows["a"], rows["b"], strict=True))


def _families(context: Context) -> frozenset[Pair]:
    """A chapter and its parent know each other."""
    rows = context.organisations[["id", "parent_id"]]
    rows = rows[rows["parent_id"].ne("")]
    return frozenset(pair_of(a, b) for a, b in zip(rows["id"], rows["parent_id"], strict=True))


def _things(
    context: Context, network: Network
) -> tuple[dict[str, frozenset[Thing]], dict[Thing, str]]:
    found: dict[str, set[Thing]] = {key: set() for key in network.nodes}
    shown: dict[Thing, str] = {}
    for key, kind, text in sorted(_named(context)):
        if key in found and text.strip():
            thing = (kind, fold(text))
            shown.setdefault(thing, text.strip())
            found[key].add(thing)
    return {key: frozenset(things) for key, things in found.items()}, shown


def _named(context: Context) -> Iterator[tuple[str, str, str]]:
    """(key, kind of thing, its name), of everybody."""
    rows = context.organisations
    for key, sectors, district in zip(rows["id"], rows["sector"], rows["district"], strict=True):
        yield from ((key, "sector", sector) for sector in sectors)
        yield key, "district", district
    if "groups" in context.tables:
        rows, today = context.tables["groups"], day(context)
        now = ~(rows["since"] > today) & ~(rows["until"] <= today)
        rows = rows[now & open_groups(rows)]
        for key, group in zip(rows["organisation_id"], rows["group"], strict=True):
            yield key, "group", group
    if "outreach" in context.tables:
        rows = context.tables["outreach"]
        keys = keys_of(rows["organisation_id"], rows["organisation"])
        for key, sectors, place in zip(keys, rows["sector"], rows["place"], strict=True):
            yield from ((key, "sector", sector) for sector in sectors)
            yield key, "district", place
