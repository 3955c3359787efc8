"""The store can be looked at, copied and put back, and nobody is mailed twice because of it."""

from __future__ import annotations

import datetime as dt
import fcntl
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

MONDAY = dt.date(2026, 3, 23)


def asked(store: Path, question: str) -> list[Any]:
    with closing(sqlite3.connect(store)) as connection:
        return connection.execute(question).fetchall()


def states(coalition: Any) -> dict[str, int]:
    return dict(asked(coalition.folder / "state.db",
                      "SELECT state, count(*) FROM messages GROUP BY state"))  # fmt: skip


def tear(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))


@pytest.fixture
def copied(settled: Any) -> Path:
    """A copy of the store outside of the coalition's folder."""
    to = settled.folder.parent / "copy.db"
    assert settled.weaver("state", "backup", to).code == 0
    return to


def test_a_whole_store_is_said_to_be_whole(settled: Any) -> None:
    before = settled.files()
    ran = settled.weaver("state", "check")
    assert ran.code == 0
    assert "Every page and every reference of the store is whole." in ran.out
    assert "It belongs to results.xlsx." in ran.out
    assert "The newest copy is of 2026-03-17" in ran.out
    assert settled.files() == before
    found = settled.weaver("state", "check", "--json").json
    assert (found["faults"], found["exit"]) == ([], 0)


def test_damage_lost_references_and_strangers_are_said(settled: Any) -> None:
    store = settled.folder / "state.db"
    kept = store.read_bytes()
    with closing(sqlite3.connect(store)) as connection:
        connection.execute(
            "INSERT INTO decisions VALUES (99, 'nobody', 'accept', '', '', '', '', NULL)"
        )
        connection.commit()
    ran = settled.weaver("state", "check")
    assert (ran.code, "A row of decisions names one that isn't there." in ran.out) == (65, True)
    tear(store)
    ran = settled.weaver("state", "check")
    assert (ran.code, "damaged" in ran.out, "state restore" in ran.err) == (65, True, True)
    copies = sorted((settled.folder / "backups").iterdir())
    assert settled.weaver("state", "backup").code == 65
    assert sorted((settled.folder / "backups").iterdir()) == copies
    store.write_bytes(kept)
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("UPDATE identity SET store_id = 'w-other'")
        connection.commit()
    ran = settled.weaver("state", "check")
    assert (ran.code, "another tracker than results.xlsx" in ran.out) == (78, True)
    store.write_text("no store")
    assert settled.weaver("state", "check").code == 78


def test_a_store_that_can_not_be_looked_at_now_is_not_called_damaged(settled: Any) -> None:
    with closing(sqlite3.connect(settled.folder / "state.db")) as connection:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("CREATE TABLE more (a)")
        ran = settled.weaver("state", "check")
        copy = settled.weaver("state", "restore", "--yes", settled.folder / "state.db")
        status = settled.weaver("status")
        found = settled.weaver("status", "--json")
    assert (ran.code, "Another run is using the store." in ran.err) == (75, True), ran
    assert "damaged" not in ran.out + ran.err + copy.err
    assert copy.code == 75
    # What doesn't stand in the store is said none the less.
    assert (status.code, "Another run is using the store." in status.err) == (75, True), status
    assert "last ended" in status.out
    assert "next due" in status.out
    assert (found.code, found.json["exit"], found.json["last_exit"]) == (75, 75, 0)
    assert found.json["error"]["where"].endswith("state.db")
    assert "to_decide" not in found.json


def test_a_copy_overwrites_nothing_but_a_copy(settled: Any, copied: Path) -> None:
    assert settled.weaver("state", "backup", copied).code == 0
    assert copied.stat().st_mode & 0o777 == 0o600
    before = settled.files()
    for name in ("tracker.xlsx", "state.db"):
        assert settled.weaver("state", "backup", settled.folder / name).code == 78
    assert settled.files() == before
    to = Path(settled.weaver("state", "backup", "--json").json["copy"])
    assert to.parent == settled.folder / "backups"
    assert asked(to, "SELECT count(*) FROM runs") == [(2,)]


def test_what_does_not_fit_is_refused_and_changes_nothing(settled: Any, copied: Path) -> None:
    nothing = settled.folder.parent / "nothing.db"
    other = settled.folder.parent / "other.db"
    newer = settled.folder.parent / "newer.db"
    torn = settled.folder.parent / "torn.db"
    nothing.write_text("Timestamp,Organisation\n")
    for path, change in ((other, "UPDATE identity SET store_id = 'w-other'"),
                         (newer, "INSERT INTO schema_version VALUES (999)")):  # fmt: skip
        shutil.copy(copied, path)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(change)
            connection.commit()
    shutil.copy(copied, torn)
    tear(torn)
    before = settled.files()
    for path, code in ((nothing, 78), (other, 78), (newer, 78), (torn, 65), (Path("none"), 78)):
        assert settled.weaver("state", "restore", path, "--yes").code == code, path
    assert settled.weaver("state", "restore", copied).code == 77
    with (settled.folder / "state.db.lock").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert settled.weaver("state", "restore", copied, "--yes").code == 75
    assert settled.files() == before


def test_mail_that_left_since_the_copy_is_not_sent_again(settled: Any, copied: Path) -> None:
    settled.on(MONDAY)
    settled.run()
    sent = settled.mails()
    assert len(sent) == 4
    with closing(sqlite3.connect(settled.folder / "state.db")) as connection:
        connection.execute("INSERT INTO pauses VALUES ('bo@x.example.org', '2026-03-23', '', NULL)")
        connection.commit()
    ran = settled.weaver("state", "restore", copied, "--yes", "--json")
    assert (ran.code, ran.json["readable"], ran.json["mail"]) == (0, True, 2), ran.err
    kept = settled.folder / "state.db.before-restore"
    assert asked(kept, "SELECT count(*) FROM runs") == [(3,)]
    assert states(settled) == {"sent": 4}
    assert asked(settled.folder / "state.db", "SELECT address FROM pauses")
    shutil.rmtree(settled.folder / "outbox")
    ran = settled.run()
    assert (ran["mail"]["queued"], settled.mails()) == (0, {})
    assert ran["listed"] == 1


@pytest.mark.parametrize("lost", [True, False])
def test_where_the_store_cannot_be_read_nothing_of_this_week_leaves(
    settled: Any, copied: Path, lost: bool
) -> None:
    settled.on(MONDAY)
    settled.run()
    store = settled.folder / "state.db"
    store.unlink() if lost else tear(store)
    with closing(sqlite3.connect(copied)) as connection:
        connection.execute(
            "UPDATE messages SET state = 'own' WHERE key = (SELECT min(key) FROM messages)"
        )
        connection.commit()
    ran = settled.weaver("state", "restore", copied, "--yes", "--json")
    assert (ran.code, ran.json["readable"], ran.json["mail"]) == (0, False, 3), ran.err
    assert (ran.json["kept"] is None) == lost
    assert states(settled) == {"sent": 1, "stopped": 3}
    shutil.rmtree(settled.folder / "outbox")
    settled.run()
    assert settled.mails() == {}
    settled.on(MONDAY + dt.timedelta(days=7))
    settled.run()
    assert len(settled.mails()) == 2


def test_a_second_restore_keeps_what_the_first_one_kept(settled: Any, copied: Path) -> None:
    copied.with_name("copy.db-shm").mkdir()  # SQLite would leave its log beside it then
    store = settled.folder / "state.db"
    store.chmod(0o640)
    for _ in range(2):
        assert settled.weaver("state", "restore", copied, "--yes").code == 0
    left = {path.name for path in settled.folder.glob("state.db*")}
    assert left == {
        "state.db", "state.db.lock", "state.db.watch.json", "state.db.before-restore",
        "state.db.before-restore-2",
    }  # fmt: skip
    assert store.stat().st_mode & 0o777 == 0o640
    # A copy may lie where nothing can be written.
    assert {path.name for path in copied.parent.glob("copy*")} == {"copy.db", "copy.db-shm"}
