"""Every request of Weaver to Google goes through here: one session, one budget, one patience."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal
from urllib.parse import unquote

import gspread
import requests
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import AuthorizedSession
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from config.errors import Temporary, WeaverError
from config.words import say
from connectors.google.answers import read_answer
from connectors.google.budget import Budget, kind_of
from connectors.google.pace import Pace
from connectors.google.redirect import Meter
from connectors.google.refusals import Again, Asked, Trouble, Unsure, is_quota, refusal
from connectors.google.tokens import TokenTrouble, token_refusal

SHEETS = "https://sheets.googleapis.com/v4/spreadsheets"
FORMS = "https://forms.googleapis.com/v1/forms"
TIME_OUT = (5.0, 60.0)
"""Seconds to connect, and seconds without a byte of the answer."""
TRIES = 8
PAGE = 5000
"""Responses in one request, the most that Google allows."""
_PASSING = {408, 500, 502, 503, 504}
_FILE = re.compile(r"/v4/spreadsheets/([^/:?]+)|/v1/forms/([^/:?]+)")


class Calls(gspread.HTTPClient):
    """The one choke point, for gspread's requests too.

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
        self.warnings = tuple(warnings)
        self.person = person
        self._pace = pace
        self._budget = Budget(pace)
        self._meter = meter
        self._identity = identity
        self._close = close
        self._titles: dict[str, str] = {}

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

    def metadata(self, spreadsheet: str, fields: str) -> dict[str, Any]:
        """What a spreadsheet says of itself, as far as `fields` (Google's mask) asks for it."""
        found = self._read(f"{SHEETS}/{spreadsheet}", {"fields": fields})
        title = found.get("properties", {}).get("title")
        if title:
            self._titles[spreadsheet] = str(title)
        return found

    def values(self, spreadsheet: str, ranges: Sequence[str]) -> list[dict[str, Any]]:
        """The ranges' values in their order: numbers as numbers, dates as serial numbers.

        Rows are ragged, and a range without values has no key "values", as Google has it.
        """
        query = {
            "ranges": list(ranges),
            "majorDimension": "ROWS",
            "valueRenderOption": "UNFORMATTED_VALUE",
            "dateTimeRenderOption": "SERIAL_NUMBER",
        }
        found = self._read(f"{SHEETS}/{spreadsheet}/values:batchGet", query)
        listed = found.get("valueRanges", [])
        if len(listed) != len(ranges):
            raise Temporary(
                say("Google answered with {n} ranges instead of {m}.", n=len(listed),
                    m=len(ranges)),
                self._asked("get", f"{SHEETS}/{spreadsheet}").where,
                say("Run Weaver again in a few minutes."),
            )  # fmt: skip
        return list(listed)

    def batch_update_once(self, spreadsheet: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Send one atomic change, once.

        Raises:
            Unsure: nobody knows whether it was applied; read back before sending it again.
            Again: it was surely not applied.
        """
        return self._once("post", f"{SHEETS}/{spreadsheet}:batchUpdate", json=body)[1]

    def form(self, form_id: str) -> dict[str, Any]:
        """The form as it is now: title, questions, publish state."""
        found = self._read(f"{FORMS}/{form_id}", {})
        title = found.get("info", {}).get("title") or found.get("info", {}).get("documentTitle")
        if title:
            self._titles[form_id] = str(title)
        return found

    def responses(self, form_id: str) -> list[dict[str, Any]]:
        """All responses, of all pages, each id once, in the order in which they came."""
        url = f"{FORMS}/{form_id}/responses"
        found: dict[str, dict[str, Any]] = {}
        seen: set[str] = set()
        query: dict[str, Any] = {"pageSize": PAGE}
        while True:
            page = self._read(url, query)
            # One that was edited while the pages were read comes twice; the later one is newer.
            found.update((str(each.get("responseId")), each) for each in page.get("responses", []))
            token = page.get("nextPageToken", "")
            if not token:
                return list(found.values())
            if token in seen:
                raise Temporary(
                    say("The pages of the form's responses go round in a circle."),
                    self._asked("get", url).where,
                    say("That is a fault of Google's; run Weaver again in a few minutes."),
                )
            seen.add(token)
            query = {"pageSize": PAGE, "pageToken": token}

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
        asked = self._asked(method, url)
        response = self._sent(method, url, asked, more)
        return response, self._judged(response, asked)

    def _sent(self, method: str, url: str, asked: Asked, more: dict[str, Any]) -> requests.Response:
        try:
            return self.session.request(
                method, url, timeout=self.timeout, allow_redirects=False, **more
            )
        except GoogleAuthError as error:
            # No token, no request: nothing was applied.
            raise _unsigned(error, asked) from None
        except requests.exceptions.InvalidJSONError:
            raise
        except requests.exceptions.RequestException as error:
            if not isinstance(error, _LOST):
                raise
            kind = Again if _never_left(error) else Unsure
            raise kind(*_unreached(error, asked)) from None

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
            raise Again(
                say("Google says that Weaver asked too often in a minute: {said}",
                    said=answer.message),
                asked.where,
                say("Run Weaver again in a few minutes. Does another program use the same "
                    "account? Then give Weaver its own."),
                answer.wait,
                True,
            )  # fmt: skip
        if answer.code in _PASSING or answer.code < 400:
            raise Unsure(
                say("Google has a trouble of its own: {code} {said}", code=answer.code,
                    said=answer.message),
                asked.where,
                say("Run Weaver again in a few minutes."),
                answer.wait,
            )  # fmt: skip
        raise refusal(answer, asked)

    def _asked(self, method: str, url: str) -> Asked:
        found = _FILE.search(url)
        if not found:
            return Asked("", "", method.lower() != "get", self.identity)
        kind: Literal["spreadsheet", "form"] = "spreadsheet" if found[1] else "form"
        name = unquote(found[1] or found[2])
        return Asked(kind, self._titles.get(name, name), method.lower() != "get", self.identity)

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


def _never_left(error: requests.exceptions.RequestException) -> bool:
    """Whether there was no connection, so that Google can't have got the request."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(error, requests.exceptions.ConnectTimeout) or isinstance(
        reason, (NewConnectionError, ConnectTimeoutError)
    )


def _unreached(error: Exception, asked: Asked) -> tuple[str, str, str]:
    if isinstance(error, requests.exceptions.Timeout):
        what = say("Google didn't answer in time.")
    else:
        what = say("The connection to Google failed or broke off.")
    return what, asked.where, say("Is this machine online? Run Weaver again in a few minutes.")


def _unsigned(error: GoogleAuthError, asked: Asked) -> WeaverError:
    if isinstance(error, TokenTrouble):
        return Again(error.what, asked.where, error.remedy, error.wait, error.quota)
    return token_refusal(error, asked.identity)


def _json(response: requests.Response) -> dict[str, Any] | None:
    try:
        body = response.json()
    except ValueError:
        return None
    return body if isinstance(body, dict) else None
