"""The tables of the store: one per record, a column per attribute, in the record's order.

Dates are ISO text, tuples JSON text, a message's content a BLOB. The newest migration must end in
exactly these tables.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, get_args, get_type_hints

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Dialect,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.types import TypeEngine

from config.records import (
    ChangeRecord,
    DecisionRecord,
    MatterRecord,
    Message,
    MetricPoint,
    OrganisationRecord,
    PauseRecord,
    PositionRecord,
    RunRecord,
    SignOnRecord,
    TabRecord,
    TextRecord,
)


class Words(TypeDecorator[tuple[str, ...]]):
    """A tuple of texts, kept as a JSON list."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, _dialect: Dialect) -> str:
        """The tuple as JSON text."""
        return json.dumps(value or ())

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[str, ...]:
        """JSON text as a tuple. Raises ValueError where the text is damaged."""
        return tuple(json.loads(value or "[]"))


_COLUMN_TYPES: Mapping[object, type[TypeEngine[Any]]] = {
    str: Text,
    int: Integer,
    int | None: Integer,
    bool: Boolean,
    bytes: LargeBinary,
    float | None: Float,
    dt.date: Date,
    dt.date | None: Date,
    tuple[str, ...]: Words,
    tuple[str, str, str]: Words,
}
METADATA = MetaData()


def _table(name: str, record: type, *identity: str) -> Table:
    """The record's table; `identity` are the columns by which a newer record replaces an older."""
    hints = get_type_hints(record)
    columns = (
        Column(
            field.name,
            _COLUMN_TYPES[hints[field.name]],
            primary_key=field.name in identity,
            autoincrement=False,
            nullable=type(None) in get_args(hints[field.name]),
        )
        for field in fields(record)
    )
    return Table(name, METADATA, *columns)


SIGNONS = _table("signons", SignOnRecord, "key")
ORGANISATIONS = _table("organisations", OrganisationRecord, "id")
MATTERS = _table("matters", MatterRecord, "key")
DECISIONS = _table("decisions", DecisionRecord, "number")
DECISIONS.c.matter.append_foreign_key(ForeignKey(MATTERS.c.key))
CHANGES = _table("changes", ChangeRecord, "id")
TEXTS = _table("texts", TextRecord, "number")
METRICS = _table("metrics", MetricPoint, "day", "code")
TABS = _table("tabs", TabRecord, "name")
POSITIONS = _table("positions", PositionRecord, "person", "day")
MESSAGES = _table("messages", Message, "key")
PAUSES = _table("pauses", PauseRecord, "address")
RUNS = _table("runs", RunRecord, "number")

IDENTITY = Table(
    "identity",
    METADATA,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("store_id", Text, nullable=False),
)
"""One row: the store's own id, which its tracker remembers too."""

SCHEMA_VERSION = Table(
    "schema_version",
    METADATA,
    Column("version", Integer, primary_key=True, autoincrement=False),
)
"""One row per migration that was applied; the largest is the schema's version."""

RECORD_TABLES: Mapping[str, tuple[Table, type]] = {
    "signons": (SIGNONS, SignOnRecord),
    "organisations": (ORGANISATIONS, OrganisationRecord),
    "matters": (MATTERS, MatterRecord),
    "decisions": (DECISIONS, DecisionRecord),
    "changes": (CHANGES, ChangeRecord),
    "texts": (TEXTS, TextRecord),
    "metrics": (METRICS, MetricPoint),
    "tabs": (TABS, TabRecord),
    "positions": (POSITIONS, PositionRecord),
    "messages": (MESSAGES, Message),
    "pauses": (PAUSES, PauseRecord),
    "runs": (RUNS, RunRecord),
}
"""Attribute of `Known` → its table and its record."""
