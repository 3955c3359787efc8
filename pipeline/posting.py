"""Hands waiting mail over. Each message is noted before it leaves and after, one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from config.records import Message
from config.words import say
from connectors.protocols import Delivery, Post
from connectors.store.store import Store
from pipeline import outbox
from pipeline.clock import Clock
from pipeline.outbox import Day, Posted, Turn

Step = Callable[[str], None]


def post_all(store: Store, post: Post, turn: Turn, clock: Clock, day: Day, step: Step) -> Posted:
    """Hand over what is in turn; one that can't be delivered holds up none of the others.

    Args:
        store: where every change of state is noted at once.
        post: where mail leaves.
        turn: what may go.
        clock: the moment of the run.
        day: the coalition's.
        step: told "hand over" and "delivered" for each message.
    """
    sent: list[Message] = []
    failed: list[str] = []
    again, ended = [turn.again] if turn.again is not None else [], 0
    for at, message in enumerate(turn.go):
        step("hand over")
        gone = outbox.handed_over(message, clock)
        store.move(gone)
        delivery = post.deliver(message)
        step("delivered")
        now = _now(gone, delivery, clock, day)
        pause = outbox.paused_by(now, clock.day) if delivery.outcome == "refused" else None
        store.move(now, pause)
        ended += now.state in ("failed", "unknown")
        if now.next_at is not None:
            again.append(now.next_at)
        if delivery.outcome == "sent":
            sent.append(now)
        else:
            failed.append(_told(now))
        if now.next_at is not None and (delivery.whole or delivery.today):
            rest = turn.go[at + 1 :]
            _hold(store, rest, delivery.said, now.next_at)
            failed += [say("{file}: it waits, since nothing leaves now.", file=m.file)
                       for m in rest]  # fmt: skip
            break
    return Posted(tuple(sent), tuple(failed), ended, min(again, default=None))


def _now(gone: Message, delivery: Delivery, clock: Clock, day: Day) -> Message:
    if delivery.outcome == "sent":
        return outbox.arrived(gone, delivery.said)
    if delivery.outcome == "refused":
        return outbox.refused(gone, delivery.said)
    if delivery.outcome == "unknown":
        return outbox.unsure(gone, delivery.said)
    return outbox.put_off(gone, delivery.said, clock, day.end if delivery.today else None)


def _hold(store: Store, rest: Sequence[Message], said: str, until: int) -> None:
    """None of the others was tried, so none of them has one attempt more."""
    for message in rest:
        store.move(replace(message, said=said, next_at=until))


def _told(message: Message) -> str:
    """What became of it, without the address."""
    words = {
        "waiting": say("{file}: not taken now, tried again later: {said}",
                       file=message.file, said=message.said),
        "failed": say("{file}: refused for good: {said}", file=message.file, said=message.said),
        "unknown": say("{file}: nobody knows whether it arrived: {said}", file=message.file,
                       said=message.said),
    }  # fmt: skip
    return words[message.state]
