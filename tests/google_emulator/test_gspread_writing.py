"""Stock gspread: writing, appending, inserting, clearing."""

from __future__ import annotations

from collections.abc import Iterator

import gspread
import pytest
from gspread.utils import ValueInputOption

from tests.google_emulator.gspread_scene import ROWS, Cases, Scene, run

case = Cases()


# ---- writing


@case(1, "Worksheet.update")
def update(s: Scene) -> Iterator[None]:
    told = s.ws.update([["=1+1", "0042", None], [7, True, ""]], "A2")
    yield
    assert told == {
        "spreadsheetId": s.book.id,
        "updatedRange": "Sheet1!A2:C3",
        "updatedRows": 2,
        "updatedColumns": 3,
        "updatedCells": 5,
    }
    assert s.grid[1] == ["=1+1", "0042", "Lyon"]  # raw; None leaves the cell
    assert s.grid[2] == [7, True]


@case(1, "Worksheet.update (typed)")
def update_typed(s: Scene) -> Iterator[None]:
    told = s.ws.update(
        [["0042", "2020-01-01"]],
        "A2",
        value_input_option=ValueInputOption.user_entered,
        include_values_in_response=True,
    )
    yield
    assert told["updatedData"]["values"] == [["42", "2020-01-01"]]
    raw = s.ws.get("A2:B2", value_render_option="UNFORMATTED_VALUE")
    assert raw == [[42, 43831]]  # S-46, S-42


@case(1, "Worksheet.update_cell")
def update_cell(s: Scene) -> Iterator[None]:
    s.ws.update_cell(2, 2, "0042")
    yield
    assert s.grid[1][1] == 42  # G-60: as if typed


@case(1, "Worksheet.update_acell")
def update_acell(s: Scene) -> Iterator[None]:
    s.ws.update_acell("B2", "'0042")
    yield
    assert s.grid[1][1] == "0042"  # S-49


@case(1, "Worksheet.update_cells")
def update_cells(s: Scene) -> Iterator[None]:
    s.ws.update_cells([gspread.Cell(2, 1, "x"), gspread.Cell(3, 2, "y")])
    yield
    assert s.grid[1][:2] == ["x", "007"]
    assert s.grid[2][:2] == ["Bo", "y"]


@case(1, "Worksheet.batch_update")
def batch_update(s: Scene) -> Iterator[None]:
    told = s.ws.batch_update(
        [{"range": "A2", "values": [["x"]]}, {"range": "B3:C3", "values": [["y", "z"]]}]
    )
    yield
    assert (told["totalUpdatedCells"], told["totalUpdatedSheets"]) == (3, 1)
    assert s.grid[1:] == [["x", "007", "Lyon"], ["Bo", "y", "z"]]


@case(1, "Spreadsheet.values_batch_update", "HTTPClient.values_batch_update")
def values_batch_update(s: Scene) -> Iterator[None]:
    data = [{"range": "Notes!B2", "values": [["x"]]}]
    s.sh.values_batch_update({"valueInputOption": "RAW", "data": data})
    yield
    assert s.sh.values_get("Notes!B2")["values"] == [["x"]]


@case(1, "Spreadsheet.values_update", "HTTPClient.values_update")
def values_update(s: Scene) -> Iterator[None]:
    s.sh.values_update("Sheet1!A2", {"valueInputOption": "RAW"}, {"values": [["x"]]})
    yield
    assert s.grid[1][0] == "x"


@case(1, "Worksheet.append_row")
def append_row(s: Scene) -> Iterator[None]:
    told = s.ws.append_row(["Cy", "1", "Bath"])
    yield
    assert told["tableRange"] == "Sheet1!A1:C3"
    assert told["updates"]["updatedRange"] == "Sheet1!A4:C4"
    assert s.grid[3] == ["Cy", "1", "Bath"]


@case(1, "Worksheet.append_rows")
def append_rows(s: Scene) -> Iterator[None]:
    s.ws.append_rows([["Cy"], ["Di", 2]], table_range="A1")
    yield
    assert s.grid[3:] == [["Cy"], ["Di", 2]]


@case(1, "Spreadsheet.values_append", "HTTPClient.values_append")
def values_append(s: Scene) -> Iterator[None]:
    s.sh.values_append("Sheet1", {"valueInputOption": "RAW"}, {"values": [["Cy"]]})
    yield
    assert s.grid[3] == ["Cy"]


@case(2, "Worksheet.insert_row")
def insert_row(s: Scene) -> Iterator[None]:
    s.ws.insert_row(["x", "y"], 2)
    yield
    assert s.grid == [ROWS[0], ["x", "y"], *ROWS[1:]]
    assert s.tab.rows == 11


@case(2, "Worksheet.insert_rows")
def insert_rows(s: Scene) -> Iterator[None]:
    s.ws.insert_rows([["x"], ["y"]], 3)
    yield
    assert s.grid == [*ROWS[:2], ["x"], ["y"], ROWS[2]]


@case(2, "Worksheet.insert_cols")
def insert_cols(s: Scene) -> Iterator[None]:
    s.ws.insert_cols([["x", "y"]], 2)
    yield
    assert s.ws.get_values("A1:C3") == [
        ["Name", "x", "Age"],
        ["Ana", "y", "007"],
        ["Bo", "", "42"],
    ]


@case(1, "Worksheet.clear")
def clear(s: Scene) -> Iterator[None]:
    told = s.ws.clear()
    yield
    assert told == {"spreadsheetId": s.book.id, "clearedRange": "Sheet1!A1:E10"}
    assert s.grid == []


@case(1, "Worksheet.batch_clear")
def batch_clear(s: Scene) -> Iterator[None]:
    told = s.ws.batch_clear(["A1:A2", "C1:C99"])
    yield
    assert told["clearedRanges"] == ["Sheet1!A1:A2", "Sheet1!C1:C10"]
    assert s.ws.get_all_values() == [["", "Age"], ["", "007"], ["Bo", "42"]]


@case(1, "Spreadsheet.values_clear", "HTTPClient.values_clear")
def values_clear(s: Scene) -> Iterator[None]:
    s.sh.values_clear("Sheet1!A1:E1")
    yield
    assert s.ws.row_values(1) == []


@case(1, "Spreadsheet.values_batch_clear", "HTTPClient.values_batch_clear")
def values_batch_clear(s: Scene) -> Iterator[None]:
    s.sh.values_batch_clear(body={"ranges": ["Sheet1"]})
    yield
    assert s.grid == []


@case(1, "Spreadsheet.batch_update", "HTTPClient.batch_update", "HTTPClient.request")
def spreadsheet_batch_update(s: Scene) -> Iterator[None]:
    told = s.sh.batch_update({"requests": [{"addSheet": {"properties": {"title": "New"}}}]})
    yield
    assert told["replies"][0]["addSheet"]["properties"]["title"] == "New"
    assert len(s.book.sheets) == 3


@pytest.mark.parametrize("name", list(case))
def test_writing(stock: Scene, name: str) -> None:
    run(stock, case[name])
