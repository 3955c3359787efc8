"""Imports and remembers what a run needs; `tests.warm` forks its runs from here."""

from __future__ import annotations

import gc
import tempfile
from pathlib import Path


def _run_once() -> None:
    """What a run imports and reads on its way is known by running once."""
    from pipeline.commands.run import Asked, carry_out
    from tests.faults import springs

    with tempfile.TemporaryDirectory() as folder:
        springs.make(Path(folder) / "base")
        coalition = springs.copied(Path(folder) / "base", Path(folder) / "once", None)
        carry_out(Asked(coalition.settings, springs.NOW))


_run_once()
gc.freeze()  # what is there already need not be looked through by each child
