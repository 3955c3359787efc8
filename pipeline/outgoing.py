"""What a run puts into the outbox, and what it changes there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from config.records import Known, Message, PauseRecord
from config.settings import Settings
from config.words import say
from pipeline import decisions as deciding
from pipeline.changes import in_force
from pipeline.clock import Clock, at, week_name
from pipeline.digesting import digest_facts
from pipeline.due import week_due
from pipeline.hashing import digest
from pipeline.mailmatters import resumed, sent_again, unsubscribed
from pipeline.model import Result
from pipeline.outbox import stopped

DIGEST = "weekly-digest"
_Record = TypeVar("_Record", Message, PauseRecord)


@dataclass(frozen=True)
class Outgoing:
    """The outbox after thinking.

    Attributes:
        messages: all of it, what this run adds and changes included.
        fresh: what this run adds.
        changed: what this run adds or changes, for the store.
        pauses: addresses that this run pauses or lets get mail again.
    """

    messages: tuple[Message, ...] = ()
    fresh: tuple[Message, ...] = ()
    changed: tuple[Message, ...] = ()
    pauses: tuple[PauseRecord, ...] = ()


def outgoing(result: Result, settings: Settings, clock: Clock, stored: Known) -> Outgoing:
    """The outbox as this run leaves it.

    Args:
        result: of the run; `result.known` has the outbox as it was picked up.
        settings: the coalition's.
        clock: the moment of the run.
        stored: what the store holds.
    """
    known = result.known
    active = deciding.active(known.decisions, clock.day)
    changes = in_force(known.changes, clock.day)
    new = unsubscribed(changes, known.pauses)
    pauses = _replaced(known.pauses, (*resumed(known.pauses, active, clock.day), *new))
    queued = _replaced(known.messages, tuple(sent_again(known.messages, active)))
    fresh = digests(result, settings, clock)
    everything = _replaced(queued, fresh)
    everything = _replaced(everything, stopped(everything, pauses, result.growth.mail_paused))
    before = {message.key: message for message in stored.messages}
    return Outgoing(
        everything,
        fresh,
        tuple(m for m in everything if before.get(m.key) != m),
        tuple(p for p in pauses if p not in stored.pauses),
    )


def digests(result: Result, settings: Settings, clock: Clock) -> tuple[Message, ...]:
    """The digests of the week that is due, to those for whom none is queued yet."""
    week = week_due(settings, clock.now)
    about = week_name(week[0])
    queued = {message.key for message in result.known.messages}
    wanted = [
        (digest((person.email.casefold(), DIGEST, about)), person)
        for person in settings.coordinators
    ]
    due = {key: person for key, person in wanted if key not in queued}
    if not due:
        return ()
    from reports.mail import digest_message

    facts = digest_facts(result, settings, week)
    morning = at(clock.now, settings.zone, clock.day).now
    return tuple(
        Message(
            key, person.email, DIGEST, about, f"{about}-{DIGEST}-{key[:6]}.eml",
            digest_message(facts, settings.mail, person.name, person.email, key, morning),
            clock.day, subject=say("Weekly digest of {week}", week=about),
        )
        for key, person in due.items()
    )  # fmt: skip


def with_picked_up(known: Known, picked: Sequence[Message]) -> Known:
    """What the store knows, with mail that a killed run was handing over as it stands now."""
    return replace(known, messages=_replaced(known.messages, picked)) if picked else known


def _replaced(records: Iterable[_Record], others: Iterable[_Record]) -> tuple[_Record, ...]:
    """The records with those of the same identity replaced, in the order of their identity."""
    found: dict[str, _Record] = {_identity(record): record for record in records}
    found |= {_identity(record): record for record in others}
    return tuple(found[identity] for identity in sorted(found))


def _identity(record: Message | PauseRecord) -> str:
    return record.key if isinstance(record, Message) else record.address
