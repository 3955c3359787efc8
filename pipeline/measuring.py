"""Hands the metrics what they need."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from config.problems import Problem
from config.settings import Settings
from config.statement import Statement
from pipeline.clock import Clock
from pipeline.intake.model import SignOns, Typed
from pipeline.metrics.model import Context, Value
from pipeline.metrics.registry import compute
from pipeline.naming import Named


def measure(
    forms: pd.DataFrame,
    organisations: pd.DataFrame,
    typed: Mapping[str, Typed],
    named: Named,
    signons: SignOns,
    statement: Statement,
    settings: Settings,
    clock: Clock,
) -> tuple[dict[str, Value], tuple[Problem, ...]]:
    """All metrics by code, and the names in trackers that match no organisation."""
    tables: dict[str, pd.DataFrame] = {}
    strays: list[Problem] = []
    for name, table in typed.items():
        tables[name], unknown = named.with_ids(table)
        strays += unknown
    version = statement.in_force(clock.day)
    substance = in_substance(statement)
    context = Context(
        today=clock.day,
        period=clock.month,
        signons=forms.assign(version=forms["version"].map(substance).fillna("")),
        organisations=organisations.assign(
            version=organisations["version"].map(substance).fillna("")
        ),
        tables=tables,
        present={name: table.present for name, table in typed.items()} | {"signons": signons.asked},
        problems=_set_aside(typed, signons, strays),
        current_version=substance[version.version] if version else "",
        districts=settings.districts,
        points=tuple((p.field, p.id) for p in version.points) if version else (),
    )
    return compute(context), tuple(strays)


def in_substance(statement: Statement) -> dict[str, str]:
    """Version → the version that it says the same as: wording-only ones change nothing."""
    substance: dict[str, str] = {}
    before = ""
    for version in statement.adopted:
        same = version.change == "wording-only" and before
        before = before if same else version.version
        substance[version.version] = before
    return substance


def _set_aside(
    typed: Mapping[str, Typed], signons: SignOns, strays: list[Problem]
) -> tuple[tuple[str, int, int], ...]:
    """(tab, rows read, rows with something set aside) per tab."""
    counted = [(signons.source, len(signons.frame), signons.problems)]
    counted += [
        (t.title, t.read, (*t.problems, *(s for s in strays if s.tab == t.title)))
        for t in typed.values()
    ]
    return tuple(
        (tab, read, len({problem.row for problem in problems if problem.row}))
        for tab, read, problems in counted
    )
