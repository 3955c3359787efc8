"""The numbered steps from an empty file to today's schema. Forward only: never edit a released one.

A migration is plain SQL and shares nothing with `schema.py`, which moves on; a test holds the two
together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, inspect, select
from sqlalchemy.sql.functions import max as newest

from config.errors import WrongSettings
from config.words import say
from connectors.store import STORE_VERSION
from connectors.store.schema import SCHEMA_VERSION

_FIRST = (
    "CREATE TABLE schema_version (version INTEGER NOT NULL PRIMARY KEY)",
    "CREATE TABLE identity (only INTEGER NOT NULL PRIMARY KEY, store_id TEXT NOT NULL)",
    """CREATE TABLE signons (
        "key" TEXT NOT NULL PRIMARY KEY,
        base TEXT NOT NULL,
        "full" TEXT NOT NULL,
        body TEXT NOT NULL,
        person TEXT NOT NULL,
        received INTEGER,
        first_seen DATE NOT NULL,
        organisation_id TEXT NOT NULL,
        outcome TEXT NOT NULL,
        labels TEXT NOT NULL,
        rules TEXT NOT NULL,
        may_list BOOLEAN NOT NULL,
        gone_on DATE
    )""",
    """CREATE TABLE organisations (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        first_key TEXT NOT NULL,
        minted_on DATE NOT NULL,
        survivor TEXT NOT NULL
    )""",
    """CREATE TABLE matters (
        "key" TEXT NOT NULL PRIMARY KEY,
        kind TEXT NOT NULL,
        organisation TEXT NOT NULL,
        since DATE NOT NULL,
        status TEXT NOT NULL,
        facts TEXT NOT NULL,
        written TEXT NOT NULL,
        "read" TEXT NOT NULL,
        formerly TEXT NOT NULL
    )""",
    """CREATE TABLE decisions (
        number INTEGER NOT NULL PRIMARY KEY,
        matter TEXT NOT NULL REFERENCES matters ("key"),
        word TEXT NOT NULL,
        "by" TEXT NOT NULL,
        note TEXT NOT NULL,
        read_on DATE NOT NULL,
        facts TEXT NOT NULL,
        undone_on DATE
    )""",
    """CREATE TABLE changes (
        id TEXT NOT NULL PRIMARY KEY,
        read_on DATE NOT NULL,
        holds_from DATE NOT NULL,
        organisation_id TEXT NOT NULL,
        change TEXT NOT NULL,
        value TEXT NOT NULL,
        "by" TEXT NOT NULL,
        undone_on DATE,
        number INTEGER NOT NULL
    )""",
    """CREATE TABLE metrics (
        day DATE NOT NULL,
        code TEXT NOT NULL,
        value FLOAT,
        numerator FLOAT,
        denominator FLOAT,
        PRIMARY KEY (day, code)
    )""",
    """CREATE TABLE messages (
        "key" TEXT NOT NULL PRIMARY KEY,
        address TEXT NOT NULL,
        edition TEXT NOT NULL,
        about TEXT NOT NULL,
        file TEXT NOT NULL,
        content BLOB NOT NULL,
        queued_on DATE NOT NULL,
        state TEXT NOT NULL
    )""",
    """CREATE TABLE runs (
        number INTEGER NOT NULL PRIMARY KEY,
        as_of DATE NOT NULL,
        inputs TEXT NOT NULL,
        summary TEXT NOT NULL,
        changed TEXT NOT NULL,
        "read" TEXT NOT NULL
    )""",
)
_STATEMENTS = (
    "ALTER TABLE signons ADD COLUMN statement TEXT NOT NULL DEFAULT 'main'",
    "ALTER TABLE signons ADD COLUMN version TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE signons ADD COLUMN letters TEXT NOT NULL DEFAULT '[]'",
    """CREATE TABLE texts (
        number INTEGER NOT NULL PRIMARY KEY,
        statement TEXT NOT NULL,
        place TEXT NOT NULL,
        text TEXT NOT NULL,
        first_on DATE NOT NULL,
        last_on DATE NOT NULL
    )""",
)
_SENDERS = (
    "ALTER TABLE signons ADD COLUMN sender TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE signons ADD COLUMN origin TEXT NOT NULL DEFAULT ''",
)
_RESPONSES = (
    "ALTER TABLE signons ADD COLUMN response TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE signons ADD COLUMN names TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE signons ADD COLUMN renamed_on DATE",
)
_TABS_AND_POSITIONS = (
    """CREATE TABLE tabs (
        name TEXT NOT NULL PRIMARY KEY,
        since DATE NOT NULL,
        event TEXT NOT NULL,
        digest TEXT NOT NULL,
        touched_on DATE NOT NULL,
        asked_on DATE,
        answer TEXT NOT NULL,
        gone_on DATE
    )""",
    """CREATE TABLE positions (
        person TEXT NOT NULL,
        day DATE NOT NULL,
        name TEXT NOT NULL,
        seat TEXT NOT NULL,
        district TEXT NOT NULL,
        position TEXT NOT NULL,
        influence FLOAT,
        confidence FLOAT,
        cosponsor_on DATE,
        until DATE,
        read_on DATE NOT NULL,
        PRIMARY KEY (person, day)
    )""",
)
_OUTBOX = (
    "ALTER TABLE messages ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE messages ADD COLUMN next_at INTEGER",
    "ALTER TABLE messages ADD COLUMN said TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE messages ADD COLUMN left_at INTEGER",
    "ALTER TABLE messages ADD COLUMN batch TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE messages ADD COLUMN organisation_id TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE messages ADD COLUMN subject TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE messages ADD COLUMN preview TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE messages ADD COLUMN why TEXT NOT NULL DEFAULT ''",
    # what was sent is kept no longer than it is needed
    "UPDATE messages SET content = X'' WHERE state = 'sent'",
    """CREATE TABLE pauses (
        address TEXT NOT NULL PRIMARY KEY,
        since DATE NOT NULL,
        why TEXT NOT NULL,
        resumed_on DATE
    )""",
)
MIGRATIONS: Mapping[int, Sequence[str]] = {
    1: _FIRST,
    2: _STATEMENTS,
    3: _SENDERS,
    4: _RESPONSES,
    5: _TABS_AND_POSITIONS,
    6: _OUTBOX,
}
"""Version → the statements that lead to it from the version before."""


def version_of(connection: Connection, where: str) -> int:
    """The version of the store's schema; 0 for an empty file.

    Raises WrongSettings where the file is some other program's database.
    """
    tables = inspect(connection).get_table_names()
    if not tables:
        return 0
    if SCHEMA_VERSION.name not in tables:
        raise WrongSettings(
            say("This database belongs to another program."),
            where,
            say("Name Weaver's own file under store in weaver.toml."),
        )
    return connection.scalar(select(newest(SCHEMA_VERSION.c.version))) or 0


def migrate(connection: Connection, where: str) -> None:
    """Bring the schema to STORE_VERSION, inside the caller's transaction.

    Raises WrongSettings where a newer Weaver has written the store, or another program.
    """
    version = version_of(connection, where)
    if version > STORE_VERSION:
        raise WrongSettings(
            say(
                "The store was written by a newer Weaver (schema {found}; this one knows {known}).",
                found=version,
                known=STORE_VERSION,
            ),
            where,
            say("Install that newer version of Weaver, or bring back a copy of the store."),
        )
    for step in range(version + 1, STORE_VERSION + 1):
        for statement in MIGRATIONS[step]:
            connection.exec_driver_sql(statement)
        connection.execute(SCHEMA_VERSION.insert().values(version=step))
