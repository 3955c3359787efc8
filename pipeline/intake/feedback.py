"""What people say about a draft: the responses to a form of its own, and the tab beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

import pandas as pd

from config.feedback import FORM_TITLES
from config.problems import Problem
from config.questions import match, own_wordings
from config.raw import RawTable, Scalar
from config.settings import Form
from config.tables import FEEDBACK
from config.text import fold
from config.words import say
from pipeline.intake.model import Typed
from pipeline.intake.timestamps import days, parse
from pipeline.intake.trackers import read_table


def read_feedback(raw: RawTable, form: Form, zone: ZoneInfo) -> Typed:
    """Read the responses to a form about a draft, in the columns of the tab Statement feedback.

    The form's timestamp is its `date`. Responses that are tests are left out.

    Args:
        raw: the responses.
        form: how it is to be read; its own time zone goes before `zone`.
        zone: of timestamps that name none.
    """
    skip = {fold(title) for title in form.ignore}
    header = tuple("" if fold(title) in skip else title for title in raw.header)
    given = own_wordings(form.questions)
    titles = {field: (*given.get(field, ()), *usual) for field, usual in FORM_TITLES.items()}
    titles |= {field: words for field, words in given.items() if field not in titles}
    dated, problems = _dated(replace(raw, header=header), form, titles, zone)
    where = say("[form.questions] of the form whose file is {file}", file=form.file)
    read = read_table(dated, FEEDBACK, zone, titles, where)
    tests = read.frame["organisation"].str.contains(form.test_marker, case=False, regex=False)
    frame = read.frame.loc[~tests].reset_index(drop=True)
    numbers = set(frame["row"])
    problems += [p for p in read.problems if not p.row or p.row in numbers]
    return replace(read, frame=frame, problems=tuple(problems), read=len(frame))


def combined(tab: Typed | None, forms: Mapping[str, Typed]) -> Typed | None:
    """The tab's rows, then those of each form; None where there is neither.

    The frame has two columns more: `statement`, whose form it was, "" for the tab; and `source`,
    the title of the tab or the name of the file.
    """
    parts = [("", tab)] if tab is not None else []
    parts += list(forms.items())
    if not parts:
        return None
    frames = [
        part.frame.assign(statement=name, source=part.title) for name, part in parts
    ]  # fmt: skip
    filled = [frame for frame in frames if len(frame)] or frames[:1]
    first = parts[0][1]
    return replace(
        first,
        frame=pd.concat(filled, ignore_index=True),
        present=frozenset().union(*(part.present for _, part in parts)),
        problems=tuple(problem for _, part in parts for problem in part.problems),
        read=sum(part.read for _, part in parts),
        parts=tuple((part.title, part.read) for _, part in parts),
        kept=tab is not None,
    )


def _dated(
    raw: RawTable, form: Form, titles: Mapping[str, Sequence[str]], zone: ZoneInfo
) -> tuple[RawTable, list[Problem]]:
    """The responses with days instead of timestamps, where these can be read."""
    places = match(raw.header, {"date": ("Date",)}, titles).columns.get("date", ())
    if not places:
        return raw, []
    own = form.time_zone
    local = ZoneInfo(own) if own else zone
    rows = [list(row) for row in raw.rows]
    problems = []
    for place in places:
        cells = pd.Series([row[place] for row in rows], dtype=object)
        times = parse(cells, local, form.date_order)
        told = days(times, zone)
        for row, day, problem in zip(rows, told, times.problem, strict=True):
            row[place] = _cell(row[place], day, problem)
        if times.sentence:
            remedy = say('Set date_order = "dmy" or "mdy" under [[form]] in weaver.toml.')
            problems.append(Problem(raw.tab, 0, raw.header[place], times.sentence, remedy))
    return replace(raw, rows=tuple(map(tuple, rows))), problems


def _cell(cell: Scalar, day: pd.Timestamp, problem: str) -> Scalar:
    """The day; blank where the whole column leaves it in doubt, which is said once."""
    if problem == "ambiguous":
        return None
    return cell if pd.isna(day) else day.date()
