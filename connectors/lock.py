"""One run at a time: a lock that the operating system lets go of when the process ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from config.errors import NeedsPermission, Temporary
from config.words import say

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        # Windows locks bytes, not files: one far behind the text, so that others can read it.
        os.lseek(handle, 1 << 20, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def run_lock(store: Path, since: str) -> Iterator[None]:
    """Hold the lock `<store>.lock` while the body runs.

    Args:
        store: the store's file; the lock file stands beside it and is left there, empty.
        since: when this run began, for whoever finds the lock taken.

    Raises:
        Temporary: another run holds it.
        NeedsPermission: the folder may not be written to.
    """
    path = store.with_name(f"{store.name}.lock")
    handle = _open(path)
    try:
        try:
            _take(handle)
        except OSError as error:
            raise _held(path) from error
        _say_who(handle, f"{os.getpid()}\n{since}\n")
        try:
            yield
        finally:
            _say_who(handle, "")
    finally:
        os.close(handle)


def held_since(store: Path) -> int | None:
    """The UTC second at which a run that is alive took that store's lock; None where none did."""
    try:
        handle = os.open(store.with_name(f"{store.name}.lock"), os.O_RDWR)
    except OSError:
        return None
    try:
        _take(handle)
    except OSError:
        return int(os.fstat(handle).st_mtime)
    finally:
        os.close(handle)
    return None


def _open(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise NeedsPermission(
            say("The lock file may not be written."),
            str(path),
            say("Allow yourself to write to this folder, then run Weaver again."),
        ) from error


def _say_who(handle: int, text: str) -> None:
    # The lock holds without it; a full disk is for the store to tell.
    with suppress(OSError):
        os.lseek(handle, 0, os.SEEK_SET)
        os.truncate(handle, 0)
        os.write(handle, text.encode())


def _held(path: Path) -> Temporary:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    process, since = (*lines, "", "")[:2]
    return Temporary(
        say(
            "Another run is at work: process {process}, since {since}.",
            process=process or "?",
            since=since or "?",
        ),
        str(path),
        say("Wait until it has ended, then run Weaver again."),
    )
