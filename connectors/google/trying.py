"""One request to Google: allowed by the budget, timed out, judged, and tried again or not."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Literal
from urllib.parse import unquote

import gspread
import requests
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import AuthorizedSession
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from config.errors import Temporary, WeaverError
from config.words import say
from connectors.google.answers import Answer, read_answer
from connectors.google.budget import Budget, kind_of
from connectors.google.denials import token_refusal
from connectors.google.pace import Pace
from connectors.google.redirect import LONGEST, Meter
from connectors.google.refusals import Again, Asked, Trouble, Unsure, is_quota, refusal
from connectors.google.tokens import TokenTrouble

TIME_OUT = (5.0, 60.0)
"""Seconds to connect, and seconds without a byte of the answer."""
TRIES = 8
_PASSING = {408, 500, 502, 503, 504}
_FILE = re.compile(r"/v4/spreadsheets/([^/:?]+)|/v1/forms/([^/:?]+)")


class Trying(gspread.HTTPClient):
    """One request after the other, gspread's too.

    gspread's own client has no time-out, and its reading of errors stumbles over half of them.
    Reads are tried again here, writes never are. Whatever a person must mend comes out as a
    WeaverError.

    Attributes:
        warnings: what is not as it should be with the sign-in, in sentences.
        person: whether Weaver uses a person's own sign-in.
    """

    def __init__(
        self,
        session: AuthorizedSession,
        pace: Pace,
        meter: Meter,
        identity: Callable[[], str],
        *,
        warnings: Sequence[str] = (),
        person: bool = False,
        time_out: tuple[float, float] = TIME_OUT,
        close: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(session.credentials, session)
        self.set_timeout(time_out)
        self._time_out = time_out
        self.warnings = tuple(warnings)
        self.person = person
        self._pace = pace
        self._budget = Budget(pace)
        self._meter = meter
        self._identity = identity
        self._close = close
        self._titles: dict[tuple[str, str], str] = {}

    @property
    def identity(self) -> str:
        """The address to share files with; "" if unknown."""
        return self._identity()

    @property
    def made(self) -> int:
        """Requests sent so far, tokens included."""
        return self._meter.made

    def close(self) -> None:
        """Let go of the connections."""
        self.session.close()
        self._close()

    def pause(self, tries: int, error: Trouble) -> None:
        """Wait before trying again, as Google asks or as is good manners.

        Args:
            tries: how many times it was tried.
            error: what came of the last one.

        Raises:
            Temporary: it was tried often enough, or the run's time would be up.
        """
        wait = self._patience(tries, error)
        late = self._pace.monotonic() + wait > self._pace.deadline
        if tries >= TRIES or late:
            raise Temporary(error.what, error.where, error.remedy) from None
        self._pace.sleep(wait)

    def request(
        self,
        method: str,
        endpoint: str,
        params: Any = None,
        data: Any = None,
        json: Any = None,
        files: Any = None,
        headers: Any = None,
    ) -> requests.Response:
        """One request of gspread's. A read is tried again, a write isn't."""
        more = {"params": params, "data": data, "json": json, "files": files, "headers": headers}
        if method.lower() == "get":
            return self._patiently(method, endpoint, **more)[0]
        return self._once(method, endpoint, **more)[0]

    def _read(self, url: str, query: dict[str, Any]) -> dict[str, Any]:
        return self._patiently("get", url, params=query)[1]

    def _patiently(
        self, method: str, url: str, **more: Any
    ) -> tuple[requests.Response, dict[str, Any]]:
        tries = 0
        while True:
            try:
                return self._once(method, url, **more)
            except (Again, Unsure) as error:
                tries += 1
                self.pause(tries, error)

    def _once(self, method: str, url: str, **more: Any) -> tuple[requests.Response, dict[str, Any]]:
        self._budget.take(kind_of(method, url))
        response = self._sent(method, url, self._asked(method, url), more)
        # Some sign-ins learn their own address only with the first token.
        return response, self._judged(response, self._asked(method, url))

    def _sent(self, method: str, url: str, asked: Asked, more: dict[str, Any]) -> requests.Response:
        try:
            return self.session.request(
                method, url, timeout=self.timeout, allow_redirects=False, **more
            )
        except GoogleAuthError as error:
            # No token, no request: nothing was applied.
            raise _unsigned(error, asked) from None
        except _LOST as error:
            raise _lost(error, asked, self._time_out[1]) from None

    def _judged(self, response: requests.Response, asked: Asked) -> dict[str, Any]:
        """The body of a success. Raises whatever else the answer means."""
        if response.status_code == 204:
            return {}
        if response.ok and response.status_code < 300:
            body = _json(response)
            if body is not None:
                return body
            raise Unsure(
                say("Google's answer was cut off or no answer at all."),
                asked.where,
                say("Run Weaver again in a few minutes."),
            )
        answer = read_answer(response)
        if is_quota(answer):
            raise _too_often(answer, asked)
        if answer.code in _PASSING or answer.code < 400 or not answer.google:
            raise _passing(answer, asked)
        raise refusal(answer, asked)

    def _asked(self, method: str, url: str) -> Asked:
        found = _FILE.search(url)
        if not found:
            return Asked("", "", method.lower() != "get", self.identity)
        kind: Literal["spreadsheet", "form"] = "spreadsheet" if found[1] else "form"
        file = unquote(found[1] or found[2])
        # Until the title is known, the address: people can open it.
        name = self._titles.get((kind, file)) or f"https://docs.google.com/{kind}s/d/{file}/edit"
        return Asked(kind, name, method.lower() != "get", self.identity)

    def _patience(self, tries: int, error: Trouble) -> float:
        if error.wait is not None:
            return error.wait + self._pace.jitter()
        if error.quota:
            # The allowance is for a minute: a little more than that.
            return 60.0 + 5.0 * self._pace.jitter()
        return min(2.0 ** (tries - 1), 64.0) * (0.5 + 0.5 * self._pace.jitter())


_LOST = (
    requests.exceptions.ConnectionError,
    requests.exceptions.Timeout,
    requests.exceptions.ChunkedEncodingError,
    requests.exceptions.ContentDecodingError,
)
"""What networks do; anything else is a fault of the program."""


def _never_left(error: requests.exceptions.RequestException) -> bool:
    """Whether there was no connection, so that Google can't have got the request."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(error, requests.exceptions.ConnectTimeout) or isinstance(
        reason, (NewConnectionError, ConnectTimeoutError)
    )


def _lost(error: requests.exceptions.RequestException, asked: Asked, waited: float) -> Trouble:
    remedy = say("Is this machine online? Run Weaver again in a few minutes.")
    if _never_left(error):
        return Again(say("There is no connection to Google."), asked.where, remedy)
    if isinstance(error, requests.exceptions.Timeout):
        # Google may still be at it. Until it gives up itself, reading back would tell nothing.
        wait = max(LONGEST - waited, 0.0) if asked.writing else None
        return Unsure(say("Google didn't answer in time."), asked.where, remedy, wait)
    return Unsure(say("The connection to Google broke off."), asked.where, remedy)


def _unsigned(error: GoogleAuthError, asked: Asked) -> WeaverError:
    # On the way through a machine's metadata or a pool, the library wraps what stopped it.
    wrapped = error.args[0] if error.args else None
    error = wrapped if isinstance(wrapped, TokenTrouble) else error
    if isinstance(error, TokenTrouble):
        return Again(error.what, asked.where, error.remedy, error.wait, error.quota)
    return token_refusal(error, asked.identity)


def _too_often(answer: Answer, asked: Asked) -> Again:
    return Again(
        say("Google says that Weaver asked too often in a minute: {said}", said=answer.message),
        asked.where,
        say(
            "Run Weaver again in a few minutes. Does another program use the same account? Then "
            "give Weaver its own."
        ),
        answer.wait,
        True,
    )


def _passing(answer: Answer, asked: Asked) -> Unsure:
    said = answer.message or answer.status
    return Unsure(
        say("Google, or something on the way, has a trouble: {code} {said}", code=answer.code,
            said=said),
        asked.where,
        say("Run Weaver again in a few minutes."),
        answer.wait,
    )  # fmt: skip


def _json(response: requests.Response) -> dict[str, Any] | None:
    try:
        body = response.json()
    except ValueError:
        return None
    return body if isinstance(body, dict) else None
