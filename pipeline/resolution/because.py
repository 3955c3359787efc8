"""What speaks for two records being one, in words a coordinator knows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from config.words import say
from pipeline.resolution.evidence import Pairs
from pipeline.resolution.reading import Flags

_NAMES = 5
"""Where what the names say begins among the reasons."""


def because(pairs: Pairs) -> NDArray[np.object_]:
    """Per pair: `same website, name 0.93`. Each different reason is put in words once."""
    same_name = pairs.same_key | pairs.same_letters
    flags = [
        pairs.same_identifier, pairs.same_website, pairs.same_email & ~pairs.same_website,
        pairs.at_the_other & ~pairs.same_website & ~pairs.same_email,
        pairs.same_domain & ~pairs.same_website & ~pairs.same_email & ~pairs.at_the_other,
        same_name & ~pairs.half, same_name & pairs.half, pairs.slip & ~same_name,
        pairs.acronym & ~same_name, *_against(pairs),
    ]  # fmt: skip
    code = sum((flag.astype(np.int64) << at for at, flag in enumerate(flags)), np.int64(0))
    score = np.where(same_name, 100, np.round(pairs.likeness * 100)).astype(np.int64)
    codes, distinct = pd.factorize((code << 7) + score)
    texts = [", ".join(_words(int(value) >> 7, int(value) & 127)) for value in distinct]
    return np.array(texts, dtype=object)[codes]


def _against(pairs: Pairs) -> list[Flags]:
    return [
        pairs.at_home & ~pairs.same_key,
        pairs.loose & ~pairs.same_key & ~pairs.slip,
        pairs.other_website, pairs.other_country & ~pairs.same_domain, pairs.other_identifier,
        pairs.other_form, pairs.thin & ~pairs.supported, pairs.disguised,
    ]  # fmt: skip


def _words(code: int, score: int) -> Iterator[str]:
    texts = (
        say("same identifier"), say("same website"), say("same address"),
        say("the address of one is at the other's website"), say("addresses at one domain"),
        say("same name"), say("a name that one of them gives for itself"),
        say("one letter of the name differs"), say("one name is the other's initials"),
    )  # fmt: skip
    but = (
        say("but for the place that both are in"),
        say("but for a word such as international or group"),
        say("but another website"), say("but another country"), say("but another identifier"),
        say("but another legal form"), say("but many could be called that"),
        say("but a name with letters that aren't what they look like"),
    )  # fmt: skip
    yield from (text for at, text in enumerate(texts) if code >> at & 1)
    if not code >> _NAMES & 0b1111:
        yield say("name {score}", score=f"{score / 100:.2f}")
    yield from (text for at, text in enumerate(but, len(texts)) if code >> at & 1)
