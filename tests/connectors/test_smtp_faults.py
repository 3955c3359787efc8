"""A mail server that fails in every way that servers do, on real sockets."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import trustme

from config.errors import NeedsPermission, Temporary, WeaverError, WrongSettings
from config.post import Mail
from config.records import Message
from connectors.protocols import Delivery
from connectors.serverdoor import _Door
from connectors.smtp import SmtpPost
from tests.google_emulator.fixtures import block_outside_names
from tests.mailserver import (
    AUTHORITY,
    HANG,
    LOST,
    PASSWORD,
    RESET,
    USER,
    MailServer,
    certificate,
)

ANA, BEN = "ana@example.org", "ben@example.org"
LETTER = b"From: weaver@example.org\r\nSubject: hello\r\n\r\nhello\r\n"


def message(address: str = ANA, content: bytes = LETTER) -> Message:
    return Message("m-1", address, "weekly-digest", "2026-W10", "a.eml", content,
                   dt.date(2026, 3, 9))  # fmt: skip


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as running:
        yield running


def post(server: MailServer, folder: Path, time_out: float = 5.0, **more: Any) -> SmtpPost:
    server.trust(folder)
    mail = Mail(by="smtp", host="localhost", port=server.port, user=USER, authorities=AUTHORITY,
                security="tls" if server.security == "tls" else "starttls")  # fmt: skip
    return SmtpPost(mail.model_copy(update=more), folder, server.environ, time_out=time_out)


def one(server: MailServer, folder: Path, content: bytes = LETTER, **more: Any) -> Delivery:
    sender = post(server, folder, **more)
    delivery = sender.deliver(message(content=content))
    sender.close()
    return delivery


def trouble(server: MailServer, folder: Path, **more: Any) -> WeaverError:
    """What `check` says; `deliver` says the same of all mail, without raising."""
    sender = post(server, folder, **more)
    with pytest.raises(WeaverError) as caught:
        sender.check()
    delivery = sender.deliver(message())
    sender.close()
    assert (delivery.outcome, delivery.whole) == ("later", True)
    assert delivery.said == str(caught.value)
    assert not server.messages
    return caught.value


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA", "dot"])
@pytest.mark.parametrize("answer", ["450 4.2.1 Greylisted", "451 4.3.0 Busy", "452 4.3.1 Full"])
def test_a_refusal_for_now_is_tried_later(
    server: MailServer, tmp_path: Path, stage: str, answer: str
) -> None:
    server.when(stage, answer, times=1)
    sender = post(server, tmp_path)
    assert sender.deliver(message()) == Delivery("later", answer)
    assert sender.deliver(message()).outcome == "sent"
    sender.close()
    assert (len(server.messages), server.connections) == (1, 1)


@pytest.mark.parametrize(
    ("stage", "answer"),
    [
        ("RCPT", "550 5.1.1 No such user"),
        ("RCPT", "553 5.1.3 Bad address"),
        ("DATA", "554 5.6.0 No such mail here"),
        ("dot", "550 5.7.1 Looks like spam"),
        ("dot", "552 5.3.4 Message too large"),
        ("MAIL", "552 5.3.4 Message too large"),
    ],
)
def test_a_refusal_for_good_holds_up_nobody_else(
    server: MailServer, tmp_path: Path, stage: str, answer: str
) -> None:
    server.when(stage, answer, times=1)
    sender = post(server, tmp_path)
    assert sender.deliver(message()) == Delivery("refused", answer)
    assert sender.deliver(message(BEN)).outcome == "sent"
    sender.close()
    assert [got.recipients for got in server.messages] == [(BEN,)]


def test_only_the_address_that_is_refused_is(server: MailServer, tmp_path: Path) -> None:
    server.when("RCPT", "550 5.1.1 No such user", to=BEN)
    sender = post(server, tmp_path)
    told = [sender.deliver(message(to)).outcome for to in (ANA, BEN, ANA)]
    sender.close()
    assert told == ["sent", "refused", "sent"]


def test_a_message_that_is_too_large_is_not_even_sent(tmp_path: Path) -> None:
    with MailServer(largest=1000) as server:
        delivery = one(server, tmp_path, LETTER + b"x\r\n" * 1000)
    assert delivery.outcome == "refused"
    assert delivery.said.startswith("552 ")


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA", "dot"])
@pytest.mark.parametrize(
    "answer",
    [
        "550 5.4.5 Daily user sending limit exceeded",
        "550 5.4.5 Daily SMTP relay sending limit exceeded for customer",
        "452 4.3.2 Daily quota of messages is used up",
        "450 4.7.1 You reached the limit of 500 mails a day",
    ],
)
def test_the_days_allowance_is_used_up(
    server: MailServer, tmp_path: Path, stage: str, answer: str
) -> None:
    server.when(stage, answer)
    assert one(server, tmp_path) == Delivery("later", answer, today=True)


@pytest.mark.parametrize(
    "answer",
    ["452 4.2.2 The mailbox is over quota", "451 4.4.5 Server busy, try again in 24 minutes"],
)
def test_another_mailbox_that_is_full_is_not_our_allowance(
    server: MailServer, tmp_path: Path, answer: str
) -> None:
    server.when("RCPT", answer)
    assert one(server, tmp_path) == Delivery("later", answer)


@pytest.mark.parametrize(
    ("stage", "answer"),
    [
        ("MAIL", "553 5.7.1 You may not write from this address"),
        ("MAIL", "530 5.7.0 Authentication required"),
        ("RCPT", "554 5.7.1 <ana@example.org>: Relay access denied"),
        ("RCPT", "553 5.7.1 <weaver@example.org>: Sender address rejected: not owned by user"),
    ],
)
def test_where_it_is_the_sender_that_is_refused_no_address_is(
    server: MailServer, tmp_path: Path, stage: str, answer: str
) -> None:
    server.when(stage, answer)
    delivery = one(server, tmp_path)
    assert (delivery.outcome, delivery.whole) == ("later", True)
    assert answer in delivery.said
    assert "[mail] sender" in delivery.said


def test_a_421_in_the_middle_is_later_and_the_next_gets_a_new_connection(
    server: MailServer, tmp_path: Path
) -> None:
    server.when("RCPT", "421 4.3.2 Closing down", times=1)
    sender = post(server, tmp_path)
    assert sender.deliver(message()) == Delivery("later", "421 4.3.2 Closing down")
    assert sender.deliver(message()).outcome == "sent"
    sender.close()
    assert server.connections == 2


@pytest.mark.parametrize("stage", ["EHLO", "MAIL", "RCPT", "DATA"])
def test_a_connection_that_breaks_before_the_message_is_later(
    server: MailServer, tmp_path: Path, stage: str
) -> None:
    server.when(stage, RESET)
    delivery = one(server, tmp_path)
    assert (delivery.outcome, delivery.whole) == ("later", stage == "EHLO")
    assert "broke off" in delivery.said
    assert not server.messages


def test_a_reset_within_data_is_later(server: MailServer, tmp_path: Path) -> None:
    # So long that it can't have left as a whole when the server goes.
    server.largest = 50_000_000
    server.when("body", RESET, times=1)
    sender = post(server, tmp_path)
    delivery = sender.deliver(message(content=LETTER + (b"x" * 900 + b"\r\n") * 18_000))
    assert delivery.outcome == "later"
    assert "broke off" in delivery.said
    assert sender.deliver(message()).outcome == "sent"
    sender.close()
    assert len(server.messages) == 1


@pytest.mark.parametrize("deed", [RESET, LOST])
def test_a_reset_after_the_dot_is_unknown(server: MailServer, tmp_path: Path, deed: str) -> None:
    server.when("dot", deed)
    assert one(server, tmp_path).outcome == "unknown"
    assert len(server.messages) == (deed == LOST)


@pytest.mark.parametrize("stage", ["EHLO", "AUTH", "MAIL", "RCPT", "DATA", "dot"])
def test_a_server_that_says_nothing_more(server: MailServer, tmp_path: Path, stage: str) -> None:
    server.when(stage, HANG)
    delivery = one(server, tmp_path, time_out=0.2)
    assert delivery.outcome == ("unknown" if stage == "dot" else "later")
    assert delivery.whole == (stage in ("EHLO", "AUTH"))
    assert "did not answer" in delivery.said


def test_no_greeting_in_time(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute, MailServer() as server:
        server.port, kept = mute.getsockname()[1], server.port
        error = trouble(server, tmp_path, time_out=0.2)
        server.port = kept
    assert isinstance(error, Temporary)
    assert error.what == "The mail server did not answer within 0.2 seconds."


def test_words_that_are_no_answer_after_the_dot_leave_it_open(
    server: MailServer, tmp_path: Path
) -> None:
    server.when("dot", "OK, thanks", times=1)
    sender = post(server, tmp_path)
    assert sender.deliver(message()).outcome == "unknown"
    # Who knows what else comes over that connection.
    assert sender.deliver(message()).outcome == "sent"
    sender.close()
    assert server.connections == 2


def test_a_server_that_dropped_us_between_two_messages(server: MailServer, tmp_path: Path) -> None:
    sender = post(server, tmp_path)
    assert sender.deliver(message()).outcome == "sent"
    server.drop()
    assert sender.deliver(message(BEN)).outcome == "sent"
    sender.close()
    assert (len(server.messages), server.connections) == (2, 2)


def test_a_server_that_came_back(tmp_path: Path) -> None:
    server = MailServer()
    server.start()
    sender = post(server, tmp_path)
    assert sender.deliver(message()).outcome == "sent"
    server.stop()
    gone = sender.deliver(message())
    server.start()
    assert sender.deliver(message()).outcome == "sent"
    sender.close()
    server.stop()
    assert (gone.outcome, gone.whole) == ("later", True)


def test_refused_connection(tmp_path: Path) -> None:
    server = MailServer()
    server.start()
    server.stop()
    error = trouble(server, tmp_path)
    assert isinstance(error, Temporary)
    assert "refused" in error.what
    assert error.where == f"localhost:{server.port}"


def test_a_name_that_nobody_has(
    server: MailServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    block_outside_names(monkeypatch)
    error = trouble(server, tmp_path, host="mail.example.org")
    assert isinstance(error, WrongSettings)
    assert error.what == "No machine with the name mail.example.org can be found."
    again = _Door(Mail(by="smtp", host="mail.example.org"), 1.0).unreached(
        socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
    )
    assert isinstance(again, Temporary)
    assert isinstance(trouble(server, tmp_path, host="x" * 70 + ".example.org"), WrongSettings)


def test_a_greeting_that_sends_us_away(server: MailServer, tmp_path: Path) -> None:
    server.when("greeting", "421 4.3.2 Closed for repairs", times=2)
    error = trouble(server, tmp_path)
    assert isinstance(error, Temporary)
    assert "421 4.3.2 Closed for repairs" in error.what
    server.when("greeting", "554 5.7.1 Not from your network")
    assert isinstance(trouble(server, tmp_path), NeedsPermission)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_certificates_are_verified(security: Any, tmp_path: Path) -> None:
    for context, kind, word in (
        (certificate(expired=True), Temporary, "run out"),
        (certificate("mail.example.org"), WrongSettings, "another name than localhost"),
        (_strange(), WrongSettings, "Nobody whom this machine trusts"),
    ):
        with MailServer(security, context=context) as server:
            error = trouble(server, tmp_path)
            assert isinstance(error, kind), error
            assert word in error.what


def _strange() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("localhost").configure_cert(context)
    return context


def test_without_authorities_the_machines_own_are_asked(server: MailServer, tmp_path: Path) -> None:
    error = trouble(server, tmp_path, authorities=None)
    assert "Nobody whom this machine trusts" in error.what
    assert "[mail] authorities" in error.remedy


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_authorities_that_are_none(server: MailServer, tmp_path: Path, content: str | None) -> None:
    if content:
        (tmp_path / "other.pem").write_text(content)
    error = trouble(server, tmp_path, authorities="other.pem")
    assert isinstance(error, WrongSettings)
    assert "[mail] authorities" in error.what


def test_mail_never_leaves_unencrypted(tmp_path: Path) -> None:
    with MailServer("plain") as server:
        error = trouble(server, tmp_path)
        assert isinstance(error, WrongSettings)
        assert "STARTTLS" in error.what
        error = trouble(server, tmp_path, security="tls")
        assert "doesn't speak TLS" in error.what


def test_tls_where_starttls_is_expected_ends_in_time(tmp_path: Path) -> None:
    with MailServer("tls") as server:
        assert isinstance(trouble(server, tmp_path, time_out=0.3, security="starttls"), Temporary)


def test_a_wrong_password(tmp_path: Path) -> None:
    with MailServer(users={USER: "another"}) as server:
        server.users = {USER: "another"}
        sender = post(server, tmp_path)
        sender._environ = {"WEAVER_MAIL_PASSWORD": "wrong horse"}
        with pytest.raises(NeedsPermission) as caught:
            sender.check()
        delivery = sender.deliver(message())
        sender.close()
    assert "535" in caught.value.what
    assert "WEAVER_MAIL_PASSWORD" in caught.value.remedy
    assert "app password" in caught.value.remedy
    assert "wrong horse" not in f"{caught.value} {delivery.said}"
    assert (delivery.outcome, delivery.whole) == ("later", True)


def test_no_password(server: MailServer, tmp_path: Path) -> None:
    assert isinstance(trouble(server, tmp_path, password_env="OTHER"), WrongSettings)


def test_too_many_sign_ins_pass(server: MailServer, tmp_path: Path) -> None:
    server.when("AUTH", "454 4.7.0 Too many login attempts")
    assert isinstance(trouble(server, tmp_path), Temporary)


def test_an_open_server_is_told_no_name(tmp_path: Path) -> None:
    with MailServer(users={}) as server:
        assert one(server, tmp_path, user="").outcome == "sent"
    assert server.messages[0].user == ""


@pytest.mark.parametrize("how", ["PLAIN", "LOGIN"])
def test_both_ways_to_sign_in(tmp_path: Path, how: str) -> None:
    with MailServer(users={USER: "pass wörd"}, only=how) as server:
        assert one(server, tmp_path).outcome == "sent"
    assert server.messages[0].user == USER


def test_a_server_without_a_way_to_sign_in(tmp_path: Path) -> None:
    with MailServer(only="NONE") as server:
        assert "no sign-in" in trouble(server, tmp_path).what


def test_the_machines_name_stays_at_home(server: MailServer, tmp_path: Path) -> None:
    one(server, tmp_path, sender="weaver@müllers.example.org")
    (got,) = server.messages
    assert got.hello == "xn--mllers-3ya.example.org"
    assert got.sender == "weaver@xn--mllers-3ya.example.org"


def test_letters_beyond_ascii_only_where_the_server_takes_them(tmp_path: Path) -> None:
    with MailServer() as server:
        sender = post(server, tmp_path)
        assert sender.deliver(message("jörg@example.org")).outcome == "sent"
        assert sender.deliver(message(ANA)).outcome == "sent"
        sender.close()
    assert ["SMTPUTF8" in got.options for got in server.messages] == [True, False]
    assert server.messages[0].recipients == ("jörg@example.org",)
    with MailServer(utf8=False) as server:
        sender = post(server, tmp_path)
        refused = sender.deliver(message("jörg@example.org"))
        assert sender.deliver(message(ANA)).outcome == "sent"
        sender.close()
    assert (refused.outcome, len(server.messages)) == ("refused", 1)


def test_the_servers_words_become_one_line(server: MailServer, tmp_path: Path) -> None:
    server.when("RCPT", "550-5.1.1 No\x1b[31m such\r\n550 5.1.1 user " + "x" * 400)
    said = one(server, tmp_path).said
    assert said.startswith("550 5.1.1 No [31m such 5.1.1 user x")
    assert len(said) == 300
    assert said.isprintable()


def test_no_line_of_the_message_can_end_it_early(server: MailServer, tmp_path: Path) -> None:
    smuggled = LETTER + b"a\n.\nMAIL FROM:<x@example.org>\r.\r\r\n.\r\nb"
    assert one(server, tmp_path, smuggled).outcome == "sent"
    (got,) = server.messages
    lines = b"a\r\n.\r\nMAIL FROM:<x@example.org>\r\n.\r\n\r\n.\r\nb\r\n"
    assert got.content == LETTER + lines


def test_mail_is_not_sent_for_a_check(server: MailServer, tmp_path: Path) -> None:
    sender = post(server, tmp_path)
    sender.check()
    sender.close()
    assert (server.messages, server.connections) == ([], 1)
    assert PASSWORD not in repr(sender)


def test_an_address_of_two_lines_never_gets_to_the_wire(tmp_path: Path) -> None:
    server = MailServer()  # not even started
    sender = SmtpPost(Mail(by="smtp", host="localhost", port=1), tmp_path, {})
    for address in ("ana@example.org\r\nRCPT TO:<x@example.org>", "a b@example.org", "", "ana",
                    "ana@example.org,ben@example.org", "ana@example\x00.org",
                    "ana@" + "x" * 64 + ".org", "a@.org"):  # fmt: skip
        delivery = sender.deliver(replace(message(), address=address))
        assert delivery.outcome == "refused", address
        assert "no address" in delivery.said
        assert delivery.said.isprintable()
    sender.close()
    assert server.connections == 0
