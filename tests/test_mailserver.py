"""The tests' own mail server: it takes mail as servers do, and does what it is told."""

import smtplib
import ssl
from pathlib import Path

import pytest

from tests.mailserver import LOST, PASSWORD, RESET, SENDER, USER, MailServer

LETTER = b"Subject: hello\r\n\r\n.dot and \xc3\xbc\r\n"


def signed_in(server: MailServer, folder: Path) -> smtplib.SMTP:
    context = ssl.create_default_context(cafile=server.trust(folder))
    if server.security == "tls":
        client: smtplib.SMTP = smtplib.SMTP_SSL("localhost", server.port, "example.org",
                                                timeout=5, context=context)  # fmt: skip
    else:
        client = smtplib.SMTP("localhost", server.port, "example.org", timeout=5)
        client.starttls(context=context)
    try:
        client.login(USER, PASSWORD)
    except smtplib.SMTPException:
        client.close()
        raise
    return client


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_it_keeps_what_it_is_given(security: str, tmp_path: Path) -> None:
    with MailServer(security) as server:  # type: ignore[arg-type]
        with signed_in(server, tmp_path) as client:
            client.sendmail(SENDER, ["ana@example.org"], LETTER)
        (got,) = server.messages
    assert (got.sender, got.recipients, got.content) == (SENDER, ("ana@example.org",), LETTER)
    assert (got.hello, got.user, got.parsed["Subject"]) == ("example.org", USER, "hello")


def test_it_refuses_whom_it_does_not_know(tmp_path: Path) -> None:
    with MailServer(users={USER: "another"}) as server:
        with pytest.raises(smtplib.SMTPAuthenticationError):
            signed_in(server, tmp_path)
        with smtplib.SMTP("localhost", server.port, timeout=5) as client:
            assert client.docmd("MAIL FROM:<a@example.org>")[0] in (503, 530)


def test_it_does_what_it_is_told(tmp_path: Path) -> None:
    with MailServer() as server:
        server.when("RCPT", "450 4.2.1 Later", to="ana@example.org", times=1)
        server.when("dot", LOST, times=1)
        server.when("body", RESET, times=1)
        with signed_in(server, tmp_path) as client:
            with pytest.raises(smtplib.SMTPRecipientsRefused):
                client.sendmail(SENDER, ["ana@example.org"], LETTER)
            with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionError)):
                client.sendmail(SENDER, ["ana@example.org"], LETTER)
        assert not server.messages
        with (
            signed_in(server, tmp_path) as client,
            pytest.raises((smtplib.SMTPServerDisconnected, ConnectionError)),
        ):
            client.sendmail(SENDER, ["ana@example.org"], LETTER)
        assert len(server.messages) == 1
        with signed_in(server, tmp_path) as client:
            client.sendmail(SENDER, ["ana@example.org"], LETTER)
        assert (len(server.messages), server.connections) == (2, 3)


def test_it_drops_and_comes_back_at_the_same_port(tmp_path: Path) -> None:
    server = MailServer()
    server.start()
    port = server.port
    with signed_in(server, tmp_path) as client:
        server.drop()
        with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionError)):
            client.sendmail(SENDER, ["ana@example.org"], LETTER)
    server.stop()
    server.start()
    with signed_in(server, tmp_path) as client:
        client.sendmail(SENDER, ["ana@example.org"], LETTER)
    server.stop()
    assert (server.port, len(server.messages)) == (port, 1)


def test_a_421_ends_the_connection() -> None:
    with MailServer() as server:
        server.when("greeting", "421 4.3.2 Closed for today")
        with pytest.raises(smtplib.SMTPConnectError, match="Closed for today"):
            smtplib.SMTP("localhost", server.port, timeout=5)
