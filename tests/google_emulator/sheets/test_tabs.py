"""batchUpdate: tabs, rows and columns, and what follows them (S-75)."""

from __future__ import annotations

from tests.google_emulator.server import Emulator
from tests.google_emulator.sheets.building import (
    banding,
    chart,
    ends,
    mark,
    refused,
    rule,
    sources,
)
from tests.google_emulator.sheets.calling import Api, area, span
from tests.google_emulator.sheets.model import Box, Spreadsheet


def test_s75_inheriting_from_before_the_first_row(api: Api) -> None:
    request = {"insertDimension": {"range": span("ROWS", 0, 1), "inheritFromBefore": True}}
    assert refused(api, request).startswith("Invalid requests[0].insertDimension: ")


def test_s75_what_inserting_moves(api: Api, book: Spreadsheet) -> None:
    sheet = book.sheets[0]
    sheet.write(0, 0, [["name", "status"], ["a", "yes"], ["b", "no"]])
    sheet.note(2, 1, "about b")
    sheet.hide_rows([2])
    api.batch(
        {"addProtectedRange": {"protectedRange": {"range": area(2, 0, 3, 2), "warningOnly": True}}},
        {"addNamedRange": {"namedRange": {"name": "all", "range": area(0, 0, 3, 2)}}},
        {"setBasicFilter": {"filter": {"range": area(0, 0, 3, 2)}}},
        {"addFilterView": {"filter": {"title": "v", "range": area(0, 0, 3, 2)}}},
        {"mergeCells": {"range": area(2, 3, 3, 5)}},
        {"addConditionalFormatRule": {"rule": rule(area(1, 1, 3, 2))}},
        {"addBanding": {"bandedRange": banding(area(0, 0, 3, 2))}},
        {"addChart": {"chart": chart(area(1, 1, 3, 2), row=2)}},
        {"createDeveloperMetadata": {"developerMetadata": mark(2)}},
        {"insertDimension": {"range": span("ROWS", 2, 4)}},
    )
    assert api.rows("Sheet1") == [["name", "status"], ["a", "yes"], [], [], ["b", "no"]]
    shown = api.get()["sheets"][0]
    assert ends(shown["protectedRanges"][0]["range"]) == (4, 5)
    assert ends(api.get()["namedRanges"][0]["range"]) == (0, 5)
    assert ends(shown["basicFilter"]["range"]) == (0, 5)
    assert ends(shown["filterViews"][0]["range"]) == (0, 5)
    assert ends(shown["merges"][0]) == (4, 5)
    assert ends(shown["conditionalFormats"][0]["ranges"][0]) == (1, 5)
    assert ends(shown["bandedRanges"][0]["range"]) == (0, 5)
    assert shown["charts"][0]["position"]["overlayPosition"]["anchorCell"]["rowIndex"] == 4
    assert ends(sources(shown["charts"][0])[0]) == (1, 5)
    (found,) = book.developer_metadata
    assert found["location"]["dimensionRange"]["startIndex"] == 4
    cell = book.sheets[0].cell(4, 1)
    assert cell is not None
    assert cell.note == "about b"
    assert book.sheets[0].row_props == {4: {"hiddenByUser": True}}
    api.one("deleteDimension", range=span("ROWS", 4, 5))
    shown = api.get()["sheets"][0]
    assert "protectedRanges" not in shown
    assert "merges" not in shown
    assert book.developer_metadata == []
    assert ends(shown["basicFilter"]["range"]) == (0, 4)


def test_tabs_are_moved_renamed_coloured_and_resized(api: Api, book: Spreadsheet) -> None:
    api.one("addSheet", properties={"title": "Third"})
    api.one("updateSheetProperties", properties={"sheetId": 0, "index": 2}, fields="index")
    assert [sheet.title for sheet in book.sheets] == ["P1", "Sheet1", "Third"]
    look = {
        "sheetId": 0,
        "title": "First",
        "tabColorStyle": {"rgbColor": {"blue": 1}},
        "gridProperties": {"frozenRowCount": 1, "rowCount": 50},
    }
    fields = "title,tabColorStyle,gridProperties(frozenRowCount,rowCount)"
    api.one("updateSheetProperties", properties=look, fields=fields)
    shown = api.get()["sheets"][1]["properties"]
    assert (shown["title"], shown["tabColor"]) == ("First", {"blue": 1})
    grid = {"rowCount": 50, "columnCount": 26, "frozenRowCount": 1}
    assert shown["gridProperties"] == grid
    assert "freeze all" in refused(
        api,
        {
            "updateSheetProperties": {
                "properties": {"sheetId": 0, "gridProperties": {"frozenRowCount": 50}},
                "fields": "gridProperties.frozenRowCount",
            }
        },
    )


def test_formulas_follow_a_tabs_new_title(api: Api) -> None:
    typed = [["=Sheet1!B1", "=SUM('P1'!A1:A2)", 7]]
    api.update("Sheet1!A1", typed, "USER_ENTERED")
    api.update("'P1'!A1", [[1], [2]])
    properties = {"sheetId": api.book.sheets[1].sheet_id, "title": "It's new"}
    api.one("updateSheetProperties", properties=properties, fields="title")
    shown = api.rows("Sheet1", valueRenderOption="FORMULA")
    assert shown == [["=Sheet1!B1", "=SUM('It''s new'!A1:A2)", 7]]
    assert api.rows("Sheet1") == [["3", "3", "7"]]


def test_inserted_rows_look_like_their_neighbours(api: Api, book: Spreadsheet) -> None:
    api.update("Sheet1!A1", [["a"], ["b"]])
    book.sheets[0].colour(Box(0, 0, 1, 1))
    book.sheets[0].change(1, 0, validation={"condition": {"type": "BOOLEAN"}}, note="about b")
    api.one("insertDimension", range=span("ROWS", 1, 2), inheritFromBefore=True)
    api.one("insertDimension", range=span("ROWS", 2, 3))
    assert api.rows("Sheet1") == [["a"], [], [], ["b"]]
    first, second = (book.sheets[0].cell(row, 0) for row in (1, 2))
    assert first is not None
    assert first.format
    assert second is not None
    assert second.validation
    assert second.note == ""


def test_formulas_of_conditional_formats_follow_their_cells(api: Api) -> None:
    where = area(1, 0, 5, 2)
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": '=$B2="no"'}]}
    made = {"ranges": [where], "booleanRule": {"condition": condition, "format": {}}}
    api.one("addConditionalFormatRule", rule=made, index=0)
    api.one("insertDimension", range=span("COLUMNS", 0, 1))
    (shown,) = api.get()["sheets"][0]["conditionalFormats"]
    assert shown["booleanRule"]["condition"]["values"] == [{"userEnteredValue": '=$C2="no"'}]
    assert shown["ranges"][0]["startColumnIndex"] == 1


def test_shrinking_cuts_cells_off(api: Api, book: Spreadsheet) -> None:
    api.update("Sheet1!A1", [["a", "b"], ["c", "d"]])
    grid = {"rowCount": 1, "columnCount": 1}
    properties = {"sheetId": 0, "gridProperties": grid}
    api.one("updateSheetProperties", properties=properties, fields="gridProperties")
    assert api.rows("Sheet1") == [["a"]]


def test_duplicating_and_copying_tabs(api: Api, book: Spreadsheet, google: Emulator) -> None:
    api.update("Sheet1!A1", [["a"]])
    protection = {"range": area(0, 0, 1, 1), "description": "keep"}
    first = api.one("addProtectedRange", protectedRange=protection)["protectedRange"]
    reply = api.one("duplicateSheet", sourceSheetId=0, newSheetId=9, newSheetName="Again")
    assert (reply["properties"]["sheetId"], reply["properties"]["index"]) == (9, 0)
    assert api.rows("'Again'") == [["a"]]
    (copied,) = api.get()["sheets"][0]["protectedRanges"]
    assert (copied["range"]["sheetId"], copied["description"]) == (9, "keep")
    assert copied["protectedRangeId"] != first["protectedRangeId"]
    answer = api.post("/sheets/9:copyTo", {"destinationSpreadsheetId": book.id})
    assert (answer["title"], answer["index"]) == ("Copy of Again", 3)


def test_rows_and_columns_move(api: Api, book: Spreadsheet) -> None:
    api.update("Sheet1!A1", [["a", "b", "c"], ["d", "e", "f"]])
    api.one("moveDimension", source=span("COLUMNS", 0, 1), destinationIndex=3)
    assert api.rows("Sheet1") == [["b", "c", "a"], ["e", "f", "d"]]
    api.one("moveDimension", source=span("ROWS", 1, 2), destinationIndex=0)
    assert api.rows("Sheet1") == [["e", "f", "d"], ["b", "c", "a"]]
    api.one("deleteDimension", range=span("COLUMNS", 1, 2))
    assert api.rows("Sheet1") == [["e", "d"], ["b", "a"]]
    assert book.sheets[0].columns == 25
    size = {"pixelSize": 40, "hiddenByUser": True}
    api.one("updateDimensionProperties", range=span("COLUMNS", 0, 1), properties=size, fields="*")
    shown = api.get(fields="sheets.data.columnMetadata")["sheets"][0]["data"][0]
    assert shown["columnMetadata"][:2] == [
        {"hiddenByUser": True, "pixelSize": 40},
        {"pixelSize": 100},
    ]


def test_groups(api: Api) -> None:
    api.one("addDimensionGroup", range=span("ROWS", 1, 5))
    shown = api.get()["sheets"][0]["rowGroups"]
    assert (shown[0]["range"]["startIndex"], shown[0]["depth"]) == (1, 1)
    api.one("deleteDimensionGroup", range=span("ROWS", 1, 5))
    assert "rowGroups" not in api.get()["sheets"][0]
