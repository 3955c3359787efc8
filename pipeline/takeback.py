"""Takes back in one go what was decided on one day: a row of Changes about “all decisions”."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from config.problems import Problem
from config.raw import RawTable
from config.records import ChangeRecord, DecisionRecord, Known
from config.tables import CHANGES
from config.text import fold, nearest
from config.words import count, say
from pipeline.changerows import Row, day_in, rows_of
from pipeline.deciders import ANYBODY, Deciders, Find, names_in

EVERYTHING = frozenset({"all decisions", "all", "everything", "*"})
PAIRED = frozenset({"same as", "not the same as", "chapter of"})
"""Changes whose value is another organisation."""
MANY = 10
"""From so many decisions of one day on, people are told how to take them back."""
NAMES = 20
"""Of how many people one row can take back the decisions."""
TOLD_FOR = dt.timedelta(days=7)
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?!\d)(.*)", re.DOTALL)
Decided = TypeVar("Decided", DecisionRecord, ChangeRecord)


@dataclass(frozen=True)
class TakenBack:
    """What stands after the rows that take a whole day back.

    Attributes:
        changes: as remembered, those rows included.
        decisions: as remembered; what was taken back carries the day.
        faults: row id → why such a row can't be obeyed.
    """

    changes: tuple[ChangeRecord, ...]
    decisions: tuple[DecisionRecord, ...]
    faults: Mapping[str, Problem] = field(default_factory=dict)


def take_back(
    raw: RawTable | None,
    changes: Sequence[ChangeRecord],
    decisions: Sequence[DecisionRecord],
    find: Find,
    today: dt.date,
    deciders: Deciders = ANYBODY,
) -> TakenBack:
    """Obey the rows that are new. What is read in this very run is never taken back by them."""
    work = _Work(find, today, deciders, {c.id: c for c in changes}, list(decisions))
    for row in rows_of(raw):
        if row.id not in work.changes and is_bulk(row, find) and (fault := work.take(row)):
            work.faults[row.id] = fault
    return TakenBack(tuple(work.changes.values()), tuple(work.decisions), work.faults)


def bulk_hint(known: Known, today: dt.date, title: Callable[[str], str] = str) -> str:
    """How to take back the newest day on which many decisions were read; "" where none was."""
    changes = [record for record in known.changes if record.change != "undo"]
    records: list[DecisionRecord | ChangeRecord] = [*known.decisions, *changes]
    days = Counter(r.read_on for r in records if r.undone_on is None
                   and today - TOLD_FOR < r.read_on <= today)  # fmt: skip
    many = [day for day, times in days.items() if times >= MANY]
    if not many:
        return ""
    return say(
        "{n} decisions were read on {day}; to take them all back, add a row to {changes}: "
        "Organisation “all decisions”, Change “undo”, New value “{day}”, and your name",
        n=days[max(many)], day=max(many), changes=title(CHANGES.title),
    )  # fmt: skip


def is_bulk(row: Row, find: Find) -> bool:
    """Whether a row is about all decisions, and not about an organisation of such a name."""
    name = fold(row.texts["Organisation"])
    if row.change != "undo" or name not in EVERYTHING:
        return False
    return name == "all decisions" or not find(row.texts["Organisation"])[0]


def concerned(record: ChangeRecord, find: Find) -> frozenset[str]:
    """Ids of the organisations that a change is about, under the names that survived."""
    others = record.value.split() if record.change in PAIRED else ()
    ids = {record.organisation_id, *others} - {""}
    return frozenset(find(identity)[0] or identity for identity in ids)


@dataclass
class _Work:
    """Records as they are taken back, row by row."""

    find: Find
    today: dt.date
    deciders: Deciders
    changes: dict[str, ChangeRecord]
    decisions: list[DecisionRecord]
    faults: dict[str, Problem] = field(default_factory=dict)

    def take(self, row: Row) -> Problem | None:
        """Obey one row, or say what is wrong with it."""
        day, names, fault = self._understood(row)
        if fault or day is None:
            return fault
        by = row.texts["Entered by"]
        given = [d for d in self.decisions if _is_of(d, day, names)]
        changed = [c for c in self.changes.values() if c.change != "undo"
                   and _is_of(c, day, names)]  # fmt: skip
        if not given and not changed and day < self.today:
            return self._nothing(row, day, names)
        ours = self._allowed(given, by, lambda d: self.deciders.about(d.matter))
        our_changes = self._allowed(changed, by, lambda c: concerned(c, self.find))
        numbers = {decision.number for decision in ours}
        self.decisions = [replace(d, undone_on=self.today) if d.number in numbers else d
                          for d in self.decisions]  # fmt: skip
        self.changes |= {c.id: replace(c, undone_on=self.today) for c in our_changes}
        left = len(_standing(given)) + len(_standing(changed)) - len(ours) - len(our_changes)
        told = _in_words(len(ours), len(our_changes), day, left)
        number = len(self.changes) + 1
        self.changes[row.id] = ChangeRecord(
            row.id, self.today, self.today, "", "undo", told, by, None, number
        )
        return None

    def _allowed(
        self, records: Sequence[Decided], by: str, about: Callable[[Decided], Collection[str]]
    ) -> list[Decided]:
        """Those that stand, and on which whoever entered the row may decide."""
        return [r for r in _standing(records) if not self._refused(r, by, about(r))]

    def _refused(self, record: Decided, by: str, about: Collection[str]) -> bool:
        """What took two names takes two to be taken back."""
        word = record.word if isinstance(record, DecisionRecord) else record.change
        names = self.deciders.counted(by, about)
        lacking = self.deciders.lacks_second(word, by, names, about)
        return bool(self.deciders.refusal(by, about) or lacking)

    def _understood(self, row: Row) -> tuple[dt.date | None, list[str], Problem | None]:
        """(the day, whose, None), or what is wrong with the row."""
        text, by = row.texts["New value"], row.texts["Entered by"]
        if row.texts["Date"] and (day_in(row.cells["Date"]) or dt.date.max) > self.today:
            what = say("Undo works at once; it can't wait for a day.")
            return None, [], row.fault("Date", what, say("Leave the date blank."))
        if not by:
            what = say("Whoever takes back all decisions of a day has to say who they are.")
            return None, [], row.fault("Entered by", what, say("Write your name."))
        if refused := self.deciders.refusal(by, ()):
            return None, [], row.fault("Entered by", refused.what, refused.remedy)
        found = _DAY.fullmatch(text)
        day = day_in(row.cells["New value"]) or (day_in(found[1]) if found else None)
        if day is None or day > self.today:
            what = say("No day stands here whose decisions could be taken back.")
            remedy = say("Write the day on which Weaver read them as year-month-day, and after "
                         "it a name if only that person's are meant.")  # fmt: skip
            return None, [], row.fault("New value", what, remedy)
        rest = found[2] if found and isinstance(row.cells["New value"], str) else ""
        return day, names_in(rest.strip(" .:;,-–()"), self.deciders.names)[:NAMES], None

    def _nothing(self, row: Row, day: dt.date, names: Sequence[str]) -> Problem:
        """Nobody (of that name) decided anything that was read on that day."""
        records: list[DecisionRecord | ChangeRecord] = [*self.decisions, *self.changes.values()]
        there = {name for r in records if r.read_on == day for name in names_in(r.by)}
        likely = (nearest(name, sorted(there), cutoff=0.6) for name in names)
        like = next(filter(None, likely), None)
        days = sorted({r.read_on for r in self.decisions if r.undone_on is None})
        hint = say("Did you mean “{name}”?", name=like) + " " if like else ""
        if days:
            hint += say("Decisions were last read on {day}.", day=days[-1]) + " "
        what = say("Nothing of that day and name can be taken back.") if names else say(
            "Nothing was read on that day that could be taken back.")  # fmt: skip
        return row.fault("New value", what, hint + say("Write the day on which Weaver read it."))


def _standing(records: Sequence[Decided]) -> list[Decided]:
    return [record for record in records if record.undone_on is None]


def _is_of(record: Decided, day: dt.date, names: Sequence[str]) -> bool:
    """Whether it was read on that day, and given by one of them (by anybody, where none is)."""
    if record.read_on != day:
        return False
    return not names or bool(set(map(fold, names)) & set(map(fold, names_in(record.by, names))))


def _in_words(decisions: int, changes: int, day: dt.date, left: int) -> str:
    """What was taken back; "" for nothing at all."""
    parts = [count(decisions, "{n} decision", "{n} decisions")] if decisions else []
    parts += [count(changes, "{n} change", "{n} changes")] if changes else []
    stay = say("{n} about the organisation that you work for stay; somebody else has to take "
               "them back", n=left) if left else ""  # fmt: skip
    if not parts:
        return say("nothing; {stay}", stay=stay) if stay else ""
    told = say("{what} (read on {day})", what=say(" and ").join(parts), day=day)
    return f"{told}; {stay}" if stay else told
