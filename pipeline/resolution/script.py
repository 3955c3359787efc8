"""Names that look like others: letters of several scripts in one word, and signs nobody sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_HIDDEN = re.compile("[\u00ad\u200b\u202a-\u202e\u2060-\u2069\ufeff]")
_SUSPECT = re.compile(
    "[\u00ad\u200b\u202a-\u202e\u2060-\u2069\ufeff\u0370-\u058f\u13a0-\u13ff\uab70-\uabbf]"
)
"""Signs nobody sees, and letters that look like Latin ones."""
_LOOK_ALIKE = {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}
_WORD = re.compile(r"[^\W\d_]+")


def strange(names: Sequence[str]) -> NDArray[np.bool_]:
    """Per name, whether one of its words mixes scripts that look alike, or signs are hidden."""
    return np.array(
        [
            not name.isascii() and bool(_SUSPECT.search(name)) and _is_strange(name)
            for name in names
        ],
        dtype=bool,
    )


def _is_strange(name: str) -> bool:
    if _HIDDEN.search(name):
        return True
    return any(len(_scripts(word)) > 1 for word in _WORD.findall(name[:400]))


def _scripts(word: str) -> set[str]:
    if max(word) < "\u0370":  # Latin letters, with accents or without
        return set()
    return {unicodedata.name(letter, "?").split()[0] for letter in word} & _LOOK_ALIKE
