"""What a form of Google shows: the part of it that is the statement, and how it called questions.

A form says much more than the statement: greetings, help, what happens next. What counts is what
resembles a text of the statement, of whatever version.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from config.records import TextRecord
from config.statement import Statement
from pipeline.drift import ASKED, words

RUN = 3
"""So many words in a row make a piece comparable."""
LIKE = 0.5
"""A piece is part of the statement where so many of its runs of words are in it."""


def statement_in(pieces: Sequence[str], statement: Statement, language: str) -> dict[str, str]:
    """Language → what the form shows of the statement in it; none where it shows nothing of it.

    Args:
        pieces: the form's texts in their order.
        statement: in all its versions.
        language: of texts that don't name theirs.
    """
    texts: dict[str, list[str]] = {}
    for version in (*statement.versions, *statement.translations):
        whole = "\n".join((version.body, *(point.text for point in version.points)))
        texts.setdefault(version.language or language, []).append(whole)
    found = {name: _of(pieces, known) for name, known in texts.items()}
    return {name: "\n\n".join(mine) for name, mine in found.items() if mine}


def _of(pieces: Iterable[str], texts: Iterable[str]) -> list[str]:
    known = {run for text in texts for run in _runs(words(text), RUN)}
    return [piece for piece in pieces if _belongs(words(piece), known)]


def _belongs(said: Sequence[str], known: set[tuple[str, ...]]) -> bool:
    if len(said) < RUN:
        return False
    runs = list(_runs(said, RUN))
    return sum(run in known for run in runs) >= LIKE * len(runs)


def _runs(said: Sequence[str], length: int) -> Iterable[tuple[str, ...]]:
    return (tuple(said[i : i + length]) for i in range(len(said) - length + 1))


def titles_seen(records: Sequence[TextRecord], statement: str) -> dict[str, tuple[str, ...]]:
    """Question id → the titles that a statement's forms gave it, the latest first."""
    found: dict[str, dict[str, None]] = {}
    for record in sorted(records, key=lambda r: (r.last_on, r.number), reverse=True):
        kind, _, name = record.place.partition(" ")
        if kind == ASKED and record.statement == statement and record.text:
            found.setdefault(name, {})[record.text] = None
    return {name: tuple(titles) for name, titles in found.items()}


def as_places(titles: Mapping[str, str]) -> dict[str, str]:
    """Question id → title, as places for `drift.observed`."""
    return {f"{ASKED} {name}": title for name, title in titles.items() if title.strip()}
