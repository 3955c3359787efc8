"""What a matter says of an answer that was taken back while the word still stands in its cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from config.records import DecisionRecord, MatterRecord
from config.text import fold
from config.words import say
from pipeline.matters import Matter


def retold(
    matters: Sequence[Matter],
    records: Iterable[MatterRecord],
    decisions: Iterable[DecisionRecord],
    today: dt.date,
) -> tuple[Matter, ...]:
    """The matters; where the newest answer was taken back with others, the evidence says so.

    Whoever typed undo into the row itself knows, and is told nothing.
    """
    newest = {d.matter: d for d in sorted(decisions, key=lambda d: d.number) if d.read_on <= today}
    cells = {record.key: fold(record.read[0]) for record in records}
    return tuple(
        _retold(matter, newest[matter.key])
        if matter.key in newest and _back(newest[matter.key], cells.get(matter.key, ""), today)
        else matter
        for matter in matters
    )


def _back(decision: DecisionRecord, cell: str, today: dt.date) -> bool:
    undone = decision.undone_on is not None and decision.undone_on <= today
    return undone and cell == fold(decision.word)


def _retold(matter: Matter, taken: DecisionRecord) -> Matter:
    back = say(
        "Earlier answer “{word}” ({by}, {read_on}) was taken back on {day}; to give it again "
        "change the Note.",
        word=taken.word, by=taken.by or "?", read_on=taken.read_on, day=taken.undone_on,
    )  # fmt: skip
    if matter.answered:
        back += " " + say("“{word}” ({by}, {day}) holds again.", word=matter.answered.word,
                          by=matter.answered.by or "?", day=matter.answered.read_on)  # fmt: skip
    status = "reopened" if matter.open else matter.status
    return replace(matter, status=status, evidence=f"{back} {matter.evidence}".strip())
