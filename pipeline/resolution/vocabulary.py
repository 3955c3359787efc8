"""How the words of names read: shipped tables, so that no other row ever changes a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from anyascii import anyascii

TELLING, GENERIC, PLACE, FORM, SMALL, BRANCH, NUMBER = range(7)
"""What a word is in a name. TELLING is every word that no table has."""

Meaning = tuple[str, int]
"""Canonical form and kind."""

LONGEST = 7
"""Words in the longest phrase of the tables."""

LEADING = frozenset({
    "ab", "ano", "ao", "as", "asbl", "bv", "cjsc", "cv", "ead", "eood", "eurl", "fgaou", "fgbou",
    "fgbu", "fgup", "fop", "gbou", "gup", "jaedanbeobin", "jsc", "jusighoesa", "llc", "mbou",
    "moo", "mtu", "mup", "nv", "oao", "ojsc", "ood", "ooo", "ou", "oy", "pao", "pjsc", "pt",
    "roo", "sadanbeobin", "sarl", "sas", "scic", "scop", "shrkh", "sia", "srl", "tov", "uab",
    "vzw", "zao",
})  # fmt: skip
"""Folded single words of kind FORM that may stand at the start of a name (“ООО Ромашка”).

The others are forms at its end only; a phrase of kind FORM may stand at both.
"""

_KINDS = {
    "topics": TELLING,
    "generic": GENERIC,
    "countries": PLACE,
    "peoples": PLACE,
    "places": PLACE,
    "cities": PLACE,
    "forms": FORM,
    "small": SMALL,
    "branches": BRANCH,
    "numbers": NUMBER,
}
_WEIGHTS = {
    TELLING: 1.0, GENERIC: 0.25, PLACE: 0.5, FORM: 0.0, SMALL: 0.0, BRANCH: 0.1, NUMBER: 0.8,
}  # fmt: skip
_TOPIC = 0.6
"""Thousands of organisations have “peace” or “women” in their name; a made-up word has one."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]+")
_SIGNS = re.compile(
    "[©®\u2010-\u2017\u201a-\u2031\u2033-\u205f\u20a0-\u20cf\u2100-\u214f\u2190-\u245f"
    "\u2500-\u2bff\u3000-\u3004\u3008-\u3020\U0001f000-\U0001faff\U000e0000-\U000e007f]+"
)
"""Signs that a transliteration would turn into words, such as an emoji."""
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]+")
_STRANGE = re.compile("[^\0-\x7f]+")
_ELIDED = re.compile(r"\b(?:d|l|all|dall|dell|nell|sull)'(?=\w\w)")
_WORD = re.compile("[a-z0-9]+")
_BREAK = re.compile(r"[^a-z0-9|]+")
_LETTER = re.compile(r"\b[a-z]\b")


def fold_words(text: str) -> list[str]:
    """The words of a text as the tables have them: a-z and 0-9 only.

    Case, accents and scripts are gone, "&" reads "and", an apostrophe is no break ("int'l"), an
    elided article is dropped ("l'eau"), and a run of single letters is one word ("e. V.").
    """
    return _joined(_WORD.findall(plain(text)))


def plain(text: str) -> str:
    """The text in small Latin letters without apostrophes; punctuation is still there."""
    text = text.casefold()
    if not text.isascii():
        text = _SIGNS.sub(" ", _INVISIBLE.sub("", text))
        bare = _MARKS.sub("", unicodedata.normalize("NFKD", text))
        text = _STRANGE.sub(_latin, unicodedata.normalize("NFC", bare)).casefold()
    if "'" in text or "`" in text:
        text = _ELIDED.sub("", text.replace("`", "'")).replace("'", "")
    return text.replace("&", " and ")


def _latin(found: re.Match[str]) -> str:
    return anyascii(found[0])


def _joined(words: list[str]) -> list[str]:
    """The words, neighbours of one letter made one."""
    if len(words) < 2 or min(map(len, words)) > 1:
        return words
    found: list[str] = []
    run = False
    for word in words:
        single = len(word) == 1 and word.isalpha()
        if single and run:
            found[-1] += word
        else:
            found.append(word)
        run = single
    return found


@cache
def words() -> Mapping[str, Meaning]:
    """Each single word of the tables → its canonical form and kind."""
    return MappingProxyType(_tables()[0])


@cache
def phrases() -> Mapping[tuple[str, ...], Meaning]:
    """Each phrase of two to LONGEST words of the tables → its canonical form and kind."""
    return MappingProxyType(_tables()[1])


def weight(canonical: str, kind: int) -> float:
    """How much it tells when two names share this word: 0 nothing, 1 a name of its own."""
    if kind == TELLING and canonical in _topics():
        return _TOPIC
    return _WEIGHTS[kind]


@cache
def _topics() -> frozenset[str]:
    return frozenset(name for name, _ in _lines("topics"))


@cache
def _tables() -> tuple[dict[str, Meaning], dict[tuple[str, ...], Meaning]]:
    """What single words mean, and what phrases mean."""
    single: dict[str, Meaning] = {}
    several: dict[tuple[str, ...], Meaning] = {}
    for forms, meaning in entries():
        single.update(dict.fromkeys((form for form in forms if " " not in form), meaning))
        for form in forms:
            if " " in form:
                several[tuple(form.split())] = meaning
    return single, several


def entries() -> Iterator[tuple[list[str], Meaning]]:
    """All lines of the tables: the folded forms, and what they mean."""
    for table, kind in _KINDS.items():
        for name, forms in _lines(table):
            yield forms, (name, kind)


def _lines(table: str) -> Iterator[tuple[str, list[str]]]:
    """Canonical forms with all their forms; they count as forms of their own but for @ and %."""
    text = files("pipeline.resolution").joinpath("words", f"{table}.txt").read_text("utf-8")
    # folding the whole file at once takes a tenth of folding form by form
    for line in plain(text).splitlines():
        if "=" not in line or line[0] == "#":
            continue
        name, _, written = line.partition("=")
        name = name.strip()
        forms = _BREAK.sub(" ", written).replace(" | ", "|").strip().split("|")
        for at, form in enumerate(forms):
            if " " in form and _LETTER.search(form):
                forms[at] = " ".join(_joined(form.split()))
        yield name, forms if name[0] in "@%" else [*forms, name]
