"""SQLite's complaints in words, sorted by what to do next."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from config.errors import BadData, Temporary, WeaverError, WrongSettings
from config.words import say

_PRIMARY = 0xFF
"""SQLite puts details above the low byte of a result code."""

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DISK = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
_REFUSED = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR}


def damaged(where: Path) -> BadData:
    """The store is a database, but parts of it cannot be read."""
    return BadData(
        say("The store is damaged."),
        str(where),
        say("Put back the last good copy of the file, then run again; delete nothing."),
    )


def explained(error: DBAPIError, where: Path) -> WeaverError | None:
    """What a person can do about it; None where it is a bug."""
    return of_code(getattr(error.orig, "sqlite_errorcode", 0), where)


def of_code(detailed: int, where: Path) -> WeaverError | None:
    """The same for one of SQLite's result codes."""
    code = detailed & _PRIMARY
    if code == sqlite3.SQLITE_NOTADB:
        return WrongSettings(
            say("The store is no database."),
            str(where),
            say("Put back the last good copy, or name the right file under store in weaver.toml."),
        )
    if code in _REFUSED:
        return WrongSettings(
            say("The store cannot be opened for writing."),
            str(where),
            say("Check that its folder exists and that you may write to the file and the folder."),
        )
    if code in _BUSY:
        return Temporary(
            say("Another run is using the store."), str(where), say("Try again in a minute.")
        )
    if code in _DISK:
        return Temporary(
            say("The disk did not take the store."),
            str(where),
            say("Free some space or reconnect the disk, then run again."),
        )
    return damaged(where) if code in _DAMAGED else None


@contextmanager
def told(where: Path) -> Iterator[None]:
    """Turn SQLite's errors into WeaverErrors that name the file; bugs pass as they are."""
    try:
        yield
    except DBAPIError as error:
        if explanation := explained(error, where):
            raise explanation from error
        raise
