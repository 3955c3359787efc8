"""How mail leaves, when Weaver runs, and when it keeps still."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from config.base import Address, Frozen, Inside, Line, mail_domain

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Drafted = Literal["receipt", "question"]
"""Editions that go to members: drafts, until people say that they may go by themselves."""
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_LONGEST = 500
"""Characters of an address that one line of a mail has room for."""
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def _clock(text: str) -> str:
    if not _CLOCK.fullmatch(text):
        raise ValueError(f"{text!r} is no time of day; write one such as '03:00'")
    return text


def _hours(text: str) -> str:
    if text:
        begin, dash, end = text.partition("-")
        if not dash or _clock(begin) == _clock(end):
            raise ValueError(f"{text!r} are no hours; write them such as '08:00-19:00'")
    return text


def _domain(text: str) -> str:
    if "@" in text or "." not in text.strip("."):
        raise ValueError(f"{text!r} is no domain; write what stands behind the @, 'example.org'")
    mail_domain(text)
    return text.casefold()


def _variable(text: str) -> str:
    if not _VARIABLE.fullmatch(text):
        raise ValueError(f"{text!r} is no name of a variable; write one such as 'WEAVER_PASSWORD'")
    return text


def _secure(text: str) -> str:
    if not re.fullmatch(r"https://[!#-;=?-~]+", text) or len(text) > _LONGEST:
        raise ValueError(f"{text!r} is no address that begins with https://")
    return text


Clock = Annotated[str, AfterValidator(_clock)]
Hours = Annotated[str, AfterValidator(_hours)]
Domain = Annotated[str, AfterValidator(_domain)]
Variable = Annotated[str, AfterValidator(_variable)]
Secure = Annotated[str, AfterValidator(_secure)]


class Dkim(Frozen):
    """The signature by which other servers know that mail is from your domain.

    Attributes:
        domain: that signs; the sender's.
        selector: the name under which the public key stands in the domain's records.
        key_env: the environment variable with the private key, as PEM text.
    """

    domain: Domain
    selector: Line
    key_env: Variable = "WEAVER_DKIM_KEY"


class Mail(Frozen):
    """Where mail goes and from whom it comes.

    Attributes:
        by: "folder" puts messages into the outbox; "smtp" and "gmail" send them.
        sender: the address in From.
        reply_to: where answers go; to the sender where left out.
        outbox: the folder where messages are put.
        host: the server for "smtp".
        port: of the server; 587 for starttls and 465 for tls where left out.
        security: "starttls" or "tls"; mail never leaves unencrypted.
        user: whom the server knows; nobody signs in where left out.
        password_env: the environment variable with the password.
        authorities: a file with the certificates to trust, for a server of your own.
        automatic: editions for members that go without a yes.
        domains: domains to which those may go by themselves; to others a yes is needed.
        per_run: the most mails of one run.
        per_day: the most mails of one day; Gmail allows 500, with Workspace 2,000.
        quiet_hours: hours in which no mail leaves, such as "21:00-07:00".
        unsubscribe: a page that takes a one-click unsubscribe, with the message's Key behind it;
            by mail to reply_to otherwise.
        dkim: how mail is signed, where it is not the server that signs.
    """

    by: Literal["folder", "smtp", "gmail"] = "folder"
    sender: Address = "weaver@example.org"
    reply_to: Address | None = None
    outbox: Inside = "outbox"
    host: str = ""
    port: int | None = Field(default=None, ge=1, le=65535)
    security: Literal["starttls", "tls"] = "starttls"
    user: str = ""
    password_env: Variable = "WEAVER_MAIL_PASSWORD"  # noqa: S105 - a name, no password
    authorities: Inside | None = None
    automatic: tuple[Drafted, ...] = ()
    domains: tuple[Domain, ...] = ()
    per_run: int = Field(default=100, ge=1)
    per_day: int = Field(default=400, ge=1)
    quiet_hours: Hours = ""
    unsubscribe: Secure | None = None
    dkim: Dkim | None = None

    @model_validator(mode="after")
    def _a_server_for_smtp(self) -> Mail:
        if self.by == "smtp" and not self.host:
            raise ValueError("host: by = 'smtp' needs a server such as 'mail.example.org'")
        return self

    @model_validator(mode="after")
    def _signed_by_the_senders_domain(self) -> Mail:
        if self.dkim and not self._same_domain(self.dkim.domain):
            raise ValueError(
                f"dkim.domain: {self.dkim.domain!r} is not the domain of sender, {self.sender!r}; "
                "other servers trust a signature by that domain alone"
            )
        return self

    def _same_domain(self, signing: str) -> bool:
        """Whether it is the sender's, or one above or below it (DMARC, RFC 7489, 3.1.1)."""
        own = self.sender.rpartition("@")[2].casefold()
        return own == signing or own.endswith("." + signing) or signing.endswith("." + own)


class Schedule(Frozen):
    """When Weaver runs.

    Attributes:
        runs: times of day of the whole runs.
        look_hours: hours in which Weaver also looks whether something was changed; none where "".
        look_every: minutes between two such looks.
        weekly: the day of the week on which weekly mail falls due.
        weekly_at: the time of day from which it does.
        failures: after so many runs in a row that failed, the coordinators are told.
        ping_env: the environment variable with the address that is asked after each run, so that
            a service of yours notices when none came.
    """

    runs: tuple[Clock, ...] = ("03:00",)
    look_hours: Hours = "08:00-19:00"
    look_every: int = Field(default=10, ge=1, le=720)
    weekly: Weekday = "monday"
    weekly_at: Clock = "00:00"
    failures: int = Field(default=3, ge=1)
    ping_env: Variable = "WEAVER_PING_URL"


class Log(Frozen):
    """What Weaver notes of its runs, without personal data.

    Attributes:
        file: inside the coalition's folder; nothing is noted where "".
        json_lines: one JSON object in each line instead of plain text.
        megabytes: the size at which a new file begins; five old ones are kept.
    """

    file: str = "weaver.log"
    json_lines: bool = False
    megabytes: int = Field(default=1, ge=1)


class QuietPeriod(Frozen):
    """Days on which Weaver keeps still, such as those before an election. It is no legal advice.

    Attributes:
        begins: the first day, on which an election is called.
        ends: the last day.
        reason: what for; printed wherever something is held because of it.
    """

    begins: dt.date
    ends: dt.date
    reason: Line

    @model_validator(mode="after")
    def _in_order(self) -> QuietPeriod:
        if self.ends < self.begins:
            raise ValueError("ends: must not be before begins")
        return self
