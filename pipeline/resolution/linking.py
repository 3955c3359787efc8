"""Which records name the same organisation."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from config.text import fold
from config.words import say


@dataclass(frozen=True)
class Links:
    """What speaks for what.

    Attributes:
        joins: near-certain pairs: one, other (int64 positions), score (0 to 1), because.
        asks: plausible pairs, for a person to decide; the same columns.
        parts: one is a part of the other; the same columns and `relation`.
    """

    joins: pd.DataFrame
    asks: pd.DataFrame
    parts: pd.DataFrame


def link(records: pd.DataFrame) -> Links:
    """Pairs among records by their `name`."""
    folded = pd.Series([fold(name) for name in records["name"]], dtype=object)
    first = pd.Series(range(len(folded))).groupby(folded).transform("min")
    again = (first != first.index) & (folded != "")
    joins = pd.DataFrame({
        "one": first[again].to_numpy("int64"),
        "other": first.index[again].to_numpy("int64"),
        "score": 1.0,
        "because": say("same name"),
    })  # fmt: skip
    none = joins.iloc[:0]
    return Links(joins, none, none.assign(relation=pd.Series(dtype=object)))
