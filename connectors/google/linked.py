"""The sheet into which a form writes its responses, where coordinators sort, type and delete."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeGuard
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from config.errors import WrongSettings
from config.feedback import FORM_TITLES
from config.languages import TITLES
from config.problems import Problem
from config.raw import ERRORS, RawTable, Scalar, is_blank
from config.serials import EPOCH, LAST
from config.tables import BY_HAND
from config.text import clean, fold
from config.words import say
from connectors.google.asking import Question
from connectors.google.book import Book, GoogleTab, raw_table

ALIKE = 0.8
"""Two tabs are of one form where so many of the titles of the shorter header are in both."""
_NOISE = 2
"""Microseconds by which a moment may be off in a number of days."""
Wordings = Mapping[str, str | Sequence[str]]
"""Field → how the form words its question, as the settings say."""


@dataclass(frozen=True)
class Linked:
    """A response tab as it was read.

    Attributes:
        book: its spreadsheet.
        tab: the tab with its cells.
        others: other tabs of the spreadsheet that look like responses to the same form.
    """

    book: Book
    tab: GoogleTab
    others: tuple[GoogleTab, ...] = ()


def titles_for(field_name: str, own: Wordings) -> frozenset[str]:
    """The folded titles that a column of that field may have."""
    given = own.get(field_name, ())
    texts = (given,) if isinstance(given, str) else given
    usual = (field_name, *TITLES.get(field_name, ()), *FORM_TITLES.get(field_name, ()))
    return frozenset(fold(text) for text in (*texts, *usual))


def looks_linked(header: Sequence[str], own: Wordings) -> bool:
    """Whether a tab with these titles holds responses: a time and an organisation, or a comment."""
    seen = {fold(title) for title in header}
    asked = (titles_for("organisation", own), titles_for("comment", own))
    return bool(seen & _time_titles(own)) and any(seen & words for words in asked)


def header_of(tab: GoogleTab) -> tuple[str, ...]:
    """The titles of a tab; () where it holds nothing."""
    return raw_table(tab).header


def choose(book: Book, gid: int | None, own: Wordings) -> GoogleTab:
    """The tab that the form writes into.

    Args:
        book: with at least the header of every tab.
        gid: the tab that the settings name.
        own: the form's own wordings.

    Raises:
        WrongSettings: that tab is gone; or none, or several, could be it.
    """
    copy = say("Open the tab with the responses in your browser and copy its whole address, with "
               "#gid=, to google_sheet under [[form]].")  # fmt: skip
    if gid is not None:
        found = next((tab for tab in book.tabs if tab.sheet_id == gid), None)
        if found is None:
            raise WrongSettings(
                say("The tab with the form's responses is no longer in the spreadsheet."),
                book.title, copy,
            )  # fmt: skip
        return found
    # people's own list in the tracker has the same columns as a form's
    tabs = [tab for tab in book.tabs if tab.title != BY_HAND]
    fit = [tab for tab in tabs if looks_linked(header_of(tab), own)]
    if len(fit) == 1 or len(tabs) == 1:
        return (fit or tabs)[0]
    names = ", ".join(f"“{tab.title}”" for tab in fit or tabs)
    what = (
        say("Several tabs look like the form's responses: {names}.", names=names)
        if fit
        else say(
            "No tab looks like the form's responses: none of {names} has a column for the "
            "time and one for the organisation.",
            names=names,
        )
    )
    raise WrongSettings(what, book.title, copy)


def alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two headers are of one form, questions that came and went apart."""
    first, second = ({fold(t) for t in titles if clean(t)} for titles in (one, other))
    shorter = min(len(first), len(second))
    return shorter > 1 and len(first & second) >= ALIKE * shorter


def linked_table(
    linked: Linked, own: Wordings, questions: Sequence[Question] = ()
) -> tuple[RawTable, tuple[Problem, ...]]:
    """The tab's rows with moments in UTC instead of numbers, and what to put right.

    A moment has no zone in a sheet: it is the wall clock of the spreadsheet's own time zone. Of an
    hour that the clocks repeat it is the first pass, as everywhere in Weaver.

    Args:
        linked: the tab.
        own: the form's own wordings.
        questions: the form's, where it could be asked.
    """
    raw = raw_table(linked.tab)
    zone, problems = _zone(linked.book)
    cells, errors = _without_errors(raw)
    readers = _readers(raw.header, own, questions, zone)
    rows = [tuple(readers.get(i, _plain)(cell) for i, cell in enumerate(row)) for row in cells]
    kept = [i for i, row in enumerate(rows) if not all(map(is_blank, row))]
    table = replace(
        raw,
        rows=[rows[i] for i in kept],
        numbers=[raw.numbers[i] for i in kept],
        joined_by=", ",
        offered=_offered(raw.header, questions),
    )
    return table, (*problems, *errors, *_frozen(linked, table, own, zone))


def _zone(book: Book) -> tuple[ZoneInfo | None, list[Problem]]:
    try:
        return ZoneInfo(book.zone), []
    except (ZoneInfoNotFoundError, ValueError):
        what = say("the spreadsheet's time zone isn't known, so its times are read by the "
                   "coalition's own")  # fmt: skip
        remedy = say("Choose a time zone under File, Settings of the spreadsheet.")
        return None, [Problem(book.title, 0, "", what, remedy, book.zone)]


def _without_errors(raw: RawTable) -> tuple[list[list[Scalar]], list[Problem]]:
    """The cells, blank where a formula failed; and a problem per column with such cells."""
    failed: dict[tuple[int, str], list[int]] = {}
    rows = []
    for number, row in zip(raw.numbers, raw.rows, strict=True):
        wrong = {i: str(cell) for i, cell in enumerate(row) if cell in ERRORS}
        for i, error in wrong.items():
            failed.setdefault((i, error), []).append(number)
        rows.append([None if i in wrong else cell for i, cell in enumerate(row)])
    problems = [
        Problem(
            raw.tab, numbers[0] if len(numbers) == 1 else 0, clean(raw.header[i]),
            say("a formula failed here, so there is no answer to read ({n} cells)", n=len(numbers)),
            say("Put the formula right, or restore what the form wrote: File, Version history."),
            error,
        )
        for (i, error), numbers in failed.items()
    ]  # fmt: skip
    return rows, problems


def is_time(title: str, own: Wordings) -> bool:
    """Whether that is the column with the time at which a form was sent."""
    return fold(title) in _time_titles(own)


def _time_titles(own: Wordings) -> frozenset[str]:
    given = own.get("date", ())  # what the time is called where a form is about a draft
    texts = (given,) if isinstance(given, str) else given
    return titles_for("timestamp", own) | {fold(text) for text in texts}


Reader = Callable[[Scalar], Scalar]


def _readers(
    header: Sequence[str], own: Wordings, questions: Sequence[Question], zone: ZoneInfo | None
) -> dict[int, Reader]:
    """Place of a column → how its cells are read, where they aren't just plain."""
    kinds = {fold(question.title): question.kind for question in questions}
    ways: dict[str, Reader] = {"date": _day, "time": _hours}
    found = {i: ways[kinds[fold(t)]] for i, t in enumerate(header) if kinds.get(fold(t)) in ways}
    times = {i: partial(moment, zone=zone) for i, t in enumerate(header) if is_time(t, own)}
    return found | times


def moment(cell: Scalar, zone: ZoneInfo | None) -> Scalar:
    """A number as a moment in UTC, to the second; without a zone as the wall clock has it."""
    if not _is_number(cell) or not 0 < cell < LAST:
        return _plain(cell)
    wall = EPOCH + dt.timedelta(microseconds=round(cell * 86_400_000_000) + _NOISE)
    wall = wall.replace(microsecond=0)
    return wall if zone is None else wall.replace(tzinfo=zone).astimezone(dt.UTC)


def _day(cell: Scalar) -> Scalar:
    """The answer to a question for a day as the form's own service writes it."""
    if not _is_number(cell) or not 0 < cell < LAST:
        return _plain(cell)
    wall = EPOCH + dt.timedelta(minutes=round(cell * 1440))
    return wall.date().isoformat() if wall.time() == dt.time() else f"{wall:%Y-%m-%d %H:%M}"


def _hours(cell: Scalar) -> Scalar:
    if not _is_number(cell) or cell < 0:
        return _plain(cell)
    hours, minutes = divmod(round(cell * 1440), 60)
    return f"{hours:02}:{minutes:02}"


def _is_number(cell: Scalar) -> TypeGuard[int | float]:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def _plain(cell: Scalar) -> Scalar:
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def _offered(header: Sequence[str], questions: Sequence[Question]) -> dict[int, tuple[str, ...]]:
    options = {fold(q.title): q.options for q in questions if q.options}
    return {i: options[fold(title)] for i, title in enumerate(header) if fold(title) in options}


def newest(rows: Sequence[Sequence[Scalar]], places: Sequence[int]) -> dt.datetime | None:
    """The latest moment in these columns."""
    moments = (row[i] for row in rows for i in places)
    return max((m for m in moments if isinstance(m, dt.datetime) and m.tzinfo), default=None)


def _frozen(
    linked: Linked, table: RawTable, own: Wordings, zone: ZoneInfo | None
) -> Iterator[Problem]:
    """Another tab of the same form that goes on where this one ends."""
    last = newest(table.rows, _times(table.header, own))
    for other in linked.others:
        raw = raw_table(other)
        places = _times(raw.header, own)
        found = newest([[moment(c, zone) for c in row] for row in raw.rows], places)
        if found and (last is None or found > last):
            yield moved(table.tab, other.title)


def moved(tab: str, other: str) -> Problem:
    """What is said when the form no longer writes where Weaver reads."""
    return Problem(
        tab, 0, "",
        say("the form writes to another tab now, “{other}”, so nothing new arrives in this one",
            other=other),
        say("Open “{other}” in your browser and copy its address, with #gid=, to google_sheet "
            "under [[form]].", other=other),
    )  # fmt: skip


def _times(header: Sequence[str], own: Wordings) -> list[int]:
    return [i for i, title in enumerate(header) if is_time(title, own)]
