"""What a run puts into the outbox, and what it changes there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from config.problems import Problem
from config.raw import RawTable
from config.records import Known, Message, PauseRecord
from config.settings import Settings
from config.words import say
from pipeline import decisions as deciding
from pipeline.clock import Clock, at, week_name
from pipeline.digesting import digest_facts
from pipeline.due import week_due
from pipeline.hashing import cell_text, digest
from pipeline.mailing.drafting import drafted
from pipeline.mailing.drafting import stopped as letters_over
from pipeline.mailing.quiet import DIGEST, released, waits_for
from pipeline.mailing.terminal import confirmed
from pipeline.mailing.waiting import answered, waiting_rows
from pipeline.mailmatters import resumed, sent_again, taken_back, unsubscribed
from pipeline.model import Result
from pipeline.outbox import OPEN, held_up, stopped
from reports.facts import Rows

WEEKLY = "weekly"
_Record = TypeVar("_Record", Message, PauseRecord)


@dataclass(frozen=True)
class Outgoing:
    """The outbox after thinking.

    Attributes:
        messages: all of it, what this run adds and changes included.
        fresh: what this run adds.
        changed: what this run adds or changes, for the store.
        pauses: addresses that this run pauses or lets get mail again.
        rows: of the tab Mail waiting.
        untouched: that tab has lost a column, so it isn't written.
        problems: words in it that can't be obeyed, and why mail was put off again and again.
        held: until when an edition waits today whatever people say; "" where it doesn't.
    """

    messages: tuple[Message, ...] = ()
    fresh: tuple[Message, ...] = ()
    changed: tuple[Message, ...] = ()
    pauses: tuple[PauseRecord, ...] = ()
    rows: Rows = ()
    problems: tuple[Problem, ...] = ()
    held: Callable[[str], str] = lambda _: ""
    untouched: bool = False


@dataclass(frozen=True)
class Desk:
    """What the outbox is filled from.

    Attributes:
        result: of the run; `result.known` has the outbox as it was picked up.
        settings: the coalition's.
        clock: the moment of the run.
        stored: what the store holds.
        tab: Mail waiting as it stands; None where there is none.
        confirmed: keys of drafts to which somebody said send at a terminal, or "all".
    """

    result: Result
    settings: Settings
    clock: Clock
    stored: Known
    tab: RawTable | None = None
    confirmed: Sequence[str] = ()


def outgoing(desk: Desk) -> Outgoing:
    """The outbox as this run leaves it: answers first, then what is new, then what is stopped.

    Raises:
        WrongUsage: what was said at a terminal can't be obeyed.
        WrongSettings: no mail can come from the sender's address, or go back to it.
    """
    result, settings, clock, known = desk.result, desk.settings, desk.clock, desk.result.known
    active = deciding.active(known.decisions, clock.day)
    pauses = _replaced(known.pauses, resumed(known.pauses, active, clock.day))
    pauses = _replaced(pauses, taken_back(known.changes, pauses, clock.day))
    read = {change.id for change in desk.stored.changes}
    pauses = _replaced(pauses, unsubscribed(known.changes, pauses, clock.day, read))
    held = _held(settings, clock)
    answers = answered(desk.tab, known.messages, held)
    queued = _replaced(known.messages, sent_again(known.messages, active))
    queued = _replaced(queued, answers.messages)
    queued = _replaced(queued, released(queued, settings, clock.day))
    told = replace(result, known=replace(known, messages=queued, pauses=pauses))
    queued = _replaced(queued, letters_over(told, settings, clock))
    letters = drafted(told, settings, clock)
    queued = _replaced(queued, letters)
    queued = _replaced(queued, confirmed(queued, desk.confirmed, held))
    everything = _replaced(queued, digests(_with(told, queued), settings, clock))
    everything = _replaced(everything, stopped(everything, pauses, result.growth.mail_paused))
    everything = _replaced(everything, _as_of_now(desk, everything))
    before = {message.key: message for message in desk.stored.messages}
    shown = _paused if result.growth.mail_paused else held
    return Outgoing(
        everything,
        tuple(m for m in everything if m.key not in before),
        tuple(m for m in everything if before.get(m.key) != m),
        tuple(p for p in pauses if p not in desk.stored.pauses),
        tuple(waiting_rows(everything, _standing(desk.tab), shown, answers.later, answers.moved)),
        (*answers.problems, *held_up(everything)),
        held,
        answers.lost,
    )


def _as_of_now(desk: Desk, messages: Iterable[Message]) -> Iterator[Message]:
    """Mail that waited, as it leaves by today's settings; drafts with a yes are mail of today."""
    from reports.mail import readdressed

    settings, clock = desk.settings, desk.clock
    morning = at(clock.now, settings.zone, clock.day).now
    before = {message.key: message.state for message in desk.stored.messages}
    for message in messages:
        if message.state in OPEN and message.key in before:
            new = message.state == "waiting" and before[message.key] == "draft"
            content = readdressed(message.content, settings.mail, settings.coalition.name,
                                  message.key, morning if new else None)  # fmt: skip
            day = clock.day if new else message.queued_on
            yield replace(message, content=content, queued_on=day)


def _with(result: Result, messages: tuple[Message, ...]) -> Result:
    return replace(result, known=replace(result.known, messages=messages))


def _held(settings: Settings, clock: Clock) -> Callable[[str], str]:
    return lambda edition: waits_for(settings, edition, clock.day)


def _paused(_: str) -> str:
    return say("waits while Start says that all mail is paused")


def _standing(tab: RawTable | None) -> frozenset[str]:
    if tab is None or "Key" not in tab.header:
        return frozenset()
    at = tab.header.index("Key")
    return frozenset(cell_text(row[at]) for row in tab.rows)


def digests(result: Result, settings: Settings, clock: Clock) -> tuple[Message, ...]:
    """The digests of the week that is due, to those for whom none is queued yet."""
    week = week_due(settings, clock.now)
    about = week_name(week[0])
    queued = {message.key for message in result.known.messages}
    wanted = [
        (digest((person.email.casefold(), DIGEST, about)), person)
        for person in settings.coordinators
        if person.how_often == WEEKLY
    ]
    due = {key: person for key, person in wanted if key not in queued}
    if not due:
        return ()
    from reports.mail import digest_message

    facts = digest_facts(result, settings, week)
    morning = at(clock.now, settings.zone, clock.day).now
    return tuple(
        Message(
            key, person.email, DIGEST, about, f"{about}-{DIGEST}-{key[:12]}.eml",
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
