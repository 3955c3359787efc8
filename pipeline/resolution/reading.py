"""From written names to rows of folded words, many at a time.

Millions of names hold few distinct words, so each word is folded once; names are rows of word
numbers. Nothing here depends on how often a word occurs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

import numpy as np
from numpy.typing import NDArray

from pipeline.resolution.vocabulary import FORM, fold_words, phrases, words

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

COMMA = ","
"""Kept as a word: what follows a legal form and a comma is an address."""

_RAW = re.compile(r"\n|[&,;]|[^\s!\"#$%()*+,\-./:;<=>?@\[\\\]^_`{|}~&]+")
_SIGNS = {"&": ["and"], ",": [COMMA], ";": [COMMA]}
_END = "\n"
_CHUNK = 50_000
_LONGEST_FORM = 4


@dataclass
class Rows:
    """Names as rows of numbers of folded words.

    Attributes:
        words: the distinct folded words; a phrase is several with blanks between.
        ids: the word numbers of all names, one name after the other.
        starts: where each name begins in `ids`; one more than there are names.
    """

    words: list[str]
    ids: Ints
    starts: Ints
    _numbers: dict[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> Ints:
        """Per entry of `ids`, the name that it belongs to."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def number(self, word: str) -> int:
        """The number of a word, a new one where it has none yet."""
        if not self._numbers:
            self._numbers = {known: at for at, known in enumerate(self.words)}
        if word not in self._numbers:
            self._numbers[word] = len(self.words)
            self.words.append(word)
        return self._numbers[word]

    def flags(self, test: Callable[[str], bool]) -> Flags:
        """Per entry of `ids`, whether its word passes a test."""
        found: Flags = np.array([test(word) for word in self.words], dtype=bool)[self.ids]
        return found

    def keep(self, kept: Flags) -> None:
        """Take some of the words out."""
        counts = np.bincount(self.rows[kept], minlength=len(self.starts) - 1)
        self.ids, self.starts = self.ids[kept], starts_of(counts)


def as_flags(values: object) -> Flags:
    """What a comparison of arrays gives, typed."""
    found: Flags = np.asarray(values, dtype=bool)
    return found


def read_rows(texts: Sequence[str]) -> Rows:
    """Fold the names, join single letters (`e. V.` is `ev`) and make known phrases one word."""
    rows = _folded(*_split(texts))
    _fill_empty(rows, texts)
    _join_letters(rows)
    _join_phrases(rows)
    return rows


def starts_of(counts: NDArray[np.integer]) -> Ints:
    """Where rows of these lengths begin; one more than there are rows."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)])


def _split(texts: Sequence[str]) -> tuple[list[str], Ints, Ints]:
    """The distinct raw words, and the names as rows of their numbers."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    end = numbers[_END]
    parts = []
    for start in range(0, len(texts), _CHUNK):
        lines = [_one_line(text) for text in texts[start : start + _CHUNK]]
        found = _RAW.findall(_END.join(lines).casefold() + _END)
        parts.append(np.fromiter(map(numbers.__getitem__, found), np.int64, len(found)))
    ids = np.concatenate(parts) if parts else np.zeros(0, np.int64)
    counts = np.diff(np.flatnonzero(ids == end), prepend=-1) - 1
    return list(numbers), ids[ids != end], starts_of(counts)


def _one_line(text: str) -> str:
    return text if text.isprintable() else " ".join(text.split())


def _folded(raw: list[str], ids: Ints, starts: Ints) -> Rows:
    """Every raw word as the words that it folds to: none, one or several."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    found = [[numbers[w] for w in _folded_word(word)] for word in raw]
    sizes = np.array([len(some) for some in found], dtype=np.int64)
    flat = np.array([number for some in found for number in some], dtype=np.int64)
    many = sizes[ids]
    within = np.arange(many.sum()) - np.repeat(starts_of(many)[:-1], many)
    ends = starts_of(many)[starts]
    return Rows(list(numbers), flat[np.repeat(starts_of(sizes)[:-1][ids], many) + within], ends)


def _folded_word(word: str) -> list[str]:
    # most words are plain already
    if word.isascii() and word.isalnum():
        return [word]
    return _SIGNS.get(word) or fold_words(word)


def _fill_empty(rows: Rows, texts: Sequence[str]) -> None:
    """A name of signs alone keeps them as its word, so that two different ones stay different."""
    empty = np.flatnonzero(np.diff(rows.starts) == 0)
    signs = [" ".join(texts[at].split()) for at in empty.tolist()]
    named = [(at, rows.number("\0" + text)) for at, text in zip(empty, signs, strict=True) if text]
    if named:
        where = rows.starts[[at for at, _ in named]]
        counts = np.diff(rows.starts)
        counts[[at for at, _ in named]] = 1
        rows.ids = np.insert(rows.ids, where, [number for _, number in named])
        rows.starts = starts_of(counts)


def _join_letters(rows: Rows) -> None:
    """Runs of single letters become one word; a legal form at their end a word of its own."""
    single = rows.flags(lambda word: len(word) == 1 and word.isalpha())
    before = np.zeros(len(single), dtype=bool)
    before[1:] = single[1:] & single[:-1] & (np.diff(rows.rows) == 0)
    kept = np.ones(len(single), dtype=bool)
    begins = np.flatnonzero(single & ~before)
    ends = np.flatnonzero(single & ~np.append(before[1:], False)) + 1
    for begin, end in zip(begins, ends, strict=True):
        if end - begin > 1:
            parts = _parted("".join(rows.words[i] for i in rows.ids[begin:end]))
            rows.ids[begin : begin + len(parts)] = [rows.number(part) for part in parts]
            kept[begin + len(parts) : end] = False
    rows.keep(kept)


def _parted(letters: str) -> list[str]:
    """`bev` is `b` and `ev`: letters that end in a legal form, unless all of them are one."""
    if letters in words():
        return [letters]
    for size in range(min(_LONGEST_FORM, len(letters) - 1), 1, -1):
        if words().get(letters[-size:], ("", 0))[1] == FORM:
            return [letters[:-size], letters[-size:]]
    return [letters]


def _join_phrases(rows: Rows) -> None:
    """Words that mean something only together become one."""
    firsts: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase in sorted(filter(None, phrases()), key=len, reverse=True):
        firsts[phrase[0]].append(phrase)
    begins = np.flatnonzero(rows.flags(firsts.__contains__))
    ends, kept, done = rows.starts[rows.rows[begins] + 1], np.ones(len(rows.ids), dtype=bool), 0
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
        found = next(_fitting(rows, firsts, begin, end), None) if begin >= done else None
        if found:
            done = begin + len(found)
            rows.ids[begin] = rows.number(" ".join(found))
            kept[begin + 1 : done] = False
    rows.keep(kept)


def _fitting(
    rows: Rows, firsts: dict[str, list[tuple[str, ...]]], begin: int, end: int
) -> Iterator[tuple[str, ...]]:
    """The phrases that stand at a place, the longest first."""
    here = [rows.words[i] for i in rows.ids[begin : min(end, begin + 8)]]
    return (phrase for phrase in firsts[here[0]] if here[: len(phrase)] == list(phrase))
