"""Which join brought a row to its organisation, and how sure that makes it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.resolution.clusters import Ints, components

OWN, NOTHING = -1, -2


def brought_by(
    homes: Ints, own: NDArray[np.bool_], joins: pd.DataFrame
) -> tuple[NDArray[np.float64], Ints]:
    """Per row the score of the weakest join on its best way to its home's own rows, and which.

    Args:
        homes: per row the group that the joins make.
        own: rows that need no join; each home has one at least.
        joins: one, other (positions of rows), score.

    Returns:
        the score (1.0 for own rows), and the position of the join (`OWN` for own rows).
    """
    count = len(homes)
    first = np.full(count, count, dtype=np.int64)
    np.minimum.at(first, homes[own], np.flatnonzero(own))
    group = np.where(own, first[homes], np.arange(count))
    target = first[homes]
    score, via = np.where(own, 1.0, np.nan), np.where(own, OWN, NOTHING)
    level = np.rint(joins["score"].to_numpy(float) * 100)
    order = np.lexsort((np.arange(len(joins)), -level))
    one, other = (joins[side].to_numpy("int64")[order] for side in ("one", "other"))
    starts = np.flatnonzero(np.r_[True, np.diff(level[order]) != 0]) if len(joins) else ()
    for start, stop in zip(starts, [*starts[1:], len(joins)], strict=True):
        a, b = group[one[start:stop]], group[other[start:stop]]
        touched, edge = np.unique(np.concatenate([a, b]), return_index=True)
        new = touched[components(len(touched), *(np.searchsorted(touched, x) for x in (a, b)))]
        renamed = np.arange(count)
        renamed[touched] = new
        at_join = np.full(count, NOTHING, dtype=np.int64)
        at_join[touched] = order[start + edge % (stop - start)]
        before, group = group, renamed[group]
        arrived = np.isnan(score) & (group == group[target])
        score[arrived] = level[order[start]] / 100
        via[arrived] = at_join[before[arrived]]
    return score, via
