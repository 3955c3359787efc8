"""What Google answered, read without trusting its shape, and without any secret in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any

import requests

LONGEST = 300
"""Characters of Google's words that people are shown."""
_SECRETS = re.compile(
    r"-----BEGIN.*?(?:-----END[^-]*-----|$)"  # a key
    r"|\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}"  # an assertion or an identity token
    r"|\bya29\.[\w.-]+|\b1//[\w-]{8,}|\bGOCSPX-[\w-]+|\bAIza[\w-]{20,}"  # Google's own kinds
    r"|\bBearer\s+\S+"
    r"|(?:access_token|refresh_token|id_token|assertion|private_key|client_secret|code)"
    r"[\"']?\s*[=:]\s*[\"']?[^\s\"'&,}]+"
    r"|[\w+/=-]{60,}",  # whatever else is as long and as dense as a key
    re.DOTALL | re.IGNORECASE,
)
_PAGE_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL | re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True)
class Answer:
    """An answer that is no success.

    Attributes:
        code: the HTTP status.
        status: Google's word for it, such as PERMISSION_DENIED; "" where it gave none.
        message: its text, scrubbed and cut.
        reason: the machine's word, such as SERVICE_DISABLED.
        metadata: what the reason says besides.
        wait: seconds that Google asks to wait; None where it didn't.
        google: whether it has the form of Google's refusals, and not that of a page that
            something on the way put in its place.
    """

    code: int
    status: str = ""
    message: str = ""
    reason: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)
    wait: float | None = None
    google: bool = True


def read_answer(response: requests.Response) -> Answer:
    """The answer, whatever its body looks like: JSON of any shape, a page, or nothing."""
    wait = retry_after(response.headers)
    error = _error(response)
    if not isinstance(error, dict):
        text = error if isinstance(error, str) else page_title(response)
        return Answer(response.status_code, message=scrub(text), wait=wait, google=False)
    reason, metadata = _reason(error)
    return Answer(
        response.status_code,
        scrub(str(error.get("status") or "")),
        scrub(str(error.get("message") or "")),
        reason,
        metadata,
        wait,
    )


def scrub(text: str) -> str:
    """One line of at most 300 characters without tokens, keys and control characters."""
    line = _CONTROL.sub(" ", _SECRETS.sub("…", text[:20_000])).strip()
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait by the Retry-After header, given in seconds or as a date."""
    text = (headers.get("Retry-After") or "").strip()
    if not text:
        return None
    if re.fullmatch(r"\d{1,6}(\.\d+)?", text):
        return float(text)
    try:
        # Both moments are Google's, so the clock of this machine doesn't matter.
        now = parsedate_to_datetime(headers.get("Date") or "")
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (TypeError, ValueError, IndexError):
        return None


def page_title(response: requests.Response) -> str:
    """The title of an HTML page, else the beginning of the text."""
    text = response.content[:20_000].decode("utf-8", "replace")
    found = _PAGE_TITLE.search(text)
    if found:
        return found[1]
    return "" if text.lstrip().startswith("<") else text


def _error(response: requests.Response) -> Any:
    try:
        body = response.json()
    except ValueError:
        return None
    return body.get("error") if isinstance(body, dict) else None


def _reason(error: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """From ErrorInfo where there is one, else from the list of errors that Drive gives."""
    for name in ("details", "errors"):
        listed = error.get(name)
        for each in listed if isinstance(listed, list) else ():
            if isinstance(each, dict) and isinstance(each.get("reason"), str):
                found = each.get("metadata")
                pairs = found.items() if isinstance(found, dict) else ()
                return each["reason"], {str(key): str(value) for key, value in pairs}
    return "", {}
