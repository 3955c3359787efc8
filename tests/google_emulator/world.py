"""All that the emulated Google knows. One lock guards it; every handler runs while holding it."""

from __future__ import annotations

import datetime as dt
import random
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.google_emulator.errors import forbidden, not_found

START = dt.datetime(2026, 3, 9, 3, 0, tzinfo=dt.UTC)
ROLES = ("reader", "commenter", "writer", "owner")


class SimulatedClock:
    """The time of quotas, token lives and answers; it moves only when told to."""

    def __init__(self, now: dt.datetime = START) -> None:
        self._now = now

    def now(self) -> dt.datetime:
        """The moment, in UTC."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self._now += dt.timedelta(seconds=seconds)


class WallClock(SimulatedClock):
    """The real time, for an emulator that runs on its own; `advance` puts it forward."""

    def __init__(self) -> None:
        super().__init__()
        self._ahead = dt.timedelta(0)

    def now(self) -> dt.datetime:
        """The moment, in UTC."""
        return dt.datetime.now(dt.UTC) + self._ahead

    def advance(self, seconds: float) -> None:
        """Put the clock forward."""
        self._ahead += dt.timedelta(seconds=seconds)


@dataclass
class File:
    """What Drive knows of a spreadsheet, a form or another file."""

    id: str
    name: str
    mime: str
    roles: dict[str, str]
    """Address, domain or "anyone" → reader, commenter, writer or owner."""
    created: dt.datetime
    modified: dt.datetime
    trashed: bool = False
    parents: list[str] = field(default_factory=list)
    pending_owner: str = ""

    def allows(self, principal: str, role: str) -> bool:
        """Whether somebody has at least that role, by address, domain or because anyone has."""
        names = (principal, principal.rpartition("@")[2], "anyone")
        return any(
            ROLES.index(self.roles[name]) >= ROLES.index(role)
            for name in names
            if name in self.roles
        )


@dataclass(frozen=True)
class Call:
    """One authorised, routed and schema-checked request.

    Attributes:
        method: the discovery document's id, such as "sheets.spreadsheets.values.get".
        path: path parameters, decoded.
        query: query parameters by name, decoded; repeated ones in order.
        body: the JSON body without its nulls (but nulls inside `values` are kept); {} if none.
        principal: the address of whoever asks.
        delegated: who asked in that person's name, if anybody.
    """

    method: str
    path: Mapping[str, str]
    query: Mapping[str, tuple[str, ...]]
    body: Mapping[str, Any]
    principal: str
    delegated: str = ""

    def one(self, name: str, default: str = "") -> str:
        """A query parameter that is given once."""
        values = self.query.get(name, ())
        return values[-1] if values else default

    def flag(self, name: str) -> bool:
        """A boolean query parameter."""
        return self.one(name).lower() in ("true", "1")


@dataclass
class World:
    """Files by id, what is in them, and the time.

    Attributes:
        spreadsheets: id → tests.google_emulator.sheets.model.Spreadsheet.
        forms: id → tests.google_emulator.forms.model.Form.
        mailboxes: address → tests.google_emulator.gmail.Letter, in the order of making.
        mails_a_day: how many somebody may send.
        service_accounts_have_storage: whether they may make files; Google's can't any more (A-33).
    """

    seed: int = 0
    clock: SimulatedClock = field(default_factory=SimulatedClock)
    lock: threading.RLock = field(default_factory=threading.RLock)
    files: dict[str, File] = field(default_factory=dict)
    spreadsheets: dict[str, Any] = field(default_factory=dict)
    forms: dict[str, Any] = field(default_factory=dict)
    mailboxes: dict[str, list[Any]] = field(default_factory=dict)
    mails_a_day: int = 2000
    service_accounts_have_storage: bool = False

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def add_file(self, file_id: str, name: str, mime: str, owner: str) -> File:
        """A new file, owned by somebody and shared with nobody else."""
        now = self.clock.now()
        self.files[file_id] = file = File(file_id, name, mime, {owner: "owner"}, now, now)
        return file

    def share(self, file_id: str, address: str, role: str = "writer") -> None:
        """Share a file as its owner would; role "" takes the access away."""
        if role:
            self.files[file_id].roles[address] = role
        else:
            self.files[file_id].roles.pop(address, None)

    def demand(self, principal: str, file_id: str, role: str = "reader") -> File:
        """The file, where the principal has at least that role. Raises Google's 404 or 403."""
        file = self.files.get(file_id)
        if file is None or file.trashed:
            raise not_found()
        if not file.allows(principal, role):
            raise forbidden()
        return file

    def touch(self, file_id: str) -> None:
        """Note that a file was changed now."""
        self.files[file_id].modified = self.clock.now()

    def fresh_id(self, length: int = 44) -> str:
        """An id as Drive's are, from the seed."""
        alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        return "1" + "".join(self.random.choice(alphabet) for _ in range(length - 1))
