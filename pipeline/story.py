"""Turns outcomes, decisions and changes into dated facts about organisations."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from config.records import ChangeRecord, DecisionRecord, SignOnRecord
from config.words import say
from pipeline.judging import ACCEPTS, by_organisation, holds
from pipeline.rules.evidence import WITHDRAWALS
from pipeline.standing import Fact, Kind

_BY_CHANGE: Mapping[str, tuple[Kind, str]] = {
    "withdraw": ("withdrawn", "it withdrew"),
    "hide now": ("hidden", "it asked to be hidden"),
    "suspend": ("suspended", "the coalition suspended it"),
    "remove": ("removed", "the coalition removed it"),
}


def facts_of(
    frame: pd.DataFrame,
    vanished: Sequence[SignOnRecord],
    decisions: Sequence[DecisionRecord],
    changes: Sequence[ChangeRecord],
    records: Sequence[SignOnRecord],
    zone: ZoneInfo,
) -> Iterator[Fact]:
    """All dated facts about organisations, in no particular order.

    A decision holds from the day it was first read until it was undone or replaced. A form that
    nobody had to decide on counts from the day it was sent.
    """
    spans = _spans(decisions)
    first_seen = {record.key: record.first_seen for record in records}
    order = {key: at for at, key in enumerate(frame["key"])}
    for home, rows in by_organisation(frame.to_dict("records")).items():
        yield from _of_forms(home, rows, spans, first_seen, order)
    for record in vanished:
        yield from _of_vanished(record, spans, zone)
    yield from _of_listings(spans)
    for change in changes:
        if change.change in _BY_CHANGE:
            kind, because = _BY_CHANGE[change.change]
            told = say("{what} on {day}", what=say(because), day=change.holds_from.isoformat())
            yield Fact(
                change.organisation_id, kind, change.holds_from, told, change.undone_on,
                change.number,
            )  # fmt: skip


Row = Mapping[Hashable, Any]
Span = tuple[DecisionRecord, dt.date | None]


def _spans(decisions: Iterable[DecisionRecord]) -> dict[str, list[Span]]:
    """Matter → its decisions, each with the day on which it stopped to hold."""
    by_matter: dict[str, list[DecisionRecord]] = defaultdict(list)
    for decision in sorted(decisions, key=lambda d: d.number):
        by_matter[decision.matter].append(decision)
    spans: dict[str, list[Span]] = {}
    for matter, given in by_matter.items():
        ends = [*(later.read_on for later in given[1:]), None]
        spans[matter] = [
            (d, min((e for e in (end, d.undone_on) if e), default=None))
            for d, end in zip(given, ends, strict=True)
        ]
    return spans


def _of_forms(
    home: str,
    rows: Sequence[Row],
    spans: Mapping[str, Sequence[Span]],
    first_seen: Mapping[str, dt.date],
    order: Mapping[str, int],
) -> Iterator[Fact]:
    for row in rows:
        key, number = row["key"], order[row["key"]]
        seen = first_seen[key]
        day: dt.date = row["day"].date() if pd.notna(row["day"]) else seen
        if any(code in WITHDRAWALS for code in row["rules"]):
            yield from _leaving(home, row, day, spans.get(key, ()))
        elif row["base"] == "accepted" and row["decision"] == "":
            yield Fact(home, "accepted", day, say("its form of {day}", day=day), None, number)
            yield from _consent(home, row, day, number)
        else:
            yield from _judged(home, row, day, spans.get(key, ()), number)


def _consent(home: str, row: Row, day: dt.date, number: int) -> Iterator[Fact]:
    """Only the form that stands speaks for the organisation; a mere repeat changes nothing."""
    speaks = not row["repeat"] or row["trusted"] or row["decision"] in ACCEPTS
    if row["outcome"] == "accepted" and speaks and row["list_us"] == "yes":
        yield Fact(home, "consent", day, say("the signer allows it"), None, number)


def _judged(
    home: str,
    row: Row,
    day: dt.date,
    given: Sequence[Span],
    number: int,
) -> Iterator[Fact]:
    """A form that somebody had to decide on: pending until then, unless a newer one replaced it."""
    valid = [(d, end) for d, end in given if holds(d, row["facts"])]
    answers = [(d, end) for d, end in valid if d.word in (*ACCEPTS, "not accepted", "withdraw")]
    pending_until = answers[0][0].read_on if answers else None
    if row["base"] == "hold" and row["outcome"] != "superseded":
        yield Fact(home, "held", day, say("a question is open"), pending_until, number)
    for decision, end in answers:
        start = max(day, decision.read_on)
        said = say("{by} decided “{word}” on {day}", by=decision.by or say("a coordinator"),
                   word=decision.word, day=decision.read_on)  # fmt: skip
        if decision.word in ACCEPTS:
            yield Fact(home, "accepted", start, said, end, number)
            yield from _consent(home, row, start, number)
        else:
            kind: Kind = "declined" if decision.word == "not accepted" else "withdrawn"
            yield Fact(home, kind, start, said, end, number)
        if decision.word == "accept and list":
            yield Fact(home, "listed", start, said, end, number)
    for before, after in pairwise(answers):
        gap_from, gap_to = before[1], after[0].read_on
        if gap_from and gap_from < gap_to:
            yield Fact(home, "held", gap_from, say("a question is open"), gap_to, number)
    if answers and answers[-1][1] is not None:
        yield Fact(home, "held", answers[-1][1], say("a question is open"), None, number)


def _leaving(home: str, row: Row, day: dt.date, given: Sequence[Span]) -> Iterator[Fact]:
    """Hidden from the day of the claim until somebody says keep; withdrawn when it is confirmed."""
    if row["base"] == "accepted":
        yield Fact(home, "withdrawn", day, say("its signatory withdrew it on {day}", day=day))
        return
    kept = [d.read_on for d, end in given if d.word in ("keep", "not accepted") and end is None]
    told = say("somebody asked on {day} to withdraw it", day=day)
    yield Fact(home, "hidden", day, told, min(kept, default=None))
    for decision, end in given:
        if decision.word in ("withdraw", *ACCEPTS):
            yield Fact(home, "withdrawn", decision.read_on, say("it withdrew on {day}", day=day),
                       end)  # fmt: skip


def _of_vanished(
    record: SignOnRecord, spans: Mapping[str, Sequence[Span]], zone: ZoneInfo
) -> Iterator[Fact]:
    """A form that is gone keeps its outcome; people may turn that into a withdrawal."""
    home = record.organisation_id
    if not home:
        return
    day: dt.date = record.first_seen
    if record.received is not None:
        day = dt.datetime.fromtimestamp(record.received, zone).date()
    if record.outcome == "accepted":
        yield Fact(home, "accepted", day, say("a form that is no longer in the list"))
        if record.may_list:
            yield Fact(home, "consent", day, say("the signer allowed it"))
    elif record.outcome == "hold":
        yield Fact(home, "held", day, say("a question is open"))
    for matter in (record.key, f"gone:{record.key}"):
        for decision, end in spans.get(matter, ()):
            if decision.word == "withdraw":
                yield Fact(home, "withdrawn", decision.read_on, say("its form is gone"), end)
            if decision.word == "accept and list":
                yield Fact(home, "listed", decision.read_on, say("a coordinator's yes"), end)


def _of_listings(spans: Mapping[str, Sequence[Span]]) -> Iterator[Fact]:
    for matter, given in spans.items():
        if not matter.startswith("list:"):
            continue
        home = matter.removeprefix("list:")
        for decision, end in given:
            kind: Kind = "listed" if decision.word == "list" else "unlisted"
            by = decision.by or say("a coordinator")
            said = say("{by} decided “{word}” on {day}", by=by, word=decision.word,
                       day=decision.read_on)  # fmt: skip
            yield Fact(home, kind, decision.read_on, said, end, decision.number)
