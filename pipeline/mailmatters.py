"""Mail of which people decide: one that may have arrived, and an address that gets none."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from config.base import is_address
from config.records import ChangeRecord, DecisionRecord, Message, PauseRecord
from config.words import count, say
from pipeline.changes import in_force
from pipeline.hashing import digest
from pipeline.judging import holds

SEND = "send"
PAUSE = "pause mail"


@dataclass(frozen=True)
class Asked:
    """What is asked about mail, before it is dated. `facts` is what the question rests on."""

    key: str
    kind: str
    who: str
    facts: str
    what: str
    why: str
    evidence: str
    suggestion: str
    nothing: str


def questions(messages: Sequence[Message], pauses: Sequence[PauseRecord]) -> Iterator[Asked]:
    """A question for each mail that may have arrived, and for each paused address."""
    for message in messages:
        if message.state == "unknown":
            yield Asked(
                _mail_key(message), "mail", message.address, _mail_facts(message),
                say("A mail that may have arrived"),
                say("The connection broke off so late that nobody knows whether this mail has "
                    "arrived. Send sends it again, keep leaves it."),
                say("{subject}; tried on {day}: {said}", subject=message.subject or message.file,
                    day=message.queued_on, said=message.said),
                "keep", say("It isn't sent again."),
            )  # fmt: skip
    for pause in pauses:
        if pause.resumed_on is None:
            held = sum(m.address.casefold() == pause.address for m in messages
                       if m.state == "stopped")  # fmt: skip
            yield Asked(
                _pause_key(pause), "address", pause.address, _pause_facts(pause),
                say("An address that gets no mail"),
                say("No mail goes to this address. Keep leaves it so; send lets later mail go to "
                    "it again."),
                pause.why + (" " + count(held, "{n} mail was stopped.", "{n} mails were stopped.")
                             if held else ""),
                "keep", say("The address gets no mail."),
            )  # fmt: skip


def sent_again(
    messages: Sequence[Message], decisions: Mapping[str, DecisionRecord]
) -> Iterator[Message]:
    """Mail that may have arrived and that somebody said to send again."""
    for message in messages:
        said = decisions.get(_mail_key(message))
        if message.state != "unknown" or said is None or said.word != SEND:
            continue
        if holds(said, _mail_facts(message)):
            yield replace(message, state="waiting", next_at=None)


def resumed(
    pauses: Sequence[PauseRecord], decisions: Mapping[str, DecisionRecord], today: dt.date
) -> Iterator[PauseRecord]:
    """Addresses to which mail may go again since somebody said so."""
    for pause in pauses:
        said = decisions.get(_pause_key(pause))
        if pause.resumed_on is not None or said is None or said.word != SEND:
            continue
        if holds(said, _pause_facts(pause)):
            yield replace(pause, resumed_on=today)


def unsubscribed(
    changes: Sequence[ChangeRecord],
    pauses: Sequence[PauseRecord],
    today: dt.date,
    read: Collection[str],
) -> Iterator[PauseRecord]:
    """Addresses for which Changes asks that mail stops.

    A row that is new always stops it; one of an earlier run doesn't once somebody let mail go
    again after it.

    Args:
        changes: all that were ever obeyed.
        pauses: as they are once today's words were obeyed.
        today: the coalition's day.
        read: ids of changes that earlier runs have obeyed.
    """
    known = {pause.address: pause for pause in pauses}
    asked = Counter[str]()
    for change in in_force(changes, today):
        address = change.value.strip().casefold()
        if change.change != PAUSE or not is_address(address):
            continue
        asked[address] += 1
        before, since = known.get(address), max(change.holds_from, change.read_on)
        again = before and before.resumed_on and (
            change.id not in read or before.resumed_on < since
        )  # fmt: skip
        if before is None or again:
            yield PauseRecord(address, since, _asked_by(change, asked[address]))


def taken_back(
    changes: Sequence[ChangeRecord], pauses: Sequence[PauseRecord], today: dt.date
) -> Iterator[PauseRecord]:
    """Addresses that were paused by rows of Changes, all of which were taken back."""
    holding = {c.value.strip().casefold() for c in in_force(changes, today) if c.change == PAUSE}
    asked = [change for change in changes if change.change == PAUSE]
    words = {_asked_by(change, n) for change in asked for n in range(1, len(asked) + 1)}
    for pause in pauses:
        if pause.resumed_on is None and pause.why in words and pause.address not in holding:
            yield replace(pause, resumed_on=today)


def _asked_by(change: ChangeRecord, times: int) -> str:
    """Each time in other words, so that no answer to an earlier one counts."""
    by = change.by or "?"
    if times == 1:
        return say("Asked for in Changes by {by}.", by=by)
    return say("Asked for in Changes by {by}, in {n} rows by now.", by=by, n=times)


def past_undo(
    matter: str, messages: Iterable[Message], pauses: Iterable[PauseRecord]
) -> tuple[str, str] | None:
    """What became of a matter that undo can't reach any more, and what can still be done."""
    message = next((m for m in messages if _mail_key(m) == matter), None)
    if message is not None and message.state != "unknown":
        return _became(message)
    pause = next((p for p in pauses if _pause_key(p) == matter), None)
    if pause is None or pause.resumed_on is None:
        return None
    return (say("Mail goes to this address again since {day}.", day=pause.resumed_on),
            say("Clear the cell. To stop it again, write a row into Changes with “pause mail” and "
                "the address."))  # fmt: skip


def _became(message: Message) -> tuple[str, str]:
    if message.state == "waiting":
        return (say("The mail is about to be sent again, as somebody said."),
                say("Clear the cell. To stop it, write a row into Changes with “pause mail” and "
                    "the address."))  # fmt: skip
    if message.state in ("sent", "sending"):
        return (say("The mail was sent again, as somebody said; nothing can call it back."),
                say("Clear the cell."))  # fmt: skip
    return say("The mail was not sent again: {said}", said=message.said), say("Clear the cell.")


def _mail_key(message: Message) -> str:
    return f"mail:{message.key[:16]}"


def _mail_facts(message: Message) -> str:
    return digest((message.key, str(message.attempts)))


def _pause_key(pause: PauseRecord) -> str:
    return f"address:{digest((pause.address,))}"


def _pause_facts(pause: PauseRecord) -> str:
    return digest((pause.address, pause.since.isoformat(), pause.why))
