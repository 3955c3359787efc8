"""Requests per minute, per project and per user, on the simulated clock."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass

from tests.google_emulator.discovery import Method
from tests.google_emulator.errors import GoogleError
from tests.google_emulator.refusals import exhausted
from tests.google_emulator.world import SimulatedClock

READING_POSTS = {
    "sheets.spreadsheets.getByDataFilter",
    "sheets.spreadsheets.values.batchGetByDataFilter",
    "sheets.spreadsheets.developerMetadata.search",
}
LIMITS = {
    ("sheets", "Read requests"): (300, 60),
    ("sheets", "Write requests"): (300, 60),
    ("forms", "Read requests"): (975, 390),
    ("forms", "Expensive read requests"): (450, 180),
    ("forms", "Write requests"): (375, 150),
}
"""API and metric → per project and per user."""


def metric(method: Method) -> str:
    """What Google counts the method as."""
    if method.id == "forms.forms.responses.list":
        return "Expensive read requests"
    reads = method.verb == "GET" or method.id in READING_POSTS
    return "Read requests" if reads else "Write requests"


@dataclass
class _Bucket:
    """The moments of the last minute's requests."""

    moments: deque[float]

    def used(self, now: float) -> int:
        """How many lie less than a minute back."""
        while self.moments and self.moments[0] <= now - 60:
            self.moments.popleft()
        return len(self.moments)


class Quotas:
    """The buckets of one project. No sixty seconds on end ever hold more than the limit.

    Google refills at the window, which lets through more at its border; this is the stricter.
    """

    def __init__(self, clock: SimulatedClock) -> None:
        self._clock = clock
        self.limits = dict(LIMITS)
        self._buckets: dict[tuple[str, str, str], _Bucket] = defaultdict(lambda: _Bucket(deque()))

    def take(self, method: Method, user: str) -> None:
        """Count one request, a batch as one. Raises Google's 429, which isn't counted."""
        words = metric(method)
        if (method.api, words) not in self.limits:
            return
        now = self._clock.now().timestamp()
        project, person = self.limits[method.api, words]
        pairs = [
            ("User", person, self._buckets[method.api, words, user]),
            ("Project", project, self._buckets[method.api, words, ""]),
        ]
        for per, limit, bucket in pairs:
            if bucket.used(now) >= limit:
                raise exhausted(method.api, words, per, limit)
        for _, _, bucket in pairs:
            bucket.moments.append(now)

    def refusal(self, method: Method) -> GoogleError:
        """The 429 as it would be now, for scripted faults."""
        words = metric(method)
        _, person = self.limits.get((method.api, words), (0, 60))
        return exhausted(method.api, words, "User", person)
