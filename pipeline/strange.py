"""Names that look like others: what can't be seen in them is told, and never obeyed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from config.text import shorten
from config.words import say

_OPEN, _CLOSE = "\u2068", "\u2069"
_TURNING = frozenset(map(chr, (
    0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A),
)))  # fmt: skip
_JOINERS = frozenset("\u200c\u200d")
_ALIKE = frozenset({"Latin", "Greek", "Cyrillic", "Armenian", "Cherokee", "Coptic", "Lisu"})
"""Alphabets whose letters are taken for each other's."""
_DRESSED = frozenset({"Mathematical", "Fullwidth", "Circled", "Squared", "Parenthesized"})
"""Letters dressed up, which look like plain ones."""
_SHOWN = 5
_LOOKED_AT = 500


def apart(name: str, limit: int = 140) -> str:
    """The name for a sentence: without signs that nobody sees, and its direction ends with it."""
    seen = "".join(" " if c.isspace() else c for c in name[:_LOOKED_AT] if not _unseen(c, name))
    text = shorten(seen, limit)
    turning = any(unicodedata.bidirectional(c) in {"R", "AL"} for c in text)
    return f"{_OPEN}{text}{_CLOSE}" if turning else text


def oddities(name: str, other: str = "") -> Iterator[str]:
    """What can't be told by eye: unseen signs, and letters of alphabets that the other has not."""
    text = name[:_LOOKED_AT]
    turning = _codes(c for c in text if c in _TURNING)
    if turning:
        yield say("signs that turn the writing direction ({signs})", signs=turning)
    unseen = _codes(c for c in text if c not in _TURNING and _unseen(c, text))
    if unseen:
        yield say("signs that nobody sees ({signs})", signs=unseen)
    for alphabet in sorted(_foreign(text, other[:_LOOKED_AT])):
        letters = dict.fromkeys(c for c in text if _alphabet(c) == alphabet)
        shown = " ".join(list(letters)[:_SHOWN]) + (" …" if len(letters) > _SHOWN else "")
        yield say("{alphabet} letters ({letters})", alphabet=alphabet, letters=shown)


def _foreign(text: str, other: str) -> set[str]:
    """Alphabets of the name that stand in one word with another, or that the other name lacks."""
    mine, theirs = _alphabets(text), _alphabets(other)
    found = {a for a in mine if a in _DRESSED}
    if other and theirs & _ALIKE:
        found |= (mine & _ALIKE) - theirs
    for word in text.split():
        mixed = _alphabets(word) & _ALIKE
        found |= mixed - {"Latin"} if len(mixed) > 1 else set()
    return found


def _alphabets(text: str) -> set[str]:
    return {_alphabet(c) for c in text} - {""}


def _alphabet(character: str) -> str:
    if character.isascii():
        return "Latin" if character.isalpha() else ""
    if not character.isalpha() and unicodedata.category(character) != "So":
        return ""
    return unicodedata.name(character, "").partition(" ")[0].capitalize()


def _unseen(character: str, text: str) -> bool:
    """Whether a sign takes no place; joiners belong to many scripts and to emoji."""
    if character.isspace():
        return False
    if character in _JOINERS:
        return text.isascii() or all(c.isascii() or c in _JOINERS for c in text)
    return unicodedata.category(character) in {"Cf", "Cc", "Cs", "Co", "Cn"}


def _codes(characters: Iterator[str]) -> str:
    found = [f"U+{ord(c):04X}" for c in dict.fromkeys(characters)]
    return ", ".join(found[:_SHOWN]) + (", …" if len(found) > _SHOWN else "")
