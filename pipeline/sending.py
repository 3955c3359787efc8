"""The mail that waits, for whoever looks at it from a terminal."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Mapping, Sequence
from typing import Any

from config.records import Message
from config.words import count, say
from pipeline.outbox import OPEN, OWN, Turn
from pipeline.outgoing import Outgoing


def waiting(out: Outgoing, turn: Turn, leaving: bool = False) -> list[dict[str, Any]]:
    """Every message that waits: its key, to whom, which, its text, and why it hasn't left.

    Args:
        out: the outbox as a run would leave it.
        turn: what would leave then.
        leaving: without drafts.
    """
    found = sorted(
        (m for m in out.messages if m.state in OPEN and not (leaving and m.state == "draft")),
        key=lambda m: (m.state, m.queued_on, m.batch, m.key),
    )
    return [_line(message, out.held(message.edition), turn) for message in found]


def told(found: Sequence[Mapping[str, Any]]) -> str:
    """The same for people."""
    if not found:
        return say("No mail waits.")
    parts = [count(len(found), "{n} mail waits:", "{n} mails wait:")]
    for line in found:
        parts += [
            "",
            say("{key}  {edition} to {to}", key=line["key"], edition=line["edition"],
                to=line["to"]),
            say("  {subject}", subject=line["subject"]),
            say("  {why}", why=line["why"]),
            *(f"  | {text}" for text in line["text"].splitlines()),
        ]  # fmt: skip
    return "\n".join(parts)


def _line(message: Message, held: str, turn: Turn) -> dict[str, Any]:
    return {
        "key": message.batch or message.key,
        "edition": message.edition,
        "to": message.address,
        "subject": message.subject,
        "state": message.state,
        "why": _why(message, held, turn),
        "text": _text(message.content),
    }


def _why(message: Message, held: str, turn: Turn) -> str:
    if message.state == OWN:
        return say("It goes to you as a draft in the next run.")
    if held:
        return say("It {waits}.", waits=held)
    if message.state == "draft":
        return message.why
    if message.said:
        return say("It is tried again: {said}", said=message.said)
    if turn.why and message not in turn.go:
        return say("It waits: {why}.", why=turn.why)
    return say("It goes out in the next run.")


def _text(content: bytes) -> str:
    letter = email.message_from_bytes(content, policy=email.policy.default)
    body = letter.get_body(("plain",))
    return str(body.get_content()) if body else ""
