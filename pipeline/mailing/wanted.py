"""Which letters are due: a receipt for a new sign-on, a question where somebody said so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from pipeline.hashing import digest
from pipeline.judging import Row, in_time
from pipeline.mailing.quiet import QUESTION, RECEIPT
from pipeline.model import Result
from pipeline.outbox import OPEN
from pipeline.rules.evidence import is_leaving
from reports.mail import mailable

ASK = "ask them"
RECENT = dt.timedelta(days=14)
"""A receipt for a form that is older would puzzle whoever gets it."""
_ACCEPTED = "accepted"
STANDS = ("accepted", "hold")
_UNSEEN = ("", "test")
_NOT_TOLD = (*_UNSEEN, "hold")
"""Outcomes before this run after which a receipt may be due."""


@dataclass(frozen=True)
class Due:
    """A letter that is due. `about` is what it is about in the outbox's key."""

    edition: str
    about: str
    row: Row


def key_in(about: str) -> str:
    """The key of the sign-on that a letter is about."""
    return about.partition(" ")[0]


def due(result: Result) -> Iterator[Due]:
    """All letters that are due today, in the order in which their forms came."""
    unwritten = _unwritten(result)
    before = {r.key: r.outcome for r in result.known.signons if r.key not in unwritten}
    told = [key for key, outcome in before.items() if outcome not in _NOT_TOLD]
    forms = result.every_form
    new = ~forms["key"].isin(told) & (not is_first_run(result))
    rows = in_time(forms.loc[new | (forms["decision"] == ASK)])
    if not is_first_run(result):
        yield from _receipts(result, rows, before)
    yield from _questions(rows)


def is_first_run(result: Result) -> bool:
    """Whether the store saw nothing yet: a list that is there already isn't mailed."""
    return not result.known.signons and not result.known.runs


def _questions(rows: list[Row]) -> Iterator[Due]:
    """A question for each form that somebody wants to ask about; another once its facts change."""
    for row in rows:
        if row["decision"] == ASK and row["outcome"] == "hold" and not leaves(row):
            facts = digest((str(row["facts"]),), 8)
            yield Due(QUESTION, f"{row['key']} {facts}", row)


def _receipts(result: Result, rows: list[Row], before: Mapping[str, str]) -> Iterator[Due]:
    """One for each form that is seen for the first time.

    A receipt that hasn't left when the form is accepted is told anew.
    """
    unsent = {m.about for m in result.known.messages if m.edition == RECEIPT and m.state in OPEN}
    for row in rows:
        if row["outcome"] not in STANDS or leaves(row) or row["by_hand"]:
            continue
        was = before.get(row["key"], "")
        if was in _UNSEEN and _recent(row, result.today):
            yield Due(RECEIPT, str(row["key"]), row)
        elif was == "hold" and row["outcome"] == _ACCEPTED and row["key"] in unsent:
            yield Due(RECEIPT, f"{row['key']} {_ACCEPTED}", row)


def _unwritten(result: Result) -> frozenset[str]:
    """Forms that came with an address that is none, and about which nobody has had a receipt.

    Theirs is due until somebody puts the right address into Contacts. What was there at the first
    run isn't among them.
    """
    seen = result.known.signons
    written = {key_in(m.about) for m in result.known.messages if m.edition == RECEIPT}
    began = min((record.first_seen for record in seen), default=result.today)
    earliest = max(began + dt.timedelta(days=1), result.today - RECENT)
    since = {record.key for record in seen if record.first_seen >= earliest} - written
    forms = result.every_form
    addresses = forms.loc[forms["key"].isin(since), ["key", "email"]].itertuples(index=False)
    return frozenset(key for key, to in addresses if to.strip() and not mailable(to.strip()))


def leaves(row: Row) -> bool:
    """Whether the form asks to withdraw, or looks like it."""
    return row["request"] == "withdraw" or is_leaving(row["rules"])


def _recent(row: Row, today: dt.date) -> bool:
    return bool(pd.isna(row["day"])) or today - row["day"].date() <= RECENT
