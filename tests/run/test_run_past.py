"""Standing for an earlier day: what was known by its end, and not a byte written."""

from __future__ import annotations

import datetime as dt
from typing import Any


def test_before_a_decision_was_read_it_does_not_hold(settled: Any) -> None:
    before = settled.files()
    said = settled.run("--as-of", "2026-03-16")
    assert settled.files() == before
    assert (said["as_of"], said["dry_run"]) == ("2026-03-16", True)
    assert (said["cells_written"], said["mail"]["queued"]) == (0, 0)
    assert (said["organisations"]["member"], said["organisations"]["pending"]) == (5, 3)
    assert said["listed"] == 0
    assert said["signons"]["received"] == 8


def test_before_they_signed_they_are_not_there(settled: Any) -> None:
    settled.decide("Birch Hill Growers", "list")
    settled.change("Cedar Ferry Choir", "withdraw", Date=dt.date(2026, 3, 1))
    said = settled.run("--as-of", "2026-03-04")
    assert said["signons"]["received"] == 3
    assert (said["organisations"]["member"], said["organisations"]["withdrawn"]) == (3, 0)
    assert said["listed"] == 0
