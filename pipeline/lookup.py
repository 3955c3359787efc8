"""Looking up a column in a mapping."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd


def look_up(keys: pd.Series, known: Mapping[Any, Any], default: object = "") -> pd.Series:
    """Per row what is known under its key, else the default; objects even where nothing is known.

    `keys.map(known).fillna("")` makes numbers of a column in which nothing was found.
    """
    found = [known.get(key, default) for key in keys]
    return pd.Series(found, index=keys.index, dtype=object)
