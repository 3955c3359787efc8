"""The letters of a run: drafted, and stopped once their reason is gone. Nothing is sent here."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from config.problems import Problem
from config.records import Message
from config.settings import Settings
from config.statement import MAIN
from config.text import shorten
from config.words import say
from pipeline.clock import Clock, at
from pipeline.hashing import digest
from pipeline.judging import Row
from pipeline.mailing.contacts import NEVER, Book, Reader, book_of, contact_faults
from pipeline.mailing.facts import question_facts, receipt_facts
from pipeline.mailing.quiet import DIGEST, QUESTION, RECEIPT, needs_a_yes
from pipeline.mailing.silence import Silence, silence
from pipeline.mailing.wanted import STANDS, Due, due, key_in, leaves
from pipeline.model import Result
from pipeline.outbox import OPEN
from reports.letters import Letter, question, receipt
from reports.mail import Envelope, letter, mailable

TOGETHER = 5
"""From so many drafts of one edition in one run on, they are answered in one row."""
STALE = dt.timedelta(days=60)
"""A receipt to which nobody said yes for so long would puzzle whoever gets it."""
PREVIEW = 200
_LETTERS = (RECEIPT, QUESTION)
_OURS = (*_LETTERS, DIGEST)


@dataclass(frozen=True)
class _Desk:
    """What drafting looks at, worked out once."""

    result: Result
    settings: Settings
    clock: Clock

    @cached_property
    def due(self) -> tuple[Due, ...]:
        return tuple(due(self.result))

    @cached_property
    def book(self) -> Book:
        return book_of(self.result)

    @cached_property
    def silence(self) -> Silence:
        return silence(self.result)

    @cached_property
    def rows(self) -> Mapping[str, Row]:
        """Each form that a letter is about, by its key."""
        keys = {key_in(m.about) for m in self.result.known.messages if m.edition in _LETTERS}
        forms = self.result.every_form
        about = forms.loc[forms["key"].isin(keys)]
        return {str(row["key"]): row for row in about.to_dict("records")}

    def readers(self, one: Due) -> tuple[Reader, ...]:
        """Who gets it, but for those who get no mail."""
        if self.silence.about(one.row):
            return ()
        return tuple(
            reader for reader in self.book.readers(one.row, one.edition)
            if reader.address.casefold() not in self.silence.addresses
        )  # fmt: skip


def drafted(result: Result, settings: Settings, clock: Clock) -> tuple[Message, ...]:
    """The letters that are due and that nobody was written yet.

    Each is a draft with its reason, or waits for its turn where the settings let it go by itself.

    Raises:
        WrongSettings: no mail can come from the sender's address, or go back to it.
    """
    desk = _Desk(result, settings, clock)
    queued = {message.key for message in result.known.messages}
    found: dict[str, Message] = {}
    for one in (*desk.due, *_handed_on(desk)):
        for reader in desk.readers(one):
            key = digest((reader.address.casefold(), one.edition, one.about))
            if key not in queued | found.keys() and mailable(reader.address):
                found[key] = _message(desk, one, reader, key)
    return _batched(found.values())


def stopped(result: Result, settings: Settings, clock: Clock) -> tuple[Message, ...]:
    """Mail that hasn't left and whose reason is gone, with what became of it."""
    waiting = [m for m in result.known.messages if m.edition in _OURS and m.state in OPEN]
    if not waiting:
        return ()
    desk = _Desk(result, settings, clock)
    reasons = (
        (m, _over(desk, m) if m.edition in _LETTERS else _unwanted(settings, m)) for m in waiting
    )
    return tuple(
        replace(message, state="stopped", said=why, next_at=None, content=b"")
        for message, why in reasons
        if why
    )


def faults(result: Result, settings: Settings) -> tuple[Problem, ...]:
    """What keeps letters from going out: addresses that are none, mails that nobody knows.

    A row with such a fault costs its own letter; the rest goes out.
    """
    desk = _Desk(result, settings, result.clock)
    unmailable = (
        fault for one in desk.due for reader in desk.readers(one)
        if not mailable(reader.address) and (fault := _no_address(desk, one, reader))
    )  # fmt: skip
    return tuple(sorted({*contact_faults(result), *unmailable}))


def _no_address(desk: _Desk, one: Due, reader: Reader) -> Problem | None:
    """A contact's address is told of in Contacts; nobody waits for a receipt without an address."""
    if reader.address != str(one.row["email"]).strip():
        return None
    if not reader.address and one.edition == RECEIPT:
        return None
    what = say("No mail can go to this address, so the {edition} for it was set aside.",
               edition=one.edition)  # fmt: skip
    remedy = say("Find out the right address and put it into Contacts, with “{edition}” under "
                 "Which mails.", edition=one.edition)  # fmt: skip
    tab = desk.result.signons.source
    if one.row["statement"] != MAIN:
        tab = desk.settings.forms_of("Sign-ons")[str(one.row["statement"])].source
    return Problem(tab, int(one.row["row"]), say("Email"), what, remedy, shorten(reader.address))


def _handed_on(desk: _Desk) -> Iterator[Due]:
    """Receipts that Contacts took from all their readers, for those whom it names now."""
    about: dict[str, list[Message]] = defaultdict(list)
    for message in desk.result.known.messages:
        if message.edition == RECEIPT:
            about[message.about].append(message)
    for name, those in sorted(about.items()):
        row = desk.rows.get(key_in(name)) if all(_taken(desk, m) for m in those) else None
        if row is None or row["outcome"] not in STANDS or leaves(row):
            continue
        if desk.book.named(row, RECEIPT):
            yield Due(RECEIPT, name, row)


def _taken(desk: _Desk, message: Message) -> bool:
    """Whether it was stopped, or is now, since Contacts names other readers. Not for long."""
    if desk.clock.day - message.queued_on > STALE:
        return False
    said = _over(desk, message) if message.state in OPEN else message.said
    return said in (_not_told(), _reads_no_more())


def _message(desk: _Desk, one: Due, reader: Reader, key: str) -> Message:
    settings, day = desk.settings, desk.clock.day
    words = _words(desk, one, reader)
    why = needs_a_yes(settings, one.edition, reader.address, day)
    morning = at(desk.clock.now, settings.zone, day).now
    envelope = Envelope(
        settings.mail, settings.coalition.name, reader.name, reader.address, words.subject, key,
        morning,
    )  # fmt: skip
    return Message(
        key, reader.address, one.edition, one.about, f"{day}-{one.edition}-{key[:12]}.eml",
        letter(envelope, words.text, words.page), day,
        state="draft" if why else "waiting", batch=key,
        organisation_id=str(one.row["organisation_id"]), subject=words.subject,
        preview=shorten(words.text, PREVIEW), why=why,
    )  # fmt: skip


def _words(desk: _Desk, one: Due, reader: Reader) -> Letter:
    if one.edition == QUESTION:
        return question(question_facts(desk.result, desk.settings, one.row, reader))
    return receipt(receipt_facts(desk.result, desk.settings, one.row, reader))


def _batched(messages: Iterable[Message]) -> tuple[Message, ...]:
    """The messages; many drafts that are alike share a batch."""
    drafts: dict[str, list[str]] = defaultdict(list)
    every = sorted(messages, key=lambda m: m.key)
    for message in every:
        if message.state == "draft":
            drafts[message.edition].append(message.key)
    shared = {
        edition: digest(("batch", edition, *keys))
        for edition, keys in drafts.items() if len(keys) >= TOGETHER
    }  # fmt: skip
    return tuple(_in_batch(message, shared) for message in every)


def _in_batch(message: Message, shared: Mapping[str, str]) -> Message:
    if message.state != "draft" or message.edition not in shared:
        return message
    return replace(message, batch=shared[message.edition])


def _over(desk: _Desk, message: Message) -> str:
    """Why a letter has no reason any more; "" while it has."""
    row = desk.rows.get(key_in(message.about))
    if row is None:
        return say("Its form is in the list no more.")
    if why := desk.silence.about(row):
        return why
    if message.address.casefold() in desk.book.refusing:
        return _not_told()
    if not _still_reads(desk, message, row):
        return _reads_no_more()
    return "".join(_no_reason(desk, message, row))


def _not_told() -> str:
    return say("Contacts says that nothing goes to this address.")


def _reads_no_more() -> str:
    return say("It is no longer among those who get this mail.")


def _still_reads(desk: _Desk, message: Message, row: Row) -> bool:
    """Whether it goes to that address today, too. Whoever sent a form may always have a receipt."""
    to = message.address.casefold()
    if message.edition == RECEIPT and to == str(row["email"]).strip().casefold():
        return True
    return any(r.address.casefold() == to for r in desk.book.readers(row, message.edition))


def _unwanted(settings: Settings, message: Message) -> str:
    """Why a digest has no reader any more; "" while it has."""
    readers = {p.email.casefold() for p in settings.coordinators if p.how_often != NEVER}
    if message.address.casefold() in readers:
        return ""
    return say("weaver.toml names nobody with this address who gets it.")


def _no_reason(desk: _Desk, message: Message, row: Row) -> Iterator[str]:
    wanted: Sequence[Due] = [d for d in desk.due if d.edition == message.edition]
    same = any(one.about == message.about for one in wanted)
    if message.edition == QUESTION and not same:
        yield _answered(row)
    elif message.edition == RECEIPT and row["outcome"] not in STANDS:
        yield say("Its form no longer counts.")
    elif message.edition == RECEIPT and _renewed(wanted, message):
        yield say("It was accepted meanwhile; another receipt says so.")
    elif message.edition == RECEIPT and _stale(message, desk.clock.day):
        yield say("Nobody said yes to it for {n} days.", n=STALE.days)


def _renewed(wanted: Sequence[Due], message: Message) -> bool:
    return any(key_in(d.about) == message.about and d.about != message.about for d in wanted)


def _stale(message: Message, today: dt.date) -> bool:
    return message.state == "draft" and today - message.queued_on > STALE


def _answered(row: Row) -> str:
    if row["outcome"] == "accepted":
        return say("Its form was accepted meanwhile.")
    if row["outcome"] == "hold" and row["decision"]:
        return say("The form was changed; what is asked is another thing now.")
    return say("Nobody wants to ask it any more.")
