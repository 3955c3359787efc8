"""Scripted faults: what networks and Google's own outages do to a request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.google_emulator.answers import HTML_TYPE, Answer, as_json, failure, html
from tests.google_emulator.discovery import Method
from tests.google_emulator.errors import GoogleError
from tests.google_emulator.quotas import Quotas
from tests.google_emulator.refusals import outage

if TYPE_CHECKING:
    from tests.google_emulator.service import Recorded

PLAIN = {"429", "429-html", "500", "502-html", "503", "504", "408", "403-usage", "reset-before"}
PLAIN |= {"lost", "truncated", "slow", "hang", "html-200", "empty-200", "error-string"}
HANDLED = frozenset(("truncated", "slow"))
"""Faults of the answer: the request is carried out although its kind doesn't say "applied-"."""

SORRY = "Your computer or network may be sending automated queries. We're sorry."


@dataclass
class Fault:
    """One scripted fault.

    Attributes:
        kind: one of PLAIN, or such a one after "applied-": the request is carried out first.
        match: a method id ("token" for the token call), a predicate, or None for any call.
        nth: the first matching call that it strikes, counted from 1 and from when it was added.
        times: how many matching calls on end it strikes.
        retry_after: value of a Retry-After header, "" for none.
        seconds: real seconds of a "hang" at most, and of a "slow" answer as a whole; 0 for 30 and
            for a half.
    """

    kind: str
    match: str | Callable[[Recorded], bool] | None = None
    nth: int = 1
    times: int = 1
    retry_after: str = ""
    seconds: float = 0.0
    seen: int = field(default=0, init=False)
    struck: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        if self.plain not in PLAIN:
            raise ValueError(f"no such kind of fault: {self.kind}")

    @property
    def plain(self) -> str:
        """The kind without "applied-"."""
        return self.kind.removeprefix("applied-")

    @property
    def applied(self) -> bool:
        """Whether the request is carried out before the fault strikes."""
        return self.kind.startswith("applied-") or self.plain in HANDLED

    def strikes(self, call: Recorded) -> bool:
        """Count a call; whether this is one that the fault strikes."""
        fits = self.match is None or self.match == call.method_id
        if callable(self.match):
            fits = self.match(call)
        self.seen += fits
        hit = fits and self.nth <= self.seen < self.nth + self.times
        self.struck += hit
        return hit


class Faults:
    """The script. Every fault counts every call; the first added of those that strike wins."""

    def __init__(self) -> None:
        self.script: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Add to the script; returns it, so that a test may look at `struck`."""
        self.script.append(fault)
        return fault

    def clear(self) -> None:
        """Forget the script."""
        self.script.clear()

    def next(self, call: Recorded) -> Fault | None:
        """The fault that strikes this call, if any."""
        struck = [fault for fault in self.script if fault.strikes(call)]
        return struck[0] if struck else None


def answer(fault: Fault, method: Method | None, quotas: Quotas, answered: Answer | None) -> Answer:
    """The answer that a fault puts in place of the real one (kinds that send an answer)."""
    made = _made(fault, method, quotas, answered)
    if fault.retry_after:
        made.headers.append(("Retry-After", fault.retry_after))
    return made


def _made(fault: Fault, method: Method | None, quotas: Quotas, answered: Answer | None) -> Answer:
    api = method.api if method else "token"
    match fault.plain:
        case "429" if method:
            return failure(api, quotas.refusal(method))
        case "429" | "429-html":
            return html(429, "Sorry...", SORRY, close=True)
        case "502-html":
            text = "The server encountered a temporary error and could not complete your request."
            return html(502, "Error 502 (Server Error)!!1", text)
        case "403-usage":
            return failure("drive", _usage())
        case "html-200":
            return Answer(200, b"<html><title>Sign in to the network</title></html>", HTML_TYPE)
        case "empty-200":
            return Answer(200)
        case "error-string":
            return Answer(500, as_json({"error": "backend error"}))
        case "500" | "503" | "504" | "408":
            return failure(api, outage(int(fault.plain)))
        case _:
            return answered or Answer(200)


def _usage() -> GoogleError:
    text = "User Rate Limit Exceeded"
    listed = {"domain": "usageLimits", "reason": "userRateLimitExceeded", "message": text}
    return GoogleError(403, "PERMISSION_DENIED", text, errors=[listed])
