"""Which organisation is it? Names and websites join, people's word wins, doubt is asked."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from config.records import OrganisationRecord
from config.words import say
from pipeline.apart import Clusters, Refused
from pipeline.given import join_corrections, keep_parts
from pipeline.lasting import name_groups
from pipeline.lookup import look_up
from pipeline.resolution.keys import name_keys
from pipeline.resolution.linking import link
from pipeline.word import Pair, People, Verdicts

_LOOKED_AT = (
    "key", "organisation", "domain", "email", "country", "district", "request", "parent",
    "received",
)  # fmt: skip
Asked = list[tuple[str, str, str]]
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


def settle(
    frame: pd.DataFrame,
    known: Sequence[OrganisationRecord],
    belongs: Mapping[str, str],
    verdicts: Verdicts,
    today: dt.date,
    declined: Collection[str] = (),
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
        declined: keys of forms that people did not accept.
    """
    ordered = frame.loc[frame["counts"]].sort_values(
        ["received", "key"], na_position="last", kind="stable"
    )
    rows = _rows(ordered)
    typed = {row["key"]: row["organisation"] for row in rows}
    word = People(verdicts, known, belongs, typed)
    clusters = Clusters(word.names)
    because = dict.fromkeys(typed, say("its first form"))
    word.obey(clusters, because, rows)
    keep_parts(rows, clusters)
    asked = join_corrections(rows, clusters, because)
    links = link(_records(rows, belongs, declined))
    keys = [row["key"] for row in rows]
    _join(links.joins, keys, clusters, because)
    asked += [(keys[a], keys[b], why) for a, b, why in _each(links.asks)]
    asked = [(a, b, why) for a, b, why in asked if not clusters.between(a, b)]
    groups = _grouped(word.names, clusters)
    found = name_groups(groups, known, belongs, word.names, today, word.tied)
    instead = word.to_ask_instead(clusters, found, rows)
    parts = [
        (keys[a], keys[b], why, relation)
        for (a, b, why), relation in zip(_each(links.parts), links.parts["relation"], strict=True)
        if not clusters.between(keys[a], keys[b])
    ]
    return Settled(
        look_up(frame["key"], found.ids),
        look_up(frame["key"], because).where(frame["counts"], ""),
        found.records,
        (*_questions(asked, found.ids, parts), *instead),
        found.origins,
        tuple(word.refused),
    )


def _rows(ordered: pd.DataFrame) -> list[Row]:
    """What is looked at of each sign-on, and what its name and its parent's say."""
    looked_at = ordered.reindex(columns=_LOOKED_AT, fill_value="")
    names, parents = (looked_at[column].tolist() for column in ("organisation", "parent"))
    return list(
        looked_at.assign(name_key=name_keys(names), parent_key=name_keys(parents)).to_dict(
            "records"
        )
    )


def _records(
    rows: Sequence[Row], belongs: Mapping[str, str], declined: Collection[str]
) -> pd.DataFrame:
    """The sign-ons as `linking.link` takes them; of equal evidence the earlier form's counts.

    A correction that was not accepted lends its new name to nobody.
    """
    fields = {"name": "organisation", "city": "district"}
    columns = ("name", "domain", "email", "country", "city")
    records = pd.DataFrame(
        {c: pd.Series([r[fields.get(c, c)] for r in rows], dtype=object) for c in columns}
    )
    silent = [row["request"] == "correct" and row["key"] in declined for row in rows]
    records.loc[np.array(silent, dtype=bool), "name"] = ""
    return records.assign(
        rank=range(len(rows)), before=[belongs.get(row["key"], "") for row in rows]
    )


def _join(
    joins: pd.DataFrame, keys: Sequence[str], clusters: Clusters, because: dict[str, str]
) -> None:
    for one, other, why in _each(joins):
        first, later = sorted((one, other))
        if clusters.join(keys[first], keys[later], why):
            because[keys[later]] = why


def _each(pairs: pd.DataFrame) -> list[tuple[int, int, str]]:
    columns = (pairs[name].tolist() for name in ("one", "other", "because"))
    return list(zip(*columns, strict=True))


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
