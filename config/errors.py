"""One error for people: what is wrong, where, and what to do. The class says the exit code."""

from __future__ import annotations

from collections.abc import Sequence


class WeaverError(Exception):
    """Something a person can put right.

    Args:
        what: what is wrong, in a sentence.
        where: file, tab, row, column or key.
        remedy: what to do about it.
    """

    exit_code = 1

    def __init__(self, what: str, where: str, remedy: str) -> None:
        super().__init__(f"{what} ({where}) {remedy}")
        self.what = what
        self.where = where
        self.remedy = remedy


class WrongUsage(WeaverError):
    """The command was called in a way that makes no sense."""

    exit_code = 2


class BadData(WeaverError):
    """Data that stops the run: nothing was written."""

    exit_code = 65


class Temporary(WeaverError):
    """Try again later: the network, a lock, a quota."""

    exit_code = 75


class NeedsPermission(WeaverError):
    """A person has to give permission first."""

    exit_code = 77


class WrongSettings(WeaverError):
    """`weaver.toml`, a statement or the store does not fit. Holds all faults found, not the first.

    Args:
        faults: one sentence each, beginning with the dotted path or the line.
    """

    exit_code = 78

    def __init__(self, what: str, where: str, remedy: str, faults: Sequence[str] = ()) -> None:
        listed = "".join(f"\n  - {fault}" for fault in faults)
        super().__init__(what + listed, where, remedy)
        self.faults = tuple(faults)
