"""Reads: ranges, trimming, refusals (S-21 to S-33)."""

from __future__ import annotations

import pytest

from tests.google_emulator.server import Emulator
from tests.google_emulator.sheets.calling import Api, Refusal, area
from tests.google_emulator.sheets.model import Spreadsheet


def test_s21_an_empty_range_has_no_values(api: Api) -> None:
    assert api.values("Sheet1!D4") == {"range": "Sheet1!D4", "majorDimension": "ROWS"}


def test_s22_trailing_empties_are_dropped_and_inner_ones_kept(api: Api) -> None:
    api.update("Sheet1!A1", [["a", "", "c", ""], [], ["", "b"], ["", ""]])
    assert api.rows("Sheet1") == [["a", "", "c"], [], ["", "b"]]
    columns = api.values("Sheet1!A1:D4", majorDimension="COLUMNS")
    assert columns["majorDimension"] == "COLUMNS"
    assert columns["values"] == [["a"], ["", "", "b"], ["c"]]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Sheet1", "Sheet1!A1:Z1000"),
        ("'Sheet1'", "Sheet1!A1:Z1000"),
        ("Sheet1!A:A", "Sheet1!A1:A1000"),
        ("Sheet1!A1:C", "Sheet1!A1:C1000"),
        ("Sheet1!C:A", "Sheet1!A1:C1000"),
        ("Sheet1!A2:2", "Sheet1!A2:Z2"),
        ("Sheet1!2:3", "Sheet1!A2:Z3"),
        ("Sheet1!D4:A1", "Sheet1!A1:D4"),
        ("Sheet1!A1:A1", "Sheet1!A1"),
        ("Sheet1!$b$2:c3", "Sheet1!B2:C3"),
        ("Sheet1!Y999:AB2000", "Sheet1!Y999:Z1000"),
        ("B2", "Sheet1!B2"),
        ("totals", "Sheet1!C3:C5"),
    ],
)
def test_s23_the_answer_tells_the_normalised_clipped_range(api: Api, asked: str, told: str) -> None:
    named = {"name": "Totals", "range": area(2, 2, 5, 3)}
    api.one("addNamedRange", namedRange=named)
    assert api.values(asked)["range"] == told


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Log", "Log!A1"),
        ("🌵 test 1", "'🌵 test 1'!A1"),
        ("D3", "'D3'!A1"),
        ("It's", "'It''s'!A1"),
        ("a!b", "'a!b'!A1"),
        ("x:append", "'x:append'!A1"),
        ("50% / #1?", "'50% / #1?'!A1"),
        (" blanks ", "' blanks '!A1"),
    ],
)
def test_s24_titles_are_quoted_only_when_needed(api: Api, title: str, told: str) -> None:
    api.one("addSheet", properties={"title": title})
    doubled = title.replace("'", "''")
    assert api.values(f"'{doubled}'!A1")["range"] == told


def test_s25_an_unquoted_title_that_looks_like_a_cell_is_a_cell(api: Api) -> None:
    api.update("'P1'!A1", [["on the tab"]])
    api.update("Sheet1!P1", [["in the cell"]])
    assert api.rows("P1") == [["in the cell"]]
    assert api.rows("'P1'") == [["on the tab"]]


@pytest.mark.parametrize(
    "text", ["NOPE!A5:F15", "A1:B2:C3", "'Data Tab'!A1:C10", "Sheet1!A0", "R1C1", "Sheet1!", "'x"]
)
def test_s26_what_cannot_be_parsed_is_echoed(api: Api, text: str) -> None:
    with pytest.raises(Refusal) as caught:
        api.values(text)
    assert caught.value.message == f"Unable to parse range: {text}"
    assert (caught.value.code, caught.value.status) == (400, "INVALID_ARGUMENT")


def test_s27_a_start_outside_the_grid_is_refused(api: Api) -> None:
    with pytest.raises(Refusal) as caught:
        api.values("Sheet1!A100000")
    assert caught.value.message == (
        "Range (Sheet1!A100000) exceeds grid limits. Max rows: 1000, max columns: 26"
    )


def test_s28_batch_get_keeps_order_and_duplicates_or_fails_whole(api: Api) -> None:
    api.update("Sheet1!A1", [["x", "y"]])
    asked = ["Sheet1!B1", "Sheet1!A1", "Sheet1!B1"]
    answer = api.batch_get(asked)
    assert answer["spreadsheetId"] == api.book.id
    assert [found["range"] for found in answer["valueRanges"]] == asked
    assert [found["values"] for found in answer["valueRanges"]] == [[["y"]], [["x"]], [["y"]]]
    with pytest.raises(Refusal, match="Unable to parse range: NOPE"):
        api.batch_get(["Sheet1!A1", "NOPE!A1"])


def test_s29_hidden_rows_are_read_and_flagged_only_in_the_metadata(api: Api) -> None:
    api.update("Sheet1!A1", [["name"], ["a"], ["b"], ["c"]])
    by_value = {"range": area(0, 0, 4, 1), "criteria": {"0": {"hiddenValues": ["b"]}}}
    api.one("setBasicFilter", filter=by_value)
    api.book.sheets[0].hide_rows([3])
    assert api.rows("Sheet1") == [["name"], ["a"], ["b"], ["c"]]
    mask = "sheets.data.rowMetadata(hiddenByFilter,hiddenByUser)"
    shown = api.get(ranges="Sheet1!A1:A4", fields=mask)
    rows = shown["sheets"][0]["data"][0]["rowMetadata"]
    assert rows == [{}, {}, {"hiddenByFilter": True}, {"hiddenByUser": True}]
    api.one("clearBasicFilter", sheetId=0)
    rows = api.get(ranges="Sheet1!A1:A4", fields=mask)["sheets"][0]["data"][0]["rowMetadata"]
    assert rows == [{}, {}, {}, {"hiddenByUser": True}]


def test_s30_grid_data_only_if_asked_for_and_a_mask_overrules_the_flag(api: Api) -> None:
    api.update("Sheet1!A1", [["x"]])
    assert "data" not in api.get()["sheets"][0]
    assert "data" in api.get(includeGridData=True)["sheets"][0]
    masked = api.get(fields="sheets.properties.title", includeGridData=True)
    assert masked == {
        "sheets": [{"properties": {"title": "Sheet1"}}, {"properties": {"title": "P1"}}]
    }
    cells = api.get(fields="sheets/data/rowData/values/userEnteredValue", includeGridData=False)
    values = [{"userEnteredValue": {"stringValue": "x"}}]
    assert cells["sheets"][0]["data"] == [{"rowData": [{"values": values}]}]


def test_s30_ranges_limit_tabs_and_data(api: Api) -> None:
    api.update("'P1'!A1", [["a", "b"], ["c", "d"]])
    shown = api.get(ranges=["'P1'!B2:C3", "'P1'!A1"], includeGridData=True)["sheets"]
    assert [sheet["properties"]["title"] for sheet in shown] == ["P1"]
    first, second = shown[0]["data"]
    assert (first["startRow"], first["startColumn"], len(first["rowMetadata"])) == (1, 1, 2)
    assert first["rowData"][0]["values"][0]["formattedValue"] == "d"
    assert "startRow" not in second


def test_s32_a_sheet_id_of_zero_is_said_only_in_properties(api: Api) -> None:
    reply = api.one("addNamedRange", namedRange={"name": "here", "range": area(0, 0, 1, 1)})
    assert "sheetId" not in reply["namedRange"]["range"]
    assert reply["namedRange"]["range"]["startRowIndex"] == 0
    assert api.get()["sheets"][0]["properties"]["sheetId"] == 0
    assert "hidden" not in api.get()["sheets"][0]["properties"]


def test_s33_a_new_spreadsheet(api: Api, book: Spreadsheet, google: Emulator) -> None:
    shown = api.get()
    assert shown["spreadsheetId"] == book.id
    properties = shown["properties"]
    assert (properties["title"], properties["locale"], properties["timeZone"]) == (
        "Coalition",
        "en_US",
        "Etc/GMT",
    )
    assert "defaultFormat" in properties
    assert shown["sheets"][0]["properties"] == {
        "sheetId": 0,
        "title": "Sheet1",
        "index": 0,
        "sheetType": "GRID",
        "gridProperties": {"rowCount": 1000, "columnCount": 26},
    }
    assert 0 < shown["sheets"][1]["properties"]["sheetId"] < 2**31


def test_s91_unknown_ids_unshared_files_and_readers(
    api: Api, book: Spreadsheet, google: Emulator
) -> None:
    google.world.share(book.id, "weaver@weaver-tests.iam.gserviceaccount.com", "reader")
    assert api.rows("Sheet1") == []
    with pytest.raises(Refusal) as caught:
        api.update("Sheet1!A1", [["x"]])
    assert (caught.value.code, caught.value.message) == (403, "The caller does not have permission")
    google.world.share(book.id, "weaver@weaver-tests.iam.gserviceaccount.com", "")
    with pytest.raises(Refusal) as caught:
        api.get()
    assert (caught.value.code, caught.value.status) == (403, "PERMISSION_DENIED")
    api.book = Spreadsheet("1nowhere", "")
    with pytest.raises(Refusal) as caught:
        api.get()
    assert (caught.value.code, caught.value.message) == (404, "Requested entity was not found.")


def test_an_uploaded_workbook_is_no_spreadsheet(api: Api, google: Emulator) -> None:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    google.world.add_file("1upload", "members.xlsx", kind, "coordinator@example.org")
    google.world.share("1upload", "weaver@weaver-tests.iam.gserviceaccount.com")
    api.book = Spreadsheet("1upload", "")
    with pytest.raises(Refusal) as caught:
        api.get()
    assert caught.value.message == "This operation is not supported for this document"
    assert (caught.value.code, caught.value.status) == (400, "FAILED_PRECONDITION")
