"""What the tests of Weaver's way to Google share."""

from __future__ import annotations

from collections.abc import Callable

from connectors.google.calls import Calls
from connectors.google.pace import Pace
from tests.google_emulator.server import Emulator

OWNER = "ana@example.org"
KEY = "WEAVER_GOOGLE_KEY"
ROOT = "WEAVER_GOOGLE_API_ROOT"

Opened = Callable[..., Calls]


class Waits:
    """A pace on the emulator's simulated clock. Notes every wait, in seconds."""

    def __init__(self, emulator: Emulator, seconds: float = 900.0) -> None:
        self.emulator = emulator
        self.slept: list[float] = []
        self.pace = Pace(self.now, self._sleep, lambda: 0.5, self.now() + seconds)

    def now(self) -> float:
        """Seconds on the simulated clock."""
        return self.emulator.world.clock.now().timestamp()

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.emulator.world.clock.advance(seconds)
