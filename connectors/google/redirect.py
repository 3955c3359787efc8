"""The way to Google, and the one seam by which tests put their own Google in its place."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from urllib3.exceptions import DecodeError, ProtocolError, ReadTimeoutError

from config.errors import WrongSettings
from config.words import say

API_ROOT = "WEAVER_GOOGLE_API_ROOT"
"""The environment variable that puts a program on this machine in Google's place."""


PIECE = 1 << 16
LONGEST = 180.0
"""Seconds in which an answer must have come whole; Google itself gives up after as many."""


class Meter:
    """Counts the requests that left, and sees to it that no answer goes on for ever.

    Args:
        monotonic: seconds that only grow.
        longest: seconds in which an answer must have come whole.
    """

    def __init__(
        self, monotonic: Callable[[], float] = lambda: 0.0, longest: float = LONGEST
    ) -> None:
        self.made = 0
        self._monotonic = monotonic
        self._longest = longest

    def pieces(self, response: requests.Response) -> Iterator[bytes]:
        """The answer's body as it comes. Raises as requests does, and where it takes too long."""
        since = self._monotonic()
        try:
            while piece := response.raw.read1(PIECE, decode_content=True):
                yield piece
                if self._monotonic() - since > self._longest:
                    response.close()
                    raise requests.exceptions.ReadTimeout
        except ProtocolError as error:
            raise requests.exceptions.ChunkedEncodingError(error) from error
        except DecodeError as error:
            raise requests.exceptions.ContentDecodingError(error) from error
        except ReadTimeoutError as error:
            raise requests.exceptions.ReadTimeout(error) from error


class Wire(HTTPAdapter):
    """Sends a request once, and counts it. Nothing is tried again behind our back."""

    __attrs__: list[str] = [*HTTPAdapter.__attrs__, "meter"]  # noqa: RUF012

    def __init__(self, meter: Meter) -> None:
        super().__init__(max_retries=0)
        self.meter = meter

    def send(
        self, request: requests.PreparedRequest, *args: Any, **kwargs: Any
    ) -> requests.Response:
        """Count the request, send it, and read the whole answer."""
        self.meter.made += 1
        response = super().send(request, *args, **kwargs)
        # A time-out of the socket begins anew with every byte, so the whole needs its own.
        response._content = b"".join(self.meter.pieces(response))  # noqa: SLF001
        return response


class Redirect(Wire):
    """Sends what is meant for a host of Google to a root on this machine."""

    # A copy of an adapter keeps only the attributes that are listed here.
    __attrs__: list[str] = [*Wire.__attrs__, "root"]  # noqa: RUF012

    def __init__(self, meter: Meter, root: str) -> None:
        super().__init__(meter)
        self.root = root

    def send(
        self, request: requests.PreparedRequest, *args: Any, **kwargs: Any
    ) -> requests.Response:
        """Send the request to the root; the header X-Original-Host says whom it was meant for."""
        parts = urlsplit(str(request.url))
        request.headers["X-Original-Host"] = parts.netloc
        request.url = self.root + parts._replace(scheme="", netloc="").geturl()
        return super().send(request, *args, **kwargs)


class _Given(AuthBase):
    """Leaves the headers as they are, so that no .netrc of the machine overrides the token."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


def is_loopback(host: str | None) -> bool:
    """Whether that is this machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def api_root(environ: Mapping[str, str]) -> str:
    """The root that stands in Google's place, "" for Google itself.

    Raises:
        WrongSettings: it is no http address of this machine.
    """
    text = environ.get(API_ROOT, "").strip()
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        port, loopback = parts.port, is_loopback(parts.hostname)
    except ValueError:
        loopback, port = False, None
    rest = parts.path.strip("/") or parts.query or parts.fragment if loopback else ""
    if not loopback or not port or parts.scheme != "http" or parts.username or rest:
        raise WrongSettings(
            say("{name} may only name this machine.", name=API_ROOT),
            say("environment variable {name}", name=API_ROOT),
            say("It is for tests: remove it, or set it to an address such as {example}.",
                example="http://127.0.0.1:8080"),
        )  # fmt: skip
    return text.rstrip("/")


def mount(session: requests.Session, meter: Meter, root: str) -> None:
    """Let a session count, and go to the root where there is one."""
    session.auth = _Given()
    # In Google's cloud, the machine itself is asked by http for its token: that isn't counted.
    session.mount("http://", Wire(meter if root else Meter()))
    session.mount("https://", Redirect(meter, root) if root else Wire(meter))
    if root:
        # Neither a proxy nor a .netrc of the machine has a say in tests.
        session.trust_env = False
