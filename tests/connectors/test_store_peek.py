"""The idle look: cheap, never failing, and never blind to a change."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from config.records import Ledger, Message, RunRecord
from connectors.store import STORE_VERSION
from connectors.store.peek import fingerprint, last_run
from connectors.store.store import Store

ROOT = Path(__file__).resolve().parents[2]
DAY = dt.date(2026, 3, 2)
FILES = [Path(name) for name in ("weaver.toml", "responses.csv", "offer.md")]
STATEMENTS = Path("statements/main")
MESSAGE = Message("m-1", "ana@example.org", "weekly-digest", "2026-W10", "a.eml", b"", DAY)


@pytest.fixture
def coalition(tmp_path: Path) -> Path:
    folder = tmp_path / "coalition"
    (folder / STATEMENTS).mkdir(parents=True)
    (folder / "weaver.toml").write_text("[coalition]\n")
    (folder / "responses.csv").write_text("Timestamp\n")
    (folder / STATEMENTS / "1.md").write_text("We agree.\n")
    return folder


def look(folder: Path, version: str = "0.1.0", day: dt.date = DAY) -> str:
    return fingerprint(folder, FILES, STATEMENTS, version, day)


CHANGES: dict[str, Callable[[Path], object]] = {
    "a byte": lambda folder: (folder / "responses.csv").write_text("Timestamp \n"),
    "a statement": lambda folder: (folder / STATEMENTS / "1.md").write_text("We agree!\n"),
    "a new version": lambda folder: (folder / STATEMENTS / "2.md").touch(),
    "a renamed version": lambda folder: (folder / STATEMENTS / "1.md").rename(
        folder / STATEMENTS / "2.md"
    ),
    "an empty file that was missing": lambda folder: (folder / "offer.md").touch(),
    "a file that went": lambda folder: (folder / "responses.csv").unlink(),
    "bytes that moved": lambda folder: (folder / "responses.csv").rename(folder / "offer.md"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_of_the_inputs_shows(
    coalition: Path, change: Callable[[Path], object]
) -> None:
    before = look(coalition)
    change(coalition)
    assert look(coalition) != before


def test_version_and_day_show(coalition: Path) -> None:
    same = look(coalition)
    assert look(coalition, version="0.1.1") != same
    assert look(coalition, day=DAY + dt.timedelta(1)) != same


def test_a_moved_or_touched_folder_is_the_same(coalition: Path) -> None:
    before = look(coalition)
    os.utime(coalition / "responses.csv", (0, 0))
    (coalition / "notes.txt").write_text("not an input")
    assert look(coalition.rename(coalition.with_name("moved"))) == before


def test_full_paths_are_the_same_as_relative_ones(coalition: Path) -> None:
    full = [coalition / file for file in FILES]
    found = fingerprint(coalition, full, coalition / STATEMENTS, "0.1.0", DAY)
    assert found == look(coalition)


def test_a_folder_in_a_files_place_is_no_error(coalition: Path) -> None:
    before = look(coalition)
    (coalition / "offer.md").mkdir()
    assert look(coalition) != before


def run(number: int) -> RunRecord:
    return RunRecord(number, DAY, f"inputs {number}", f'{{"run_id": {number}}}', "[]", "[]")


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    path = tmp_path / "state? 100%.db"
    with Store.open(path) as store:
        for number in (2, 10, 9):
            store.finish(run(number))
    return path


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as store:
        store.execute(statement)
        store.commit()


def test_the_newest_run_is_read(finished: Path) -> None:
    before = finished.read_bytes()
    assert last_run(finished) == ("inputs 10", '{"run_id": 10}')
    assert finished.read_bytes() == before


def test_mail_that_was_being_handed_over_is_work(finished: Path) -> None:
    with Store.open(finished) as store:
        store.record(Ledger(messages=(replace(MESSAGE, state="sending"),)))
    assert last_run(finished) is None
    with Store.open(finished) as store:
        store.move(replace(MESSAGE, state="sent"))
    assert last_run(finished) is not None


@pytest.mark.parametrize("version", [0, STORE_VERSION + 1])
def test_an_unknown_schema_is_not_read(finished: Path, version: int) -> None:
    change(finished, f"DELETE FROM schema_version WHERE version < {STORE_VERSION}")
    change(finished, f"UPDATE schema_version SET version = {version}")
    assert last_run(finished) is None


@pytest.mark.parametrize("table", ["runs", "messages", "schema_version"])
def test_a_missing_table_is_no_error(finished: Path, table: str) -> None:
    change(finished, f"DROP TABLE {table}")
    assert last_run(finished) is None


@pytest.mark.parametrize("content", [None, b"", b"no database" * 500])
def test_no_store_is_no_error_and_none_is_made(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "state.db"
    if content is not None:
        path.write_bytes(content)
    assert last_run(path) is None
    assert last_run(tmp_path) is None
    assert path.exists() == (content is not None)


def test_a_store_without_a_run(tmp_path: Path) -> None:
    Store.open(tmp_path / "state.db").close()
    assert last_run(tmp_path / "state.db") is None


def test_looking_needs_only_the_standard_library() -> None:
    code = """
import sys
before = set(sys.modules)
import connectors.store.peek
rooms = {"connectors", "config"}
print(*sorted({name.split(".")[0] for name in set(sys.modules) - before}
    - sys.stdlib_module_names - rooms))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def test_a_store_in_a_folder_that_may_not_be_written_to_is_read(finished: Path) -> None:
    before = sorted(finished.parent.iterdir())
    finished.parent.chmod(0o500)
    try:
        assert last_run(finished) == ("inputs 10", '{"run_id": 10}')
    finally:
        finished.parent.chmod(0o700)
    assert sorted(finished.parent.iterdir()) == before


def test_while_a_run_writes_nothing_is_known(finished: Path) -> None:
    with closing(sqlite3.connect(finished)) as other:
        other.execute("UPDATE runs SET inputs = 'half' WHERE number = 10")
        other.commit()
        assert last_run(finished) is None
    assert last_run(finished) == ("half", '{"run_id": 10}')
