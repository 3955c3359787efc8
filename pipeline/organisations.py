"""Which organisation is it? Names and websites join, people's word wins, doubt is asked."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import pandas as pd

from config.records import OrganisationRecord
from config.text import fold
from config.words import say
from pipeline.lookup import look_up

_ARTICLES = ("the ",)
_FORMS = (
    " incorporated", " inc", " ltd", " limited", " llc", " plc", " gmbh", " ggmbh", " e v", " ev",
    " asbl", " vzw", " a c", " s a", " sa", " ag", " ab", " oy", " as", " srl", " ong", " ngo",
)  # fmt: skip
_SMALL = frozenset(
    fold("of for and the de del la le les des du für und der die das et y e pour para da").split()
)


_LOOKED_AT = ("key", "organisation", "name_key", "domain")
Row = Mapping[Hashable, Any]


@dataclass(frozen=True)
class Pair:
    """Two organisations that may be one, and what speaks for it."""

    first: str
    second: str
    because: str


@dataclass(frozen=True)
class Settled:
    """Every sign-on with its organisation.

    Attributes:
        ids: per row, the organisation's id; "" for individuals, tests and nameless forms.
        because: per row, why it belongs there.
        records: all organisations, merged ones too.
        questions: pairs that a person should look at.
    """

    ids: pd.Series
    because: pd.Series
    records: tuple[OrganisationRecord, ...]
    questions: tuple[Pair, ...]


@dataclass(frozen=True)
class Verdicts:
    """What people said: pairs of first sign-on keys that are the same, and that are not."""

    same: tuple[tuple[str, str], ...] = ()
    different: tuple[tuple[str, str], ...] = ()


def name_key(name: str) -> str:
    """The name without case, accents, article and legal form, for comparison only."""
    text = fold(name)
    for article in _ARTICLES:
        text = text.removeprefix(article) if len(text) > len(article) else text
    for form in _FORMS:
        if text.endswith(form) and len(text) > len(form):
            return text[: -len(form)].strip()
    return text


@dataclass
class _Clusters:
    """Union-find that never joins a pair somebody said is not the same."""

    apart: frozenset[frozenset[str]]
    parent: dict[str, str] = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=dict)

    def add(self, key: str) -> None:
        self.parent[key] = key
        self.members[key] = {key}

    def find(self, key: str) -> str:
        while self.parent[key] != key:
            self.parent[key] = self.parent[self.parent[key]]
            key = self.parent[key]
        return key

    def join(self, one: str, other: str) -> bool:
        """Join two clusters; False where that would bring a forbidden pair together."""
        a, b = self.find(one), self.find(other)
        if a == b:
            return True
        if self._forbidden(a, b):
            return False
        root, leaf = min(a, b), max(a, b)
        self.parent[leaf] = root
        self.members[root] |= self.members.pop(leaf)
        return True

    def _forbidden(self, a: str, b: str) -> bool:
        both = self.members[a] | self.members[b]
        split = (self.members[a], self.members[b])
        return any(pair <= both and not any(pair <= side for side in split) for pair in self.apart)


def settle(
    frame: pd.DataFrame,
    known: Sequence[OrganisationRecord],
    belongs: Mapping[str, str],
    verdicts: Verdicts,
    today: dt.date,
) -> Settled:
    """Join sign-ons to organisations.

    Args:
        frame: with `key`, `organisation`, `domain`, `received`, `counts` (bool: it signs for an
            organisation that has a name).
        known: organisations of earlier runs.
        belongs: sign-on key → organisation id of earlier runs.
        verdicts: people's word on pairs.
        today: the coalition's day.
    """
    named = frame.loc[frame["counts"]].assign(name_key=lambda f: f["organisation"].map(name_key))
    ordered = named.sort_values(["received", "key"], na_position="last", kind="stable")
    rows: list[Row] = list(ordered[list(_LOOKED_AT)].to_dict("records"))
    clusters = _Clusters(frozenset(frozenset(pair) for pair in verdicts.different))
    for row in rows:
        clusters.add(row["key"])
    because = {row["key"]: say("its first form") for row in rows}
    asked = _join_verdicts(clusters, verdicts, because)
    asked += _join_names(rows, clusters, because)
    asked += _join_domains(rows, clusters, because)
    names = {row["key"]: row["organisation"] for row in rows}
    groups = _grouped(names, clusters)
    ids, records = _name_clusters(groups, known, belongs, names, today)
    return Settled(
        look_up(frame["key"], ids),
        look_up(frame["key"], because).where(frame["counts"], ""),
        records,
        _questions(asked, ids),
    )


def _join_verdicts(
    clusters: _Clusters, verdicts: Verdicts, because: dict[str, str]
) -> list[tuple[str, str, str]]:
    for one, other in verdicts.same:
        if one in clusters.parent and other in clusters.parent and clusters.join(one, other):
            because[max(one, other)] = say("a coordinator said it is the same")
    return []


def _join_names(
    rows: Sequence[Row], clusters: _Clusters, because: dict[str, str]
) -> list[tuple[str, str, str]]:
    """Same name: the same organisation, unless their own websites differ."""
    asked = []
    for group in _by(rows, "name_key").values():
        anchors: dict[str, str] = {}
        for row in group:
            if row["domain"]:
                anchors.setdefault(row["domain"], row["key"])
        firsts = list(anchors.values()) or [group[0]["key"]]
        for row in group:
            anchor = anchors.get(row["domain"], firsts[0])
            if row["key"] != anchor and clusters.join(anchor, row["key"]):
                because[row["key"]] = say("same name")
        asked += [(a, b, say("same name, but another website")) for a, b in pairwise(firsts)]
    return asked


def _join_domains(
    rows: Sequence[Row], clusters: _Clusters, because: dict[str, str]
) -> list[tuple[str, str, str]]:
    """Same own website: joined where the names say the same too, else asked."""
    asked = []
    for domain, group in _by([row for row in rows if row["domain"]], "domain").items():
        first, *others = [named[0] for named in _by(group, "name_key").values()]
        for row in others:
            same = say("same website {domain}", domain=domain)
            if alike(first["name_key"], row["name_key"]) and clusters.join(
                first["key"], row["key"]
            ):
                because[row["key"]] = same
            else:
                asked.append((first["key"], row["key"], same))
    return asked


def _by(rows: Iterable[Row], field: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[field]].append(row)
    return dict(sorted(groups.items()))


def alike(one: str, other: str) -> bool:
    """Whether one name is the other's acronym, or has all its words in another order."""
    if set(one.split()) == set(other.split()) or one.replace(" ", "") == other.replace(" ", ""):
        return True
    return one in acronyms(other) or other in acronyms(one) or _bracketed(one, other)


def _bracketed(one: str, other: str) -> bool:
    """`river alliance ra` says the same as `river alliance`: the rest is its acronym."""
    short, long = sorted((one, other), key=len)
    rest = long.removeprefix(short).strip()
    return long.startswith(short + " ") and rest in acronyms(short)


def acronyms(name: str) -> set[str]:
    """Initials of the words, with and without the small ones; at least two letters."""
    words = name.split()
    telling = [word for word in words if word not in _SMALL]
    found = {"".join(word[0] for word in some) for some in (words, telling) if some}
    return {acronym for acronym in found if len(acronym) > 1}


def _grouped(keys: Iterable[str], clusters: _Clusters) -> list[list[str]]:
    """Clusters as lists of keys, the first-received first."""
    groups: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        groups[clusters.find(key)].append(key)
    return list(groups.values())


def _name_clusters(
    groups: Sequence[Sequence[str]],
    known: Sequence[OrganisationRecord],
    belongs: Mapping[str, str],
    names: Mapping[str, str],
    today: dt.date,
) -> tuple[dict[str, str], tuple[OrganisationRecord, ...]]:
    """An id for each cluster: the earliest it ever had, else one minted from its first key."""
    records = {record.id: record for record in known}
    home = {record.first_key: record.id for record in known}
    ids: dict[str, str] = {}
    for group in groups:
        had = {_alive(records, belongs[key]) for key in group if belongs.get(key)}
        # an id stays with its first sign-on, so that a split leaves it where it began
        mine = {i for i in had if i in records and records[i].first_key in group}
        mine |= {i for i in had if i in records and records[i].first_key not in names}
        mine |= {home[key] for key in group if key in home}
        if mine:
            chosen = min(mine, key=lambda i: (records[i].minted_on, i))
        else:
            chosen = _mint(group[0], records)
            records[chosen] = OrganisationRecord(chosen, names[group[0]], group[0], today)
        records[chosen] = replace(records[chosen], survivor="")
        for other in mine - {chosen}:
            records[other] = replace(records[other], survivor=chosen)
        ids |= dict.fromkeys(group, chosen)
    return ids, tuple(records[i] for i in sorted(records))


def _alive(records: Mapping[str, OrganisationRecord], identity: str) -> str:
    while identity in records and records[identity].survivor:
        identity = records[identity].survivor
    return identity


def _mint(key: str, records: Mapping[str, OrganisationRecord]) -> str:
    """`o-` and eight characters of the first sign-on's key; further ones where it is taken."""
    bare = key.removeprefix("s-")
    starts = (*range(len(bare) - 7), *range(len(bare)))
    for start in starts:
        identity = "o-" + (bare[start:] + bare[:start])[:8]
        if identity not in records:
            return identity
    raise AssertionError(f"no free id for {key}")


def _questions(asked: Sequence[tuple[str, str, str]], ids: Mapping[str, str]) -> tuple[Pair, ...]:
    found: dict[tuple[str, str], str] = {}
    for one, other, because in asked:
        a, b = sorted((ids[one], ids[other]))
        if a != b:
            found.setdefault((a, b), because)
    return tuple(Pair(a, b, because) for (a, b), because in sorted(found.items()))
