"""The tracker's tabs: from a raw table to typed rows. A bad cell never costs the good ones."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeGuard
from zoneinfo import ZoneInfo

import pandas as pd

from config.feedback import WOULD_SIGN
from config.problems import Problem
from config.questions import Matched, Names, match, own_wordings
from config.raw import LISTED, RawTable, Scalar, column_letter, in_words
from config.tables import Column, Table
from config.text import clean, nearest
from config.words import say
from pipeline.intake.answers import choices, yes_no
from pipeline.intake.cells import (
    as_text,
    coalesce,
    filled_rows,
    per_distinct,
    plain,
    texts_of,
    unreadable,
)
from pipeline.intake.model import UNCLEAR, Typed
from pipeline.intake.timestamps import days, parse

YEARS = (1900, 2200)
LONGEST_LITERAL = 10_000
_AS_TITLED: Mapping[str, str | Sequence[str]] = MappingProxyType({})
_TRANSLATED: Mapping[str, Mapping[str, Sequence[str]]] = {"would_sign": WOULD_SIGN}
"""Column → its words as people say them in other languages."""
_LISTS = ("list", "organisations")
_NOTHING = frozenset({"None", "none", "n/a", "N/A", "-", "–", "—"})
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([ ,'’٬])\d{3})(?:\1\d{3})*(?:[.٫]\d+)?")
_POINT = re.compile(r"[+-]?(?!0\d)\d+(?:\.\d+)?")
_COMMA = re.compile(r"[+-]?\d+[,٫](?:\d{1,2}|\d{4,})")
_COMMA_GROUPED = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+,\d+")
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
_OUTSIDE_BRACKETS = re.compile(r", (?![^(\[{]*[)\]}])")


def read_table(
    raw: RawTable,
    table: Table,
    zone: ZoneInfo,
    title_map: Mapping[str, str | Sequence[str]] = _AS_TITLED,
    setting: str = "",
) -> Typed:
    """Read one tab, or the responses to a form that feeds one.

    Args:
        raw: the tab.
        table: what it should hold.
        zone: the coalition's.
        title_map: field → what the coalition calls that column, or several such titles.
        setting: where in the settings such titles stand; that of a tab where it is left out.
    """
    titles = own_wordings(title_map)
    matched = _match(raw, table, titles)
    cells, numbers = filled_rows(raw)
    known = [place for places in matched.columns.values() for place in places]
    lists = {p for c in table.columns if c.kind in _LISTS for p in matched.columns.get(c.name, ())}
    texts = {place: texts_of(cells[place]) for place in known}
    if raw.ids:
        texts |= {p: list(map(in_words, texts[p])) for p in known if p not in lists}
    kept = [i for i in range(len(numbers)) if any(texts[place][i] for place in known)]
    columns = {place: [column[i] for i in kept] for place, column in texts.items()}
    typed = {as_text(c): float(c) for place in known for c in cells[place] if _is_number(c)}
    reading = _Reading(raw, matched, columns, [numbers[i] for i in kept], zone, typed)
    where = setting or f"[tracker.columns.{table.name}]"
    reading.problems.extend(_missing(raw, table, matched, titles, where))
    data: dict[str, pd.Series] = {"row": pd.Series(reading.numbers, dtype="int64")}
    data |= {column.name: reading.typed(column) for column in table.columns}
    present = frozenset(matched.columns)
    return Typed(table, pd.DataFrame(data), present, tuple(reading.problems), len(kept), raw.tab)


def _match(raw: RawTable, table: Table, titles: Names) -> Matched:
    wanted = {column.name: (column.title,) for column in table.columns}
    return match(raw.header, wanted, titles)


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
    """A tab on its way: its texts by column, and the problems found so far.

    `as_numbers` has the texts of cells that the spreadsheet itself holds as numbers.
    """

    raw: RawTable
    matched: Matched
    columns: Mapping[int, Sequence[str]]
    numbers: Sequence[int]
    zone: ZoneInfo
    as_numbers: Mapping[str, float]
    problems: list[Problem] = field(default_factory=list)

    def typed(self, column: Column) -> pd.Series:
        """The column's cells, typed by its kind; blank where they cannot be read."""
        texts = self._texts(column)
        if column.required and column.who != "weaver" and column.name in self.matched.columns:
            remedy = say("Fill it in: a row without it makes no sense.")
            self._say(column, texts, [not text for text in texts], say("is blank"), remedy)
        read = _BY_KIND.get(column.kind)
        if read is None or (column.kind == "choice" and not column.choices):
            return pd.Series(texts, dtype="str")
        return read(self, column, texts)

    def dates(self, column: Column, texts: list[str]) -> pd.Series:
        """datetime64[ns]; NaT where blank or unreadable."""
        texts = _without_nothing(texts)
        if (plain := _plain_days(texts)) is not None:
            return plain
        times = parse(pd.Series(texts, dtype=object), self.zone, by_column=False, years=YEARS)
        bad = times.problem.isin(["unreadable", "ambiguous"])
        remedy = say("Write the day like 2025-03-31, or leave the cell blank.")
        faults = [(self.numbers[i], texts[i], times.why[i], remedy) for i in bad.index[bad]]
        self.problems.extend(unreadable(self.raw.tab, self.title(column), faults))
        return days(times, self.zone)

    def numbers_of(self, column: Column, texts: list[str]) -> pd.Series:
        """float64; NaN where blank or unreadable. Counts are whole and not negative."""
        texts = _without_nothing(texts)
        count = column.kind == "count"
        values = per_distinct(texts, lambda text: self._number(text, count))
        bad = [bool(text) and value is None for text, value in zip(texts, values, strict=True)]
        what = say("not a whole number") if count else say("not a number")
        remedy = say("Write digits alone, such as 1500, or leave the cell blank.")
        self._say(column, texts, bad, what, remedy)
        return pd.Series(values, dtype="float64")

    def yes_or_no(self, column: Column, texts: list[str]) -> pd.Series:
        """ "yes", "no", "" or UNCLEAR."""
        texts = _without_nothing(texts)
        read = yes_no(texts)
        remedy = say("Write yes or no, or leave the cell blank.")
        unclear = [word == UNCLEAR for word in read]
        self._say(column, texts, unclear, say("neither a clear yes nor a clear no"), remedy)
        return pd.Series(read, dtype="str")

    def choice(self, column: Column, texts: list[str]) -> pd.Series:
        """The table's word, "" or UNCLEAR."""
        read = choices(texts, column.choices, _TRANSLATED.get(column.name))
        read = ["" if text in _NOTHING and word == UNCLEAR else word
                for text, word in zip(texts, read, strict=True)]  # fmt: skip
        words = ", ".join(column.choices)

        def remedy(text: str) -> str:
            like = nearest(text, column.choices, cutoff=0.6)
            hint = say("Did you mean “{like}”? ", like=like) if like else ""
            return hint + say("Pick one of: {words}.", words=words)

        what = say("not one of the words of this column")
        faults = [
            (self.numbers[i], texts[i], what, remedy(texts[i]))
            for i, word in enumerate(read)
            if word == UNCLEAR
        ]
        self.problems.extend(unreadable(self.raw.tab, self.title(column), faults))
        return pd.Series(read, dtype="str")

    def lists(self, _column: Column, texts: list[str]) -> pd.Series:
        """Tuples of str."""
        return pd.Series(per_distinct(texts, items), dtype=object)

    def _number(self, text: str, whole: bool) -> float | None:
        """The number in a cell; None where it is none, or not one to count with."""
        value = self.as_numbers[text] if text in self.as_numbers else number(text)
        if value is None or not math.isfinite(value):
            return None
        return None if whole and (value < 0 or not value.is_integer()) else value

    def title(self, column: Column) -> str:
        """The column's title as people wrote it."""
        places = self.matched.columns.get(column.name, ())
        return clean(self.raw.header[places[0]]) if places else column.title

    def _texts(self, column: Column) -> list[str]:
        places = self.matched.columns.get(column.name, ())
        if not places:
            return [""] * len(self.numbers)
        merged, clashes = coalesce([self.columns[place] for place in places])
        named = ", ".join(map(column_letter, places))
        what = say("the columns {named} have one title and hold different things", named=named)
        remedy = say("Weaver took the first that is filled. Keep one of them.")
        bad = set(clashes)
        self._say(column, merged, [i in bad for i in range(len(merged))], what, remedy)
        return merged

    def _say(
        self, column: Column, texts: Sequence[str], bad: Sequence[bool], what: str, remedy: str
    ) -> None:
        faults = [
            (self.numbers[i], texts[i], what, remedy) for i, is_bad in enumerate(bad) if is_bad
        ]
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
    return ["" if text.strip() in _NOTHING else text for text in texts]


def _is_number(cell: Scalar) -> TypeGuard[int | float]:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def number(text: str) -> float | None:
    """The number that the text can only mean; None where there is none."""
    bare = plain(text)
    if _EITHER.fullmatch(bare):
        return None  # 1.200 is twelve hundred to some and one and a fifth to others
    if _GROUPED.fullmatch(bare):
        return float(re.sub("[ ,'’٬]", "", bare).replace("٫", "."))
    if _COMMA_GROUPED.fullmatch(bare):
        return float(bare.replace(".", "").replace(",", "."))
    if _COMMA.fullmatch(bare):
        return float(re.sub("[,٫]", ".", bare))
    return float(bare) if _POINT.fullmatch(bare) else None


def items(text: str) -> tuple[str, ...]:
    """The items of a list that people typed into a cell.

    They stand on lines of their own, or between `;`, or between `, ` outside brackets. A list as
    programs write it (`['a', 'b']`) is read too, and one of answers that came one by one.
    """
    if LISTED in text:
        return tuple(clean(piece) for piece in text.split(LISTED) if piece.strip())
    whole = text.strip()
    if not whole or whole in _NOTHING:
        return ()
    if whole.startswith("[") and whole.endswith("]"):
        found = _literal(whole)
        if found is not None:
            return found
    if ";" in whole or "\n" in whole:
        pieces = re.split(r"[;\n]", whole)
    else:
        pieces = _OUTSIDE_BRACKETS.split(whole)
    return tuple(clean(piece) for piece in pieces if piece.strip())


def _literal(text: str) -> tuple[str, ...] | None:
    """A list of plain values as a program wrote it; None where it is something else."""
    if len(text) > LONGEST_LITERAL or text.count("[") > 1:
        return None
    try:
        values = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    if not all(isinstance(value, (str, int, float)) for value in values):
        return None
    return tuple(clean(str(value)) for value in values if str(value).strip())


_DAY = re.compile(r"(19|20|21)\d\d-\d\d-\d\d( 00:00(:00)?)?")


def _plain_days(texts: list[str]) -> pd.Series | None:
    """The days where every cell is blank or a day as spreadsheets hold one; else None."""
    if not all(_DAY.fullmatch(text) for text in texts if text):
        return None
    days = pd.Series([text[:10] or None for text in texts], dtype=object)
    try:
        return pd.to_datetime(days, format="%Y-%m-%d").astype("datetime64[ns]")
    except ValueError:
        return None
