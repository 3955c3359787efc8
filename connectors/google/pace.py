"""Time as the connectors may know it: handed in, so that tests need not wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

SECONDS = 900.0
"""How long a run may wait for Google altogether."""


@dataclass(frozen=True)
class Pace:
    """How time passes.

    Attributes:
        monotonic: seconds that only grow.
        sleep: waits so many seconds.
        jitter: a number from 0 to 1, another each time; spreads repeated calls.
        deadline: the value of `monotonic` after which nothing is tried again.
    """

    monotonic: Callable[[], float]
    sleep: Callable[[float], None]
    jitter: Callable[[], float]
    deadline: float
