"""What people do finds its place as people do, and leaves what it should where it should."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google_emulator import people
from tests.google_emulator.errors import GoogleError
from tests.google_emulator.forms.asking import OWNER
from tests.google_emulator.sheets.model import Sheet, Spreadsheet, create_spreadsheet
from tests.google_emulator.world import World

ROWS = [
    ["Key", "Organisation", "Decision"],
    ["S1", "Reed Cutters", None],
    ["S2", "Anglers", "accept"],
    ["S3", "Choir", None],
]


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def book(world: World) -> Spreadsheet:
    made = create_spreadsheet(world, "Working", OWNER, titles=("Start", "To decide"))
    made.sheet("To decide").write(0, 0, ROWS)
    return made


@pytest.fixture
def tab(book: Spreadsheet) -> Sheet:
    return book.sheet("To decide")


def keys(tab: Sheet) -> list[Any]:
    return [tab.value(row, 0) for row in range(1, tab.last_row())]


def test_typing_finds_its_cell_and_moves_the_time_of_the_file(
    world: World, book: Spreadsheet, tab: Sheet
) -> None:
    world.clock.advance(60)
    people.type_cell(world, book, "To decide", {"Key": "S3"}, "Decision", "don't list")
    people.type_cell(world, book, "To decide", 2, 2, "hold")
    assert [row[2] for row in tab.grid()] == ["Decision", "hold", "accept", "don't list"]
    assert world.files[book.id].modified == world.clock.now()


def test_typing_is_read_as_the_locale_has_it(world: World, book: Spreadsheet, tab: Sheet) -> None:
    people.type_cell(world, book, "To decide", 2, "Decision", "1.5")
    people.type_cell(world, book, "To decide", 3, "Decision", "'0042")
    assert [row[2] for row in tab.grid()[1:3]] == [1.5, "0042"]


def test_what_is_not_there_is_named(world: World, book: Spreadsheet) -> None:
    for where in (
        ("Nowhere", 2, "Key"), ("To decide", 2, "Who"), ("To decide", {"Key": "S9"}, "Key"),
    ):  # fmt: skip
        with pytest.raises(KeyError):
            people.type_cell(world, book, *where, "x")


def test_clearing_keeps_note_and_colour(world: World, book: Spreadsheet, tab: Sheet) -> None:
    where = ("To decide", {"Key": "S2"}, "Decision")
    people.note(world, book, *where, "Ask Ana")
    people.recolour(world, book, *where, blue=1.0)
    people.clear_cell(world, book, *where)
    cell = tab.cell(2, 2)
    assert cell is not None
    assert (cell.value, cell.note) == (None, "Ask Ana")
    assert (cell.format or {})["backgroundColor"]["blue"] == 1.0


def test_rows_are_inserted_deleted_moved_and_typed_below(
    world: World, book: Spreadsheet, tab: Sheet
) -> None:
    people.insert_rows(world, book, "To decide", {"Key": "S2"}, 2)
    assert keys(tab) == ["S1", None, None, "S2", "S3"]
    people.delete_rows(world, book, "To decide", 3, {"Key": "S1"}, 4)
    assert keys(tab) == ["S2", "S3"]
    people.move_row(world, book, "To decide", {"Key": "S3"}, {"Key": "S2"})
    new = [{"Key": "S8", "Decision": "hold"}, {"Key": "S9"}]
    assert people.type_rows_at_bottom(world, book, "To decide", new) == 4
    assert keys(tab) == ["S3", "S2", "S8", "S9"]


def test_a_full_tab_grows_when_somebody_types_below(
    world: World, book: Spreadsheet, tab: Sheet
) -> None:
    tab.delete_rows(4, tab.rows - 4)
    people.type_rows_at_bottom(world, book, "To decide", [{"Key": "S4"}, {"Key": "S5"}])
    assert (keys(tab)[-1], tab.rows) == ("S5", 6)


def test_sorting_takes_notes_and_comments_stay_on_their_place(
    world: World, book: Spreadsheet, tab: Sheet
) -> None:
    people.note(world, book, "To decide", {"Key": "S1"}, "Organisation", "Ida knows")
    people.sort_tab(world, book, "To decide", "Organisation")
    assert keys(tab) == ["S2", "S3", "S1"]
    people.sort_tab(world, book, "To decide", "Key", descending=True)
    assert keys(tab) == ["S3", "S2", "S1"]
    cell = tab.cell(3, 1)
    assert cell is not None
    assert cell.note == "Ida knows"
    assert tab.value(0, 0) == "Key"


def test_a_comment_goes_where_its_row_goes_and_dies_with_it(
    world: World, book: Spreadsheet, tab: Sheet
) -> None:
    people.comment(world, book, "To decide", {"Key": "S2"}, "Decision", "Really?")
    people.insert_rows(world, book, "To decide", 2)
    assert tab.comments[0]["range"]["startRowIndex"] == 3
    people.delete_rows(world, book, "To decide", {"Key": "S2"})
    assert tab.comments == []


def test_a_filter_hides_rows_and_hidden_rows_are_still_there(
    world: World, book: Spreadsheet, tab: Sheet
) -> None:
    people.filter_tab(world, book, "To decide", "Decision", [None])
    people.hide_rows(world, book, "To decide", {"Key": "S1"})
    assert tab.row_props == {2: {"hiddenByFilter": True}, 1: {"hiddenByUser": True}}
    assert tab.basic_filter == {
        "range": {"sheetId": tab.sheet_id, "startRowIndex": 0, "endRowIndex": 4,
                  "startColumnIndex": 0, "endColumnIndex": 3},
        "criteria": {"2": {"hiddenValues": ["accept"]}},
    }  # fmt: skip
    assert keys(tab) == ["S1", "S2", "S3"]


def test_columns(world: World, book: Spreadsheet, tab: Sheet) -> None:
    people.add_own_column(world, book, "To decide", "Ours", [({"Key": "S2"}, "later")])
    people.insert_column(world, book, "To decide", "Organisation", "Status")
    people.move_column(world, book, "To decide", "Key", None)
    people.delete_column(world, book, "To decide", "Decision")
    people.rename_column(world, book, "To decide", "Ours", "Mine")
    assert tab.grid()[0] == ["Status", "Organisation", "Mine", "Key"]
    assert tab.grid()[2] == [None, "Anglers", "later", "S2"]


def test_tabs(world: World, book: Spreadsheet, tab: Sheet) -> None:
    protection = people.protect_tab(world, book, "To decide", [OWNER])
    people.protect_range(world, book, "To decide", "Decision", warning_only=True)
    copy = people.duplicate_tab(world, book, "To decide")
    assert copy.grid() == tab.grid()
    assert copy.sheet_id != tab.sheet_id
    ranges = [thing["range"] for thing in copy.protected]
    assert {where["sheetId"] for where in ranges} == {copy.sheet_id}
    assert copy.protected[0]["protectedRangeId"] != protection["protectedRangeId"]
    assert protection["range"] == {"sheetId": tab.sheet_id}
    people.rename_tab(world, book, "To decide", "Decide")
    people.move_tab(world, book, "Decide", 0)
    people.delete_tab(world, book, "Start")
    people.hide_tab(world, book, "Copy of To decide")
    people.add_tab(world, book, "Own", 1)
    assert [(sheet.title, sheet.hidden) for sheet in book.sheets] == [
        ("Decide", False), ("Own", False), ("Copy of To decide", True),
    ]  # fmt: skip


def test_sharing_and_the_bin(world: World, book: Spreadsheet) -> None:
    weaver = "weaver@example.org"

    def code() -> int:
        try:
            world.demand(weaver, book.id, "writer")
        except GoogleError as error:
            return error.code
        return 200

    assert code() == 403
    people.share(world, book.id, weaver, "reader")
    assert code() == 403
    people.share(world, book.id, weaver)
    assert code() == 200
    people.trash(world, book.id)
    assert code() == 404
    people.restore(world, book.id)
    people.unshare(world, book.id, weaver)
    assert code() == 403


def test_an_uploaded_workbook_is_no_spreadsheet_until_it_is_converted(world: World) -> None:
    file_id = people.upload_xlsx(world, "Tracker.xlsx", OWNER)
    assert file_id not in world.spreadsheets
    made = people.convert(world, file_id)
    assert (made.title, made.id != file_id) == ("Tracker", True)
    assert world.spreadsheets[made.id] is made
