"""Answers as forms give them: yes and no, one of a few words, several ticks in one cell.

A word is read only where it can mean one thing. Everything else is UNCLEAR, or stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from config.languages import AGREE, HEDGES, NEGATIONS, NO, NOT_APPLICABLE, UNSURE, YES
from config.raw import LISTED
from config.text import clean, fold
from pipeline.intake.cells import per_distinct, plain
from pipeline.intake.model import UNCLEAR

_PARTS = re.compile(r"[/|,;:.!()\n、。，；：！（）]| [-–—] |\s[-–—]\s")
_ASIDE = re.compile(r"[\[\](){}\"“”«»„]")
_JOINING_WORDS = frozenset(
    ("and", "or", "y", "e", "o", "u", "et", "ou", "und", "oder", "&", "en", "of")
)


@dataclass(frozen=True)
class Agreeing:
    """The words for yes and no: the usual ones and a form's own.

    Attributes:
        yes, no: the form's own texts; they win over the usual words.
    """

    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    words: Mapping[str, str] = field(init=False)
    own: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        own = {_fold(text): "yes" for text in self.yes} | {_fold(text): "no" for text in self.no}
        object.__setattr__(self, "own", own)
        object.__setattr__(self, "words", _USUAL | own)

    def read(self, text: str) -> str:
        """ "yes", "no", "" for nothing said, or UNCLEAR."""
        whole = _fold(text)
        if not whole:
            return ""
        if whole in self.words:
            return self.words[whole]
        parts = [part for part in map(_fold, _PARTS.split(text)) if part] or [whole]
        first, *others = [self._begins(parts[0]), *(self.words.get(p, "") for p in parts[1:])]
        doubt = {"yes", "no", UNCLEAR} - {first}
        if first not in {"yes", "no"} or doubt & set(others) or self._hedged(whole):
            return UNCLEAR
        return first

    def _begins(self, part: str) -> str:
        """What a part says, or what it begins with, where the beginning settles it."""
        if part in self.words:
            return self.words[part]
        words = part.split()
        if {self.words.get(word) for word in words[:3]} >= {"yes", "no"}:
            return UNCLEAR
        for length in range(min(len(words), 8), 0, -1):
            begin = " ".join(words[:length])
            if words[length : length + 1] and words[length] in _NEGATIONS:
                continue
            if begin in _AGREE or (length == 1 and len(begin) > 2 and begin in _YES):
                return "yes"
            if length > 1 and self.words.get(begin) == "no":
                return "no"
        # Two letters are too few to trust: in Spanish "si" is also "if".
        rest = " ".join(words[1:])
        yes = words and words[0] in _YES and rest and self._begins(rest) == "yes"
        return "yes" if yes else UNCLEAR

    def _hedged(self, whole: str) -> bool:
        padded = f" {whole} "
        return any(f" {hedge} " in padded for hedge in _HEDGES)


def _fold(text: str) -> str:
    """Folded, without the marks that make an emoji of a tick."""
    return fold(plain(text))


_YES = frozenset(map(_fold, YES))
_AGREE = frozenset(map(_fold, AGREE))
_HEDGES = frozenset(map(_fold, HEDGES))
_NEGATIONS = frozenset(map(_fold, NEGATIONS))
_USUAL: dict[str, str] = {
    **dict.fromkeys(map(_fold, UNSURE), UNCLEAR),
    **dict.fromkeys(map(_fold, NOT_APPLICABLE), ""),
    **dict.fromkeys(map(_fold, NO), "no"),
    **dict.fromkeys(_YES | _AGREE, "yes"),
}


def yes_no(texts: Sequence[str], yes: Iterable[str] = (), no: Iterable[str] = ()) -> list[str]:
    """ "yes", "no", "" or UNCLEAR per text.

    A sentence that begins by agreeing is a yes, unless it hedges ("yes, but ...") or contradicts
    itself ("yes / no").

    Args:
        texts: the cells.
        yes, no: the form's own words, beside the usual ones.
    """
    return per_distinct(texts, Agreeing(tuple(yes), tuple(no)).read)


def choices(
    texts: Sequence[str],
    words: Iterable[str],
    translations: Mapping[str, Sequence[str]] | None = None,
) -> list[str]:
    """The table's word, "" or UNCLEAR per text. `word / palabra` counts where both mean one thing.

    Args:
        texts: the cells.
        words: the table's words.
        translations: word → other ways to write it.
    """
    known = {fold(word): word for word in words}
    for word, others in (translations or {}).items():
        known.update({fold(other): word for other in others})

    def read(text: str) -> str:
        if not text.strip():
            return ""
        if found := known.get(fold(text)):
            return found
        parts = {known.get(fold(part), "") for part in re.split(r"[/|\n]", text) if part.strip()}
        return parts.pop() if len(parts) == 1 and "" not in parts else UNCLEAR

    return per_distinct(texts, read)


def split(
    text: str, options: Sequence[str] = (), joined_by: str | None = None
) -> tuple[tuple[str, ...], str]:
    """The ticked answers of a cell, and what among them is none of the options.

    Options may contain the joint: the longest that fits counts, and what remains is one "other"
    answer. Without options a cell is only taken apart where that cannot tear an answer.

    Args:
        text: the cell.
        options: the answers offered.
        joined_by: what joins several; None where it is not known. LISTED in the cell goes first.

    Returns:
        (answers in their order, the "other" ones joined by "; ").
    """
    if not text.strip():
        return (), ""
    if LISTED in text:
        return _one_by_one(text, options)
    if options:
        return _by_options(text, options, joined_by)
    if joined_by == ";":
        return tuple(clean(part) for part in text.split(";") if part.strip()), ""
    return _if_simple(text), ""


def _one_by_one(text: str, options: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Answers that nobody had to join."""
    spelled = {clean(option).casefold(): clean(option) for option in options}
    items = [clean(part) for part in text.split(LISTED) if part.strip()]
    others = [item for item in items if spelled and item.casefold() not in spelled]
    return tuple(spelled.get(item.casefold(), item) for item in items), "; ".join(others)


def _by_options(
    text: str, options: Sequence[str], joined_by: str | None
) -> tuple[tuple[str, ...], str]:
    joint = re.escape((joined_by or "").strip()) or "[,;]"
    longest = sorted({clean(option) for option in options if option.strip()}, key=len, reverse=True)
    spelled = {option.casefold(): option for option in longest}
    either = "|".join(re.escape(option) for option in longest)
    pattern = re.compile(rf"(?:^|(?<={joint})) ?({either}) ?(?={joint}|$)", re.IGNORECASE)
    items: list[str] = []
    others: list[str] = []

    def other(between: str) -> None:
        rest = re.sub(rf"^ ?{joint}|{joint} ?$", "", between).strip()
        if rest:
            items.append(rest)
            others.append(rest)

    end, whole = 0, clean(text)
    for found in pattern.finditer(whole):
        other(whole[end : found.start()])
        items.append(spelled.get(found[1].casefold(), found[1]))
        end = found.end()
    other(whole[end:])
    return tuple(items), "; ".join(others)


def _if_simple(text: str) -> tuple[str, ...]:
    """Taken apart at `, ` where every piece is short and looks like an answer of its own.

    `Health, Housing` is; `Food, water and shelter` and `Systems, links, etc.` may be one option.
    """
    whole = clean(text)
    pieces = [piece.strip() for piece in whole.split(", ")]
    plain_pieces = all(
        piece and len(piece.split()) <= 3 and not _JOINING_WORDS & set(piece.casefold().split())
        for piece in pieces
    )
    alike = len({piece[:1].isupper() for piece in pieces}) == 1
    aside = _ASIDE.search(whole) or ";" in whole or "\n" in text or whole.endswith(".")
    return tuple(pieces) if plain_pieces and alike and not aside else (whole,)
