"""Hands the metrics what they need, for today and for the days of earlier reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from config.problems import Problem
from config.records import RunRecord, TabRecord
from config.statement import Statement, day_of
from config.tables.work import DECISION_MAKERS
from pipeline.clock import Clock
from pipeline.growing.digests import touched_on
from pipeline.growing.model import Growth
from pipeline.intake.model import SignOns, Typed
from pipeline.metrics.model import Context, Value
from pipeline.metrics.registry import METRICS, compute
from pipeline.model import Run
from pipeline.naming import Named
from pipeline.positions.history import History
from pipeline.standing import MEMBER

READ = ("date", "count", "number")
"""Kinds of columns whose cells can be there and yet be no day or number."""
MONTHS = 3
"""So many months are counted again: each takes as long as all dated numbers once more."""

Recounted = Mapping[dt.date, Mapping[str, Value]]
"""Day of an earlier report → metric code → what today's tables say of that day."""


@dataclass(frozen=True)
class Measured:
    """What was counted.

    Attributes:
        context: what today's numbers are counted from.
        values: metric code → what it came to.
        recount: gives, for numbers that can be counted again, what today's tables say of the days
            of earlier reports. It takes as long as the rest, so only who asks has to wait.
        strays: names in trackers that match no organisation.
    """

    context: Context
    values: Mapping[str, Value]
    recount: Callable[[], Recounted]
    strays: tuple[Problem, ...]


@dataclass(frozen=True)
class Seen:
    """What metrics are counted from, before it is put together.

    Attributes:
        forms: every sign-on, judged.
        organisations: as `registry.organisations_of` gives them.
        members: a day → the ids of that day's members.
        typed: people's tabs in use, by name.
        named: which organisations they name.
        signons: the sign-ons as they were read.
        history: where decision-makers stood; None where nobody keeps that tab.
        lost: decisions that hold about forms that are gone.
        growth: what people said of their tabs in Start, and which can't be read.
    """

    forms: pd.DataFrame
    organisations: pd.DataFrame
    members: Callable[[dt.date], set[str]]
    typed: Mapping[str, Typed]
    named: Named
    signons: SignOns
    history: History | None
    lost: int
    growth: Growth


def measure(run: Run, seen: Seen) -> Measured:
    """All metrics by code; and again for earlier days, as far as that can be."""
    context, strays = _context(run, seen)
    values = compute(context)
    again = [metric for metric in METRICS if metric.dated and metric.code in values]

    def recount() -> Recounted:
        days = report_days(run.known.runs, run.today, _first_day(context))
        return {day: compute(as_of(context, day, seen.members(day)), again) for day in days}

    return Measured(context, values, recount, tuple(strays))


def _first_day(context: Context) -> dt.date:
    """The day on which the first organisation joined; today while there is none."""
    first = context.organisations["joined_on"].min()
    return context.today if pd.isna(first) else first.date()


def _context(run: Run, seen: Seen) -> tuple[Context, list[Problem]]:
    tables: dict[str, pd.DataFrame] = {}
    strays: list[Problem] = []
    for name, table in seen.typed.items():
        tables[name], unknown = seen.named.with_ids(table)
        strays += unknown
    version = run.statement.in_force(run.today)
    substance = in_substance(run.statement)
    known = {record.name: record for record in run.known.tabs if record.digest}
    context = Context(
        today=run.today,
        period=run.clock.month,
        signons=seen.forms.assign(
            version=_versions(seen.forms, substance), verified=_verified(run, seen.forms)
        ),
        organisations=seen.organisations.assign(version=_versions(seen.organisations, substance)),
        tables=tables,
        present={name: table.present for name, table in seen.typed.items()}
        | {"signons": seen.signons.asked},
        problems=_set_aside(seen.typed, seen.signons, strays),
        coalition=run.settings.coalition.name,
        current_version=substance[version.version] if version else "",
        districts=run.settings.districts,
        points=tuple((p.field, p.id) for p in version.points) if version else (),
        sign_by=day_of(version.sign_by) if version else None,
        closes=day_of(version.closes) if version else None,
        positions=seen.history.frame if seen.history else None,
        touched=_touched(run, seen.typed, known),
        once=frozenset(known) - frozenset(tables) - seen.growth.dropped,
        closed={n: what for n, what in seen.growth.closed.items() if n not in tables},
        by_form=frozenset(name for name, table in seen.typed.items() if not table.kept),
        lost=seen.lost,
        unread=_unread(seen.typed),
    )
    return context, strays


def as_of(context: Context, day: dt.date, members: set[str]) -> Context:
    """The same for an earlier day, as far as rows have dates; `members` are those of that day."""
    frame, end = context.organisations, pd.Timestamp(day)
    standing = frame["standing"].where(~frame["standing"].isin(MEMBER), "none")
    then = frame.assign(
        standing=standing.mask(frame["id"].isin(members), "member"),
        joined_on=frame["joined_on"].where(frame["joined_on"] <= end),
        left_on=frame["left_on"].where(frame["left_on"] <= end),
    )
    month = Clock(dt.datetime.min.replace(tzinfo=dt.UTC), day).month
    return replace(context, today=day, period=month, organisations=then)


def report_days(
    runs: Sequence[RunRecord], today: dt.date, first: dt.date = dt.date.min
) -> list[dt.date]:
    """The days that are counted again: last week's report, and one day of each month.

    None is before `first`. The months are the last three complete ones; of each it is the day of
    the last run, or where there was none the month's last day.
    """
    ran = sorted({run.as_of for run in runs if run.as_of < today})
    monday = today - dt.timedelta(days=today.weekday())
    weekly = [day for day in ran if day < monday][-1:]
    return sorted(day for day in {*weekly, *_month_ends(ran, today)} if day >= first)


def _month_ends(ran: Sequence[dt.date], today: dt.date) -> Iterator[dt.date]:
    first = today.replace(day=1)
    for _ in range(MONTHS):
        last = first - dt.timedelta(days=1)
        first = last.replace(day=1)
        yield max((day for day in ran if first <= day <= last), default=last)


def _touched(
    run: Run, typed: Mapping[str, Typed], known: Mapping[str, TabRecord]
) -> dict[str, dt.date]:
    """Table → the day on which its rows were last found to differ, today included."""
    if run.asked.past:
        return {name: known[name].touched_on for name in sorted(known.keys() & typed.keys())}
    return {
        name: touched_on(known.get(name), table.digest, run.today)
        for name, table in typed.items()
        if table.kept
    }


def _unread(typed: Mapping[str, Typed]) -> dict[str, frozenset[tuple[str, int]]]:
    """Days and numbers that can't be read where a blank would say something: not yet, or none.

    Where decision-makers stood is told by a history of its own, so that tab isn't among them.
    """
    found: dict[str, set[tuple[str, int]]] = {}
    for name, table in typed.items():
        if table.table is DECISION_MAKERS:
            continue
        blank = {c.name for c in table.table.columns if c.kind in READ and not c.required}
        for place, row, field in table.unread:
            if field in blank:
                found.setdefault(f"{name}.{field}", set()).add((place, row))
    return {field: frozenset(places) for field, places in sorted(found.items())}


def _versions(frame: pd.DataFrame, substance: Mapping[str, str]) -> pd.Series:
    return frame["version"].map(substance).fillna("")


def _verified(run: Run, forms: pd.DataFrame) -> pd.Series:
    """Per form: did Google verify the address that sent it?"""
    form = run.settings.signons
    asked = form.email_verified and form.statement not in run.inputs.unverified
    return ~forms["by_hand"].astype(bool) & forms["email"].ne("") & asked


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
    for t in typed.values():
        wrong = (*t.problems, *strays)
        counted += [(tab, read, tuple(p for p in wrong if p.tab == tab))
                    for tab, read in t.parts or ((t.title, t.read),)]  # fmt: skip
    return tuple(
        (tab, read, len({problem.row for problem in problems if problem.row}))
        for tab, read, problems in counted
    )
