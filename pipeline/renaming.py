"""Forms that were changed to name their organisation otherwise.

What people said of an organisation by its old name doesn't speak for the new one: a yes to being
listed ends on the day on which the new name was first read, and is asked for again.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from pipeline.hashing import digest


@dataclass(frozen=True)
class Renamed:
    """One form's names.

    Attributes:
        key: the form's.
        names: those that it had, the first one first and today's last.
        on: the day on which today's name was first read.
    """

    key: str
    names: tuple[str, ...]
    on: dt.date

    @property
    def mark(self) -> str:
        """Stands among the facts of a decision that was made on today's name."""
        return f"renamed:{digest((self.key, *self.names), 8)}"


def renamed(frame: pd.DataFrame) -> Mapping[str, tuple[Renamed, ...]]:
    """Organisation → its forms that were renamed.

    Args:
        frame: forms with `organisation_id`, `called` (its names) and `renamed_on` (a day, or None).
    """
    found: dict[str, list[Renamed]] = defaultdict(list)
    if "called" not in frame:
        return {}
    changed = frame.loc[frame["called"].map(bool) & (frame["organisation_id"] != "")]
    rows = zip(
        changed["organisation_id"], changed["key"], changed["called"], changed["renamed_on"],
        strict=True,
    )  # fmt: skip
    for home, key, names, day in rows:
        found[home].append(Renamed(key, tuple(names), day))
    return {home: tuple(sorted(forms, key=lambda r: r.key)) for home, forms in found.items()}


def outlives(facts: str, forms: tuple[Renamed, ...]) -> dt.date | None:
    """The day on which a decision made on those facts ended; None where it stands."""
    known = set(facts.split())
    return min((form.on for form in forms if form.mark not in known), default=None)
