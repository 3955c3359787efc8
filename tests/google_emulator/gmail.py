"""Gmail v1 as far as sending and drafting goes; tests read back from `world.mailboxes`."""

from __future__ import annotations

import base64
import email
import email.policy
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from tests.google_emulator.errors import GoogleError, invalid
from tests.google_emulator.world import Call, World

URLSAFE = re.compile(r"[A-Za-z0-9_-]*={0,2}")
EMPTY = "'raw' RFC822 payload message string or uploading message via /upload/* URL required"
LIMIT = "User-rate limit exceeded.  Retry after 2026-03-10T00:00:00.000Z (Mail sending)"
_FROM = re.compile(rb"(?im)^From:.*\r\n(?:[ \t].*\r\n)*")


@dataclass(frozen=True)
class Letter:
    """A message of a mailbox: "SENT" or "DRAFT", and its bytes."""

    id: str
    label: str
    content: bytes

    @property
    def parsed(self) -> EmailMessage:
        """The message, read as mail programs read it."""
        return email.message_from_bytes(self.content, policy=email.policy.default)


def _refused(code: int, status: str, reason: str, text: str, domain: str = "global") -> GoogleError:
    listed = {"message": text, "domain": domain, "reason": reason}
    return GoogleError(code, status, text, errors=[listed])


def _kept(world: World, call: Call, raw: str, label: str) -> dict[str, Any]:
    mailbox = _mailbox(world, call)
    content = _content(raw)
    parsed = email.message_from_bytes(content, policy=email.policy.default)
    if label == "SENT":
        _check(parsed)
        if sum(letter.label == "SENT" for letter in mailbox) >= world.mails_a_day:
            raise _refused(429, "RESOURCE_EXHAUSTED", "rateLimitExceeded", LIMIT, "usageLimits")
    if parsed["From"] and call.principal not in str(parsed["From"]):
        # An address that isn't the mailbox's own is replaced (M-06).
        content = _FROM.sub(f"From: <{call.principal}>\r\n".encode(), content, count=1)
    made = f"{world.random.getrandbits(63):016x}"
    mailbox.append(Letter(made, label, content))
    return {"id": made, "threadId": made, "labelIds": [label]}


def _mailbox(world: World, call: Call) -> list[Letter]:
    if call.principal.endswith("gserviceaccount.com"):
        text = "Precondition check failed."
        raise _refused(400, "FAILED_PRECONDITION", "failedPrecondition", text)
    if call.path["userId"] not in ("me", call.principal):
        text = f"Delegation denied for {call.principal}"
        raise _refused(403, "PERMISSION_DENIED", "forbidden", text)
    return world.mailboxes.setdefault(call.principal, [])


def _content(raw: str) -> bytes:
    if not raw:
        raise _refused(400, "INVALID_ARGUMENT", "invalidArgument", EMPTY)
    if not URLSAFE.fullmatch(raw):  # M-05
        text = f"Invalid value at 'message.raw' (TYPE_BYTES), Base64 decoding failed for {raw[:60]}"
        raise invalid(text)
    return base64.urlsafe_b64decode(raw + "==")


def _check(parsed: EmailMessage) -> None:
    if not any(parsed[name] for name in ("To", "Cc", "Bcc")):
        text = "Recipient address required"
        raise _refused(400, "INVALID_ARGUMENT", "invalidArgument", text)
    for address in parsed["To"].addresses if parsed["To"] else ():
        if not address.domain:
            text = "Invalid To header"
            raise _refused(400, "INVALID_ARGUMENT", "invalidArgument", text)


def send(world: World, call: Call) -> dict[str, Any]:
    """messages.send"""
    return _kept(world, call, call.body.get("raw", ""), "SENT")


def create_draft(world: World, call: Call) -> dict[str, Any]:
    """drafts.create"""
    made = _kept(world, call, call.body.get("message", {}).get("raw", ""), "DRAFT")
    return {"id": f"r{int(made['id'], 16)}", "message": made}


HANDLERS: Mapping[str, Any] = {
    "gmail.users.messages.send": send,
    "gmail.users.drafts.create": create_draft,
}
