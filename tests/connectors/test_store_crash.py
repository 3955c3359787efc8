"""A run killed before it commits leaves the store as it was, however much it had written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from config.records import Ledger
from connectors.store.peek import last_run
from connectors.store.store import Store

ROOT = Path(__file__).resolve().parents[2]

KILLED = """
import datetime as dt, os, signal, sys
from pathlib import Path
from sqlalchemy import Engine, event
from config.records import Ledger, Message, OrganisationRecord, RunRecord
from connectors.store.store import Store

path, bulk, step = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
day = dt.date(2026, 3, 2)
mails = tuple(
    Message(f"m-{n}", "ana@example.org", "weekly-digest", "w", "a.eml", b"x" * 100_000, day)
    for n in range(bulk)
)
store = Store.open(path)
event.listen(Engine, "commit", lambda connection: os.kill(os.getpid(), signal.SIGKILL))
if step == "record":
    new = (OrganisationRecord("o-2", "New", "s-2", day),)
    store.record(Ledger(organisations=new, messages=mails))
else:
    store.finish(RunRecord(2, day, "f", "{}", "[]", "[]"))
"""


# 100 mails of 100 kB outgrow SQLite's page cache: half of them are in its log before the commit
@pytest.mark.parametrize(("bulk", "step"), [(1, "record"), (100, "record"), (0, "finish")])
def test_killed_before_the_commit(tmp_path: Path, bulk: int, step: str) -> None:
    path = tmp_path / "state.db"
    with Store.open(path) as store:
        store.record(Ledger(store_id="w-1"))
        before = store.known()
    log = path.with_name("state.db-wal")
    killed = subprocess.run([sys.executable, "-c", KILLED, path, str(bulk), step], cwd=ROOT)
    assert killed.returncode == -9
    assert (log.stat().st_size > 1_000_000) == (bulk == 100)
    assert last_run(path) is None
    with Store.open(path) as again:
        assert again.known() == before
    assert [each.name for each in tmp_path.iterdir()] == ["state.db"]
