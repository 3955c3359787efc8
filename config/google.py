"""`[google]` of `weaver.toml`: which spreadsheets, and who Weaver is to Google."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator

from config.base import Address, Frozen, Line

_FILE = re.compile(
    r"^(?:https://docs\.google\.com/(?:[a-z]+/)*(?:u/\d+/)?d/)?([\w-]{20,})(?:[/?#].*)?$"
)
_GID = re.compile(r"[#?&]gid=(\d+)")


def file_id(text: str) -> str:
    """The id in a spreadsheet's or a form's address, or the id itself. Raises ValueError."""
    found = _FILE.match(text.strip())
    if not found or "/d/e/" in text:
        raise ValueError(
            f"{text!r} is no address of a Google file; copy it from the browser while you edit "
            "the file: https://docs.google.com/…/d/…/edit"
        )
    return found[1]


def tab_id(text: str) -> int | None:
    """The tab that an address points at, if it says so (`#gid=`)."""
    found = _GID.search(text)
    return int(found[1]) if found else None


def _checked(text: str) -> str:
    file_id(text)
    return text


GoogleFile = Annotated[Line, AfterValidator(_checked)]


class Google(Frozen):
    """The tracker as spreadsheets of Google, and who opens them.

    Attributes:
        working: the spreadsheet of the coordinators: its address or its id; left out, the tracker
            is the two workbooks.
        restricted: another, for tables that few may see; left out, they are in `working`.
        credentials: "default" takes what the machine offers (a service account's file named by
            GOOGLE_APPLICATION_CREDENTIALS, workload identity, gcloud); "key" takes a service
            account's key from the environment; "user" a person's own sign-in.
        key: the environment variable that holds the key (its JSON, or the name of its file).
        user_file: the environment variable that names the file of the person's sign-in.
        on_behalf_of: the address in whose name a service account acts (delegation).
    """

    working: GoogleFile | None = None
    restricted: GoogleFile | None = None
    credentials: Literal["default", "key", "user"] = "default"
    key: Line = "WEAVER_GOOGLE_KEY"
    user_file: Line = "WEAVER_GOOGLE_USER"
    on_behalf_of: Address | None = None
