"""A tracker in Google Sheets behind the protocol *Tables*."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from config.errors import Temporary, WeaverError, WrongSettings
from config.problems import Problem
from config.raw import RawTable
from config.tables import BY_NAME, Table
from config.tabplan import TabPlan
from config.words import say
from connectors.google.adopting import demand_fitting
from connectors.google.book import (
    Book,
    GoogleTab,
    Reads,
    find_tab,
    known,
    raw_table,
    read_book,
    read_cells,
    sheet_id_of,
    top_of,
)
from connectors.google.calls import Calls
from connectors.google.edits import Work, content, mark_store, shifted, showing, structure
from connectors.google.foreseen import foreseen
from connectors.google.looks import Request
from connectors.google.marks import guarded, is_about_marks
from connectors.google.mending import FIELDS, mends, moved, to_see
from connectors.google.refusals import Again, Changed, Moved, Unsure
from connectors.listed import listed
from connectors.merge import Merged, merge
from connectors.protocols import TrackerRead

LARGEST = 6_000_000
"""Bytes of one request; what is larger is parted."""
_PATIENCE = 3
"""How often people may change the tabs between reading and writing before a run gives up."""
_ROUNDS = 20
"""How often anything at all is written in one run, so that none goes on for ever."""
_ORDER = ("every_form_checked", "who_has_signed", "numbers", "", "to_decide", "weaver_s_log")
"""The order in which parts are written; "" stands for all others. The log's row comes last: it
says that all before it is there."""

_WELCOMING = {"to_decide", "who_has_signed", "changes"}
"""Tables in whose tabs people may keep columns of their own."""


class GoogleTables:
    """One or two spreadsheets; Weaver's tabs are in the working one.

    Attributes:
        listed: what the last `pending` or `write` could not put into a cell as it is.
        after: the mark that a later `read` will give if nobody touches anything after what was
            written; "" where that can't be told.
    """

    def __init__(
        self,
        calls: Calls,
        working: str,
        tables: Mapping[str, str],
        restricted: str = "",
        first: Reads | None = None,
    ) -> None:
        """Open nothing yet.

        Args:
            calls: how Google is asked.
            working: id of the spreadsheet that holds Weaver's tabs and people's.
            tables: what a tab is called → the name of its table; only those tabs are ever read.
            restricted: id of another spreadsheet with tabs of people's that few may see.
            first: what answers the first look at the working spreadsheet; Google where left out.
        """
        self._first = first
        self._calls = calls
        self._working = working
        self._restricted = restricted
        self._names = dict(tables)
        self._book: Book | None = None
        self._merges: dict[str, tuple[TabPlan, RawTable, Merged]] = {}
        self._marks = "", ""
        self.listed: tuple[Problem, ...] = ()
        self.after = ""

    def check(self) -> None:
        """Nothing holds a spreadsheet open."""

    def read(self) -> TrackerRead:
        """Every tab that is known, in two requests for each spreadsheet.

        Raises:
            NeedsPermission, WrongSettings, Temporary: the working spreadsheet can't be read.
            WrongSettings: a tab of people's is called like one of Weaver's.
        """
        book = self._standing()
        few, problems = self._few()
        results = self._results(book)
        weavers = {tab.sheet_id for tab in results.values()}
        people = self._by_title([tab for tab in book.tabs if tab.sheet_id not in weavers])
        people |= {tab.title: tab for tab in few.tabs} if few else {}
        self._marks = book.mark, few.mark if few else ""
        return TrackerRead(
            {title: self._people(tab) for title, tab in people.items()},
            {title: raw_table(tab, self._table(title)) for title, tab in results.items()},
            problems,
            book.store_id,
            "".join(self._marks),
        )

    def pending(self, plans: Sequence[TabPlan]) -> int:
        """How many of Weaver's cells `write` would change."""
        return sum(work.merged.changed for work in self._works(plans, self._standing()))

    def write(self, plans: Sequence[TabPlan], store_id: str) -> int:
        """Write what differs, in one request where it is small enough.

        What is about to be written is read again first. Where nobody knows whether a request was
        carried out, the spreadsheet is read anew, and what is missing is asked for again.

        Raises:
            NeedsPermission, WrongSettings, BadData: Google refuses, and a person has to mend it.
            Temporary: Google didn't answer in time.
        """
        changed = self.pending(plans)
        if changed:
            self._refresh(plans)
            self._write(plans, store_id)
            self._book = None
        return changed

    def _write(self, plans: Sequence[TabPlan], store_id: str) -> None:
        tries = 0
        before: Sequence[Work] = ()
        refused: list[dict[str, Any]] = []
        while True:
            mending = self._mends(before)
            bodies = [mending] if mending else self._bodies(plans, store_id)
            if not bodies:
                return
            plain = bodies == refused
            if plain:
                # Nothing has moved, so it isn't that: then Google doesn't take marks this way.
                bodies = [_unguarded(body) for body in bodies]
            works = [] if mending else self._works(plans, self._standing())
            try:
                answers = [self._send(body, works) for body in bodies]
                if not mending and not _any_moved(works, answers):
                    self.after = "" if tries else self._foreseen(bodies)
                    return
            except (Unsure, Again) as error:
                self._calls.pause(tries + 1, error)
            except Changed as error:
                # Tabs or rows came or went meanwhile: looked at anew, it may work.
                moving = isinstance(error, Moved)
                if plain or (tries >= _PATIENCE and not moving):
                    raise
                refused = bodies if moving else []
            tries += 1
            if tries >= _ROUNDS:
                raise _never_at_rest(self._standing())
            self._book = None
            # What a mending left undone is still to be mended.
            before = before if mending else works

    def _foreseen(self, bodies: Sequence[dict[str, Any]]) -> str:
        """What `after` is to be, if all that was read is still as it was when it was read."""
        book, (mark, few) = self._standing(), self._marks
        if book.mark != mark:
            return ""
        future = foreseen(book, (request for body in bodies for request in body["requests"]))
        return future.mark + few if future else ""

    def _send(self, body: dict[str, Any], works: Sequence[Work]) -> dict[str, Any]:
        seen = [a1 for work in works if work.merged.changed for a1 in to_see(work)]
        more = {
            "includeSpreadsheetInResponse": True,
            "responseIncludeGridData": True,
            "responseRanges": seen,
        }
        return self._calls.batch_update_once(
            self._working, body | (more if seen else {}), FIELDS if seen else "spreadsheetId"
        )

    def _mends(self, before: Sequence[Work]) -> dict[str, Any]:
        """What gives back cells that a change hit because rows or columns moved under it.

        It goes alone, before anything else is thought of: while a title or a key is written over,
        the tab can't be understood.
        """
        if not before:
            return {}
        now = {tab.sheet_id: tab for tab in self._standing().tabs}
        requests = [r for work in before for r in mends(work, now.get(work.sheet))]
        return {"requests": guarded([requests], self._standing().tabs)[0]} if requests else {}

    def _standing(self) -> Book:
        if self._book is None:
            self._book = read_book(self._first or self._calls, self._working, known(self._names))
            self._first = None
        return self._book

    def _few(self) -> tuple[Book | None, tuple[Problem, ...]]:
        """The spreadsheet that few may see; a problem where it can't be read."""
        if not self._restricted:
            return None, ()
        try:
            return read_book(self._calls, self._restricted, known(self._names)), ()
        except WeaverError as error:
            return None, (Problem(error.where, 0, "", error.what, error.remedy),)

    def _results(self, book: Book) -> dict[str, GoogleTab]:
        """Weaver's and the shared tabs, by the titles that Weaver knows them by."""
        found = {
            title: find_tab(book, name, title)
            for title, name in self._names.items()
            if name in BY_NAME and BY_NAME[name].written
        }
        there = {title: tab for title, tab in found.items() if tab}
        for title, tab in there.items():
            name = self._names[title]
            demand_fitting(tab, name, [column.title for column in BY_NAME[name].columns])
        return dict(sorted(there.items(), key=lambda item: item[1].index))

    def _by_title(self, tabs: Sequence[GoogleTab]) -> dict[str, GoogleTab]:
        """People's tabs; one that Weaver made is still known when people have renamed it."""
        titled = {tab.title: tab for tab in tabs}
        made = {sheet_id_of(name): title for title, name in self._names.items()}
        known = {tab.title: made.get(tab.sheet_id, tab.title) for tab in tabs}
        return {
            title if (title := known[here]) not in titled else here: tab
            for here, tab in titled.items()
        }

    def _people(self, tab: GoogleTab) -> RawTable:
        return raw_table(tab) if tab.cells is not None else RawTable(tab.title, (), (), ())

    def _table(self, title: str) -> Table | None:
        return BY_NAME.get(self._names.get(title, ""))

    def _refresh(self, plans: Sequence[TabPlan]) -> None:
        """Read the tabs that are about to be written again, as people may have left them."""
        book = self._standing()
        tabs = [work.tab for work in self._works(plans, book) if work.tab and work.merged.changed]
        try:
            self._book = book.with_cells(read_cells(self._calls, self._working, tabs))
        except Changed:
            self._book = None

    def _works(self, plans: Sequence[TabPlan], book: Book) -> list[Work]:
        works: list[Work] = []
        sheets = {plan.title: sheet_id_of(self._names.get(plan.title, "")) for plan in plans}
        sheets |= {tab.title: tab.sheet_id for tab in book.tabs}
        index = -1
        for plan in plans:
            name = self._names.get(plan.title, plan.title)
            tab = _standing_as(book, name, plan)
            index = tab.index + sum(w.tab is None for w in works) if tab else index + 1
            # What is people's is made once, and never written again.
            if not (tab and plan.peoples):
                works.append(self._work(name, plan, tab, index, sheets))
        self.listed = tuple(self._listed(works))
        return works

    def _work(
        self,
        name: str,
        plan: TabPlan,
        tab: GoogleTab | None,
        index: int,
        sheets: Mapping[str, int],
    ) -> Work:
        current = RawTable(plan.title, (), (), ())
        if tab:
            demand_fitting(tab, name, [column.title for column in plan.columns], plan.key)
        if tab and tab.cells is not None:
            current = shifted(raw_table(tab, self._table(plan.title)), 1 - top_of(tab))
        before = self._merges.get(plan.title)
        if before is None or before[0] is not plan or before[1] != current:
            before = self._merges[plan.title] = plan, current, merge(plan, current)
        return Work(name, plan, tab, current, before[2], index, sheets)

    def _listed(self, works: Sequence[Work]) -> Iterator[Problem]:
        yield from listed([work.plan for work in works], [work.merged for work in works])
        for work in works:
            own = [t for t, c in zip(work.merged.header, work.merged.columns, strict=True)
                   if c is None and t]  # fmt: skip
            if own and work.name not in _WELCOMING and not work.plan.known_by:
                what = say("This tab is Weaver's, so the cells of a column of your own may come to "
                           "stand beside other rows.")  # fmt: skip
                remedy = say("Move the column to a tab of your own.")
                yield Problem(work.plan.title, 0, own[0], what, remedy)

    def _bodies(self, plans: Sequence[TabPlan], store_id: str) -> list[dict[str, Any]]:
        """The requests' bodies, most often one; none where everything stands already."""
        book = self._standing()
        every = self._works(plans, book)
        works = [work for work in every if work.merged.changed]
        if not works:
            return []
        requests = [r for work in works for r in structure(work)]
        requests += [r for work in every for r in showing(work)]
        if book.store_id != store_id:
            if book.store_id:
                raise _another_store(book)
            requests.append(mark_store(store_id))
        for work in sorted(works, key=_place):
            requests += content(work)
        parts = guarded(parted(requests, LARGEST), book.tabs)
        return [{"requests": part} for part in parts]


def _standing_as(book: Book, name: str, plan: TabPlan) -> GoogleTab | None:
    """The tab that a plan is about, where it stands. Raises WrongSettings where two could be it."""
    if not plan.peoples:
        return find_tab(book, name, plan.title)
    mine = (sheet_id_of(name), plan.title.casefold())
    return next((t for t in book.tabs if t.sheet_id == mine[0] or t.title.casefold() == mine[1]),
                None)  # fmt: skip


def _unguarded(body: dict[str, Any]) -> dict[str, Any]:
    return {"requests": [r for r in body["requests"] if not is_about_marks(r)]}


def _any_moved(works: Sequence[Work], answers: Sequence[dict[str, Any]]) -> bool:
    return any(moved(work, answer) for work in works for answer in answers)


def _place(work: Work) -> int:
    return _ORDER.index(work.name) if work.name in _ORDER else _ORDER.index("")


def parted(requests: Sequence[Request], largest: int) -> list[list[Request]]:
    """The requests in their order, in as few parts as that many bytes allow."""
    parts: list[list[Request]] = []
    room = 0
    for request in requests:
        size = len(json.dumps(request, ensure_ascii=False).encode())
        if not parts or size > room:
            parts.append([])
            room = largest
        parts[-1].append(request)
        room -= size
    return parts


def _never_at_rest(book: Book) -> Temporary:
    return Temporary(
        say("Rows or columns moved whenever Weaver wrote."),
        book.title,
        say("Run Weaver again when nobody sorts or inserts. What people typed is where they typed "
            "it."),
    )  # fmt: skip


def _another_store(book: Book) -> WrongSettings:
    return WrongSettings(
        say("The spreadsheet was meanwhile written from another store."),
        book.title,
        say("Find out who else runs Weaver on it; only one machine may."),
    )
