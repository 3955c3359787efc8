"""batchUpdate: atomicity, texts of refusals, tabs and dimensions (S-20, S-64, S-74 to S-80)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google_emulator.server import Emulator
from tests.google_emulator.sheets.calling import Api, Refusal, area, span
from tests.google_emulator.sheets.model import Box, Spreadsheet


def text(value: str) -> dict[str, Any]:
    """CellData of a text."""
    return {"userEnteredValue": {"stringValue": value}}


def refused(api: Api, *requests: Any) -> str:
    """The message of the refusal of a batchUpdate."""
    with pytest.raises(Refusal) as caught:
        api.post(":batchUpdate", {"requests": list(requests)})
    assert (caught.value.code, caught.value.status) == (400, "INVALID_ARGUMENT")
    return caught.value.message


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


def test_masks_merge_formats(api: Api, book: Spreadsheet) -> None:
    one = area(0, 0, 1, 1)
    bold = {
        "userEnteredFormat": {"textFormat": {"bold": True, "italic": True}, "wrapStrategy": "WRAP"}
    }
    api.one("repeatCell", range=one, cell={**bold, "note": "n"}, fields="*")
    red = {"userEnteredFormat": {"backgroundColorStyle": {"rgbColor": {"red": 0.9}}}}
    mask = "userEnteredFormat(backgroundColorStyle,textFormat.bold)"
    api.one("repeatCell", range=one, cell=red, fields=mask)
    shown = api.get(ranges="Sheet1!A1", fields="sheets.data.rowData.values(userEnteredFormat,note)")
    assert shown["sheets"][0]["data"][0]["rowData"][0]["values"] == [
        {
            "note": "n",
            "userEnteredFormat": {
                "backgroundColor": {"red": 0.9019608},
                "backgroundColorStyle": {"rgbColor": {"red": 0.9019608}},
                "textFormat": {"italic": True},
                "wrapStrategy": "WRAP",
            },
        }
    ]
    api.one("repeatCell", range=one, cell={}, fields="userEnteredFormat")
    cell = book.sheets[0].cell(0, 0)
    assert cell is not None
    assert (cell.format, cell.note) == (None, "n")


def test_all_that_a_cell_shows(api: Api) -> None:
    link = {"uri": "https://example.org/a"}
    data = {
        "userEnteredValue": {"stringValue": "see rows"},
        "userEnteredFormat": {"textFormat": {"link": link}},
        "note": "a note",
        "dataValidation": {"condition": {"type": "BOOLEAN"}, "showCustomUi": True},
        "textFormatRuns": [{"format": {}}, {"startIndex": 4, "format": {"bold": True}}],
    }
    rows = [{"values": [data, {"userEnteredValue": {"formulaValue": "=1/0"}}]}]
    api.one("updateCells", rows=rows, start={"sheetId": 0}, fields="*")
    shown = api.get(ranges="Sheet1!A1:B1", includeGridData=True)["sheets"][0]["data"][0]
    first, second = shown["rowData"][0]["values"]
    for name in ("userEnteredValue", "note", "dataValidation", "textFormatRuns"):
        assert first[name] == data[name]
    assert first["hyperlink"] == link["uri"]
    assert first["formattedValue"] == "see rows"
    assert first["effectiveFormat"]["textFormat"]["fontSize"] == 10
    assert second["userEnteredValue"] == {"formulaValue": "=1/0"}
    assert second["effectiveValue"]["errorValue"]["type"] == "DIVIDE_BY_ZERO"


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


def ends(grid_range: dict[str, int]) -> tuple[int, int]:
    return grid_range["startRowIndex"], grid_range["endRowIndex"]


def rule(where: dict[str, int]) -> dict[str, Any]:
    condition = {"type": "TEXT_EQ", "values": [{"userEnteredValue": "no"}]}
    look = {"backgroundColor": {"red": 1}}
    return {"ranges": [where], "booleanRule": {"condition": condition, "format": look}}


def banding(where: dict[str, int]) -> dict[str, Any]:
    return {"range": where, "rowProperties": {"firstBandColor": {"red": 1}}}


def chart(source: dict[str, int], row: int) -> dict[str, Any]:
    series = {"series": {"sourceRange": {"sources": [source]}}}
    spec = {"title": "Signed", "basicChart": {"chartType": "COLUMN", "series": [series]}}
    anchor = {"sheetId": 0, "rowIndex": row, "columnIndex": 6}
    return {"spec": spec, "position": {"overlayPosition": {"anchorCell": anchor}}}


def sources(shown: dict[str, Any]) -> list[dict[str, int]]:
    series = shown["spec"]["basicChart"]["series"][0]
    return series["series"]["sourceRange"]["sources"]


def mark(row: int) -> dict[str, Any]:
    location = {"dimensionRange": span("ROWS", row, row + 1)}
    return {"metadataKey": "response", "metadataValue": "r1", "location": location} | {
        "visibility": "DOCUMENT"
    }


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


def test_conditional_formats_keep_their_order(api: Api) -> None:
    for column in range(3):
        where = area(0, column, 1, column + 1)
        api.one("addConditionalFormatRule", rule=rule(where), index=column)
    api.one("updateConditionalFormatRule", sheetId=0, index=0, newIndex=2)
    gone = api.one("deleteConditionalFormatRule", sheetId=0, index=0)
    assert gone["rule"]["ranges"][0]["startColumnIndex"] == 1
    left = [
        r["ranges"][0]["startColumnIndex"] for r in api.get()["sheets"][0]["conditionalFormats"]
    ]
    assert left == [2, 0]
    missing = {"deleteConditionalFormatRule": {"sheetId": 0, "index": 2}}
    assert refused(api, missing).endswith("No conditional format on sheet: 0 at index: 2")


def test_banding_never_overlaps(api: Api) -> None:
    first = api.one("addBanding", bandedRange=banding(area(0, 0, 5, 2)))["bandedRange"]
    again = {"addBanding": {"bandedRange": banding(area(4, 1, 6, 3))}}
    assert "already has alternating background colors" in refused(api, again)
    wider = {"bandedRangeId": first["bandedRangeId"], "range": area(0, 0, 9, 2)}
    api.one("updateBanding", bandedRange=wider, fields="range")
    shown = api.get()["sheets"][0]["bandedRanges"][0]
    assert ends(shown["range"]) == (0, 9)
    assert "firstBandColorStyle" in shown["rowProperties"]
    api.one("deleteBanding", bandedRangeId=first["bandedRangeId"])
    assert "bandedRanges" not in api.get()["sheets"][0]


def test_charts_change_and_move(api: Api) -> None:
    added = api.one("addChart", chart=chart(area(0, 0, 3, 2), 0))["chart"]
    assert added["position"]["overlayPosition"]["widthPixels"] == 600
    spec = {**added["spec"], "title": "Numbers"}
    api.one("updateChartSpec", chartId=added["chartId"], spec=spec)
    position = {
        "overlayPosition": {"anchorCell": {"sheetId": 0, "rowIndex": 7}, "widthPixels": 300}
    }
    moved = api.one(
        "updateEmbeddedObjectPosition",
        objectId=added["chartId"],
        newPosition=position,
        fields="anchorCell,widthPixels",
    )
    overlay = moved["position"]["overlayPosition"]
    assert (overlay["widthPixels"], overlay["heightPixels"]) == (300, 371)
    assert api.get()["sheets"][0]["charts"][0]["spec"]["title"] == "Numbers"
    api.one("deleteEmbeddedObject", objectId=added["chartId"])
    assert "charts" not in api.get()["sheets"][0]


def test_tables_are_tolerated(api: Api) -> None:
    api.update("Sheet1!A1", [["Name", "Status"], ["a", "b"]])
    table = api.one("addTable", table={"name": "Members", "range": area(0, 0, 2, 2)})["table"]
    assert [column["columnName"] for column in table["columnProperties"]] == ["Name", "Status"]
    rows = [{"values": [text("c")]}]
    more = {"sheetId": 0, "tableId": table["tableId"], "fields": "userEnteredValue"}
    api.one("appendCells", rows=rows, **more)
    assert api.rows("Sheet1") == [["Name", "Status"], ["a", "b"], ["c"]]
    assert api.get()["sheets"][0]["tables"][0]["name"] == "Members"


def test_groups(api: Api) -> None:
    api.one("addDimensionGroup", range=span("ROWS", 1, 5))
    shown = api.get()["sheets"][0]["rowGroups"]
    assert (shown[0]["range"]["startIndex"], shown[0]["depth"]) == (1, 1)
    api.one("deleteDimensionGroup", range=span("ROWS", 1, 5))
    assert "rowGroups" not in api.get()["sheets"][0]


def test_validation_and_borders(api: Api, book: Spreadsheet) -> None:
    values = [{"userEnteredValue": "yes"}, {"userEnteredValue": "no"}]
    one_of = {"condition": {"type": "ONE_OF_LIST", "values": values}, "strict": True}
    api.one("setDataValidation", range=area(0, 0, 2, 1), rule=one_of)
    api.update("Sheet1!A1", [["maybe"]])  # S-84: API writes pass
    shown = api.get(ranges="Sheet1!A1", includeGridData=True)["sheets"][0]["data"][0]
    assert shown["rowData"][0]["values"][0]["dataValidation"] == one_of
    line = {"style": "SOLID"}
    api.one("updateBorders", range=area(0, 0, 2, 2), top=line, innerVertical=line)
    cell = book.sheets[0].cell(0, 0)
    assert cell is not None
    assert cell.format is not None
    assert cell.format["borders"] == {"top": line, "right": line}
    api.one("setDataValidation", range=area(0, 0, 2, 1))
    assert book.sheets[0].cell(0, 0) is not None
    assert all(cell.validation is None for _, _, cell in book.sheets[0].cells(Box(0, 0, 2, 2)))


def test_what_is_not_emulated_says_so(api: Api, google: Emulator) -> None:
    with pytest.raises(Refusal) as caught:
        api.one("autoFill", range=area(0, 0, 2, 2))
    assert caught.value.code == 501
    assert google.unhandled.pop() == "emulator does not implement autoFill"
