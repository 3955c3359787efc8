"""Hands waiting mail over. Each message is noted before it leaves and after, one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from config.records import Message
from config.words import say
from connectors.protocols import Delivery, Post
from connectors.store.store import Store
from pipeline import outbox
from pipeline.clock import Clock
from pipeline.outbox import Day, Posted, Turn

Step = Callable[[str], None]


@dataclass(frozen=True)
class Counter:
    """Where mail is handed over: the store that notes it, the way out, and the moment.

    `step` is told "hand over" and "delivered" for each message.
    """

    store: Store
    post: Post
    clock: Clock
    day: Day
    step: Step


@dataclass
class _Tally:
    """What came of it so far."""

    ends: list[Message] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def posted(self, turn: Turn, clock: Clock) -> Posted:
        later = [m.next_at for m in self.ends if m.next_at is not None]
        later += [turn.again] if turn.again is not None else []
        tell = outbox.told_of(self.ends)
        later += [int(clock.now.timestamp())] if tell else []
        return Posted(
            tuple(m for m in self.ends if m.state == "sent"),
            tuple(self.failed),
            sum(m.state in ("failed", "unknown") for m in self.ends),
            tell,
            min(later, default=None),
            turn.why,
        )


def post_all(counter: Counter, turn: Turn, own: Sequence[Message] = ()) -> Posted:
    """Hand over what is in turn; one that can't be delivered holds up none of the others.

    Args:
        counter: where.
        turn: what may go.
        own: drafts for whoever wants to send them themselves.
    """
    tally = _Tally()
    for message in own:
        _lay_ready(counter, message, tally)
    for at, message in enumerate(turn.go):
        delivery, now = _hand_over(counter, message)
        tally.ends.append(now)
        if delivery.outcome != "sent":
            tally.failed.append(_told(now))
        if now.next_at is not None and (delivery.whole or delivery.today):
            _hold(counter.store, turn.go[at + 1 :], now, tally)
            break
    return tally.posted(turn, counter.clock)


def _hand_over(counter: Counter, message: Message) -> tuple[Delivery, Message]:
    """Note it, hand it over, and note what became of it."""
    counter.step("hand over")
    gone = outbox.handed_over(message, counter.clock, counter.post.repeatable)
    counter.store.move(gone)
    delivery = counter.post.deliver(message)
    counter.step("delivered")
    now = _now(gone, delivery, counter)
    pause = outbox.paused_by(now, counter.clock.day) if delivery.outcome == "refused" else None
    counter.store.move(now, pause)
    return delivery, now


def _now(gone: Message, delivery: Delivery, counter: Counter) -> Message:
    if delivery.outcome == "sent":
        return outbox.arrived(gone, delivery.said)
    if delivery.outcome == "refused":
        return outbox.refused(gone, delivery.said)
    if delivery.outcome == "unknown":
        return outbox.unsure(gone, delivery.said)
    until = counter.day.end if delivery.today else None
    return outbox.put_off(gone, delivery.said, counter.clock, until, delivery.whole)


def _lay_ready(counter: Counter, message: Message, tally: _Tally) -> None:
    """A draft can be made twice without harm, so nothing is noted before."""
    delivery = counter.post.draft(message)
    if delivery.outcome != "sent":
        tally.failed.append(say("{file}: no draft could be made: {said}", file=message.file,
                                said=delivery.said))  # fmt: skip
        return
    now = outbox.laid_ready(message, delivery.said or message.file)
    counter.store.move(now)
    tally.ends.append(now)


def _hold(store: Store, rest: Sequence[Message], after: Message, tally: _Tally) -> None:
    """None of the others was tried, so none of them has one attempt more."""
    for message in rest:
        store.move(replace(message, said=after.said, next_at=after.next_at))
        tally.failed.append(say("{file}: it waits, since nothing leaves now.", file=message.file))


def _told(message: Message) -> str:
    """What became of it, without the address."""
    words = {
        "waiting": say("{file}: not taken now, tried again later: {said}",
                       file=message.file, said=message.said),
        "failed": say("{file}: not delivered: {said}", file=message.file, said=message.said),
        "unknown": say("{file}: nobody knows whether it arrived: {said}", file=message.file,
                       said=message.said),
    }  # fmt: skip
    return words[message.state]
