"""People's words on Start: which tab is switched on, kept, made simpler or dropped."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

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
    PAUSE_ALL,
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
    google = run.settings.google
    apart = bool(google and google.working and google.restricted)
    closed = closed_tabs(run)
    if not run.asked.past:
        said, unclear = _words(run, start)
        words |= said
        problems += unclear
    made = tuple(t.name for t in PEOPLES if _is_made(run, t, words, apart))
    kept = tuple(t.name for t in PEOPLES if (raw := _in_results(run, t)) and raw.header)
    return Growth(
        words=words,
        made=made,
        kept=kept,
        told=_told(run, start),
        titles=run.settings.tracker.columns,
        apart=apart,
        closed=closed,
        problems=(*problems, *_gone(run, words, {*made, *closed})),
        mail_paused=not run.asked.past and _mail_paused(start),
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
    return (before is None or before.digest in ("", EMPTY)) and (table.name not in closed_tabs(run))


def closed_tabs(run: Run) -> dict[str, str]:
    """Table of people's that may be there but couldn't be read → the workbook, or the tab."""
    unread = {p.tab for p in run.inputs.problems if not p.row and not p.column}
    tracker, google = run.settings.tracker, run.settings.google
    file = tracker.file.rpartition("/")[2]
    whole = file if file in unread and not run.inputs.people else ""
    few = google.restricted if google else ""
    shut = say("the spreadsheet that few may see") if few and any(few in p for p in unread) else ""
    found: dict[str, str] = {}
    for table in PEOPLES:
        title = tracker.title(table.title)
        if tab_of(run, table) is None:
            its_file = shut if table.file == "restricted" else whole
            found[table.name] = whole or its_file or (title if title in unread else "")
    return {name: what for name, what in found.items() if what}


def _gone(run: Run, words: Mapping[str, str], there: Collection[str]) -> Iterator[Problem]:
    """Tabs that were in use, that nobody dropped, and that aren't there any more."""
    for record in () if run.asked.past else run.known.tabs:
        table = _BY_NAME[record.name]
        if (
            table in PEOPLES and record.digest and record.name not in there
            and words.get(record.name) != DROP and tab_of(run, table) is None
        ):  # fmt: skip
            title = run.settings.tracker.title(table.title)
            yield Problem(
                title, 0, "",
                say("this tab was read since {since}; since {day} it is gone, and nothing of it "
                    "is counted.", since=record.since, day=record.gone_on or run.today),
                say("If it was renamed, rename it back to “{title}”; if it was deleted, bring it "
                    "back. If you don't want it any more, write drop beside it on {start}.",
                    title=title, start=run.settings.tracker.title(START.title)),
            )  # fmt: skip


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
    names = {fold(run.settings.tracker.title(table.title)): table.name for table in TABLES}
    for number, line, cell in _lines(start, title):
        if line in names:
            yield number, names[line], cell


def _mail_paused(start: RawTable | None) -> bool:
    """Whether any line that pauses all mail says anything but no: in doubt nothing leaves."""
    said = [_word(cell) for _, line, cell in _lines(start, "Your word") if line == fold(PAUSE_ALL)]
    return any(word not in ("", _NO) for word in said)


def _lines(start: RawTable | None, title: str) -> Iterator[tuple[int, str, Scalar]]:
    """(row number, the folded first cell, the cell under that title) of each line of Start."""
    if start is None:
        return
    at = {fold(column): place for place, column in reversed(list(enumerate(start.header)))}
    tab, mine = at.get(fold("Tab")), at.get(fold(title))
    if tab is None or mine is None:
        return
    for number, row in zip(start.numbers, start.rows, strict=True):
        yield number, fold(str(row[tab] or "")), row[mine]


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
