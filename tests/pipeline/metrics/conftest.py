"""Contexts written as small text tables, so that an example reads like a page of the tracker."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from config.tables import BY_NAME, SIGNONS
from config.tables.work import DECISION_MAKERS
from config.text import fold
from pipeline.intake.model import Typed
from pipeline.metrics.model import ORGANISATION_COLUMNS, SIGNON_COLUMNS, Context
from pipeline.metrics.registry import BY_CODE, compute
from pipeline.positions.history import history

TODAY = dt.date(2026, 6, 15)
MAY = (dt.date(2026, 5, 1), dt.date(2026, 6, 1))
COALITION = "Clear Rivers Now"
SIGNON_DEFAULTS = {"outcome": "accepted", "day": "2026-01-10", "signing_as": "organisation"}
ORGANISATION_DEFAULTS = {"standing": "member", "joined_on": "2026-01-10", "joins_as": "member"}
KINDS = {column.name: column.kind for column in SIGNONS.columns} | {
    "received": "time", "day": "date", "decided_on": "date", "labels": "list", "repeat": "bool",
    "since": "date", "joined_on": "date", "left_on": "date", "listed": "bool",
    "communities": "list", "verified": "bool", "confirm_by": "date",
}  # fmt: skip


def cells(text: str) -> list[dict[str, str]]:
    """The rows of a text table: a header, then a line per row, cells parted by bars."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    header, *rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    return [dict(zip(header, row, strict=True)) for row in rows]


def header(text: str) -> frozenset[str]:
    """The field names in its first line."""
    return frozenset(name.strip() for name in text.strip().splitlines()[0].split("|"))


def typed(values: list[str], kind: str) -> pd.Series:
    """A column as intake would give it."""
    if kind in ("date", "time"):
        return pd.Series(pd.to_datetime(values), dtype="datetime64[ns]")
    if kind in ("count", "number"):
        return pd.Series([float(value or "nan") for value in values], dtype="float64")
    if kind in ("list", "organisations"):
        each = (tuple(part.strip() for part in v.split(";") if part.strip()) for v in values)
        return pd.Series(list(each), dtype=object)
    if kind == "bool":
        return pd.Series([value == "yes" for value in values], dtype=bool)
    return pd.Series(values, dtype="str")


def frame(text: str, names: tuple[str, ...], kinds: dict[str, str], **default: str) -> pd.DataFrame:
    """The text table with every column of `names` and any other of its own."""
    rows = cells(text)
    extra = [name for name in sorted(header(text)) if name not in names] if text.strip() else []
    return pd.DataFrame(
        {
            name: typed([row.get(name, default.get(name, "")) for row in rows], kinds.get(name, ""))
            for name in [*names, *extra]
        }
    )


def registry(text: str) -> pd.DataFrame:
    """Organisations; an id is made from the name where none is given."""
    made = frame(text or "name", ORGANISATION_COLUMNS, KINDS, **ORGANISATION_DEFAULTS)
    named = made["name"].map(fold).str.replace(" ", "-").astype("str")
    return made.assign(id=made["id"].where(made["id"].ne(""), "o-" + named))


def tracked(name: str, text: str, organisations: pd.DataFrame) -> pd.DataFrame:
    """A tracker table, with the id beside each organisation that the registry knows."""
    table = BY_NAME[name]
    kinds = {column.name: column.kind for column in table.columns}
    made = frame(text, table.names, kinds)
    ids = dict(zip(organisations["name"].map(fold), organisations["id"], strict=True))
    for column in table.columns:
        if column.kind == "organisation":
            found = [ids.get(fold(cell), "") for cell in made[column.name]]
            made[f"{column.name}_id"] = pd.Series(found, dtype="str")
        elif column.kind == "organisations":
            several = [tuple(ids.get(fold(n), "") for n in cell) for cell in made[column.name]]
            made[f"{column.name}_ids"] = pd.Series(several, dtype=object)
    return made


def build(
    signons: str = "", organisations: str = "", settings: dict[str, Any] | None = None, **tabs: str
) -> Context:
    """A context of 15 June 2026 from text tables. A tab has the columns of its header only."""
    known = registry(organisations)
    frames = {name: tracked(name, text, known) for name, text in tabs.items()}
    return Context(
        TODAY,
        MAY,
        frame(signons or "key", SIGNON_COLUMNS, KINDS, **SIGNON_DEFAULTS),
        known,
        frames,
        {name: header(text) for name, text in tabs.items()}
        | ({"signons": header(signons)} if signons else {}),
        **{"positions": positions_of(tabs, frames), "coalition": COALITION, **(settings or {})},
    )


def positions_of(tabs: dict[str, str], frames: dict[str, pd.DataFrame]) -> pd.DataFrame | None:
    """Where decision-makers stood by the tab; None where there is none."""
    name = DECISION_MAKERS.name
    if name not in tabs:
        return None
    table = Typed(DECISION_MAKERS, frames[name], header(tabs[name]), (), len(frames[name]))
    past = history(table, (), TODAY)
    return past.frame if past else None


@pytest.fixture(scope="session")
def context() -> Callable[..., Context]:
    """Call it with text tables: signons=, organisations=, and one per tab by the table's name."""
    return build


def verify(code: str, given: dict[str, Any], expected: str | tuple[Any, ...]) -> None:
    """Compute one metric of a context and hold it against what was worked out by hand.

    `expected` is the reason why there is no data, or (value, details), or
    (numerator, denominator, details) of a ratio. A number that "comes" only later has to have come
    where a figure is expected; the reason for having none is asked for all the same, as parts of
    the coalition are counted without that.
    """
    metric = BY_CODE[code]
    if isinstance(expected, str):
        metric = replace(metric, comes=None)
    value = compute(build(**given), [metric])[code]
    if isinstance(expected, str):
        assert (value.value, value.why) == (None, f"no data because {expected}")
        return
    *figures, details = expected
    if len(figures) == 2:
        assert (value.numerator, value.denominator) == tuple(figures)
        assert value.value == pytest.approx(figures[0] / figures[1])
    else:
        assert value.value == pytest.approx(figures[0])
    assert dict(value.details) == pytest.approx(details)
    assert value.why == ""


@pytest.fixture(scope="session", name="verify")
def verify_fixture() -> Callable[[str, dict[str, Any], str | tuple[Any, ...]], None]:
    """Call it with a code, the text tables and what is expected."""
    return verify
