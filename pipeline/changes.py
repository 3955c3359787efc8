"""Reads the tab Changes: what people want changed without having been asked."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from config.problems import Problem
from config.raw import RawTable, Scalar
from config.records import ChangeRecord
from config.tables import CHANGES
from config.text import fold, nearest
from config.words import say
from pipeline.changeanswers import answer, done
from pipeline.changerows import Row, day_in, no_day, rows_of
from pipeline.contradictions import between_changes
from pipeline.deciders import ANYBODY, Deciders, Find
from pipeline.takeback import PAIRED, TakenBack, concerned, take_back

KINDS = CHANGES.column("change").choices
NEEDS_VALUE = frozenset({"show as", "new contact", "new signatory", "same as", "not the same as",
                         "chapter of"})  # fmt: skip
NEEDS_DAY = frozenset({"extend deadline"})
NEEDS_BODY = frozenset({"suspend", "remove"})
PAIRS = frozenset({"same as", "not the same as"})
FormsOf = Callable[[str, str], tuple[str, ...]]
Twins = Callable[[str], tuple[str, ...]]
_NAMED = 5
NAMES_ANOTHER = PAIRED


@dataclass(frozen=True)
class Changed:
    """What came of reading Changes.

    Attributes:
        records: all changes ever obeyed, new ones included.
        answers: the rows of the tab in their order: people's cells, then Answer and Done.
        problems: rows that could not be obeyed, and those that contradict each other.
        standing: (row number, record) of the rows that were obeyed and still stand in the tab.
    """

    records: tuple[ChangeRecord, ...]
    answers: tuple[tuple[Scalar, ...], ...]
    problems: tuple[Problem, ...]
    standing: tuple[tuple[int, ChangeRecord], ...] = ()


def read_changes(
    raw: RawTable | None,
    known: Sequence[ChangeRecord],
    find: Find,
    today: dt.date,
    find_own: Find | None = None,
    deciders: Deciders = ANYBODY,
    taken: TakenBack | None = None,
    twins: Twins = lambda _: (),
    forms: FormsOf = lambda *_: (),
) -> Changed:
    """Take in the rows that are new; a row that was obeyed holds even when it is deleted.

    Args:
        raw: the tab; None where there is none.
        known: changes that were obeyed before.
        find: finds an organisation by its name or id.
        today: the coalition's day.
        find_own: gives the id that a name had before it was joined to another organisation.
        deciders: whose word counts.
        taken: what `take_back` made of the same tab; it is asked here where that is left out.
        twins: all organisations of a name that several have.
        forms: (organisation, text) → its forms that the text names, which may be another one.
    """
    taken = taken or take_back(raw, known, (), find, today, deciders)
    records = {record.id: record for record in taken.changes}
    reading = _Reading(
        find, find_own or find, today, deciders, records, dict(taken.faults), twins, forms
    )
    rows = list(rows_of(raw))
    for row in rows:
        if row.id not in reading.records and row.id not in taken.faults:
            reading.take(row)
    # answered at the end, since a later row may take an earlier one back, or second it
    answers = tuple((*row.cells.values(), *reading.answer(row)) for row in rows)
    standing = tuple((row.number, reading.records[row.id]) for row in rows
                     if row.id in reading.records)  # fmt: skip
    faults = (reading.faults[row.id] for row in rows if row.id in reading.faults)
    against = between_changes(raw.tab if raw else "", standing, find)
    return Changed(tuple(reading.records.values()), answers, (*faults, *against), standing)


def in_force(records: Sequence[ChangeRecord], day: dt.date) -> list[ChangeRecord]:
    """Changes that hold at the end of that day, in the order in which they began to."""
    holding = [
        r for r in records
        if r.change != "undo" and r.read_on <= day and r.holds_from <= day
        and (r.undone_on is None or r.undone_on > day)
    ]  # fmt: skip
    return sorted(holding, key=lambda r: (r.holds_from, r.number))


@dataclass
class _Reading:
    """Changes as they are taken in, row by row."""

    find: Find
    find_own: Find
    today: dt.date
    deciders: Deciders
    records: dict[str, ChangeRecord]
    faults: dict[str, Problem]
    twins: Twins
    forms: FormsOf
    waiting: dict[tuple[str, str], list[tuple[Row, ChangeRecord]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def take(self, row: Row) -> None:
        """Obey one row, let it wait for a second name, or say what is wrong with it."""
        understood = self._understood(row)
        if isinstance(understood, Problem):
            self.faults[row.id] = understood
            return
        refused = self.deciders.refusal(row.texts["Entered by"], concerned(understood, self.find))
        if refused:
            self.faults[row.id] = row.fault("Entered by", refused.what, refused.remedy)
            self._hide_meanwhile(row, understood)
        elif understood.change in self.deciders.two | NEEDS_BODY:
            self._grave(row, understood)
        elif lacking := self._undo_lacks(row, understood):
            self.faults[row.id] = lacking
        else:
            self._add(understood)

    def answer(self, row: Row) -> tuple[str, dt.date | None]:
        """What stands beside the row: Answer and Done."""
        record = self.records.get(row.id)
        if record:
            return answer(record, self.today), done(record, self.today)
        fault = self.faults[row.id]
        hidden = self.records.get(_meanwhile(row))
        more = " " + say("It is off every public list meanwhile.") if (
            hidden and hidden.undone_on is None) else ""  # fmt: skip
        return f"{fault.problem} {fault.remedy}{more}", None

    def _understood(self, row: Row) -> ChangeRecord | Problem:
        """The record that the row would be, or what is wrong with it."""
        change = {fold(kind): kind for kind in KINDS}.get(row.change, "")
        if not change:
            like = nearest(row.texts["Change"], KINDS)
            hint = say("Did you mean “{word}”?", word=like) if like else say(
                "Pick one of the list.")  # fmt: skip
            return row.fault("Change", say("This is no change that can be made."), hint)
        find = self.find_own if change in PAIRS else self.find
        organisation = self._organisation(row, change, find)
        if isinstance(organisation, Problem):
            return organisation
        holds_from = self._day(row, change, organisation)
        if isinstance(holds_from, Problem):
            return holds_from
        by = row.texts["Entered by"] or row.texts["Asked by"]
        record = ChangeRecord(row.id, self.today, holds_from, organisation, change, "", by)
        value = self._value(row, record, find)
        return value if isinstance(value, Problem) else replace(record, value=value)

    def _day(self, row: Row, change: str, organisation: str) -> dt.date | Problem:
        """The day from which the row holds, or what is wrong with its date."""
        day = day_in(row.cells["Date"]) if row.texts["Date"] else self.today
        if day is None:
            self._hide_undated(row, change, organisation)
            remedy = say("Write it as year-month-day, such as 2026-05-31, or leave it blank.")
            return row.fault("Date", no_day(row.cells["Date"]), remedy)
        if change == "undo" and day > self.today:
            what = say("Undo works at once; it can't wait for a day.")
            return row.fault("Date", what, say("Leave the date blank, or wait till then."))
        return day

    def _value(self, row: Row, record: ChangeRecord, find: Find) -> str | Problem:
        """What New value means for this change, or what is wrong with it."""
        change, value = record.change, row.texts["New value"]
        if change in NEEDS_DAY:
            return _deadline(row, max(self.today, record.holds_from))
        if change in NEEDS_VALUE and not value:
            what = say("“{change}” needs a new value.", change=change)
            return row.fault("New value", what, say("Write it into New value."))
        if change not in NAMES_ANOTHER:
            return value
        other = self._one(row, "New value", find)
        if change == "not the same as" and (
            isinstance(other, Problem) or other == record.organisation_id
        ):
            return self._parted(row, record, other)
        if other == record.organisation_id:
            what = say("Both names already belong to one organisation.")
            return row.fault("New value", what, say("Give the Ids, if you meant two."))
        return other

    def _organisation(self, row: Row, change: str, find: Find) -> str | Problem:
        """Whom the row is about; of several of that name, the one of which there is to undo."""
        if change == "undo":
            twins = self.twins(row.texts["Organisation"])
            standing = {twin: found for twin in twins if (found := self._of(twin))}
            newest = {max(found, key=lambda r: r.number).id for found in standing.values()}
            if len(newest) == 1:
                return next(iter(standing))
        return self._one(row, "Organisation", find)

    def _one(self, row: Row, column: str, find: Find) -> str | Problem:
        """The organisation that a cell names."""
        several = self.twins(row.texts[column])
        if not several:
            return _found(row, column, find)
        what = say("{n} organisations are called so.", n=len(several))
        ids = ", ".join(several[:_NAMED]) + (", …" if len(several) > _NAMED else "")
        return row.fault(
            column, what, say("Write the Id of the one that you mean: {ids}.", ids=ids)
        )

    def _parted(self, row: Row, record: ChangeRecord, other: str | Problem) -> str | Problem:
        """Keys of the forms that came in under one organisation and are another one's."""
        for column in ("New value", "Organisation"):
            if keys := self.forms(self._home(record), row.texts[column]):
                return " ".join(keys)
        if isinstance(other, Problem):
            return other
        what = say("Both names already belong to one organisation, and nothing here tells which of "
                   "its forms are another's.")  # fmt: skip
        return row.fault("New value", what, say(
            "Write the Keys of those forms from Every form checked, or the website or address that "
            "they alone have; not that with which it began."))  # fmt: skip

    def _grave(self, row: Row, record: ChangeRecord) -> None:
        """What needs two people or a body: both may stand in several rows."""
        group = self.waiting[self._home(record), record.change]
        group.append((row, record))
        names, body = self._said(group)
        faults = [self._lacking(other, own, names, body) for other, own in group]
        lacking = {
            other.id: fault for (other, _), fault in zip(group, faults, strict=True) if fault
        }
        self.faults |= lacking
        if lacking:
            self._hide_meanwhile(row, record)
            return
        day = max(own.holds_from for _, own in group)
        for other, own in group:
            self.faults.pop(other.id, None)
            self._add(replace(own, value=own.value or body, holds_from=day))
        group.clear()

    def _said(self, group: Sequence[tuple[Row, ChangeRecord]]) -> tuple[set[str], str]:
        """Everybody who has said it, in the rows that wait or before, and the body they name."""
        first = group[0][1]
        before = [r for r in self._standing(first) if r.change == first.change]
        about = concerned(first, self.find)
        cells = [row.texts["Entered by"] for row, _ in group] + [r.by for r in before]
        names = {name for cell in cells for name in self.deciders.counted(cell, about)}
        values = [r.value for r in (*(own for _, own in group), *before)]
        return names, next(filter(None, values), "")

    def _lacking(
        self, row: Row, record: ChangeRecord, names: set[str], body: str
    ) -> Problem | None:
        """What a grave change still waits for."""
        by, about = row.texts["Entered by"], concerned(record, self.find)
        second = self.deciders.lacks_second(record.change, by, names, about)
        what, remedy = [], []
        if second:
            row_more = say("Or let somebody else add a row with the same change.")
            what, remedy = [second.what], [second.remedy, row_more]
        if record.change in NEEDS_BODY and not body:
            what.append(say("“{change}” needs the body that decided it.", change=record.change))
            remedy.append(say("Write body and date into New value, such as “Steering group, "
                              "2026-05-31”."))  # fmt: skip
        column = "Entered by" if second else "New value"
        return row.fault(column, " ".join(what), " ".join(remedy)) if what else None

    def _undo_lacks(self, row: Row, record: ChangeRecord) -> Problem | None:
        """What taking back a grave change waits for: it took two to make it."""
        standing = self._standing(record) if record.change == "undo" else []
        # as long as anything grave stands, so that a row that waits never takes back another one
        grave = [r.change for r in standing if r.change in self.deciders.two]
        by, about = row.texts["Entered by"], concerned(record, self.find)
        names = self.deciders.counted(by, about)
        second = self.deciders.lacks_second(grave[-1], by, names, about) if grave else None
        return row.fault("Entered by", second.what, second.remedy) if second else None

    def _hide_undated(self, row: Row, change: str, organisation: str) -> None:
        """Hide first: what is to come off the lists does so today if nobody can tell from when."""
        by, about = row.texts["Entered by"], frozenset({self.find(organisation)[0] or organisation})
        names = self.deciders.counted(by, about)
        allowed = not self.deciders.refusal(by, about) and not self.deciders.lacks_second(
            change, by, names, about)  # fmt: skip
        if change == "withdraw" or (change == "hide now" and allowed):
            said = row.texts["Entered by"] or row.texts["Asked by"]
            record = ChangeRecord(row.id, self.today, self.today, organisation, change, "", said)
            self._hide(row, record)

    def _hide_meanwhile(self, row: Row, record: ChangeRecord) -> None:
        """Hide first: a claim to withdraw that has yet to count takes it off the list at once."""
        if record.change == "withdraw":
            self._hide(row, record)

    def _hide(self, row: Row, record: ChangeRecord) -> None:
        """Take it off the lists; once per row, so that an undo is the last word."""
        identity = _meanwhile(row)
        if identity in self.records:
            return
        day = max(self.today, record.holds_from)
        why = (say("until its withdrawal counts") if record.change == "withdraw"
               else say("until its date can be read"))  # fmt: skip
        self._add(replace(record, id=identity, change="hide now", value=why, holds_from=day))

    def _home(self, record: ChangeRecord) -> str:
        """The organisation under the id that survived."""
        return self.find(record.organisation_id)[0] or record.organisation_id

    def _add(self, record: ChangeRecord) -> None:
        """Remember a record; `undo` takes back the organisation's newest change."""
        record = replace(record, number=len(self.records) + 1)
        if record.change == "undo" and (standing := self._standing(record)):
            newest = max(standing, key=lambda r: r.number)
            # a row that was completed after it was obeyed left the same change twice
            self._end(r for r in standing if _means(r) == _means(newest))
            record = replace(record, value=newest.change)
        if record.change in _MEANWHILE and record.id.startswith(_OBEYED):
            waited = _MEANWHILE[record.change]
            self._end(r for r in self._standing(record) if r.id.startswith(waited))
        self.records[record.id] = record

    def _standing(self, record: ChangeRecord) -> list[ChangeRecord]:
        """What holds, or will, of the organisation's changes."""
        return self._of(self._home(record))

    def _of(self, home: str) -> list[ChangeRecord]:
        return [
            r for r in self.records.values()
            if r.change != "undo" and r.undone_on is None and home in self._homes(r)
        ]  # fmt: skip

    def _homes(self, record: ChangeRecord) -> set[str]:
        """Whom a change is about: of a pair both."""
        others = record.value.split() if record.change in PAIRS else ()
        return {self._home(record), *(self.find(other)[0] for other in others)}

    def _end(self, records: Iterable[ChangeRecord]) -> None:
        for record in records:
            self.records[record.id] = replace(record, undone_on=self.today)


_OBEYED = "c-"
_MEANWHILE = {"withdraw": "h-", "hide now": "n-"}
"""How ids begin of what hides an organisation while a row with that change waits."""


def _meanwhile(row: Row) -> str:
    """The id of what hides an organisation while the row waits."""
    return _MEANWHILE.get(row.change, "") + row.id.removeprefix(_OBEYED)


def _means(record: ChangeRecord) -> tuple[str, str]:
    """What makes two records the same change: of these two, the value is only a remark."""
    valued = record.change in NEEDS_VALUE | NEEDS_DAY
    return record.change, record.value if valued else ""


def _found(row: Row, column: str, find: Find) -> str | Problem:
    identity, like = find(row.texts[column])
    if identity:
        return identity
    hint = say("Did you mean “{name}”?", name=like) + " " if like else ""
    remedy = hint + say("Copy its name or Id from Who has signed.")
    return row.fault(column, say("No organisation of that name has signed."), remedy)


def _deadline(row: Row, earliest: dt.date) -> str | Problem:
    """The new deadline as an ISO day."""
    remedy = say("Write the day until which it has time as year-month-day, such as 2026-05-31.")
    day = day_in(row.cells["New value"])
    if day is None:
        return row.fault("New value", say("“extend deadline” needs a day."), remedy)
    if day < earliest:
        return row.fault("New value", say("This day is over already."), remedy)
    return day.isoformat()
