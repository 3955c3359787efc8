"""A report as a letter: the same words, key and time give the same bytes.

What stands in the headers: RFC 5322; "List-Id": RFC 2919; "List-Unsubscribe": RFC 2369 and 8058;
"Auto-Submitted": RFC 3834.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache
from urllib.parse import quote

from config.base import ascii_domain, is_address
from config.errors import WrongSettings
from config.post import Mail
from config.words import say
from reports.digest import digest_html, digest_text, subject
from reports.facts import DigestFacts
from reports.picture import members_chart
from reports.render import LANGUAGE, tidy

LARGEST_PAGE = 90_000
"""Bytes of HTML: Gmail hides what comes after about 102 KB, and with it how to unsubscribe."""
_HEADER_LIMIT = 150
_PLAIN = re.compile(r"[A-Za-z0-9]+( [A-Za-z0-9]+)*")
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}")
_FIELDS = re.compile(rb"\r\n(?![ \t])")
_OWN = frozenset({
    "From", "To", "Reply-To", "Message-ID", "List-Id", "List-Unsubscribe",
    "List-Unsubscribe-Post", "X-Unsent",
})  # fmt: skip
"""Headers that `_own_headers` writes."""
_LONGEST_LOCAL, _LONGEST_ADDRESS = 64, 254


@dataclass(frozen=True)
class Envelope:
    """Who writes to whom, about what, and when.

    Attributes:
        mail: how the coalition sends.
        coalition: its name, as the letter's From shows it.
        to_name: whom it is for; "" where nobody knows.
        to_address: where it goes.
        subject: one short line.
        key: the message's identity in the outbox.
        sent_on: with its time zone.
        language: of the text.
    """

    mail: Mail
    coalition: str
    to_name: str
    to_address: str
    subject: str
    key: str
    sent_on: dt.datetime
    language: str = LANGUAGE

    @property
    def mark(self) -> str:
        """What no other message has in its ids and boundaries."""
        return _mark(self.key)

    @property
    def picture_id(self) -> str:
        """The name under which the page shows the picture."""
        return f"{self.mark}.picture@weaver.invalid"


def letter(envelope: Envelope, text: str, page: str, picture: bytes | None = None) -> bytes:
    """The whole message, ready for the outbox.

    Args:
        envelope: what stands in its headers.
        text: for readers without HTML; says the same as the page.
        page: HTML; left out where it is so long that its end would be hidden.
        picture: PNG, which the page shows as `cid:` and `picture_id`.

    Raises:
        WrongSettings: one of the addresses is none that mail can go to.
    """
    whole = EmailMessage(policy=SMTP)
    whole["Subject"] = _line(envelope.subject)
    whole["Date"] = format_datetime(envelope.sent_on.astimezone(dt.UTC))
    whole["Auto-Submitted"] = "auto-generated"
    _fill(whole, envelope, text, page, picture)
    whole["Content-Language"] = envelope.language  # before, it would go into the first part
    to = _mailbox("To", envelope.to_name, envelope.to_address)
    return _own_headers(envelope.mail, envelope.coalition, envelope.key, to) + whole.as_bytes()


def readdressed(
    content: bytes, mail: Mail, coalition: str, key: str, sent_on: dt.datetime | None = None
) -> bytes:
    """A letter of before, from whom and by which way mail leaves now; with its words, to whom and
    about what unchanged.

    Args:
        content: as `letter` made it. Anything else stays as it is.
        mail, coalition, key: as in its envelope.
        sent_on: a new date; the old one where None.

    Raises:
        WrongSettings: no mail can come from the sender's address, or go back to it.
    """
    head, gap, body = content.partition(b"\r\n\r\n")
    fields = {line.partition(b":")[0]: line + b"\r\n" for line in _FIELDS.split(head)}
    if not {b"From", b"To", b"Message-ID", b"Date"} <= fields.keys():
        return content
    if sent_on is not None:
        fields[b"Date"] = f"Date: {format_datetime(sent_on.astimezone(dt.UTC))}\r\n".encode()
    kept = b"".join(line for name, line in fields.items() if name.decode() not in _OWN)
    own = _own_headers(mail, coalition, key, fields[b"To"].decode())
    return own + kept + gap[2:] + body


def digest_message(
    facts: DigestFacts, mail: Mail, to_name: str, to_address: str, key: str, sent_on: dt.datetime
) -> bytes:
    """The weekly digest to one coordinator; `Envelope` tells of the rest.

    Raises:
        WrongSettings: one of the addresses is none that mail can go to.
    """
    about = subject(facts)
    envelope = Envelope(mail, facts.coalition, to_name, to_address, about, key, sent_on)
    page = digest_html(facts, envelope.picture_id)
    return letter(envelope, digest_text(facts), page, _picture(facts))


def mailable(text: str) -> bool:
    """Whether mail can go to that address."""
    return bool(_ascii(text))


@lru_cache(maxsize=1)
def _picture(facts: DigestFacts) -> bytes:
    """Drawn once for all to whom the same facts are sent."""
    return members_chart(facts)


def _fill(
    whole: EmailMessage, envelope: Envelope, text: str, page: str, picture: bytes | None
) -> None:
    whole.set_content(text, cte="quoted-printable")
    if len(page.encode("utf-8", "replace")) > LARGEST_PAGE:
        return
    whole.add_alternative(page, subtype="html", cte="quoted-printable")
    # "=_" never occurs in quoted-printable or base64, so no text can end a part early.
    whole.set_boundary(f"=_weaver_a_{envelope.mark}")
    if picture is not None:
        shown = list(whole.iter_parts())[1]
        shown.add_related(
            picture, "image", "png",
            cid=f"<{envelope.picture_id}>", disposition="inline", filename="picture.png",
        )  # fmt: skip
        shown.set_boundary(f"=_weaver_r_{envelope.mark}")


def _own_headers(mail: Mail, coalition: str, key: str, to: str) -> bytes:
    """Lines that EmailMessage would spoil: it breaks long values that may not be broken."""
    sender = _address(mail.sender)
    lines = [
        _mailbox("From", coalition, mail.sender),
        to,
        _mailbox("Reply-To", coalition, mail.reply_to) if mail.reply_to else "",
        f"Message-ID: <{_mark(key)}@{sender.rpartition('@')[2]}>\r\n",
        # Spam filters distrust short mail that names a way off a list, but no list.
        f"List-Id: <{sender.replace('@', '.')}>\r\n",
        _unsubscribe(mail, key),
        # A mail program opens the file as a draft, ready to send.
        "X-Unsent: 1\r\n" if mail.by == "folder" else "",
    ]
    return "".join(lines).encode("ascii")


def _mark(key: str) -> str:
    whole = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    return whole[:24]


def _unsubscribe(mail: Mail, key: str) -> str:
    """How a mail program gets its reader off the list: by one click, or by a mail."""
    token = quote(key, safe="")
    if mail.unsubscribe:
        joint = "" if mail.unsubscribe.endswith(("/", "=")) else "/"
        return (
            f"List-Unsubscribe: <{mail.unsubscribe}{joint}{token}>\r\n"
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
        )
    address = quote(_address(mail.reply_to or mail.sender), safe="@")
    return f"List-Unsubscribe: <mailto:{address}?subject=Unsubscribe%20{token}>\r\n"


def _line(text: str) -> str:
    """One short line for a header, which no reader takes for an encoded word."""
    return tidy(text, _HEADER_LIMIT).replace("=?", "= ?")


def _mailbox(header: str, shown: str, address: str) -> str:
    """The header's lines. EmailMessage loses a long name's quotes, so that it is encoded here."""
    name = _line(shown)
    if not name:
        return f"{header}: <{_address(address)}>\r\n"
    if not _PLAIN.fullmatch(name):
        name = Header(name, "utf-8", header_name=header).encode(linesep="\r\n")
    return f"{header}: {name}\r\n <{_address(address)}>\r\n"


def _address(text: str) -> str:
    """The address as mail programs take it."""
    if found := _ascii(text):
        return found
    raise WrongSettings(
        say("No mail can go to {address}.", address=repr(tidy(text))),
        say("the addresses in weaver.toml"),
        say("Write an address such as ana@example.org."),
    )


def _ascii(text: str) -> str:
    """The address with its domain in ASCII; "" where no mail can go to it."""
    if not is_address(text):
        return ""
    local, _, domain = text.rpartition("@")
    try:
        domain = ascii_domain(domain)
    except UnicodeError:
        return ""
    if not (_LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain)):
        return ""
    address = f"{local}@{domain}"
    fits = len(local) <= _LONGEST_LOCAL and len(address) <= _LONGEST_ADDRESS
    return address if fits else ""
