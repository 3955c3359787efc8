"""Where rows and columns of a tab have gone, told by the cells that nobody wrote over."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass

from config.raw import Scalar, is_blank
from connectors.cells import canonical, same
from connectors.google.book import Cells
from connectors.google.edits import Work
from connectors.merge import column_places

Place = tuple[int, int]
"""A cell of the grid: row and column, counted from 0."""


@dataclass(frozen=True)
class Whereabouts:
    """Today's rows and columns by where they stood before.

    Attributes:
        stood: the grid before.
        header: the header's row now.
        columns: column now → column before; without those that are new.
        rows: row now → row before; without those that are new, or that nobody can tell.
        unmoved: whether every column of before is where it was.
    """

    stood: Cells
    header: int
    columns: Mapping[int, int]
    rows: Mapping[int, int]
    unmoved: bool

    def row_after_header(self, row: int) -> bool:
        """Whether a row of now lies below the header."""
        return row > self.header


def at(cells: Cells, row: int | None, column: int | None) -> Scalar:
    """A cell of a ragged grid; None for what isn't there."""
    if row is None or column is None or row >= len(cells) or column >= len(cells[row]):
        return None
    return None if cells[row][column] == "" else cells[row][column]


def key_places(work: Work) -> list[int]:
    """The columns of the key."""
    titles = [column.title for column in work.plan.columns]
    found = column_places(work.plan, work.merged.header)
    wanted = (found[titles.index(title)] for title in work.plan.key)
    return [place for place in wanted if place is not None]


def whereabouts(
    work: Work, now: Cells, landed: Collection[Place], new: range
) -> Whereabouts | None:
    """Find rows and columns again; None where not even the header can be found.

    Args:
        work: the tab as it stood, and what was to be written.
        now: the grid as it is.
        landed: cells that were written over, which therefore tell nothing.
        new: rows that were inserted with the change.
    """
    stood = work.tab.cells if work.tab and work.tab.cells else ()
    titles = [at(stood, work.above, column) for column in range(_width(stood))]
    header = _header(titles, now, landed)
    if header is None:
        return None
    line = [None if (header, c) in landed else at(now, header, c) for c in range(_width(now))]
    columns = _columns(titles, line)
    back = {before: after for after, before in columns.items()}
    unmoved = all(back.get(c) == c for c, title in enumerate(titles) if not is_blank(title))
    seeker = _Rows(work, stood, now, landed, columns, header)
    rows = seeker.found([r for r in range(header + 1, len(now)) if r not in new], len(new), new)
    return Whereabouts(stood, header, columns, rows, unmoved)


def _width(cells: Cells) -> int:
    return max(map(len, cells), default=0)


def _header(titles: Sequence[Scalar], now: Cells, landed: Collection[Place]) -> int | None:
    """The row in which most of the titles stand that nobody wrote over."""
    wanted = Counter(title for title in titles if not is_blank(title))
    best, most = None, 0
    for row, line in enumerate(now):
        told = Counter(value for c, value in enumerate(line) if (row, c) not in landed)
        alike = (wanted & told).total()
        if alike > most:
            best, most = row, alike
    return best


def _columns(titles: Sequence[Scalar], line: Sequence[Scalar]) -> dict[int, int]:
    """Column now → before: by title, and what has none by its neighbours."""
    free: dict[Scalar, deque[int]] = defaultdict(deque)
    for place, title in enumerate(titles):
        if not is_blank(title):
            free[title].append(place)
    found = {c: free[title].popleft() for c, title in enumerate(line) if free.get(title)}
    taken = set(found.values())
    for order, step in ((range(len(line)), 1), (range(len(line) - 1, -1, -1), -1)):
        for c in order:
            near = found.get(c - step, -1 if c == 0 and step == 1 else None)
            guess = None if near is None else near + step
            told = not is_blank(line[c])
            if c in found or told or guess is None or not 0 <= guess < len(titles):
                continue
            if guess not in taken:
                found[c] = guess
                taken.add(guess)
    return found


@dataclass(frozen=True)
class _Rows:
    """The search for rows."""

    work: Work
    stood: Cells
    now: Cells
    landed: Collection[Place]
    columns: Mapping[int, int]
    header: int

    def found(self, rows: Sequence[int], many: int, new: range) -> dict[int, int]:
        """Row now → before: by key, by what stands in it, or where there is no key by place."""
        keys = key_places(self.work)
        if not keys:
            down = self.header - self.work.above
            return {r: r - down - (many if new and r >= new.start else 0) for r in rows}
        back = {before: after for after, before in self.columns.items()}
        places = [(back[key], key) for key in keys if key in back]
        free = self._by_key([key for _, key in places])
        found: dict[int, int] = {}
        for row in rows:
            key = self._key(row, [c for c, _ in places])
            if key and free.get(key):
                found[row] = free[key].popleft()
        left = sorted({i for group in free.values() for i in group})
        for row in rows:
            if row not in found and any((row, c) in self.landed for c in range(_width(self.now))):
                likest = max(left, key=lambda i, r=row: self._alike(r, i), default=None)  # type: ignore[misc]
                if likest is not None and self._alike(row, likest):
                    found[row] = likest
                    left.remove(likest)
        return found

    def _by_key(self, keys: Sequence[int]) -> dict[tuple[Hashable, ...], deque[int]]:
        free: dict[tuple[Hashable, ...], deque[int]] = defaultdict(deque)
        for row in range(self.work.above + 1, len(self.stood)):
            free[tuple(canonical(at(self.stood, row, c)) for c in keys)].append(row)
        return free

    def _key(self, row: int, places: Sequence[int]) -> tuple[Hashable, ...] | None:
        """The row's key; None where it has none, or where it was written over."""
        if not places or any((row, c) in self.landed for c in places):
            return None
        key = tuple(canonical(at(self.now, row, c)) for c in places)
        return key if any(part != "" for part in key) else None

    def _alike(self, row: int, before: int) -> int:
        """In how many cells a row of now says what one of before said."""
        return sum(
            same(value, at(self.now, row, c))
            for c, place in self.columns.items()
            if (row, c) not in self.landed and (value := at(self.stood, before, place)) is not None
        )
