"""A list of organisations, cleaned: which rows are one organisation, what it is called, and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from config.words import say
from pipeline.domains import own_domains
from pipeline.resolution.clusters import Ints, components
from pipeline.resolution.linking import link
from pipeline.resolution.marking import Flags, ids, marks, smallest
from pipeline.resolution.spelling import common_spelling
from pipeline.resolution.tracing import brought_by

FIELDS = ("name", "website", "email", "country", "city", "identifier")


@dataclass(frozen=True)
class Listed:
    """What came of a list.

    Attributes:
        rows: per row of the list `organisation_id`, `canonical_name` (str; "" where the row names
            nobody), `confidence` (float64, NaN there) and `because` (str).
        organisations: how many there are.
        joined: rows that were joined to an organisation which another row had named.
        asked: pairs that a person should look at, one per pair of organisations: one, other (int64
            positions of rows), score (float64), because (str).
        related: pairs of which one is a part of the other; the same columns and relation.
    """

    rows: pd.DataFrame
    organisations: int
    joined: int
    asked: pd.DataFrame
    related: pd.DataFrame


def resolve(records: pd.DataFrame) -> Listed:
    """Find out which rows are the same organisation.

    An id depends on what stands in the organisation's own rows alone: neither on their order nor
    on other organisations.

    Args:
        records: RangeIndex; the columns `FIELDS`, all str, "" where unknown.
    """
    linked = records.assign(domain=own_domains(records["website"])).drop(columns="website")
    links = link(linked)
    homes = components(len(records), _ends(links.joins, "one"), _ends(links.joins, "other"))
    alone = np.bincount(homes, minlength=len(records))[homes] == 1
    nobody = alone & _blank(records["name"])
    marked = marks(zip(*(records[name] for name in FIELDS), strict=True))
    names, spelt = common_spelling(records["name"], homes)
    own = spelt & (marked == smallest(marked, homes, spelt))
    confidence, via = brought_by(homes, own, links.joins)
    rows = pd.DataFrame({
        "organisation_id": np.where(nobody, "", ids(marked, homes)),
        "canonical_name": np.where(nobody, "", names),
        "confidence": np.where(nobody, np.nan, confidence),
        "because": _because(nobody, alone, via, links.joins["because"]),
    })  # fmt: skip
    organisations = int((~nobody & (homes == np.arange(len(homes)))).sum())
    return Listed(
        rows,
        organisations,
        int((~nobody).sum()) - organisations,
        _between(links.asks, homes),
        _between(links.parts, homes),
    )


def _ends(pairs: pd.DataFrame, side: str) -> Ints:
    return pairs[side].to_numpy("int64")


def _blank(texts: pd.Series) -> Flags:
    return np.fromiter((not text or text.isspace() for text in texts), bool, len(texts))


def _because(
    nobody: Flags, alone: Flags, via: Ints, reasons: pd.Series
) -> NDArray[np.object_]:
    said = np.array([*reasons, say("its name comes from this row")], dtype=object)[via]
    said[alone] = say("its only row")
    said[nobody] = say("no name")
    return said


def _between(pairs: pd.DataFrame, homes: Ints) -> pd.DataFrame:
    """The pairs of different homes, the best of each two, in the order of the list."""
    one, other = homes[_ends(pairs, "one")], homes[_ends(pairs, "other")]
    keyed = pairs.assign(low=np.minimum(one, other), high=np.maximum(one, other))
    best = keyed.loc[one != other].sort_values("score", ascending=False, kind="stable")
    best = best.drop_duplicates(["low", "high"]).drop(columns=["low", "high"])
    return best.sort_values(["one", "other"], ignore_index=True)
