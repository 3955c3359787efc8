"""Putting a file in its place, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from config.errors import NeedsPermission, Temporary
from config.words import say


def replace_file(
    path: Path,
    content: bytes | Iterable[bytes],
    keep: Path | None = None,
    private: bool = False,
) -> None:
    """Write the file so that a crash leaves either the old one or the new one.

    Args:
        path: the file; its folder is made when it isn't there. A link stays one, such as that to a
            folder which is shared with others.
        content: all of it, in one piece or in several.
        keep: where the file that stood there is kept.
        private: a new file may be read by its owner alone.

    Raises:
        NeedsPermission: the folder may not be written to.
        Temporary: the disk is full, or the like.
    """
    path = Path(os.path.realpath(path)) if path.is_symlink() else path
    part = _part(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_through(part, content, 0o600 if private else 0o666)
        if path.exists():
            part.chmod(path.stat().st_mode & 0o7777)
            if keep is not None:
                _keep(path, keep)
        part.replace(path)
        _settle(path.parent)
    except OSError as error:
        for leftover in (part, _part(keep or path)):
            with suppress(OSError):
                leftover.unlink()
        raise _refusal(path, error) from error


def _part(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


def _write_through(part: Path, content: bytes | Iterable[bytes], mode: int = 0o666) -> None:
    with open(part, "wb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
        file.writelines((content,) if isinstance(content, bytes) else content)
        file.flush()
        os.fsync(file.fileno())


def _keep(path: Path, keep: Path) -> None:
    part = _part(keep)
    _write_through(part, path.read_bytes())
    part.replace(keep)


def _settle(folder: Path) -> None:
    """Make the renaming itself last; not every system lets a folder be opened for that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _refusal(path: Path, error: OSError) -> NeedsPermission | Temporary:
    if isinstance(error, PermissionError):
        return NeedsPermission(
            say("The file may not be written."),
            str(path),
            say("Allow yourself to write to this folder, then run Weaver again."),
        )
    return Temporary(
        say("The file could not be written: {reason}.", reason=error.strerror or str(error)),
        str(path),
        say("Make room on the disk or mend the folder, then run Weaver again."),
    )
