"""What the outbox held when it was last written, for the schedule. Only the standard library."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

_QUEUED = "SELECT DISTINCT edition, about FROM messages"
_WAITING = "SELECT next_at FROM messages WHERE state = 'waiting' AND next_at IS NOT NULL"


def queued(store_path: Path) -> tuple[frozenset[tuple[str, str]], tuple[int, ...]]:
    """(edition, about) of every message, and the UTC seconds for which messages wait.

    Both are empty where there is no store, or where it can't be read now: a run finds out why.
    """
    try:
        # As it stands on the disk, without SQLite's own files beside it.
        address = f"{store_path.resolve().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True, timeout=1)) as connection:
            pairs = connection.execute(_QUEUED).fetchall()
            moments = connection.execute(_WAITING).fetchall()
    except (sqlite3.Error, OSError, ValueError):
        return frozenset(), ()
    return frozenset((edition, about) for edition, about in pairs), tuple(m for (m,) in moments)
