"""A form and its linked sheet side by side: the form's answers hold, and what differs is said."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from config.problems import Problem
from config.raw import RawTable, Scalar, in_words
from config.text import clean, fold, shorten
from config.words import say
from connectors.google.asking import Json
from connectors.google.forms import EMAIL, Answered
from connectors.google.linked import Linked, Wordings, is_time, newest, titles_for

ROWS_SAID = 8
LATE = 2
"""So many newer responses must be missing in the sheet before it is said: one may have been sent
between the two looks."""
SURE = 0.8
"""So much of two columns must be the same, that one's title is the other's."""
NEAR = (-1, 0, 1)
"""Seconds by which the two may differ."""
_STAGES = ((True, True), (True, False), (False, True))
"""Whether the address and the answers must be the same, beside the time."""


@dataclass(frozen=True)
class _Columns:
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
class _Sides:
    """Both tables on their way to being matched, in a form in which cells can be compared."""

    form: RawTable
    sheet: RawTable
    columns: _Columns
    zone: ZoneInfo | None
    pairs: dict[int, int] = field(default_factory=dict)
    retimed: set[int] = field(default_factory=set)

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


def reconciled(
    answered: Answered, linked: Linked, sheet: RawTable, own: Wordings, form: Json
) -> Answered:
    """The form's responses, with the sheet's row numbers and the rows that only the sheet has.

    Args:
        answered: as the form's own service gives it.
        linked, sheet: the linked tab.
        own: the form's own wordings.
        form: as `forms.get` gives it.
    """
    columns = _columns(answered, sheet, own)
    answered = _named(answered, sheet, columns)
    sides = _Sides(answered.table, sheet, columns, _zone(linked))
    sides.match()
    taken = set(sides.pairs.values())
    known = (*sides.columns.answers.values(), *((sides.columns.email or ())[1:]))
    extra = [
        row for row in range(len(sheet.rows))
        if row not in taken and any(sheet.rows[row][place] not in (None, "") for place in known)
    ]  # fmt: skip
    problems = (
        *answered.problems, *_changed(sides), *_missing(sides, linked, form), *_typed(sides, extra),
    )  # fmt: skip
    return replace(answered, table=_whole(sides, extra), problems=problems)


def _columns(answered: Answered, sheet: RawTable, own: Wordings) -> _Columns:
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
    return _Columns(time, None if address is None else (1, address), answers)


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


def _named(answered: Answered, sheet: RawTable, columns: _Columns) -> Answered:
    """With the titles that the sheet has kept of questions that were deleted."""
    names = {p: sheet.header[columns.answers[p]] for p in answered.nameless if p in columns.answers}
    header = tuple(names.get(i, title) for i, title in enumerate(answered.table.header))
    unsaid = {shorten(clean(answered.table.header[place])) for place in names}
    return replace(
        answered,
        table=replace(answered.table, header=header),
        problems=tuple(p for p in answered.problems if p.column not in unsaid),
    )


def _zone(linked: Linked) -> ZoneInfo | None:
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


def _whole(sides: _Sides, extra: Sequence[int]) -> RawTable:
    form, sheet, columns = sides.form, sides.sheet, sides.columns
    rows, numbers = [], []
    for row in extra:
        made: list[Scalar] = [None] * len(form.header)
        for mine, theirs in columns.answers.items():
            made[mine] = sheet.rows[row][theirs]
        if columns.email:
            made[columns.email[0]] = sheet.rows[row][columns.email[1]]
        made[0] = None if columns.time is None else sheet.rows[row][columns.time]
        rows.append(tuple(made))
        numbers.append(sheet.numbers[row])
    ours = [sheet.numbers[sides.pairs[i]] if i in sides.pairs else 0 for i in range(len(form.rows))]
    return replace(
        form,
        rows=[*form.rows, *rows],
        numbers=[*ours, *numbers],
        ids=[*form.ids, *[""] * len(rows)],
        edited=[*form.edited, *[None] * len(rows)],
    )


def _changed(sides: _Sides) -> Iterator[Problem]:
    """One problem per column in which the sheet says something else than what was sent."""
    rows: dict[int, list[int]] = defaultdict(list)
    for mine, row in sides.pairs.items():
        number = sides.sheet.numbers[row]
        sent, stands = sides.sent[mine], sides.stands[row]
        for place, a, b in zip(sides.columns.answers.values(), sent, stands, strict=True):
            if a != b:
                rows[place].append(number)
        if sides.columns.email and sides.senders[mine] != sides.addresses[row]:
            rows[sides.columns.email[1]].append(number)
        if mine in sides.retimed and sides.columns.time is not None:
            rows[sides.columns.time].append(number)
    for place, numbers in sorted(rows.items()):
        yield Problem(
            sides.sheet.tab, numbers[0] if len(numbers) == 1 else 0,
            shorten(clean(sides.sheet.header[place])),
            say("the sheet says something else than what was sent, in {n} rows: {rows}",
                n=len(numbers), rows=_numbered(numbers)),
            say("What was sent counts. Is the sheet right, ask them to send it so; or write it "
                "into Changes."),
        )  # fmt: skip


def _missing(sides: _Sides, linked: Linked, form: Json) -> Iterator[Problem]:
    """Responses that have no row: deleted ones, and those that arrive elsewhere by now."""
    place = sides.columns.time
    latest = newest(sides.sheet.rows, [] if place is None else [place])
    gone = [i for i in range(len(sides.form.rows)) if i not in sides.pairs]
    late = [i for i in gone if (last := sides.last(i)) and (latest is None or last > latest)]
    deleted = len(gone) - len(late)
    if deleted:
        yield Problem(
            sides.sheet.tab, 0, "",
            say("{n} responses have no row here any more; they still count, since they are still "
                "in the form", n=deleted),
            say("If they were deleted on purpose, delete them in the form too: Responses, "
                "Individual. Weaver then asks what to do with them."),
        )  # fmt: skip
    target = form.get("linkedSheetId", "")
    if target != linked.book.id:
        yield Problem(
            sides.sheet.tab, 0, "",
            say("the form writes to another spreadsheet now, so nothing new arrives in this tab")
            if target else
            say("the form is no longer linked to this spreadsheet, so nothing new arrives here"),
            say("Put the address of the tab with the responses into google_sheet under [[form]], "
                "or take google_sheet out."),
        )  # fmt: skip
    elif len(late) >= LATE and not linked.others:
        yield Problem(
            sides.sheet.tab, 0, "",
            say("the last {n} responses haven't arrived in this tab", n=len(late)),
            say("Look in the form under Responses whether it is still linked to this tab. The "
                "responses count all the same."),
        )  # fmt: skip


def _typed(sides: _Sides, extra: Sequence[int]) -> Iterator[Problem]:
    if not extra:
        return
    numbers = [sides.sheet.numbers[row] for row in extra]
    yield Problem(
        sides.sheet.tab, numbers[0] if len(numbers) == 1 else 0, "",
        say("{n} rows are in the sheet alone: typed by hand, or their response was deleted in the "
            "form (rows {rows}); they count like any other", n=len(numbers),
            rows=_numbered(numbers)),
        say("If they shall not count, delete the rows. Sign-ons that come in on paper belong into "
            "the tab Sign-ons by hand."),
    )  # fmt: skip
    there = set(sides.columns.answers)
    first = min(there, default=len(sides.form.header))
    for place, title in enumerate(sides.form.header):
        if place >= first and place not in there and clean(title):
            yield Problem(
                sides.sheet.tab, 0, shorten(clean(title)),
                say("the sheet has no column with this title, so rows that were typed there lack "
                    "its answer"),
                say("Give the column the title that the question has in the form."),
            )  # fmt: skip


def _numbered(numbers: Sequence[int]) -> str:
    """Row numbers in words; not more than anybody would look up."""
    shown = ", ".join(str(number) for number in sorted(numbers)[:ROWS_SAID])
    more = len(numbers) - ROWS_SAID
    return shown + (say(" and {n} more", n=more) if more > 0 else "")
