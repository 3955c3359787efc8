"""What goes over the wire: bodies, Google's headers and its error bodies, word for word."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any

from tests.google_emulator.errors import GoogleError

PROJECT = "764086051850"
PRETTY_BELOW = 65_536
"""Bodies are indented as Google's are, up to this size in characters; beyond, it takes too long."""

JSON_TYPE = "application/json; charset=UTF-8"
HTML_TYPE = "text/html; charset=UTF-8"
VARY = (("Vary", "Origin"), ("Vary", "X-Origin"), ("Vary", "Referer"))
SAFETY = (
    ("X-XSS-Protection", "0"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("X-Content-Type-Options", "nosniff"),
)
NO_STORE = "no-cache, no-store, max-age=0, must-revalidate"
DRIVE_REASONS = {
    400: ("global", "invalid"),
    401: ("global", "authError"),
    403: ("global", "insufficientFilePermissions"),
    404: ("global", "notFound"),
    429: ("usageLimits", "rateLimitExceeded"),
    500: ("global", "backendError"),
}


@dataclass
class Answer:
    """One answer: the status, the body before compression, its type and further headers."""

    status: int
    body: bytes = b""
    type: str = JSON_TYPE
    headers: list[tuple[str, str]] = field(default_factory=list)

    def sent(self, accepts_gzip: bool) -> bytes:
        """Status line, headers and body as bytes."""
        body, headers = self.body, list(self.headers)
        if accepts_gzip and body:
            body = gzip.compress(body, 1)
            headers.append(("Content-Encoding", "gzip"))
        lines = [f"HTTP/1.1 {self.status} {REASONS.get(self.status, 'Unknown')}"]
        fixed = [("Content-Type", self.type), ("Date", formatdate(usegmt=True))]
        fixed += [("Server", "ESF"), ("Content-Length", str(len(body)))]
        lines += [f"{name}: {value}" for name, value in fixed + headers]
        return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace") + body


REASONS = {
    200: "OK",
    204: "No Content",
    302: "Found",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    408: "Request Timeout",
    429: "Too Many Requests",
    500: "Internal Server Error",
    501: "Not Implemented",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


def as_json(value: Any, pretty: bool = True) -> bytes:
    """JSON as Google writes it."""
    text = json.dumps(value, ensure_ascii=False)
    if pretty and len(text) < PRETTY_BELOW:
        text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8")


def success(api: str, value: Any, has_body: bool, pretty: bool) -> Answer:
    """An API's good answer; Drive's deletions have no body."""
    headers = [*VARY, *SAFETY, ("Cache-Control", NO_STORE if api == "drive" else "private")]
    if api == "drive":
        headers += [("Pragma", "no-cache"), ("Expires", "Mon, 01 Jan 1990 00:00:00 GMT")]
    else:
        headers.append(("x-l2-request-path", "l2-managed-6"))
    if not has_body:
        return Answer(204, b"", "text/html", headers)
    return Answer(200, as_json(value, pretty), JSON_TYPE, headers)


def failure(api: str, error: GoogleError, more: Mapping[str, str] | None = None) -> Answer:
    """Google's error body, in the shape of the API."""
    body = _drive_error(error) if api == "drive" else _plain_error(error)
    return Answer(error.code, as_json(body), JSON_TYPE, [*VARY, *SAFETY, *(more or {}).items()])


def _plain_error(error: GoogleError) -> dict[str, Any]:
    inner: dict[str, Any] = {"code": error.code, "message": error.message, "status": error.status}
    more = {"errors": error.errors} if error.errors else {}
    return {"error": inner | more | ({"details": error.details} if error.details else {})}


def _drive_error(error: GoogleError) -> dict[str, Any]:
    """Drive's bodies always carry `errors`, and only the front end's carry a status."""
    domain, reason = DRIVE_REASONS.get(error.code, ("global", "backendError"))
    own = [{"message": error.message, "domain": domain, "reason": reason}]
    inner: dict[str, Any] = {
        "code": error.code,
        "message": error.message,
        "errors": error.errors or own,
    }
    if error.code in (401, 429, 500, 503) or error.details:
        inner["status"] = error.status
    return {"error": inner | ({"details": error.details} if error.details else {})}


def html(status: int, title: str, text: str, close: bool = False) -> Answer:
    """One of Google's HTML error pages."""
    page = (
        f"<!DOCTYPE html>\n<html lang=en>\n  <meta charset=utf-8>\n  <title>{title}</title>\n"
        f"  <p><b>{status}.</b> <ins>That’s an error.</ins>\n  <p>{text}\n</html>\n"
    )
    headers = [("Connection", "close")] if close else []
    return Answer(status, page.encode("utf-8"), HTML_TYPE, headers)


def wrong_address(path: str) -> Answer:
    """What answers at an address that no API has."""
    text = f"The requested URL <code>{path}</code> was not found on this server."
    return html(404, "Error 404 (Not Found)!!1", text)


def unimplemented(what: str) -> Answer:
    """What this emulator doesn't do."""
    inner = {"code": 501, "message": f"The emulator does not implement {what}."}
    return Answer(501, as_json({"error": inner | {"status": "UNIMPLEMENTED"}}))


def own_fault(text: str) -> Answer:
    """A fault of the emulator itself; its tests fail on it."""
    inner = {"code": 500, "message": "Fault of the emulator: " + text, "status": "INTERNAL"}
    marker = text.splitlines()[-1][:200].encode("ascii", "replace").decode("ascii")
    return Answer(500, as_json({"error": inner}), JSON_TYPE, [("X-Emulator-Bug", marker)])
