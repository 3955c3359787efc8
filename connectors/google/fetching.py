"""Asks Google for a form's responses once; a table is made of them only where there is work."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol

from config.google import file_id, tab_id
from config.tables import BY_HAND
from connectors.google.asking import Json
from connectors.google.book import Book, GoogleTab, Reads, read_book
from connectors.google.linked import (
    Linked,
    Wordings,
    alike,
    choose,
    header_of,
    looks_linked,
)


class Asks(Reads, Protocol):
    """What is asked of Google here; `connectors.google.calls.Calls` does it."""

    def form(self, form_id: str) -> dict[str, Any]:
        """The form as it is now."""
        ...

    def responses(self, form_id: str) -> list[dict[str, Any]]:
        """All responses, of all pages."""
        ...


@dataclass(frozen=True)
class Fetched:
    """What Google holds of one form, just as it was read.

    Attributes:
        form: as `forms.get` gives it; None where only the sheet is shared.
        responses: all of them, in no particular order.
        linked: the sheet into which it writes; None where only the form is asked.
    """

    form: Json | None = None
    responses: Sequence[Json] = ()
    linked: Linked | None = None

    @cached_property
    def mark(self) -> str:
        """SHA-256 over everything that counts; the order of the responses doesn't."""
        form = {k: v for k, v in (self.form or {}).items() if k != "revisionId"}
        ordered = sorted(self.responses, key=lambda response: str(response.get("responseId")))
        parts: list[object] = [form, ordered]
        if linked := self.linked:
            tabs = (linked.tab, *linked.others)
            parts += [linked.book.id, linked.book.zone, [(t.sheet_id, t.title) for t in tabs]]
            parts.append([t.cells for t in tabs])
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def fetch(calls: Asks, form: str | None, sheet: str | None, own: Wordings) -> Fetched:
    """Read a form, its linked sheet, or both; two requests for each, and one per further page.

    Where no tab is named and the spreadsheet has several, a third request looks at their headers.

    Args:
        calls: the way to Google.
        form, sheet: their addresses or ids, as in the settings.
        own: field → how the form words its questions.

    Raises:
        WrongSettings: the tab is gone, or several could be it.
        WeaverError: Google refuses, or can't be reached.
    """
    # The sheet first: what is sent meanwhile is then missing there, where that is nothing strange.
    linked = _linked(calls, sheet, own) if sheet else None
    if not form:
        return Fetched(linked=linked)
    name = file_id(form)
    return Fetched(calls.form(name), calls.responses(name), linked)


def _linked(calls: Asks, sheet: str, own: Wordings) -> Linked:
    name, gid = file_id(sheet), tab_id(sheet)
    book = read_book(calls, name, lambda _: False)
    only = len(book.tabs) == 1
    if gid is None and not only:
        book = _with_cells(calls, book, [], list(book.tabs))
        gid = choose(book, None, own).sheet_id
    chosen = choose(book, gid, own)
    others = [tab for tab in book.tabs if tab.sheet_id != chosen.sheet_id and tab.title != BY_HAND]
    book = _with_cells(calls, book, [chosen], [tab for tab in others if tab.cells is None])
    chosen = choose(book, chosen.sheet_id, own)
    header = header_of(chosen)
    same = [t for t in book.tabs if t.sheet_id in {o.sheet_id for o in others}
            and looks_linked(header_of(t), own) and alike(header, header_of(t))]  # fmt: skip
    if same:
        book = _with_cells(calls, book, same, [])
    kept = {tab.sheet_id for tab in same}
    bare = replace(book, tabs=tuple(replace(tab, cells=None) for tab in book.tabs))
    return Linked(bare, chosen, tuple(tab for tab in book.tabs if tab.sheet_id in kept))


def _with_cells(
    calls: Asks, book: Book, whole: Sequence[GoogleTab], headers: Sequence[GoogleTab]
) -> Book:
    """With all cells of some tabs and the first row of others, in one request."""
    if not whole and not headers:
        return book
    ranges = [*(tab.range for tab in whole), *(f"{tab.range}1" for tab in headers)]
    found = calls.values(book.id, ranges)
    cells = {
        tab.sheet_id: each.get("values", [])
        for tab, each in zip((*whole, *headers), found, strict=True)
    }
    return book.with_cells(cells)
