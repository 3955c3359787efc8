"""What is remembered of runs beside the store, even when the store can't be read.

Only the standard library, so that a look that finds nothing stays quick.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from config.errors import WeaverError
from connectors.files import replace_file

PLAUSIBLE = range(2**37)
"""Numbers that can be meant: seconds up to the year 6325."""


@dataclass(frozen=True)
class Watch:
    """How the last runs went. Moments are UTC seconds; None for never.

    Attributes:
        last_began: when the last whole run began.
        last_ended: when a run last ended; before `last_began` where that one is still at work or
            was killed.
        last_exit: the exit code of the run that ended last; 0 for a look that found nothing to do.
        last_look: when a look last found nothing to do.
        failures: how many in a row failed.
        first_failure: when the first of them did.
        what: why the last of them failed, in plain words without personal data.
        told: when the coordinators were last told of failures; None once they were told that it
            works again.
    """

    last_began: int | None = None
    last_ended: int | None = None
    last_exit: int | None = None
    last_look: int | None = None
    failures: int = 0
    first_failure: int | None = None
    what: str = ""
    told: int | None = None

    @property
    def broke_off(self) -> bool:
        """The last whole run hasn't ended: it is at work, or was killed."""
        return self.last_began is not None and (self.last_ended or 0) < self.last_began

    @property
    def knows(self) -> bool:
        """The coordinators know of the failures that are going on."""
        return self.told is not None and self.told >= (self.first_failure or 0)


_KINDS = {field.name: (str,) if field.name == "what" else (int, type(None))
          for field in fields(Watch)}  # fmt: skip


def watch_file(store: Path) -> Path:
    """Where the watch of that store is kept."""
    return store.with_name(f"{store.name}.watch.json")


def read_watch(path: Path) -> Watch:
    """What is remembered; nothing where there is no such file or it is damaged."""
    with suppress(OSError, ValueError, TypeError, AttributeError):
        found = json.loads(path.read_text(encoding="utf-8"))
        known = {n: v for n, v in found.items() if n in _KINDS and _meant(n, v)}
        known["failures"] = known.get("failures") or 0
        return Watch(**known)
    return Watch()


def _meant(name: str, value: object) -> bool:
    return type(value) in _KINDS[name] and (not isinstance(value, int) or value in PLAUSIBLE)


def write_watch(path: Path, watch: Watch) -> None:
    """Remember it, whole or not at all.

    Where no new file can be made, as on a full disk, the old one is written over: failures have to
    be counted there, too, or nobody would ever be told of them.

    Raises:
        NeedsPermission: nothing may be written there.
        Temporary: the disk is full, or the like.
    """
    text = json.dumps(asdict(watch), ensure_ascii=False, indent=1)
    content = text.encode("utf-8", "replace") + b"\n"
    try:
        replace_file(path, content, private=True)
    except WeaverError:
        if not _written_over(path, content):
            raise


def _written_over(path: Path, content: bytes) -> bool:
    """Whether the file that stands there took it."""
    with suppress(OSError):
        handle = os.open(path, os.O_WRONLY)
        try:
            os.truncate(handle, os.write(handle, content))
            os.fsync(handle)
        finally:
            os.close(handle)
        return path.read_bytes() == content
    return False
