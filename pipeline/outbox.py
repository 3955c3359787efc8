"""The outbox's rules: which mail may leave now, what becomes of it, and when to look again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from config.post import Mail
from config.problems import Problem
from config.records import Message, PauseRecord
from config.text import shorten
from config.words import say
from pipeline.clock import Clock

MINUTES = (5, 15, 45, 120, 360, 1440)
"""How long to wait after the first, second, ... attempt that was put off; the last one repeats."""
PATIENCE = dt.timedelta(days=5)
"""So long a mail is tried again, as mail servers do among themselves (RFC 5321, 4.5.4.1)."""
TRIES = 10
"""And so often at least: mail may have waited for days before its first attempt."""
FREE, WORKSPACE = 450, 1900
"""Mails of a day that leave room below Gmail's limits of 500 and, with Workspace, 2,000."""
OWN = "own"
"""State of a draft on its way to whoever wants to send it themselves."""
REPEATABLE = "repeatable"
"""Noted with mail that is being handed over, where doing so again changes nothing."""
OPEN = ("draft", "waiting", OWN)
"""States of mail that has not been handed over."""
OFTEN = 3
"""After so many attempts that were put off people are told."""
_SHOWN = 300
_GOOGLE = ("smtp.gmail.com", "smtp-relay.gmail.com")
_FREE_DOMAINS = ("gmail.com", "googlemail.com")
_NOT_THE_ADDRESS = ("5.7.", "5.3.4", "552")
"""Refusals that are about the sender or the mail, not about who gets it (RFC 3463)."""


@dataclass(frozen=True)
class Day:
    """The coalition's day as UTC seconds: from `begin` until before `end`."""

    begin: int
    end: int


def day_of(clock: Clock, zone: ZoneInfo) -> Day:
    """The day of the clock. Where clocks change it has another length than 24 hours."""
    first, after = (
        int(dt.datetime.combine(day, dt.time(), zone).timestamp())
        for day in (clock.day, clock.day + dt.timedelta(days=1))
    )
    return Day(first, after)


@dataclass(frozen=True)
class Turn:
    """What may leave in this run.

    Attributes:
        go: in the order in which it goes: coordinators first, then the oldest.
        again: the UTC second from which on what had to stay may go; None where nothing waits.
        why: what holds the others, in words; "" where nothing does.
    """

    go: tuple[Message, ...] = ()
    again: int | None = None
    why: str = ""


@dataclass(frozen=True)
class Posted:
    """What came of handing mail over.

    Attributes:
        sent: those that were taken.
        failed: a line for each that was not, with what the server said.
        ended: how many of these won't be tried again.
        tell: the tabs have something to say of it, as soon as they are written again.
        again: the UTC second from which on waiting mail may be tried; None where none waits.
        why: what holds mail that wasn't handed over, in words; "" where nothing does.
    """

    sent: tuple[Message, ...] = ()
    failed: tuple[str, ...] = ()
    ended: int = 0
    tell: bool = False
    again: int | None = None
    why: str = ""


def picked_up(messages: Iterable[Message]) -> tuple[Message, ...]:
    """Those that were being handed over when a run was killed, as they stand now.

    Whether that may be repeated was noted then: meanwhile mail may leave by another way.
    """
    return tuple(
        replace(m, state="waiting", attempts=m.attempts - 1, said="") if m.said == REPEATABLE
        else replace(m, state="unknown", said=say("The run ended before the server answered."))
        for m in messages if m.state == "sending"
    )  # fmt: skip


def in_turn(
    messages: Sequence[Message],
    mail: Mail,
    clock: Clock,
    day: Day,
    still_until: int | None,
    held: Callable[[str], str] = lambda _: "",
) -> Turn:
    """What may leave now.

    Args:
        messages: all that the store knows.
        mail: the caps.
        clock: the moment of the run.
        day: the coalition's.
        still_until: the UTC second at which quiet hours end; None outside of them.
        held: why an edition waits on quiet days; "" where it doesn't. Another day has a whole run.
    """
    waiting = [m for m in messages if m.state == "waiting" and not held(m.edition)]
    if not waiting:
        return Turn()
    now = int(clock.now.timestamp())
    if still_until is not None:
        return Turn(again=still_until, why=say("quiet hours"))
    ready = sorted((m for m in waiting if (m.next_at or 0) <= now), key=_order)
    left = daily(mail) - sum(_left_on(m, day) for m in messages)
    go = ready[: max(0, min(mail.per_run, left))]
    later = [m.next_at for m in waiting if m.next_at is not None and m.next_at > now]
    if len(go) == len(ready):
        return Turn(tuple(go), min(later, default=None))
    if left <= mail.per_run:
        return Turn(tuple(go), day.end, say("the most mails of one day"))
    return Turn(tuple(go), now, say("the most mails of one run"))


def daily(mail: Mail) -> int:
    """The most mails of one day, within what Gmail allows."""
    if mail.by == "gmail" or mail.host.casefold() in _GOOGLE:
        free = mail.sender.rpartition("@")[2].casefold() in _FREE_DOMAINS
        return min(mail.per_day, FREE if free else WORKSPACE)
    return mail.per_day


def handed_over(message: Message, clock: Clock, repeatable: bool) -> Message:
    """The message as it is noted before it is handed over.

    `repeatable`: handing over the same mail again changes nothing.
    """
    now, said = int(clock.now.timestamp()), REPEATABLE if repeatable else ""
    return replace(message, state="sending", attempts=message.attempts + 1, left_at=now, said=said)


def arrived(message: Message, said: str) -> Message:
    """It was taken. What it said is kept no longer."""
    return replace(message, state="sent", said=said, next_at=None, content=b"")


def put_off(
    message: Message, said: str, clock: Clock, until: int | None = None, whole: bool = False
) -> Message:
    """It was not taken now: tried again after a while, and given up after five days.

    Args:
        message: as it was noted before.
        said: the server's words.
        clock: the moment of the run.
        until: the UTC second before which it isn't tried again; by the number of attempts where
            None.
        whole: nothing leaves now, for which no mail can be blamed: it is never given up for it.
    """
    if whole or until is not None:
        message = replace(message, attempts=min(message.attempts, len(MINUTES)))
    elif message.attempts >= TRIES and clock.day - message.queued_on >= PATIENCE:
        return refused(message, said)
    # a clock that stands still would never come to a later moment
    pause = 0 if clock.pinned else MINUTES[min(message.attempts, len(MINUTES)) - 1] * 60
    again = int(clock.now.timestamp()) + pause if until is None else until
    return replace(message, state="waiting", said=said, next_at=again)


def refused(message: Message, said: str) -> Message:
    """It will never be taken."""
    return replace(message, state="failed", said=said, next_at=None, content=b"")


def unsure(message: Message, said: str) -> Message:
    """It may have arrived; only a person sends it again."""
    return replace(message, state="unknown", said=said, next_at=None)


def laid_ready(message: Message, where: str) -> Message:
    """It is with whoever wants to send it themselves; Weaver never will."""
    said = say("It lies ready for you to send: {where}", where=where)
    return replace(message, state="stopped", said=said, next_at=None, content=b"")


def told_of(messages: Iterable[Message]) -> bool:
    """Whether the tabs have something to say of what became of these."""
    return any(
        m.why or m.state in ("failed", "unknown") or (m.state == "sent" and m.attempts > OFTEN)
        for m in messages
    )


def held_up(messages: Iterable[Message]) -> tuple[Problem, ...]:
    """Mail that was put off so often in a row that a person should look; a line for each reason.

    It may be that no mail leaves, and that nobody gets a letter that says so.
    """
    tries: dict[str, int] = {}
    for message in messages:
        if message.state == "waiting" and message.said and message.attempts >= OFTEN:
            tries[message.said] = max(tries.get(message.said, 0), message.attempts)
    return tuple(
        Problem(
            "weaver.toml", 0, "mail", say("Mail was put off {n} times.", n=n),
            say("Run `weaver doctor`: it says what to mend. Where it finds nothing, whoever is to "
                "get the mail has a server that puts it off. Weaver goes on trying."),
            shorten(said, _SHOWN),
        )
        for said, n in sorted(tries.items())
    )  # fmt: skip


def paused_by(message: Message, today: dt.date) -> PauseRecord | None:
    """The address gets no more mail, where it was the address that was refused."""
    if any(mark in message.said for mark in _NOT_THE_ADDRESS):
        return None
    why = say("Its server refused a mail for good: {said}", said=message.said)
    return PauseRecord(message.address.casefold(), today, why)


def stopped(
    messages: Iterable[Message], pauses: Iterable[PauseRecord], everything: bool
) -> tuple[Message, ...]:
    """Mail to paused addresses, as it is once it was stopped.

    `everything`: all mail is paused; then it waits, and nothing is stopped for good.
    """
    still = {pause.address for pause in pauses if pause.resumed_on is None}
    return () if everything else tuple(
        replace(m, state="stopped", said=say("The address is paused."), next_at=None, content=b"")
        for m in messages if m.state in OPEN and m.address.casefold() in still
    )  # fmt: skip


def _order(message: Message) -> tuple[bool, dt.date, str, str]:
    """Coordinators' mail first: it says what waits."""
    return bool(message.batch), message.queued_on, message.about, message.key


def _left_on(message: Message, day: Day) -> bool:
    """Whether it may have left on that day."""
    if message.left_at is None or message.state in OPEN:
        return False
    return day.begin <= message.left_at < day.end
