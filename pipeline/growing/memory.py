"""What is remembered of each tab: since when it is used, what brought it, when it was touched."""

from __future__ import annotations

from collections.abc import Mapping

from config.records import TabRecord
from pipeline.intake.model import Typed
from pipeline.model import Run


def tabs_of(run: Run, typed: Mapping[str, Typed]) -> tuple[TabRecord, ...]:
    """Every tab that is or was in use, by name.

    Args:
        run: with what was known before.
        typed: people's tabs as they are read now.
    """
    del typed
    return run.known.tabs
