"""Which organisation is it? Names and websites join, people's word wins, doubt is asked."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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
_HEADS = 8
"""Names under one website that a further one is compared with: most have one, umbrellas many."""
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

    apart: Sequence[tuple[str, str]]
    parent: dict[str, str]

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
        if self.kept_apart(a, b):
            return False
        self.parent[max(a, b)] = min(a, b)
        return True

    def kept_apart(self, one: str, other: str) -> bool:
        """Whether somebody said so of any two in their clusters."""
        both = {self.find(one), self.find(other)}
        return any({self.find(a), self.find(b)} == both for a, b in self.apart)


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
    names = {row["key"]: row["organisation"] for row in rows}
    said = [_present(pairs, names, known, belongs) for pairs in (verdicts.same, verdicts.different)]
    clusters = _Clusters(said[1], {key: key for key in names})
    because = dict.fromkeys(names, say("its first form"))
    _join_verdicts(clusters, said[0], because)
    asked = _join_names(rows, clusters, because, belongs)
    asked += _join_domains(rows, clusters, because)
    asked = [(a, b, why) for a, b, why in asked if not clusters.kept_apart(a, b)]
    groups = _grouped(names, clusters)
    ids, records = _name_clusters(groups, known, belongs, names, today)
    return Settled(
        look_up(frame["key"], ids),
        look_up(frame["key"], because).where(frame["counts"], ""),
        records,
        _questions(asked, ids),
    )


def _present(
    pairs: Sequence[tuple[str, str]],
    names: Mapping[str, str],
    known: Sequence[OrganisationRecord],
    belongs: Mapping[str, str],
) -> list[tuple[str, str]]:
    """The pairs as keys that are there: where an organisation's first form is gone, a later one."""
    records = {record.id: record for record in known}
    home = {record.first_key: _alive(records, record.id) for record in known}
    later: dict[str, list[str]] = defaultdict(list)
    for key in names:
        later[belongs.get(key, "")].append(key)

    def there(key: str, other: str) -> str:
        if key in names or key not in home:
            return key
        return next((k for k in later.get(home[key], ()) if k != other), key)

    found = [(there(one, other), there(other, one)) for one, other in pairs]
    return [(one, other) for one, other in found if one in names and other in names]


def _join_verdicts(
    clusters: _Clusters, same: Sequence[tuple[str, str]], because: dict[str, str]
) -> None:
    for one, other in same:
        if clusters.join(one, other):
            because[max(one, other)] = say("a coordinator said it is the same")


def _join_names(
    rows: Sequence[Row], clusters: _Clusters, because: dict[str, str], belongs: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    """Same name: the same organisation, unless their own websites differ.

    Where people parted forms that look the same, a further one stays where it was.
    """
    asked = []
    for group in _by(rows, "name_key").values():
        before: dict[tuple[str, str], str] = {}
        anchors: dict[str, str] = {}
        for row in group:
            if row["domain"]:
                anchors.setdefault(row["domain"], row["key"])
        firsts = list(anchors.values()) or [group[0]["key"]]
        for row in group:
            key, domain = row["key"], row["domain"]
            was = before.setdefault((domain, belongs.get(key) or key), key)
            others = [k for k in (was, anchors.get(domain, firsts[0])) if k != key]
            if any(clusters.join(other, key) for other in others):
                because[key] = say("same name")
        asked += [(a, b, say("same name, but another website")) for a, b in pairwise(firsts)]
    return asked


def _join_domains(
    rows: Sequence[Row], clusters: _Clusters, because: dict[str, str]
) -> list[tuple[str, str, str]]:
    """Same own website: joined where the names say the same too, else asked."""
    asked = []
    for domain, group in _by([row for row in rows if row["domain"]], "domain").items():
        first, *others = [named[0] for named in _by(group, "name_key").values()]
        heads, same = [first], say("same website {domain}", domain=domain)
        for row in others:
            like = [head for head in heads if alike(head["name_key"], row["name_key"])]
            if any(clusters.join(head["key"], row["key"]) for head in like):
                because[row["key"]] = same
                continue
            asked.append((first["key"], row["key"], same))
            if len(heads) < _HEADS:
                heads.append(row)
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
    taken: set[str] = set()
    for group in groups:
        had = {_alive(records, belongs[key]) for key in group if belongs.get(key)}
        # an id stays with its first sign-on, so that a split leaves it where it began
        mine = {i for i in had if i in records and records[i].first_key in group}
        mine |= {i for i in had - taken if i in records and records[i].first_key not in names}
        mine |= {home[key] for key in group if key in home}
        if mine:
            place = {key: at for at, key in enumerate(group)}
            chosen = min(mine, key=lambda i: _age(records[i], place))
        else:
            chosen = _mint(group[0], records)
            records[chosen] = OrganisationRecord(chosen, names[group[0]], group[0], today)
        taken |= mine
        records[chosen] = replace(records[chosen], survivor="")
        for other in mine - {chosen}:
            records[other] = replace(records[other], survivor=chosen)
        ids |= dict.fromkeys(group, chosen)
    return ids, tuple(records[i] for i in sorted(records))


def _age(record: OrganisationRecord, place: Mapping[str, int]) -> tuple[bool, dt.date, int, str]:
    """For choosing whose id stays: who survived before, else whose first form came first."""
    first = place.get(record.first_key, len(place))
    return bool(record.survivor), record.minted_on, first, record.id


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
