"""batchUpdate: formats, conditional formats, banding, charts, tables."""

from __future__ import annotations

import pytest

from tests.google_emulator.sheets.building import (
    banding,
    chart,
    ends,
    refused,
    rule,
    text,
)
from tests.google_emulator.sheets.calling import Api, area
from tests.google_emulator.sheets.model import Box, Spreadsheet


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


@pytest.mark.parametrize(
    "mask", ["userEnteredFormt", "userEnteredFormat.bold", "textFormatRuns.format", "note.text"]
)
def test_masks_name_only_what_there_is(api: Api, mask: str) -> None:
    request = {"repeatCell": {"range": area(0, 0, 1, 1), "cell": {"note": "x"}, "fields": mask}}
    message = refused(api, request)
    assert message == f"Invalid requests[0].repeatCell: Invalid field: {mask}"


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
    added = api.one("addChart", chart=chart(area(0, 0, 3, 1), 0))["chart"]
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
