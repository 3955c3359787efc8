"""batchUpdate: atomicity, texts of refusals, tabs and dimensions (S-20, S-64, S-74 to S-80)."""

from __future__ import annotations

import pytest

from tests.google_emulator.server import Emulator
from tests.google_emulator.sheets.building import (
    chart,
    refused,
    text,
)
from tests.google_emulator.sheets.calling import Api, Refusal, area, span
from tests.google_emulator.sheets.model import Box, Spreadsheet


def test_s20_one_bad_request_and_nothing_is_applied(api: Api, book: Spreadsheet) -> None:
    before = api.get(includeGridData=True)
    good = {"updateCells": {"rows": [{"values": [text("x")]}], "fields": "*"}}
    good["updateCells"]["start"] = {"sheetId": 0}
    added = {"addSheet": {"properties": {"title": "New"}}}
    message = refused(api, good, added, {"deleteSheet": {"sheetId": 77}})
    assert message == "Invalid requests[2].deleteSheet: No grid with id: 77"
    assert api.get(includeGridData=True) == before
    replies = api.batch(good, added)
    assert replies[0] == {}
    assert replies[1]["addSheet"]["properties"]["title"] == "New"


def test_s64_update_cells_beyond_the_grid(api: Api, book: Spreadsheet) -> None:
    book.sheets[0].rows, book.sheets[0].columns = 2, 3
    rows = [{"values": [text("a"), text("b"), text("c")]}]
    start = {"sheetId": 0, "rowIndex": 2}
    request = {"updateCells": {"rows": rows, "fields": "userEnteredValue", "start": start}}
    assert refused(api, request) == (
        "Invalid requests[0].updateCells: Range (Sheet1!A3:C3) exceeds grid limits. "
        "Max rows: 2, max columns: 3"
    )


def test_s74_a_range_clears_what_is_not_supplied(api: Api) -> None:
    api.update("Sheet1!A1", [["a", "b"], ["c", "d"]])
    rows = [{"values": [text("new")]}]
    api.one("updateCells", rows=rows, range=area(0, 0, 2, 2), fields="userEnteredValue")
    assert api.rows("Sheet1") == [["new"]]


def test_s74_a_mask_is_needed(api: Api) -> None:
    request = {"repeatCell": {"range": area(0, 0, 1, 1), "cell": {"note": "x"}}}
    message = refused(api, request)
    assert message == (
        "Invalid requests[0].repeatCell: At least one field must be listed in 'fields'. "
        "(Use '*' to indicate all fields.)"
    )


def test_s76_duplicates_go_also_where_they_are_hidden(api: Api, book: Spreadsheet) -> None:
    api.update("Sheet1!A1", [["A", 1], ["b", 2], ["a", 1], ["c", 3]])
    book.sheets[0].hide_rows([2], "hiddenByFilter")
    reply = api.one("deleteDuplicates", range=area(0, 0, 4, 2))
    assert reply == {"duplicatesRemovedCount": 1}
    assert api.rows("Sheet1") == [["A", "1"], ["b", "2"], ["c", "3"]]


def test_s77_texts(api: Api) -> None:
    assert refused(api) == "Must specify at least one request."
    assert "Unknown name \"frobnicate\" at 'requests[0]': Cannot find field." in refused(
        api, {"frobnicate": {}}
    )
    taken = {"addSheet": {"properties": {"title": "Sheet1"}}}
    assert refused(api, taken) == (
        'Invalid requests[0].addSheet: A sheet with the name "Sheet1" already exists. '
        "Please enter another name."
    )


def test_s79_the_last_visible_tab(api: Api, book: Spreadsheet) -> None:
    book.sheets[1].hide()
    hidden = {"properties": {"sheetId": 0, "hidden": True}, "fields": "hidden"}
    assert refused(api, {"updateSheetProperties": hidden}) == (
        "Invalid requests[0].updateSheetProperties: You can't hide all the sheets in a document."
    )
    assert "You can't remove all the visible sheets" in refused(
        api, {"deleteSheet": {"sheetId": 0}}
    )


def test_s80_unknown_sheet_ids(api: Api) -> None:
    for kind, body in (
        ("updateCells", {"start": {"sheetId": 5}, "rows": [], "fields": "*"}),
        ("repeatCell", {"range": area(0, 0, 1, 1, 5), "cell": {}, "fields": "*"}),
        ("insertDimension", {"range": span("ROWS", 0, 1, 5)}),
    ):
        message = refused(api, {kind: body})
        assert message == f"Invalid requests[0].{kind}: No grid with id: 5"


def test_ids_that_the_caller_chooses(api: Api) -> None:
    properties = {"sheetId": 4711, "title": "Mine", "index": 0, "gridProperties": {"rowCount": 3}}
    reply = api.one("addSheet", properties=properties)
    assert reply["properties"]["sheetId"] == 4711
    assert reply["properties"]["index"] == 0
    assert reply["properties"]["gridProperties"] == {"rowCount": 3, "columnCount": 26}
    again = {"addSheet": {"properties": {"sheetId": 4711, "title": "Other"}}}
    assert "already exists" in refused(api, again)
    chosen = {"chartId": 5, **chart(area(0, 0, 2, 1), 0)}
    assert api.one("addChart", chart=chosen)["chart"]["chartId"] == 5
    assert "Duplicate chartId: 5" in refused(api, {"addChart": {"chart": chosen}})


def test_the_answer_may_hold_the_spreadsheet_after_the_change(api: Api) -> None:
    rows = [{"values": [text("x")]}]
    request = {"updateCells": {"rows": rows, "start": {"sheetId": 0}, "fields": "userEnteredValue"}}
    more = {"includeSpreadsheetInResponse": True, "responseRanges": ["Sheet1!A1"]}
    body = {"requests": [request], **more, "responseIncludeGridData": True}
    shown = api.post(":batchUpdate", body)["updatedSpreadsheet"]
    assert [sheet["properties"]["title"] for sheet in shown["sheets"]] == ["Sheet1"]
    cell = shown["sheets"][0]["data"][0]["rowData"][0]["values"][0]
    assert cell["formattedValue"] == "x"
    plain = api.post(":batchUpdate", {"requests": [request], "includeSpreadsheetInResponse": True})
    assert "data" not in plain["updatedSpreadsheet"]["sheets"][0]


def test_sorting_moves_values_and_notes(api: Api, book: Spreadsheet) -> None:
    api.update("Sheet1!A1", [["name", "n"], ["b", 2], ["", 9], ["a", 2], ["C", 1]])
    book.sheets[0].note(1, 0, "about b")
    order = [
        {"dimensionIndex": 1, "sortOrder": "DESCENDING"},
        {"dimensionIndex": 0, "sortOrder": "ASCENDING"},
    ]
    api.one("sortRange", range=area(1, 0, 5, 2), sortSpecs=order)
    assert api.rows("Sheet1") == [["name", "n"], ["", "9"], ["a", "2"], ["b", "2"], ["C", "1"]]
    cell = book.sheets[0].cell(3, 0)
    assert cell is not None
    assert cell.note == "about b"


def test_find_and_replace(api: Api) -> None:
    api.update("Sheet1!A1", [["Yes", "yes yes"], ["no", "x"]])
    reply = api.one("findReplace", find="yes", replacement="ok", allSheets=True)
    counts = {"valuesChanged": 2, "occurrencesChanged": 3, "rowsChanged": 1, "sheetsChanged": 1}
    assert reply == counts
    assert api.rows("Sheet1") == [["ok", "ok ok"], ["no", "x"]]


def test_copying_cutting_and_pasting(api: Api, book: Spreadsheet) -> None:
    api.update("Sheet1!A1", [["a", 1], ["b", "=B1+1"]], "USER_ENTERED")
    book.sheets[0].colour(Box(0, 0, 1, 1))
    api.one("copyPaste", source=area(0, 0, 2, 2), destination=area(0, 3, 1, 4))
    assert api.rows("Sheet1!D1:E2", valueRenderOption="FORMULA") == [["a", 1], ["b", "=E1+1"]]
    cell = book.sheets[0].cell(0, 3)
    assert cell is not None
    assert cell.format
    api.one("cutPaste", source=area(0, 0, 2, 2), destination={"sheetId": 0, "rowIndex": 5})
    assert api.rows("Sheet1!A1:B2") == []
    api.one(
        "pasteData", coordinate={"sheetId": 0}, data="x;0042", delimiter=";", type="PASTE_NORMAL"
    )
    assert api.rows("Sheet1!A1:B1") == [["x", "42"]]


def test_what_is_not_emulated_says_so(api: Api, google: Emulator) -> None:
    with pytest.raises(Refusal) as caught:
        api.one("autoFill", range=area(0, 0, 2, 2))
    assert caught.value.code == 501
    assert google.unhandled.pop() == "emulator does not implement autoFill"
