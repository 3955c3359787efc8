"""What an organisation is called when its rows spell it differently."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.resolution.reading import Ints


def common_spelling(names: pd.Series, homes: Ints) -> tuple[NDArray[np.object_], NDArray[np.bool_]]:
    """Per row the name of its home, and whether the row spells it so.

    It is the spelling that most rows have; of several the one that keeps most of what can be lost
    (capitals beside small letters, then accents); of those the shortest; then the first by
    character. A home whose rows have no name has the name "".
    """
    codes, spellings = pd.factorize(names.to_numpy(object))
    pairs, inverse, times = np.unique(
        homes * len(spellings) + codes, return_inverse=True, return_counts=True
    )
    of_home, of_name = np.divmod(pairs, len(spellings))
    best = np.full(len(homes), -1, dtype=np.int64)
    best[of_home] = np.arange(len(pairs))
    rivals = np.bincount(of_home, minlength=len(homes))[of_home] > 1
    kept: dict[int, tuple[tuple[bool, int, bool, int, int, str], int]] = {}
    for at in np.flatnonzero(rivals).tolist():
        rank = _rank(spellings[of_name[at]], int(times[at]))
        home = int(of_home[at])
        if home not in kept or rank < kept[home][0]:
            kept[home] = rank, at
    for home, (_, at) in kept.items():
        best[home] = at
    chosen = best[homes]
    return _tidy(spellings)[of_name[chosen]], inverse == chosen


def _rank(name: str, times: int) -> tuple[bool, int, bool, int, int, str]:
    blank = not name or name.isspace()
    accents = 0 if name.isascii() else sum(ord(c) > 127 and c.isalpha() for c in name)
    return blank, -times, name.isupper() or name.islower(), -accents, len(name), name


def _tidy(spellings: NDArray[np.object_]) -> NDArray[np.object_]:
    """In one line, with single blanks."""
    return np.array([" ".join(name.split()) for name in spellings], dtype=object)
