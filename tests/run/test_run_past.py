"""Standing for an earlier day: what was known by its end, and not a byte written."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from connectors.store.store import Store


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


def test_three_days_of_the_demonstrations_past_look_as_they_looked_then(demo: Any) -> None:
    """A version was adopted, its re-confirmation ended and a letter closed between them."""
    with Store.open(demo.folder / "state.db") as store:
        then = {str(run.as_of): json.loads(run.summary) for run in store.known().runs}
    told = ("signons", "organisations", "members", "listed", "individuals", "figures", "to_decide")
    standings = set[str]()
    for day in ("2025-12-15", "2026-03-31", "2026-10-05"):
        past = demo.run("--as-of", day)
        assert past["dry_run"]
        assert [w.startswith("Cells without a day") for w in past["warnings"]].count(True) == 1
        assert {name: past[name] for name in told} == {name: then[day][name] for name in told}, day
        standings |= {name for name, n in past["organisations"].items() if n}
    assert {"member", "reaffirm", "lapsed", "removed", "withdrawn", "pending"} <= standings


def test_only_a_day_that_has_passed_leaves_cells_without_a_day_in_doubt(demo: Any) -> None:
    for way in (("--dry-run",), ("--as-of", "2030-01-01")):
        assert not [w for w in demo.run(*way)["warnings"] if "without a day" in w], way
