"""The tab Our targets: which number aims at what, and where it stands against its aim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from config.problems import Problem
from config.text import fold, nearest, shorten
from config.words import say
from pipeline.intake.model import Typed
from pipeline.metrics.registry import BY_CODE


@dataclass(frozen=True)
class Aims:
    """Code → aim, the last one where a number has several; and rows that make no sense."""

    by_code: Mapping[str, float]
    problems: tuple[Problem, ...]


def read_aims(typed: Mapping[str, Typed]) -> Aims:
    """Find the number that each row means, by its code or its name."""
    table = typed.get("our_targets")
    if table is None:
        return Aims({}, ())
    known = {fold(code): code for code in BY_CODE} | {
        fold(metric.title): code for code, metric in BY_CODE.items()
    }
    rows = table.frame.dropna(subset=["target"])
    aims: dict[str, float] = {}
    problems: list[Problem] = []
    for row, name, goal in zip(rows["row"], rows["metric"], rows["target"], strict=True):
        code = known.get(fold(name))
        faults = list(_faults(table, int(row), name, code, float(goal)))
        problems += faults
        if code and not faults:
            aims[code] = float(goal)
    return Aims(aims, tuple(problems))


def status_of(goal: float | None, code: str, value: float | None) -> str:
    """Where a number stands against its aim; "" where there is none."""
    if goal is None:
        return ""
    if value is None:
        return say("no data")
    met = value <= goal if BY_CODE[code].better == "down" else value >= goal
    return say("met") if met else say("not yet")


def _faults(table: Typed, row: int, name: str, code: str | None, goal: float) -> Iterator[Problem]:
    tab = table.title
    if code is None:
        like = nearest(name, [metric.title for metric in BY_CODE.values()])
        hint = say("Did you mean “{name}”? ", name=like) if like else ""
        remedy = hint + say("Copy the code or the name from the tab Numbers.")
        yield Problem(tab, row, "Metric", say("No number is called so."), remedy, shorten(name))
    elif BY_CODE[code].unit == "share" and not 0 <= goal <= 1:
        yield Problem(
            tab, row, "Target", say("This number is a share, so its aim lies between 0 and 1."),
            say("Write 0.9 for 90 of 100."), f"{goal:g}",
        )  # fmt: skip
