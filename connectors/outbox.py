"""Mail as `.eml` files in a folder, for groups that send by themselves."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from config.records import Message
from connectors.files import replace_file

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 120


class MailFolder:
    """Every message becomes a file in the folder; the same one again changes nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def deliver(self, message: Message) -> None:
        """Write the message. Raises NeedsPermission or Temporary when that can't be done."""
        path = self.folder / file_name(message.file)
        if not (path.is_file() and path.read_bytes() == message.content):
            replace_file(path, message.content)


def file_name(wanted: str) -> str:
    """The wanted name where it is harmless, else a harmless one that no other wanted name gets."""
    harmless = _UNSAFE.sub("-", wanted).lstrip(".-")
    if wanted and harmless == wanted and len(wanted) <= _LONGEST:
        return wanted
    stem, dot, ending = harmless.rpartition(".")
    if not dot or len(ending) > 8:
        stem, ending = harmless, "eml"
    mark = hashlib.sha256(wanted.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{stem[: _LONGEST - 20] or 'message'}-{mark}.{ending}"
