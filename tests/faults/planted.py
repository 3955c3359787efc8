"""Bugs such as somebody may make in the outbox, put in on purpose: the tests must find each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from config.records import Message
from connectors.protocols import Delivery
from pipeline import outbox, outgoing, posting
from pipeline.posting import Counter


def mark_before_sending() -> None:
    """It is noted as sent, and then handed over: who is killed in between loses it."""

    def hand_over(counter: Counter, message: Message) -> tuple[Delivery, Message]:
        counter.step("hand over")
        now = outbox.arrived(outbox.handed_over(message, counter.clock, False), "250 OK")
        counter.store.move(now)
        delivery = counter.post.deliver(message)
        counter.step("delivered")
        return delivery, now

    posting._hand_over = hand_over


def send_before_noting() -> None:
    """It is handed over before anything is noted: who is killed in between sends it twice."""

    def hand_over(counter: Counter, message: Message) -> tuple[Delivery, Message]:
        counter.step("hand over")
        delivery = counter.post.deliver(message)
        counter.step("delivered")
        now = outbox.arrived(outbox.handed_over(message, counter.clock, False), delivery.said)
        counter.store.move(now)
        return delivery, now

    posting._hand_over = hand_over


def key_without_period() -> None:
    """A digest's key forgets the week: who got one never gets another."""
    usual = outgoing.digest

    def forgetful(parts: tuple[str, ...]) -> str:
        return usual(tuple(part for part in parts if not part.startswith("2026-W")))

    outgoing.digest = forgetful  # type: ignore[attr-defined]


PLANTED: Mapping[str, Callable[[], None]] = {
    "mark before sending": mark_before_sending,
    "send before noting": send_before_noting,
    "key without its period": key_without_period,
}
