"""Properties of the emulator itself: what goes in comes out, and a naive model agrees with it."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.google_emulator.errors import GoogleError
from tests.google_emulator.sheets.api import HANDLERS
from tests.google_emulator.sheets.calling import area, span
from tests.google_emulator.sheets.model import Sheet, Spreadsheet, create_spreadsheet
from tests.google_emulator.world import Call, World

OWNER = "coordinator@example.org"
Lines = list[list[Any]]

numbers = st.one_of(st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False))
scalars = st.one_of(numbers, st.booleans(), st.text(st.characters(codec="utf-8"), max_size=30))


def made(rows: int = 12, columns: int = 6) -> tuple[World, Spreadsheet]:
    world = World()
    book = create_spreadsheet(world, "Random", OWNER)
    book.sheets[0].rows, book.sheets[0].columns = rows, columns
    return world, book


def called(world: World, book: Spreadsheet, method: str, body: Any = None, **query: str) -> Any:
    path = {"spreadsheetId": book.id, "range": query.pop("range", "")}
    asked = {name: (value,) for name, value in query.items()}
    return HANDLERS[f"sheets.spreadsheets.{method}"](
        world, Call(method, path, asked, body or {}, OWNER)
    )


def batch(world: World, book: Spreadsheet, *requests: Any) -> Any:
    return called(world, book, "batchUpdate", {"requests": list(requests)})


def read(world: World, book: Spreadsheet) -> Lines:
    query = {"range": "Sheet1", "valueRenderOption": "UNFORMATTED_VALUE"}
    return called(world, book, "values.get", **query).get("values", [])


@given(st.lists(st.lists(scalars, min_size=1, max_size=6), min_size=1, max_size=6))
def test_what_is_written_raw_is_read_unformatted(block: Lines) -> None:
    world, book = made()
    called(
        world, book, "values.update", {"values": block}, range="Sheet1!A1", valueInputOption="RAW"
    )
    found = read(world, book)
    padded = [[*line, *[""] * (6 - len(line))] for line in found]
    padded += [[""] * 6 for _ in range(len(block) - len(found))]
    for line, read_line in zip(block, padded, strict=True):
        for value, got in zip(line, read_line, strict=False):
            assert got == value
            assert isinstance(got, bool) == isinstance(value, bool)
    assert not found or (found[-1] and all(not line or line[-1] != "" for line in found))


@given(scalars)
def test_a_number_typed_as_formatted_reads_back_the_same_in_text(value: Any) -> None:
    """FORMULA and UNFORMATTED agree where there is no formula; FORMATTED is always text."""
    world, book = made()
    book.sheets[0].set(0, 0, value)
    plain, formula, shown = (
        called(world, book, "values.get", range="A1", valueRenderOption=option).get("values")
        for option in ("UNFORMATTED_VALUE", "FORMULA", "FORMATTED_VALUE")
    )
    assert plain == formula
    assert shown is None or isinstance(shown[0][0], str)


class Naive:
    """Twelve rows of six cells, as anybody would write them down."""

    def __init__(self) -> None:
        self.rows: Lines = [[None] * 6 for _ in range(12)]

    def write(self, row: int, column: int, value: Any) -> None:
        self.rows[row][column] = None if value == "" else value

    def insert(self, at: int) -> None:
        self.rows.insert(at, [None] * 6)

    def delete(self, at: int) -> None:
        del self.rows[at]

    def move(self, at: int, to: int) -> None:
        line = self.rows[at]
        self.rows.insert(to, line)
        del self.rows[at if to > at else at + 1]

    def sort(self, column: int) -> None:
        filled = [row for row in self.rows if row[column] is not None]
        blank = [row for row in self.rows if row[column] is None]
        self.rows = sorted(filled, key=lambda row: row[column]) + blank

    def trimmed(self) -> Lines:
        lines = [list(row) for row in self.rows]
        for line in lines:
            while line and line[-1] is None:
                line.pop()
        while lines and not lines[-1]:
            lines.pop()
        return [["" if value is None else value for value in line] for line in lines]


def operations() -> st.SearchStrategy[tuple[Any, ...]]:
    row, column = st.integers(0, 11), st.integers(0, 5)
    return st.one_of(
        st.tuples(st.just("write"), row, column, st.integers(0, 9)),
        st.tuples(st.just("write"), row, column, st.just("")),
        st.tuples(st.just("insert"), row),
        st.tuples(st.just("delete"), row),
        st.tuples(st.just("move"), row, row),
        st.tuples(st.just("sort"), column),
        st.tuples(st.just("append"), st.integers(0, 9)),
    )


def apply(world: World, book: Spreadsheet, naive: Naive, operation: tuple[Any, ...]) -> None:
    """The same on both; what the grid has no room for is left out."""
    kind, *rest = operation
    sheet: Sheet = book.sheets[0]
    size = len(naive.rows)
    if kind == "write" and rest[0] < size:
        naive.write(*rest)
        data = [{"range": f"Sheet1!{'ABCDEF'[rest[1]]}{rest[0] + 1}", "values": [[rest[2]]]}]
        called(world, book, "values.batchUpdate", {"valueInputOption": "RAW", "data": data})
    elif kind == "insert" and rest[0] < size:
        naive.insert(rest[0])
        batch(world, book, {"insertDimension": {"range": span("ROWS", rest[0], rest[0] + 1)}})
    elif kind == "delete" and rest[0] < size > 1:
        naive.delete(rest[0])
        batch(world, book, {"deleteDimension": {"range": span("ROWS", rest[0], rest[0] + 1)}})
    elif kind == "move" and max(rest) < size and rest[1] not in (rest[0], rest[0] + 1):
        naive.move(*rest)
        source = span("ROWS", rest[0], rest[0] + 1)
        batch(world, book, {"moveDimension": {"source": source, "destinationIndex": rest[1]}})
    elif kind == "sort":
        naive.sort(rest[0])
        specs = [{"dimensionIndex": rest[0], "sortOrder": "ASCENDING"}]
        where = area(0, 0, sheet.rows, 6)
        batch(world, book, {"sortRange": {"range": where, "sortSpecs": specs}})
    elif kind == "append":
        last = len(naive.trimmed())
        naive.rows += [[None] * 6] * max(0, last + 1 - size)
        naive.rows[last] = [rest[0], *[None] * 5]
        cell = {"userEnteredValue": {"numberValue": rest[0]}}
        rows = [{"values": [cell]}]
        batch(world, book, {"appendCells": {"sheetId": 0, "rows": rows, "fields": "*"}})


@settings(max_examples=60)
@given(st.lists(operations(), max_size=25))
def test_random_changes_agree_with_a_naive_model(changes: list[tuple[Any, ...]]) -> None:
    world, book = made()
    naive = Naive()
    for change in changes:
        apply(world, book, naive, change)
        assert read(world, book) == naive.trimmed()
        assert book.sheets[0].rows == len(naive.rows)


BAD = (
    {"deleteSheet": {"sheetId": 99}},
    {"repeatCell": {"range": area(0, 0, 1, 1), "cell": {}}},
    {"updateCells": {"start": {"sheetId": 0, "rowIndex": 50}, "rows": [{}], "fields": "*"}},
    {"addSheet": {"properties": {"title": "New", "sheetId": 0}}},
    {"insertDimension": {"range": span("ROWS", 0, 1), "inheritFromBefore": True}},
    {"deleteConditionalFormatRule": {"sheetId": 0, "index": 3}},
)
GOOD = (
    {"insertDimension": {"range": span("ROWS", 1, 3)}},
    {"addSheet": {"properties": {"sheetId": 5, "title": "Five"}}},
    {"updateSheetProperties": {"properties": {"sheetId": 0, "title": "One"}, "fields": "title"}},
    {"repeatCell": {"range": area(0, 0, 2, 2), "cell": {"note": "n"}, "fields": "note"}},
    {"addProtectedRange": {"protectedRange": {"range": area(0, 0, 1, 1)}}},
    {"updateSpreadsheetProperties": {"properties": {"title": "T"}, "fields": "title"}},
)


@settings(max_examples=60)
@given(st.permutations(GOOD), st.sampled_from(BAD), st.integers(0, 6))
def test_a_bad_request_anywhere_leaves_everything_as_it_was(good: Any, bad: Any, at: int) -> None:
    world, book = made()
    book.sheets[0].write(0, 0, [["a", "b"], ["c", 1]])
    everything = {"includeGridData": "true"}
    before = called(world, book, "get", **everything)
    requests = [*good[:at], bad, *good[at:]]
    with pytest.raises(GoogleError) as caught:
        batch(world, book, *requests)
    (kind,) = bad
    assert caught.value.message.startswith(f"Invalid requests[{at}].{kind}: ")
    assert called(world, book, "get", **everything) == before
    assert world.files[book.id].modified == world.files[book.id].created


def test_numbers_are_doubles() -> None:
    world, book = made()
    book.sheets[0].set(0, 0, 2**53 + 1)
    book.sheets[0].set(0, 1, -0.0)
    (line,) = read(world, book)
    assert line == [2**53, 0]
    assert not math.copysign(1, line[1]) < 0
