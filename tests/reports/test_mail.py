"""The digest as a letter."""

from __future__ import annotations

import datetime as dt
import os
import pickle
import subprocess
import sys
from dataclasses import replace
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from pathlib import Path

import pytest

from config.errors import WrongSettings
from config.post import Mail
from reports.digest import digest_html, digest_text
from reports.facts import DigestFacts
from reports.mail import digest_message, readdressed

ROOT = Path(__file__).resolve().parents[2]
MAIL = Mail()
SENT = dt.datetime(2026, 10, 12, 8, 30, tzinfo=dt.timezone(dt.timedelta(hours=2)))
KEY = "ana@example.org weekly-digest 2026-W41"


def written(facts: DigestFacts, name: str = "Ana Kovač", key: str = KEY) -> bytes:
    return digest_message(facts, MAIL, name, "ana@example.org", key, SENT)


def parsed(content: bytes) -> EmailMessage:
    message = BytesParser(policy=policy.default).parsebytes(content)
    assert isinstance(message, EmailMessage)
    return message


def test_headers(facts: DigestFacts) -> None:
    letter = parsed(written(facts))
    assert letter["From"] == "Riverside Homes for All <weaver@example.org>"
    assert letter["To"] == "Ana Kovač <ana@example.org>"
    assert letter["Subject"] == "Week 41: 41 members (+3), 7 to decide – Riverside Homes for All"
    assert letter["Date"].datetime == SENT
    assert letter["Message-ID"].endswith("@example.org>")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Content-Language"] == "en"


def test_parts(facts: DigestFacts) -> None:
    letter = parsed(written(facts))
    assert [part.get_content_type() for part in letter.walk()] == [
        "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png",
    ]  # fmt: skip
    text, page, picture = [part for part in letter.walk() if not part.is_multipart()]
    cid = picture["Content-ID"].strip("<>")
    assert text.get_content().replace("\r\n", "\n") == digest_text(facts)
    assert page.get_content().rstrip().replace("\r\n", "\n") == digest_html(facts, cid)
    assert picture.get_content().startswith(b"\x89PNG")
    assert picture.get_content_disposition() == "inline"


@pytest.mark.parametrize("week", ["facts", "quiet", "hostile"])
def test_every_part_is_without_defects(week: str, request: pytest.FixtureRequest) -> None:
    content = written(request.getfixturevalue(week), "Eve\r\nBcc: all@example.org\0\u202e")
    letter = parsed(content)
    for part in letter.walk():
        assert part.defects == []
        assert [d for value in part.values() for d in value.defects] == []
    lines = content.split(b"\r\n")
    assert all(len(line) <= 998 and b"\n" not in line and b"\r" not in line for line in lines)


def test_no_name_adds_a_header(facts: DigestFacts, hostile: DigestFacts) -> None:
    usual = parsed(written(facts)).keys()
    letter = parsed(written(hostile, "Eve\r\nBcc: all@example.org\r\n\r\nHello\0"))
    assert letter.keys() == usual
    assert [one.addr_spec for one in letter["To"].addresses] == ["ana@example.org"]
    assert letter["To"].addresses[0].display_name == "Eve Bcc: all@example.org Hello"
    assert [one.addr_spec for one in letter["From"].addresses] == ["weaver@example.org"]


@pytest.mark.parametrize(
    "name", ["Ana", "Smith, Jones & Co.", 'The "Kettle" <x@y.z>; (all)', "हिन्दी संघ " * 9, "ü" * 140]
)
def test_names_arrive_as_they_are(name: str, facts: DigestFacts) -> None:
    letter = message_from_bytes(written(replace(facts, coalition=name), name))
    for header in ("From", "To"):
        encoded, address = parseaddr(letter[header])
        assert str(make_header(decode_header(encoded))) == name.strip()
        assert address.endswith("@example.org")


def test_a_name_cannot_pass_for_an_encoded_word(facts: DigestFacts) -> None:
    letter = parsed(written(facts, "=?utf-8?q?Boss_=3Cboss=40example=2Ecom=3E?="))
    assert "boss@" not in letter["To"]


def test_a_domain_in_another_script_is_written_in_ascii(facts: DigestFacts) -> None:
    content = digest_message(facts, MAIL, "Jörg", "joerg@bücher.example", KEY, SENT)
    assert parsed(content)["To"].addresses[0].addr_spec == "joerg@xn--bcher-kva.example"


@pytest.mark.parametrize(
    "address",
    ["", "ana", "@example.org", "ana@", "ana@example", "a b@example.org", "ana@exa mple.org",
     "ana@example.org\r\nBcc: eve@example.org", "ana@example.org, eve@example.org",
     "jörg@example.org", "ana@straße.example.org", "ana@example。org",
     "ana@" + "x" * 70 + ".org", "ana@example..org"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(address: str, facts: DigestFacts) -> None:
    with pytest.raises(WrongSettings, match="No mail can go to"):
        digest_message(facts, MAIL, "Ana", address, KEY, SENT)


@pytest.mark.parametrize(
    "settings",
    [{"sender": "us@straße.example.org"}, {"reply_to": "us@" + "ü" * 60 + ".example.org"},
     {"domains": ["straße.example.org"]},
     {"dkim": {"domain": "straße.example.org", "selector": "weaver"}}],
)  # fmt: skip
def test_domains_that_mail_does_not_have_are_refused_in_the_settings(
    settings: dict[str, object],
) -> None:
    with pytest.raises(ValueError, match="is no domain that stands in mail"):
        Mail(**settings)  # type: ignore[arg-type]


@pytest.mark.parametrize("signing", ["rivers.example.org", "example.org", "m.rivers.example.org"])
def test_the_senders_domain_signs(signing: str) -> None:
    with pytest.raises(ValueError, match="is not the domain of sender"):
        Mail(dkim={"domain": signing, "selector": "x"}, sender="us@springs.example.net")
    Mail(dkim={"domain": signing, "selector": "x"}, sender="us@rivers.example.org")


def test_each_message_has_its_own_identity(facts: DigestFacts) -> None:
    one, other = parsed(written(facts)), parsed(written(facts, key="another"))
    assert one["Message-ID"] != other["Message-ID"]
    assert one.get_boundary() != other.get_boundary()


OTHER = Mail(by="smtp", host="mail.example.org", sender="us@rivers.example.org",
             reply_to="ana@rivers.example.org")  # fmt: skip


@pytest.mark.parametrize("name", ["Ana", "", "हिन्दी संघ " * 9])
@pytest.mark.parametrize(("before", "after"), [(MAIL, OTHER), (OTHER, MAIL), (MAIL, MAIL)])
def test_a_letter_that_waited_is_as_if_it_were_written_now(
    before: Mail, after: Mail, name: str, facts: DigestFacts
) -> None:
    def made(mail: Mail, sent: dt.datetime) -> bytes:
        return digest_message(facts, mail, name, "ana@example.org", KEY, sent)

    later = SENT + dt.timedelta(days=20)
    waited = made(before, SENT)
    assert readdressed(waited, after, facts.coalition, KEY) == made(after, SENT)
    assert readdressed(waited, after, facts.coalition, KEY, later) == made(after, later)


def test_what_is_no_letter_stays_as_it_is() -> None:
    assert readdressed(b"x", OTHER, "Us", KEY, SENT) == b"x"


def test_two_processes_write_the_same_bytes(facts: DigestFacts, tmp_path: Path) -> None:
    (tmp_path / "facts").write_bytes(pickle.dumps((facts, KEY, SENT)))
    code = (
        "import pickle, sys; from pathlib import Path; from config.post import Mail;"
        "from reports.mail import digest_message;"
        "facts, key, sent = pickle.loads(Path(sys.argv[1]).read_bytes());"
        "sys.stdout.buffer.write(digest_message(facts, Mail(), 'Ana Kovač',"
        " 'ana@example.org', key, sent))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    other = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "facts")],
        capture_output=True, check=True, cwd=tmp_path, env=environment,
    )  # fmt: skip
    assert other.stdout == written(facts)
