"""Names that read the same: one number for `The River Watch`, `RIVER WATCH Inc.`, `river watch`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pipeline.resolution.names import read_names
from pipeline.resolution.spellings import spellings


def name_keys(names: Sequence[str]) -> list[int]:
    """Per name, a number for what it says in whatever case, script and legal form; 0 for none."""
    spelt = spellings(names)
    keys: list[int] = read_names(spelt.texts[: len(names)]).key.tolist()
    return keys


@lru_cache(maxsize=20_000)
def name_key(name: str) -> int:
    """The same of one name; of many, `name_keys` is much quicker."""
    return name_keys([name])[0]
