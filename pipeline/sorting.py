"""Names in the order in which a reader expects them."""

from __future__ import annotations

from functools import cache

import pandas as pd
from pyuca import Collator

from config.text import fold

SORTED_BY = 200
"""Characters of a name; the collation takes far too long over a name of thousands."""


def by_name(organisations: pd.DataFrame) -> pd.DataFrame:
    """Sorted as a reader expects: by the Unicode collation, leading articles left out."""
    names = [name.removeprefix("The ").removeprefix("the ") for name in organisations["name"]]
    order = [_key(name) for name in names]
    ranked = sorted(range(len(order)), key=lambda at: (order[at], names[at]))
    return organisations.iloc[ranked]


@cache
def _key(name: str) -> tuple[int, ...]:
    """Several tabs are sorted by the same names."""
    key: tuple[int, ...] = _collator().sort_key(fold(name)[:SORTED_BY])
    return key


@cache
def _collator() -> Collator:
    """Takes a fifth of a second to load, so it is loaded once."""
    return Collator()
