"""A tracker of two workbooks: people's, which is only read, and the results with Weaver's tabs."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from config.errors import BadData, Temporary, WeaverError, WrongSettings
from config.problems import Problem
from config.raw import RawTable
from config.tabplan import TabPlan
from config.words import say
from connectors.files import replace_file
from connectors.listed import listed
from connectors.merge import Merged, merge
from connectors.protocols import TrackerRead
from connectors.workbook import Sheet, Workbook, open_workbook

if TYPE_CHECKING:
    from connectors.xlsx import Tab

STORE = "Weaver store"
"""The custom property of the results that holds the store's id."""
LISTS = "Weaver lists"
"""A hidden tab of the results for long drop-downs; nobody's data."""
ROWS = 1_048_576
"""Rows of a sheet."""
_TITLE = re.compile(r"(?!')[^\[\]:*?/\\\x00-\x1f]{1,31}(?<!')")


class LocalTables:
    """Two workbooks behind the protocol *Tables*.

    Attributes:
        tracker: people's tabs; never written.
        results: Weaver's and the shared tabs, and whatever tabs people added there.
        created: the moment that a written workbook says it was made at.
        listed: what the last `pending` or `write` could not put into a cell as it is.
    """

    def __init__(self, tracker: Path, results: Path, created: dt.datetime) -> None:
        self.tracker = tracker
        self.results = results
        self.created = created
        self.listed: tuple[Problem, ...] = ()
        self._seen: tuple[bytes, Workbook] | None = None
        self._heard = b""
        self._moved = False
        self._merges: dict[str, tuple[TabPlan, RawTable | None, Merged]] = {}

    @property
    def previous(self) -> Path:
        """Where the results from before the last writing are kept."""
        return self.results.with_name(f"{self.results.stem}.previous{self.results.suffix}")

    def check(self) -> None:
        """Raise Temporary while an office program holds one of the workbooks open."""
        named = (self.results, self.tracker)
        for path in dict.fromkeys((*named, *(Path(os.path.realpath(path)) for path in named))):
            for lock in (f".~lock.{path.name}#", f"~${path.name}"):
                if path.with_name(lock).exists():
                    raise Temporary(
                        say("The workbook {file} is open in an office program.", file=path.name),
                        str(path),
                        say(
                            "Close it and run Weaver again. If no program has it open, one "
                            "crashed: delete the file {lock} beside it.",
                            lock=lock,
                        ),
                    )

    def read(self) -> TrackerRead:
        """Every tab of both workbooks. Raises BadData when the results can't be read."""
        people, problems = self._people()
        results = self._standing()
        self._heard, self._moved = self._stood(), False
        tables = {title: sheet.table for title, sheet in results.sheets.items() if title != LISTS}
        return TrackerRead(people, tables, problems, results.properties.get(STORE, ""))

    def pending(self, plans: Sequence[TabPlan]) -> int:
        """How many of Weaver's cells `write` would change."""
        return sum(merged.changed for merged in self._merged(plans, self._standing()))

    def write(self, plans: Sequence[TabPlan], store_id: str) -> int:
        """Write the results when a cell of Weaver's differs, else leave the file as it is.

        Raises:
            Temporary: an office program opened a workbook, or the disk is full.
            BadData: the results became unreadable.
            NeedsPermission: they may not be written.
            WrongSettings: a tab has a title that workbooks don't allow.
        """
        standing = self._standing()
        merged = self._merged(plans, standing)
        changed = sum(each.changed for each in merged)
        if changed:
            self._moved = self._moved or self._stood() != self._heard
            self.check()
            data = self._bytes(plans, merged, standing, store_id)
            replace_file(self.results, data, self.previous)
            self._seen, self._heard = None, hashlib.sha256(data).digest()
        return changed

    @property
    def untouched(self) -> bool:
        """Whether nobody else has written the results since they were read last."""
        return not self._moved and self._mark() == self._heard

    def _stood(self) -> bytes:
        """The mark of the results as `_standing` gave them; b"" where there were none."""
        return self._seen[0] if self._seen and self.results.exists() else b""

    def _mark(self) -> bytes:
        """That of the results as they are now."""
        try:
            return hashlib.sha256(self.results.read_bytes()).digest()
        except OSError:
            return b""

    def _people(self) -> tuple[dict[str, RawTable], tuple[Problem, ...]]:
        try:
            return open_workbook(self.tracker).tables, ()
        except WeaverError as error:
            return {}, (Problem(self.tracker.name, 0, "", error.what, error.remedy),)

    def _standing(self) -> Workbook:
        """The results as they are now; read again only when the file is another one."""
        if not self.results.exists():
            return Workbook()
        try:
            mark = hashlib.sha256(self.results.read_bytes()).digest()
            if self._seen is None or self._seen[0] != mark:
                self._seen = mark, open_workbook(self.results)
        except (BadData, OSError) as error:
            raise self._unreadable(error) from error
        return self._seen[1]

    def _unreadable(self, error: BadData | OSError) -> BadData:
        what = error.what if isinstance(error, BadData) else str(error.strerror)
        remedy = error.remedy if isinstance(error, BadData) else ""
        if self.previous.exists():
            return BadData(
                what,
                str(self.results),
                say(
                    "It holds people's decisions. Restore it: rename {previous}, the one from "
                    "before the last change, to {name}; or mend it. {remedy}",
                    previous=self.previous.name,
                    name=self.results.name,
                    remedy=remedy,
                ).strip(),
            )
        return BadData(what, str(self.results), remedy or say("Restore a copy from before."))

    def _merged(self, plans: Sequence[TabPlan], standing: Workbook) -> list[Merged]:
        _check_titles(plans)
        by_title = {title.casefold(): sheet.table for title, sheet in standing.sheets.items()}
        merged = [self._once(plan, by_title.get(plan.title.casefold())) for plan in plans]
        self.listed = tuple(_listed(plans, merged))
        return merged

    def _once(self, plan: TabPlan, current: RawTable | None) -> Merged:
        """Merge a plan, or remember what came of it when it was looked at before."""
        before = self._merges.get(plan.title)
        if before is None or before[0] is not plan or before[1] is not current:
            before = self._merges[plan.title] = plan, current, merge(plan, current)
        return before[2]

    def _bytes(
        self,
        plans: Sequence[TabPlan],
        merged: Sequence[Merged],
        standing: Workbook,
        store_id: str,
    ) -> bytes:
        # Imported here: a run with nothing new never needs it.
        from connectors.xlsx import workbook_bytes

        raw = {title.casefold(): sheet for title, sheet in standing.sheets.items()}
        tabs = [
            _planned_tab(plan, each, raw.get(plan.title.casefold(), _NO_SHEET))
            for plan, each in zip(plans, merged, strict=True)
        ]
        tabs += carried(plans, standing)
        return workbook_bytes(tabs, {STORE: store_id}, LISTS, self.created)


_NO_SHEET = Sheet(RawTable("", (), (), ()))


def _check_titles(plans: Iterable[TabPlan]) -> None:
    for plan in plans:
        if not _TITLE.fullmatch(plan.title) or plan.title.casefold() in (
            LISTS.casefold(),
            "history",
        ):
            raise WrongSettings(
                say("A workbook can't have a tab of this title."),
                plan.title,
                say("Choose one of at most 31 characters without [ ] : * ? / \\ in weaver.toml."),
            )


def _allowed(title: str, taken: set[str]) -> str:
    """The title of a people's tab, altered only where a workbook does not allow it."""
    base = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "_", title).strip("'")[:31] or "_"
    name, number = base, 2
    while name.casefold() in taken:
        name, number = f"{base[:27]} {number}", number + 1
    taken.add(name.casefold())
    return name


def _planned_tab(plan: TabPlan, merged: Merged, standing: Sheet) -> Tab:
    from connectors.xlsx import Tab

    # A title that people typed as a number or a date stays one.
    typed = (*standing.titles, *[None] * (len(merged.header) - len(standing.titles)))
    header = [
        title if column is not None or own is None else own
        for title, column, own in zip(merged.header, merged.columns, typed, strict=True)
    ]
    kept = sum(number <= ROWS for number in merged.numbers)
    rows, numbers = merged.rows[:kept], merged.numbers[:kept]
    top = standing.top if plan.peoples else 1
    return Tab(
        plan.title, header, rows, numbers, merged.columns, top, plan.about, plan.hidden
    )  # fmt: skip


def carried(plans: Sequence[TabPlan], standing: Workbook) -> Iterator[Tab]:
    """Tabs that aren't planned (people's own), as values, behind Weaver's and in their order."""
    from connectors.xlsx import Tab

    planned = {plan.title.casefold() for plan in plans} | {LISTS.casefold()}
    taken = set(planned)
    for title, sheet in standing.sheets.items():
        if title.casefold() not in planned:
            name = _allowed(title, taken)
            nobody = (None,) * len(sheet.titles)
            table = sheet.table
            yield Tab(name, sheet.titles, table.rows, table.numbers, nobody, sheet.top)


def _listed(plans: Sequence[TabPlan], merged: Sequence[Merged]) -> Iterator[Problem]:
    yield from listed(plans, merged)
    for plan, each in zip(plans, merged, strict=True):
        beyond = sum(number > ROWS for number in each.numbers)
        if beyond:
            what = say("{n} rows don't fit into the tab and were left out.", n=beyond)
            yield Problem(plan.title, ROWS, "", what, say("Move old rows to another file."))
