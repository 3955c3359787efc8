"""Instructions on one matter that can't both hold: the newest counts, and both rows are named."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from config.problems import Problem
from config.records import ChangeRecord, DecisionRecord
from config.words import say
from pipeline.deciders import Find
from pipeline.verdicts import SAME, WORDS, pair_of

ONE_VALUE = frozenset({"show as", "new signatory", "chapter of", "extend deadline"})
"""An organisation has one of each at a time."""
BARS = frozenset({"suspend", "remove"})
Numbered = tuple[int, ChangeRecord]
REMEDY = (
    "If the newer one is right, delete the other row; if not, add a row with undo for that "
    "organisation."
)


def between_changes(tab: str, standing: Sequence[Numbered], find: Find) -> Iterator[Problem]:
    """Rows of Changes read on one day that contradict each other, while both stand and hold.

    What was announced for a later day is a plan, and contradicts nothing.
    """
    groups: dict[tuple[str, ...], list[Numbered]] = defaultdict(list)
    for number, record in standing:
        if record.undone_on is None and record.holds_from <= record.read_on:
            for subject in _subjects(record, find):
                groups[(record.read_on.isoformat(), *subject)].append((number, record))
    for (_, kind, *_), rows in sorted(groups.items()):
        *older, newest = sorted(rows, key=lambda row: (row[1].holds_from, row[1].number))
        for row in older:
            if _clash(row[1], newest[1]):
                yield _said(tab, row, newest, kind == "leaving")


def _subjects(record: ChangeRecord, find: Find) -> list[tuple[str, ...]]:
    """What the change is about, so that two on one subject may contradict each other."""
    home = find(record.organisation_id)[0] or record.organisation_id
    if record.change.endswith("same as"):
        return [("pair", *sorted((record.organisation_id, record.value)))]
    if record.change in ONE_VALUE:
        return [(record.change, home)]
    return [("leaving", home)] if record.change in BARS | {"withdraw"} else []


def _clash(one: ChangeRecord, other: ChangeRecord) -> bool:
    if one.change in ONE_VALUE:
        return one.value != other.value
    return one.change != other.change and not {one.change, other.change} <= BARS


def _said(tab: str, older: Numbered, newer: Numbered, leaving: bool) -> Problem:
    (row, one), (other, two) = older, newer
    what = say(
        "Rows {row} (“{one}”) and {other} (“{two}”) can't both hold.",
        row=row, other=other, one=one.change, two=two.change,
    )  # fmt: skip
    if leaving:
        barred = row if one.change in BARS else other
        what += " " + say("What the coalition decided outlasts the rest: row {row} counts.",
                          row=barred)  # fmt: skip
    else:
        what += " " + say("The newest counts: row {row}.", row=other)
    return Problem(tab, row, "Change", what, say(REMEDY), one.change)


def with_to_decide(
    tabs: tuple[str, str],
    standing: Sequence[Numbered],
    rows: Mapping[str, int],
    active: Mapping[str, DecisionRecord],
    today: dt.date,
) -> Iterator[Problem]:
    """An answer in To decide and a row of Changes about one pair that say the opposite.

    Args:
        tabs: what the coalition calls To decide and Changes.
        standing: the rows of Changes that were obeyed.
        rows: a matter's key → its row in To decide.
        active: a matter's key → the decision that holds.
        today: the coalition's day.
    """
    asked = {frozenset(pair): d for key, d in active.items()
             if key in rows and (pair := pair_of(key))}  # fmt: skip
    for number, record in standing:
        decision = asked.get(frozenset({record.organisation_id, record.value}))
        if decision is None or record.change not in WORDS:
            continue
        holds = record.undone_on is None and record.holds_from <= today
        # a chapter isn't the same as its parent either
        if holds and (WORDS[record.change] == SAME) != (decision.word == SAME):
            yield _told(tabs, (number, record), rows[decision.matter], decision)


def _told(tabs: tuple[str, str], change: Numbered, row: int, decision: DecisionRecord) -> Problem:
    number, record = change
    newest = tabs[1] if record.holds_from >= decision.read_on else tabs[0]
    what = say(
        "Row {row} here (“{word}”) and row {number} of {changes} (“{change}”) can't both hold. "
        "The newest counts: the one in {newest}.",
        row=row, word=decision.word, number=number, changes=tabs[1], change=record.change,
        newest=newest,
    )  # fmt: skip
    remedy = say("Pick the word here that is right; for the row of {changes}, add a row with undo "
                 "there.", changes=tabs[1])  # fmt: skip
    return Problem(tabs[0], row, "Decision", what, remedy, decision.word)
