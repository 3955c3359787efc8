"""What stood there before a run can be found again: people's tabs and the store, thirty days."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.run.conftest import FIRST_DAY, SECOND_DAY


def names(coalition: Any) -> list[str]:
    return sorted(path.name for path in (coalition.folder / "backups").iterdir())


def copy(coalition: Any, name: str) -> Path:
    return Path(coalition.folder / "backups" / name)


def test_the_first_run_of_a_day_keeps_what_stood_there(fresh: Any) -> None:
    tracker = (fresh.folder / "tracker.xlsx").read_bytes()
    fresh.run()
    first = [f"state-{FIRST_DAY}.db", f"tracker-{FIRST_DAY}.xlsx", f"weaver-{FIRST_DAY}.toml"]
    assert names(fresh) == first
    assert copy(fresh, f"tracker-{FIRST_DAY}.xlsx").read_bytes() == tracker
    fresh.decide("Dune Wardens", "accept")
    fresh.run()
    assert names(fresh) == first
    results = fresh.results.read_bytes()
    fresh.on(SECOND_DAY)
    fresh.run()
    # The tracker is as it was, so that there is no second copy of it.
    assert sorted(set(names(fresh)) - set(first)) == [
        f"results-{SECOND_DAY}.xlsx", f"state-{SECOND_DAY}.db", f"weaver-{SECOND_DAY}.toml",
    ]  # fmt: skip
    assert copy(fresh, f"results-{SECOND_DAY}.xlsx").read_bytes() == results


def test_copies_are_for_their_owner_and_whole(settled: Any) -> None:
    folder = settled.folder / "backups"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    with closing(sqlite3.connect(copy(settled, f"state-{SECOND_DAY}.db"))) as store:
        assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert store.execute("SELECT max(number) FROM runs").fetchone() == (1,)


def test_after_thirty_days_they_go_but_the_newest_stays(settled: Any) -> None:
    before = names(settled)
    settled.on(SECOND_DAY + dt.timedelta(days=29))
    settled.run()
    # On the first of the thirty days the state was still the first day's.
    assert set(before) <= set(names(settled))
    settled.on(SECOND_DAY + dt.timedelta(days=30))
    settled.run()
    left = names(settled)
    assert f"state-{FIRST_DAY}.db" not in left
    assert f"state-{SECOND_DAY}.db" in left
    assert f"tracker-{FIRST_DAY}.xlsx" in left
