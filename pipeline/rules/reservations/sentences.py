"""A free text as sentences, and a sentence as words with what they stand for."""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.rules.reservations.lexicon import LANGUAGES, Mark, lexicon, plain

LONGEST = 40_000
"""Characters that are looked at: more than ten pages."""

_WORD = re.compile(r"[^\W_]{1,30}n['’´`]t(?![^\W_])|[^\W_]+|%")
_LONGEST_WORD = 60
_SENTENCE_ENDS = re.compile(r"[.!?…](?:[\s\"”»)]|$)|[!?…]|\n\s*\n")
_CLAUSE_ENDS = re.compile(r"[,;:()\[\]–—«»“”„|/]|(?:^|\s)-+\s|\n")
_MONTH = re.compile("Jan|Feb|Mär|Mae|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez")
"""“8. Juni”."""
_LONG_SENTENCE = 80
"""Words after which a sentence is cut, so that a text without full stops stays readable."""
_ENOUGH = 12
"""Marks of one kind in a sentence; nobody says more, and hostile texts would."""
_LIKELY = 0.6
"""A language is possible when it explains that part of the words that the likeliest does."""

_TIES = ("condition", "if", "except", "provisional", "partial", "only")
_MASKS = ("whole", "indifferent", "harmless")
_ONLY_LIKELIEST = ("harmless", "not", "none", "no", "if")
"""Kinds with words that mean another thing next door: “no” and “desde que” in Portuguese."""


@dataclass(frozen=True)
class Sentence:
    """The words of a sentence.

    Attributes:
        words: without case and accents.
        places: where each begins in the text, in characters.
        breaks: indexes of words before which a clause ends.
        asks: whether it ends in a question mark.
        hung: indexes of words that hang on the one before by a hyphen: “opõe-se”.
    """

    words: tuple[str, ...]
    places: tuple[int, ...]
    breaks: frozenset[int]
    asks: bool
    hung: frozenset[int] = frozenset()

    @property
    def said(self) -> tuple[object, ...]:
        """What it says, wherever it stands."""
        return self.words, self.breaks, self.asks, self.hung


class Marked:
    """A sentence and the marks on it, by kind."""

    def __init__(self, sentence: Sentence) -> None:
        self.words, self.asks = sentence.words, sentence.asks
        self._breaks = sorted(sentence.breaks | {0, len(self.words)})
        found = lexicon().find(self.words)
        languages = _languages(self.words, found)
        self.german = "de" in languages
        ours = [
            mark
            for mark in found
            if mark.language in languages
            and (languages[mark.language] or mark.kind not in _ONLY_LIKELIEST)
            and not self._torn(mark)
            and not (mark.kind == "if" and mark.start in sentence.hung)
        ]
        self._by_kind: defaultdict[str, list[Mark]] = defaultdict(list)
        for mark in _unmasked(_longest(ours)):
            if len(self._by_kind[mark.kind]) < _ENOUGH:
                self._by_kind[mark.kind].append(mark)
        self._pauses = self._breaks
        turns = {mark.start for mark in self._by_kind["but"]}
        self._breaks = sorted(turns.union(self._breaks))

    def all(self, *kinds: str, start: int = 0, end: int | None = None) -> list[Mark]:
        """The marks of these kinds from one word to another, in their order."""
        until = len(self.words) if end is None else end
        marks = (mark for kind in kinds for mark in self._by_kind.get(kind, ()))
        return sorted({m for m in marks if start <= m.start and m.end <= until})

    def clause(self, at: int) -> tuple[int, int]:
        """First word of the clause in which a word stands, and of the next."""
        start = max(b for b in self._breaks if b <= at)
        return start, min(b for b in self._breaks if b > at)

    def clauses(self) -> list[tuple[int, int]]:
        """All of them."""
        return list(zip(self._breaks, self._breaks[1:], strict=False))

    def turn(self, but: Mark) -> int:
        """Where what a “but” turns to begins: in German it may stand in its midst."""
        return max(b for b in self._pauses if b <= but.start) if self.german else but.start

    def numbered(self, mark: Mark) -> bool:
        """Whether it is a certain one: “point 4”, “points 2 and 3”."""
        return any(word.isdigit() for word in self.words[mark.start : mark.end + 2])

    def _torn(self, mark: Mark) -> bool:
        """Whether it is a saying with a comma in its midst, which says something else."""
        inside = range(mark.start + 1, mark.end)
        return mark.kind == "harmless" and any(at in inside for at in self._breaks)


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text, as far as it is looked at."""
    words: list[str] = []
    places: list[int] = []
    breaks: set[int] = set()
    hung: set[int] = set()
    text = text[:LONGEST]
    for match, between, following in _words(text):
        words.append(_word(match.group()))
        places.append(match.start())
        if len(words) == _LONG_SENTENCE or _ends(between, words[-1], following):
            yield Sentence(tuple(words), tuple(places), frozenset(breaks), "?" in between,
                           frozenset(hung))  # fmt: skip
            words, places, breaks, hung = [], [], set(), set()
        elif between == "-":
            hung.add(len(words))
        elif between != " " and _CLAUSE_ENDS.search(between):
            breaks.add(len(words))
    if words:
        yield Sentence(
            tuple(words), tuple(places), frozenset(breaks), asks=False, hung=frozenset(hung)
        )


def _words(text: str) -> Iterator[tuple[re.Match[str], str, str]]:
    """Every word, what stands between it and the next, and how that begins."""
    match = _WORD.search(text)
    while match:
        following = _WORD.search(text, match.end())
        until = following.start() if following else len(text)
        yield match, text[match.end() : until], text[until : until + 3]
        match = following


def _ends(between: str, word: str, following: str) -> bool:
    """Whether a sentence ends there, and not only an abbreviation, a number or a “(!)”."""
    if between == " " or not _SENTENCE_ENDS.search(between):
        return False
    if word.isdigit() and between == ". " and _MONTH.match(following):
        return False
    short = between.strip() == "." and (len(word) == 1 or word.isdigit())
    aside = "(" in between and ")" in between
    return not (following[:1].islower() and (short or aside))


@functools.lru_cache(maxsize=20_000)
def _word(written: str) -> str:
    if written == "%":
        return "percent"
    return lexicon().spelled(plain(written[:_LONGEST_WORD]).replace(" ", ""))


def _languages(words: Sequence[str], marks: Iterable[Mark]) -> dict[str, bool]:
    """The languages that a sentence may be in, and whether each is the likeliest."""
    function = lexicon().function
    telling = {(at, language) for at, w in enumerate(words) for language in function.get(w, ())}
    telling |= {(mark.start, mark.language) for mark in marks}
    votes = Counter(language for _, language in telling)
    most = max(votes.values(), default=0)
    likely = {name: votes[name] == most for name in LANGUAGES if votes[name] >= _LIKELY * most}
    return {"others": True} | likely


def _longest(marks: list[Mark]) -> list[Mark]:
    """Without what is only part of a longer expression: “enquanto” in “por enquanto”."""
    ties = [mark for mark in marks if mark.kind in _TIES]
    return [m for m in marks if m.kind not in _TIES or not any(_holds(tie, m) for tie in ties)]


def _unmasked(marks: list[Mark]) -> Iterator[Mark]:
    """Without the marks that are part of a saying that means something else."""
    strong = [mark for mark in marks if mark.kind in ("reserve", "condition", "critique")]
    masks = {m for m in marks if m.kind in _MASKS and not any(_beats(s, m) for s in strong)}
    hidden = {at for mask in masks for at in range(mask.start, mask.end)}
    for mark in marks:
        seen = hidden.isdisjoint(range(mark.start, mark.end)) and mark.kind not in _MASKS
        if seen or mark in masks:
            yield mark


def _beats(strong: Mark, mask: Mark) -> bool:
    """“Sous réserve de” is no nature reserve, “not without reservations” isn't unreserved."""
    return _holds(strong, mask) or strong.start < mask.start < strong.end


def _holds(outer: Mark, inner: Mark) -> bool:
    wider = outer.end - outer.start > inner.end - inner.start
    return wider and outer.start <= inner.start and inner.end <= outer.end
