"""What Weaver wants in a tab, laid over what stands there. People's cells are never changed."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from config.errors import WrongSettings
from config.raw import RawTable, Scalar, is_blank
from config.tabplan import ColumnPlan, TabPlan
from config.text import fold
from config.words import say
from connectors.cells import canonical, has_lost, held, is_plain, is_too_long, same

__all__ = ["Merged", "column_places", "merge", "same"]

Row = tuple[Scalar, ...]


@dataclass(frozen=True)
class Merged:
    """A tab as it is to be.

    Attributes:
        header: titles in the order of the grid.
        rows: the grid below the header; people's rows, own columns and all.
        numbers: the row number of each row as a spreadsheet shows it (the header is row 1).
        columns: per column of the grid its plan, None for a column that people added.
        changed: Weaver's cells, titles among them, that differ from what stands there.
        cut: (row number, column title) of texts too long for a cell.
        replaced: the same of texts with characters that no workbook can hold.
    """

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    numbers: tuple[int, ...]
    columns: tuple[ColumnPlan | None, ...]
    changed: int
    cut: tuple[tuple[int, str], ...] = ()
    replaced: tuple[tuple[int, str], ...] = ()


def merge(plan: TabPlan, current: RawTable | None) -> Merged:
    """Lay the plan over the tab as it stands (None: there is no such tab yet)."""
    standing = current or RawTable(plan.title, (), (), ())
    if plan.peoples and standing.header:
        plan = _standing_alone(plan, standing.header)
    work = _Work(plan, *_layout(plan, standing.header))
    if plan.peoples:
        work.as_people_left_it(standing)
    elif plan.key:
        work.by_key(standing)
    else:
        work.by_place(standing)
    return work.done()


def _layout(
    plan: TabPlan, header: Sequence[str]
) -> tuple[tuple[str, ...], tuple[int, ...], tuple[ColumnPlan | None, ...], int]:
    """The header to be, each planned column's place in it, each place's plan, titles added."""
    _told_apart(plan, header)
    found = column_places(plan, header)
    titles = list(header)
    places = []
    for column, place in zip(plan.columns, found, strict=True):
        places.append(len(titles) if place is None else place)
        if place is None:
            titles.append(column.title)
    columns: list[ColumnPlan | None] = [None] * len(titles)
    for column, at in zip(plan.columns, places, strict=True):
        columns[at] = column
    return tuple(titles), tuple(places), tuple(columns), len(titles) - len(header)


def _standing_alone(plan: TabPlan, header: Sequence[str]) -> TabPlan:
    """The plan of a tab of people's with the columns alone that stand there, each only once.

    A column that they deleted or renamed never comes back.
    """
    titles = [title.strip() for title in header]
    places = column_places(plan, header)
    kept = [
        column for column, place in zip(plan.columns, places, strict=True)
        if place is not None and titles.count(titles[place]) == 1
    ]  # fmt: skip
    return replace(plan, columns=tuple(kept))


def _told_apart(plan: TabPlan, header: Sequence[str]) -> None:
    """Nothing is written or read where a column of people's may be taken for one of the plan's.

    Of several with one title, the plan's is the one beside its neighbours, if it comes first.

    Raises:
        WrongSettings: another one might be it.
    """
    titles, wanted = [t.strip() for t in header], [column.title for column in plan.columns]
    for i, title in enumerate(wanted):
        places = [p for p, found in enumerate(titles) if found == title]
        if len(places) < 2:
            continue
        near = [_neighbours(titles, p) for p in places]
        first, *others = (sum(map(_same_title, n, _neighbours(wanted, i))) for n in near)
        if first <= max(others):
            raise WrongSettings(
                say("Two columns are called “{title}”, and Weaver can't tell which of them is the "
                    "one that it knows.", title=title),
                plan.title,
                say("Give the column that you added another title."),
            )  # fmt: skip


def _neighbours(titles: Sequence[str], place: int) -> tuple[str, str]:
    """The titles at the left and at the right; "" beyond the ends."""
    return ("", *titles, "")[place], ("", *titles, "")[place + 2]


def _same_title(one: str, other: str) -> bool:
    return one == other != ""


def column_places(plan: TabPlan, header: Sequence[str]) -> list[int | None]:
    """Where each planned column stands.

    Only columns that Weaver won't overwrite, or can't do without, are also found by a title
    that differs in case or punctuation: a column that people added stays theirs.
    """
    places: list[int | None] = [None] * len(plan.columns)
    ways: tuple[Callable[[str], str], ...] = (str.strip, fold)
    for way in ways:
        titles = [way(title) for title in header]
        for i, column in enumerate(plan.columns):
            strict = way is fold and column.ours and column.title not in plan.key
            if places[i] is not None or strict:
                continue
            wanted = way(column.title)
            free = (p for p, t in enumerate(titles) if t == wanted and p not in places)
            places[i] = next(free, None)
    return places


@dataclass
class _Work:
    """A merge under way."""

    plan: TabPlan
    header: tuple[str, ...]
    places: tuple[int, ...]
    columns: tuple[ColumnPlan | None, ...]
    changed: int
    rows: dict[int, list[Scalar]] = field(default_factory=dict)
    cut: list[tuple[int, str]] = field(default_factory=list)
    replaced: list[tuple[int, str]] = field(default_factory=list)
    noted: set[int] = field(default_factory=set)
    """Rows beside which people wrote something, where rows can be known."""

    def by_key(self, standing: RawTable) -> None:
        """Rows stay where they are; Weaver's cells are found by the row's key."""
        self._take(standing)
        keys = [self.plan.columns.index(c) for c in self.plan.columns if c.title in self.plan.key]
        found = self._by_key([self.places[i] for i in keys], self.rows)
        adds = self.plan.grows and all(self.plan.columns[i].ours for i in keys)
        last = max(self.rows, default=1)
        for planned in self.plan.rows:
            waiting = found.get(tuple(canonical(planned[i]) for i in keys))
            if waiting:
                self._write(waiting.popleft(), planned)
            elif adds:
                last += 1
                self._append(last, planned)

    def by_place(self, standing: RawTable) -> None:
        """Weaver's columns are replaced from the top; people's own cells stay in their rows.

        Where rows can be known, one with a cell of people's stays where it is.
        """
        self._take(standing)
        free = self._beside_notes()
        nothing: Row = (None,) * len(self.plan.columns)
        places = (n for n in count(2) if n not in self.noted)
        last = 1
        for planned, number in zip(free, places, strict=False):
            (self._write if number in self.rows else self._append)(number, planned)
            last = number
        for number in [n for n in self.rows if n > last and n not in self.noted]:
            self._write(number, nothing)
            if all(is_blank(cell) for cell in self.rows[number]):
                del self.rows[number]

    def _beside_notes(self) -> list[Row]:
        """Write the rows beside which people wrote something; the planned rows that are left."""
        if not self.plan.known_by:
            return list(self.plan.rows)
        own = [place for place, column in enumerate(self.columns) if column is None]
        self.noted = {
            number for number, row in self.rows.items()
            if any(not is_blank(row[place]) for place in own)
        }  # fmt: skip
        keys = [i for i, c in enumerate(self.plan.columns) if c.title in self.plan.known_by]
        found = self._by_key([self.places[i] for i in keys], self.noted)
        left, over = [], set(self.noted)
        for planned in self.plan.rows:
            waiting = found.get(tuple(canonical(planned[i]) for i in keys))
            if waiting:
                over.remove(waiting[0])
                self._write(waiting.popleft(), planned)
            else:
                left.append(planned)
        for number in over:
            self._write(number, self._over(self.rows[number]))
        return left

    def _over(self, row: Sequence[Scalar]) -> Row:
        """What stays of a row that is no longer planned."""
        return tuple(
            row[place] if column.title in self.plan.stays else None
            for column, place in zip(self.plan.columns, self.places, strict=True)
        )

    def as_people_left_it(self, standing: RawTable) -> None:
        """Every cell stays; a tab that is made now gets its example."""
        self._take(standing)
        if standing.header or not self.plan.example:
            return
        self.rows[2] = [held(value) for value in self.plan.example]
        self.changed += sum(not is_blank(value) for value in self.plan.example)

    def done(self) -> Merged:
        numbers = tuple(sorted(self.rows))
        return Merged(
            self.header,
            tuple(tuple(self.rows[n]) for n in numbers),
            numbers,
            self.columns,
            self.changed,
            tuple(self.cut),
            tuple(self.replaced),
        )

    def _take(self, standing: RawTable) -> None:
        width = len(self.header)
        for number, row in zip(standing.numbers, standing.rows, strict=True):
            self.rows[number] = [*row, *[None] * (width - len(row))]

    def _by_key(
        self, places: Sequence[int], among: Iterable[int]
    ) -> dict[tuple[Hashable, ...], deque[int]]:
        """Row numbers by key, in order. A row without a key is people's, where rows are added."""
        found: dict[tuple[Hashable, ...], deque[int]] = defaultdict(deque)
        for number in sorted(among):
            key = tuple(canonical(self.rows[number][p]) for p in places)
            if not self.plan.grows or any(part != "" for part in key):
                found[key].append(number)
        return found

    def _append(self, number: int, planned: Sequence[Scalar]) -> None:
        self.rows[number] = [None] * len(self.header)
        self._write(number, planned, fresh=True)

    def _write(self, number: int, planned: Sequence[Scalar], fresh: bool = False) -> None:
        row = self.rows[number]
        for column, place, value in zip(self.plan.columns, self.places, planned, strict=True):
            if not column.ours:
                continue
            if isinstance(value, str) and not is_plain(value):
                self._list(number, column.title, value)
            # A new cell gets even what would be no reason to change one, such as a lone blank.
            if not same(row[place], value) or (fresh and held(value) not in (None, "")):
                row[place] = held(value)
                self.changed += 1

    def _list(self, number: int, title: str, text: str) -> None:
        if is_too_long(text):
            self.cut.append((number, title))
        if has_lost(text):
            self.replaced.append((number, title))
