"""Gmail's answers and what Weaver makes of them: nothing twice, and plain words for people."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from config.errors import NeedsPermission, Temporary, WeaverError
from config.google import Google
from config.post import Mail
from config.records import Message
from config.settings import Coalition, Settings
from connectors.google.gmail import GmailPost
from connectors.google.pace import Pace
from connectors.google.session import DRAFT_SCOPE, SEND_SCOPE, SHEETS_SCOPE
from connectors.post import open_post
from tests.google_emulator.server import Emulator, Fault

SENDER = "weaver@example.org"
SEND = "gmail.users.messages.send"
Opens = Callable[..., GmailPost]


def message(content: bytes = b"To: <ana@example.org>\r\nSubject: hi\r\n\r\nhi\r\n") -> Message:
    return Message("m-1", "ana@example.org", "weekly-digest", "2026-W10", "digest.eml", content,
                   dt.date(2026, 3, 9))  # fmt: skip


@pytest.fixture
def opens(google: Emulator, tmp_path: Path) -> Iterator[Opens]:
    """A post of the service account's, which may act for the sender."""
    google.service.accounts.service("weaver").delegated = {SEND_SCOPE, DRAFT_SCOPE}
    with ExitStack() as stack:

        def make(
            time_out: tuple[float, float] = (2.0, 5.0),
            environ: dict[str, str] | None = None,
            **settings: Any,
        ) -> GmailPost:
            variables = {"WEAVER_GOOGLE_KEY": json.dumps(google.service_account()),
                         "WEAVER_GOOGLE_API_ROOT": google.url}  # fmt: skip
            made = GmailPost(
                Google(**({"credentials": "key"} | settings)),
                Mail(by="gmail", sender=SENDER),
                tmp_path,
                Pace(lambda: 0.0, lambda _: None, lambda: 0.5, 900.0),
                variables | (environ or {}),
                time_out=time_out,
            )
            stack.callback(made.close)
            return made

        yield make


def sent(google: Emulator) -> int:
    return sum(each.label == "SENT" for each in google.world.mailboxes.get(SENDER, []))


def asked(google: Emulator) -> int:
    return sum(each.method_id == SEND for each in google.log)


@pytest.mark.parametrize(
    ("fault", "outcome", "arrives"),
    [
        ("429", "later", 0),
        ("429-html", "later", 0),
        ("403-usage", "later", 0),
        ("503", "later", 0),
        ("500", "unknown", 0),
        ("504", "unknown", 0),
        ("408", "unknown", 0),
        ("502-html", "unknown", 0),
        ("error-string", "unknown", 0),
        ("html-200", "unknown", 0),
        ("empty-200", "unknown", 0),
        ("reset-before", "unknown", 0),
        ("applied-500", "unknown", 1),
        ("applied-lost", "unknown", 1),
        ("lost", "unknown", 0),
        ("truncated", "unknown", 1),
        ("applied-empty-200", "unknown", 1),
    ],
)
def test_every_ending_is_told_apart_and_nothing_is_tried_again(
    google: Emulator, opens: Opens, fault: str, outcome: str, arrives: int
) -> None:
    google.faults.add(Fault(fault, SEND))
    post = opens()
    delivery = post.deliver(message())
    assert delivery.outcome == outcome
    assert delivery.said
    assert (asked(google), sent(google)) == (1, arrives)
    assert post.deliver(message()).outcome == "sent"


def test_a_gmail_that_says_nothing_may_have_sent_it(google: Emulator, opens: Opens) -> None:
    google.faults.add(Fault("applied-hang", SEND, seconds=2.0))
    delivery = opens(time_out=(2.0, 0.2)).deliver(message())
    assert (delivery.outcome, sent(google), asked(google)) == ("unknown", 1, 1)


def test_without_a_connection_nothing_left(google: Emulator, opens: Opens) -> None:
    google.close()
    delivery = opens().deliver(message())
    assert (delivery.outcome, delivery.whole) == ("later", True)
    assert "online" in delivery.said


def test_the_days_allowance_is_used_up(google: Emulator, opens: Opens) -> None:
    google.world.mails_a_day = 1
    post = opens()
    assert post.deliver(message()).outcome == "sent"
    delivery = post.deliver(message())
    assert (delivery.outcome, delivery.today, delivery.whole) == ("later", True, False)
    assert delivery.said.startswith("429 User-rate limit exceeded.")


@pytest.mark.parametrize("content", [b"Subject: to nobody\r\n\r\nhi\r\n", b"To: <ana>\r\n\r\nhi"])
def test_what_gmail_refuses_for_good(google: Emulator, opens: Opens, content: bytes) -> None:
    delivery = opens().deliver(message(content))
    assert (delivery.outcome, delivery.whole) == ("refused", False)
    assert delivery.said.startswith("400 ")


def test_letters_that_plain_base64_would_break(google: Emulator, opens: Opens) -> None:
    content = b"To: <ana@example.org>\r\n\r\n" + bytes(range(128, 256)) * 3 + b"\xff\xfb\r\n"
    assert opens().deliver(message(content)).outcome == "sent"
    (got,) = google.world.mailboxes[SENDER]
    assert got.content == content


def trouble(post: GmailPost) -> WeaverError:
    with pytest.raises(WeaverError) as caught:
        post.check()
    delivery = post.deliver(message())
    assert (delivery.outcome, delivery.whole) == ("later", True)
    assert delivery.said == str(caught.value)
    return caught.value


def test_without_delegation_it_says_for_what_it_is_needed(google: Emulator, opens: Opens) -> None:
    google.service.accounts.service("weaver").delegated = {SHEETS_SCOPE}
    error = trouble(opens())
    assert isinstance(error, NeedsPermission)
    assert "domain-wide delegation" in error.remedy
    assert SEND_SCOPE in error.remedy


def test_a_service_account_has_no_mailbox_of_its_own(
    google: Emulator, opens: Opens, tmp_path: Path
) -> None:
    key = str(google.key_file(tmp_path / "key.json"))
    post = opens(credentials="default", environ={"GOOGLE_APPLICATION_CREDENTIALS": key})
    error = trouble(post)
    assert isinstance(error, NeedsPermission)
    assert "[google] on_behalf_of" in error.remedy


def test_an_interface_that_is_switched_off(google: Emulator, opens: Opens) -> None:
    google.service.disabled.add("gmail")
    error = trouble(opens())
    assert isinstance(error, NeedsPermission)
    assert "Gmail API is switched off" in error.what
    assert "gmail.googleapis.com" in error.remedy


@pytest.mark.parametrize("scopes", [(SHEETS_SCOPE,), (SHEETS_SCOPE, SEND_SCOPE)])
def test_a_persons_sign_in(
    google: Emulator, opens: Opens, tmp_path: Path, scopes: tuple[str, ...]
) -> None:
    file = tmp_path / "ana.json"
    file.write_text(json.dumps(google.user(SENDER, *scopes)), encoding="utf-8")
    post = opens(credentials="user", environ={"WEAVER_GOOGLE_USER": str(file)})
    if SEND_SCOPE in scopes:
        post.check()
        assert post.deliver(message()).outcome == "sent"
    else:
        error = trouble(post)
        assert isinstance(error, NeedsPermission)
        assert "weaver doctor --sign-in" in error.remedy


def test_a_look_when_gmail_is_down_passes(google: Emulator, opens: Opens) -> None:
    google.faults.add(Fault("503", SEND, times=2))
    with pytest.raises(Temporary):
        opens().check()


def test_only_sending_is_asked_for_before_the_first_draft(google: Emulator, opens: Opens) -> None:
    google.service.accounts.service("weaver").delegated = {SEND_SCOPE}
    post = opens()
    post.check()
    assert post.deliver(message()).outcome == "sent"


def test_where_no_draft_may_be_made_it_is_a_file(
    google: Emulator, opens: Opens, tmp_path: Path
) -> None:
    google.service.accounts.service("weaver").delegated = {SEND_SCOPE}
    delivery = opens().draft(message())
    assert delivery.outcome == "sent"
    assert delivery.said.startswith("outbox/digest.eml, since Gmail took no draft.")
    assert (tmp_path / "outbox" / "digest.eml").read_bytes().endswith(message().content)
    assert not any(google.world.mailboxes.values())


def test_a_draft_lies_in_the_senders_mailbox(google: Emulator, opens: Opens) -> None:
    made = opens(on_behalf_of="ana@example.org").draft(message())
    assert made.said == "among the drafts in Gmail"
    assert [each.label for each in google.world.mailboxes["ana@example.org"]] == ["DRAFT"]


def test_where_nobody_says_how_time_passes_a_minutes_mail_leaves(
    google: Emulator, opens: Opens, tmp_path: Path
) -> None:
    settings = Settings(
        coalition=Coalition(name="Open Rivers", time_zone="UTC"),
        google=Google(credentials="key"),
        mail=Mail(by="gmail", sender=SENDER),
        folder=tmp_path,
    )
    environ = {"WEAVER_GOOGLE_KEY": json.dumps(google.service_account()),
               "WEAVER_GOOGLE_API_ROOT": google.url}  # fmt: skip
    with closing(open_post(settings, None, environ)) as post:
        ends = [post.deliver(message()) for _ in range(57)]
    assert [each.outcome for each in ends] == ["sent"] * 55 + ["later"] * 2
    assert ends[-1].whole
