"""Signs mail for the coalition's domain (DKIM, RFC 6376), where it isn't the server that does."""

from __future__ import annotations

import email.parser
import email.policy
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Any

from config.base import ascii_domain
from config.errors import WrongSettings
from config.post import Dkim
from config.words import say

SIGNED = (
    "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted",
    "List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version", "Content-Type",
    "Content-Transfer-Encoding", "Content-Language",
)  # fmt: skip
"""Headers that nobody can change or take away unnoticed; RFC 8058 asks for the two of lists."""
_SAMPLE = b"From: weaver@example.org\r\nDate: Thu, 01 Jan 2026 00:00:00 +0000\r\n\r\nx\r\n"


def signer(settings: Dkim, environ: Mapping[str, str]) -> Callable[[bytes], bytes]:
    """What puts the signature before a message. The same message has the same signature each time.

    Raises:
        WrongSettings: what signs isn't installed, or the key is missing or can't be used.
    """
    try:
        import dkim
    except ImportError:
        raise WrongSettings(
            say("Mail is to be signed, but what signs it is not installed."),
            "[mail.dkim]",
            say("Run {command}, or take [mail.dkim] out of weaver.toml.",
                command="pip install --require-hashes -r locks/dkim.txt"),
        ) from None  # fmt: skip
    key = _key(settings, environ)
    domain = ascii_domain(settings.domain).encode()

    def sign(content: bytes) -> bytes:
        headers = email.parser.BytesHeaderParser(policy=email.policy.default).parsebytes(content)
        made: bytes = _pinned(dkim, _seconds(headers))(content).sign(
            settings.selector.encode(), domain, key,
            canonicalize=(b"relaxed", b"relaxed"),
            # One From more than there is: nobody can put another one before it.
            include_headers=[*(name for name in SIGNED if name in headers), "From"],
        )  # fmt: skip
        return made + content

    try:
        sign(_SAMPLE)
    except (dkim.DKIMException, ValueError):
        # What the library says may hold a piece of the key.
        raise _no_key(settings, say("It holds no RSA key as PEM text.")) from None
    return sign


def _pinned(dkim: Any, seconds: bytes) -> Any:
    """dkimpy's signer, but for the time of signing, which is the message's own or left out."""

    class Pinned(dkim.DKIM):  # type: ignore[misc]
        def gen_header(self, fields: list[tuple[bytes, bytes]], *more: Any, **named: Any) -> Any:
            pinned = [(n, seconds if n == b"t" else v) for n, v in fields if n != b"t" or seconds]
            return super().gen_header(pinned, *more, **named)

    return Pinned


def _seconds(headers: EmailMessage) -> bytes:
    try:
        return b"%d" % parsedate_to_datetime(str(headers["Date"])).timestamp()
    except (TypeError, ValueError):
        return b""


def _key(settings: Dkim, environ: Mapping[str, str]) -> bytes:
    # Where a variable takes only one line, people write the line breaks as \n; a key that was
    # made on Windows has other ones.
    lines = environ.get(settings.key_env, "").replace("\\n", "\n").splitlines()
    text = "\n".join(lines).strip()
    if not text:
        raise _no_key(settings, say("It is not set."))
    return text.encode("utf-8", "surrogateescape")


def _no_key(settings: Dkim, why: str) -> WrongSettings:
    return WrongSettings(
        say("Mail can't be signed without its key. {why}", why=why),
        say("environment variable {name}", name=settings.key_env),
        say("Put the private key into it, from -----BEGIN to the end. docs/mail.md says how, step "
            "by step."),
    )  # fmt: skip
