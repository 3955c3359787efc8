"""The mail that waits, for whoever looks at it from a terminal."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Mapping, Sequence
from typing import Any

from config.errors import WrongUsage
from config.records import Message
from config.text import nearest
from config.words import count, say
from pipeline.outbox import OPEN, OWN
from pipeline.outgoing import Outgoing

ALL = "all"


def chosen(out: Outgoing, keys: Sequence[str]) -> frozenset[str]:
    """The batches that the keys name, those of all drafts where none is named or "all" is.

    Raises:
        WrongUsage: a key names no draft, or one that keeps still on quiet days.
    """
    known = {message.batch for message in out.messages if message.state == "draft"}
    if not keys or ALL in keys:
        return frozenset(known)
    for key in keys:
        if key not in known:
            like = nearest(key, known)
            hint = say("Did you mean {key}?", key=like) + " " if like else ""
            raise WrongUsage(
                say("No draft has the key {key}.", key=key),
                "--confirm",
                hint + say("`weaver send` shows what waits, with its keys."),
            )
    for message in out.messages:
        if (
            message.batch in keys
            and message.state == "draft"
            and (why := out.held(message.edition))
        ):
            raise WrongUsage(
                say("The draft {key} {waits}.", key=message.batch, waits=why), "--confirm",
                say("Say it again then; or write send beside it in Mail waiting, which counts "
                    "from that day on."),
            )  # fmt: skip
    return frozenset(keys)


def waiting(out: Outgoing, batches: frozenset[str]) -> list[dict[str, Any]]:
    """Every message that waits: its key, to whom, which, its text, and why it hasn't left."""
    found = sorted(
        (m for m in out.messages
         if m.state in OPEN and (m.state != "draft" or m.batch in batches)),
        key=lambda m: (m.state, m.queued_on, m.batch, m.key),
    )  # fmt: skip
    return [_line(message, out.held(message.edition)) for message in found]


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


def _line(message: Message, held: str) -> dict[str, Any]:
    return {
        "key": message.batch or message.key,
        "edition": message.edition,
        "to": message.address,
        "subject": message.subject,
        "state": message.state,
        "why": _why(message, held),
        "text": _text(message.content),
    }


def _why(message: Message, held: str) -> str:
    if message.state == OWN:
        return say("It goes to you as a draft in the next run.")
    if held:
        return say("It {waits}.", waits=held)
    if message.state == "draft":
        return message.why
    if message.said:
        return say("It is tried again: {said}", said=message.said)
    return say("It goes out in the next run.")


def _text(content: bytes) -> str:
    letter = email.message_from_bytes(content, policy=email.policy.default)
    body = letter.get_body(("plain",))
    return str(body.get_content()) if body else ""
