"""What To decide and Changes say of pairs of organisations, as keys of their first sign-ons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from config.records import ChangeRecord, DecisionRecord, Known
from pipeline.word import Verdicts

SAME, DIFFERENT, PART = "same", "not the same", "chapter of"
PAIR_MATTERS = ("same:", "part:")
"""How keys of matters about two organisations begin: two ids, or keys of forms, follow."""
WORDS = {"same as": SAME, "not the same as": DIFFERENT, "chapter of": PART}
"""Change → the word that it says of a pair."""


@dataclass(frozen=True, order=True)
class _Said:
    day: dt.date
    source: int
    number: int
    word: str
    pair: tuple[str, str]


def verdicts(
    active: Mapping[str, DecisionRecord], changes: Iterable[ChangeRecord], known: Known
) -> Verdicts:
    """People's word that holds; of several words on one pair the newest counts."""
    first = {record.id: record.first_key for record in known.organisations}
    said = sorted(_said(active.values(), changes, first))
    newest = {each.pair: each for each in said}
    pairs = dict.fromkeys(each.pair for each in said)
    ever = _said(known.decisions, known.changes, first)
    of = {word: tuple(pair for pair in pairs if newest[pair].word == word)
          for word in (SAME, DIFFERENT, PART)}  # fmt: skip
    return Verdicts(
        of[SAME], of[DIFFERENT], of[PART],
        {pair: newest[pair].day for pair in (*of[DIFFERENT], *of[PART])},
        frozenset(key for each in ever for key in each.pair),
    )  # fmt: skip


def pair_of(matter: str) -> tuple[str, str] | None:
    """The two that a matter of To decide is about; None of any other."""
    if not matter.startswith(PAIR_MATTERS):
        return None
    _, one, other = matter.split(":")
    return one, other


def parts_said(decisions: Iterable[DecisionRecord]) -> list[ChangeRecord]:
    """Each “chapter of” in To decide as the change that says the same."""
    return [
        ChangeRecord(f"d-{d.number}", d.read_on, d.read_on, pair[0], PART, pair[1], d.by,
                     d.undone_on)
        for d in decisions if d.word == PART and (pair := pair_of(d.matter))
    ]  # fmt: skip


def _said(
    decisions: Iterable[DecisionRecord],
    changes: Iterable[ChangeRecord],
    first: Mapping[str, str],
) -> Iterator[_Said]:
    for d in decisions:
        pair = pair_of(d.matter)
        if pair and d.word in (SAME, DIFFERENT, PART):
            for keys in _keys((pair,), first):
                yield _Said(d.read_on, 0, d.number, d.word, keys)
    for c in changes:
        if c.change not in WORDS:
            continue
        values = c.value.split()
        for keys in _keys([(c.organisation_id, value) for value in values], first):
            yield _Said(c.holds_from, 1, c.number, WORDS[c.change], keys)
        # several forms were named as one other organisation
        for keys in _keys([(values[0], value) for value in values[1:]], first):
            yield _Said(c.holds_from, 1, c.number, SAME, keys)


def _keys(pairs: Sequence[tuple[str, str]], first: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs of ids, or of forms, as pairs of keys; without those that nobody knows."""
    for pair in pairs:
        one, other = sorted(first.get(end, end if end.startswith("s-") else "") for end in pair)
        if one and one != other:
            yield one, other
