"""Which row of a linked sheet is which response, and which column is which question."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from config.raw import RawTable, Scalar, in_words
from config.text import clean, fold
from connectors.google.forms import EMAIL, Answered
from connectors.google.linked import Linked, Wordings, is_time, titles_for

SURE = 0.8
"""So much of two columns must be the same, that one's title is the other's."""
NEAR = (-1, 0, 1)
"""Seconds by which the two may differ."""
_STAGES = ((True, True), (True, False), (False, True))
"""Whether the address and the answers must be the same, beside the time."""


@dataclass(frozen=True)
class Columns:
    """Where the sheet has what the form has.

    Attributes:
        time: place of the sheet's time.
        email: places of the address in the form's table and in the sheet; None without one.
        answers: place in the form's table → place in the sheet.
    """

    time: int | None
    email: tuple[int, int] | None
    answers: Mapping[int, int]


@dataclass
class Sides:
    """Both tables on their way to being matched, in a form in which cells can be compared."""

    form: RawTable
    sheet: RawTable
    columns: Columns
    zone: ZoneInfo | None
    pairs: dict[int, int] = field(default_factory=dict)
    retimed: set[int] = field(default_factory=set)
    """`pairs`: place of a response → of its row; `retimed`: responses whose time was typed over."""

    def __post_init__(self) -> None:
        self.sent = [tuple(map(_plain, (row[i] for i in self.columns.answers)))
                     for row in self.form.rows]  # fmt: skip
        self.stands = [tuple(map(_plain, (row[i] for i in self.columns.answers.values())))
                       for row in self.sheet.rows]  # fmt: skip
        ours, theirs = self.columns.email or (None, None)
        self.senders = [_address(row, ours) for row in self.form.rows]
        self.addresses = [_address(row, theirs) for row in self.sheet.rows]
        self.times = [_seconds(row, self.columns.time, self.zone) for row in self.sheet.rows]

    def match(self) -> None:
        """Find each response's row, from the surest evidence to the weakest."""
        taken: set[int] = set()
        for sender, answers in _STAGES:
            told = answers or self.columns.email is not None
            self._by_time(taken, sender, answers, 0.0 if told else 0.5)
        self._by_time(taken, sender=False, answers=False, least=0.5)
        self._without_time(taken)

    def _by_time(self, taken: set[int], sender: bool, answers: bool, least: float) -> None:
        at: dict[int, list[int]] = defaultdict(list)
        for row, seconds in enumerate(self.times):
            for second in seconds if row not in taken else ():
                at[second].append(row)
        for mine in range(len(self.form.rows)):
            if mine in self.pairs:
                continue
            found = {
                row for second in self._moments(mine) for row in at.get(second, ())
                if row not in taken and self._fits(mine, row, sender, answers)
            }  # fmt: skip
            best = max(found, key=lambda row: (self._likeness(mine, row), -row), default=None)
            if best is not None and self._likeness(mine, best) >= least:
                self._take(taken, mine, best)

    def _without_time(self, taken: set[int]) -> None:
        """Somebody typed over the time: the only row left with that address and these answers."""
        left = defaultdict(list)
        for row in range(len(self.sheet.rows)):
            if row not in taken and any(self.stands[row]):
                left[self.addresses[row], self.stands[row]].append(row)
        mine = [i for i in range(len(self.form.rows)) if i not in self.pairs]
        many = Counter((self.senders[i], self.sent[i]) for i in mine)
        for i in mine:
            mark = (self.senders[i], self.sent[i])
            if many[mark] == 1 and len(left.get(mark, ())) == 1:
                self._take(taken, i, left[mark][0])
                self.retimed.add(i)

    def _take(self, taken: set[int], mine: int, row: int) -> None:
        self.pairs[mine] = row
        taken.add(row)

    def _fits(self, mine: int, row: int, sender: bool, answers: bool) -> bool:
        if sender and self.senders[mine] != self.addresses[row]:
            return False
        return not answers or self.sent[mine] == self.stands[row]

    def _likeness(self, mine: int, row: int) -> float:
        pairs = [(a, b) for a, b in zip(self.sent[mine], self.stands[row], strict=True) if a or b]
        return sum(a == b for a, b in pairs) / len(pairs) if pairs else 1.0

    def _moments(self, mine: int) -> Iterator[int]:
        """The seconds at which the sheet may have it: as it was sent, or as it was last changed."""
        moments = (self.form.rows[mine][0], self.form.edited[mine])
        for moment in moments:
            if isinstance(moment, dt.datetime):
                yield from (int(moment.timestamp()) + off for off in NEAR)

    def last(self, mine: int) -> dt.datetime | None:
        """When the response was last sent."""
        sent = self.form.rows[mine][0]
        return self.form.edited[mine] or (sent if isinstance(sent, dt.datetime) else None)


def columns_of(answered: Answered, sheet: RawTable, own: Wordings) -> Columns:
    """Find the sheet's column of each question; of a deleted one by what the two hold."""
    header = answered.table.header
    email = len(header) > 1 and header[1] == EMAIL
    time = next((i for i, title in enumerate(sheet.header) if is_time(title, own)), None)
    answers = _same_titles(answered.table, sheet, 2 if email else 1)
    words = titles_for("email", own)
    free = (i for i, title in enumerate(sheet.header)
            if fold(title) in words and i not in answers.values())  # fmt: skip
    address = next(free, None) if email else None
    taken = {*answers.values(), time, address}
    left = [i for i in range(len(sheet.header)) if i not in taken and clean(sheet.header[i])]
    for place in answered.nameless:
        like = {i: _alike(answered.table, sheet, place, i) for i in left}
        best = max(left, key=lambda i: like[i], default=None)
        if best is not None and like[best] >= SURE:
            answers[place] = best
            left.remove(best)
    return Columns(time, None if address is None else (1, address), answers)


def _same_titles(form: RawTable, sheet: RawTable, first: int) -> dict[int, int]:
    """Place in the form's table → in the sheet; where a title repeats, by what the columns hold.

    A question that was asked anew stands elsewhere in the form than in its sheet.
    """
    found: dict[int, int] = {}
    ours, theirs = defaultdict(list), defaultdict(list)
    for place, title in enumerate(form.header[first:], first):
        ours[fold(title)].append(place)
    for place, title in enumerate(sheet.header):
        theirs[fold(title)].append(place)
    for title, mine in ours.items():
        pairs = [(a, b) for a in mine for b in theirs.get(title, ())]
        if len(pairs) > 1:
            likely = {pair: _alike(form, sheet, *pair) for pair in pairs}
            pairs.sort(key=lambda pair: (-likely[pair], pair))
        for a, b in pairs:
            if a not in found and b not in found.values():
                found[a] = b
    return found


def _alike(form: RawTable, sheet: RawTable, ours: int, theirs: int) -> float:
    """How much of what the two columns hold is in both."""
    one, other = (
        Counter(filter(None, (_plain(row[place]) for row in table.rows)))
        for table, place in ((form, ours), (sheet, theirs))
    )
    return (one & other).total() / max(one.total(), other.total(), 1)


def zone_of(linked: Linked) -> ZoneInfo | None:
    """The spreadsheet's time zone; None where nobody knows it."""
    try:
        return ZoneInfo(linked.book.zone)
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _plain(cell: Scalar) -> str:
    """A cell as it is compared: numbers by what they are worth, since a sheet makes them of text.

    So `0042` and 42 are the same, and so are 1.50 and 1.5.
    """
    return "" if cell is None else _compared(str(cell))


@lru_cache(maxsize=50_000)
def _compared(text: str) -> str:
    text = clean(in_words(text))
    try:
        return f"{float(text):.12g}"
    except ValueError:
        return text


def _address(row: Sequence[Scalar], place: int | None) -> str:
    return "" if place is None else clean(str(row[place] or "")).casefold()


def _seconds(row: Sequence[Scalar], place: int | None, zone: ZoneInfo | None) -> set[int]:
    """When the row says it was sent; both passes of an hour that the clocks repeat."""
    moment = None if place is None else row[place]
    if not isinstance(moment, dt.datetime) or moment.tzinfo is None:
        return set()
    again = moment.astimezone(zone).replace(fold=1) if zone else moment
    return {int(moment.timestamp()), int(again.timestamp())}
