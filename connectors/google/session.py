"""One authorised session for everything that Weaver asks Google for."""

from __future__ import annotations

from collections.abc import Mapping

import requests
from google.auth.transport.requests import AuthorizedSession

from config.google import Google
from connectors.google.calls import Calls
from connectors.google.credentials import sign_in
from connectors.google.pace import Pace
from connectors.google.redirect import LONGEST, Meter, api_root, mount
from connectors.google.tokens import TokenRequest
from connectors.google.trying import TIME_OUT

SHEETS_SCOPE = "https://www.googleapis.com/auth/spreadsheets"
FORMS_SCOPES = (
    "https://www.googleapis.com/auth/forms.body.readonly",
    "https://www.googleapis.com/auth/forms.responses.readonly",
)
SEND_SCOPE = "https://www.googleapis.com/auth/gmail.send"
DRAFT_SCOPE = "https://www.googleapis.com/auth/gmail.compose"


def scopes(forms: bool) -> tuple[str, ...]:
    """What Weaver asks for, and no more: nothing of Drive, and forms only where it reads them."""
    return (SHEETS_SCOPE, *(FORMS_SCOPES if forms else ()))


def open_calls(
    google: Google,
    forms: bool,
    pace: Pace,
    environ: Mapping[str, str],
    *,
    asking: tuple[str, ...] = (),
    time_out: tuple[float, float] = TIME_OUT,
    longest: float = LONGEST,
) -> Calls:
    """Sign in as the settings say. Nothing is asked of Google before the first request.

    Args:
        google: who Weaver is to Google.
        forms: whether forms are read through their own interface.
        pace: how time passes.
        environ: the environment's variables.
        asking: the permissions to ask for instead of those for files.
        time_out: seconds to connect, and seconds without a byte; for every request.
        longest: seconds in which an answer must have come whole.

    Raises:
        WrongSettings: a key or a variable is missing, broken, or not of the right kind.
        NeedsPermission: a file may not be read.
    """
    root, meter = api_root(environ), Meter(pace.monotonic, longest)
    tokens = requests.Session()
    mount(tokens, meter, root)
    request = TokenRequest(tokens, time_out, root)
    try:
        who = sign_in(google, asking or scopes(forms), environ, request, root)
    except BaseException:
        tokens.close()
        raise
    session = AuthorizedSession(  # type: ignore[no-untyped-call]
        who.credentials, max_refresh_attempts=1, auth_request=request
    )
    mount(session, meter, root)
    return Calls(
        session,
        pace,
        meter,
        lambda: who.identity,
        warnings=who.warnings,
        person=who.person,
        time_out=time_out,
        close=tokens.close,
    )
