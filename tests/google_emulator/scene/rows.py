"""A form's CSV download, row by row, as what its respondents once sent."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.google_emulator.forms import questions
from tests.google_emulator.forms.questions import Item

TIMESTAMP, EMAIL = "Timestamp", "Email Address"
_TIME = re.compile(r"(\d+)[/.-](\d+)[/.-](\d+),? (\d+):(\d+):(\d+)")
_FEW, _OFTEN, _SHORT = 8, 12, 70
"""A question with so few short answers, given so often, has options to pick."""


@dataclass(frozen=True)
class Download:
    """One CSV file.

    Attributes:
        header: the questions, after Timestamp and perhaps Email Address; "" for a column that
            coordinators added.
        rows: as wide as the header.
        order: of day, month and year in timestamps, such as "dmy".
        zone: the zone of timestamps.
        options: question → what can be ticked.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    order: str
    zone: ZoneInfo
    options: Mapping[str, Sequence[str]]

    @property
    def asked(self) -> range:
        """The places of the columns that are questions, and those of coordinators."""
        return range(2 if EMAIL in self.header[:2] else 1, len(self.header))

    def key(self, column: int) -> tuple[str, int]:
        """The question: its title and how many of that title stand before it."""
        title = self.header[column]
        return title, self.header[:column].count(title)

    def moment(self, row: Sequence[str]) -> dt.datetime | None:
        """When the row came in; None where nobody can tell."""
        found = _TIME.fullmatch(row[0])
        if not found:
            return None
        part = dict(zip(self.order, map(int, found.groups()), strict=False))
        hour, minute, second = map(int, found.groups()[3:])
        return dt.datetime(part["y"], part["m"], part["d"], hour, minute, second, tzinfo=self.zone)

    def said(self, row: Sequence[str], column: int) -> tuple[str, ...]:
        """The answer in a cell: each tick of several, () for none."""
        options = self.options.get(self.header[column])
        text = row[column]
        return ticks(text, options) if options else (text,) if text else ()

    def items(self) -> list[Item]:
        """The form: a question for each column, repeated ones on a page of their own."""
        items: list[Item] = []
        for column in self.asked:
            title, before = self.key(column)
            if before:
                items.append(questions.section("The same for others"))
            if title:
                items.append(self._question(title, column))
        return items

    def offered(self, column: int) -> list[str]:
        """What the answers up to now show to be the options to pick; [] for a free text."""
        given = [row[column] for row in self.rows if row[column]]
        found = list(dict.fromkeys(given))
        picked = len(found) <= _FEW and len(given) >= _OFTEN
        return found if picked and max(map(len, found)) <= _SHORT else []

    def _question(self, title: str, column: int) -> Item:
        if title in self.options:
            return questions.checkboxes(title, self.options[title], other=True)
        if offered := self.offered(column):
            return questions.choice(title, offered)
        long = any("\n" in row[column] or len(row[column]) > 200 for row in self.rows)
        return questions.text(title, paragraph=long)


def download(
    path: Path, order: str, zone: ZoneInfo, options: Mapping[str, Sequence[str]]
) -> Download:
    """Read a CSV file that a demonstration wrote."""
    with path.open(encoding="utf-8", newline="") as text:
        header, *rows = csv.reader(text)
    return Download(tuple(header), tuple(map(tuple, rows)), order, zone, options)


def ticks(text: str, options: Sequence[str]) -> tuple[str, ...]:
    """The ticked options in a joined text; what is none of them stays together as "Other"."""
    found: list[str] = []
    rest = text
    while rest:
        fits = [o for o in options if rest == o or rest.startswith(o + ", ")]
        if not fits:
            return (*found, rest)
        found.append(max(fits, key=len))
        rest = rest[len(found[-1]) + 2 :]
    return tuple(found)


def without_odd_rows(path: Path, order: str = "dmy") -> list[tuple[str, ...]]:
    """Take rows out of a CSV file that no form can have sent, since they tell no time; the rows."""
    read = download(path, order, ZoneInfo("UTC"), {})
    odd = [row for row in read.rows if read.moment(row) is None]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([read.header, *(row for row in read.rows if row not in odd)])
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return odd
