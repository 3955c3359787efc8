"""A report as a letter: the same facts, key and time give the same bytes."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache

from config.errors import WrongSettings
from config.words import say
from reports.digest import digest_html, digest_text, subject
from reports.facts import DigestFacts
from reports.picture import members_chart
from reports.render import LANGUAGE, tidy

_HEADER_LIMIT = 150
_PLAIN = re.compile(r"[A-Za-z0-9]+( [A-Za-z0-9]+)*")
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}")


def digest_message(
    facts: DigestFacts,
    sender: str,
    to_name: str,
    to_address: str,
    key: str,
    sent_on: dt.datetime,
) -> bytes:
    """The weekly digest to one coordinator, ready for the outbox.

    Args:
        facts: what it says.
        sender: the address that it comes from.
        to_name: the coordinator's name.
        to_address: the coordinator's address.
        key: the message's identity in the outbox.
        sent_on: with its time zone.

    Raises:
        WrongSettings: one of the two addresses is none that mail can go to.
    """
    mark = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:24]
    people = _mailbox("From", facts.coalition, sender) + _mailbox("To", to_name, to_address)
    letter = EmailMessage(policy=SMTP)
    letter["Subject"] = _line(subject(facts))
    letter["Date"] = format_datetime(sent_on.astimezone(dt.UTC))
    letter["Message-ID"] = f"<{mark}@{_address(sender).partition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter["X-Unsent"] = "1"  # a mail program opens the file as a draft, ready to send
    _fill(letter, facts, mark)
    letter["Content-Language"] = LANGUAGE
    return people + letter.as_bytes()


@lru_cache(maxsize=1)
def _picture(facts: DigestFacts) -> bytes:
    """Drawn once for all to whom the same facts are sent."""
    return members_chart(facts)


def _fill(letter: EmailMessage, facts: DigestFacts, mark: str) -> None:
    cid = f"{mark}.members@weaver.invalid"
    letter.set_content(digest_text(facts), cte="quoted-printable")
    letter.add_alternative(digest_html(facts, cid), subtype="html", cte="quoted-printable")
    page = list(letter.iter_parts())[1]
    page.add_related(
        _picture(facts), "image", "png",
        cid=f"<{cid}>", disposition="inline", filename="members.png",
    )  # fmt: skip
    # "=_" never occurs in quoted-printable or base64, so no text can end a part early.
    letter.set_boundary(f"=_weaver_a_{mark}")
    page.set_boundary(f"=_weaver_r_{mark}")


def _line(text: str) -> str:
    """One short line for a header, which no reader takes for an encoded word."""
    return tidy(text, _HEADER_LIMIT).replace("=?", "= ?")


def _mailbox(header: str, shown: str, address: str) -> bytes:
    """The header's lines. EmailMessage loses a long name's quotes, so that it is encoded here."""
    name = _line(shown)
    if not _PLAIN.fullmatch(name):
        name = Header(name, "utf-8", header_name=header).encode(linesep="\r\n")
    return f"{header}: {name}\r\n <{_address(address)}>\r\n".encode("ascii")


def _address(text: str) -> str:
    """The address as mail programs take it: the domain in ASCII."""
    local, _, domain = text.rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        domain = ""
    if not (_LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain)):
        raise WrongSettings(
            say("No mail can go to {address}.", address=repr(tidy(text))),
            say("the addresses in weaver.toml"),
            say("Write an address such as ana@example.org."),
        )
    return f"{local}@{domain}"
