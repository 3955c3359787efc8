"""Every kind of letter as it leaves: headers, parts, and what names can't do to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from itertools import product
from typing import Any

import pytest

from config.errors import WrongSettings
from config.post import Mail
from reports.facts import DigestFacts
from reports.letterfacts import Greeting, QuestionFacts, ReceiptFacts
from reports.letters import Letter, question, receipt
from reports.mail import LARGEST_PAGE, Envelope, digest_message, letter, mailable

SENT = dt.datetime(2026, 10, 12, 8, 30, tzinfo=dt.timezone(dt.timedelta(hours=2)))
KEY = "abcdefghijklmnop"
NAMES = {
    "plain": "Ana Kovač",
    "nobody": "",
    "right to left": "אגודת הדיירים של הנמל",
    "turned": "Evil\u202egnp.exe\u202c\u2066 and\u2069\u0007\ud800 more",
    "emoji": "👩‍👩‍👧 Families 🏳️‍🌈 & Friends",
    "long": "ü" * 300,
    "one word": "W" * 300,
    "line breaks": "Eve\r\nBcc: all@example.org\r\n\r\nHello\0",
    "markup": "<script>alert(1)</script>\" onmouseover='x' {{ 7*7 }} {0} %s",
    "encoded": "=?utf-8?q?Boss_=3Cboss=40example=2Ecom=3E?=",
    "list": 'Smith, "Jones" <x@y.z>; (all)',
}
LETTERS = ("receipt", "question", "plain")
EVERY = tuple(product(LETTERS, NAMES))


def greeting(name: str) -> Greeting:
    day, form = dt.date(2026, 10, 6), "https://forms.example.org/join?a=1&b=2"
    return Greeting(name or "Clean Rivers", name, name, day, name, form, True)


def receipt_of(name: str, **facts: Any) -> Letter:
    given: dict[str, Any] = {
        "version": name or "2", "version_by": "shown in the form", "agreed": (name, "Peace."),
        "left_open": (name,), "letters": (name,), "accepted": True, "since": dt.date(2026, 10, 6),
        "consents": (("May the name be shown in public?", "yes"), (name, "")), "may_list": True,
    }  # fmt: skip
    return receipt(ReceiptFacts(greeting(name), **given | facts))


def words_of(kind: str, name: str) -> Letter:
    if kind == "receipt":
        return receipt_of(name)
    if kind == "question":
        told = (f"You wrote: {name}. Please say more.", "And who signs?")
        return question(QuestionFacts(greeting(name), told, dt.date(2026, 11, 1), "the last day"))
    return Letter(name, f"<p>{len(name)}</p>", name.encode("utf-8", "replace").decode())


def sent(kind: str, name: str = "Ana", mail: Mail | None = None, key: str = KEY) -> bytes:
    words = words_of(kind, name)
    envelope = Envelope(
        mail or Mail(), name or "Clean Rivers", name, "ana@example.org", words.subject, key, SENT
    )
    return letter(envelope, words.text, words.page)


def parsed(content: bytes) -> EmailMessage:
    """Under Python's strict policy, which raises at the first defect of a part."""
    found = BytesParser(policy=policy.strict).parsebytes(content)
    assert isinstance(found, EmailMessage)
    return found


@pytest.mark.parametrize(("kind", "name"), EVERY)
def test_every_letter_is_without_defects(kind: str, name: str) -> None:
    content = sent(kind, NAMES[name])
    found = parsed(content)
    for part in found.walk():
        assert [d for value in part.values() for d in value.defects] == []
    assert [part.get_content_type() for part in found.walk()] == [
        "multipart/alternative", "text/plain", "text/html",
    ]  # fmt: skip
    lines = content.split(b"\r\n")
    assert all(b"\r" not in line and b"\n" not in line and line.isascii() for line in lines)
    head, _, body = content.partition(b"\r\n\r\n")
    assert max(map(len, body.split(b"\r\n"))) <= 78
    assert max(map(len, head.split(b"\r\n"))) <= 998


@pytest.mark.parametrize(("kind", "name"), EVERY)
def test_no_name_adds_a_header_or_a_reader(kind: str, name: str) -> None:
    found = parsed(sent(kind, NAMES[name]))
    assert found.keys() == parsed(sent(kind)).keys()
    for header, address in (("To", "ana@example.org"), ("From", "weaver@example.org")):
        assert [one.addr_spec for one in found[header].addresses] == [address]


@pytest.mark.parametrize("kind", ["receipt", "question"])
def test_markup_in_names_is_shown_not_obeyed(kind: str) -> None:
    page = words_of(kind, NAMES["markup"]).page
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "{{ 7*7 }}" in page
    assert "49" not in page.replace("#0b3d38", "")


@pytest.mark.parametrize("kind", ["receipt", "question"])
def test_both_parts_say_the_same(kind: str) -> None:
    words = words_of(kind, "River Watch")
    page = words.page.replace("<bdi>", "").replace("</bdi>", "").replace("&amp;", "&")
    for line in filter(None, map(str.strip, words.text.splitlines())):
        bare = line.removeprefix("- ").removesuffix(" yes").removesuffix(" not answered")
        heading = bare.isupper() or bare == "--"
        assert heading or bare in page, bare


def test_headers(facts: DigestFacts) -> None:
    mail = Mail(reply_to="office@example.org")
    digest = digest_message(facts, mail, "Ana", "ana@example.org", KEY, SENT)
    for content in (sent("receipt", mail=mail), sent("question", mail=mail), digest):
        found = parsed(content)
        assert found["Date"].datetime == SENT
        assert found["Message-ID"].endswith("@example.org>")
        assert found["Auto-Submitted"] == "auto-generated"
        assert found["Content-Language"] == "en"
        assert [one.addr_spec for one in found["Reply-To"].addresses] == ["office@example.org"]


def test_no_reply_to_where_none_is_set() -> None:
    assert parsed(sent("receipt"))["Reply-To"] is None


@pytest.mark.parametrize(
    ("mail", "told"),
    [
        ({}, "<mailto:weaver@example.org?subject=Unsubscribe%20abcdefghijklmnop>"),
        ({"reply_to": "a%b?c+d@bücher.example"},
         "<mailto:a%25b%3Fc%2Bd@xn--bcher-kva.example?subject=Unsubscribe%20abcdefghijklmnop>"),
        ({"unsubscribe": "https://example.org/off"}, "<https://example.org/off/abcdefghijklmnop>"),
        ({"unsubscribe": "https://example.org/off/"}, "<https://example.org/off/abcdefghijklmnop>"),
        ({"unsubscribe": "https://e.org/?m="}, "<https://e.org/?m=abcdefghijklmnop>"),
        ({"unsubscribe": "https://e.org/" + "x" * 480},
         f"<https://e.org/{'x' * 480}/abcdefghijklmnop>"),
        ({"sender": f"{'s' * 60}@{'long.' * 20}example.org"},
         f"<mailto:{'s' * 60}@{'long.' * 20}example.org?subject=Unsubscribe%20abcdefghijklmnop>"),
    ],
)  # fmt: skip
def test_how_to_unsubscribe_stands_on_one_line(mail: dict[str, str], told: str) -> None:
    content = sent("receipt", mail=Mail(**mail))  # type: ignore[arg-type]
    assert f"\r\nList-Unsubscribe: {told}\r\n".encode() in content
    one_click = b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in content
    assert one_click is ("unsubscribe" in mail)
    assert parsed(content)["List-Unsubscribe"].defects == ()


@pytest.mark.parametrize(
    ("sender", "named"),
    [
        ("weaver@example.org", "weaver.example.org"),
        ("a.b@bücher.example", "a.b.xn--bcher-kva.example"),
    ],
)
def test_the_list_has_a_name_beside_the_way_off_it(sender: str, named: str) -> None:
    content = sent("question", mail=Mail(sender=sender))
    assert f"\r\nList-Id: <{named}>\r\nList-Unsubscribe: ".encode() in content


@pytest.mark.parametrize(
    "page",
    ["http://example.org/", "https://e.org/a b", "https://e.org/<x>", "https://e.org/\r\nBcc:x",
     "https://e.org/" + "x" * 500],
)  # fmt: skip
def test_a_page_that_would_break_the_header_is_refused(page: str) -> None:
    with pytest.raises(ValueError, match="no address that begins with https"):
        Mail(unsubscribe=page)


@pytest.mark.parametrize(("by", "unsent"), [("folder", "1"), ("smtp", None), ("gmail", None)])
def test_only_a_file_that_people_send_opens_as_a_draft(by: Any, unsent: str | None) -> None:
    assert parsed(sent("receipt", mail=Mail(by=by, host="mail.example.org")))["X-Unsent"] == unsent


def test_ids_and_boundaries_come_from_the_key() -> None:
    one, again, other = sent("receipt"), sent("receipt"), sent("receipt", key="another")
    assert one == again
    assert parsed(one)["Message-ID"] != parsed(other)["Message-ID"]
    assert parsed(one).get_boundary() != parsed(other).get_boundary()


def test_pages_stay_below_what_gmail_shows() -> None:
    text = "ﷺ" * 2_000
    many = receipt_of(text, agreed=(text,) * 500, left_open=(text,) * 500, letters=(text,) * 40)
    assert 60_000 < len(many.page.encode()) <= LARGEST_PAGE
    assert "… and 470 more" in many.text


def test_a_page_that_is_longer_is_left_out() -> None:
    envelope = Envelope(Mail(), "C", "Ana", "ana@example.org", "Hello", KEY, SENT)
    found = parsed(letter(envelope, "The text.\n", "x" * (LARGEST_PAGE + 1)))
    assert found.get_content_type() == "text/plain"
    assert found.get_content().strip() == "The text."
    assert found["Content-Language"] == "en"


@pytest.mark.parametrize(
    ("address", "fits"),
    [("ana@example.org", True), ("ana@bücher.example", True), ("", False), ("ana", False),
     ("ana@example.org\nBcc: e@example.org", False), ("a@example.org, b@example.org", False),
     (f"{'a' * 64}@example.org", True), (f"{'a' * 65}@example.org", False),
     (f"ana@{'abcdefg.' * 31}org", False)],
)  # fmt: skip
def test_addresses_to_which_mail_can_go(address: str, fits: bool) -> None:
    assert mailable(address) is fits
    envelope = Envelope(Mail(), "C", "Ana", address, "Hello", KEY, SENT)
    if not fits:
        with pytest.raises(WrongSettings, match="No mail can go to"):
            letter(envelope, "text", "page")


@pytest.mark.parametrize("kind", ["receipt", "question"])
@pytest.mark.parametrize("name", ["plain", "right to left", "one word", "markup"])
def test_nothing_scrolls_sideways_on_a_phone(
    kind: str, name: str, require: Callable[[str], Any]
) -> None:
    from tests.reports.test_digest_shown import _load

    measured = _load().measure(require("chromium"), words_of(kind, NAMES[name]).page)
    assert [seen["inner"] for seen in measured] == [360, 768, 1280]
    for seen in measured:
        assert seen["scroll"] <= seen["inner"]
        assert seen["beyond"] == []
