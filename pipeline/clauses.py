"""The clauses of a draft beside those in force: what changes, and what was said about each."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from config.feedback import ABOUT_ALL, LEADING, WHOLE
from config.statement import Statement, Version
from config.text import fold
from config.words import say
from pipeline.drift import difference

_ALL = frozenset(map(fold, ABOUT_ALL))
_LEADING = frozenset(map(fold, LEADING))
_BEGINS = re.compile(r"\s*([A-Za-z0-9_-]{1,20})\s*[.:)–—]\s*\S")
Change = tuple[str, str, str, str]


@dataclass(frozen=True)
class Wordings:
    """By which words a statement's clauses are meant; folded text → id.

    Attributes:
        ids: of every version.
        texts: questions and texts of every version and language, the newest counts.
    """

    ids: Mapping[str, str]
    texts: Mapping[str, str]

    def clause(self, text: str) -> tuple[str, bool]:
        """(the clause that is meant, True), or (what was typed, False) where none is known.

        A clause is meant by its id, its question or text, or by words with which only one of them
        begins.
        """
        folded = fold(text)
        if not folded or folded in _ALL:
            return WHOLE, True
        words = folded.split()
        bare = " ".join(words[1:] if len(words) > 1 and words[0] in _LEADING else words)
        begins = _BEGINS.match(text)
        first = fold(begins[1]) if begins else ""
        if found := self.ids.get(folded) or self.texts.get(folded) or self.ids.get(bare):
            return found, True
        near = {name for each, name in self.texts.items() if each.startswith(f"{folded} ")}
        if first in self.ids or (len(near) == 1 and len(words) > 1):
            return self.ids.get(first) or near.pop(), True
        return text.strip(), False


def wordings_of(statement: Statement) -> Wordings:
    """The words of all its versions and translations."""
    versions = (*statement.adopted, *statement.drafts)
    texts = [text for version in versions for text in statement.texts_of(version.version)]
    points = [point for text in texts for point in text.points]
    return Wordings(
        {fold(point.id): point.id for point in points},
        {fold(w): p.id for p in points for w in (p.question, p.text, p.field) if w},
    )


def changes(statement: Statement, draft: Version, day: dt.date) -> Iterator[Change]:
    """Per clause of the draft and of the version in force, the whole text last.

    Yields:
        (clause, text in force, text in the draft, what changes).
    """
    in_force = statement.in_force(day)
    before = {p.id: p.text for p in in_force.points} if in_force else {}
    after = {p.id: p.text for p in draft.points}
    for name in (*after, *(name for name in before if name not in after)):
        old, new = before.get(name, ""), after.get(name, "")
        yield name, old, new, what_changes(old, new)
    old = in_force.body if in_force else ""
    yield WHOLE, old, draft.body, what_changes(old, draft.body)


def what_changes(before: str, after: str) -> str:
    """The words that differ; or that the clause is new, dropped or unchanged."""
    if before.split() == after.split():
        return say("unchanged")
    if not before or not after:
        return say("dropped") if before else say("new")
    return difference(before, after) or say("only case, punctuation or layout")


def counted(names: Sequence[str]) -> str:
    """ "P1 (2), whole text (1)", in the order in which they first appear."""
    return ", ".join(f"{name} ({n})" for name, n in Counter(names).items())
