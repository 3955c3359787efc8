"""Names of organisations as rows of words that mean something, for comparison only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.resolution.reading import COMMA, Flags, Ints, Rows, as_flags, read_rows
from pipeline.resolution.repair import misspelt_forms, repaired
from pipeline.resolution.vocabulary import (
    FORM,
    GENERIC,
    LEADING,
    NUMBER,
    PLACE,
    SMALL,
    TELLING,
    phrases,
    weight,
)
from pipeline.resolution.vocabulary import (
    words as tables,
)

Words = NDArray[np.object_]
Bits = NDArray[np.uint64]
Floats = NDArray[np.float64]

OWN = 1.0
"""Weight of a word that is a name of its own."""
SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""Spreads bits that are going to be added up."""
_LETTER = np.uint64(1_099_511_628_211)
_LETTERS = 40
"""Letters of a word that its squashed form looks at."""
_COMPANIES = ("%joint-stock", "%limited", "%company", "%partnership")
_NO_BODY = ("%ngo", "%royal")
"""Marks that bodies of every legal form carry."""
_LOOSE = frozenset({
    "international", "network", "group", "organisation", "association", "royal", "global",
    "national",
})  # fmt: skip
"""Words that one and the same organisation adds to its name or leaves out."""
_WIDE = frozenset({"international", "global", "world"})
_SHORT_FORM = 4
"""Letters: a legal form that is no longer could be a word of the name elsewhere."""
_ARTICLE, _AND = "the", "and"
_ADDRESS = 4
"""Words of an address after a legal form; more are part of the name."""


@dataclass(frozen=True)
class Names:
    """Names as rows of numbers of canonical words, articles and legal forms left out.

    Attributes:
        words: the distinct words, each as its canonical form.
        spelt: the distinct words as they were written, folded.
        kinds: per distinct word, its kind (see `vocabulary`).
        weights: per distinct word, how much it tells.
        hashes: per distinct word, 64 bits that are the same in every process.
        ids: the word numbers of all names, one name after the other.
        starts: where each name begins in `ids`; one more than there are names.
        form: per name, what its legal form makes of it: 0 unknown, 1 a company, else 64 bits.
        trade: per name, 64 bits for the legal form of a company; 0 without one.
        pointed: per name, 64 bits for its prepositions, `and` left out; 0 without any.
        squashed: per name, 64 bits for its letters without the blanks, prepositions too:
            `good will` is `goodwill`.
    """

    words: Words
    spelt: Words
    kinds: NDArray[np.int8]
    weights: Floats
    hashes: Bits
    ids: Ints
    starts: Ints
    form: Bits
    trade: Bits
    pointed: Bits
    squashed: Bits

    def __len__(self) -> int:
        return len(self.starts) - 1

    @cached_property
    def rows(self) -> Ints:
        """Per entry of `ids`, the name that it belongs to."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def of(self, at: int) -> list[str]:
        """The words of one name."""
        return list(self.words[self.ids[self.starts[at] : self.starts[at + 1]]])

    def text(self, at: int) -> str:
        """The words of one name in their order, for measuring how alike two are."""
        return " ".join(self.of(at))

    def own_text(self, at: int) -> str:
        """Its own words alone."""
        ids = self.ids[self.starts[at] : self.starts[at + 1]]
        return " ".join(self.words[ids[self.weights[ids] >= OWN]])

    def spelt_text(self, at: int) -> str:
        """Its words as they were written, folded; not places and numbers, which have many names."""
        ids = self.ids[self.starts[at] : self.starts[at + 1]]
        return " ".join(self.spelt[ids[~np.isin(self.kinds[ids], (PLACE, NUMBER))]])

    def bits(self, *kinds: int) -> Bits:
        """Per name, 64 bits for its words of some kinds, in whatever order; 0 without any."""
        return self.sum(np.where(np.isin(self.kinds, kinds), self.hashes, np.uint64(0)))

    def total(self, values: NDArray[Any]) -> NDArray[Any]:
        """Per name, the sum of one value per entry of `ids`."""
        return _total(values, self.starts)

    def sum(self, values: NDArray[Any]) -> NDArray[Any]:
        """Per name, the sum of one value per distinct word."""
        return _total(values[self.ids], self.starts)

    @cached_property
    def key(self) -> Bits:
        """Per name, 64 bits for all its words in whatever order; 0 for an empty name."""
        return self.sum(self.hashes)

    @cached_property
    def loose(self) -> Flags:
        """Per distinct word, whether a name is much the same without it."""
        return np.isin(self.words, list(_LOOSE))

    @cached_property
    def loose_key(self) -> Bits:
        """Per name, 64 bits for its words but the loose ones: `World Vision International`."""
        return self.sum(np.where(self.loose, np.uint64(0), self.hashes))

    @cached_property
    def wide_key(self) -> Bits:
        """Per name, 64 bits for its words but those of a body above others: `international`."""
        wide = np.isin(self.words, list(_WIDE))
        return self.sum(np.where(wide, np.uint64(0), self.hashes))

    @cached_property
    def weight(self) -> Floats:
        """Per name, how much its words tell together."""
        return np.round(self.sum(self.weights), 6)

    @cached_property
    def telling(self) -> Ints:
        """Per name, how many words are its own: neither generic, nor a place or a number."""
        return self.sum((self.kinds == TELLING).astype(np.int64))

    @cached_property
    def own(self) -> Ints:
        """Per name, how many words are a name of their own: telling, and no topic of many."""
        return self.sum((self.weights >= OWN).astype(np.int64))

    @cached_property
    def letters(self) -> Ints:
        """Per name, the letters of its telling words."""
        sizes = np.array([len(word) for word in self.words], dtype=np.int64)
        return self.sum(np.where(self.kinds == TELLING, sizes, 0))

    @cached_property
    def initials(self) -> Bits:
        """Per name, 64 bits for its initials, comparable with `squashed`; 0 for a single word."""
        firsts = np.array([word[:1] for word in self.spelt], dtype=object)
        found = _in_order(self.ids, self.starts, *_letters(firsts))
        return np.where(np.diff(self.starts) > 1, found, np.uint64(0))

    @cached_property
    def order(self) -> Bits:
        """Per name, 64 bits for its words in their order, generic ones left out."""
        said = np.isin(self.kinds, (TELLING, PLACE, NUMBER))
        return _in_order(
            self.ids,
            self.starts,
            np.where(said, self.hashes, np.uint64(0)),
            np.where(said, _LETTER, np.uint64(1)),
        )


def read_names(texts: Sequence[str]) -> Names:
    """The names in canonical words: what is left when articles, forms and addresses are out."""
    rows = read_rows(texts)
    meanings = [_meaning(word) for word in rows.words]
    for at, meant in misspelt_forms(rows.words, [kind for _, kind in meanings]):
        meanings[at] = meant
    words = np.array([word for word, _ in meanings], dtype=object)
    kinds = np.array([kind for _, kind in meanings], dtype=np.int8)
    hashes = _hashes(words)
    _drop_addresses(rows, words, kinds)
    forms = _forms(rows, kinds[rows.ids])
    form, trade = _form(rows, forms, words, hashes)
    _drop(rows, forms)
    spelt = np.array([word.replace(" ", "") for word in rows.words], dtype=object)
    squashed = _in_order(rows.ids, rows.starts, *_letters(spelt))
    idle = _idle(rows, kinds[rows.ids], words)
    points = idle & ~np.isin(words, (_ARTICLE, _AND))[rows.ids]
    pointed = _total(np.where(points, hashes[rows.ids], np.uint64(0)), rows.starts)
    _drop(rows, idle)
    # what is left of these two is part of the name
    kinds = np.where((kinds == FORM) | (kinds == SMALL), np.int8(GENERIC), kinds)
    weights = np.array([weight(w, k) for w, k in zip(words, kinds.tolist(), strict=True)])
    return Names(
        words, spelt, kinds, weights, hashes, rows.ids, rows.starts, form, trade, pointed, squashed
    )


def _meaning(word: str) -> tuple[str, int]:
    """The canonical word and its kind; a word that no table has tells."""
    if word == COMMA:
        return COMMA, SMALL
    if " " in word and not word.startswith("\0"):
        return phrases()[tuple(word.split())]
    found = tables().get(word) or repaired(word)
    return found or (word, TELLING if word.isalpha() or word[0] == "\0" else NUMBER)


def hashes_of(words: pd.Series) -> Bits:
    """Per text, 64 bits that equal those of a word spelt so; 0 for none."""
    codes, distinct = pd.factorize(words)
    bits = np.where(distinct == "", np.uint64(0), _hashes(np.array(distinct, dtype=object)))
    return bits[codes] if len(distinct) else np.zeros(0, np.uint64)


def _hashes(words: Words) -> Bits:
    """64 bits per word; spread twice, since their sums are keys."""
    if not len(words):
        return np.zeros(0, dtype=np.uint64)
    bits: Bits = pd.util.hash_array(words)
    return (bits ^ (bits >> np.uint64(31))) * SPREAD


def _total(values: NDArray[Any], starts: Ints) -> NDArray[Any]:
    """Per name, the sum of one value per word; bits wrap around."""
    sums = np.zeros(len(values) + 1, dtype=values.dtype)
    np.cumsum(values, out=sums[1:])
    return sums[starts[1:]] - sums[starts[:-1]]


def _in_order(ids: Ints, starts: Ints, spelt: Bits, shift: Bits) -> Bits:
    """Per name, the bits of its words put together in their order."""
    found, sizes = np.zeros(len(starts) - 1, dtype=np.uint64), np.diff(starts)
    for place in range(int(sizes.max(initial=0))):
        has = np.flatnonzero(sizes > place)
        word = ids[starts[has] + place]
        found[has] = found[has] * shift[word] + spelt[word]
    return found


def _drop_addresses(rows: Rows, words: Words, kinds: NDArray[np.int8]) -> None:
    """What follows a legal form and a comma: `N.V., Rotterdam, NL`; and every comma."""
    comma = words[rows.ids] == COMMA
    form = kinds[rows.ids] == FORM
    begins = np.flatnonzero(comma[1:] & form[:-1]) + 1
    ends = rows.starts[rows.rows[begins] + 1]
    gone = comma.copy()
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
        tail = kinds[rows.ids[begin:end]]
        if (tail != SMALL).sum() <= _ADDRESS and np.isin(tail, (TELLING, PLACE, SMALL)).all():
            gone[begin:end] = True
    rows.keep(~gone)


def _forms(rows: Rows, kinds: NDArray[np.int8]) -> Flags:
    """Which words are legal forms: long ones anywhere, short ones only at an end."""
    form = kinds == FORM
    at = np.arange(len(form))
    after_last = np.zeros(len(rows.starts), dtype=np.int64)
    np.maximum.at(after_last, rows.rows[~form], at[~form] + 1)
    trailing = at >= after_last[rows.rows]
    leading = (at == rows.starts[rows.rows]) & rows.flags(LEADING.__contains__)
    found: Flags = form & (trailing | leading | rows.flags(lambda word: len(word) > _SHORT_FORM))
    return found


def _idle(rows: Rows, kinds: NDArray[np.int8], words: Words) -> Flags:
    """Articles and prepositions; but one that begins or ends a name is what it is called by."""
    small = kinds == SMALL
    outer = np.zeros(len(small), dtype=bool)
    outer[rows.starts[:-1][np.diff(rows.starts) > 0]] = True
    outer[rows.starts[1:][np.diff(rows.starts) > 0] - 1] = True
    return as_flags(small & (~outer | (words == _ARTICLE)[rows.ids]))


def _form(rows: Rows, forms: Flags, words: Words, hashes: Bits) -> tuple[Bits, Bits]:
    """What the legal forms make of each name, and which company's form it has."""
    trades = forms & np.isin(words, _COMPANIES)[rows.ids]
    counts = forms & ~trades & ~np.isin(words, _NO_BODY)[rows.ids]
    other, trade = (
        _total(np.where(some, hashes[rows.ids], np.uint64(0)), rows.starts)
        for some in (counts, trades)
    )
    return np.where(other != 0, other, (trade != 0).astype(np.uint64)), trade


def _drop(rows: Rows, gone: Flags) -> None:
    """Take words out, but not the last ones of a name."""
    left = _total((~gone).astype(np.int64), rows.starts)
    rows.keep(~gone | (left == 0)[rows.rows])


def _letters(spelt: Words) -> tuple[Bits, Bits]:
    """Per word, 64 bits for its letters in order, and the factor that makes room for them."""
    if not len(spelt):
        return np.zeros(0, np.uint64), np.zeros(0, np.uint64)
    letters = spelt.astype(f"U{_LETTERS}").view(np.uint32).reshape(len(spelt), _LETTERS)
    found, shift = np.zeros(len(spelt), np.uint64), np.ones(len(spelt), np.uint64)
    for place in range(_LETTERS):
        here = letters[:, place].astype(np.uint64)
        found = np.where(here > 0, found * _LETTER + here, found)
        shift = np.where(here > 0, shift * _LETTER, shift)
    return found, shift
