"""Reads the tab Changes: what people want changed without having been asked."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from config.problems import Problem
from config.raw import RawTable, Scalar
from config.records import ChangeRecord
from config.tables import CHANGES
from config.text import clean, fold, nearest, shorten
from config.words import say
from pipeline.hashing import cell_text, digest

THEIRS = tuple(column.title for column in CHANGES.columns if column.who == "people")
KINDS = CHANGES.column("change").choices
NEEDS_VALUE = frozenset({"show as", "new contact", "new signatory", "same as", "not the same as",
                         "chapter of"})  # fmt: skip
PAIRS = frozenset({"same as", "not the same as"})
NAMES_ANOTHER = frozenset({"same as", "not the same as", "chapter of"})
Find = Callable[[str], tuple[str, str]]
"""A name or id → (the organisation's id, ""), or ("", the nearest name)."""


@dataclass(frozen=True)
class Changed:
    """What came of reading Changes.

    Attributes:
        records: all changes ever obeyed, new ones included.
        answers: the rows of the tab in their order: people's cells, then Answer and Done.
        problems: rows that could not be obeyed.
    """

    records: tuple[ChangeRecord, ...]
    answers: tuple[tuple[Scalar, ...], ...]
    problems: tuple[Problem, ...]


def read_changes(
    raw: RawTable | None,
    known: Sequence[ChangeRecord],
    find: Find,
    today: dt.date,
    find_own: Find | None = None,
) -> Changed:
    """Take in the rows that are new; a row that was obeyed holds even when it is deleted.

    `find_own` gives the id that a name had before it was joined to another organisation.
    """
    records = {record.id: record for record in known}
    rows: list[tuple[tuple[Scalar, ...], str]] = []
    problems: list[Problem] = []
    seen: Counter[str] = Counter()
    for number, cells in _rows(raw):
        texts = {title: cell_text(cell) for title, cell in zip(THEIRS, cells, strict=True)}
        if not any(texts.values()):
            continue
        mark = digest(tuple(texts.values()))
        identity = f"c-{digest((mark, str(seen[mark])), 12)}"
        seen[mark] += 1
        if identity not in records:
            pair = fold(texts["Change"]) in PAIRS
            own = find_own if find_own and pair else find
            typed = dict(zip(THEIRS, map(_as_typed, cells), strict=True))
            record, fault = _take(identity, typed, cells[0], own, today)
            if record is None:
                tab = raw.tab if raw else CHANGES.title
                problems.append(replace(fault, tab=tab, row=number))
                rows.append((cells, f"{fault.problem} {fault.remedy}"))
                continue
            numbered = replace(record, number=len(records) + 1)
            records = _with(records, numbered, find, today)
        rows.append((cells, identity))
    # answered at the end, since a later row may take an earlier one back
    answers = (
        (*cells, _answer(records[told], today), _done(records[told], today))
        if told in records else (*cells, told, None)
        for cells, told in rows
    )  # fmt: skip
    return Changed(tuple(records.values()), tuple(answers), tuple(problems))


def in_force(records: Sequence[ChangeRecord], day: dt.date) -> list[ChangeRecord]:
    """Changes that hold at the end of that day, in the order in which they began to."""
    holding = [
        r for r in records
        if r.change != "undo" and r.read_on <= day and r.holds_from <= day
        and (r.undone_on is None or r.undone_on > day)
    ]  # fmt: skip
    return sorted(holding, key=lambda r: (r.holds_from, r.number))


def _rows(raw: RawTable | None) -> list[tuple[int, tuple[Scalar, ...]]]:
    if raw is None:
        return []
    at = {fold(title): index for index, title in reversed(list(enumerate(raw.header)))}
    places = [at.get(fold(title)) for title in THEIRS]
    return [
        (number, tuple(None if i is None else cells[i] for i in places))
        for number, cells in zip(raw.numbers, raw.rows, strict=True)
    ]


def _as_typed(cell: Scalar) -> str:
    """The cell in one line with every sign that belongs to a name, joiners too."""
    return clean(cell) if isinstance(cell, str) else cell_text(cell)


def _take(
    identity: str, texts: Mapping[str, str], date: Scalar, find: Find, today: dt.date
) -> tuple[ChangeRecord | None, Problem]:
    by_fold = {fold(kind): kind for kind in KINDS}
    change = by_fold.get(fold(texts["Change"]), "")
    if not change:
        like = nearest(texts["Change"], KINDS)
        hint = say("Did you mean “{word}”?", word=like) if like else say("Pick one of the list.")
        return None, _fault("Change", texts, say("This is no change that can be made."), hint)
    holds_from = _day(date, today)
    if holds_from is None:
        remedy = say("Write it as year-month-day, such as 2026-05-31, or leave it blank.")
        return None, _fault("Date", texts, say("This is no date."), remedy)
    if change == "undo" and holds_from > today:
        what = say("Undo works at once; it can't wait for a day.")
        return None, _fault("Date", texts, what, say("Leave the date blank, or wait till then."))
    organisation, fault = _found("Organisation", texts, find)
    if fault:
        return None, fault
    value = texts["New value"]
    if change in NEEDS_VALUE and not value:
        what = say("“{change}” needs a new value.", change=change)
        return None, _fault("New value", texts, what, say("Write it into New value."))
    if change in NAMES_ANOTHER:
        value, fault = _found("New value", texts, find)
        if fault:
            return None, fault
        if value == organisation:
            what = say("Both names already belong to one organisation.")
            return None, _fault("New value", texts, what, say("Give the Ids, if you meant two."))
    by = texts["Entered by"] or texts["Asked by"]
    record = ChangeRecord(identity, today, holds_from, organisation, change, value, by)
    return record, Problem("", 0, "", "", "")


def _found(column: str, texts: Mapping[str, str], find: Find) -> tuple[str, Problem | None]:
    identity, like = find(texts[column])
    if identity:
        return identity, None
    hint = say("Did you mean “{name}”?", name=like) + " " if like else ""
    remedy = hint + say("Copy its name or Id from Who has signed.")
    return "", _fault(column, texts, say("No organisation of that name has signed."), remedy)


def _fault(column: str, texts: Mapping[str, str], what: str, remedy: str) -> Problem:
    return Problem("", 0, column, what, remedy, shorten(texts[column]))


def _day(date: Scalar, today: dt.date) -> dt.date | None:
    if date is None or (isinstance(date, str) and not date.strip()):
        return today
    if isinstance(date, dt.datetime):
        return date.date()
    if isinstance(date, dt.date):
        return date
    try:
        return dt.date.fromisoformat(str(date).strip())
    except ValueError:
        return None


def _with(
    records: Mapping[str, ChangeRecord], record: ChangeRecord, find: Find, today: dt.date
) -> dict[str, ChangeRecord]:
    """The records with a new one; `undo` takes back the organisation's newest change."""
    updated = dict(records)
    if record.change == "undo":
        standing = [
            r for r in updated.values()
            if (find(r.organisation_id)[0] or r.organisation_id) == record.organisation_id
            and r.change != "undo" and r.undone_on is None
        ]  # fmt: skip
        if standing:
            newest = max(standing, key=lambda r: r.number)
            # a row that was completed after it was obeyed left the same change twice
            for same in standing:
                if (same.change, same.value) == (newest.change, newest.value):
                    updated[same.id] = replace(same, undone_on=today)
            record = replace(record, value=newest.change)
    updated[record.id] = record
    return updated


_ANSWERS = {
    "withdraw": "Withdrawn and off every public list.",
    "hide now": "Off every public list; its standing is unchanged.",
    "show as": "Shown under the new name.",
    "new contact": "Noted as its contact.",
    "new signatory": "Shown as its signatory.",
    "same as": "Counted as one organisation from the next run on.",
    "not the same as": "Kept apart from the next run on.",
    "chapter of": "Shown as a chapter of its parent.",
    "suspend": "Suspended and off every public list.",
    "remove": "Removed and off every public list.",
    "extend deadline": "Noted.",
    "pause mail": "Noted: no mail goes to it.",
}


def _answer(record: ChangeRecord, today: dt.date) -> str:
    if record.undone_on is not None:
        return say("Taken back on {day}.", day=record.undone_on.isoformat())
    if record.change == "undo":
        if not record.value:
            return say("There was nothing to take back.")
        return say("Took back “{change}”.", change=record.value)
    if record.holds_from > today:
        return say("Will hold from {day}.", day=record.holds_from.isoformat())
    return say(_ANSWERS[record.change]) + " " + say("To take it back, add a row with undo.")


def _done(record: ChangeRecord, today: dt.date) -> dt.date | None:
    return None if record.holds_from > today else max(record.read_on, record.holds_from)
