"""How a coalition stands at the end: its workbook, its store, its mail; and what differs in two."""

from __future__ import annotations

import email
import email.policy
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connectors.workbook_child import read
from tests.mailserver import MailServer

Row = tuple[Any, ...]
Mail = tuple[str, str, str]
LOG = "Weaver's log"
ASKED = "mail:"
"""What the keys of questions about mail begin with that may have arrived."""


@dataclass(frozen=True)
class End:
    """All that is left behind.

    Attributes:
        tabs: rows by title; of the log, but for what each run had to change.
        store: rows by table, each as (column, value) pairs; of runs, the same.
        mail: Message-ID, To, Subject → how often it is there.
        kept: copies of people's tabs by name.
        unknown: keys of messages that may have arrived.
        asked: how the keys of mail begin about which that was asked, answered or not.
    """

    tabs: Mapping[str, list[Row]]
    store: Mapping[str, list[Row]]
    mail: Counter[Mail]
    kept: Mapping[str, bytes]
    unknown: tuple[str, ...]
    asked: tuple[str, ...]


def end_of(folder: Path, server: MailServer | None) -> End:
    """How it stands now."""
    store = dict(_store(folder / "state.db"))
    messages = [dict(row) for row in store["messages"]]
    keys = [str(dict(row)["key"]) for row in store["matters"]]
    asked = tuple(key.removeprefix(ASKED) for key in keys if key.startswith(ASKED))
    return End(
        dict(_tabs(folder / "results.xlsx", len(asked))), store, _mail(folder, server),
        {path.name: path.read_bytes() for path in sorted((folder / "backups").glob("*.xlsx"))},
        tuple(sorted(str(m["key"]) for m in messages if m["state"] == "unknown")), asked,
    )  # fmt: skip


def differences(end: End, wanted: End) -> list[str]:
    """What differs, in words; the questions about mail that may have arrived are left out."""
    found = [f"mail {m}: {end.mail[m]} instead of {wanted.mail[m]}"
             for m in sorted(end.mail | wanted.mail) if end.mail[m] != wanted.mail[m]]  # fmt: skip
    found += _differ("tab", *(_without_status(side.tabs, end.asked) for side in (end, wanted)))
    found += _differ("table", *(_blurred(side.store, end.asked) for side in (end, wanted)))
    if end.kept != wanted.kept:
        found.append(f"copies {sorted(end.kept)} instead of {sorted(wanted.kept)}")
    return found


def _differ(
    what: str, here: Mapping[str, list[Row]], there: Mapping[str, list[Row]]
) -> Iterator[str]:
    for name in sorted(here.keys() | there.keys()):
        mine, theirs = (
            [row for row in side.get(name, []) if not _of_question(row)] for side in (here, there)
        )
        more, fewer = Counter(mine) - Counter(theirs), Counter(theirs) - Counter(mine)
        yield from (f"{what} {name} has {row}" for row in more)
        yield from (f"{what} {name} lacks {row}" for row in fewer)
        if mine != theirs and not more and not fewer:
            yield f"{what} {name} has another order"


def _is_asked(cell: object) -> bool:
    return isinstance(cell, str) and cell.startswith(ASKED)


def _of_question(row: Row) -> bool:
    """Whether the row is a question about such a mail."""
    return any(_is_asked(cell[1] if isinstance(cell, tuple) else cell) for cell in row)


def _blurred(store: Mapping[str, list[Row]], asked: tuple[str, ...]) -> dict[str, list[Row]]:
    """The store without what such mail can't share with mail that surely arrived."""
    apart = ("state", "attempts", "said", "left_at", "content")
    messages = [
        tuple(pair for pair in row if pair[0] not in apart)
        if str(dict(row)["key"]).startswith(asked) else row
        for row in store["messages"]
    ]  # fmt: skip
    return {**store, "messages": messages}


def _without_status(tabs: Mapping[str, list[Row]], asked: tuple[str, ...]) -> dict[str, list[Row]]:
    """The tabs, where Mail waiting may go on to say of such mail that it may have arrived."""
    rows = [
        (*row[:6], None, *row[7:]) if str(row[0]).startswith(asked) else row
        for row in tabs["Mail waiting"]
    ]
    return {**tabs, "Mail waiting": rows}


def _tabs(path: Path, asked: int) -> Iterator[tuple[str, list[Row]]]:
    sheets: Any = read(str(path))["sheets"]
    for sheet in sheets:
        rows = [tuple(map(_plain, row)) for row in sheet["rows"]]
        if sheet["title"] == LOG:
            rows = _once(row[:3] for row in rows)
        elif sheet["title"] == "Start":
            rows = [_without(row, asked) for row in rows]
        yield sheet["title"], rows


def _without(row: Row, asked: int) -> Row:
    """Start counts the rows of each tab; those of such questions don't count here."""
    return (*row[:4], row[4] - asked, *row[5:]) if asked and row[:1] == ("To decide",) else row


def _plain(cell: object) -> object:
    return tuple(cell) if isinstance(cell, list) else cell


def _once(rows: Iterator[Row]) -> list[Row]:
    """Each day once: how many runs it took is no part of where they end."""
    return sorted({row[1:] for row in rows}, key=repr)


def _store(path: Path) -> Iterator[tuple[str, list[Row]]]:
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (name,) in sorted(names.fetchall()):
            found = connection.execute(f'SELECT * FROM "{name}"')
            columns = [column[0] for column in found.description]
            rows = [tuple(zip(columns, row, strict=True)) for row in found.fetchall()]
            if name == "runs":
                rows = _once((None, *(pair for pair in row if pair[0] in ("as_of", "read")))
                             for row in rows)  # fmt: skip
            yield name, sorted(rows, key=repr)


def _mail(folder: Path, server: MailServer | None) -> Counter[Mail]:
    if server is not None:
        return Counter(_named(message.content) for message in server.messages)
    files = sorted((folder / "outbox").glob("*.eml"))
    return Counter(_named(path.read_bytes()) for path in files)


def _named(content: bytes) -> Mail:
    parsed = email.message_from_bytes(content, policy=email.policy.default)
    return str(parsed["Message-ID"]), str(parsed["To"]), str(parsed["Subject"])
