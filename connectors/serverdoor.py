"""The way into a mail server: connect, encrypt, sign in. What fails is said in plain words."""

from __future__ import annotations

import base64
import smtplib
import socket
import ssl
from collections.abc import Mapping
from pathlib import Path

from config.errors import NeedsPermission, Temporary, WeaverError, WrongSettings
from config.post import Mail
from config.words import say
from connectors.replies import ascii_address, tidy

_EXPIRED, _NOT_YET, _WRONG_NAME = 10, 9, 62
"""OpenSSL's numbers for what is wrong with a certificate."""
PORTS = {"starttls": 587, "tls": 465}


def enter(mail: Mail, folder: Path, environ: Mapping[str, str], time_out: float) -> smtplib.SMTP:
    """A connection over which messages can be handed over.

    Args:
        mail: the settings, with a host.
        folder: the coalition's, where the file with authorities is.
        environ: the environment's variables, where the password is.
        time_out: seconds in which the server must answer.

    Raises:
        WrongSettings: settings don't fit the server, or a variable is missing.
        NeedsPermission: the server doesn't let Weaver in.
        Temporary: it can't be reached for now.
    """
    door = _Door(mail, time_out)
    context = _trusted(mail, folder)
    password = _password(mail, environ)
    client = door.opened(context)
    try:
        door.encrypted(client, context)
        if mail.user:
            door.signed_in(client, password)
    except BaseException:
        client.close()
        raise
    return client


class _Door:
    def __init__(self, mail: Mail, time_out: float) -> None:
        self.mail, self.time_out = mail, time_out
        self.port = mail.port or PORTS[mail.security]
        self.where = f"{mail.host}:{self.port}"

    def opened(self, context: ssl.SSLContext) -> smtplib.SMTP:
        """Connected and greeted; encrypted already where the settings say "tls"."""
        # The name that Weaver gives itself says nothing of the machine.
        name = ascii_address(self.mail.sender).rpartition("@")[2]
        try:
            if self.mail.security == "tls":
                return smtplib.SMTP_SSL(
                    self.mail.host, self.port, name, timeout=self.time_out, context=context
                )
            return smtplib.SMTP(self.mail.host, self.port, name, timeout=self.time_out)
        except (OSError, UnicodeError, smtplib.SMTPException) as error:
            raise self.unreached(error) from None

    def encrypted(self, client: smtplib.SMTP, context: ssl.SSLContext) -> None:
        """Greet, and see to it that nothing goes unencrypted."""
        try:
            client.ehlo_or_helo_if_needed()
            if self.mail.security == "starttls":
                if not client.has_extn("starttls"):
                    raise self._plain()
                client.starttls(context=context)
                client.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException) as error:
            raise self.unreached(error) from None

    def signed_in(self, client: smtplib.SMTP, password: str) -> None:
        """Sign in, by PLAIN or LOGIN."""
        offered = client.esmtp_features.get("auth", "").upper().split()
        try:
            if "PLAIN" in offered:
                code, words = _plain(client, self.mail.user, password)
            elif "LOGIN" in offered:
                code, words = _login(client, self.mail.user, password)
            else:
                raise self._no_sign_in()
        except (OSError, smtplib.SMTPException) as error:
            raise self.unreached(error) from None
        if code not in (235, 503):
            raise self._not_let_in(code, words)

    def unreached(self, error: Exception) -> WeaverError:
        """What a person has to do where there is no connection."""
        if isinstance(error, smtplib.SMTPResponseException):
            return self._turned_away(error.smtp_code, error.smtp_error)
        if isinstance(error, ssl.SSLCertVerificationError):
            return self._certificate(error)
        if isinstance(error, ssl.SSLError):
            return self._no_tls(error)
        if isinstance(error, socket.gaierror | UnicodeError):
            return self._unknown_host(error)
        if isinstance(error, ConnectionRefusedError):
            what = say("Nobody answers there: the connection was refused.")
            return Temporary(what, self.where, say(
                "Look whether [mail] host and port are right, and whether the mail server runs."
            ))  # fmt: skip
        if isinstance(error, TimeoutError) or "timed out" in str(error):
            what = say("The mail server did not answer within {n:g} seconds.", n=self.time_out)
        else:
            what = tidy(say("The mail server broke off the connection: {why}.", why=error))
        return Temporary(what, self.where, say(
            "Is this machine online, and does its network let mail out at port {port}? Weaver "
            "tries again with the next run.", port=self.port,
        ))  # fmt: skip

    def _turned_away(self, code: int, words: bytes | str) -> WeaverError:
        what = say("The mail server turned Weaver away: {said}.", said=_said(code, words))
        if 400 <= code < 500:
            return Temporary(what, self.where, say("Weaver tries again with the next run."))
        return NeedsPermission(
            what, self.where, say("Ask whoever runs the mail server to let this machine in.")
        )

    def _certificate(self, error: ssl.SSLCertVerificationError) -> WeaverError:
        if error.verify_code in (_EXPIRED, _NOT_YET):
            return Temporary(
                say("The mail server's certificate has run out, or this machine's clock is wrong."),
                self.where,
                say("Whoever runs the mail server must renew its certificate. Weaver sends "
                    "nothing until then."),
            )  # fmt: skip
        if error.verify_code == _WRONG_NAME:
            return WrongSettings(
                say("The mail server's certificate is for another name than {host}.",
                    host=self.mail.host),
                self.where,
                say("Write the name that the certificate has as [mail] host."),
            )  # fmt: skip
        return WrongSettings(
            tidy(say("Nobody whom this machine trusts vouches for the mail server: {why}.",
                     why=error.verify_message)),
            self.where,
            say("For a server of your own put the certificate of its authority into the "
                "coalition's folder and name the file as [mail] authorities."),
        )  # fmt: skip

    def _no_tls(self, error: ssl.SSLError) -> WeaverError:
        return WrongSettings(
            tidy(say("The mail server doesn't speak TLS there: {why}.", why=error.reason or error)),
            self.where,
            say('Port 587 goes with security = "starttls", port 465 with security = "tls".'),
        )

    def _unknown_host(self, error: Exception) -> WeaverError:
        what = say("No machine with the name {host} can be found.", host=self.mail.host)
        remedy = say("Is this machine online? Is [mail] host written as it should be?")
        passing = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
        return (Temporary if passing else WrongSettings)(what, self.where, remedy)

    def _plain(self) -> WeaverError:
        return WrongSettings(
            say("The mail server offers no encryption (STARTTLS); mail never leaves without."),
            self.where,
            say('Use another server or port, or security = "tls" where it has that.'),
        )

    def _no_sign_in(self) -> WeaverError:
        return WrongSettings(
            say("The mail server offers no sign-in by name and password (PLAIN or LOGIN)."),
            self.where,
            say("Leave out [mail] user where the server needs no sign-in, or use another server."),
        )

    def _not_let_in(self, code: int, words: bytes) -> WeaverError:
        if 400 <= code < 500:
            return self._turned_away(code, words)
        return NeedsPermission(
            say("The mail server doesn't accept [mail] user with this password: {said}.",
                said=_said(code, words)),
            self.where,
            say("Put the right password into the environment variable {name}. Gmail and others "
                "want an app password there; docs/mail.md says how to get one.",
                name=self.mail.password_env),
        )  # fmt: skip


def _said(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return tidy(f"{code} {text}").rstrip(".")


def _plain(client: smtplib.SMTP, user: str, password: str) -> tuple[int, bytes]:
    return client.docmd("AUTH", "PLAIN " + _encoded(f"\0{user}\0{password}"))


def _login(client: smtplib.SMTP, user: str, password: str) -> tuple[int, bytes]:
    for words in ("AUTH LOGIN", _encoded(user)):
        code, said = client.docmd(words)
        if code != 334:
            return code, said
    return client.docmd(_encoded(password))


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode("utf-8", "surrogateescape")).decode("ascii")


def _password(mail: Mail, environ: Mapping[str, str]) -> str:
    password = environ.get(mail.password_env, "")
    if mail.user and not password:
        raise WrongSettings(
            say("The password of the mail server is missing."),
            say("environment variable {name}", name=mail.password_env),
            say("Put it into that variable where Weaver is started; never into weaver.toml."),
        )
    return password


def _trusted(mail: Mail, folder: Path) -> ssl.SSLContext:
    """Verifies certificates and names, always; trusts the file of authorities as well."""
    context = ssl.create_default_context()
    if mail.authorities:
        try:
            context.load_verify_locations(cafile=folder / mail.authorities)
        except (OSError, ssl.SSLError):
            raise WrongSettings(
                say("The file of [mail] authorities is missing or holds no certificate."),
                str(folder / mail.authorities),
                say("Put the certificate of the mail server's authority there, as PEM text."),
            ) from None
    return context
