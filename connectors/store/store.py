"""The store: everything it knows at the start of a run, one transaction at the end."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import (
    Connection,
    Engine,
    NullPool,
    Table,
    and_,
    create_engine,
    event,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from config.errors import Temporary, WeaverError, WrongSettings
from config.records import Known, Ledger, Message, PauseRecord, RunRecord
from config.words import say
from connectors.store import STORE_VERSION
from connectors.store.copies import BACKUPS, copied, private_folder, to_read
from connectors.store.faults import damaged, told
from connectors.store.migrations import migrate, version_of
from connectors.store.schema import IDENTITY, MESSAGES, PAUSES, RECORD_TABLES, RUNS

_ENDS = ("sent", "failed", "stopped")
"""States of a message that no later run changes; "unknown" is sent again where people say so."""
_BEGIN = "begin"
"""Execution option: how a transaction begins. Writers take the lock at once, so none waits half-way
and then fails."""


class Store:
    """What Weaver remembers: keys, hashes, times, outcomes, decisions and mail; no answers.

    Every method raises Temporary (75) while another run writes or the disk is full, WrongSettings
    (78) where the file is no store of this version, and BadData (65) where it is damaged.
    """

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self._writer = engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})
        self._path = path

    @classmethod
    def open(cls, path: Path, patience: float = 5.0) -> Self:
        """Open the store, creating it or bringing its schema up to date.

        What stood there before a new schema is kept in the folder `backups` beside it. From then on
        a transaction lasts once it is through, whatever happens to the machine: SQLite's
        write-ahead log, and every commit waits for the disk.

        Args:
            path: the file.
            patience: seconds to wait for another run before giving up with Temporary.
        """
        store = cls(_engine(lambda: sqlite3.connect(path, timeout=patience)), path)
        with told(path):
            store._keep_older()
            with store._writer.begin() as connection:
                migrate(connection, str(path))
            store._check()
        return store

    @classmethod
    def to_read(cls, path: Path, patience: float = 5.0) -> Self:
        """Open a store of this schema without writing: on a full or read-only disk, too."""
        store = cls(_engine(lambda: to_read(path, patience)), path)
        with told(path), store._engine.begin() as connection:
            if version_of(connection, str(path)) < STORE_VERSION:
                raise Temporary(
                    say("The store is not of this Weaver's schema yet."),
                    str(path),
                    say("Run Weaver: it copies the store and brings it up to date."),
                )
            migrate(connection, str(path))  # a newer one is refused
        return store

    def known(self) -> Known:
        """Everything, each tuple sorted by its records' identity."""
        with told(self._path), self._engine.begin() as connection:
            try:
                found = {name: _read(connection, *pair) for name, pair in RECORD_TABLES.items()}
            except (ValueError, TypeError) as error:
                raise damaged(self._path) from error
            return Known(store_id=_store_id(connection), **found)

    def record(self, ledger: Ledger) -> None:
        """Write the whole ledger or nothing. A message that has come to its end stays as it is.

        Raises WrongSettings where the ledger carries another store's id.
        """
        with told(self._path), self._writer.begin() as connection:
            self._claim(connection, ledger.store_id)
            for field in fields(ledger):
                if field.name in RECORD_TABLES:
                    table, _ = RECORD_TABLES[field.name]
                    _upsert(connection, table, getattr(ledger, field.name))

    def finish(self, run: RunRecord) -> None:
        """Note that the run came to its end: the tracker is written and the mail has left."""
        with told(self._path), self._writer.begin() as connection:
            _upsert(connection, RUNS, [run])

    def move(self, message: Message, pause: PauseRecord | None = None) -> None:
        """Note at once what became of a message, and that its address gets no more mail.

        Whoever was told before that they get a mail again is paused anew.
        """
        moved = update(MESSAGES).where(MESSAGES.c.key == message.key).values(**vars(message))
        with told(self._path), self._writer.begin() as connection:
            if not connection.execute(moved).rowcount:
                raise WeaverError(
                    say("A message was sent that the store never queued."),
                    message.key,
                    say("Please report this; it is a fault of the program."),
                )
            _upsert(connection, PAUSES, [pause] if pause else [])

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _keep_older(self) -> None:
        """Copy a store of an older schema, named by its schema and its last run's day."""
        with self._writer.begin() as connection:
            version = version_of(connection, str(self._path))
            older = 0 < version < STORE_VERSION
            day = connection.exec_driver_sql("SELECT max(as_of) FROM runs").scalar() if older else 0
        if older:
            name = f"state-schema{version}-{day or 'new'}.db"
            private_folder(folder := self._path.parent / BACKUPS)
            copied(self._path, folder / name)

    def _check(self) -> None:
        """Raise BadData where pages are damaged; let every commit go to SQLite's log first."""
        # SQLite changes its log only outside of a transaction: this one begins by beginning none.
        outside = self._engine.execution_options(**{_BEGIN: "SELECT 1"})
        with outside.begin() as connection:
            if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
                raise damaged(self._path)
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")

    def _claim(self, connection: Connection, store_id: str) -> None:
        """The store's id is minted once and never changes."""
        known = _store_id(connection)
        if store_id and not known:
            connection.execute(IDENTITY.insert().values(only=1, store_id=store_id))
        elif store_id not in ("", known):
            raise WrongSettings(
                say("This store belongs to another tracker."),
                str(self._path),
                say("Use the store and the tracker that belong together; see weaver.toml."),
            )


def _engine(connect: Callable[[], sqlite3.Connection]) -> Engine:
    # SQLite's URL reads "?" and "%" in a path as its own signs, so the path goes round the URL
    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    # Python would commit before a CREATE TABLE; we begin and commit ourselves
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))


def _read(connection: Connection, table: Table, record: type) -> tuple[Any, ...]:
    rows = connection.execute(select(table).order_by(*table.primary_key))
    return tuple(record(*row) for row in rows)


def _store_id(connection: Connection) -> str:
    return connection.scalar(select(IDENTITY.c.store_id)) or ""


def _upsert(connection: Connection, table: Table, records: Sequence[Any]) -> None:
    if not records:
        return
    statement = insert(table)
    upsert = statement.on_conflict_do_update(
        index_elements=list(table.primary_key),
        set_={column.name: statement.excluded[column.name] for column in table.columns},
        where=and_(*(table.c.state != s for s in _ENDS)) if table is MESSAGES else None,
    )
    connection.execute(upsert, [dict(vars(record)) for record in records])
