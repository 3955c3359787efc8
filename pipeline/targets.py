"""The tab Our targets: which number aims at what, and by when."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from config.problems import Problem
from config.tables.work import TARGETS
from config.text import fold, nearest, shorten
from config.words import say
from pipeline.intake.model import Typed
from pipeline.metrics.registry import BY_CODE
from pipeline.metrics.wanting import WANTING

SHARE = "share"
"""The unit of numbers that lie between 0 and 1."""


@dataclass(frozen=True)
class Target:
    """What one row aims at.

    Attributes:
        code: the number's.
        goal: the figure; of a share between 0 and 1.
        by: the last day to reach it; None where none is given.
        row: the row's number in the tab.
        metric_as_typed: what the row calls the number.
    """

    code: str
    goal: float
    by: dt.date | None
    row: int
    metric_as_typed: str


@dataclass(frozen=True)
class Targets:
    """What the coalition aims at.

    Attributes:
        by_code: code → the target that counts today: the next whose day isn't past, or the last
            one where all are past. One without a day comes after all that have one.
        problems: rows that make no sense.
        steps: code → all its targets, by day.
    """

    by_code: Mapping[str, Target]
    problems: tuple[Problem, ...]
    steps: Mapping[str, tuple[Target, ...]]


def read_targets(typed: Mapping[str, Typed], today: dt.date) -> Targets:
    """Find the number that each row means, by its code or its name, and what counts today."""
    table = typed.get(TARGETS.name)
    if table is None:
        return Targets({}, (), {})
    targets: list[Target] = []
    problems: list[Problem] = []
    for target in _rows(table):
        faults = list(_faults(table, target))
        problems += faults
        targets += [] if faults else [target]
    steps, clashes = _steps(table, targets)
    return Targets(
        {code: _next(of, today) for code, of in steps.items()}, (*problems, *clashes), steps
    )


def _rows(table: Typed) -> Iterator[Target]:
    """The rows with a figure; the code is "" where no number is called so."""
    rows = table.frame.loc[table.frame["target"].notna() & table.frame["metric"].ne("")]
    for row, name, goal, by in zip(
        rows["row"], rows["metric"], rows["target"], rows["by"], strict=True
    ):
        day = None if pd.isna(by) else by.date()
        yield Target(_code(name), float(goal), day, int(row), name)


def _code(name: str) -> str:
    """The code of the number that is meant: `A1`, its name, or both as in `A1 Members`."""
    known = {
        fold(said): code
        for code, metric in BY_CODE.items()
        for said in (f"{code} {metric.title}", metric.title, code)
    }
    return known.get(fold(name), "")


def _faults(table: Typed, target: Target) -> Iterator[Problem]:
    if not target.code:
        yield _unknown(table, target)
        return
    if not BY_CODE[target.code].reported:
        yield _problem(
            table, target.row, "metric", target.metric_as_typed,
            say("This number only serves to make others and is never shown, so nobody would see "
                "how its target goes."),
            say("Aim at a number of the tab Numbers, or take the row out."),
        )  # fmt: skip
        return
    percent = (target.row, "target") in table.shares
    if BY_CODE[target.code].unit == SHARE:
        if not 0 <= target.goal <= 1:
            yield _problem(
                table, target.row, "target", _shown(target, percent),
                say("This number is a share, so its target lies between 0 and 1."),
                say("Write 0.9 or 90 % for 90 of 100."),
            )  # fmt: skip
    elif percent:
        yield _problem(
            table, target.row, "target", _shown(target, percent),
            say("This number is no share, so a percentage says nothing."),
            say("Write the figure itself, as the tab Numbers shows it."),
        )  # fmt: skip


def _unknown(table: Typed, target: Target) -> Problem:
    name = target.metric_as_typed
    for wanting in WANTING:
        if fold(name) in {fold(wanting.code), fold(wanting.title)}:
            what = say("Weaver can't count this number yet: it needs {lacks}.", lacks=wanting.lacks)
            remedy = say("Leave the row for later, or take it out.")
            return _problem(table, target.row, "metric", name, what, remedy)
    like = nearest(name, [metric.title for metric in BY_CODE.values()])
    hint = say("Did you mean “{name}”? ", name=like) if like else ""
    remedy = hint + say("Copy the code or the name from the tab Numbers.")
    return _problem(table, target.row, "metric", name, say("No number is called so."), remedy)


def _steps(
    table: Typed, targets: Sequence[Target]
) -> tuple[dict[str, tuple[Target, ...]], list[Problem]]:
    """Code → its targets by day; of several for one day the last row."""
    same: dict[tuple[str, dt.date], list[Target]] = defaultdict(list)
    for target in targets:
        same[target.code, target.by or dt.date.max].append(target)
    steps: dict[str, list[Target]] = defaultdict(list)
    for (code, _), of in sorted(same.items()):
        steps[code].append(of[-1])
    clashes = [_clash(table, of) for of in same.values() if len({t.goal for t in of}) > 1]
    return {code: tuple(of) for code, of in steps.items()}, clashes


def _clash(table: Typed, of: Sequence[Target]) -> Problem:
    last = of[-1]
    other = next(target for target in reversed(of) if target.goal != last.goal)
    what = say(
        "Rows {one} and {other} set two targets for one number and one day. Row {other} counts.",
        one=other.row, other=last.row,
    )  # fmt: skip
    remedy = say("Take one of them out, or give them different days.")
    return _problem(table, last.row, "metric", last.metric_as_typed, what, remedy)


def _next(steps: Iterable[Target], today: dt.date) -> Target:
    known = list(steps)
    return next((t for t in known if t.by is None or t.by >= today), known[-1])


def _problem(table: Typed, row: int, name: str, found: str, what: str, remedy: str) -> Problem:
    title = table.titles.get(name) or table.table.column(name).title
    return Problem(table.title, row, title, what, remedy, shorten(found))


def _shown(target: Target, percent: bool) -> str:
    return f"{target.goal * 100:g} %" if percent else f"{target.goal:g}"
