"""What people do to cells, rows and columns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from tests.google_emulator.people.finding import Column, Row, table_of
from tests.google_emulator.sheets.model import Box, Spreadsheet, Value, type_into
from tests.google_emulator.world import World


def type_cell(
    world: World, spreadsheet: Spreadsheet, tab: str, row: Row, column: Column, text: str
) -> None:
    """Type into a cell; what is typed is read as the spreadsheet's locale has it."""
    with world.lock:
        table = table_of(spreadsheet, tab)
        at = table.row(row), table.column(column)
        type_into(world, spreadsheet, table.sheet, *at, text)


def clear_cell(world: World, spreadsheet: Spreadsheet, tab: str, row: Row, column: Column) -> None:
    """Delete what a cell holds; its format and note stay."""
    with world.lock:
        table = table_of(spreadsheet, tab)
        table.sheet.set(table.row(row), table.column(column), None)
        world.touch(spreadsheet.id)


def type_rows_at_bottom(
    world: World, spreadsheet: Spreadsheet, tab: str, rows: Sequence[Mapping[str, str]]
) -> int:
    """Type rows (title → text) below the last that holds something; the first one's number."""
    with world.lock:
        table = table_of(spreadsheet, tab)
        first = max(table.sheet.last_row(), table.top + 1)
        short = first + len(rows) - table.sheet.rows
        if short > 0:
            table.sheet.insert_rows(table.sheet.rows, short)
        for at, row in enumerate(rows, first):
            for title, text in row.items():
                type_into(world, spreadsheet, table.sheet, at, table.column(title), text)
        world.touch(spreadsheet.id)
        return first + 1


def insert_rows(
    world: World, spreadsheet: Spreadsheet, tab: str, before: Row, count: int = 1
) -> None:
    """Insert empty rows above a row."""
    with world.lock:
        table = table_of(spreadsheet, tab)
        table.sheet.insert_rows(table.row(before), count)
        world.touch(spreadsheet.id)


def delete_rows(world: World, spreadsheet: Spreadsheet, tab: str, *rows: Row) -> None:
    """Delete rows with all that lies on them."""
    with world.lock:
        table = table_of(spreadsheet, tab)
        for at in sorted({table.row(row) for row in rows}, reverse=True):
            table.sheet.delete_rows(at, 1)
        world.touch(spreadsheet.id)


def move_row(world: World, spreadsheet: Spreadsheet, tab: str, row: Row, before: Row) -> None:
    """Drag a row to above another."""
    with world.lock:
        table = table_of(spreadsheet, tab)
        table.sheet.move_rows(table.row(row), 1, table.row(before))
        world.touch(spreadsheet.id)


def hide_rows(world: World, spreadsheet: Spreadsheet, tab: str, *rows: Row) -> None:
    """Hide rows."""
    with world.lock:
        table = table_of(spreadsheet, tab)
        table.sheet.hide_rows([table.row(row) for row in rows])
        world.touch(spreadsheet.id)


def sort_tab(
    world: World, spreadsheet: Spreadsheet, tab: str, column: Column, descending: bool = False
) -> None:
    """Sort everything below the header by one column."""
    with world.lock:
        table = table_of(spreadsheet, tab)
        table.sheet.sort(table.body(), [(table.column(column), descending)])
        world.touch(spreadsheet.id)


def filter_tab(
    world: World, spreadsheet: Spreadsheet, tab: str, column: Column, keep: Collection[Value]
) -> None:
    """Set a filter that only shows rows with one of the values; the others are hidden."""
    with world.lock:
        table = table_of(spreadsheet, tab)
        sheet, place = table.sheet, table.column(column)
        hidden = [row for row in table.rows() if sheet.value(row, place) not in keep]
        box = Box(table.top, 0, sheet.last_row(), len(table.titles()))
        sheet.filter(box, hidden)
        values = sorted({_shown(sheet.value(row, place)) for row in hidden})
        assert sheet.basic_filter is not None
        sheet.basic_filter["criteria"] = {str(place): {"hiddenValues": values}}
        world.touch(spreadsheet.id)


def _shown(value: Value) -> str:
    return "" if value is None else str(value)


def insert_column(
    world: World, spreadsheet: Spreadsheet, tab: str, before: Column, title: str = ""
) -> None:
    """Insert a column at the left of another."""
    with world.lock:
        table = table_of(spreadsheet, tab)
        at = table.column(before)
        table.sheet.insert_columns(at, 1)
        if title:
            type_into(world, spreadsheet, table.sheet, table.top, at, title)
        world.touch(spreadsheet.id)


def add_own_column(
    world: World,
    spreadsheet: Spreadsheet,
    tab: str,
    title: str,
    texts: Iterable[tuple[Row, str]] = (),
) -> int:
    """Begin a column of one's own at the right of the others; its place."""
    with world.lock:
        table = table_of(spreadsheet, tab)
        at = max(len(line) for line in [[], *table.sheet.grid()])
        if at >= table.sheet.columns:
            table.sheet.insert_columns(table.sheet.columns, 1)
        type_into(world, spreadsheet, table.sheet, table.top, at, title)
        for row, text in texts:
            type_into(world, spreadsheet, table.sheet, table.row(row), at, text)
        return at


def delete_column(world: World, spreadsheet: Spreadsheet, tab: str, column: Column) -> None:
    """Delete a column."""
    with world.lock:
        table = table_of(spreadsheet, tab)
        table.sheet.delete_columns(table.column(column), 1)
        world.touch(spreadsheet.id)


def move_column(
    world: World, spreadsheet: Spreadsheet, tab: str, column: Column, before: Column | None
) -> None:
    """Drag a column to the left of another, or behind the last that has a title."""
    with world.lock:
        table = table_of(spreadsheet, tab)
        to = len(table.titles()) if before is None else table.column(before)
        table.sheet.move_columns(table.column(column), 1, to)
        world.touch(spreadsheet.id)


def rename_column(
    world: World, spreadsheet: Spreadsheet, tab: str, column: Column, title: str
) -> None:
    """Type another title over a header."""
    with world.lock:
        table = table_of(spreadsheet, tab)
        type_into(world, spreadsheet, table.sheet, table.top, table.column(column), title)


def note(
    world: World, spreadsheet: Spreadsheet, tab: str, row: Row, column: Column, text: str
) -> None:
    """Write a note on a cell."""
    with world.lock:
        table = table_of(spreadsheet, tab)
        table.sheet.note(table.row(row), table.column(column), text)
        world.touch(spreadsheet.id)


def recolour(
    world: World, spreadsheet: Spreadsheet, tab: str, row: Row, column: Column, **colour: float
) -> None:
    """Colour a cell; yellow unless red, green and blue say otherwise."""
    with world.lock:
        table = table_of(spreadsheet, tab)
        top, left = table.row(row), table.column(column)
        table.sheet.colour(Box(top, left, top + 1, left + 1), **colour)
        world.touch(spreadsheet.id)


def comment(
    world: World, spreadsheet: Spreadsheet, tab: str, row: Row, column: Column, text: str
) -> dict[str, Any]:
    """Begin a thread of comments on a cell; the API doesn't show it, but it moves with its cell."""
    with world.lock:
        table = table_of(spreadsheet, tab)
        top, left = table.row(row), table.column(column)
        where = Box(top, left, top + 1, left + 1).grid_range(table.sheet.sheet_id)
        thread = {"range": where, "text": text}
        table.sheet.comments.append(thread)
        world.touch(spreadsheet.id)
        return thread
