"""People's words on Start: which tab is switched on, kept, made simpler or dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from config.problems import Problem
from config.raw import RawTable, Scalar, is_blank
from config.tables import START, TABLES, Table
from config.tables.day_one import START_WORDS
from config.text import clean, fold
from config.words import say
from pipeline.growing.digests import EMPTY
from pipeline.growing.model import (
    DROP,
    HIDDEN_AT_FIRST,
    PEOPLES,
    SIMPLIFY,
    YES,
    Growth,
)
from pipeline.intake.answers import choices, yes_no
from pipeline.intake.model import UNCLEAR
from pipeline.model import Run

_NO = "no"
_TICKS = ("x", "1")
_LATER = frozenset({*(table.name for table in PEOPLES), *HIDDEN_AT_FIRST})
"""Tables whose tab can be given up, or hidden."""


def growth_of(run: Run) -> Growth:
    """What Start says, and where people's tabs stand. On an earlier day no word is read."""
    start = run.inputs.results.get(run.settings.tracker.title(START.title))
    words, problems = _said_before(run), list(_twice(run))
    if not run.asked.past:
        said, unclear = _words(run, start)
        words |= said
        problems += unclear
    google = run.settings.google
    apart = bool(google and google.working and google.restricted)
    kept = tuple(t.name for t in PEOPLES if (raw := _in_results(run, t)) and raw.header)
    return Growth(
        words=words,
        made=tuple(t.name for t in PEOPLES if _is_made(run, t, words, apart)),
        kept=kept,
        told=_told(run, start),
        titles=run.settings.tracker.columns,
        apart=apart,
        problems=tuple(problems),
    )


def tab_of(run: Run, table: Table) -> RawTable | None:
    """People's tab of that table, wherever it stands; None where there is none."""
    title = run.settings.tracker.title(table.title)
    return run.inputs.people.get(title) or _in_results(run, table)


def new_tab(run: Run, table: Table) -> RawTable:
    """The tab as it will be when it was made, its example apart."""
    titles = run.settings.tracker.columns.get(table.name, {})
    header = tuple(titles.get(column.name, column.title) for column in table.columns)
    return RawTable(run.settings.tracker.title(table.title), header, (), ())


def _in_results(run: Run, table: Table) -> RawTable | None:
    """The tab in the file where Weaver's stand; where all is Google's, none of people's does."""
    found = run.inputs.results.get(run.settings.tracker.title(table.title))
    return found if table in PEOPLES else None


def _said_before(run: Run) -> dict[str, str]:
    """What was dropped by that day: so it stays until another clear word is read."""
    today = run.today
    known = [r for r in run.known.tabs if r.asked_on is None or r.asked_on <= today]
    return {record.name: DROP for record in known if record.answer == DROP}


def _is_made(run: Run, table: Table, words: Mapping[str, str], apart: bool) -> bool:
    """Whether it was ticked, isn't there, and never held anything that may be found again."""
    if words.get(table.name) != YES or run.asked.past or table.who == "form":
        return False
    if tab_of(run, table) is not None or (apart and table.file == "restricted"):
        return False
    records = {record.name: record for record in run.known.tabs}
    before = records.get(table.name)
    return (before is None or before.digest in ("", EMPTY)) and not _unread(run)


def _unread(run: Run) -> bool:
    """Whether people's workbook is there but couldn't be read, so that nobody knows its tabs."""
    file = run.settings.tracker.file.rpartition("/")[2]
    return not run.inputs.people and any(p.tab == file for p in run.inputs.problems)


def _words(run: Run, start: RawTable | None) -> tuple[dict[str, str], list[Problem]]:
    words: dict[str, str] = {}
    problems: list[Problem] = []
    for number, name, cell in _rows(run, start, "Your word"):
        word = _word(cell)
        if word == _NO and tab_of(run, _BY_NAME[name]) is None:
            word = DROP
        if name not in _LATER and word in (SIMPLIFY, DROP, _NO):
            problems.append(_always_there(run, number, cell))
        elif word in START_WORDS:
            words.setdefault(name, word)
        elif word:
            problems.append(_unclear(run, number, cell))
    return words, problems


def _word(cell: Scalar) -> str:
    """One of the words, "no", "" for nothing said, or what is none of them."""
    if is_blank(cell) or isinstance(cell, bool):
        return YES if cell is True else ""
    (word,) = choices([str(cell)], START_WORDS)
    (answer,) = yes_no([str(cell)], _TICKS) if word == UNCLEAR else (word,)
    return answer


def _always_there(run: Run, row: int, cell: Scalar) -> Problem:
    return Problem(
        run.settings.tracker.title(START.title), row, "Your word",
        say("this tab is always there"), say("Leave the cell blank."), clean(str(cell)),
    )  # fmt: skip


def _unclear(run: Run, row: int, cell: Scalar) -> Problem:
    return Problem(
        run.settings.tracker.title(START.title), row, "Your word", say("not a word for a tab"),
        say("Write yes, keep, simplify or drop, or leave the cell blank."), clean(str(cell)),
    )  # fmt: skip


_BY_NAME = {table.name: table for table in TABLES}


def _rows(run: Run, start: RawTable | None, title: str) -> Iterator[tuple[int, str, Scalar]]:
    """(row number, table, the cell under that title) of each line of Start about a tab."""
    if start is None:
        return
    at = {fold(column): place for place, column in reversed(list(enumerate(start.header)))}
    tab, mine = at.get(fold("Tab")), at.get(fold(title))
    if tab is None or mine is None:
        return
    names = {fold(run.settings.tracker.title(table.title)): table.name for table in TABLES}
    for number, row in zip(start.numbers, start.rows, strict=True):
        name = names.get(fold(str(row[tab] or "")))
        if name:
            yield number, name, row[mine]


def _told(run: Run, start: RawTable | None) -> frozenset[str]:
    """Tables of which Start says why they are there."""
    rows = _rows(run, start, "Why it is here")
    return frozenset(name for _, name, cell in rows if not is_blank(cell))


def _twice(run: Run) -> Iterator[Problem]:
    """Tabs of people's that stand in both workbooks."""
    tracker = run.settings.tracker
    for table in PEOPLES:
        title = tracker.title(table.title)
        if title in run.inputs.people and title in run.inputs.results:
            yield Problem(
                title, 0, "",
                say("this tab stands in {one} and in {other}; the one in {one} is read",
                    one=tracker.file, other=tracker.results),
                say("Move its rows into one of the two, and delete the other tab."),
            )  # fmt: skip
