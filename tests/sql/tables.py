"""What a run understood, as tables of a database: for counting again in plain SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from config.tables import BY_NAME
from config.tables.later import LATER
from config.text import fold
from pipeline.metrics.model import ORGANISATION_COLUMNS, SIGNON_COLUMNS, Context
from pipeline.positions.history import COLUMNS as POSITIONS

MEMBERS = """
create view members as select * from organisations where standing in ('member', 'reaffirm')
and joins_as not in ('signatory only', 'observer', 'funder', 'coalition staff')
"""


def database(context: Context) -> sqlite3.Connection:
    """A table for each tab, empty where it isn't in use, with `n`, the row's place.

    Days are ISO texts, blank days and numbers null, other blanks "". For each organisation in a
    cell there is its id in `<column>_id`. A list is a table of its own, `<tab>_<column>`: n, name
    and, of organisations, id. Besides: organisations, signons, positions, problems, districts,
    the view members, and the function fold(text), by which names are compared.
    """
    made = sqlite3.connect(":memory:")
    made.create_function("fold", 1, fold, deterministic=True)
    _load(made, "organisations", context.organisations, ORGANISATION_COLUMNS)
    _load(made, "signons", context.signons, SIGNON_COLUMNS)
    _load(made, "positions", context.positions, POSITIONS)
    for table in LATER:
        _load(made, table.name, context.tables.get(table.name), list(_columns(table.name)))
    _load(made, "problems", pd.DataFrame(list(context.problems), columns=["tab", "rows", "aside"]))
    _load(made, "districts", pd.DataFrame({"name": list(context.districts)}))
    made.execute(MEMBERS)
    return made


def _columns(table: str) -> Iterator[str]:
    for column in BY_NAME[table].columns:
        yield column.name
        if column.kind in ("organisation", "organisations"):
            yield column.name + ("_id" if column.kind == "organisation" else "_ids")


def _load(
    made: sqlite3.Connection, table: str, frame: pd.DataFrame | None, columns: Sequence[str] = ()
) -> None:
    names = list(columns) or list(frame if frame is not None else ())
    rows = pd.DataFrame(columns=names) if frame is None else frame[names].reset_index(drop=True)
    lists = [name for name in names if name in _LISTS.get(table, ())]
    plain = [name for name in names if name not in lists]
    fields = ", ".join(["n", *(f'"{name}"' for name in plain)])
    made.execute(f'create table "{table}" ({fields})')
    cells = ([n, *map(_cell, row)] for n, row in enumerate(rows[plain].itertuples(index=False)))
    made.executemany(f'insert into "{table}" values ({_marks(len(plain) + 1)})', cells)
    for name in lists:
        if not name.endswith("_ids"):
            _load_list(made, f"{table}_{name}", rows, name)


def _load_list(made: sqlite3.Connection, table: str, rows: pd.DataFrame, name: str) -> None:
    made.execute(f'create table "{table}" (n, name, id)')
    ids = rows[f"{name}_ids"] if f"{name}_ids" in rows else rows[name]
    for n, (several, known) in enumerate(zip(rows[name], ids, strict=True)):
        made.executemany(f'insert into "{table}" values (?, ?, ?)',
                         [(n, one, i) for one, i in zip(several, known, strict=True)])  # fmt: skip


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _cell(cell: Any) -> Any:
    if isinstance(cell, pd.Timestamp):
        return cell.date().isoformat()
    if isinstance(cell, str):
        return cell
    return None if pd.isna(cell) else float(cell)


_LISTS = {
    table.name: {
        name
        for column in table.columns
        if column.kind in ("list", "organisations")
        for name in (column.name, f"{column.name}_ids")
    }
    for table in LATER
} | {
    "organisations": {"sector", "communities"},
    "signons": {"labels", "sector", "communities_led", "communities_served", "needs",
                "groups_to_join", "offers"},
}  # fmt: skip
