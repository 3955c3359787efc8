"""Which column of a form or tracker answers which field. Doubt is said, never guessed away."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from config.languages import TITLES
from config.statement import Statement
from config.tables import SIGNONS
from config.text import clean, fold, nearest

Names = Mapping[str, Sequence[str]]
NOTHING: Names = MappingProxyType({})
_GRID = re.compile(r"(?P<question>.*\S)\s*\[(?P<row>.*)\]\s*", re.DOTALL)


@dataclass(frozen=True)
class NearMiss:
    """A column that looks like a field but is not called so.

    Attributes:
        position: of the column, from 0.
        header: its title.
        field: which field is probably meant.
        known: the known wording that it resembles.
    """

    position: int
    header: str
    field: str
    known: str


@dataclass(frozen=True)
class Matched:
    """What the columns of a table are. Positions count from 0.

    Attributes:
        columns: field → positions, left to right; several where a question repeats.
        unknown: positions of titled columns that answer no field, near misses among them.
        untitled: positions of columns without a title.
        near: for unknown columns that resemble a field.
        contested: (position, fields) where one title is claimed by several fields.
    """

    columns: Mapping[str, tuple[int, ...]]
    unknown: tuple[int, ...] = ()
    untitled: tuple[int, ...] = ()
    near: tuple[NearMiss, ...] = ()
    contested: tuple[tuple[int, tuple[str, ...]], ...] = ()


def match(
    header: Sequence[str],
    wanted: Names,
    given: Names = NOTHING,
    ignore: Iterable[str] = (),
    grid: Iterable[str] = (),
) -> Matched:
    """Find the columns of each field.

    A coalition's own wordings come before the built-in ones, exact text before text without case,
    blanks, punctuation and accents.

    Args:
        header: titles as they stand.
        wanted: field → built-in wordings.
        given: field → the coalition's own wordings.
        ignore: titles that are nobody's field.
        grid: fields that may also be a row of a grid question, titled `Question [row]`.
    """
    layers = _layers(header, wanted, given)
    skip = {fold(title) for title in ignore}
    columns: dict[str, list[int]] = defaultdict(list)
    unknown: list[int] = []
    contested: list[tuple[int, tuple[str, ...]]] = []
    for position, title in enumerate(header):
        if not clean(title) or fold(title) in skip:
            continue
        fields = _claims(layers, title)
        if len(fields) == 1:
            columns[fields[0]].append(position)
        elif fields:
            contested.append((position, fields))
        else:
            unknown.append(position)
    unknown = _grid_rows(header, unknown, columns, layers[-1][0], set(grid))
    return Matched(
        {field: tuple(positions) for field, positions in columns.items()},
        tuple(unknown),
        tuple(i for i, title in enumerate(header) if not clean(title)),
        tuple(_near(header, unknown, wanted, given)),
        tuple(contested),
    )


def wordings(statement: Statement, letters: Iterable[Statement] = ()) -> dict[str, tuple[str, ...]]:
    """Built-in wordings per field of a sign-on, with the questions of statement and letters."""
    found = {
        column.name: (column.title, column.name, *TITLES.get(column.name, ()))
        for column in SIGNONS.columns
    }
    found["agreement"] = (*statement.questions, *found["agreement"])
    for version in (*statement.versions, *statement.translations):
        for point in version.points:
            texts = (point.question, point.text, point.id, point.field)
            known = found.get(point.field, ())
            found[point.field] = (*known, *(text for text in texts if text))
    return found | {letter.field: letter.questions for letter in letters}


def own_wordings(questions: Mapping[str, str | Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The wordings given in the settings, each field's as a tuple."""
    return {
        field: (texts,) if isinstance(texts, str) else tuple(texts)
        for field, texts in questions.items()
    }


Lookup = dict[str, tuple[str, ...]]


def _layers(header: Sequence[str], wanted: Names, given: Names) -> list[tuple[Lookup, bool]]:
    """Lookups in the order in which they are asked, and whether they hold folded texts."""
    exact = set(header)
    # An own wording that no column has to the letter means the one that differs in case or blanks,
    # even where that is a built-in wording of another field.
    absent = {f: [text for text in texts if text not in exact] for f, texts in given.items()}
    return [
        (_lookup(given, folded=False), False),
        (_lookup(absent, folded=True), True),
        (_lookup(wanted, folded=False), False),
        (_lookup(given, folded=True), True),
        (_lookup(wanted, folded=True), True),
    ]


def _claims(layers: Sequence[tuple[Lookup, bool]], title: str) -> tuple[str, ...]:
    folded = fold(title)
    found = (lookup.get(folded if by_fold else title, ()) for lookup, by_fold in layers)
    return next(filter(None, found), ())


def _lookup(names: Names, folded: bool) -> Lookup:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for field, texts in names.items():
        for text in texts:
            found[fold(text) if folded else text][field] = None
    return {text: tuple(fields) for text, fields in found.items()}


def _grid_rows(
    header: Sequence[str],
    unknown: list[int],
    columns: dict[str, list[int]],
    known: Lookup,
    grid: set[str],
) -> list[int]:
    """Match rows of a grid question; returns what is still unknown.

    Where two grids have the same rows, nobody can tell which one asks for agreement.
    """
    parts = {i: found for i in unknown if (found := _GRID.fullmatch(header[i]))}
    rows: dict[int, str] = {}
    for i, found in parts.items():
        fields = known.get(fold(found["row"]), ())
        if len(fields) == 1 and fields[0] in grid and fields[0] not in columns:
            rows[i] = fields[0]
    if len({fold(parts[i]["question"]) for i in rows}) > 1:
        return unknown
    for i, field in rows.items():
        columns[field].append(i)
    return [i for i in unknown if i not in rows]


def _near(
    header: Sequence[str], unknown: Iterable[int], wanted: Names, given: Names
) -> list[NearMiss]:
    owner = {text: f for names in (wanted, given) for f, texts in names.items() for text in texts}
    found = []
    for position in unknown:
        known = nearest(header[position], owner, cutoff=0.8)
        if known is not None:
            found.append(NearMiss(position, header[position], owner[known], known))
    return found
