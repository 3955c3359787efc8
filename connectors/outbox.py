"""Mail as `.eml` files in a folder, for groups that send by themselves."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import replace
from pathlib import Path

from config.errors import NeedsPermission, WeaverError
from config.records import Message
from config.words import say
from connectors.files import replace_file
from connectors.protocols import Delivery
from connectors.replies import unfit

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 120


class MailFolder:
    """Every message becomes a file in the folder; the same one again changes nothing."""

    repeatable = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def check(self) -> None:
        """Raises NeedsPermission where nothing may be written into the folder."""
        if not os.access(_there(self.folder), os.W_OK):
            raise NeedsPermission(
                say("The folder for mail may not be written to."),
                str(self.folder),
                say("Allow yourself to write to this folder, then run Weaver again."),
            )

    def deliver(self, message: Message) -> Delivery:
        """Write the message as a file."""
        if why := unfit(message):
            return Delivery("refused", why)
        path = self.folder / file_name(message.file)
        try:
            if not (path.is_file() and path.read_bytes() == message.content):
                replace_file(path, message.content)
        except WeaverError as error:
            return Delivery("later", f"{error.what} {error.remedy}")
        except OSError as error:
            return Delivery("later", str(error.strerror or error))
        return Delivery("sent")

    def draft(self, message: Message) -> Delivery:
        """Write it so that a mail program opens the file as a draft, ready to send."""
        content = message.content
        if b"\nX-Unsent:" not in content.partition(b"\r\n\r\n")[0]:
            content = b"X-Unsent: 1\r\n" + content
        delivery = self.deliver(replace(message, content=content))
        if delivery.outcome != "sent":
            return delivery
        return Delivery("sent", f"{self.folder.name}/{file_name(message.file)}")

    def close(self) -> None:
        """There is nothing to let go of."""


def _there(folder: Path) -> Path:
    """The folder, or the nearest one above that is there."""
    return next(path for path in (folder, *folder.absolute().parents) if path.exists())


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
