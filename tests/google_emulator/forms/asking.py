"""Asks the Forms API over HTTP, as a service account with whom forms are shared."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import requests

from tests.google_emulator.clients import DRIVE, FORMS, RESPONSES, session
from tests.google_emulator.forms.model import Form
from tests.google_emulator.server import Emulator

ROOT = "https://forms.googleapis.com/v1/forms"
OWNER = "ana@example.org"


class Asking:
    """A client; `close` it.

    Attributes:
        account: its address.
    """

    def __init__(self, google: Emulator) -> None:
        self.google = google
        self.account: str = google.service_account()["client_email"]
        self.session = session(google, (FORMS, RESPONSES, DRIVE))

    def close(self) -> None:
        """Close all sockets."""
        self.session.close()

    def share(self, form: Form, role: str = "writer") -> Form:
        """Share a form with the account."""
        self.google.world.share(form.id, self.account, role)
        return form

    def get(self, form: Form, path: str = "", **query: Any) -> Any:
        """The body of a GET that must succeed."""
        answer = self.raw("GET", f"{form.id}{path}", **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def change(self, form: Form, *requests: Mapping[str, Any], **more: Any) -> Any:
        """The body of a batchUpdate that must succeed."""
        answer = self.post(form, ":batchUpdate", {"requests": requests, **more})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, form: Form | None, verb: str, body: Mapping[str, Any]) -> requests.Response:
        """Any POST."""
        return self.raw("POST", f"{form.id if form else ''}{verb}", json.dumps(body))

    def raw(self, verb: str, path: str, body: str | None = None, **query: Any) -> requests.Response:
        """Any request."""
        kind = {"Content-Type": "application/json"} if body else {}
        address = f"{ROOT}/{path}".removesuffix("/")
        found: requests.Response = self.session.request(
            verb, address, data=body, params=query, headers=kind, timeout=20
        )
        return found

    def all_responses(self, form: Form, **query: Any) -> list[dict[str, Any]]:
        """The responses of all pages."""
        found: list[dict[str, Any]] = []
        token = ""
        while True:
            more = {"pageToken": token} if token else {}
            page = self.get(form, "/responses", **query, **more)
            found += page.get("responses", [])
            token = page.get("nextPageToken", "")
            if not token:
                return found


def error_of(answer: requests.Response) -> tuple[int, str, str]:
    """HTTP status, Google's word and the message."""
    told = answer.json()["error"]
    return answer.status_code, told["status"], told["message"]
