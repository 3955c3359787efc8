"""Writing, appending and clearing values (S-60 to S-73), and the limits (S-07 to S-11)."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from tests.google_emulator.clients import SHEETS, session
from tests.google_emulator.server import Emulator
from tests.google_emulator.sheets.calling import Api, Refusal, area
from tests.google_emulator.sheets.model import Box, Spreadsheet

RAW = {"valueRenderOption": "UNFORMATTED_VALUE"}


def test_s60_the_written_rectangle_is_told_and_nothing_else_touched(api: Api) -> None:
    block = [[row * 4 + column for column in range(4)] for row in range(4)]
    assert api.update("Sheet1!A1", block) == {
        "spreadsheetId": api.book.id,
        "updatedRange": "Sheet1!A1:D4",
        "updatedRows": 4,
        "updatedColumns": 4,
        "updatedCells": 16,
    }
    assert api.update("Sheet1!A1:B2", [["x", "y"]])["updatedRange"] == "Sheet1!A1:B1"
    assert api.rows("Sheet1!A1:B2", **RAW) == [["x", "y"], [4, 5]]


def test_s61_counts_ignore_nulls(api: Api) -> None:
    block: list[list[Any]] = [[None] * 4 for _ in range(6)]
    block[1][0], block[4][3] = "a", ""
    answer = api.update("Sheet1!A1", block)
    counts = [answer[f"updated{what}"] for what in ("Range", "Rows", "Columns", "Cells")]
    assert counts == ["Sheet1!A1:D6", 2, 2, 2]
    assert api.update("Sheet1!A1", [["a"], ["b", "c"], []])["updatedCells"] == 3
    nothing = api.update("Sheet1!A1", [[]])
    assert nothing == {"spreadsheetId": api.book.id, "updatedRange": "Sheet1!A1"}


@pytest.mark.parametrize(
    ("cells", "values", "told"),
    [
        ("Sheet1!A1:B1", [["a", "b", "c"]], "column [C]"),
        ("Sheet1!A1:B1", [["a"], ["b"]], "row [2]"),
        ("Sheet1!A1:B", [["a", "b", "c"]], "column [C]"),
        ("Sheet1!A3:A3", [["a", "b"]], "column [B]"),
        ("Sheet1!A3:A3", [["a"], ["b"]], "row [4]"),
    ],
)
def test_s62_a_block_larger_than_its_range(
    api: Api, cells: str, values: list[list[str]], told: str
) -> None:
    with pytest.raises(Refusal) as caught:
        api.update(cells, values)
    start = f"Requested writing within range [{cells.removesuffix(':A3')}"
    assert caught.value.message.startswith(start)
    assert caught.value.message.endswith(f"], but tried writing to {told}")
    assert api.rows("Sheet1") == []


def test_s62_a_single_cell_is_where_a_block_begins(api: Api) -> None:
    api.update("Sheet1!A3", [["a", "b"], ["c"]])
    assert api.rows("Sheet1!A3:B4") == [["a", "b"], ["c"]]
    api.update("Sheet1!A3:A3", [["d"]])
    assert api.rows("Sheet1!A3:B4") == [["d", "b"], ["c"]]


def test_s62_the_body_may_name_no_other_range(api: Api) -> None:
    api.update("Sheet1!A1", [["x"]], body={"range": "'Sheet1'!A1"})
    with pytest.raises(Refusal) as caught:
        api.update("Sheet1!ZZ999", [["x"]], body={"range": "Sheet1!ZZ998"})
    assert caught.value.message == (
        "Request range[Sheet1!ZZ999] does not match value's range[Sheet1!ZZ998]"
    )


@pytest.mark.parametrize("cells", ["Sheet1!A1001", "Sheet1!AA1"])
def test_s63_the_grid_is_not_grown_for_an_update(api: Api, cells: str) -> None:
    with pytest.raises(Refusal, match=r"exceeds grid limits. Max rows: 1000, max columns: 26"):
        api.update(cells, [["x"]])
    with pytest.raises(Refusal, match=r"Range \(Sheet1!A1000:A1001\) exceeds grid limits"):
        api.update("Sheet1!A1000", [["x"], ["y"]])
    assert api.rows("Sheet1") == []


def test_s65_batch_update_is_one_change_with_totals(api: Api) -> None:
    answer = api.batch_values({"Sheet1!A1": [["a", "b"]], "'P1'!B2:B3": [["c"], [None]]})
    totals = [answer[f"totalUpdated{what}"] for what in ("Rows", "Columns", "Cells", "Sheets")]
    assert totals == [2, 3, 3, 2]
    assert [r["updatedRange"] for r in answer["responses"]] == ["Sheet1!A1:B1", "'P1'!B2:B3"]
    with pytest.raises(Refusal) as caught:
        api.batch_values({"Sheet1!A1": [["changed"]], "NOPE!A1": [["x"]]})
    assert caught.value.message == "Invalid data[1]: Unable to parse range: NOPE!A1"
    assert api.rows("Sheet1") == [["a", "b"]]


@pytest.mark.parametrize(
    ("cells", "written"),
    [
        ("Sheet1", "Sheet1!B7"),
        ("Sheet1!B4", "Sheet1!B7"),
        ("Sheet1!C5:D5", "Sheet1!B7"),
        ("Sheet1!B2:D4", "Sheet1!B7"),
        ("Sheet1!A3:G10", "Sheet1!B7"),
        ("Sheet1!A1", "Sheet1!A3"),
        ("Sheet1!E4", "Sheet1!E4"),
        ("Sheet1!A4", "Sheet1!A4"),
    ],
)
def test_s66_append_finds_the_table_as_in_googles_example(
    api: Api, cells: str, written: str
) -> None:
    api.update("Sheet1!A1:C2", [["x", "y", "z"]] * 2)
    api.update("Sheet1!B4:D6", [["x", "y", "z"]] * 3)
    answer = api.append(cells, [["new"]])
    assert answer["updates"]["updatedRange"] == written
    table = {"Sheet1!B7": "Sheet1!B4:D6", "Sheet1!A3": "Sheet1!A1:C2"}.get(written)
    assert answer.get("tableRange") == table


def test_s67_a_gap_in_the_first_row_cuts_the_table(api: Api) -> None:
    first = api.append("Sheet1", [["x", "", "z"]])
    assert "tableRange" not in first
    second = api.append("Sheet1", [["a", "b", "c"]])
    assert second["tableRange"] == "Sheet1!A1"
    assert second["updates"]["updatedRange"] == "Sheet1!A2:C2"


def test_s67_the_table_after_one_row(api: Api) -> None:
    api.append("Sheet1", [list("abcdefghij")])
    assert api.append("Sheet1", [["k"]])["tableRange"] == "Sheet1!A1:J1"


def test_s68_overwrite_and_insert_rows(api: Api) -> None:
    api.update("Sheet1!A1", [["name"], ["a"], [], ["total"]])
    api.append("Sheet1!A1", [["b"], ["c"]])
    assert api.rows("Sheet1") == [["name"], ["a"], ["b"], ["c"]]
    api.clear("Sheet1")
    api.update("Sheet1!A1", [["name"], ["a"], [], ["total"]])
    api.append("Sheet1!A1", [["b"], ["c"]], insertDataOption="INSERT_ROWS")
    assert api.rows("Sheet1") == [["name"], ["a"], ["b"], ["c"], [], ["total"]]


def test_s70_append_grows_the_grid(api: Api, book: Spreadsheet) -> None:
    api.update("Sheet1!A1000", [["last"]])
    wide = list(range(30))
    assert api.append("Sheet1", [wide])["updates"]["updatedRange"] == "Sheet1!A1001:AD1001"
    assert (book.sheets[0].rows, book.sheets[0].columns) == (1001, 30)


def test_s71_checkboxes_filled_down_drive_the_append_below_the_fold(api: Api) -> None:
    api.update("Sheet1!A1", [["name", "done"], ["a", False]])
    api.update("Sheet1!B3:B1000", [[False]] * 998)
    assert api.append("Sheet1", [["b"]])["updates"]["updatedRange"] == "Sheet1!A1001"


def test_s72_append_cells_goes_below_the_last_row_with_data(api: Api) -> None:
    api.update("Sheet1!C5", [["a side note"]])
    rows = [{"values": [{"userEnteredValue": {"stringValue": "x"}}]}]
    api.one("appendCells", sheetId=0, rows=rows, fields="userEnteredValue")
    assert api.rows("Sheet1!A6") == [["x"]]


def test_s73_clear_keeps_formats_notes_and_validation(api: Api, book: Spreadsheet) -> None:
    sheet = book.sheets[0]
    sheet.set(0, 0, "x")
    sheet.note(0, 0, "ask her")
    sheet.colour(Box(0, 0, 1, 1))
    rule = {"condition": {"type": "BOOLEAN"}, "strict": True}
    sheet.change(0, 0, validation=rule)
    cleared = {"spreadsheetId": book.id, "clearedRange": "Sheet1!A1:Z1000"}
    assert api.clear("Sheet1") == cleared
    cell = book.sheets[0].cell(0, 0)
    assert cell is not None
    assert (cell.value, cell.note, cell.validation) == (None, "ask her", rule)
    assert cell.format
    both = api.post("/values:batchClear", {"ranges": ["Sheet1!A1:B", "'P1'!A1"]})
    assert both["clearedRanges"] == ["Sheet1!A1:B1000", "'P1'!A1"]


def test_values_are_told_if_asked_for(api: Api) -> None:
    more = {"includeValuesInResponse": "True", "responseValueRenderOption": "UNFORMATTED_VALUE"}
    answer = api.update("Sheet1!A1", [["=1+1", "x"]], "USER_ENTERED", **more)
    data = {"range": "Sheet1!A1:B1", "majorDimension": "ROWS", "values": [[2, "x"]]}
    assert answer["updatedData"] == data


def test_columns_may_be_written(api: Api) -> None:
    api.update("Sheet1!A1", [["a", "b"], ["c"]], body={"majorDimension": "COLUMNS"})
    assert api.rows("Sheet1") == [["a", "c"], ["b"]]


def test_concurrent_appends_get_rows_of_their_own(google: Emulator, api: Api) -> None:
    def run(name: str) -> None:
        with session(google, (SHEETS,)) as mine:
            for number in range(5):
                Api(mine, api.book).append("Sheet1", [[f"{name}{number}"]])

    threads = [threading.Thread(target=run, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    written = sorted(row[0] for row in api.rows("Sheet1"))
    assert written == sorted(f"{name}{number}" for name in "abc" for number in range(5))


def test_s07_ten_million_cells(api: Api) -> None:
    text = (
        "This action would increase the number of cells in the workbook "
        "above the limit of 10000000 cells."
    )
    grid = {"rowCount": 400_000, "columnCount": 26}
    properties = {"sheetId": 0, "gridProperties": grid}
    with pytest.raises(Refusal) as caught:
        api.one("updateSheetProperties", properties=properties, fields="gridProperties.rowCount")
    assert caught.value.message == f"Invalid requests[0].updateSheetProperties: {text}"
    with pytest.raises(Refusal, match="limit of 10000000 cells"):
        api.one("addSheet", properties={"title": "Big", "gridProperties": grid})
    with pytest.raises(Refusal, match="limit of 10000000 cells"):
        api.one("appendDimension", sheetId=0, dimension="ROWS", length=400_000)


def resize(api: Api, rows: int, columns: int) -> None:
    grid = {"rowCount": rows, "columnCount": columns}
    properties = {"sheetId": 0, "gridProperties": grid}
    api.one("updateSheetProperties", properties=properties, fields="gridProperties")


def test_s08_rows_are_counted_before_columns(api: Api) -> None:
    resize(api, 10, 10_000)
    with pytest.raises(Refusal, match="limit of 10000000 cells"):
        resize(api, 1_500, 100)
    resize(api, 10, 100)
    resize(api, 1_500, 100)


def test_s09_fifty_thousand_characters(api: Api) -> None:
    api.update("Sheet1!A1", [["x" * 50_000]])
    with pytest.raises(Refusal) as caught:
        api.update("Sheet1!A1", [["short", "x" * 50_001]])
    message = "Your input contains more than the maximum of 50000 characters in a single cell."
    assert caught.value.message == message
    assert len(api.rows("Sheet1!A1")[0][0]) == 50_000
    rows = [{"values": [{"userEnteredValue": {"stringValue": "x" * 50_001}}]}]
    with pytest.raises(Refusal) as caught:
        api.one("updateCells", rows=rows, start={"sheetId": 0}, fields="*")
    assert caught.value.message == f"Invalid requests[0].updateCells: {message}"


def test_s10_columns_end_at_zzz(api: Api) -> None:
    resize(api, 1, 18_278)
    assert api.values("Sheet1")["range"] == "Sheet1!A1:ZZZ1"
    with pytest.raises(Refusal, match="18278"):
        resize(api, 1, 18_279)


def test_s11_insert_rows_needs_room_that_overwrite_does_not(api: Api, book: Spreadsheet) -> None:
    book.sheets[0].rows, book.sheets[0].columns = 399_999, 25
    book.sheets[1].rows, book.sheets[1].columns = 25, 1
    assert book.cell_count() == 10_000_000
    api.update("Sheet1!A1", [["x"]])
    api.append("Sheet1", [["y"]])
    with pytest.raises(Refusal, match="limit of 10000000 cells"):
        api.append("Sheet1", [["z"]], insertDataOption="INSERT_ROWS")


def test_s81_protected_values(api: Api, book: Spreadsheet) -> None:
    book.sheets[0].protect(Box(0, 0, 1, 2), editors=["coordinator@example.org"])
    text = "You are trying to edit a protected cell or object. Please contact the spreadsheet owner"
    with pytest.raises(Refusal) as caught:
        api.update("Sheet1!A1", [["x"]])
    assert (caught.value.code, caught.value.status) == (400, "INVALID_ARGUMENT")
    assert caught.value.message.startswith(text)
    with pytest.raises(Refusal) as caught:
        api.batch_values({"Sheet1!C1": [["x"]], "Sheet1!B1": [["x"]]})
    assert caught.value.message.startswith(f"Invalid data[1]: {text}")
    with pytest.raises(Refusal, match="protected cell"):
        api.clear("Sheet1")
    assert api.rows("Sheet1") == []
    api.update("Sheet1!A2", [["x"]])
    assert area(0, 0, 1, 2) == api_range(api)


def api_range(api: Api) -> dict[str, int]:
    """The only protected range, with its sheet's id."""
    (protection,) = api.get()["sheets"][0]["protectedRanges"]
    return {"sheetId": 0, **protection["range"]}
