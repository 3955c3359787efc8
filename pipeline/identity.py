"""Which sign-on is it? Keys are minted once and found again, whatever happens to the rows."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import pandas as pd

from config.records import SignOnRecord
from config.statement import MAIN
from config.tables import SIGNONS
from config.text import clean, fold
from pipeline.hashing import cell_text, digest

KEY_LENGTH = 12
_NOBODY = frozenset({digest(("", "", "")), digest(("", "")), ""})
"""Marks of rows without time, address and organisation: nothing to recognise anybody by."""
_ONE_TO_ONE = ("person", "sender")
"""Marks that several may share, so that they only tell where one is left on either side."""


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


def identify(frame: pd.DataFrame, known: Sequence[SignOnRecord], today: dt.date) -> Identified:
    """Find each row's key, minting one where the row is new.

    A row is the known sign-on with the same time and answers; else with the same time, address
    and organisation (an answer was corrected); else with the same answers (its time was read in
    another way); else the only one left of the same address and organisation (the form was
    edited, which renews its time); else the only one left of the same time and address (the name
    was put right). Order and place of the rows never matter.
    """
    traces = _traces(frame)
    found = _match(traces, known)
    taken = {record.key for record in known}
    records: dict[int, SignOnRecord] = {}
    for trace in sorted(traces, key=lambda t: (t.base, t.full, t.at)):
        before = found.get(trace.at)
        key = before.key if before else _mint(trace.base, taken)
        taken.add(key)
        records[trace.at] = _record(trace, key, before, today)
    present = {record.key for record in records.values()}
    vanished = tuple(
        record if record.gone_on else replace(record, gone_on=today)
        for record in known
        if record.key not in present
    )
    ordered = tuple(records[at] for at in range(len(frame)))
    keys = pd.Series([record.key for record in ordered], index=frame.index, dtype=object)
    return Identified(keys, ordered, vanished)


def _record(trace: _Trace, key: str, before: SignOnRecord | None, today: dt.date) -> SignOnRecord:
    fresh = before or SignOnRecord(key, "", "", "", "", None, today)
    return replace(
        fresh, base=trace.base, full=trace.full, body=trace.body, person=trace.person,
        received=trace.received, gone_on=None, statement=trace.statement, sender=trace.sender,
    )  # fmt: skip


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
    seconds = [None if pd.isna(t) else int(t.timestamp()) for t in frame["received"]]
    statements = frame["statement"] if "statement" in frame else [MAIN] * len(frame)
    rows = zip(seconds, frame["email"], frame["organisation"], bodies, statements, strict=True)
    return [_trace(at, *row) for at, row in enumerate(rows)]


def _trace(
    at: int, second: int | None, email: str, organisation: str, body: str, statement: str
) -> _Trace:
    time = "" if second is None else str(second)
    address = email.strip().casefold()
    # the same answers to the form of a letter are another sign-on
    letter = () if statement == MAIN else (statement,)
    return _Trace(
        at,
        second,
        base=digest((time, address, clean(organisation), *letter)),
        full=digest((time, body, *letter)),
        body=digest((body, *letter)),
        person=digest((address, fold(organisation), *letter)),
        statement=statement,
        sender=digest((time, address, *letter)) if time and address else "",
    )


def _match(traces: Sequence[_Trace], known: Sequence[SignOnRecord]) -> dict[int, SignOnRecord]:
    """Position → known sign-on, from the surest evidence to the weakest."""
    found: dict[int, SignOnRecord] = {}
    rows = sorted(traces, key=lambda t: (t.received or 0, t.full, t.at))
    records = sorted(known, key=lambda r: (r.gone_on is not None, r.received or 0, r.key))
    for mark in ("full", "base", "body", *_ONE_TO_ONE):
        left = _grouped(records, mark)
        for value, group in _grouped(rows, mark).items():
            others = [] if value in _NOBODY else left.get(value, [])
            if mark in _ONE_TO_ONE and (len(group) > 1 or len(others) > 1):
                continue
            found.update({row.at: record for row, record in zip(group, others, strict=False)})
        used = {record.key for record in found.values()}
        rows = [row for row in rows if row.at not in found]
        records = [record for record in records if record.key not in used]
    return found


_T = TypeVar("_T", _Trace, SignOnRecord)


def _grouped(items: Iterable[_T], mark: str) -> dict[str, list[_T]]:
    groups: dict[str, list[_T]] = defaultdict(list)
    for item in items:
        groups[getattr(item, mark)].append(item)
    return groups
