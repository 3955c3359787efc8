"""The emulated Gmail, asked by Google's own client: M-03 to M-06 of the facts."""

from __future__ import annotations

import base64
import copy
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import httplib2
import pytest
from google.oauth2.service_account import Credentials
from google_auth_httplib2 import AuthorizedHttp
from googleapiclient.discovery import build_from_document
from googleapiclient.errors import HttpError

from tests.google_emulator.discovery import document
from tests.google_emulator.server import Emulator

ANA = "ana@example.org"
SEND = "https://www.googleapis.com/auth/gmail.send"
COMPOSE = "https://www.googleapis.com/auth/gmail.compose"
LETTER = b"From: <ana@example.org>\r\nTo: <ben@example.org>\r\n\r\n\xfb\xff?\r\n"


def packed(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode("ascii")


@pytest.fixture
def users(google: Emulator) -> Iterator[Any]:
    """Google's client as Ana, and as the service account where `subject=None`."""
    google.service.accounts.service("weaver").delegated = {SEND, COMPOSE}
    wires: list[httplib2.Http] = []

    def make(subject: str | None = ANA, scope: str = COMPOSE) -> Any:
        credentials = Credentials.from_service_account_info(
            google.service_account(), scopes=[scope], subject=subject
        )
        credentials._is_regional_access_boundary_lookup_required = lambda: False
        wires.append(httplib2.Http(timeout=10, proxy_info=None))
        return build_from_document(
            copy.deepcopy(document("gmail")),
            http=AuthorizedHttp(credentials, http=wires[-1]),
            client_options={"api_endpoint": f"{google.url}/"},
        ).users()

    yield make
    for wire in wires:
        with closing(wire):
            pass


def refused(request: Any) -> tuple[int, str]:
    with pytest.raises(HttpError) as caught:
        request.execute()
    return caught.value.status_code, caught.value.reason


def test_a_message_is_kept_as_it_is(google: Emulator, users: Any) -> None:
    made = users(scope=SEND).messages().send(userId="me", body={"raw": packed(LETTER)}).execute()
    (kept,) = google.world.mailboxes[ANA]
    assert (kept.content, kept.label) == (LETTER, "SENT")
    assert made == {"id": kept.id, "threadId": kept.id, "labelIds": ["SENT"]}


def test_a_draft_needs_more_than_leave_to_send(google: Emulator, users: Any) -> None:
    body = {"message": {"raw": packed(LETTER)}}
    made = users().drafts().create(userId=ANA, body=body).execute()
    assert made["message"]["labelIds"] == ["DRAFT"]
    code, said = refused(users(scope=SEND).drafts().create(userId="me", body=body))
    assert (code, said) == (403, "Request had insufficient authentication scopes.")
    assert [each.label for each in google.world.mailboxes[ANA]] == ["DRAFT"]


def test_m_04_a_service_account_by_itself_sends_nothing(google: Emulator, users: Any) -> None:
    request = users(None).messages().send(userId="me", body={"raw": packed(LETTER)})
    assert refused(request) == (400, "Precondition check failed.")
    assert google.world.mailboxes == {}


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (base64.b64encode(LETTER).decode(), "Base64 decoding failed"),  # M-05
        ("", "'raw' RFC822 payload message string"),
        (packed(b"From: <ana@example.org>\r\n\r\nhi"), "Recipient address required"),
        (packed(b"To: <ben>\r\n\r\nhi"), "Invalid To header"),
    ],
)
def test_what_is_no_message(google: Emulator, users: Any, raw: str, said: str) -> None:
    code, why = refused(users().messages().send(userId="me", body={"raw": raw}))
    assert code == 400
    assert said in why
    assert not google.world.mailboxes[ANA]


def test_m_03_a_days_mail_is_used_up(google: Emulator, users: Any) -> None:
    google.world.mails_a_day = 1
    body = {"raw": packed(LETTER)}
    users().messages().send(userId="me", body=body).execute()
    code, said = refused(users().messages().send(userId="me", body=body))
    assert code == 429
    assert "(Mail sending)" in said


def test_m_06_the_sender_is_whose_mailbox_it_is(google: Emulator, users: Any) -> None:
    other = b"From: Other\r\n <other@example.org>\r\nTo: <ben@example.org>\r\n\r\nhi"
    users().messages().send(userId="me", body={"raw": packed(other)}).execute()
    (kept,) = google.world.mailboxes[ANA]
    assert kept.content == b"From: <ana@example.org>\r\nTo: <ben@example.org>\r\n\r\nhi"


def test_nobody_sends_from_anothers_mailbox(users: Any) -> None:
    code, said = refused(users().messages().send(userId="ben@example.org", body={"raw": "YQ"}))
    assert (code, said) == (403, "Delegation denied for ana@example.org")
