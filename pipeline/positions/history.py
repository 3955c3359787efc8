"""Where decision-makers stood over time, whether people overwrite rows or add dated ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from config.problems import Problem
from config.records import PositionRecord
from pipeline.intake.model import Typed

COLUMNS = (
    "person", "day", "name", "seat", "district", "position", "influence", "confidence",
    "cosponsor_on", "until",
)  # fmt: skip


@dataclass(frozen=True)
class History:
    """What is known of decision-makers.

    Attributes:
        frame: a row per person and day on which something was said anew, by person and day; the
            columns `COLUMNS`: day, cosponsor_on and until datetime64[ns] (NaT), influence and
            confidence float64 (NaN), the others str ("").
        records: what the store shall remember.
        problems: names that may be one person's or two's, and rows that contradict each other.
    """

    frame: pd.DataFrame
    records: tuple[PositionRecord, ...]
    problems: tuple[Problem, ...]


def history(table: Typed | None, known: Sequence[PositionRecord], today: dt.date) -> History | None:
    """The history up to that day; None where the tab isn't in use.

    Args:
        table: the tab Decision-makers.
        known: what earlier runs saw in it.
        today: the coalition's day, which a row without a date stands for.
    """
    if table is None:
        return None
    known = [record for record in known if record.day <= today]
    return History(pd.DataFrame(columns=list(COLUMNS)), tuple(known), ())
