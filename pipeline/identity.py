"""Which sign-on is it? Keys are minted once and found again, whatever happens to the rows."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeVar

import pandas as pd

from config.records import SignOnRecord
from config.statement import MAIN
from config.tables import SIGNONS
from config.text import clean, fold
from pipeline.hashing import cell_text, digest

KEY_LENGTH = 12
NAMELESS: Mapping[str, str] = MappingProxyType({})
_NOBODY = frozenset({digest(("", "", "")), digest(("", "")), ""})
"""Marks of rows without time, address and organisation: nothing to recognise anybody by."""
_ONE_TO_ONE = ("person", "sender")
"""Marks that several may share, so that they only tell where one is left on either side."""
_TURNS = range(1, 6)
"""The other seconds in which a row may have been known: one before, one after, and its edit's."""
_STAGES = (
    ("response", 0), ("full", 0), ("base", 0),
    *((mark, turn) for mark in ("full", "base") for turn in _TURNS),
    ("body", 0), ("person", 0), ("sender", 0), *(("sender", turn) for turn in _TURNS),
)  # fmt: skip
"""What tells that a row is a known sign-on, from the surest to the weakest."""


@dataclass(frozen=True)
class Identified:
    """Keys for the rows that were read.

    Attributes:
        keys: per row of the frame, its key.
        records: one per row, as they shall be remembered (outcomes are filled in later).
        vanished: known sign-ons that the form no longer holds, missed since before or just now.
    """

    keys: pd.Series
    records: tuple[SignOnRecord, ...]
    vanished: tuple[SignOnRecord, ...]


@dataclass(frozen=True)
class _Said:
    """What a row says, apart from its time."""

    address: str
    name: str
    answers: str
    letter: tuple[str, ...]

    def base(self, time: str) -> str:
        return digest((time, self.address, clean(self.name), *self.letter))

    def full(self, time: str) -> str:
        return digest((time, self.answers, *self.letter))

    def sender(self, time: str) -> str:
        return digest((time, self.address, *self.letter)) if time and self.address else ""


@dataclass(frozen=True)
class _Trace:
    """What a row can be recognised by. `at` is its position in the frame."""

    at: int
    received: int | None
    base: str
    full: str
    body: str
    person: str
    statement: str
    sender: str
    response: str
    said: _Said
    others: tuple[int, ...]

    def mark(self, name: str, turn: int) -> str:
        """The mark, with another second where it has one for that turn; "" where it has none."""
        if not turn:
            return str(getattr(self, name))
        if turn > len(self.others):
            return ""
        second = str(self.others[turn - 1])
        if name == "base":
            return self.said.base(second)
        return self.said.full(second) if name == "full" else self.said.sender(second)


def identify(
    frame: pd.DataFrame,
    known: Sequence[SignOnRecord],
    today: dt.date,
    names: Mapping[str, str] = NAMELESS,
) -> Identified:
    """Find each row's key, minting one where the row is new.

    A row is the known sign-on with the same response id; else with the same time and answers;
    else with the same time, address and organisation (an answer was corrected); else with the
    same answers (its time was read in another way); else the only one left of the same address
    and organisation (the form was edited, which renews its time in a sheet); else the only one
    left of the same time and address (the name was put right). Times are the same within a
    second, since sheets and the form's own service don't round alike; the time of its last edit
    counts too. Two that have response ids and not the same one are never the same. Order and
    place of the rows never matter.

    Args:
        frame: the forms, as intake gives them.
        known: the sign-ons of earlier runs.
        today: the coalition's day.
        names: organisation → its name before this run, kept where a sender changes it.
    """
    traces = _traces(frame)
    found = _match(traces, known)
    taken = {record.key for record in known}
    records: dict[int, SignOnRecord] = {}
    for trace in sorted(traces, key=lambda t: (t.base, t.full, t.at)):
        before = found.get(trace.at)
        key = before.key if before else _mint(trace.base, taken)
        taken.add(key)
        records[trace.at] = _record(trace, key, before, today, names)
    present = {record.key for record in records.values()}
    vanished = tuple(
        record if record.gone_on else replace(record, gone_on=today)
        for record in known
        if record.key not in present
    )
    ordered = tuple(records[at] for at in range(len(frame)))
    keys = pd.Series([record.key for record in ordered], index=frame.index, dtype=object)
    return Identified(keys, ordered, vanished)


def _record(
    trace: _Trace,
    key: str,
    before: SignOnRecord | None,
    today: dt.date,
    names: Mapping[str, str],
) -> SignOnRecord:
    fresh = before or SignOnRecord(key, "", "", "", "", None, today)
    if before and (name := _name_before(trace, before, names)):
        earlier = fresh.names or (name,)
        fresh = replace(fresh, names=(*earlier, trace.said.name.strip()), renamed_on=today)
    return replace(
        fresh, base=trace.base, full=trace.full, body=trace.body, person=trace.person,
        received=trace.received, gone_on=None, statement=trace.statement, sender=trace.sender,
        response=trace.response or fresh.response,
    )  # fmt: skip


def _name_before(trace: _Trace, before: SignOnRecord, names: Mapping[str, str]) -> str:
    """The organisation's name before the sender changed it; "" where it says what it said.

    Only a response with an id is its sender's to change; a row of a list is put right by people.
    """
    if not trace.response or trace.response != before.response or trace.person == before.person:
        return ""
    name = names.get(before.organisation_id, "")
    return "" if fold(name) == fold(trace.said.name) and trace.sender != before.sender else name


def _mint(base: str, taken: set[str]) -> str:
    """A new key from what the row is and how often the very same was seen before."""
    occurrence = 0
    while (key := "s-" + digest((base, str(occurrence)), KEY_LENGTH)) in taken:
        occurrence += 1
    return key


def _traces(frame: pd.DataFrame) -> list[_Trace]:
    fields = [n for n in SIGNONS.names if n != "timestamp" and n in frame]
    fields += sorted(c for c in frame.columns if c.startswith("agrees_"))
    bodies = [""] * len(frame)
    for name in fields:
        texts = [cell_text(value) for value in frame[name]]
        bodies = [b + f"{name}={t}\x1e" if t else b for b, t in zip(bodies, texts, strict=True)]
    seconds = [_second(moment) for moment in frame["received"]]
    blank = [""] * len(frame)
    statements = frame["statement"] if "statement" in frame else [MAIN] * len(frame)
    responses = frame.get("response", blank)
    edits = map(_second, frame["edited"]) if "edited" in frame else [None] * len(frame)
    rows = zip(
        seconds, frame["email"], frame["organisation"], bodies, statements, responses, edits,
        strict=True,
    )  # fmt: skip
    return [_trace(at, *row) for at, row in enumerate(rows)]


def _second(moment: pd.Timestamp) -> int | None:
    return None if pd.isna(moment) else int(moment.timestamp())


def _trace(
    at: int, second: int | None, email: str, organisation: str, body: str, statement: str,
    response: str, edited: int | None,
) -> _Trace:  # fmt: skip
    time = "" if second is None else str(second)
    # the same answers to the form of a letter are another sign-on
    letter = () if statement == MAIN else (statement,)
    said = _Said(email.strip().casefold(), organisation, body, letter)
    near = () if second is None else (second - 1, second + 1)
    later = () if second is None or edited is None else (edited, edited - 1, edited + 1)
    return _Trace(
        at,
        second,
        base=said.base(time),
        full=said.full(time),
        body=digest((body, *letter)),
        person=digest((said.address, fold(organisation), *letter)),
        statement=statement,
        sender=said.sender(time),
        response=response,
        said=said,
        others=(*near, *later),
    )


def _match(traces: Sequence[_Trace], known: Sequence[SignOnRecord]) -> dict[int, SignOnRecord]:
    """Position → known sign-on, from the surest evidence to the weakest."""
    found: dict[int, SignOnRecord] = {}
    rows = sorted(traces, key=lambda t: (t.received or 0, t.full, t.at))
    records = sorted(known, key=lambda r: (r.gone_on is not None, r.received or 0, r.key))
    for mark, turn in _STAGES:
        if not rows or not records:
            break
        left = _grouped(records, [getattr(record, mark) for record in records])
        for value, group in _grouped(rows, [row.mark(mark, turn) for row in rows]).items():
            others = [] if value in _NOBODY else left.get(value, [])
            found.update(_paired(group, others, mark))
        used = {record.key for record in found.values()}
        rows = [row for row in rows if row.at not in found]
        records = [record for record in records if record.key not in used]
    return found


def _paired(
    rows: Sequence[_Trace], records: Sequence[SignOnRecord], mark: str
) -> Iterator[tuple[int, SignOnRecord]]:
    """The rows and records of one mark, in their order."""
    left = list(records)
    if mark in _ONE_TO_ONE:
        left = [record for record in left if any(_may_be(row, record) for row in rows)]
        if len(rows) > 1 or len(left) > 1:
            return
    for row in rows:
        place = next((i for i, record in enumerate(left) if _may_be(row, record)), None)
        if place is not None:
            yield row.at, left.pop(place)


def _may_be(row: _Trace, record: SignOnRecord) -> bool:
    return row.response in ("", record.response) or not record.response


_T = TypeVar("_T", _Trace, SignOnRecord)


def _grouped(items: Sequence[_T], marks: Sequence[str]) -> dict[str, list[_T]]:
    groups: dict[str, list[_T]] = defaultdict(list)
    for item, mark in zip(items, marks, strict=True):
        groups[mark].append(item)
    return groups
