"""The tracker's tabs: from a raw table to typed rows. A bad cell never costs the good ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from config.problems import Problem
from config.questions import Matched, Names, match, own_wordings
from config.raw import ERRORS, RawTable, Scalar, column_letter, in_words, is_blank
from config.tables import Column, Table
from config.text import clean
from config.words import say
from pipeline.intake.answers import yes_no
from pipeline.intake.cells import coalesce, filled_rows, per_distinct, texts_of, unreadable
from pipeline.intake.choosing import choosing
from pipeline.intake.daywords import LAST_YEAR, looks_like_serial, why_no_day
from pipeline.intake.examples import examples
from pipeline.intake.items import NOTHING, items
from pipeline.intake.model import UNCLEAR, Typed
from pipeline.intake.numbers import bounds, number, share, why_no_number
from pipeline.intake.timestamps import days, parse

YEARS = (1900, LAST_YEAR)
_AS_TITLED: Mapping[str, str | Sequence[str]] = MappingProxyType({})
_LISTS = ("list", "organisations")
_IN_PERCENT = frozenset({("our_targets", "target")})
"""(table, field) of numbers that may be shares, so that 90 % is 0.9 there."""
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Told = tuple[str, str]
"""What is wrong, and what to do."""


def read_table(
    raw: RawTable,
    table: Table,
    zone: ZoneInfo,
    title_map: Mapping[str, str | Sequence[str]] = _AS_TITLED,
    setting: str = "",
) -> Typed:
    """Read one tab, or the responses to a form that feeds one.

    The example row that a new tab begins with is left out while nobody has changed it.

    Args:
        raw: the tab.
        table: what it should hold.
        zone: the coalition's.
        title_map: field → what the coalition calls that column, or several such titles.
        setting: where in the settings such titles stand; that of a tab where it is left out.
    """
    titles = own_wordings(title_map)
    matched = _match(raw, table, titles)
    reading = _reading(raw, table, matched, zone)
    where = setting or f"[tracker.columns.{table.name}]"
    reading.problems.extend(_missing(raw, table, matched, titles, where))
    data: dict[str, pd.Series] = {"row": pd.Series(reading.numbers, dtype="int64")}
    data |= {column.name: reading.typed(column) for column in table.columns}
    return Typed(
        table, pd.DataFrame(data), frozenset(matched.columns), tuple(reading.problems),
        len(reading.numbers), raw.tab,
        titles={column.name: reading.title(column) for column in table.columns},
        shares=frozenset(reading.shares),
        unread=frozenset((raw.tab, row, field) for row, field in reading.unread),
    )  # fmt: skip


def _match(raw: RawTable, table: Table, titles: Names) -> Matched:
    wanted = {column.name: (column.title,) for column in table.columns}
    return match(raw.header, wanted, titles)


def _reading(raw: RawTable, table: Table, matched: Matched, zone: ZoneInfo) -> _Reading:
    """The rows in which a column that is known holds something, but for an unchanged example."""
    cells, numbers = filled_rows(raw)
    known = [place for places in matched.columns.values() for place in places]
    lists = {p for c in table.columns if c.kind in _LISTS for p in matched.columns.get(c.name, ())}
    texts = {place: texts_of(cells[place]) for place in known}
    if raw.ids:
        texts |= {p: list(map(in_words, texts[p])) for p in known if p not in lists}
    rows = list(zip(*(texts[place] for place in known), strict=True))
    left = examples(table, matched, cells, zone)
    kept = [i for i, row in enumerate(rows) if any(row) and i not in left]
    if len(kept) < len(numbers):
        texts = {place: [column[i] for i in kept] for place, column in texts.items()}
        cells = [[column[i] for i in kept] for column in cells]
    return _Reading(raw, table, matched, texts, cells, [numbers[i] for i in kept], zone)


def _missing(
    raw: RawTable, table: Table, matched: Matched, titles: Names, where: str
) -> list[Problem]:
    """A problem for each column that looks like a missing one, and each required one that lacks.

    Other columns are people's own and nobody's business.
    """
    problems = []
    near = {m.field: m for m in reversed(matched.near) if m.field not in matched.columns}
    for name, miss in near.items():
        what = say("looks like the column “{known}” but is not called so", known=miss.known)
        remedy = say(
            'Call it “{known}”, or add {field} = "{title}" to {where} in weaver.toml.',
            known=miss.known,
            field=name,
            title=clean(miss.header),
            where=where,
        )
        problems.append(Problem(raw.tab, 0, clean(miss.header), what, remedy))
    for column in table.columns:
        title = next(iter(titles.get(column.name, ())), column.title)
        if column.required and column.name not in matched.columns and column.name not in near:
            remedy = say("Add a column with the title “{title}”.", title=title)
            problems.append(Problem(raw.tab, 0, title, say("this column is missing"), remedy))
    for place, fields in matched.contested:
        what = say("could be any of these fields: {fields}", fields=", ".join(fields))
        remedy = say("Give each column a title of its own.")
        problems.append(Problem(raw.tab, 0, clean(raw.header[place]), what, remedy))
    return problems


@dataclass(frozen=True)
class _Reading:
    """A tab on its way, and the problems found so far.

    Attributes:
        texts: place → the cells of that column as text.
        cells: the cells themselves, per place.
        numbers: the rows' numbers.
        shares: (row, field) of numbers that were written in percent.
        unread: (row, field) of days and numbers that can't be read.
    """

    raw: RawTable
    table: Table
    matched: Matched
    texts: Mapping[int, Sequence[str]]
    cells: Sequence[Sequence[Scalar]]
    numbers: Sequence[int]
    zone: ZoneInfo
    problems: list[Problem] = field(default_factory=list)
    shares: list[tuple[int, str]] = field(default_factory=list)
    unread: list[tuple[int, str]] = field(default_factory=list)

    def typed(self, column: Column) -> pd.Series:
        """The column's cells, typed by its kind; blank where they cannot be read."""
        texts = self._merged(column)
        if column.required and column.who != "weaver" and column.name in self.matched.columns:
            told = say("is blank"), say("Fill it in: a row without it makes no sense.")
            dated = self._dated() if column.as_before else frozenset()
            blank = [i for i, text in enumerate(texts) if not text and i not in dated]
            self._say(column, texts, blank, told)
        read = _BY_KIND.get(column.kind)
        if read is None or (column.kind == "choice" and not column.choices):
            return pd.Series(self._without_errors(column, texts), dtype="str")
        return read(self, column, texts)

    def dates(self, column: Column, texts: list[str]) -> pd.Series:
        """datetime64[ns]; NaT where blank or unreadable."""
        codes, once = pd.factorize(np.array(_without_nothing(texts), dtype=object))
        distinct = list(once)
        if (plain := _plain_days(distinct)) is not None:
            return plain.take(codes).reset_index(drop=True)
        times = parse(pd.Series(distinct, dtype=object), self.zone, by_column=False, years=YEARS)
        read = days(times, self.zone).take(codes).reset_index(drop=True)
        bad = times.problem.isin(["unreadable", "ambiguous"]).to_numpy()[codes]
        bad |= self._serials_typed(column, distinct, codes)
        self.unread.extend((self.numbers[i], column.name) for i in np.flatnonzero(bad).tolist())
        why = dict(zip(distinct, times.why, strict=True))
        self._tell(
            column, texts, np.flatnonzero(bad).tolist(), lambda text: why_no_day(text, why[text])
        )
        return read.mask(bad)

    def numbers_of(self, column: Column, texts: list[str]) -> pd.Series:
        """float64; NaN where blank, unreadable or out of bounds. Counts are whole, not negative."""
        count = column.kind == "count"
        texts = _without_nothing(texts)
        in_percent = (self.table.name, column.name) in _IN_PERCENT
        written = self._shares(column, texts) if in_percent else {}
        known = {text: number(text, count) for text in dict.fromkeys(texts)} | written
        values = [
            known[text] if type(cell) is str else _held(cell, known[text])
            for text, cell in zip(texts, self._held(column), strict=True)
        ]
        read = pd.Series(values, dtype="float64")
        unfit = ~read.between(*bounds(column)) | (count & (read % 1 != 0))
        bad = [i for i in np.flatnonzero(unfit).tolist() if texts[i]]
        self.unread.extend((self.numbers[i], column.name) for i in bad)
        self._tell(column, texts, bad, lambda text: why_no_number(text, column))
        return read.mask(unfit)

    def yes_or_no(self, column: Column, texts: list[str]) -> pd.Series:
        """ "yes", "no", "" or UNCLEAR."""
        texts = _without_nothing(texts)
        read = yes_no(texts)
        told = (
            say("neither a clear yes nor a clear no"),
            say("Write yes or no, or leave the cell blank."),
        )
        self._say(column, texts, [i for i, word in enumerate(read) if word == UNCLEAR], told)
        return pd.Series(read, dtype="str")

    def choice(self, column: Column, texts: list[str]) -> pd.Series:
        """The table's word, "" or UNCLEAR."""
        chooser = choosing(column)
        read = per_distinct(texts, chooser.read)
        read = ["" if word == UNCLEAR and text.strip() in NOTHING else word
                for text, word in zip(texts, read, strict=True)]  # fmt: skip
        words = say("Pick one of: {words}.", words=", ".join(column.choices))

        def tell(text: str) -> Told:
            like = chooser.like(text)
            hint = say("Did you mean “{like}”? ", like=like) if like else ""
            return say("not one of the words of this column"), hint + words

        self._tell(column, texts, [i for i, word in enumerate(read) if word == UNCLEAR], tell)
        return pd.Series(read, dtype="str")

    def lists(self, column: Column, texts: list[str]) -> pd.Series:
        """Tuples of str."""
        return pd.Series(per_distinct(self._without_errors(column, texts), items), dtype=object)

    def title(self, column: Column) -> str:
        """The column's title as people wrote it."""
        places = self.matched.columns.get(column.name, ())
        return clean(self.raw.header[places[0]]) if places else column.title

    def _without_errors(self, column: Column, texts: list[str]) -> list[str]:
        """The texts, blank where a formula failed: nothing else would tell it from a name."""
        bad = [i for i, text in enumerate(texts) if text.strip() in ERRORS]
        told = (
            say("a formula failed here"),
            say("Put the formula right, or write what shall stand here."),
        )
        self._say(column, texts, bad, told)
        failed = set(bad)
        return ["" if i in failed else text for i, text in enumerate(texts)] if bad else texts

    def _merged(self, column: Column) -> list[str]:
        places = self.matched.columns.get(column.name, ())
        if not places:
            return [""] * len(self.numbers)
        merged, clashes = coalesce([self.texts[place] for place in places])
        named = ", ".join(map(column_letter, places))
        told = (
            say("the columns {named} have one title and hold different things", named=named),
            say("Weaver took the first that is filled. Keep one of them."),
        )
        self._say(column, merged, clashes, told)
        return merged

    def _dated(self) -> frozenset[int]:
        """The places of rows that hold something under Date."""
        columns = [self.texts[place] for place in self.matched.columns.get("date", ())]
        return frozenset(i for texts in columns for i, text in enumerate(texts) if text)

    def _held(self, column: Column) -> Sequence[Scalar]:
        """The cells themselves: the first that is filled where several columns have one title."""
        places = self.matched.columns.get(column.name, ())
        if not places:
            return [None] * len(self.numbers)
        if len(places) == 1:
            return self.cells[places[0]]
        rows = zip(*(self.cells[place] for place in places), strict=True)
        return [next((cell for cell in row if not is_blank(cell)), None) for row in rows]

    def _serials_typed(self, column: Column, distinct: Sequence[str], codes: Ints) -> Flags:
        """Where a text, not the spreadsheet's own number, looks like a day's number."""
        alike = np.array([looks_like_serial(text) for text in distinct], dtype=bool)
        if not alike.any():
            return np.zeros(len(codes), dtype=bool)
        typed = np.array([isinstance(cell, str) for cell in self._held(column)], dtype=bool)
        found: Flags = alike[codes] & typed
        return found

    def _shares(self, column: Column, texts: Sequence[str]) -> dict[str, float | None]:
        """Text → share of those that are written in percent."""
        found = {text: share(text) for text in dict.fromkeys(texts)}
        shares = {text: value for text, value in found.items() if value is not None}
        self.shares.extend(
            (row, column.name) for row, text in zip(self.numbers, texts, strict=True)
            if text in shares
        )  # fmt: skip
        return dict(shares)

    def _say(self, column: Column, texts: Sequence[str], bad: Iterable[int], told: Told) -> None:
        self._tell(column, texts, bad, lambda _: told)

    def _tell(
        self, column: Column, texts: Sequence[str], bad: Iterable[int], tell: Callable[[str], Told]
    ) -> None:
        """A problem for each bad cell; `tell` says once per text what is wrong with it."""
        rows = list(bad)
        told = {text: tell(text) for text in dict.fromkeys(texts[i] for i in rows)}
        faults = [(self.numbers[i], texts[i], *told[texts[i]]) for i in rows]
        self.problems.extend(unreadable(self.raw.tab, self.title(column), faults))


_BY_KIND: Mapping[str, Callable[[_Reading, Column, list[str]], pd.Series]] = {
    "date": _Reading.dates,
    "count": _Reading.numbers_of,
    "number": _Reading.numbers_of,
    "yesno": _Reading.yes_or_no,
    "choice": _Reading.choice,
    "list": _Reading.lists,
    "organisations": _Reading.lists,
}


def _without_nothing(texts: Sequence[str]) -> list[str]:
    nothing = {text for text in set(texts) if text.strip() in NOTHING}
    return ["" if text in nothing else text for text in texts] if nothing else list(texts)


def _held(cell: Scalar, read: float | None) -> float | None:
    """The number that the spreadsheet itself holds; what the text reads as where it holds none."""
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        return read
    # A whole number may be longer than any float; its text then reads as infinite.
    return read if isinstance(cell, int) and abs(cell) > 2**1000 else float(cell)


_DAY = re.compile(r"(?:19\d\d|20\d\d|2100)-\d\d-\d\d( 00:00(:00)?)?")


def _plain_days(texts: Sequence[str]) -> pd.Series | None:
    """The days where every cell is blank or a day as spreadsheets hold one; else None."""
    if not all(_DAY.fullmatch(text) for text in texts if text):
        return None
    days = pd.Series([text[:10] or None for text in texts], dtype=object)
    try:
        return pd.to_datetime(days, format="%Y-%m-%d").astype("datetime64[ns]")
    except ValueError:
        return None
