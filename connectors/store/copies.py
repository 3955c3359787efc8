"""Whole copies of the store, taken while it may be in use, and what one is worth."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from config.errors import BadData, NeedsPermission, Temporary
from config.words import say
from connectors.store.faults import damaged, of_code

BACKUPS = "backups"
"""The folder for copies, in the coalition's."""


@dataclass(frozen=True)
class Examined:
    """What a file that may be a store holds.

    Attributes:
        version: of its schema; 0 where it is no store.
        store_id: "" where none was minted yet.
        faults: what SQLite says of its pages and of records that name others that aren't there.
    """

    version: int = 0
    store_id: str = ""
    faults: tuple[str, ...] = ()


def private_folder(folder: Path) -> None:
    """Make a folder that only its owner may look into. Raises NeedsPermission or Temporary."""
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)


def copied(store: Path, to: Path, at_rest: bool = False) -> None:
    """Copy the store by SQLite's own means, whole or not at all, for its owner's eyes only.

    The same store gives the same bytes.

    Args:
        store: its file.
        to: the copy.
        at_rest: nobody is writing to it, so that it may lie where nothing can be written.

    Raises:
        Temporary: the disk is full, or the like.
        NeedsPermission: nothing may be written there.
        BadData, WrongSettings: the store can't be read.
    """
    part = to.with_name(f".{to.name}.part")
    with _told(to):
        try:
            os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
            _copy(store, part, at_rest)
            _through(part)
            part.replace(to)
        finally:
            with suppress(OSError):
                part.unlink()


def _copy(store: Path, to: Path, at_rest: bool) -> None:
    connect = to_read if at_rest else sqlite3.connect
    try:
        with closing(connect(store)) as here, closing(sqlite3.connect(to)) as there:
            here.backup(there)
    except sqlite3.Error as error:
        raise of_code(error.sqlite_errorcode, store) or damaged(store) from error


def examined(path: Path) -> Examined:
    """Look at all of a store without changing it.

    Raises:
        OSError: the file can't be read.
        Temporary, WrongSettings: it can't be looked at now: it is in use, the disk is full, or it
            may not be opened. That is no damage.
    """
    path.open("rb").close()
    try:
        with closing(to_read(path)) as store:
            return _examined(store, path)
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_NOTADB:
            return Examined()
        return Examined(faults=(_damage(error, path),))


def to_read(path: Path, patience: float = 5.0) -> sqlite3.Connection:
    """Open a database to read alone; where its log holds nothing no file is made beside it."""
    real = path.resolve()
    log = real.with_name(f"{real.name}-wal")
    way = "mode=ro" if log.exists() and log.stat().st_size else "mode=ro&immutable=1"
    return sqlite3.connect(f"{real.as_uri()}?{way}", timeout=patience, uri=True)


def _damage(error: sqlite3.Error, path: Path) -> str:
    """What SQLite says of damage. Raises what `examined` does where it is none."""
    told = of_code(getattr(error, "sqlite_errorcode", 0), path)
    if told is not None and not isinstance(told, BadData):
        raise told from error
    return str(error)


def _examined(store: sqlite3.Connection, path: Path) -> Examined:
    tables = {name for (name,) in store.execute("SELECT name FROM sqlite_master")}
    if not {"schema_version", "identity", "runs", "messages"} <= tables:
        return Examined()
    version = store.execute("SELECT max(version) FROM schema_version").fetchone()[0]
    store_id = (store.execute("SELECT store_id FROM identity").fetchone() or ("",))[0]
    try:
        said = [text for (text,) in store.execute("PRAGMA integrity_check(5)") if text != "ok"]
        lost = store.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        said, lost = [_damage(error, path)], []
    said += [say("A row of {table} names one that isn't there.", table=row[0]) for row in lost[:5]]
    return Examined(version or 0, store_id, tuple(said))


@contextmanager
def _told(where: Path) -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        raise NeedsPermission(
            say("The copy may not be written."),
            str(where),
            say("Allow yourself to write to this folder, then run Weaver again."),
        ) from error
    except OSError as error:
        raise Temporary(
            say("The copy could not be written: {reason}.", reason=error.strerror or str(error)),
            str(where),
            say("Make room on the disk or mend the folder, then run Weaver again."),
        ) from error


def _through(file: Path) -> None:
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
