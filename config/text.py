"""Comparing what people wrote. What is shown stays as it was written."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

_NOT_WORDS = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """The text without case, accents, punctuation and extra blanks, for comparison only.

    A text that consists of signs alone (an emoji, `!!!`) is kept as it is, so that two different
    ones stay different.
    """
    bare = text.lower() if text.isascii() else _unaccented(text)
    return _NOT_WORDS.sub(" ", bare).strip() or " ".join(text.split())


def _unaccented(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def clean(text: str) -> str:
    """The text with no-break and repeated blanks made single and the ends trimmed."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\ufeff", "").split())


def nearest(word: str, choices: Iterable[str], cutoff: float = 0.72) -> str | None:
    """The choice that looks most like the word, or None when none comes near."""
    by_fold = {fold(choice): choice for choice in choices}
    match = difflib.get_close_matches(fold(word), by_fold, n=1, cutoff=cutoff)
    return by_fold[match[0]] if match else None


def shorten(text: str, limit: int = 80) -> str:
    """The text in one line of at most `limit` characters, cut between words where that can be."""
    line = clean(text)
    if len(line) <= limit:
        return line
    head, blank, _ = line[:limit].rpartition(" ")
    whole = head if blank and len(head) > limit // 2 else line[: limit - 1]
    return whole.rstrip(" ,;:") + "…"
