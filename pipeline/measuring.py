"""Hands the metrics what they need, and finds the organisations that trackers name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from config.problems import Problem
from config.settings import Settings
from config.statement import Statement
from config.text import nearest, shorten
from config.words import say
from pipeline.clock import Clock
from pipeline.intake.model import SignOns, Typed
from pipeline.lookup import look_up
from pipeline.metrics.model import Context, Value
from pipeline.metrics.registry import compute
from pipeline.registry import finder

_MAY_BE_NEW = frozenset(
    {"outreach", "who_s_missing", "media", "conversations", "statement_feedback"}
)
"""Tabs in which organisations may stand that haven't signed."""


def measure(
    forms: pd.DataFrame,
    organisations: pd.DataFrame,
    typed: Mapping[str, Typed],
    signons: SignOns,
    statement: Statement,
    settings: Settings,
    clock: Clock,
) -> tuple[dict[str, Value], tuple[Problem, ...]]:
    """All metrics by code, and the names in trackers that match no organisation."""
    names = dict(zip(organisations["id"], organisations["name"], strict=True))
    also = dict(zip(organisations["id"], organisations["aliases"], strict=True))
    find = finder(names, also, {}, suggest=False)
    tables: dict[str, pd.DataFrame] = {}
    strays: list[Problem] = []
    for name, table in typed.items():
        tables[name], unknown = _with_ids(table, find, tuple(names.values()))
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


def _with_ids(
    table: Typed, find: Callable[[str], tuple[str, str]], names: Sequence[str]
) -> tuple[pd.DataFrame, list[Problem]]:
    """The frame with `X_id` beside each organisation column X, also where the tab lacks X."""
    frame, strays = table.frame, []
    for column in table.table.columns:
        if column.kind != "organisation":
            continue
        found = {text: find(text)[0] for text in frame[column.name].unique() if text}
        frame = frame.assign(**{f"{column.name}_id": look_up(frame[column.name], found)})
        if table.table.name not in _MAY_BE_NEW:
            lost = frame.loc[(frame[column.name] != "") & (frame[f"{column.name}_id"] == "")]
            strays += [
                _stray(table, row, column.title, text, nearest(text, names) or "")
                for row, text in zip(lost["row"], lost[column.name], strict=True)
            ]
    return frame, strays


def _stray(table: Typed, row: int, column: str, text: str, like: str) -> Problem:
    hint = say("Did you mean “{name}”? ", name=like) if like else ""
    return Problem(
        table.title, int(row), column,
        say("No organisation of that name has signed."),
        hint + say("Copy the name from Who has signed."),
        shorten(text),
    )  # fmt: skip


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
