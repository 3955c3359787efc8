"""Signed mail: other servers can verify it, and nobody can change it unnoticed."""

from __future__ import annotations

import base64
import datetime as dt
import re
import sys
from pathlib import Path

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from config.errors import WrongSettings
from config.post import Dkim, Mail
from config.records import Message
from connectors.signing import SIGNED, signer
from connectors.smtp import SmtpPost
from tests.mailserver import AUTHORITY, USER, MailServer

SETTINGS = Dkim(domain="example.org", selector="weaver")
KEY = rsa.generate_private_key(65537, 1024)
"""Short, since it is only for tests."""
LETTER = (
    b"From: Open Rivers\r\n <weaver@example.org>\r\nTo: <ana@example.org>\r\n"
    b"Message-ID: <m1@example.org>\r\nList-Unsubscribe: <https://example.org/u/"
    + b"k"
    * 180
    + b">\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\nSubject: hello\r\n"
    b"Date: Mon, 09 Mar 2026 03:00:00 +0000\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n\r\n.hello\r\n\r\nbye\r\n"
)


def pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey = KEY) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def dns(name: bytes, timeout: float = 5) -> bytes:
    assert name == b"weaver._domainkey.example.org."
    public = KEY.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)


def signed(content: bytes = LETTER, key: str = "") -> bytes:
    return signer(SETTINGS, {"WEAVER_DKIM_KEY": key or pem()})(content)


def test_it_verifies_and_covers_what_matters() -> None:
    made = signed()
    assert made.endswith(LETTER)
    assert dkim.verify(made, dnsfunc=dns)
    head = made[: -len(LETTER)].decode()
    covered = re.sub(r"\s", "", head).partition(";h=")[2].partition(";")[0].split(":")
    names = {name.lower() for name in SIGNED} & {
        line.partition(":")[0].lower()
        for line in LETTER.decode().split("\r\n\r\n")[0].split("\r\n")
    }
    assert set(covered) == names
    assert {"list-unsubscribe", "list-unsubscribe-post", "to", "content-type"} <= names
    assert covered.count("from") == 2


def test_whatever_is_changed_is_noticed() -> None:
    made = signed()
    for old, new in ((b"hello\r\n\r\nbye", b"hello\r\n\r\nbuy"), (b"One-Click", b"Two-Click"),
                     (b"<ana@", b"<ben@"), (b"/u/kkk", b"/u/kkx"),
                     (b"To: ", b"From: x@example.org\r\nTo: ")):  # fmt: skip
        assert old in made
        assert not dkim.verify(made.replace(old, new, 1), dnsfunc=dns)


def test_the_same_message_is_signed_the_same_way_at_any_time() -> None:
    moment = int(dt.datetime(2026, 3, 9, 3, tzinfo=dt.UTC).timestamp())
    assert signed() == signed()
    assert f"t={moment};".encode() in signed().replace(b"\r\n", b"").replace(b" ", b"")


@pytest.mark.parametrize("date", [b"", b"Date: yesterday\r\n"])
def test_without_a_date_no_time_is_named(date: bytes) -> None:
    letter = LETTER.replace(b"Date: Mon, 09 Mar 2026 03:00:00 +0000\r\n", date)
    made = signed(letter)
    assert made == signed(letter)
    assert b" t=" not in made
    assert dkim.verify(made, dnsfunc=dns)


def test_a_key_on_one_line() -> None:
    for breaks in ("\\n", "\r\n"):
        assert signed(key=pem().replace("\n", breaks)) == signed()


@pytest.mark.parametrize("key", ["", "  ", "no key", pem()[:200], "ä", "-----BEGIN RSA"])
def test_a_key_that_is_none_is_said_and_not_quoted(key: str) -> None:
    with pytest.raises(WrongSettings) as caught:
        signer(SETTINGS, {"WEAVER_DKIM_KEY": key})
    assert "WEAVER_DKIM_KEY" in caught.value.where
    assert not key.strip() or key not in str(caught.value)


def test_a_key_of_another_kind() -> None:
    with pytest.raises(WrongSettings):
        signer(SETTINGS, {"WEAVER_DKIM_KEY": pem(ec.generate_private_key(ec.SECP256R1()))})


def test_where_it_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dkim", None)
    with pytest.raises(WrongSettings) as caught:
        signer(SETTINGS, {"WEAVER_DKIM_KEY": pem()})
    assert "pip install --require-hashes -r locks/dkim.txt" in caught.value.remedy


def test_what_arrives_at_a_server_verifies(tmp_path: Path) -> None:
    with MailServer() as server:
        server.trust(tmp_path)
        mail = Mail(by="smtp", host="localhost", port=server.port, user=USER,
                    authorities=AUTHORITY, dkim=SETTINGS)  # fmt: skip
        message = Message("m", "ana@example.org", "weekly-digest", "2026-W10", "a.eml", LETTER,
                          dt.date(2026, 3, 9))  # fmt: skip
        post = SmtpPost(mail, tmp_path, server.environ | {"WEAVER_DKIM_KEY": pem()}, time_out=10)
        post.check()
        assert post.deliver(message).outcome == "sent"
        post.close()
        keyless = SmtpPost(mail, tmp_path, server.environ, time_out=10)
        with pytest.raises(WrongSettings):
            keyless.check()
        delivery = keyless.deliver(message)
        assert (delivery.outcome, delivery.whole) == ("later", True)
    (got,) = server.messages
    assert got.content == signed()
    assert dkim.verify(got.content, dnsfunc=dns)
