"""How tokens are asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import requests
from google.auth.exceptions import TransportError
from google.auth.transport import Response
from google.auth.transport.requests import Request

from config.words import say
from connectors.google.answers import retry_after
from connectors.google.redirect import is_loopback

_PASSING = {408, 429, 500, 502, 503, 504}
_LOOK_UP = "/allowedLocations"
"""How the addresses end that google-auth asks in the background for regional restrictions."""


class TokenTrouble(TransportError):
    """No token for now. Nothing was sent to any file of the coalition's.

    Attributes:
        wait: seconds that Google asks to wait; None where it didn't.
        quota: whether too many tokens were asked for.
    """

    def __init__(self, what: str, wait: float | None = None, quota: bool = False) -> None:
        super().__init__(what)  # type: ignore[no-untyped-call]
        self.what = what
        self.remedy = say("Is this machine online? Run Weaver again in a few minutes.")
        self.wait = wait
        self.quota = quota


class TokenRequest(Request):
    """google-auth's way to the network: always with a time-out, never more than one try.

    Its look-up of regional restrictions in the background is answered here, with nothing: it
    brings no benefit, may hang, and would be counted.

    Args:
        session: a session of its own, without a token.
        time_out: seconds to connect and to wait for bytes.
        root: what stands in Google's place; nothing else is asked then.
    """

    def __init__(self, session: requests.Session, time_out: tuple[float, float], root: str) -> None:
        super().__init__(session)
        self._time_out = time_out
        self._root = root

    def __deepcopy__(self, _: object) -> TokenRequest:
        # google-auth copies this for its background look-up, which never gets to the session.
        return self

    def __call__(
        self,
        url: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | tuple[float, float] | None = None,
        **kwargs: Any,
    ) -> Response:
        """Ask once. Raises TokenTrouble where asking again may help."""
        if urlsplit(url).path.endswith(_LOOK_UP) or not self._allowed(url):
            raise TransportError("not asked")  # type: ignore[no-untyped-call]
        kwargs["allow_redirects"] = False
        short = isinstance(timeout, int | float) and timeout < self._time_out[1]
        kwargs["timeout"] = timeout if short else self._time_out
        try:
            response: Response = super().__call__(  # type: ignore[no-untyped-call]
                url, method, body, headers, **kwargs
            )
        except TransportError:
            raise TokenTrouble(
                say("Google's sign-in could not be reached, or didn't answer in time.")
            ) from None
        _check(response, method)
        return response

    def _allowed(self, url: str) -> bool:
        """Where something stands in Google's place, nothing is asked of any other machine."""
        return not self._root or url.startswith("https://") or is_loopback(urlsplit(url).hostname)


def _check(response: Response, method: str) -> None:
    if response.status in _PASSING:
        raise TokenTrouble(
            say("Google's sign-in has a trouble of its own: {code}", code=response.status),
            retry_after(response.headers),
            response.status == 429,
        )
    if response.status == 200 and method == "POST" and not _is_object(response.data):
        raise TokenTrouble(say("The answer of Google's sign-in was cut off or no answer at all."))


def _is_object(data: bytes) -> bool:
    try:
        return isinstance(json.loads(data), dict)
    except ValueError:
        return False
