"""The seams: what a backend must be able to do. Each can be written in an afternoon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from config.problems import Problem
from config.raw import RawTable
from config.records import Message
from config.tabplan import TabPlan


@dataclass(frozen=True)
class TrackerRead:
    """A tracker as it stands.

    Attributes:
        people: people's tabs by title.
        results: Weaver's and the shared tabs by title; foreign tabs too.
        problems: tabs or files that could not be read.
        store_id: id of the store that last wrote here; "" in a new tracker.
        mark: a fingerprint of all that was read; "" where the files themselves tell.
    """

    people: Mapping[str, RawTable] = field(default_factory=dict)
    results: Mapping[str, RawTable] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    store_id: str = ""
    mark: str = ""


class SignOns(Protocol):
    """Where the form's responses come from."""

    def read(self) -> RawTable:
        """All responses. Raises BadData when they cannot be read."""
        ...


class Tables(Protocol):
    """A tracker. `listed` is what the last `pending` or `write` could not put into a cell."""

    listed: tuple[Problem, ...]

    def check(self) -> None:
        """Raise Temporary while somebody's program holds the tracker open."""
        ...

    def read(self) -> TrackerRead:
        """Every tab. A people's tab that cannot be read becomes a problem, not an error."""
        ...

    def pending(self, plans: Sequence[TabPlan]) -> int:
        """How many of Weaver's cells `write` would change. Writes nothing."""
        ...

    def write(self, plans: Sequence[TabPlan], store_id: str) -> int:
        """Write what differs and return the number of Weaver's cells that changed."""
        ...


Outcome = Literal["sent", "later", "refused", "unknown"]


@dataclass(frozen=True)
class Delivery:
    """What became of a message that was handed over.

    Attributes:
        outcome: "sent"; "later" was not taken now and may be tried again; "refused" never will be
            taken; "unknown" broke off so late that it may have arrived.
        said: the server's words, or those of whatever failed, in one line.
        whole: it concerns no single message: no other need be tried in this run.
        today: the day's allowance is used up: nothing more before tomorrow.
    """

    outcome: Outcome
    said: str = ""
    whole: bool = False
    today: bool = False


class Post(Protocol):
    """Where mail leaves. No method raises because of a single message.

    `repeatable`: handing over the same message again changes nothing, so that one that was being
    handed over when a run was killed may simply be handed over again.
    """

    repeatable: bool

    def check(self) -> None:
        """Whether mail could leave. Raises a WeaverError that says what a person has to do."""
        ...

    def deliver(self, message: Message) -> Delivery:
        """Hand the message over, once."""
        ...

    def draft(self, message: Message) -> Delivery:
        """Put it where a person can send it themselves."""
        ...

    def close(self) -> None:
        """Let go of the way to the server."""
        ...
