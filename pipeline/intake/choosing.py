"""Drop-down words as people type them: in their language, and with a slip of the finger."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel

from config.choicewords import CHOICE_WORDS
from config.feedback import WOULD_SIGN
from config.tables import Column
from config.text import fold
from pipeline.intake.model import UNCLEAR

LETTERS = 5
"""Words of fewer letters are taken to the letter: one slip makes too many others of them."""
_OWN: Mapping[str, Mapping[str, Sequence[str]]] = {"would_sign": WOULD_SIGN}
_APART = re.compile(r"[/|\n]")
_DIGIT = re.compile(r"\d")
_ALIKE = 0.6


class Choosing:
    """Reads the words of one column.

    A word counts as it is written in the table, in another language where that can mean one word
    of the column only, and with one typing error (a letter too many, too few, wrong, or two
    swapped) where nothing that means another word is within two.

    Args:
        words: the column's words.
        translations: word → other ways to write it.
    """

    def __init__(
        self, words: Sequence[str], translations: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        means: dict[str, set[str]] = defaultdict(set)
        for word in words:
            for way in (translations or {}).get(word, ()):
                means[fold(way)].add(word)
        one = {way: next(iter(meant)) for way, meant in means.items() if len(meant) == 1}
        self.known: Mapping[str, str] = one | {fold(word): word for word in words}
        self._ways = list(self.known)

    def read(self, text: str) -> str:
        """The table's word, "" for a blank, or UNCLEAR. `word / palabra` may say it twice."""
        if not text.strip():
            return ""
        if found := self._word(fold(text)):
            return found
        parts = {self.known.get(fold(part), "") for part in _APART.split(text) if part.strip()}
        return parts.pop() if len(parts) == 1 and "" not in parts else UNCLEAR

    def like(self, text: str) -> str:
        """The word that the text resembles most; "" where it resembles none."""
        near = process.extractOne(
            fold(text), self._ways, scorer=Indel.normalized_similarity, score_cutoff=_ALIKE
        )
        return self.known[near[0]] if near else ""

    def _word(self, folded: str) -> str:
        return self.known.get(folded) or self._slip(folded)

    def _slip(self, folded: str) -> str:
        """The word that was meant but for one typing error; "" where that isn't certain."""
        near = process.extract(folded, self._ways, scorer=OSA.distance, score_cutoff=2, limit=None)
        if len({self.known[way] for way, _, _ in near}) != 1:
            return ""
        way, distance, _ = near[0]
        long = sum(map(str.isalpha, way)) >= LETTERS
        digits = _DIGIT.findall(way) == _DIGIT.findall(folded)
        return self.known[way] if distance == 1 and long and digits else ""


def choosing(column: Column) -> Choosing:
    """What reads a column's words, in all languages that Weaver has them in."""
    return Choosing(column.choices, _OWN.get(column.name, CHOICE_WORDS))
