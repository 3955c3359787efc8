"""Impact: how far bills have come, what was won, and how far the levers have shifted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from config.tables.work import STEPS
from config.text import fold
from config.words import say
from pipeline.metrics.model import Context, Metric, Value
from pipeline.metrics.values import day, filled, in_period, no_data, until_today


@dataclass(frozen=True)
class Lever:
    """A row of Goals & levers.

    Attributes:
        name: its short name.
        shift: what must be different, in a sentence.
        baseline, target, latest: figures of one unit; None where they aren't said. `latest` is
            None also where its day is still to come.
        way: how much of the way from baseline to target is behind us, 1 at the target; None where
            a figure is missing, or baseline and target are one.
        by, as_of: the target's day and the latest figure's.
        group: that works on it.
        source: where the figure comes from.
    """

    name: str
    shift: str
    baseline: float | None
    target: float | None
    latest: float | None
    way: float | None
    by: dt.date | None
    as_of: dt.date | None
    group: str
    source: str


def levers(context: Context) -> tuple[Lever, ...]:
    """The levers in the order of the tab; of several rows of one name, the latest figure's.

    Nothing is there while the tab Goals & levers isn't in use.
    """
    rows = context.tables.get("goals_levers")
    if rows is None:
        return ()
    named = rows[filled(rows["lever"])]
    ahead = named["as_of"] > day(context)
    named = named.assign(
        key=named["lever"].map(fold), place=range(len(named)),
        latest=named["latest"].mask(ahead), as_of=named["as_of"].mask(ahead),
    )  # fmt: skip
    first = named.groupby("key")["place"].transform("min")
    dated = named.assign(first=first).sort_values(["first", "as_of", "place"], na_position="first")
    last = dated.drop_duplicates("key", keep="last")
    return tuple(
        _lever({str(k): cell for k, cell in row.items()}) for row in last.to_dict("records")
    )


def _lever(row: dict[str, object]) -> Lever:
    baseline, target, latest = (_number(row[name]) for name in ("baseline", "target", "latest"))
    way = None
    if baseline is not None and target is not None and latest is not None and baseline != target:
        way = (latest - baseline) / (target - baseline)
    return Lever(
        str(row["lever"]), str(row["what_must_shift"]), baseline, target, latest, way,
        _date(row["by"]), _date(row["as_of"]), str(row["group"]), str(row["source"]),
    )  # fmt: skip


def _number(cell: object) -> float | None:
    return None if not isinstance(cell, float) or cell != cell else cell


def _date(cell: object) -> dt.date | None:
    return cell.date() if isinstance(cell, pd.Timestamp) and not pd.isna(cell) else None


def _milestones(context: Context) -> Value:
    rows = context.tables["milestones"]
    rows = rows[until_today(rows["date"], context) & filled(rows["bill_or_goal"])]
    reached = rows["step"].map({step: n for n, step in enumerate(STEPS, 1)}).astype("float64")
    without = int(reached.isna().sum())
    if without == len(rows):
        return no_data(say("no step was reached by the day of the report"))
    key = rows["bill_or_goal"].map(fold)
    highest = reached.groupby(key).max().dropna()
    names = rows["bill_or_goal"].groupby(key).first()
    return Value(
        float(highest.max()),
        details=tuple((str(names[k]), float(highest[k])) for k in sorted(highest.index)),
        excluded=(without, say("no step") if without else ""),
    )


def _wins(context: Context) -> Value:
    rows = context.tables["lessons"]
    won = rows[rows["kind"].eq("win") & until_today(rows["date"], context)]
    recent = won[won["date"] > day(context) - pd.DateOffset(years=1)]
    shown = recent[filled(recent["evidence"])]
    without = len(recent) - len(shown)
    month = float(in_period(shown["date"], context).sum())
    return Value(
        float(len(shown)), details=((say("in the last month"), month),),
        excluded=(without, say("no evidence") if without else ""),
    )  # fmt: skip


STEPS_TAKEN = (
    Metric(
        "I12", "Milestones", "Impact",
        "The highest step that any bill or goal had reached by the day of the report, from 1 "
        "(sponsor) over introduced, hearing, committee, floor and enacted to 7 (implemented), "
        "beside that of each.",
        "step", "up", ("milestones.date", "milestones.bill_or_goal", "milestones.step"),
        "Brumidi Group", _milestones, dated=True,
    ),
    Metric(
        "I13", "Policy changes", "Impact",
        "Wins on the tab Lessons of the twelve months up to the day of the report that have "
        "evidence.",
        "wins", "up", ("lessons.date", "lessons.kind", "lessons.evidence"), "BeFree San Diego",
        _wins, dated=True,
    ),
)  # fmt: skip
