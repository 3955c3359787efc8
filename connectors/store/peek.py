"""The look of a run that may have nothing to do. Only the standard library, so that it is quick."""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from connectors.store import STORE_VERSION

_LAST = """
SELECT inputs, summary FROM runs
WHERE (SELECT max(version) FROM schema_version) = ?
  AND NOT EXISTS (SELECT * FROM messages WHERE state = 'sending')
ORDER BY number DESC LIMIT 1
"""


def fingerprint(
    folder: Path, files: Sequence[Path], statement_dir: Path, version: str, day: dt.date
) -> str:
    """SHA-256 over names and bytes of all inputs, the program's version and the coalition's day.

    Args:
        folder: the coalition's folder; names count relative to it, so a moved folder is the same.
        files: the input files; one that is missing or cannot be read counts as that.
        statement_dir: every file in it and below counts.
        version: the program's.
        day: the coalition's day.
    """
    total = hashlib.sha256(f"{version!a} {day.isoformat()}\n".encode())
    inside = folder / statement_dir
    statements = sorted(path for path in inside.rglob("*") if path.is_file())
    for path in (*(folder / file for file in files), *statements):
        total.update(f"{_name(path, folder)!a} {_digest(path)}\n".encode())
    return total.hexdigest()


def last_run(store_path: Path) -> tuple[str, str] | None:
    """Inputs' fingerprint and summary (JSON) of the newest finished run.

    None where there is none, where mail was being handed over, where the schema is another one,
    where a run is writing or was killed while it did, and where anything else is off: then a whole
    run finds out what. Makes no file, not even SQLite's own beside the store.
    """
    try:
        real = store_path.resolve()
        before = _still(real)
        address = f"{real.as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True, timeout=1)) as connection:
            row = connection.execute(_LAST, (STORE_VERSION,)).fetchone()
        if before is None or _still(real) != before:
            return None
    except (sqlite3.Error, OSError, ValueError):
        return None
    return (row[0], row[1]) if row else None


def _still(store: Path) -> tuple[int, int] | None:
    """The file's time and size; None while SQLite's log stands beside it."""
    if store.with_name(f"{store.name}-wal").exists():
        return None
    there = store.stat()
    return there.st_mtime_ns, there.st_size


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return "missing"
    except OSError:
        return "unreadable"
