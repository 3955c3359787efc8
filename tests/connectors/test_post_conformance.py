"""What every post must do: the folder, a mail server by both kinds of TLS, and Gmail."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.google import Google
from config.post import Mail
from config.records import Message
from config.settings import Coalition, Settings
from connectors.google.gmail import GmailPost
from connectors.google.pace import Pace
from connectors.google.session import DRAFT_SCOPE, SEND_SCOPE
from connectors.outbox import MailFolder
from connectors.post import open_post
from connectors.protocols import Delivery, Post
from connectors.smtp import SmtpPost
from tests.google_emulator.server import Emulator
from tests.mailserver import AUTHORITY, SENDER, USER, MailServer

LINK = f"<https://example.org/u/{'k' * 175}>"
HEAD = (
    b"From: Open Rivers <weaver@example.org>\r\nTo: <ana@example.org>\r\n"
    b"Message-ID: <m1@example.org>\r\nList-Unsubscribe: " + LINK.encode() + b"\r\n"
    b"Subject: =?utf-8?q?Fl=C3=BCsse?=\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
)
BODIES = {
    "plain": b"hello\r\n",
    "dots": b".\r\n..\r\n.a\r\nb.\r\n\r\n.\r\n",
    "eight bits": "Größe: 100 €\r\n".encode(),
    "long": b"x" * 990 + b"\r\n",
    "blank lines": b"\r\n\r\nend\r\n\r\n",
    "many": b"0123456789 abc def\r\n" * 5000,
}


def pace() -> Pace:
    return Pace(lambda: 0.0, lambda _: None, lambda: 0.5, 900.0)


@dataclass
class Side:
    """A post and what it leads to: the bytes that arrived, and the drafts."""

    post: Post
    repeatable: bool
    arrived: Callable[[], list[bytes]]
    drafted: Callable[[], list[bytes]]


def message(content: bytes = HEAD + BODIES["plain"], address: str = "ana@example.org") -> Message:
    return Message("m-1", address, "weekly-digest", "2026-W10", "digest.eml", content,
                   dt.date(2026, 3, 9))  # fmt: skip


def _files(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.glob("outbox/*"))]


@pytest.fixture(params=["folder", "starttls", "tls", "gmail"])
def side(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Side]:
    if request.param == "folder":
        kept = MailFolder(tmp_path / "outbox")
        yield Side(kept, True, lambda: _files(tmp_path), lambda: _files(tmp_path))
    elif request.param == "gmail":
        google: Emulator = request.getfixturevalue("google")
        google.service.accounts.service("weaver").delegated = {SEND_SCOPE, DRAFT_SCOPE}
        post = GmailPost(
            Google(credentials="key"), Mail(by="gmail"), tmp_path, pace(), _keys(google)
        )

        def letters(label: str) -> list[bytes]:
            mailbox = google.world.mailboxes.get(SENDER, [])
            return [each.content for each in mailbox if each.label == label]

        yield Side(post, False, lambda: letters("SENT"), lambda: letters("DRAFT"))
        post.close()
    else:
        with MailServer(request.param) as server:
            server.trust(tmp_path)
            mail = Mail(by="smtp", host="localhost", port=server.port, user=USER,
                        security=request.param, authorities=AUTHORITY)  # fmt: skip
            sender = SmtpPost(mail, tmp_path, server.environ, time_out=10)
            yield Side(
                sender, False, lambda: [got.content for got in server.messages],
                lambda: _files(tmp_path),
            )  # fmt: skip
            sender.close()


def _keys(google: Emulator) -> dict[str, str]:
    return {
        "WEAVER_GOOGLE_KEY": json.dumps(google.service_account()),
        "WEAVER_GOOGLE_API_ROOT": google.url,
    }


@pytest.mark.parametrize("body", BODIES)
def test_the_bytes_arrive_as_they_are(side: Side, body: str) -> None:
    content = HEAD + BODIES[body]
    assert side.post.deliver(message(content)).outcome == "sent"
    (got,) = side.arrived()
    assert got == content
    assert f"List-Unsubscribe: {LINK}\r\n".encode() in got


def test_one_after_the_other_in_order(side: Side) -> None:
    sent = [HEAD + b"%d\r\n" % number for number in range(3)]
    for number, content in enumerate(sent):
        each = message(content)
        named = Message(**{**each.__dict__, "file": f"{number}.eml"})
        assert side.post.deliver(named).outcome == "sent"
    assert side.arrived() == sent


def test_only_what_may_be_repeated_is_called_repeatable(side: Side) -> None:
    for _ in range(2):
        assert side.post.deliver(message()).outcome == "sent"
    assert side.post.repeatable is side.repeatable
    assert len(side.arrived()) == (1 if side.post.repeatable else 2)


def test_a_draft_is_not_sent(side: Side) -> None:
    assert side.post.draft(message()).outcome == "sent"
    (draft,) = side.drafted()
    assert draft.removeprefix(b"X-Unsent: 1\r\n") == message().content
    if side.arrived() != side.drafted():
        assert side.arrived() == []


def test_a_look_sends_nothing(side: Side) -> None:
    side.post.check()
    assert (side.arrived(), side.drafted()) == ([], [])


def test_closed_twice_and_used_again(side: Side) -> None:
    side.post.close()
    assert side.post.deliver(message()).outcome == "sent"
    side.post.close()
    side.post.close()
    assert side.post.deliver(message()).outcome == "sent"


BAD = ["ana@example.org\r\nBcc: x@example.org", "ana@example.org\n", "ana", "", "a b@example.org",
       "ana@example.org, ben@example.org", "ana@example.org\x00", "@example.org"]  # fmt: skip


@pytest.mark.parametrize("address", BAD)
def test_an_address_that_is_none_is_refused_with_words(side: Side, address: str) -> None:
    for hand in (side.post.deliver, side.post.draft):
        delivery = hand(message(address=address))
        assert delivery.outcome == "refused"
        assert "no address" in delivery.said
        assert delivery.said.isprintable()
        assert side.arrived() + side.drafted() == []
    assert side.post.deliver(message()).outcome == "sent"


def test_an_empty_message_raises_nothing(side: Side) -> None:
    assert isinstance(side.post.deliver(message(b"")), Delivery)


def test_the_settings_say_by_what(tmp_path: Path) -> None:
    def opened(mail: Mail) -> Post:
        coalition = Coalition(name="Open Rivers", time_zone="UTC")
        return open_post(Settings(coalition=coalition, mail=mail, folder=tmp_path), None, {})

    with ExitStack() as stack:
        made = [
            opened(Mail()),
            opened(Mail(by="smtp", host="mail.example.org")),
            opened(Mail(by="gmail")),
        ]
        for each in made:
            stack.callback(each.close)
        assert [type(each) for each in made] == [MailFolder, SmtpPost, GmailPost]
    assert isinstance(made[0], MailFolder)
    assert made[0].folder == tmp_path / "outbox"
