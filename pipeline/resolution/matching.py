"""Names that somebody typed, looked up among organisations that are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from config.text import fold
from config.words import say
from pipeline.resolution.clusters import components
from pipeline.resolution.linking import Links, link
from pipeline.resolution.listing import PAIR, SAME, Listed, with_domain
from pipeline.resolution.reading import Ints

NEAREST = 3
"""Candidates that are shown for a name that matches nothing."""
_LIKE = 72.0
_COMPARISONS = 20_000_000
"""More pairs of names than these aren't compared letter by letter; evidence has to do."""


@dataclass(frozen=True)
class Candidate:
    """An organisation that may be meant, and what speaks for it."""

    id: str
    name: str
    score: float
    because: str


@dataclass(frozen=True)
class Match:
    """What a record was found to be.

    Attributes:
        found: the organisation; None where none is near-certain.
        candidates: the nearest ones where none was found, the best first.
    """

    found: Candidate | None
    candidates: tuple[Candidate, ...] = ()


def match_names(names: Sequence[str], registry: pd.DataFrame) -> dict[str, Match]:
    """Each distinct name → what it is; the same arguments as `match_records`."""
    distinct = [name for name in dict.fromkeys(names) if name.strip()]
    found = match_records(pd.DataFrame({"name": distinct}, dtype=object), registry)
    return dict(zip(distinct, found, strict=True))


def match_records(records: pd.DataFrame, registry: pd.DataFrame) -> list[Match]:
    """What each record is, by all that is known of it.

    Args:
        records: RangeIndex; `name`, and of `linking.link`'s other columns those that are known.
        registry: the same, and the organisation's `id`; one row per name that it uses, the one to
            show first.
    """
    both = pd.concat([registry.drop(columns="id"), records], ignore_index=True).fillna("")
    links = link(both)
    return _Matching(records, registry, links).all()


class _Matching:
    """Records come behind the registry's rows in what was linked."""

    def __init__(self, records: pd.DataFrame, registry: pd.DataFrame, links: Links) -> None:
        self.typed: list[str] = records["name"].tolist()
        self.names: list[str] = registry["name"].tolist()
        self.ids: list[str] = registry["id"].tolist()
        self.shown = dict(zip(reversed(self.ids), reversed(self.names), strict=True))
        self.joins = self._across(links.joins)
        self.asks = self._across(pd.concat([links.asks, links.parts]))
        self.groups = self._together(links.joins)

    def all(self) -> list[Match]:
        """A match per record."""
        found = [self._found(at) for at in range(len(self.typed))]
        lost = [at for at, sure in enumerate(found) if sure is None and self.typed[at].strip()]
        near = dict(zip(lost, self._nearest(lost), strict=True))
        return [Match(sure, near.get(at, ())) for at, sure in enumerate(found)]

    def _across(self, pairs: pd.DataFrame) -> dict[int, list[Candidate]]:
        """Record → organisations that a pair connects it to, the best first."""
        known, found = len(self.ids), dict[int, list[Candidate]]()
        low = pairs[["one", "other"]].min(axis=1).to_numpy()
        high = pairs[["one", "other"]].max(axis=1).to_numpy()
        across = (low < known) & (high >= known)
        rows = pairs.assign(low=low, high=high)[across].sort_values(
            ["score", "low"], ascending=[False, True], kind="stable"
        )
        for at, row, score, because in zip(
            rows["high"], rows["low"], rows["score"], rows["because"], strict=True
        ):
            found.setdefault(int(at) - known, []).append(self._candidate(row, score, because))
        return found

    def _together(self, joins: pd.DataFrame) -> dict[int, set[int]]:
        """First row of a group → the registry's rows in it."""
        count = len(self.ids) + len(self.typed)
        self.homes: Ints = components(
            count, joins["one"].to_numpy("int64"), joins["other"].to_numpy("int64")
        )
        groups: dict[int, set[int]] = {}
        for row, home in enumerate(self.homes[: len(self.ids)].tolist()):
            groups.setdefault(home, set()).add(row)
        return groups

    def _found(self, at: int) -> Candidate | None:
        """The one organisation that it is near-certainly; None where there are two, or none."""
        direct = self.joins.get(at, [])
        if direct:
            best = [each for each in direct if each.score == direct[0].score]
            return best[0] if len({each.id for each in best}) == 1 else None
        rows = self.groups.get(int(self.homes[len(self.ids) + at]), set())
        if len({self.ids[row] for row in rows}) != 1:
            return None
        return self._candidate(min(rows), 1.0, say("same as another name for it"))

    def _candidate(self, row: int, score: float, because: str) -> Candidate:
        identity = self.ids[row]
        return Candidate(identity, self.shown[identity], round(float(score), 2), because)

    def _nearest(self, lost: Sequence[int]) -> list[tuple[Candidate, ...]]:
        folded = [_in_order(name) for name in self.names]
        look = len(lost) * len(folded) <= _COMPARISONS
        found = []
        for at in lost:
            near = [*self.joins.get(at, ()), *self.asks.get(at, ())]
            if look and len(near) < NEAREST:
                near += self._alike(_in_order(self.typed[at]), folded)
            best = {each.id: each for each in reversed(near)}
            ordered = sorted(best.values(), key=near.index)
            found.append(tuple(ordered[:NEAREST]))
        return found

    def _alike(self, wanted: str, folded: Sequence[str]) -> list[Candidate]:
        alike = process.extract(
            wanted, folded, scorer=fuzz.ratio, limit=2 * NEAREST, score_cutoff=_LIKE
        )
        return [
            self._candidate(row, score / 100, say("name {score}", score=f"{score / 100:.2f}"))
            for _, score, row in alike
        ]


def _in_order(name: str) -> str:
    """The name's folded words in the order of the alphabet, so that theirs doesn't matter."""
    return " ".join(sorted(fold(name).split()))


def registry_of(names: Mapping[str, str], also: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Organisations by id, with the other names that they use, as `match_records` wants them."""
    rows = [
        (identity, name)
        for identity in sorted(names)
        for name in dict.fromkeys((names[identity], *also.get(identity, ())))
    ]
    return pd.DataFrame(rows, columns=["id", "name"], dtype=object)


def looked_up(records: pd.DataFrame, registry: pd.DataFrame) -> Listed:
    """Every row of a list looked up in a registry; whoever isn't there has no id.

    Args:
        records: as `listing.resolve` takes them.
        registry: as `match_records` takes it.
    """
    matches = match_records(with_domain(records), registry)
    found = [match.found for match in matches]
    rows = pd.DataFrame({
        "organisation_id": [each.id if each else "" for each in found],
        "canonical_name": [each.name if each else "" for each in found],
        "confidence": [each.score if each else np.nan for each in found],
        "because": [_said(match) for match in matches],
    })  # fmt: skip
    ids = [each.id for each in found if each]
    return Listed(rows, len(set(ids)), len(ids), _candidates(records["name"].tolist(), matches))


def _said(match: Match) -> str:
    if match.found:
        return match.found.because
    if not match.candidates:
        return say("nothing near")
    listed = ", ".join(f"{each.name} ({each.because})" for each in match.candidates)
    return say("nothing is near enough; nearest: {listed}", listed=listed)


def _candidates(names: Sequence[str], matches: Sequence[Match]) -> pd.DataFrame:
    rows = [
        (SAME, at, names[at], "", -1, each.name, each.id, each.score, each.because)
        for at, match in enumerate(matches)
        for each in match.candidates
    ]
    return pd.DataFrame(rows, columns=list(PAIR))
