"""What is hidden on quiet days: where decision-makers stand, and how that moved.

The tab Decision-makers, which few may see, stays as it is, and the store goes on with its history.
Everything else that is shown takes its numbers from a result that went through here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from config.problems import Problem
from config.tables.work import DECISION_MAKERS
from config.words import say
from pipeline.mailing.quiet import Quiet
from pipeline.metrics.model import Value
from pipeline.metrics.registry import METRICS
from pipeline.metrics.values import no_data
from pipeline.model import Result

_STAND = frozenset({"position", "influence", "confidence", "co_sponsor_on"})
"""Columns that say where somebody stands."""
HIDDEN = frozenset(
    metric.code
    for metric in METRICS
    if metric.phase != "Data quality"
    and {f"{DECISION_MAKERS.name}.{name}" for name in _STAND} & {*metric.needs, *metric.uses}
)
"""Numbers that are counted from them; how many of their cells are filled tells nothing."""


def without_positions(result: Result, quiet: Quiet | None) -> Result:
    """The result as it may be shown; as it is where the day is no quiet one."""
    if quiet is None:
        return result
    why = no_data(quiet.hidden)
    values = {code: why if code in HIDDEN else value for code, value in result.values.items()}
    recount = result.recount

    def shown() -> Mapping[dt.date, Mapping[str, Value]]:
        return {day: _others(values) for day, values in recount().items()}

    problems = (_veiled(problem, result, quiet) for problem in result.problems)
    return replace(
        result, values=values, recount=shown, quiet=quiet, hidden=HIDDEN,
        problems=tuple(sorted(set(problems))),
    )  # fmt: skip


def _others(values: Mapping[str, Any]) -> dict[str, Any]:
    return {code: value for code, value in values.items() if code not in HIDDEN}


def _veiled(problem: Problem, result: Result, quiet: Quiet) -> Problem:
    """What is wrong with a cell isn't told where that says where somebody stands."""
    table = result.typed.get(DECISION_MAKERS.name)
    if table is None or problem.tab != table.title:
        return problem
    titles = {table.titles.get(name, DECISION_MAKERS.column(name).title) for name in _STAND}
    if problem.column not in titles | {DECISION_MAKERS.column(name).title for name in _STAND}:
        return problem
    what = say("The cell needs a look; what it says is {hidden}.", hidden=quiet.hidden)
    remedy = say("Look at the row in the tab itself.")
    return replace(problem, problem=what, remedy=remedy, found="")
