"""A coalition whose letters are drafted run by run, as the outbox would keep them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

import pytest

from config.problems import Problem
from config.records import Message, PauseRecord
from pipeline.mailing.drafting import drafted, faults, stopped
from tests.pipeline.thinking.conftest import Coalition


class Desk(Coalition):
    """Its outbox is `outbox`: whatever was drafted or stopped so far, by (address, about)."""

    def __init__(self, **settings: Any) -> None:
        self.outbox: dict[str, Message] = {}
        super().__init__(**settings)

    def mails(self, day: str) -> list[Message]:
        """A run on that day; the letters that it drafts."""
        result = self.run(day)
        over = stopped(result, self.settings, result.clock)
        new = drafted(result, self.settings, result.clock)
        self.keep(over)
        self.keep(new)
        return list(new)

    def keep(self, messages: Sequence[Message]) -> None:
        """The outbox's part: each message replaces the one of its key."""
        self.outbox |= {message.key: message for message in messages}
        kept = tuple(self.outbox[key] for key in sorted(self.outbox))
        self.known = replace(self.known, messages=kept)

    def all(self, **fields: str) -> None:
        """Every message of the outbox, with these fields changed."""
        self.keep([replace(message, **fields) for message in self.outbox.values()])

    def pause(self, address: str, day: str = "2026-03-01") -> None:
        """Nothing may go to that address."""
        pause = PauseRecord(address, dt.date.fromisoformat(day), "They asked.")
        self.known = replace(self.known, pauses=(*self.known.pauses, pause))

    def faults(self) -> list[Problem]:
        """What the last run says that keeps letters from going out."""
        return list(faults(self.result, self.settings))


def parsed(message: Message) -> EmailMessage:
    """The message as its reader's program takes it, with no defect allowed."""
    letter = BytesParser(policy=policy.strict).parsebytes(message.content)
    assert isinstance(letter, EmailMessage)
    return letter


def text_of(message: Message) -> str:
    """What its reader reads."""
    body = parsed(message).get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


@pytest.fixture
def begun() -> Desk:
    """A coalition that has one member already, and so has had its first run."""
    return started()


def started(**settings: Any) -> Desk:
    """The same with other settings."""
    desk = Desk(**settings)
    desk.form("Old Guild")
    assert desk.mails("2026-03-02") == []
    return desk
