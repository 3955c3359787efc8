"""Every table of the tracker, defined once: read by intake, publishing, checks and docs."""

from __future__ import annotations

from config.tables.day_one import CHANGES, DAY_ONE, SIGNONS, START, TO_DECIDE, TO_FIX, WHO
from config.tables.later import FEEDBACK, LATER
from config.tables.model import Column, Table
from config.tables.written import WRITTEN

TABLES: tuple[Table, ...] = DAY_ONE + LATER + WRITTEN
BY_HAND = "Sign-ons by hand"
"""The tab where people enter sign-ons themselves; it has the columns of Sign-ons."""
BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}

__all__ = [
    "BY_HAND", "BY_NAME", "CHANGES", "FEEDBACK", "SIGNONS", "START", "TABLES", "TO_DECIDE",
    "TO_FIX", "WHO", "Column", "Table",
]  # fmt: skip
