"""Which organisation is it? Names and websites join, people's word wins, doubt is asked."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from config.records import OrganisationRecord
from config.text import fold
from config.words import say
from pipeline.apart import Clusters, Refused
from pipeline.given import join_corrections, keep_parts
from pipeline.lasting import name_groups
from pipeline.lookup import look_up
from pipeline.word import Pair, People, Verdicts

_ARTICLES = ("the ",)
_FORMS = (
    " incorporated", " inc", " ltd", " limited", " llc", " plc", " gmbh", " ggmbh", " e v", " ev",
    " asbl", " vzw", " a c", " s a", " sa", " ag", " ab", " oy", " as", " srl", " ong", " ngo",
)  # fmt: skip
_SMALL = frozenset(
    fold("of for and the de del la le les des du für und der die das et y e pour para da").split()
)


_LOOKED_AT = (
    "key", "organisation", "name_key", "domain", "email", "request", "parent", "received",
)  # fmt: skip
_HEADS = 8
"""Names under one website that a further one is compared with: most have one, umbrellas many."""
Row = Mapping[Hashable, Any]


@dataclass(frozen=True)
class Settled:
    """Every sign-on with its organisation.

    Attributes:
        ids: per row, the organisation's id; "" for individuals, tests and nameless forms.
        because: per row, why it belongs there.
        records: all organisations, merged ones too.
        questions: pairs that a person should look at.
        origins: sign-on → the id that it has or would have, were nothing merged.
        refused: what people said is the same and can't be, since others are not the same.
    """

    ids: pd.Series
    because: pd.Series
    records: tuple[OrganisationRecord, ...]
    questions: tuple[Pair, ...]
    origins: Mapping[str, str]
    refused: tuple[Refused, ...] = ()


def name_key(name: str) -> str:
    """The name without case, accents, article and legal form, for comparison only."""
    text = fold(name)
    for article in _ARTICLES:
        text = text.removeprefix(article) if len(text) > len(article) else text
    for form in _FORMS:
        if text.endswith(form) and len(text) > len(form):
            return text[: -len(form)].strip()
    return text


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
            organisation that has a name) and, where the form asks them, `email`, `request` and
            `parent`.
        known: organisations of earlier runs.
        belongs: sign-on key → its origin in earlier runs.
        verdicts: people's word on pairs.
        today: the coalition's day.
    """
    named = frame.loc[frame["counts"]].assign(name_key=lambda f: f["organisation"].map(name_key))
    ordered = named.sort_values(["received", "key"], na_position="last", kind="stable")
    rows: list[Row] = list(ordered.reindex(columns=_LOOKED_AT, fill_value="").to_dict("records"))
    typed = {row["key"]: row["organisation"] for row in rows}
    word = People(verdicts, known, belongs, typed)
    clusters = Clusters(word.names)
    because = dict.fromkeys(typed, say("its first form"))
    word.obey(clusters, because)
    keep_parts(rows, clusters, name_key)
    asked = join_corrections(rows, clusters, because)
    asked += _join_names(rows, clusters, because, belongs)
    asked += _join_domains(rows, clusters, because)
    asked = [(a, b, why) for a, b, why in asked if not clusters.between(a, b)]
    groups = _grouped(word.names, clusters)
    found = name_groups(groups, known, belongs, word.names, today)
    instead = word.to_ask_instead(clusters, found, rows)
    return Settled(
        look_up(frame["key"], found.ids),
        look_up(frame["key"], because).where(frame["counts"], ""),
        found.records,
        (*_questions(asked, found.ids), *instead),
        found.origins,
        tuple(word.refused),
    )


def _join_names(
    rows: Sequence[Row], clusters: Clusters, because: dict[str, str], belongs: Mapping[str, str]
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
            if any(clusters.join(other, key, say("same name")) for other in others):
                because[key] = say("same name")
        asked += [(a, b, say("same name, but another website")) for a, b in pairwise(firsts)]
    return asked


def _join_domains(
    rows: Sequence[Row], clusters: Clusters, because: dict[str, str]
) -> list[tuple[str, str, str]]:
    """Same own website: joined where the names say the same too, else asked."""
    asked = []
    for domain, group in _by([row for row in rows if row["domain"]], "domain").items():
        first, *others = [named[0] for named in _by(group, "name_key").values()]
        heads, same = [first], say("same website {domain}", domain=domain)
        for row in others:
            like = [head for head in heads if alike(head["name_key"], row["name_key"])]
            joined = [clusters.join(head["key"], row["key"], same) for head in like]
            if any(joined):
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


def _grouped(keys: Iterable[str], clusters: Clusters) -> list[list[str]]:
    """Clusters as lists of keys, the first-received first."""
    groups: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        groups[clusters.find(key)].append(key)
    return list(groups.values())


def _questions(
    asked: Sequence[tuple[str, str, str]],
    ids: Mapping[str, str],
    parts: Sequence[tuple[str, str, str, str]] = (),
) -> tuple[Pair, ...]:
    """Each pair once, by ids. `parts` are (part, whole, because, relation)."""
    found: dict[tuple[str, str], Pair] = {}
    for part, whole, because, relation in parts:
        first, second = ids.get(part, part), ids.get(whole, whole)
        if first != second and (second, first) not in found:
            pair = Pair(first, second, because, "part", relation)
            found.setdefault((first, second), pair)
    for one, other, because in asked:
        first, second = sorted((ids.get(one, one), ids.get(other, other)))
        if first != second and (second, first) not in found:
            found.setdefault((first, second), Pair(first, second, because))
    return tuple(found[key] for key in sorted(found))
