"""From an empty file to today's schema, and never back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from config.errors import Temporary, WrongSettings
from config.records import Known, Ledger
from connectors.store import STORE_VERSION
from connectors.store.copies import Examined, examined
from connectors.store.migrations import MIGRATIONS
from connectors.store.schema import METADATA
from connectors.store.store import Store


def shape(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every table's columns and foreign keys as SQLite knows them.

    Defaults apart: a column that came later has one for the rows that were there, which no new
    row uses.
    """
    with closing(sqlite3.connect(path)) as store:
        tables = [name for (name,) in store.execute("SELECT name FROM sqlite_master ORDER BY name")]
        return {
            table: [
                row[:4] + row[5:] if pragma == "table_info" else row
                for pragma in ("table_info", "foreign_key_list")
                for row in store.execute(f'PRAGMA {pragma}("{table}")')
            ]
            for table in tables
            if not table.startswith("sqlite_")
        }


def test_every_version_has_its_step() -> None:
    assert list(MIGRATIONS) == list(range(1, STORE_VERSION + 1))


def test_the_migrations_end_in_the_declared_tables(tmp_path: Path) -> None:
    Store.open(tmp_path / "migrated.db").close()
    engine = create_engine(f"sqlite:///{tmp_path / 'declared.db'}")
    METADATA.create_all(engine)
    engine.dispose()
    assert shape(tmp_path / "migrated.db") == shape(tmp_path / "declared.db")
    assert len(shape(tmp_path / "migrated.db")) == len(METADATA.tables)


def test_an_empty_file_is_version_0(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    path.touch()
    with Store.open(path) as store:
        assert store.known().store_id == ""
    with closing(sqlite3.connect(path)) as look:
        assert look.execute("SELECT version FROM schema_version").fetchall() == [
            (version,) for version in range(1, STORE_VERSION + 1)
        ]


def test_a_store_of_the_first_version_keeps_its_forms(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    with closing(sqlite3.connect(path)) as old:
        for statement in MIGRATIONS[1]:
            old.execute(statement)
        old.execute("INSERT INTO schema_version VALUES (1)")
        old.execute(
            "INSERT INTO signons VALUES ('s-1', 'b', 'f', 'o', 'p', 1, '2026-01-01', 'o-1', "
            "'accepted', '[]', '[]', 1, NULL)"
        )
        old.commit()
    with Store.open(path) as store:
        (form,) = store.known().signons
    assert (form.key, form.outcome, form.statement, form.version) == ("s-1", "accepted", "main", "")
    kept = tmp_path / "backups" / "state-schema1-new.db"
    assert examined(kept) == Examined(version=1)
    with closing(sqlite3.connect(kept)) as copy:
        assert copy.execute("SELECT key FROM signons").fetchall() == [("s-1",)]
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    Store.open(path).close()
    assert [each.name for each in kept.parent.iterdir()] == [kept.name]


def test_a_store_from_before_response_ids_keeps_its_forms(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    with closing(sqlite3.connect(path)) as old:
        for version in (1, 2, 3):
            for statement in MIGRATIONS[version]:
                old.execute(statement)
            old.execute("INSERT INTO schema_version VALUES (?)", (version,))
        old.execute(
            "INSERT INTO signons VALUES ('s-1', 'b', 'f', 'o', 'p', 1, '2026-01-01', 'o-1', "
            "'accepted', '[]', '[]', 1, NULL, 'main', '1', '[]', 'e', 'o-2')"
        )
        old.commit()
    with Store.open(path) as store:
        (form,) = store.known().signons
    assert (form.key, form.sender, form.origin, form.response) == ("s-1", "e", "o-2", "")


def test_opening_again_changes_no_byte(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    with Store.open(path) as store:
        store.record(Ledger(store_id="w-1"))
    before = path.read_bytes()
    Store.open(path).close()
    assert path.read_bytes() == before


def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("INSERT INTO schema_version VALUES (?)", (STORE_VERSION + 1,))
        newer.commit()
    before = path.read_bytes()
    for opened in (Store.open, Store.to_read):
        with pytest.raises(WrongSettings, match="newer Weaver") as caught:
            opened(path)
        assert caught.value.exit_code == 78
    assert path.read_bytes() == before


def test_who_only_reads_makes_no_file_and_brings_nothing_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    with Store.open(path) as store:
        store.record(Ledger(store_id="w-1"))
    before = path.read_bytes()
    log = tmp_path / "state.db-wal"
    log.touch()  # as a run leaves it that ended on a full disk
    with Store.to_read(path) as store:
        assert store.known() == Known(store_id="w-1")
        assert sorted(each.name for each in tmp_path.iterdir()) == ["state.db", log.name]
    log.unlink()
    link = tmp_path / "link.db"
    link.symlink_to(path)
    with closing(sqlite3.connect(path)) as writing:
        writing.execute("UPDATE identity SET store_id = 'w-2'")
        writing.commit()  # it stands in the log, beside the real file
        with Store.to_read(link) as store:
            assert store.known() == Known(store_id="w-2")
    link.unlink()
    before = path.read_bytes()
    with closing(sqlite3.connect(path)) as older:
        older.execute("DELETE FROM schema_version WHERE version = ?", (STORE_VERSION,))
        older.commit()
    aged = path.read_bytes()
    with pytest.raises(Temporary, match="schema"):
        Store.to_read(path)
    assert before != aged == path.read_bytes()
    assert [each.name for each in tmp_path.iterdir()] == ["state.db"]


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(WrongSettings, match="another program"):
        Store.open(path)
    assert path.read_bytes() == before
