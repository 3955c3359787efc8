"""What members report themselves: the responses to a form as rows of the tab that it feeds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from config.activity import FORM_TITLES, NOTHING_TOLD
from config.languages import TIMESTAMP_TITLES, TITLES
from config.problems import Problem
from config.questions import Matched, own_wordings
from config.raw import LISTED, RawTable, Scalar, is_blank
from config.settings import REPORTS, TIMESTAMP, Form
from config.tables import Table
from config.tables.later import ACTIVITY, CHECK_IN
from config.text import clean, fold, shorten
from config.words import say
from pipeline.intake.answers import split
from pipeline.intake.cells import as_text, per_distinct
from pipeline.intake.columns import columns_of, toml
from pipeline.intake.model import Typed
from pipeline.intake.timestamps import Times, days, parse
from pipeline.intake.trackers import YEARS, read_table

DAYS = ("date", "asked_on")
"""The field of a table's own day, whichever it has."""
WHO = ("organisation", "started_by")
"""The field of whoever reports, whichever the table has."""
TOLD = ("what", "lesson", "help_wanted")
"""A response to *Tell us what you did* says one of these at least."""
_GRID = re.compile(r".*\S\s*\[(?P<row>.*)\]\s*", re.DOTALL)
_NOTHING = frozenset(map(fold, NOTHING_TOLD))
_ADDRESS = frozenset(map(fold, TITLES["email"]))


def read_report(raw: RawTable, form: Form, zone: ZoneInfo) -> Typed:
    """Read the responses to a form, in the columns of the table that it feeds.

    The day of a row is the one that the form asks for; where it asks for none or that is left
    blank, it is the day on which the response came. Responses that are tests are left out.

    The frame has more columns, as `intake.feeding.joined` says: `source`, `came_by`,
    `received` and `changed`.

    Args:
        raw: the responses.
        form: how it is to be read; its own time zone goes before `zone`.
        zone: the coalition's; of timestamps that name none.
    """
    table = REPORTS[form.table]
    asked, problems = _asked(raw, form, table)
    ready, times, doubts = _dated(asked, form, zone)
    where = say("[form.questions] of the form whose file is {file}", file=form.source)
    read = read_table(ready.raw, _as_form(asked), zone, ready.titles, where)
    moments = dict(zip(raw.numbers, times.received, strict=True))
    edits = dict(zip(raw.numbers, raw.edited, strict=False))
    rows = read.frame["row"]
    received = _moments([moments[row] for row in rows], rows)
    changed = _moments([edits.get(row) or moments[row] for row in rows], rows)
    frame = _told(read.frame, table).assign(
        source=read.title, came_by="form", received=received, changed=changed
    )
    who = table.column(next(name for name in WHO if name in table.names))
    tests = frame[who.name].str.contains(form.test_marker, case=False, regex=False)
    frame = frame.loc[~tests].reset_index(drop=True)
    kept = set(frame["row"])
    said = [p for p in read.problems if not p.row or p.row in kept]
    said += [p for p in (*problems, *doubts) if not p.row or p.row in kept]
    said += _empty(frame, table, read.title)
    return replace(read, table=table, frame=frame, problems=tuple(said), read=len(frame))


@dataclass(frozen=True)
class _Asked:
    """Responses, with the places of the columns and the titles by which they are found again."""

    raw: RawTable
    time: str
    table: Table
    places: Mapping[str, Sequence[int]]
    titles: Mapping[str, Sequence[str]]

    @property
    def day(self) -> str:
        """The field of the row's day."""
        return next(name for name in DAYS if name in self.table.names)


def _asked(raw: RawTable, form: Form, table: Table) -> tuple[_Asked, list[Problem]]:
    """Which column is what, also under an earlier title; its cells made ready to be read."""
    usual = FORM_TITLES[table.name]
    known = {c.name: (c.title, *usual.get(c.name, ())) for c in table.columns}
    own = own_wordings(form.questions)
    grid = {fold(text) for texts in known.values() for text in texts}
    header = tuple(_row_of(title, grid) if table is CHECK_IN else title for title in raw.header)
    raw = replace(raw, header=header)
    timed = known | {TIMESTAMP: TIMESTAMP_TITLES}
    matched, problems = columns_of(raw, timed, own, form.ignore, ())
    problems += _unknown(raw, table, matched)
    skip = {fold(title) for title in form.ignore}
    nobodys = {i for i, title in enumerate(header) if fold(title) in skip}
    nobodys |= set(matched.columns.get(TIMESTAMP, ()))
    bare = tuple("" if i in nobodys else title for i, title in enumerate(header))
    titles = {
        field: (*(header[i] for i in matched.columns.get(field, ())), *own.get(field, ()), *words)
        for field, words in known.items()
    }
    time = next((header[i] for i in matched.columns.get(TIMESTAMP, ())), "")
    ready = replace(raw, header=bare, rows=_ready(raw, form, table, matched.columns))
    return _Asked(ready, time, table, matched.columns, titles), problems


def _unknown(raw: RawTable, table: Table, matched: Matched) -> list[Problem]:
    """A problem for each question that nobody would miss; those like a known one are said as such.

    The address that Google itself may ask for is nobody's question.
    """
    like = {m.position for m in matched.near if m.field not in (*matched.columns, TIMESTAMP)}
    titles = [clean(raw.header[place]) for place in matched.unknown if place not in like]
    what = say("a question that Weaver does not know")
    free = next((name for name in table.names if name not in matched.columns), table.names[0])
    return [
        Problem(
            raw.tab, 0, shorten(title), what,
            say("Say under [form.questions] of this form what it asks, such as {line}; or, if it "
                "is not for Weaver, add it to ignore there: {title}",
                line=f"{free} = {toml(title)}", title=toml(title)),
        )
        for title in dict.fromkeys(titles) if fold(title) not in _ADDRESS
    ]  # fmt: skip


def _row_of(title: str, known: set[str]) -> str:
    """The row of a grid question that is a column of its own, instead of `Question [row]`."""
    found = _GRID.fullmatch(title)
    return found["row"] if found and fold(found["row"]) in known else title


def _ready(
    raw: RawTable, form: Form, table: Table, places: Mapping[str, Sequence[int]]
) -> list[list[Scalar]]:
    """The rows, with ticked answers apart and a form's own words for yes and no as those."""
    rows = [list(row) for row in raw.rows]
    own = dict.fromkeys(map(fold, form.yes), "yes") | dict.fromkeys(map(fold, form.no), "no")
    for column in table.columns:
        for place in places.get(column.name, ()):
            options = form.options.get(column.name) or raw.offered.get(place, ())
            way: Callable[[str], str] | None = None
            if column.kind in ("list", "organisations") and options:
                way = _apart(options, raw.joined_by)
            elif column.kind == "yesno" and own:
                way = _in_own_words(own)
            if way:
                cells = per_distinct([as_text(row[place]) for row in rows], way)
                for row, cell in zip(rows, cells, strict=True):
                    row[place] = cell
    return rows


def _apart(options: Sequence[str], joined_by: str | None) -> Callable[[str], str]:
    def way(text: str) -> str:
        return "".join(answer + LISTED for answer in split(text, options, joined_by)[0])

    return way


def _in_own_words(own: Mapping[str, str]) -> Callable[[str], str]:
    return lambda text: own.get(fold(text), text)


def _dated(asked: _Asked, form: Form, zone: ZoneInfo) -> tuple[_Asked, Times, list[Problem]]:
    """With a day in each row, in one column; when each came; and what is in doubt."""
    raw, order = asked.raw, form.date_order
    local = ZoneInfo(form.time_zone) if form.time_zone else zone
    sent = _cells(raw, asked.places.get(TIMESTAMP, ()))
    times = parse(sent, local, order)
    places = asked.places.get(asked.day, ())
    typed = _cells(raw, places)
    taken = parse(typed, zone, order, years=YEARS)
    if taken.sentence and not times.sentence:
        # both columns are of one download, so the one tells of the other
        both = parse(pd.concat([sent, typed], ignore_index=True), zone, order, years=YEARS)
        taken = _tail(both, len(sent))
    told = [
        _day(cell, day, problem, came)
        for cell, day, problem, came in zip(
            typed, days(taken, zone), taken.problem, days(times, zone), strict=True
        )
    ]
    if not places and not asked.time:
        return asked, times, []
    title = raw.header[places[0]] if places else asked.table.column(asked.day).title
    kept = tuple("" if i in places else each for i, each in enumerate(raw.header))
    rows = [(*row, day) for row, day in zip(raw.rows, told, strict=True)]
    dated = replace(raw, header=(*kept, title), rows=rows, offered={}, formerly={})
    titles = {**asked.titles, asked.day: (title, *asked.titles[asked.day])}
    doubts = _doubts(raw.tab, ((asked.time, times), (title, taken)))
    doubts += _dayless(raw, asked.time or title, times, taken)
    return replace(asked, raw=dated, titles=titles), times, doubts


def _cells(raw: RawTable, places: Sequence[int]) -> pd.Series:
    """The first filled cell of each row."""
    cells = [next((row[i] for i in places if not is_blank(row[i])), None) for row in raw.rows]
    return pd.Series(cells, dtype=object)


def _tail(times: Times, start: int) -> Times:
    received, problem, why = (
        part.iloc[start:].reset_index(drop=True)
        for part in (times.received, times.problem, times.why)
    )
    sentence = times.sentence if problem.eq("ambiguous").any() else ""
    return Times(received, problem, why, sentence)


def _day(cell: Scalar, day: pd.Timestamp, problem: str, came: pd.Timestamp) -> Scalar:
    """The row's day; blank where the whole column leaves it in doubt, which is said once."""
    if problem == "missing":
        return None if pd.isna(came) else came.date()
    if problem == "ambiguous":
        return None
    return cell if pd.isna(day) else day.date()


def _doubts(tab: str, columns: Sequence[tuple[str, Times]]) -> list[Problem]:
    remedy = say('Set date_order = "dmy" or "mdy" under [[form]] in weaver.toml.')
    return [
        Problem(tab, 0, title, times.sentence, remedy) for title, times in columns if times.sentence
    ]


def _dayless(raw: RawTable, title: str, times: Times, taken: Times) -> list[Problem]:
    """A problem for each response with no day, whose time can't be read either."""
    what = say("has neither a day nor a time that can be read")
    remedy = say("Write the day like 2025-03-31, or leave it: then the row has no day.")
    unclear = times.problem.isin(["missing", "unreadable"]) & (taken.problem == "missing")
    return [Problem(raw.tab, number, title, what, remedy)
            for number, bad in zip(raw.numbers, unclear, strict=True) if bad]  # fmt: skip


def _moments(values: Sequence[Any], like: pd.Series) -> pd.Series:
    cells: pd.Series = pd.Series(list(values), index=like.index, dtype=object)
    moments = pd.to_datetime(cells, utc=True)
    return moments.astype("datetime64[ns, UTC]")


def _as_form(asked: _Asked) -> Table:
    """The table as its form asks it.

    Whoever only has a lesson or a wish has done nothing else; and of days it is said by itself
    what is wrong.
    """
    table = asked.table
    free = {"what"} if table is ACTIVITY else set()
    if asked.time or asked.places.get(asked.day):
        free.add(asked.day)
    columns = (replace(c, required=c.required and c.name not in free) for c in table.columns)
    return replace(table, columns=tuple(columns))


def _told(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Without answers such as “none” to what one may tell."""
    if table is not ACTIVITY:
        return frame
    for field in ("lesson", "help_wanted"):
        texts = list(frame[field])
        said = per_distinct(texts, lambda text: "" if fold(text) in _NOTHING else text)
        frame = frame.assign(**{field: pd.Series(said, index=frame.index, dtype="str")})
    return frame


def _empty(frame: pd.DataFrame, table: Table, tab: str) -> list[Problem]:
    """A problem for each response that tells nothing at all."""
    if table is not ACTIVITY:
        return []
    what = say("says neither what was done, nor a lesson, nor what help is wanted")
    remedy = say("Ask the organisation, and correct the response; or delete it.")
    nothing = ["".join(told) == "" for told in zip(*(frame[name] for name in TOLD), strict=True)]
    rows = frame["row"][nothing]
    return [Problem(tab, int(row), "", what, remedy) for row in rows]
