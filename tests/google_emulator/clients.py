"""Real clients of Google, pointed at the emulator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import gspread
import requests
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2.service_account import Credentials
from requests.adapters import HTTPAdapter

from tests.google_emulator.server import Emulator

SHEETS = "https://www.googleapis.com/auth/spreadsheets"
DRIVE = "https://www.googleapis.com/auth/drive"
FORMS = "https://www.googleapis.com/auth/forms.body"
RESPONSES = "https://www.googleapis.com/auth/forms.responses.readonly"


class Redirect(HTTPAdapter):
    """Sends what is meant for Google's hosts to the emulator, and says which host was meant."""

    __attrs__ = (*HTTPAdapter.__attrs__, "target")  # google-auth copies sessions by these

    def __init__(self, target: str) -> None:
        self.target = target
        super().__init__()

    def send(self, request: requests.PreparedRequest, *args: Any, **more: Any) -> Any:
        parts = urlsplit(request.url or "")
        request.headers["X-Original-Host"] = parts.netloc
        request.url = self.target + (request.url or "")[len(parts.scheme) + 3 + len(parts.netloc) :]
        return super().send(request, *args, **more)


def redirected(session: Any, target: str) -> Any:
    """The session, with every Google host redirected."""
    session.trust_env = False
    for host in ("sheets", "forms", "www", "oauth2", "iamcredentials"):
        session.mount(f"https://{host}.googleapis.com", Redirect(target))
    return session


def session(
    google: Emulator, scopes: Sequence[str] = (SHEETS, DRIVE), name: str = "weaver"
) -> AuthorizedSession:
    """A google-auth session of a service account."""
    credentials = Credentials.from_service_account_info(google.service_account(name), scopes=scopes)
    plain = redirected(requests.Session(), google.url)
    return redirected(AuthorizedSession(credentials, auth_request=Request(plain)), google.url)


def stock_gspread(
    google: Emulator, scopes: Sequence[str] = (SHEETS, DRIVE), name: str = "weaver"
) -> gspread.Client:
    """Stock gspread, as anybody would use it, with a time-out so that no test can hang."""
    client = gspread.Client(auth=None, session=session(google, scopes, name))
    client.set_timeout((5, 20))
    return client
