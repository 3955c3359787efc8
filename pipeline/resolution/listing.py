"""A list of organisations, cleaned: which rows are one organisation, what it is called, and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from config.words import say
from pipeline.domains import own_domains
from pipeline.resolution.clusters import components
from pipeline.resolution.linking import link
from pipeline.resolution.marking import Flags, ids, marks, smallest
from pipeline.resolution.reading import Ints
from pipeline.resolution.spelling import common_spelling
from pipeline.resolution.tracing import brought_by

FIELDS = ("name", "website", "email", "country", "city", "identifier")
ADDED = ("organisation_id", "canonical_name", "confidence", "because")
PAIR = (
    "kind", "row", "name", "organisation_id", "other_row", "other_name", "other_organisation_id",
    "score", "because",
)  # fmt: skip
SAME, PART = "same", "part"


@dataclass(frozen=True)
class Listed:
    """What came of a list.

    Attributes:
        rows: per row of the list `organisation_id`, `canonical_name` (str; "" where the row names
            nobody), `confidence` (float64, NaN there) and `because` (str).
        organisations: how many there are.
        joined: rows that were joined to an organisation which another row had named.
        pairs: what a person should look at, with the columns `PAIR`: kind is "same" or "part" (the
            first is a part of the other), row and other_row are positions (int64; -1 for what
            isn't in the list), score is float64, the rest str.
    """

    rows: pd.DataFrame
    organisations: int
    joined: int
    pairs: pd.DataFrame


def resolve(records: pd.DataFrame) -> Listed:
    """Find out which rows are the same organisation.

    An id depends on what stands in the organisation's own rows alone: neither on their order nor
    on other organisations.

    Args:
        records: RangeIndex; the columns `FIELDS`, all str, "" where unknown.
    """
    links = link(with_domain(records))
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
    joined = int((~nobody).sum()) - organisations
    asked, related = (_between(pairs, homes) for pairs in (links.asks, links.parts))
    known = rows.assign(name=records["name"])
    pairs = [_pairs(asked, SAME, known), _pairs(related, PART, known)]
    return Listed(rows, organisations, joined, pd.concat(pairs, ignore_index=True))


def with_domain(records: pd.DataFrame) -> pd.DataFrame:
    """The records as `linking.link` takes them."""
    return records.drop(columns="website").assign(domain=own_domains(records["website"]))


def _ends(pairs: pd.DataFrame, side: str) -> Ints:
    return pairs[side].to_numpy("int64")


def _blank(texts: pd.Series) -> Flags:
    return np.fromiter((not text or text.isspace() for text in texts), bool, len(texts))


def _because(nobody: Flags, alone: Flags, via: Ints, reasons: pd.Series) -> NDArray[np.object_]:
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
    ordered: pd.DataFrame = best.sort_values(["one", "other"], ignore_index=True)
    return ordered


def _pairs(pairs: pd.DataFrame, kind: str, known: pd.DataFrame) -> pd.DataFrame:
    sides = {}
    for side, before in (("one", ""), ("other", "other_")):
        at = _ends(pairs, side)
        sides[f"{before}row"] = at
        for column in ("name", "organisation_id"):
            sides[f"{before}{column}"] = known[column].to_numpy(object)[at]
    found = pd.DataFrame({**sides, "score": pairs["score"].astype(float).round(2)})
    return found.assign(kind=kind, because=pairs["because"].to_numpy(object))[list(PAIR)]
