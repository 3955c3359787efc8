"""Keeps below what Google allows in a minute, so that Google need not refuse."""

from __future__ import annotations

from collections import defaultdict, deque

from config.errors import Temporary
from config.words import say
from connectors.google.pace import Pace

WINDOW = 60.0
"""Seconds."""
ALLOWED = {
    "sheets read": 55,
    "sheets write": 55,
    "forms read": 350,
    "forms responses": 160,
    "other": 55,
}
"""Requests in any minute: a little less than Google allows a user (60, 60, 390, 180), since a
request may arrive later than it left, and others may use the same account."""


class Budget:
    """Requests of the last minute, per kind.

    At most `ALLOWED[kind]` in any sixty seconds: stricter than a bucket that refills, and thus
    within it, whenever Google's own minute begins.
    """

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._taken: dict[str, deque[float]] = defaultdict(deque)

    def take(self, kind: str) -> None:
        """Wait until one more request of this kind is allowed, and note it.

        Raises:
            Temporary: that would be after the run's deadline.
        """
        taken, now = self._taken[kind], self._pace.monotonic()
        while len(taken) >= ALLOWED[kind]:
            wait = taken[0] + WINDOW - now
            if wait > 0:
                self._wait(wait, now)
                now = self._pace.monotonic()
            taken.popleft()
        taken.append(now)

    def _wait(self, seconds: float, now: float) -> None:
        if now + seconds > self._pace.deadline:
            raise Temporary(
                say("Google allows only so many requests a minute, and the run's time is up."),
                "Google",
                say("Run Weaver again in a few minutes. What is written stays written."),
            )
        self._pace.sleep(seconds)


def kind_of(method: str, url: str) -> str:
    """Which of Google's allowances a request counts against."""
    if "forms.googleapis.com" in url:
        return "forms responses" if "/responses" in url else "forms read"
    if "sheets.googleapis.com" in url:
        return "sheets read" if method.lower() == "get" else "sheets write"
    return "other"
