"""Where decision-makers stood on a day, and who moved between two."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

SCALE = {"against": -2, "leaning against": -1, "undecided": 0, "leaning": 1, "support": 2}
"""Position → the number for it; unknown and blank have none."""


@dataclass(frozen=True)
class Movement:
    """Who moved between two days, of those in office on both with a known position.

    Attributes:
        up, down: people who moved towards support, and away from it.
        compared: people of whom both positions are known.
        table: a row per move, the columns `from`, `to` (str) and `people` (int), from support to
            against.
    """

    up: int
    down: int
    compared: int
    table: pd.DataFrame

    @property
    def net(self) -> int:
        """How many more moved up than down."""
        return self.up - self.down


def position_on(frame: pd.DataFrame, day: dt.date) -> pd.DataFrame:
    """What holds of each person in office on that day: a row of `History.frame` per person.

    Those whose term ended before that day are history, and are left out.
    """
    latest = latest_on(frame, day)
    return latest[~(latest["until"] < pd.Timestamp(day))].reset_index(drop=True)


def latest_on(frame: pd.DataFrame, day: dt.date) -> pd.DataFrame:
    """The same with those who are out of office by then."""
    said = frame[frame["day"] <= pd.Timestamp(day)]
    last = said.sort_values(["person", "day"], kind="stable").drop_duplicates("person", keep="last")
    return last.reset_index(drop=True)


def movement(frame: pd.DataFrame, start: dt.date, end: dt.date) -> Movement:
    """Who stood elsewhere at the end of the second day than at the end of the first."""
    both = position_on(frame, start)[["person", "position"]].merge(
        position_on(frame, end)[["person", "position"]], on="person", suffixes=("_from", "_to")
    )
    before, after = both["position_from"].map(SCALE), both["position_to"].map(SCALE)
    known = before.notna() & after.notna()
    step = (after - before)[known]
    moved = both[known & (before != after)]
    counts = moved.groupby(["position_from", "position_to"]).size()
    order = sorted(counts.index, key=lambda pair: (-SCALE[pair[0]], -SCALE[pair[1]]))
    table = pd.DataFrame(
        {
            "from": pd.Series([pair[0] for pair in order], dtype="str"),
            "to": pd.Series([pair[1] for pair in order], dtype="str"),
            "people": pd.Series([int(counts[pair]) for pair in order], dtype="int64"),
        }
    )
    return Movement(int((step > 0).sum()), int((step < 0).sum()), int(known.sum()), table)
