"""Take away one column or tab after the other: only the numbers that named it change, and say so.

The tables are made up and full. What a crowd hides is planted: pairs of members of whom one row
alone tells, two members with one decision-maker in a week, names that stand in one cell only.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pandas as pd
import pytest

from benchmarks.tables import COMMUNITIES, SKIPPED, TODAY, context_of, frame_of
from config.tables import BY_NAME, SIGNONS
from config.tables.later import LATER
from pipeline.figures import definition_of
from pipeline.intake.model import Typed
from pipeline.metrics.initiatives import HOSTS
from pipeline.metrics.model import Context, Metric, Value
from pipeline.metrics.registry import BY_CODE, COMPUTED, METRICS, compute, tabs
from pipeline.positions.history import history

SIZE = (100, 400, 4_000)
SILENT = 20
"""Members that only a planted row tells of."""
RECENT, LATER_ON, LATEST, TO_COME, LONG_AGO = (
    pd.Timestamp(TODAY - dt.timedelta(days)) for days in (10, 9, 8, -20, 700)
)
LAST_MONTH = pd.Timestamp(TODAY.replace(day=1) - dt.timedelta(15))
BLANKS = {"date": pd.NaT, "time": pd.NaT, "count": float("nan"), "number": float("nan")}
LISTS = ("list", "organisations")
IDS = {"organisation": "_id", "organisations": "_ids"}
DERIVED = {
    "referred_by": "referred_by", "list_us": "may_list", "use_our_logo": "logo",
    "district": "district", "sector": "sector", "level": "level", "country": "country",
    "parent": "parent", "joins_as": "joins_as",
    "communities_led": "communities", "communities_served": "communities",
}  # fmt: skip
"""Question of the form → what of an organisation is known from its answers."""
ALWAYS = [replace(metric, comes=None) for metric in METRICS]


def fields(metrics: Iterable[Metric] = METRICS) -> list[str]:
    """Every column of a tab or question of the form that a number names."""
    named = {f for m in metrics for f in (*m.needs, *m.uses)}
    derived = {f"signons.{name}" for name in DERIVED if name != "joins_as"}
    return sorted({f for f in named if _removable(f)} | derived)


def _removable(field: str) -> bool:
    table, _, column = field.partition(".")
    if table == "signons":
        return column in SIGNONS.names
    return table not in COMPUTED


@cache
def rich() -> Context:
    return planted(context_of(*SIZE, silent=SILENT))


@cache
def whole() -> dict[str, Value]:
    return compute(rich(), ALWAYS)


def planted(context: Context) -> Context:
    """The context with rows of which each alone tells something that a crowd would hide."""
    tables = dict(context.tables)
    quiet = iter(context.organisations.tail(SILENT).itertuples())
    known = iter(_in_the_midst(context).itertuples())
    outside = next(_observers(context).itertuples())
    for name, cells in (*_rows(quiet, known), *_with_observer(outside, quiet, known)):
        tables[name] = pd.concat([tables[name], row(name, **cells)], ignore_index=True)
    frame = context.organisations.set_index("id")
    frame.loc[next(quiet).id, ["referred_by", "joined_on"]] = [next(known).name, RECENT]
    frame.loc[outside.id, "confirm_by"] = pd.Timestamp(TODAY)
    known_again = frame.reset_index()[list(context.organisations)]
    return _positions(replace(context, organisations=known_again, tables=tables))


def _in_the_midst(context: Context) -> pd.DataFrame:
    """Members that are no hosts, each with a tie."""
    close = set(context.network.parts[0]) - set(context.tables["contacts"]["organisation_id"])
    return context.organisations[context.organisations["id"].isin(close)]


def _observers(context: Context) -> pd.DataFrame:
    frame = context.organisations
    return frame[frame["joins_as"].eq("observer") & frame["standing"].eq("member")]


def _with_observer(
    outside: Any, quiet: Iterator[Any], known: Iterator[Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """What tells something only if the observer were a member, such as who it alone joins."""
    for other in (next(quiet), next(known)):
        yield "conversations", {"date": RECENT, "organisation_a": outside,
                                "organisation_b": other, "kind": "tie"}  # fmt: skip
    yield "media", {"date": RECENT, "outlet": "Echo", "title": "Seen", "quotes": (outside,)}
    yield "who_s_missing", {"guest": "Observer", "organisation": outside}
    yield "decision_makers", {"date": LAST_MONTH, "name": "Zoe Seen", "seat": "Assembly",
                              "contacted_by": (outside,)}  # fmt: skip


def _rows(quiet: Iterator[Any], known: Iterator[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(tab, cells). Silent members hang on others by one row each, or would without a cell."""
    yield "conversations", {"date": RECENT, "organisation_a": next(quiet),
                            "organisation_b": next(known), "kind": "do not introduce"}  # fmt: skip
    yield "meetings", {"date": RECENT, "present": (next(quiet), next(known))}
    one, other = next(quiet), next(known)
    yield "actions", {"date": RECENT, "started_by": one, "partners": (other,), "plan": "Of two"}
    for number, cells in enumerate((
        {"kind": "steering"}, {"role": "chair"}, {"kind": "steering", "since": TO_COME},
        {"kind": "steering", "until": LONG_AGO},
    )):  # fmt: skip
        seat = next(quiet)
        yield "groups", {"group": f"Of two {number}", "organisation": seat, **cells}
        yield "groups", {"group": f"Of two {number}", "organisation": next(known)}
        yield "who_s_missing", {"guest": f"Guest {number}", "organisation": seat}
    for who, cell in (("One and two", {}), ("Seat", {"seat": "Council"}),
                      ("District", {"district": "West"})):  # fmt: skip
        person = {"name": f"Zoe {who}", "seat": "Senate", "district": "East"}
        yield "decision_makers", {"date": RECENT, **person, "contacted_by": (one,)}
        second = next(known) if cell else other
        yield "decision_makers", {"date": LATER_ON, **person, **cell, "contacted_by": (second,)}
        yield "decision_makers", {"date": LATEST, **person}
    for name in ("Only wanted", "Only a guest"):
        yield "conversations", {"date": RECENT, "organisation_a": name, "kind": "tie"}
    yield "outreach", {"organisation": "Only wanted", "added": RECENT, "stage": "said no"}
    yield "who_s_missing", {"guest": "Guest", "organisation": "Only a guest"}
    yield "outreach", {"organisation": "To come", "added": TO_COME, "first_contact": RECENT}
    yield "who_s_missing", {"guest": "To come"}
    yield "outreach", {"organisation": "Rare", "sector": ("Rare",), "first_contact": RECENT}
    yield "who_s_missing", {"guest": "Somebody rare", "sector": "Rare"}
    yield "who_s_missing", {"guest": "Somebody from here", "place": "Velmark"}
    starter, helper = next(quiet), next(quiet)
    yield "actions", {"date": RECENT, "started_by": starter, "initiative": "Hosted later"}
    for number in range(3):
        yield "groups", {"group": f"Of one {number}", "organisation": starter}
    yield "contacts", {"organisation": starter, "role_for_us": HOSTS, "since": TO_COME}
    yield "help", {"asked_on": LONG_AGO, "given_by": helper, "closed": RECENT}
    yield "actions", {"date": LAST_MONTH, "kind": "letters"}
    for outlet, title in (("Echo", "Rain"), ("Herald", "Rain"), ("Herald", "Flood")):
        yield "media", {"date": RECENT, "outlet": outlet, "title": title}
    yield "outreach", {"organisation": "Quick", "added": LONG_AGO, "first_contact": LONG_AGO,
                       "last_touch": LONG_AGO, "replied": RECENT, "stage": "contacted"}  # fmt: skip


def row(tab: str, /, **cells: Any) -> pd.DataFrame:
    """A row of a tab, blank but for the cells; an organisation of the registry, or a name."""
    table = BY_NAME[tab]
    frame = frame_of(table, 1, rich_organisations(), random.Random(1))
    for column in table.columns:
        given = cells.get(column.name, _empty(column.kind))
        if column.kind == "organisation":
            known = not isinstance(given, str)
            frame[f"{column.name}_id"] = pd.Series([given.id if known else ""], dtype=object)
            given = given.name if known else given
        elif column.kind == "organisations":
            frame[f"{column.name}_ids"] = pd.Series([tuple(g.id for g in given)], dtype=object)
            given = tuple(g.name for g in given)
        frame[column.name] = pd.Series([given], dtype=frame[column.name].dtype)
    return frame


@cache
def rich_organisations() -> pd.DataFrame:
    return context_of(10, 10, 400).organisations


def _empty(kind: str) -> Any:
    return () if kind in LISTS else BLANKS.get(kind, "")


def without_column(context: Context, field: str) -> Context:
    """As intake would give it were the column not there."""
    name, _, column = field.partition(".")
    present = {**context.present, name: context.present[name] - {column}}
    if name == "signons":
        return _without_question(replace(context, present=present), column)
    kind = BY_NAME[name].column(column).kind
    frame = _blank(context.tables[name], kind, column)
    changed = replace(context, tables={**context.tables, name: frame}, present=present)
    return _positions(changed) if name == "decision_makers" else changed


def _without_question(context: Context, question: str) -> Context:
    """No form answers it, and of no organisation is known what only its answers tell."""
    frame = context.organisations
    signons = _blank(context.signons, SIGNONS.column(question).kind, question)
    if question in DERIVED:
        frame = frame.copy()
        told = _told_by(question, frame)
        for each in ("parent", "parent_id") if question == "parent" else (DERIVED[question],):
            frame[each] = frame[each].where(~told, _filler(frame[each]))
    return replace(context, signons=signons, organisations=frame)


def _told_by(question: str, organisations: pd.DataFrame) -> pd.Series:
    """Per organisation: is it known from that question? Each of the two about communities tells
    most of one."""
    everybody = organisations.index.to_series()
    if not question.startswith("communities"):
        return everybody >= 0
    mine = (COMMUNITIES[question == "communities_led"],)
    return organisations["communities"].eq(pd.Series([mine] * len(everybody))) & (everybody % 5 > 0)


def _filler(column: pd.Series) -> pd.Series:
    lists = column.map(lambda cell: isinstance(cell, tuple)).all()
    return pd.Series([()] * len(column) if lists else "", column.index, dtype=column.dtype)


def without_tab(context: Context, name: str) -> Context:
    tables = {other: frame for other, frame in context.tables.items() if other != name}
    present = {other: names for other, names in context.present.items() if other != name}
    gone = replace(context, tables=tables, present=present, once=frozenset({name}))
    return replace(gone, positions=None) if name == "decision_makers" else gone


def _blank(frame: pd.DataFrame, kind: str, column: str) -> pd.DataFrame:
    blank = [_empty(kind)] * len(frame)
    frame = frame.assign(**{column: pd.Series(blank, frame.index, frame[column].dtype)})
    if kind in IDS and column + IDS[kind] in frame:
        frame[column + IDS[kind]] = pd.Series(blank, frame.index, dtype=object)
    return frame


def _positions(context: Context) -> Context:
    frame = context.tables["decision_makers"]
    present = context.present["decision_makers"]
    past = history(Typed(BY_NAME["decision_makers"], frame, present, (), len(frame)), (), TODAY)
    return replace(context, positions=past.frame if past else None)


def figures(value: Value) -> tuple[object, ...]:
    return (value.value, value.numerator, value.denominator, value.details, value.excluded,
            value.names)  # fmt: skip


def names(metric: Metric, table: str) -> bool:
    return any(field.partition(".")[0] == table for field in (*metric.needs, *metric.uses))


def title_of(field: str) -> str:
    table, _, column = field.partition(".")
    return (SIGNONS if table == "signons" else BY_NAME[table]).column(column).title


def told(field: str) -> str:
    """How a definition names the column."""
    table = field.partition(".")[0]
    if table == "signons":
        return f"the form's question {field.partition('.')[2].replace('_', ' ')}"
    return f"{BY_NAME[table].title}, {title_of(field)}"


def test_every_number_has_data_on_the_whole_tables() -> None:
    assert [code for code, value in whole().items() if value.value is None] == []
    assert len(METRICS) >= 70


@pytest.mark.parametrize("field", fields())
def test_taking_a_column_away_changes_the_numbers_that_name_it_and_no_other(field: str) -> None:
    table = field.partition(".")[0]
    # Those that don't name the table don't change without the whole of it: see below.
    looking = [m for m in ALWAYS if table == "signons" or names(m, table)]
    found = compute(without_column(rich(), field), looking)
    wrong = []
    for metric in looking:
        code, now, before = metric.code, found[metric.code], whole()[metric.code]
        if field in metric.needs:
            assert now.value is None, code
            assert title_of(field) in now.why, code
        elif field in metric.uses:
            assert field in now.without, code
            said = definition_of(metric, now).removeprefix(metric.definition)
            assert said == f" Counted without: {told(field)}.", code
            wrong += [f"{code} doesn't look at {field}"] * (figures(now) == figures(before))
        elif metric.phase != "Data quality":
            wrong += [f"{code} hides {field}"] * (figures(now) != figures(before))
    assert not wrong


def test_without_joins_as_everybody_is_a_member_and_what_counts_members_says_so() -> None:
    field = "organisations.joins_as"
    found = compute(without_column(rich(), "signons.joins_as"), ALWAYS)
    counting = {m.code for m in ALWAYS if field in (*m.needs, *m.uses)}
    changed = {m.code for m in ALWAYS if figures(found[m.code]) != figures(whole()[m.code])}
    # C11 counts communities of fewer than ten members, and each here has more.
    assert counting - changed == {"C11"}
    assert changed - counting == set()
    for code in sorted(counting):
        assert field in found[code].without, code
        said = definition_of(BY_CODE[code], found[code])
        assert said.endswith(" Counted without: the form's question joins as."), code


@pytest.mark.parametrize("name", sorted(table.name for table in LATER if table.name not in SKIPPED))
def test_taking_a_tab_away_changes_the_numbers_that_name_it_and_no_other(name: str) -> None:
    found = compute(without_tab(rich(), name), ALWAYS)
    for code, before in whole().items():
        metric, now = BY_CODE[code], found.get(code)
        if name in tabs(metric.needs):
            assert now is not None, code
            assert now.why == f"no data because the tab {BY_NAME[name].title} is gone", code
        elif not names(metric, name) and metric.phase != "Data quality":
            assert now is not None, code
            assert figures(now) == figures(before), f"{code} looks at {name} without saying so"
        elif name in tabs(metric.uses) and metric.phase != "Data quality":
            assert now is not None, code
            assert figures(now) != figures(before), code
            lacks = {field for field in metric.uses if field.partition(".")[0] == name}
            assert set(now.without) == lacks, code
