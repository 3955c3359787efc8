"""The phrases of each language (`*.toml` beside this file), and finding them among the words.

A phrase is a row of words without case and accents: `exception*` stands for every word that begins
so, `#` for a number, `..` for up to five words in between, `(all|the whole) text` for both, and
`(the|) text` for the text with or without its article. Phrases are parted by `|`.
"""

from __future__ import annotations

import functools
import itertools
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from config.text import fold

LANGUAGES = ("en", "es", "fr", "de", "pt", "others")
ACCENTS_TELL = frozenset({"é", "sí", "ça"})
"""“It is” and “and”, “yes” and “if”."""

Part = str | frozenset[str]
"""A word of a phrase, or any of several words."""

_GROUP = re.compile(r"\(([^()]*)\)")
_BAR_OUTSIDE = re.compile(r"\|(?![^()]*\))")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_GAP = 5
_LONGEST_STEM = 24
_SHORTEST_CORRECTED = 5
_REMEMBERED = 20_000


class Mark(NamedTuple):
    """A phrase that was found: words `start` to `end` (not included), its kind and language."""

    start: int
    end: int
    kind: str
    language: str


class Phrase(NamedTuple):
    """What follows the first word of a phrase, the words that it can't do without, and its kind."""

    rest: tuple[Part, ...]
    needs: frozenset[str]
    kind: str
    language: str


@dataclass
class Lexicon:
    """The phrases by their first word or by the beginning of it.

    Attributes:
        words: first word → phrases.
        stems: beginning of a first word → phrases.
        function: short common word → the languages that it belongs to.
        nothing: answers that say there is nothing to say.
        typos: a word with one letter left out → the words that it may be.
        begun: word that was asked for → the phrases that it may begin.
    """

    words: defaultdict[str, list[Phrase]] = field(default_factory=lambda: defaultdict(list))
    stems: defaultdict[str, list[Phrase]] = field(default_factory=lambda: defaultdict(list))
    function: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    nothing: set[str] = field(default_factory=set)
    typos: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    begun: dict[str, list[Phrase]] = field(default_factory=dict)

    def add(self, first: str, rest: tuple[Part, ...], kind: str, language: str) -> None:
        """Take a phrase in."""
        needs = frozenset(p for p in rest if isinstance(p, str) and p[-1] not in ".#*")
        stem = first.removesuffix("*")
        begins = self.stems if first != stem else self.words
        begins[stem].append(Phrase(rest, needs, kind, language))

    def starting(self, word: str) -> list[Phrase]:
        """The phrases that a word may begin."""
        if word not in self.begun:
            stems = (word[:n] for n in range(2, min(len(word), _LONGEST_STEM) + 1))
            found = [*self.words.get(word, ()), *(p for s in stems for p in self.stems.get(s, ()))]
            if len(self.begun) >= _REMEMBERED:
                self.begun.clear()
            self.begun[word] = found
        return self.begun[word]

    def find(self, words: Sequence[str]) -> list[Mark]:
        """Every phrase among the words of a sentence, of whatever language, in their order."""
        present = frozenset(words)
        return [
            Mark(at, end, phrase.kind, phrase.language)
            for at, word in enumerate(words)
            for phrase in self.starting(word)
            if phrase.needs <= present and (end := _end(words, at + 1, phrase.rest))
        ]

    def spelled(self, word: str) -> str:
        """The common word that was meant where one letter is wrong, missing or too many."""
        known = word in self.words or word in self.function or word in self.typos.get(word, ())
        if len(word) < _SHORTEST_CORRECTED or known:
            return word
        near = {
            whole
            for less in (word, *_less(word))
            for whole in self.typos.get(less, ())
            if whole[0] == word[0] and whole[-1] == word[-1] and abs(len(whole) - len(word)) <= 1
        }
        return min(near, default=word)


@functools.lru_cache(maxsize=_REMEMBERED)
def plain(word: str) -> str:
    """The word as it is compared: without case and accents where they don't tell words apart."""
    lower = word.casefold()
    return lower if lower in ACCENTS_TELL else fold(word)


@functools.cache
def lexicon() -> Lexicon:
    """All languages; read once."""
    book = Lexicon()
    for language in LANGUAGES:
        path = Path(__file__).with_name(f"{language}.toml")
        for kind, text in tomllib.loads(path.read_text("utf-8")).items():
            _take(book, language, kind, text)
    return book


def _take(book: Lexicon, language: str, kind: str, text: str) -> None:
    if kind == "spelling":
        for word in map(fold, text.split()):
            for less in (word, *_less(word)):
                book.typos[less].add(word)
    elif kind == "function":
        for parts in phrases(text):
            book.function[str(parts[0])].add(language)
    elif kind == "nothing":
        book.nothing.update(map(fold, text.split("|")))
    else:
        for first, *rest in phrases(text):
            book.add(str(first), tuple(rest), kind, language)


def phrases(text: str) -> Iterator[tuple[Part, ...]]:
    """The phrases of one kind; umlauts also as ae, oe and ue."""
    for written in _BAR_OUTSIDE.split(text):
        for each in dict.fromkeys((written, written.translate(_UMLAUTS))):
            yield from filter(None, _written_out(each) if "(" in each else (_folded(each),))


def _written_out(written: str) -> Iterator[tuple[Part, ...]]:
    """The phrases that one with brackets stands for; what needn't be written out stays one."""
    pieces = _GROUP.split(written)
    choices: list[list[tuple[Part, ...]]] = []
    for at, piece in enumerate(pieces):
        # Every second piece stood in brackets.
        options = [_folded(option) for option in piece.split("|")] if at % 2 else [_folded(piece)]
        whole_words = all(len(o) == 1 and str(o[0])[-1] not in "*#." for o in options)
        if at % 2 and whole_words and any(any(c) for c in choices):
            options = [(frozenset(str(o[0]) for o in options),)]
        choices.append(options)
    for chosen in itertools.product(*choices):
        yield tuple(itertools.chain.from_iterable(chosen))


def _folded(phrase: str) -> tuple[Part, ...]:
    parts: list[Part] = []
    for part in phrase.split():
        if part in ("..", "#"):
            parts.append(part)
            continue
        whole = plain(part.rstrip("*")).split()
        parts += [*whole[:-1], whole[-1] + "*" * part.endswith("*")]
    return tuple(parts)


def _less(word: str) -> list[str]:
    """The word with each of its letters left out."""
    return [word[:at] + word[at + 1 :] for at in range(len(word))] if len(word) < 20 else []


def _end(words: Sequence[str], at: int, rest: tuple[Part, ...]) -> int:
    """Where a phrase ends whose rest begins at that word; 0 when it isn't there."""
    for index, part in enumerate(rest):
        if part == "..":
            tails = range(at, min(at + _GAP, len(words) - 1) + 1)
            return next((end for t in tails if (end := _end(words, t, rest[index + 1 :]))), 0)
        if at >= len(words) or not _fits(words[at], part):
            return 0
        at += 1
    return at


def _fits(word: str, part: Part) -> bool:
    if isinstance(part, frozenset):
        return word in part
    if part == "#":
        return word.isdigit()
    return word.startswith(part[:-1]) if part.endswith("*") else word == part
