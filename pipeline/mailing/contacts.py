"""Whom letters go to: whoever sent the form, or those whom the tab Contacts names instead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from config.problems import Problem
from config.tables.later import CONTACTS
from config.text import fold, nearest, shorten
from config.words import say
from pipeline.judging import Row
from pipeline.mailing.quiet import EDITIONS
from pipeline.model import Result
from reports.mail import mailable

ALL = "all"
_WORDS = {fold(edition): edition for edition in EDITIONS} | {
    "digest": "weekly-digest", ALL: ALL, "everything": ALL,
}  # fmt: skip
NEVER = "never"


@dataclass(frozen=True)
class Reader:
    """Somebody to write to."""

    name: str
    address: str


@dataclass(frozen=True)
class Contact:
    """A row of Contacts that holds today. `editions` are those that it names and Weaver knows."""

    reader: Reader
    editions: frozenset[str]
    never: bool
    row: int


@dataclass(frozen=True)
class Book:
    """The tab Contacts, by organisation.

    Attributes:
        by_home: organisation → its people.
        refusing: addresses, casefolded, to which nothing may go.
    """

    by_home: Mapping[str, Sequence[Contact]]
    refusing: frozenset[str]

    def named(self, row: Row, edition: str) -> list[Contact]:
        """Those of a form's organisation for whom Contacts has a word about that edition."""
        return [
            contact for contact in self.by_home.get(str(row["organisation_id"]), ())
            if contact.editions & {edition, ALL}
        ]  # fmt: skip

    def readers(self, row: Row, edition: str) -> tuple[Reader, ...]:
        """Who gets that edition about a form, each address once; it may be none to mail to."""
        named = self.named(row, edition)
        wanted = [contact.reader for contact in named if not contact.never] if named else [
            Reader(str(row["signatory"]), str(row["email"]).strip())
        ]  # fmt: skip
        found: dict[str, Reader] = {}
        for reader in wanted:
            if reader.address.casefold() not in self.refusing:
                found.setdefault(reader.address.casefold(), reader)
        return tuple(found.values())


def book_of(result: Result) -> Book:
    """Who may be written to, as Contacts has it today."""
    by_home: dict[str, list[Contact]] = defaultdict(list)
    refusing = set()
    for cells in _rows(result):
        contact = _contact(cells)
        by_home[str(cells["organisation_id"])].append(contact)
        if contact.never:
            refusing.add(contact.reader.address.casefold())
    by_home.pop("", None)
    return Book(by_home, frozenset(refusing) - {""})


def contact_faults(result: Result) -> Iterator[Problem]:
    """Mails that Weaver doesn't know, and addresses that are none or missing."""
    if (typed := result.typed.get(CONTACTS.name)) is None:
        return
    title = typed.titles.get
    for cells in _rows(result):
        for word in cells["which_mails"]:
            if not _edition(word):
                yield Problem(
                    typed.title, int(cells["row"]), title("which_mails", "Which mails"),
                    say("Weaver sends no mail of this name."), _hint(word), shorten(word),
                )  # fmt: skip
        address = str(cells["email"]).strip()
        if address and not mailable(address):
            yield Problem(
                typed.title, int(cells["row"]), title("email", "Email"),
                say("No mail can go to this address."),
                say("Write one address such as ana@example.org; a second one gets its own row."),
                shorten(address),
            )  # fmt: skip
        elif not address and _contact(cells).editions and cells["how_often"] != NEVER:
            yield Problem(
                typed.title, int(cells["row"]), title("email", "Email"),
                say("This person is to get mail, and no address stands here."),
                say("Write the address, or clear Which mails: then whoever sent the form gets "
                    "them."),
            )  # fmt: skip


def _rows(result: Result) -> Iterator[Mapping[Hashable, Any]]:
    """The rows of people who are in their role today."""
    table = result.context.tables.get(CONTACTS.name)
    if table is None:
        return
    today = pd.Timestamp(result.today)
    here = ~(table["until"] < today) & ~(table["since"] > today)
    yield from table.loc[here].to_dict("records")


def _contact(cells: Mapping[Hashable, Any]) -> Contact:
    editions = frozenset(filter(None, map(_edition, cells["which_mails"])))
    reader = Reader(str(cells["name"]), str(cells["email"]).strip())
    return Contact(reader, editions, cells["how_often"] == NEVER, int(cells["row"]))


def _edition(word: str) -> str:
    """The edition that a word of Which mails means; "" where it means none."""
    folded = fold(word)
    return _WORDS.get(folded) or _WORDS.get(folded.removesuffix("s"), "")


def _hint(word: str) -> str:
    like = nearest(word, _WORDS)
    hint = say("Did you mean “{word}”?", word=like) + " " if like else ""
    known = ", ".join(edition.replace("-", " ") for edition in (*EDITIONS, ALL))
    return hint + say("Weaver knows: {words}.", words=known)
