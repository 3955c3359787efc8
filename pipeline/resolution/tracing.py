"""Which join brought a row to its organisation, and how sure that makes it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.resolution.clusters import components
from pipeline.resolution.reading import Ints

OWN, NOTHING = -1, -2
"""Instead of a join: the row needs none, and no join touches it."""


def brought_by(
    homes: Ints, own: NDArray[np.bool_], joins: pd.DataFrame
) -> tuple[NDArray[np.float64], Ints]:
    """Per row the score of the weakest join on its best way to its home's own rows, and which.

    The best joins come first; each row is given the one by which its neighbours reach their home.

    Args:
        homes: per row the group that the joins make.
        own: rows that need no join; each home has one at least.
        joins: one, other (positions of rows), score.

    Returns:
        the score (1.0 for own rows), and the position of the join (`OWN` for own rows).
    """
    places = np.arange(len(homes))
    first = np.full(len(homes), len(homes), dtype=np.int64)
    np.minimum.at(first, homes[own], places[own])
    target = first[homes]
    group = np.where(own, target, places)
    score, via = np.where(own, 1.0, np.nan), np.where(own, OWN, NOTHING)
    for level, some in _by_level(joins):
        after, reason = _joined(group, some)
        arrived = np.isnan(score) & (after == after[target])
        score[arrived], via[arrived] = level, reason[group[arrived]]
        group = after
    return score, via


def _by_level(joins: pd.DataFrame) -> Iterator[tuple[float, pd.DataFrame]]:
    """The joins by their score to a hundredth, the highest first."""
    ends = joins[["one", "other"]].reset_index(drop=True)
    levels = np.rint(joins["score"].to_numpy(float) * 100)
    for level in np.unique(levels)[::-1]:
        yield float(level) / 100, ends.loc[levels == level]


def _joined(group: Ints, joins: pd.DataFrame) -> tuple[Ints, Ints]:
    """Per row its group once those joins hold; and per group before them a join that touches it."""
    one, other = (group[joins[side].to_numpy("int64")] for side in ("one", "other"))
    touched, edge = np.unique(np.concatenate([one, other]), return_index=True)
    ends = (np.searchsorted(touched, side) for side in (one, other))
    renamed, reason = np.arange(len(group)), np.full(len(group), NOTHING, dtype=np.int64)
    renamed[touched] = touched[components(len(touched), *ends)]
    reason[touched] = joins.index.to_numpy("int64")[edge % len(joins)]
    return renamed[group], reason
