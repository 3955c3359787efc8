"""Mail through a server of the coalition's (SMTP, RFC 5321), always encrypted and verified."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from config.errors import WeaverError
from config.post import Mail
from config.records import Message
from connectors.outbox import MailFolder
from connectors.protocols import Delivery
from connectors.replies import Reply, ascii_address, broken, judged, unfit, unfit_for_ascii
from connectors.serverdoor import enter

TIME_OUT = 30.0
"""Seconds in which the server must answer."""
_ENDS = re.compile(rb"\r\n|\r|\n")
_DOTS = re.compile(rb"^\.", re.MULTILINE)


class SmtpPost:
    """Hands messages to a mail server, over one connection for all that come one after another."""

    repeatable = False

    def __init__(
        self,
        mail: Mail,
        folder: Path,
        environ: Mapping[str, str],
        *,
        time_out: float = TIME_OUT,
    ) -> None:
        """Open nothing yet.

        Args:
            mail: the settings, with a host.
            folder: the coalition's.
            environ: the environment's variables, where secrets are.
            time_out: seconds in which the server must answer.
        """
        self._mail, self._folder, self._environ = mail, folder, environ
        self._time_out = time_out
        self._client: smtplib.SMTP | None = None

    def check(self) -> None:
        """Connect, sign in and leave. Raises a WeaverError that says what a person has to do."""
        self._sign(b"From: weaver@example.org\r\n\r\n")
        self._connected()
        self.close()

    def deliver(self, message: Message) -> Delivery:
        """Hand the message over, once."""
        if why := unfit(message):
            return Delivery("refused", why)
        try:
            # Other ends of lines than these could pass for the end of the message.
            content = self._sign(_ENDS.sub(b"\r\n", message.content))
            client = self._connected()
        except WeaverError as error:
            return Delivery("later", str(error), whole=True)
        return self._handed(client, message.address, content)

    def draft(self, message: Message) -> Delivery:
        """Put it into the outbox as a file: mail servers take no drafts."""
        return MailFolder(self._folder / self._mail.outbox).draft(message)

    def close(self) -> None:
        """Say goodbye, if there is anybody to say it to."""
        client, self._client = self._client, None
        if client:
            with suppress(OSError, smtplib.SMTPException):
                client.quit()
            client.close()

    @cached_property
    def _sign(self) -> Callable[[bytes], bytes]:
        if self._mail.dkim is None:
            return lambda content: content
        from connectors.signing import signer

        return signer(self._mail.dkim, self._environ)

    def _connected(self) -> smtplib.SMTP:
        """The connection that is there, where the server still keeps it, else a new one."""
        if self._client and not _alive(self._client):
            self._drop()
        if self._client is None:
            self._client = enter(self._mail, self._folder, self._environ, self._time_out)
        return self._client

    def _drop(self) -> None:
        if self._client:
            self._client.close()
        self._client = None

    def _handed(self, client: smtplib.SMTP, address: str, content: bytes) -> Delivery:
        steps = _Steps(client)
        try:
            delivery = steps.take(self._mail.sender, address, content)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Delivery("unknown" if steps.done else "later", broken(error))
        if steps.closing:
            self._drop()
        return delivery


class _Steps:
    """One message's way to the server.

    Attributes:
        done: the message left as a whole, and with it the say over it.
        closing: the server said that it goes, or what is no answer: then nobody can tell to which
            question the next one belongs.
    """

    def __init__(self, client: smtplib.SMTP) -> None:
        self.client = client
        self.done = False
        self.closing = False

    def take(self, sender: str, address: str, content: bytes) -> Delivery:
        """Hand over. Raises what smtplib raises where the connection breaks."""
        begin, end = ascii_address(sender), ascii_address(address)
        options = self._options(begin + end, content)
        if options is None:
            return Delivery("refused", unfit_for_ascii())
        asked: tuple[tuple[str, Callable[[], tuple[int, bytes]]], ...] = (
            ("MAIL", lambda: self.client.mail(begin, options)),
            ("RCPT", lambda: self.client.rcpt(end)),
            ("DATA", lambda: self.client.docmd("DATA")),
        )
        for stage, ask in asked:
            reply = self._reply(stage, *ask())
            if not reply.good:
                return judged(reply)
        self.client.send(_DOTS.sub(b"..", content))
        if not content.endswith(b"\r\n"):
            self.client.send(b"\r\n")
        self.client.send(b".\r\n")
        self.done = True
        return judged(self._reply("dot", *self.client.getreply()))

    def _reply(self, stage: str, code: int, words: bytes) -> Reply:
        reply = Reply(stage, code, words)
        self.closing = self.closing or code == 421 or reply.strange
        return reply

    def _options(self, addresses: str, content: bytes) -> list[str] | None:
        """Those of MAIL; None where the server can't take such addresses."""
        options = []
        if self.client.has_extn("size"):
            options.append(f"SIZE={len(content)}")
        if not content.isascii() and self.client.has_extn("8bitmime"):
            options.append("BODY=8BITMIME")
        if not addresses.isascii():
            if not self.client.has_extn("smtputf8"):
                return None
            options.append("SMTPUTF8")
        return options


def _alive(client: smtplib.SMTP) -> bool:
    """Whether the server still keeps the connection. Ends what was begun and not finished."""
    try:
        return client.rset()[0] == 250
    except (OSError, smtplib.SMTPException):
        return False
