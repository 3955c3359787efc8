"""A person's own sign-in, once: the browser asks, and a file that only they can read keeps it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from google_auth_oauthlib.flow import InstalledAppFlow  # type: ignore[import-untyped]
from oauthlib.oauth2 import OAuth2Error  # type: ignore[import-untyped]
from requests.exceptions import RequestException

from config.errors import NeedsPermission, Temporary, WeaverError, WrongSettings
from config.words import say
from connectors.google.keys import Given, check_places, from_file
from connectors.google.redirect import Meter, api_root, mount

TIME_OUT = (5.0, 60.0)
PATIENCE = 300.0
"""Seconds for a person to find the right account and the button."""
_VISITS = 20
_NO = {
    "access_denied",
    "invalid_client",
    "invalid_grant",
    "invalid_scope",
    "mismatching_state",
    "redirect_uri_mismatch",
    "unauthorized_client",
}
"""Refusals that another try won't change; whatever else comes is no answer of Google's sign-in."""
_TOKENS = "https://oauth2.googleapis.com/token"
_CONSENT = "https://accounts.google.com/o/oauth2/auth"


def sign_in_once(
    client: Path,
    target: Path,
    scopes: Sequence[str],
    environ: Mapping[str, str],
    show: Callable[[str], object],
    *,
    patience: float = PATIENCE,
) -> None:
    """Let a person agree in the browser, and keep the sign-in.

    Args:
        client: the OAuth client's file as Google hands it out ("Desktop app").
        target: where the sign-in is kept, readable by its owner only.
        scopes: what Weaver asks for.
        environ: the environment's variables.
        show: is given the address that the person opens in a browser.
        patience: seconds to wait for that.

    Raises:
        WrongSettings: the client's file is missing, broken or of another kind.
        NeedsPermission: the person said no, or a file may not be read or written.
        Temporary: nobody answered, or Google could not be reached.
    """
    root = api_root(environ)
    config = _client(client, root)
    with _Listener(("127.0.0.1", 0), _Page) as server:
        server.timeout = patience
        made = InstalledAppFlow.from_client_config(config, scopes=list(scopes))
        flow: Any = made
        flow.redirect_uri = f"http://127.0.0.1:{server.server_port}/"
        mount(flow.oauth2session, Meter(), root)
        with closing(flow.oauth2session):
            url, state = flow.authorization_url(access_type="offline", prompt="consent")
            show(url.replace("https://accounts.google.com", root, 1) if root else url)
            _exchange(flow, server.wait(state))
            token = flow.credentials.refresh_token
    if not token:
        raise _refused(say("it came without a lasting part"))
    kept = {"type": "authorized_user", "refresh_token": token, "scopes": list(scopes)}
    installed = config["installed"]
    kept |= {name: installed[name] for name in ("client_id", "client_secret")}
    _keep(target, json.dumps(kept, indent=2) + "\n")


def _client(path: Path, root: str) -> dict[str, Any]:
    given = from_file(str(path), say("the OAuth client's file"))
    installed = given.info.get("installed")
    parts = ("client_id", "client_secret", "auth_uri", "token_uri")
    if not isinstance(installed, dict) or not all(
        isinstance(installed.get(part), str) for part in parts
    ):
        raise WrongSettings(
            say('The file is not that of an OAuth client of the kind "Desktop app".'),
            given.where,
            say(
                "In the Google Cloud console choose APIs & Services > Credentials > Create "
                "credentials > OAuth client ID > Desktop app, and download its JSON."
            ),
        )
    check_places(Given(installed, given.where), root, "auth_uri")
    # The library insists on https; what stands in Google's place gets it by the redirection.
    return {"installed": {**installed, "auth_uri": _CONSENT, "token_uri": _TOKENS}}


class _Page(BaseHTTPRequestHandler):
    """What the browser is sent back to."""

    server: _Listener

    def do_GET(self) -> None:
        """Note where the browser was sent, and tell the person that they may leave."""
        self.server.visited = f"https://127.0.0.1:{self.server.server_port}{self.path}"
        body = say("Weaver has its answer. You may close this page.").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the address holds the code."""


class _Listener(HTTPServer):
    """Listens on this machine until the browser comes back."""

    visited = ""

    def wait(self, state: str) -> str:
        """The address that the browser came back to. Raises Temporary when nobody does."""
        for _ in range(_VISITS):
            self.visited = ""
            self.handle_request()
            query = parse_qs(urlsplit(self.visited).query)
            # Browsers ask for icons, too; and nobody else knows the state.
            if query.get("state") == [state] or not self.visited:
                break
        if not self.visited:
            raise Temporary(
                say("Nobody signed in."),
                say("sign-in to Google"),
                say("Run weaver doctor --sign-in again and open the address in a browser."),
            )
        return self.visited


def _exchange(flow: Any, visited: str) -> None:
    try:
        flow.fetch_token(authorization_response=visited, include_client_id=True, timeout=TIME_OUT)
    except RequestException:
        raise _unreached() from None
    except Warning:
        raise _refused(say("not everything that Weaver needs was ticked")) from None
    except OAuth2Error as error:
        said = str(error.error)
        if said not in _NO:
            raise _unreached() from None
        raise _refused(said) from None


def _unreached() -> WeaverError:
    return Temporary(
        say("Google's sign-in could not be reached, or didn't answer as it should."),
        say("sign-in to Google"),
        say("Is this machine online? Try again in a few minutes."),
    )


def _refused(why: str) -> WeaverError:
    return NeedsPermission(
        say("The sign-in was not given: {why}.", why=why),
        say("sign-in to Google"),
        say("Run weaver doctor --sign-in again, and press Allow with all boxes ticked."),
    )


def _keep(target: Path, text: str) -> None:
    part = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        # Made for its owner only, so that there is no moment in which others can read it.
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        part.replace(target)
    except OSError as error:
        raise NeedsPermission(
            say("The sign-in could not be kept: {reason}.", reason=error.strerror),
            str(target),
            say("Allow yourself to write to this folder, then sign in again."),
        ) from error
