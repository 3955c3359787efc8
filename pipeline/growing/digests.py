"""Whether anybody has touched a tab: a hash of what its rows say."""

from __future__ import annotations

import datetime as dt
import hashlib

import numpy as np
import pandas as pd

from config.records import TabRecord

EMPTY = "empty"
"""Stands for the digest of a tab that holds no row."""


def digest_of(frame: pd.DataFrame) -> str:
    """A hash of what the rows say, in whatever order they stand; EMPTY where there is none."""
    if frame.empty:
        return EMPTY
    plain = {
        name: column.map("\x1f".join) if _is_of_lists(column) else column
        for name, column in frame.drop(columns="row", errors="ignore").items()
    }
    rows = pd.util.hash_pandas_object(pd.DataFrame(plain), index=False).to_numpy()
    return hashlib.sha256(np.sort(rows).tobytes()).hexdigest()[:16]


def touched_on(before: TabRecord | None, digest: str, today: dt.date) -> dt.date:
    """The day on which the rows of that digest were first found."""
    return before.touched_on if before is not None and before.digest == digest else today


def _is_of_lists(column: pd.Series) -> bool:
    return column.dtype == object and isinstance(column.iloc[0], tuple)
