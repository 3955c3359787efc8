"""Stock gspread: opening and reading."""

from __future__ import annotations

import re
from collections.abc import Iterator

import gspread
import pytest
from gspread.utils import Dimension, GridRangeType

from tests.google_emulator.gspread_scene import ROWS, WEAVER, Cases, Scene, run
from tests.google_emulator.sheets.model import create_spreadsheet

case = Cases()


# ---- opening


@case(1, "Client.open_by_key")
def open_by_key(s: Scene) -> Iterator[None]:
    found = s.gc.open_by_key(s.book.id)
    yield
    assert (found.title, found.id) == ("Members", s.book.id)


@case(1, "Client.open_by_url")
def open_by_url(s: Scene) -> Iterator[None]:
    found = s.gc.open_by_url(f"https://docs.google.com/spreadsheets/d/{s.book.id}/edit#gid=0")
    yield
    assert found.title == "Members"


@case(2, "Client.open")
def open_by_title(s: Scene) -> Iterator[None]:
    found = s.gc.open("Members")
    yield
    assert found.id == s.book.id


@case(1 + 2, "Client.openall")
def openall(s: Scene) -> Iterator[None]:
    create_spreadsheet(s.google.world, "Second", WEAVER)
    found = s.gc.openall()
    yield
    assert sorted(sheet.title for sheet in found) == ["Members", "Second"]


@case(1, "Client.list_spreadsheet_files")
def list_files(s: Scene) -> Iterator[None]:
    found = s.gc.list_spreadsheet_files("Members")
    yield
    assert [set(entry) for entry in found] == [{"id", "name", "createdTime", "modifiedTime"}]


@case(1, "Spreadsheet.worksheet")
def worksheet(s: Scene) -> Iterator[None]:
    found = s.sh.worksheet("Notes")
    yield
    assert found.index == 1
    with pytest.raises(gspread.WorksheetNotFound):
        s.sh.worksheet("Nowhere")


@case(1, "Spreadsheet.sheet1")
def sheet1(s: Scene) -> Iterator[None]:
    found = s.sh.sheet1
    yield
    assert (found.title, found.id) == ("Sheet1", 0)


@case(1, "Spreadsheet.get_worksheet")
def get_worksheet(s: Scene) -> Iterator[None]:
    found = s.sh.get_worksheet(1)
    yield
    assert found.title == "Notes"


@case(1, "Spreadsheet.get_worksheet_by_id")
def get_worksheet_by_id(s: Scene) -> Iterator[None]:
    found = s.sh.get_worksheet_by_id(s.book.sheets[1].sheet_id)
    yield
    assert found.title == "Notes"


@case(1, "Spreadsheet.worksheets")
def worksheets(s: Scene) -> Iterator[None]:
    found = s.sh.worksheets()
    yield
    assert [w.title for w in found] == ["Sheet1", "Notes"]
    assert [(w.row_count, w.col_count) for w in found] == [(10, 5), (1000, 26)]


@case(1, "Spreadsheet.fetch_sheet_metadata", "HTTPClient.fetch_sheet_metadata")
def metadata(s: Scene) -> Iterator[None]:
    found = s.sh.fetch_sheet_metadata()
    yield
    properties = found["properties"]
    assert (properties["title"], properties["locale"]) == ("Members", "en_US")
    assert properties["timeZone"] == "Etc/GMT"
    first = found["sheets"][0]["properties"]
    assert (first["sheetId"], first["index"]) == (0, 0)  # S-32
    assert "data" not in found["sheets"][0]


@case(1, "HTTPClient.spreadsheets_get")
def spreadsheets_get(s: Scene) -> Iterator[None]:
    found = s.gc.http_client.spreadsheets_get(s.book.id, {"fields": "sheets.properties.title"})
    yield
    titles = [{"properties": {"title": name}} for name in ("Sheet1", "Notes")]
    assert found == {"sheets": titles}


# ---- reading


@case(1, "Worksheet.get")
def get(s: Scene) -> Iterator[None]:
    found = s.ws.get("A1:E10")
    yield
    assert found == ROWS
    assert found.range == "Sheet1!A1:E10"
    assert s.ws.get("D5") == [[]]  # S-21
    assert s.ws.get("B1:C2", major_dimension=Dimension.cols) == [["Age", "007"], ["City", "Lyon"]]


@case(2, "Worksheet.get (merged)")
def get_merged(s: Scene) -> Iterator[None]:
    found = s.ws.get("A1:C3", combine_merged_cells=True)
    yield
    assert found == ROWS
    s.ws.merge_cells("A2:A3")
    merged = s.ws.get("A1:B3", combine_merged_cells=True)
    assert merged == [["Name", "Age"], ["Ana", "007"], ["Ana", "42"]]


@case(1, "Worksheet.get_values")
def get_values(s: Scene) -> Iterator[None]:
    found = s.ws.get_values("A1:C2", return_type=GridRangeType.ListOfLists)
    yield
    assert found == ROWS[:2]


@case(1, "Worksheet.get_all_values")
def get_all_values(s: Scene) -> Iterator[None]:
    found = s.ws.get_all_values()
    yield
    assert found == ROWS


@case(1, "Worksheet.get_all_records")
def get_all_records(s: Scene) -> Iterator[None]:
    found = s.ws.get_all_records()
    yield
    assert found[0] == {"Name": "Ana", "Age": 7, "City": "Lyon"}  # L-31: the zeros are gone


@case(1, "Worksheet.get_all_cells")
def get_all_cells(s: Scene) -> Iterator[None]:
    found = s.ws.get_all_cells()
    yield
    assert len(found) == 50
    assert found[5].value == "Ana"


@case(1, "Worksheet.range")
def cell_range(s: Scene) -> Iterator[None]:
    found = s.ws.range("A2:B3")
    yield
    assert [c.value for c in found] == ["Ana", "007", "Bo", "42"]


@case(1, "Worksheet.row_values")
def row_values(s: Scene) -> Iterator[None]:
    found = s.ws.row_values(2)
    yield
    assert found == ROWS[1]


@case(1, "Worksheet.col_values")
def col_values(s: Scene) -> Iterator[None]:
    found = s.ws.col_values(3)
    yield
    assert found == ["City", "Lyon", "Ghent"]
    assert s.ws.col_values(5) == []


@case(1, "Worksheet.acell")
def acell(s: Scene) -> Iterator[None]:
    found = s.ws.acell("B2")
    yield
    assert (found.row, found.col, found.value) == (2, 2, "007")


@case(1, "Worksheet.cell")
def cell(s: Scene) -> Iterator[None]:
    found = s.ws.cell(3, 1)
    yield
    assert found.value == "Bo"


@case(1, "Worksheet.find")
def find(s: Scene) -> Iterator[None]:
    found = s.ws.find("Ghent")
    yield
    assert (found.row, found.col) == (3, 3)


@case(1, "Worksheet.findall")
def findall(s: Scene) -> Iterator[None]:
    found = s.ws.findall(re.compile("n"), in_column=3)
    yield
    assert [(c.row, c.value) for c in found] == [(2, "Lyon"), (3, "Ghent")]


@case(1, "Worksheet.expand")
def expand(s: Scene) -> Iterator[None]:
    found = s.ws.expand("A2")
    yield
    assert found == ROWS[1:]


@case(1, "Worksheet.batch_get")
def batch_get(s: Scene) -> Iterator[None]:
    found = s.ws.batch_get(["A1:B1", "C:C", "A1:B1"])
    yield
    assert [block.range for block in found] == ["Sheet1!A1:B1", "Sheet1!C1:C10", "Sheet1!A1:B1"]
    assert found[1] == [["City"], ["Lyon"], ["Ghent"]]


@case(1, "Spreadsheet.values_batch_get", "HTTPClient.values_batch_get")
def values_batch_get(s: Scene) -> Iterator[None]:
    found = s.sh.values_batch_get(["Sheet1!A1", "Notes"])
    yield
    whole = {"range": "Notes!A1:Z1000", "majorDimension": "ROWS"}
    assert found["valueRanges"][1] == whole
    assert found["spreadsheetId"] == s.book.id


@case(1, "Spreadsheet.values_get", "HTTPClient.values_get")
def values_get(s: Scene) -> Iterator[None]:
    found = s.sh.values_get("Sheet1!A3:C")
    yield
    assert found == {"range": "Sheet1!A3:C10", "majorDimension": "ROWS", "values": ROWS[2:]}


@pytest.mark.parametrize("name", list(case))
def test_reading(stock: Scene, name: str) -> None:
    run(stock, case[name])
