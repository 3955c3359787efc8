"""A real SMTP server on a free loopback port (aiosmtpd), with certificates of its own (trustme).

    with MailServer() as server:
        settings = server.toml(folder)  # the [mail] table; writes the authority's certificate
        environ = server.environ  # the password
        server.when("RCPT", "550 5.1.1 No such user", to="ana@example.org")
        server.when("dot", LOST, times=1)
        ...
        server.messages[0].parsed["Subject"]

A message is in `messages` before its sender is told so. Stages are greeting, EHLO, AUTH, MAIL,
RCPT, DATA (instead of 354), body (at its first line) and dot (when it is there as a whole).
"""

from __future__ import annotations

import asyncio
import datetime as dt
import email
import email.policy
import socket
import ssl
import struct
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email.message import EmailMessage
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Self

import trustme
from aiosmtpd.smtp import MISSING, SMTP, AuthResult, LoginPassword

USER, PASSWORD = "weaver", "correct horse"
SENDER = "weaver@example.org"
AUTHORITY = "mail-authority.pem"
RESET = "reset"
"""Drop the connection at once, as a broken line does."""
LOST = "lost"
"""Keep the message, then drop the connection: nobody tells the sender that it arrived."""
HANG = "hang"
"""Say nothing more."""
Security = Literal["starttls", "tls", "plain"]
_RST = struct.pack("ii", 1, 0)


@dataclass(frozen=True)
class Received:
    """A message as it came: envelope and bytes.

    Attributes:
        hello: the name that the client gave itself.
        options: those of MAIL, such as "SMTPUTF8" or "BODY=8BITMIME".
        user: who had signed in; "" where nobody had.
    """

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    hello: str
    options: tuple[str, ...]
    user: str

    @property
    def parsed(self) -> EmailMessage:
        """The message, read as mail programs read it."""
        return email.message_from_bytes(self.content, policy=email.policy.default)


@dataclass
class _Line:
    stage: str
    deed: str
    to: str
    times: int


@lru_cache
def authority() -> trustme.CA:
    """Who signs the servers' certificates."""
    return trustme.CA()


@lru_cache
def certificate(name: str = "localhost", expired: bool = False) -> ssl.SSLContext:
    """The server's side of TLS, with a certificate for this name."""
    until = dt.datetime(2001, 1, 1) if expired else None  # noqa: DTZ001 - as trustme wants it
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority().issue_cert(name, not_after=until).configure_cert(context)
    return context


class MailServer:
    """The server, from `start` to `stop`; started again it has the same port and messages.

    Args:
        security: what it offers; "plain" has neither STARTTLS nor TLS.
        users: passwords by user; where there are none nobody need sign in.
        context: another certificate, such as `certificate(expired=True)`.
        largest: bytes of a message beyond which it is refused with 552.
        utf8: whether addresses may have letters beyond ASCII.
        only: the one way to sign in, PLAIN or LOGIN; both where "".

    Attributes:
        messages: all that was taken, in order.
        connections: how many there have been.
    """

    host = "localhost"

    def __init__(
        self,
        security: Security = "starttls",
        *,
        users: dict[str, str] | None = None,
        context: ssl.SSLContext | None = None,
        largest: int = 2_000_000,
        utf8: bool = True,
        only: str = "",
    ) -> None:
        self.security = security
        self.users = {USER: PASSWORD} if users is None else users
        self.context = context or certificate()
        self.largest, self.utf8 = largest, utf8
        self.excluded = {"PLAIN", "LOGIN"} - {only} if only else set()
        self.messages: list[Received] = []
        self.connections = 0
        self.port = 0
        self.sessions: set[_Session] = set()
        self._script: list[_Line] = []
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Listen. Returns once it does."""
        ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(ready)), daemon=True)
        self._thread.start()
        assert ready.wait(10), "the mail server did not start"

    def stop(self) -> None:
        """Drop all connections and let go of the port."""
        if self._thread:
            self._loop.call_soon_threadsafe(self._ending.set)
            self._thread.join(10)
            self._thread = None

    def drop(self) -> None:
        """Close the connections that are open, as servers do with idle ones."""
        dropped = threading.Event()

        def close() -> None:
            for session in list(self.sessions):
                session.transport.close()
            self._loop.call_later(0.02, dropped.set)

        self._loop.call_soon_threadsafe(close)
        assert dropped.wait(10)

    def when(self, stage: str, deed: str, *, to: str = "", times: int = 1_000_000) -> None:
        """Do this at a stage: answer these words, or RESET, LOST or HANG.

        Args:
            stage: one of those above.
            deed: an answer with its code; after a 421 the connection is closed.
            to: only where this is the (first) recipient.
            times: how often, before the next line for this stage has its turn.
        """
        self._script.append(_Line(stage, deed, to, times))

    def forget(self) -> None:
        """Do as servers do from now on."""
        self._script.clear()

    def toml(self, folder: Path, **more: Any) -> str:
        """The [mail] table of a `weaver.toml`; the authority's certificate goes into the folder."""
        self.trust(folder)
        values = {"by": "smtp", "sender": SENDER, "host": self.host, "port": self.port,
                  "security": self.security, "user": next(iter(self.users), ""),
                  "authorities": AUTHORITY} | more  # fmt: skip
        lines = (f"{key} = {toml(value)}" for key, value in values.items())
        return "\n".join(["[mail]", *lines, ""])

    def trust(self, folder: Path) -> Path:
        """The file with the authority's certificate, written into the folder."""
        path = folder / AUTHORITY
        authority().cert_pem.write_to_path(str(path))
        return path

    @property
    def environ(self) -> dict[str, str]:
        """The environment with the first user's password."""
        return {"WEAVER_MAIL_PASSWORD": next(iter(self.users.values()), "")}

    def deed(self, stage: str, to: str = "") -> str:
        """What the script has for this stage; "" for nothing."""
        for line in self._script:
            if line.stage == stage and line.times and line.to in ("", to):
                line.times -= 1
                return line.deed
        return ""

    async def _serve(self, ready: threading.Event) -> None:
        self._loop, self._ending = asyncio.get_running_loop(), asyncio.Event()
        tls = self.context if self.security == "tls" else None
        server = await self._loop.create_server(self._session, "127.0.0.1", self.port, ssl=tls)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        async with server:
            await self._ending.wait()
        for session in list(self.sessions):
            session.transport.abort()
        for _ in range(100):
            if not self.sessions:
                break
            await asyncio.sleep(0.01)

    def _session(self) -> _Session:
        return _Session(self)

    def authenticate(self, _s: Any, _session: Any, _envelope: Any, _how: str,
                     data: LoginPassword) -> AuthResult:  # fmt: skip
        """Whether the password is the user's."""
        login, password = data.login.decode(), data.password.decode()
        right = self.users.get(login) == password
        return AuthResult(success=right, handled=False, auth_data=data)


class _Handler:
    def __init__(self, server: MailServer) -> None:
        self.server = server

    async def handle_DATA(self, smtp: _Session, session: Any, envelope: Any) -> Any:  # noqa: N802
        deed = self.server.deed("dot", envelope.rcpt_tos[0])
        if deed in ("", LOST):
            who = session.auth_data
            self.server.messages.append(
                Received(envelope.mail_from, tuple(envelope.rcpt_tos), envelope.content,
                         session.host_name, tuple(envelope.mail_options),
                         who.login.decode() if who else "")
            )  # fmt: skip
        return await smtp.do(deed) if deed else MISSING


class _Session(SMTP):
    """One connection: aiosmtpd's, but for what the script has."""

    def __init__(self, server: MailServer) -> None:
        offers = server.security == "starttls"
        super().__init__(
            _Handler(server),
            data_size_limit=server.largest,
            enable_SMTPUTF8=server.utf8,
            hostname="mail.example.org",
            ident="ESMTP",
            tls_context=server.context if offers else None,
            require_starttls=offers,
            auth_require_tls=offers,
            auth_exclude_mechanism=server.excluded,
            authenticator=server.authenticate,
            loop=asyncio.get_running_loop(),
        )
        self._auth_required = bool(server.users) and server.security != "plain"
        self.server = server
        self._greeted = False

    def connection_made(self, transport: Any) -> None:
        self.server.sessions.add(self)
        self.server.connections += self._original_transport is None
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self.server.sessions.discard(self)
        super().connection_lost(error)

    async def push(self, status: Any) -> None:
        deed = "" if self._greeted else self.server.deed("greeting")
        self._greeted = True
        if not deed:
            await super().push(status)
        elif answer := await self.do(deed):
            await super().push(answer)
        if str(deed or status).startswith("421") and self.transport:
            self.transport.close()

    async def do(self, deed: str) -> str:
        """Carry the deed out; gives the words to answer, if it is words."""
        if deed == HANG:
            await asyncio.sleep(3600)
        if deed in (RESET, LOST):
            self.transport.get_extra_info("socket").setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, _RST
            )
            self.transport.abort()
            raise asyncio.CancelledError
        return deed

    async def _unless(self, stage: str, usual: Callable[[Any], Awaitable[None]], arg: Any) -> None:
        to = self._getaddr(arg[3:])[0] if stage == "RCPT" and arg else ""
        to = to or next(iter(self.envelope.rcpt_tos), "")
        if deed := self.server.deed(stage, to):
            await self.push(await self.do(deed))
        else:
            await usual(arg)

    async def smtp_EHLO(self, hostname: str) -> None:  # noqa: N802
        await self._unless("EHLO", super().smtp_EHLO, hostname)

    async def smtp_AUTH(self, arg: str) -> None:  # noqa: N802
        await self._unless("AUTH", super().smtp_AUTH, arg)

    async def smtp_MAIL(self, arg: str | None) -> None:  # noqa: N802
        await self._unless("MAIL", super().smtp_MAIL, arg)

    async def smtp_RCPT(self, arg: str | None) -> None:  # noqa: N802
        await self._unless("RCPT", super().smtp_RCPT, arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        if deed := self.server.deed("body", next(iter(self.envelope.rcpt_tos), "")):
            await self.push("354 Go on")
            await self._reader.readuntil(b"\r\n")
            await self.push(await self.do(deed))
        else:
            await self._unless("DATA", super().smtp_DATA, arg)


def toml(value: Any) -> str:
    """The value as it stands in a `weaver.toml`."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(one)}" for key, one in value.items()) + "}"
    return f'"{value}"' if isinstance(value, str) else str(value)
