"""Debian's Postfix takes the mail of whole runs, and what lies in the mailboxes is read back.

Missing on this machine? apt-get install --no-install-recommends postfix sasl2-bin
"""

from __future__ import annotations

import base64
import datetime as dt
import os
from collections import Counter
from collections.abc import Callable, Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.postfix import REALM, Postfix
from tests.run.kinds import WRITTEN_TO, kind_of, write_to_everybody

ANA, BO, IVY, JUNIPER = WRITTEN_TO
NEXT_WEEK = dt.date(2026, 3, 23)
pytestmark = pytest.mark.slow
Opens = Callable[[], Postfix]


@pytest.fixture
def opens(require: Callable[[str], Path]) -> Opens:
    """Makes a Postfix with these mailboxes."""
    require("postfix")
    require("sasl2-bin")
    if os.geteuid():
        pytest.skip("only root can start Postfix")
    return Postfix


@pytest.fixture
def everybody(opens: Any) -> Iterator[Postfix]:
    """A Postfix that knows all who are written to."""
    with opens(WRITTEN_TO) as server:
        yield server


def read(content: bytes) -> EmailMessage:
    """The mail, without defects: the policy raises at a part's, and headers keep theirs."""
    mail = BytesParser(policy=policy.strict).parsebytes(content)
    assert isinstance(mail, EmailMessage)
    for part in mail.walk():
        assert [d for value in part.values() for d in value.defects] == []
    return mail


def record(public: bytes) -> bytes:
    """The domain's record with the public key."""
    return b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)


def test_each_kind_lies_in_the_mailboxes_once(fresh: Any, everybody: Postfix) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )  # fmt: skip
    mail = everybody.toml(fresh.folder, dkim={"domain": REALM, "selector": "w"})
    write_to_everybody(fresh, mail, everybody.environ | {"WEAVER_DKIM_KEY": secret.decode()})
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    found = []
    for address, count in ((ANA, 3), (BO, 3), (IVY, 1), (JUNIPER, 2)):
        for content in everybody.mailbox(address, count):
            letter = read(content)
            assert [one.addr_spec for one in letter["To"].addresses] == [address]
            assert letter["Return-Path"] == f"<weaver@{REALM}>"
            assert "with ESMTPSA" in letter["Received"]  # encrypted and signed in
            assert dkim.verify(content, dnsfunc=lambda *_, **__: record(public))
            found.append((kind_of(letter["Subject"]), address))
    assert Counter(found) == Counter(
        [("receipt", IVY), ("receipt", JUNIPER), ("question", JUNIPER)]
        + [(kind, who) for kind in ("digest", "trouble", "recovered") for who in (ANA, BO)]
    )


def test_a_reader_whom_it_refuses_is_asked_about_and_the_other_gets_theirs(
    fresh: Any, opens: Any
) -> None:
    with opens([ANA]) as server:
        with fresh.settings.open("a", encoding="utf-8") as file:
            file.write(f"\n{server.toml(fresh.folder)}\n")
        ran = fresh.run(**server.environ)
        assert (ran["mail"]["sent"], ran["mail"]["failed"]) == (1, 1)
        fresh.on(NEXT_WEEK)
        again = fresh.run(**server.environ)
        assert (again["mail"]["sent"], again["mail"]["failed"]) == (1, 0)
        subjects = [read(content)["Subject"] for content in server.mailbox(ANA, 2)]
        assert "User unknown in virtual mailbox table" in server.log()
        assert server.log().count("NOQUEUE: reject") == 1
    assert sorted(subject[:8] for subject in subjects) == ["Week 11:", "Week 12:"]
    asked = fresh.row("To decide", BO)
    assert asked["What is it"] == "An address that gets no mail"
    assert "550 5.1.1" in asked["Evidence"]


def test_a_wrong_password_is_told_and_nothing_leaves(fresh: Any, everybody: Postfix) -> None:
    with fresh.settings.open("a", encoding="utf-8") as file:
        file.write(f"\n{everybody.toml(fresh.folder)}\n")
    ran = fresh.weaver("doctor", WEAVER_MAIL_PASSWORD="wrong")
    assert ran.code == 77
    assert "WEAVER_MAIL_PASSWORD" in ran.out + ran.err
    assert fresh.weaver("doctor", **everybody.environ).code == 0
    assert everybody.mailbox(ANA) == []
