"""What mail servers' answers mean for a message: RFC 5321; RFC 3463 for the codes with dots."""

from __future__ import annotations

import re
from dataclasses import dataclass

from config.base import ascii_domain, is_address
from config.records import Message
from config.words import say
from connectors.protocols import Delivery

LONGEST = 300
"""Characters of the server's words that are kept."""
_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2066-\u2069]+")
_DAY = re.compile(
    r"\b5\.4\.5\b|\bdaily\b.{0,60}\b(limit|quota|allowance)|\b(limit|quota)\b.{0,40}\b(day|24)\b"
    r"|\bsending (limit|quota)|\(mail sending\)",
    re.IGNORECASE,
)
"""The day's allowance is used up: Gmail's 550 5.4.5, and what others say."""
_SIGN_IN = {530, 534, 535, 538}
_US = re.compile(
    r"\b5\.1\.[78]\b|\brelay(ing)?( access)? (denied|not permitted)|\bsender address rejected",
    re.IGNORECASE,
)
"""It is whoever sends that is refused, and not who is to get the message."""


@dataclass(frozen=True)
class Reply:
    """What the server said at a stage: MAIL, RCPT, DATA, or dot, when it has the whole message."""

    stage: str
    code: int
    words: bytes

    @property
    def good(self) -> bool:
        """Whether it may go on."""
        return self.code // 100 == (3 if self.stage == "DATA" else 2)

    @property
    def strange(self) -> bool:
        """Whether that is no answer to what was asked."""
        return not self.good and self.code // 100 not in (4, 5)

    @property
    def said(self) -> str:
        """Code and words in one line."""
        words = self.words.decode("utf-8", "replace")
        return tidy(f"{self.code} {words}" if self.code > 0 else words)


def judged(reply: Reply) -> Delivery:
    """What became of the message."""
    said = reply.said
    if reply.good:
        return Delivery("sent", said)
    if reply.strange:
        return Delivery("unknown" if reply.stage == "dot" else "later", said)
    if is_days_end(said):
        return Delivery("later", said, today=True)
    if reply.code in _SIGN_IN or (reply.code >= 500 and _concerns_us(reply)):
        return Delivery("later", _refused_us(said), whole=True)
    return Delivery("refused" if reply.code >= 500 else "later", said)


def is_days_end(said: str) -> bool:
    """Whether these words mean that the day's allowance is used up."""
    return bool(_DAY.search(said))


def _concerns_us(reply: Reply) -> bool:
    """Whether every other message would be refused, too; a pause of the address would be wrong."""
    if reply.stage == "MAIL":
        return reply.code != 552 and not re.search(r"\b5\.(2|3\.4|6)", reply.said)
    return bool(_US.search(reply.said))


def _refused_us(said: str) -> str:
    return say(
        "{said}. The mail server takes no mail from Weaver: [mail] sender must be an address "
        "that [mail] user may write from.", said=said.rstrip("."),
    )  # fmt: skip


def tidy(text: str) -> str:
    """One line of at most 300 characters without control characters."""
    line = _CONTROL.sub(" ", text).strip()
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def broken(error: Exception) -> str:
    """How the connection ended, in words."""
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return say("The mail server did not answer in time.")
    return tidy(say("The connection to the mail server broke off: {why}", why=error))


def unfit(message: Message) -> str:
    """Why no mail can go to that address at all; "" where nothing is known."""
    address = message.address
    try:
        fits = is_address(address) and address.isprintable() and bool(ascii_address(address))
    except UnicodeError:
        fits = False
    if not fits:
        return tidy(say("{address} is no address that mail can go to.", address=repr(address)))
    return "" if message.content.strip() else say("The message is empty.")


def unfit_for_ascii() -> str:
    """Why an address with letters beyond ASCII before its @ is refused here."""
    return say("The mail server takes no addresses with such letters before the @.")


def ascii_address(address: str) -> str:
    """The address with its domain in ASCII. Raises UnicodeError where that can't be."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{ascii_domain(domain)}"
