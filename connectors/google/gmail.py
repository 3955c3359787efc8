"""Mail through Gmail's own interface: the smallest permission, and never twice.

To send, Weaver asks for `gmail.send`, which lets it send and see nothing. Drafts need
`gmail.compose`; that is asked for only when somebody wants the first draft, and where it isn't
given the draft becomes a file of the outbox.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import requests

from config.errors import NeedsPermission, Temporary, WeaverError
from config.google import Google
from config.post import Mail
from config.records import Message
from config.words import say
from connectors.google.answers import Answer, read_answer
from connectors.google.calls import Calls
from connectors.google.denials import mail_delegation
from connectors.google.pace import Pace
from connectors.google.refusals import Asked, Unsure, is_quota, refusal
from connectors.google.session import DRAFT_SCOPE, SEND_SCOPE, open_calls
from connectors.google.trying import TIME_OUT
from connectors.outbox import MailFolder
from connectors.protocols import Delivery
from connectors.replies import is_days_end, tidy, unfit

_DAILY = {"dailyLimitExceeded", "dailyLimitExceededUnreg", "quotaExceeded"}
_SWITCHED_OFF = {"SERVICE_DISABLED", "accessNotConfigured"}
_NO_MAILBOX = "FAILED_PRECONDITION"
"""What Gmail answers to somebody who has no mailbox, such as a service account by itself."""


class GmailPost:
    """Sends as a person: whoever signed in, or in whose name a service account may act."""

    repeatable = False

    def __init__(
        self,
        google: Google,
        mail: Mail,
        folder: Path,
        pace: Pace,
        environ: Mapping[str, str],
        *,
        time_out: tuple[float, float] = TIME_OUT,
    ) -> None:
        """Open nothing yet.

        Args:
            google: who Weaver is to Google. A service account's key acts for `mail.sender` where
                nobody else is named.
            mail: the settings.
            folder: the coalition's.
            pace: how time passes.
            environ: the environment's variables, where secrets are.
            time_out: seconds to connect, and seconds without a byte.
        """
        if google.credentials == "key" and not google.on_behalf_of:
            google = google.model_copy(update={"on_behalf_of": mail.sender})
        self._google, self._mail, self._folder = google, mail, folder
        self._pace, self._environ, self._time_out = pace, environ, time_out
        self._opened: dict[str, Calls] = {}

    def check(self) -> None:
        """Ask Gmail for a message that it can't send, since nothing is in it.

        Whoever may not send is refused before that. Raises a WeaverError that says what to do.
        """
        answer = read_answer(self._asked(SEND_SCOPE, "messages/send", {"raw": ""}))
        if answer.code != 400 or answer.status == _NO_MAILBOX:
            raise _refused(answer, self._google)

    def deliver(self, message: Message) -> Delivery:
        """Hand the message over, once."""
        return self._handed(SEND_SCOPE, "messages/send", message)

    def draft(self, message: Message) -> Delivery:
        """Put it among the drafts of the mailbox; as a file where Weaver may not."""
        delivery = self._handed(DRAFT_SCOPE, "drafts", message)
        if delivery.outcome == "sent":
            return Delivery("sent", say("among the drafts in Gmail"))
        if not delivery.whole:
            return delivery
        filed = MailFolder(self._folder / self._mail.outbox).draft(message)
        if filed.outcome != "sent":
            return filed
        why = say("{file}, since Gmail took no draft. {why}", file=filed.said, why=delivery.said)
        return Delivery("sent", tidy(why))

    def close(self) -> None:
        """Let go of the connections."""
        while self._opened:
            self._opened.popitem()[1].close()

    def _handed(self, scope: str, path: str, message: Message) -> Delivery:
        if why := unfit(message):
            return Delivery("refused", why)
        raw = base64.urlsafe_b64encode(message.content).decode("ascii")
        body = {"raw": raw} if scope == SEND_SCOPE else {"message": {"raw": raw}}
        try:
            return self._judged(self._asked(scope, path, body))
        except Unsure as error:
            return Delivery("unknown", tidy(error.what))
        except WeaverError as error:
            return Delivery("later", str(error), whole=True)

    def _asked(self, scope: str, path: str, body: Mapping[str, Any]) -> requests.Response:
        """What Gmail answers. Raises Unsure where nobody knows whether it did anything."""
        if scope not in self._opened:
            self._opened[scope] = open_calls(
                self._google, False, self._pace, self._environ,
                asking=(scope,), time_out=self._time_out,
            )  # fmt: skip
        try:
            return self._opened[scope].mail(path, body)
        except NeedsPermission as error:
            remedy = f"{error.remedy} {mail_delegation(scope)}"
            raise NeedsPermission(error.what, error.where, remedy) from None

    def _judged(self, response: requests.Response) -> Delivery:
        if response.ok and response.status_code < 300:
            made = _identity(response)
            if made:
                return Delivery("sent", tidy(f"{response.status_code} {made}"))
            return Delivery("unknown", say("Google's answer was cut off or no answer at all."))
        answer = read_answer(response)
        said = tidy(f"{answer.code} {answer.message or answer.status}")
        if answer.code in (403, 429) and (answer.reason in _DAILY or is_days_end(answer.message)):
            return Delivery("later", said, today=True)
        if is_quota(answer):
            return Delivery("later", said, whole=True)
        if answer.code == 503 and answer.google:
            # Gmail says itself that it was not at its post. Of any other trouble nobody knows.
            return Delivery("later", said)
        if answer.code >= 500 or answer.code in (408, *range(300, 400)) or not answer.google:
            return Delivery("unknown", said)
        if answer.code in (400, 413) and answer.status != _NO_MAILBOX:
            return Delivery("refused", said)
        error = _refused(answer, self._google)
        return Delivery("later", str(error), whole=True)


def _refused(answer: Answer, google: Google) -> WeaverError:
    """What a person has to do where it isn't the message that Gmail refuses."""
    said = answer.message or answer.status
    if is_quota(answer) or answer.code >= 500 or not answer.google:
        what = say("Gmail takes no mail for now: {code} {said}", code=answer.code, said=said)
        return Temporary(what, "Gmail", say("Weaver tries again with the next run."))
    if answer.status == _NO_MAILBOX:
        return NeedsPermission(
            say("The account that Weaver signs in with has no mailbox: {said}", said=said),
            "Gmail",
            say("A service account sends only on behalf of a person: [google] on_behalf_of.")
            + f" {mail_delegation(SEND_SCOPE)}",
        )
    if answer.code == 403 and answer.reason not in _SWITCHED_OFF:
        what = say("Gmail doesn't let Weaver send as {who}: {said}", said=said,
                   who=google.on_behalf_of or say("whoever signed in"))  # fmt: skip
        return NeedsPermission(what, "Gmail", mail_delegation(SEND_SCOPE))
    return refusal(answer, Asked())


def _identity(response: requests.Response) -> str:
    """What Gmail calls the new message; "" where the answer isn't Gmail's."""
    try:
        body = response.json()
    except ValueError:
        return ""
    return str(body.get("id") or "") if isinstance(body, dict) else ""
