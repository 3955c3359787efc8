"""Turns outcomes, decisions and changes into dated facts about organisations."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from config.records import ChangeRecord, DecisionRecord, SignOnRecord
from config.statement import Statement
from config.words import say
from pipeline.decisions import active
from pipeline.judging import ACCEPTS, by_organisation, holds, in_time
from pipeline.parties import PARTY, homes_of
from pipeline.renaming import Renamed, outlives, renamed
from pipeline.rules.evidence import is_leaving
from pipeline.standing import Fact, Kind
from pipeline.verdicts import pair_of

_FORM, _DECISION, _CHANGE = range(3)
"""How facts of one day rank."""
_LEAVES = frozenset({"withdraw", *ACCEPTS})
_STAYS = frozenset({"keep", "not accepted"})
_BY_CHANGE: Mapping[str, tuple[Kind, str]] = {
    "withdraw": ("withdrawn", "it withdrew"),
    "hide now": ("hidden", "it was hidden"),
    "suspend": ("suspended", "the coalition suspended it"),
    "remove": ("removed", "the coalition removed it"),
}


def facts_of(
    frame: pd.DataFrame,
    vanished: Sequence[SignOnRecord],
    decisions: Sequence[DecisionRecord],
    changes: Sequence[ChangeRecord],
    records: Sequence[SignOnRecord],
    statement: Statement,
    zone: ZoneInfo,
) -> Iterator[Fact]:
    """All dated facts about organisations, in no particular order.

    A decision holds from the day it was first read until it was undone or replaced. A form that
    nobody had to decide on counts from the day it was sent. One of which nobody knows which
    version it agreed to counts for the version in force when it was accepted.

    Args:
        frame: the forms of one statement, judged.
        vanished: those of them that are no longer in the list.
        decisions, changes: of people.
        records: of the forms that are there.
        statement: which they sign.
        zone: the coalition's.
    """
    spans = _spans(decisions)
    first_seen = {record.key: record.first_seen for record in records}
    found = chain(
        *(_of_forms(home, rows, spans, first_seen)
          for home, rows in by_organisation(in_time(frame)).items()),
        *(_of_vanished(record, spans, zone) for record in vanished),
    )  # fmt: skip
    yield from (_versioned(fact, statement) for fact in found)
    yield from _of_listings(spans, renamed(frame))
    gone = {record.key: record.organisation_id for record in vanished}
    yield from _of_parties(spans, homes_of(frame, gone))
    for change in changes:
        if change.change in _BY_CHANGE:
            kind, because = _BY_CHANGE[change.change]
            told = say("{what} on {day}", what=say(because), day=change.holds_from.isoformat())
            yield Fact(
                change.organisation_id, kind, change.holds_from, told, change.undone_on,
                (_CHANGE, change.number),
            )  # fmt: skip


def _versioned(fact: Fact, statement: Statement) -> Fact:
    if fact.kind != "accepted" or fact.version:
        return fact
    in_force = statement.in_force(fact.start)
    return replace(fact, version=in_force.version) if in_force else fact


def claims_under_other_names(
    frame: pd.DataFrame,
    alike: Iterable[tuple[str, str]],
    decisions: Sequence[DecisionRecord],
) -> Iterator[Fact]:
    """Whoever may be the one that somebody asks to withdraw under another name is hidden, too.

    Args:
        frame: the forms of one statement, judged, with `organisation_id`.
        alike: pairs of organisations of which it is asked whether they are one.
        decisions: of people; that two are not the same ends it, as does a no to the claim.
    """
    claims = {
        home: rows[0] for home, rows in by_organisation(in_time(frame)).items()
        if all(is_leaving(row["rules"]) for row in rows) and pd.notna(rows[0]["day"])
    }  # fmt: skip
    spans = _spans(decisions)
    parted = {
        (one, other): given[0][0].read_on
        for matter, given in spans.items() if matter.startswith("same:")
        for one, other in [pair_of(matter) or ("", "")]
    }  # fmt: skip
    pairs = dict.fromkeys(alike) | parted
    for pair, end in pairs.items():
        for claimed, other in (pair, pair[::-1]):
            if claimed not in claims or other in claims:
                continue
            row = claims[claimed]
            noes = [d.read_on for d, _ in spans.get(row["key"], ()) if d.word in _STAYS]
            day, until = row["day"].date(), min((e for e in (end, *noes) if e), default=None)
            told = say("somebody asked on {day} to withdraw “{name}”, which may be it",
                       day=day, name=row["organisation"])  # fmt: skip
            yield Fact(other, "hidden", day, told, until, (_FORM, 0))


Row = Mapping[Hashable, Any]
Span = tuple[DecisionRecord, dt.date | None]


def _spans(decisions: Iterable[DecisionRecord]) -> dict[str, list[Span]]:
    """Matter → its decisions, each with the day on which it stopped to hold.

    Where newer ones were taken back alone, the one before holds again: it stands there once more,
    read on that day.
    """
    by_matter: dict[str, list[DecisionRecord]] = defaultdict(list)
    for decision in sorted(decisions, key=lambda d: d.number):
        by_matter[decision.matter].append(decision)
    return {matter: list(_course(given)) for matter, given in by_matter.items()}


def _course(given: Sequence[DecisionRecord]) -> Iterator[Span]:
    """When which decision on one matter held at the end of the day, and those that never did."""
    days = sorted({day for d in given for day in (d.read_on, d.undone_on) if day})
    held = [active(given, day).get(given[0].matter) for day in days]
    turns = [(day, now) for day, now, before in zip(days, held, [None, *held], strict=False)
             if now != before]  # fmt: skip
    never = [(d, d.read_on) for d in given if (d.read_on, d) not in turns]
    ends = [*(day for day, _ in turns[1:]), None]
    spans: list[Span] = [(replace(d, read_on=day), end)
                         for (day, d), end in zip(turns, ends, strict=False) if d]  # fmt: skip
    yield from sorted([*never, *spans], key=lambda span: (span[0].read_on, span[0].number))


def _given_on(decision: DecisionRecord, spans: Sequence[Span]) -> dt.date:
    """The day on which a decision was first read, though it may hold again from a later one."""
    return min(d.read_on for d, _ in spans if d.number == decision.number)


def _of_forms(
    home: str,
    rows: Sequence[Row],
    spans: Mapping[str, Sequence[Span]],
    first_seen: Mapping[str, dt.date],
) -> Iterator[Fact]:
    for number, row in enumerate(rows):
        day: dt.date = row["day"].date() if pd.notna(row["day"]) else first_seen[row["key"]]
        given, order = spans.get(row["key"], ()), (_FORM, number)
        if row["confirms"] and row["agreement"] == "no":
            told = say("it objected on {day} to version {version}", day=day,
                       version=row["version"])  # fmt: skip
            final = [d.read_on for d, _ in given if d.word in (*ACCEPTS, "not accepted", "keep")]
            end = min(final, default=None)
            yield Fact(home, "objected", day, told, end, order, row["version"])
        if is_leaving(row["rules"]):
            answers = _answers(given, row["facts"])
            yield from _leaving(home, day, order, row["base"] == "accepted", answers)
        elif row["base"] == "accepted" and row["decision"] == "":
            because = say("its form of {day}", day=day)
            fact = Fact(home, "accepted", day, because, None, order, row["version"])
            yield from _accepted(row, fact)
        else:
            yield from _judged(home, row, day, given, order)


def _accepted(row: Row, fact: Fact) -> Iterator[Fact]:
    """It is accepted; and what it says of listing counts, unless it is a mere repeat."""
    yield fact
    if not row["repeat"] or row["trusted"] or row["decision"] in ACCEPTS:
        kind: Kind = "consent" if row["list_us"] == "yes" else "no consent"
        yield replace(fact, kind=kind, because=say("the signer's answer"), version="")


def _judged(
    home: str, row: Row, day: dt.date, given: Sequence[Span], order: tuple[int, int]
) -> Iterator[Fact]:
    """A form that somebody had to decide on: pending until then, unless a newer one replaced it."""
    valid = [(d, end) for d, end in given if holds(d, row["facts"])]
    answers = [(d, end) for d, end in valid if d.word in (*ACCEPTS, "not accepted", "withdraw")]
    pending_until = answers[0][0].read_on if answers else None
    if row["base"] == "hold" and row["outcome"] != "superseded":
        yield Fact(home, "held", day, say("a question is open"), pending_until, order)
    for decision, end in answers:
        start = max(day, decision.read_on)
        said = say("{by} decided “{word}” on {day}", by=decision.by or say("a coordinator"),
                   word=decision.word, day=_given_on(decision, given))  # fmt: skip
        number = (_DECISION, decision.number)
        fact = Fact(home, "accepted", start, said, end, number, row["version"])
        if decision.word in ACCEPTS and row["confirms"] and row["agreement"] == "no":
            continue  # a no that is accepted confirms nothing
        if decision.word in ACCEPTS:
            yield from _accepted(row, fact)
        else:
            kind: Kind = "declined" if decision.word == "not accepted" else "withdrawn"
            yield replace(fact, kind=kind, version="")
        if decision.word == "accept and list":
            ends = (end, row["renamed_on"] if row["called"] else None)
            until = min(filter(None, ends), default=None)
            yield replace(fact, kind="listed", version="", end=until)
    for start, until in _gaps(answers):
        yield Fact(home, "held", start, say("a question is open"), until, order)


def _gaps(answers: Sequence[Span]) -> Iterator[tuple[dt.date, dt.date | None]]:
    """From the day on which an answer was taken back to the day of the next one."""
    for (_, end), (after, _) in pairwise(answers):
        if end and end < after.read_on:
            yield end, after.read_on
    if answers and answers[-1][1]:
        yield answers[-1][1], None


def _answers(given: Iterable[Span], facts: str) -> list[Span]:
    """Answers to a claim. A yes stays a yes; a no counts only for the claim it was given on."""
    return [
        (d, end) for d, end in given
        if d.word in _LEAVES or (d.word in _STAYS and holds(d, facts))
    ]  # fmt: skip


def _leaving(
    home: str, day: dt.date, order: tuple[int, int], trusted: bool, answers: Sequence[Span]
) -> Iterator[Fact]:
    """Withdrawn by its signatory; else hidden until somebody confirms the claim or refuses it."""
    if trusted:
        told = say("its signatory withdrew it on {day}", day=day)
        yield Fact(home, "withdrawn", day, told, None, order)
        return
    told = say("somebody asked on {day} to withdraw it", day=day)
    until = answers[0][0].read_on if answers else None
    for start, end in ((day, until), *_gaps(answers)):
        yield Fact(home, "hidden", start, told, end, order)
    for decision, end in answers:
        if decision.word in _LEAVES:
            told = say("it withdrew on {day}", day=day)
            order = (_DECISION, decision.number)
            yield Fact(home, "withdrawn", decision.read_on, told, end, order)


def _of_vanished(
    record: SignOnRecord, spans: Mapping[str, Sequence[Span]], zone: ZoneInfo
) -> Iterator[Fact]:
    """A form that is gone keeps its outcome; people may turn that into a withdrawal."""
    home = record.organisation_id
    if not home:
        return
    day = record.first_seen
    if record.received is not None:
        day = dt.datetime.fromtimestamp(record.received, zone).date()
    before, since = spans.get(record.key, ()), spans.get(f"gone:{record.key}", ())
    if is_leaving(record.rules):
        answers = [span for span in (*before, *since) if span[0].word in _LEAVES | _STAYS]
        trusted = record.outcome == "accepted" and not before
        yield from _leaving(home, day, (_FORM, 0), trusted, answers)
        return
    if record.outcome == "accepted":
        told = say("a form that is no longer in the list")
        yield Fact(home, "accepted", day, told, version=record.version)
        kind: Kind = "consent" if record.may_list else "no consent"
        yield Fact(home, kind, day, say("the signer's answer"))
    elif record.outcome == "hold":
        yield Fact(home, "held", day, say("a question is open"))
    for decision, end in (*before, *since):
        order = (_DECISION, decision.number)
        if decision.word == "withdraw":
            yield Fact(home, "withdrawn", decision.read_on, say("its form is gone"), end, order)
        if decision.word == "accept and list":
            yield Fact(home, "listed", decision.read_on, say("a coordinator's yes"), end, order)


def _of_parties(spans: Mapping[str, Sequence[Span]], homes: Mapping[str, str]) -> Iterator[Fact]:
    """Parties and candidates that people took off the list on quiet days."""
    for matter, given in spans.items():
        home = homes.get(matter.rpartition(":")[2], "") if matter.startswith(f"{PARTY}:") else ""
        for decision, end in given if home else ():
            if decision.word == "withdraw":
                said = say("{by} took it off the list on {day}, on quiet days",
                           by=decision.by or say("a coordinator"),
                           day=_given_on(decision, given))  # fmt: skip
                order = (_DECISION, decision.number)
                yield Fact(home, "withdrawn", decision.read_on, said, end, order)


def _of_listings(
    spans: Mapping[str, Sequence[Span]], names: Mapping[str, tuple[Renamed, ...]]
) -> Iterator[Fact]:
    for matter, given in spans.items():
        if not matter.startswith("list:"):
            continue
        home = matter.removeprefix("list:")
        for decision, until in given:
            kind: Kind = "listed" if decision.word == "list" else "unlisted"
            ends = (until, outlives(decision.facts, names.get(home, ())))
            end = min(filter(None, ends), default=None)
            by = decision.by or say("a coordinator")
            said = say("{by} decided “{word}” on {day}", by=by, word=decision.word,
                       day=_given_on(decision, given))  # fmt: skip
            yield Fact(home, kind, decision.read_on, said, end, (_DECISION, decision.number))
