"""Protections, metadata, data filters and creating (S-81 to S-88, A-33)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google_emulator.clients import session
from tests.google_emulator.server import Emulator
from tests.google_emulator.sheets.calling import ROOT, Api, Refusal, area, span
from tests.google_emulator.sheets.conftest import OWNER, WEAVER
from tests.google_emulator.sheets.model import Box, Spreadsheet, type_into
from tests.google_emulator.sheets.typing_in import Rejected

READ_ONLY = "https://www.googleapis.com/auth/spreadsheets.readonly"


@pytest.mark.parametrize(
    "request_body",
    [
        {"updateCells": {"range": area(0, 0, 5, 5), "rows": [], "fields": "userEnteredValue"}},
        {"repeatCell": {"range": area(0, 0, 5, 5), "cell": {}, "fields": "note"}},
        {"deleteDimension": {"range": span("ROWS", 1, 2)}},
        {"insertDimension": {"range": span("ROWS", 2, 3)}},
        {"sortRange": {"range": area(0, 0, 5, 5), "sortSpecs": [{"sortOrder": "ASCENDING"}]}},
        {"deleteSheet": {"sheetId": 0}},
    ],
)
def test_s81_others_protections_stop_the_whole_batch(
    api: Api, book: Spreadsheet, request_body: dict[str, Any]
) -> None:
    book.sheets[0].protect(Box(1, 0, 3, 2))
    harmless = {
        "updateSheetProperties": {"properties": {"sheetId": 0, "title": "X"}, "fields": "title"}
    }
    with pytest.raises(Refusal) as caught:
        api.batch(harmless, request_body)
    (kind,) = request_body
    assert caught.value.message.startswith(
        f"Invalid requests[1].{kind}: You are trying to edit a protected cell or object."
    )
    assert book.sheets[0].title == "Sheet1"


def test_s81_editors_and_unprotected_ranges(api: Api, book: Spreadsheet) -> None:
    sheet = book.sheets[0]
    item = sheet.protect()
    with pytest.raises(Refusal, match="protected cell"):
        api.update("Sheet1!A1", [["x"]])
    item["unprotectedRanges"] = [area(0, 0, 1, 2)]
    api.update("Sheet1!A1", [["x", "y"]])
    with pytest.raises(Refusal, match="protected cell"):
        api.update("Sheet1!A1", [["x", "y", "z"]])
    book.sheets[0].protected[0]["editors"]["users"].append(WEAVER)
    api.update("Sheet1!C1", [["z"]])
    assert api.rows("Sheet1") == [["x", "y", "z"]]


def test_s82_warnings_stop_nobody(api: Api, book: Spreadsheet) -> None:
    book.sheets[0].protect(warning_only=True)
    api.update("Sheet1!A1", [["x"]])
    both = {"range": area(0, 0, 1, 1), "warningOnly": True, "editors": {"users": [WEAVER]}}
    with pytest.raises(Refusal) as caught:
        api.one("addProtectedRange", protectedRange=both)
    assert caught.value.code == 400


def test_s83_whether_one_may_edit_is_told(api: Api, book: Spreadsheet) -> None:
    book.sheets[0].protect(Box(0, 0, 1, 1))
    book.sheets[0].protect(Box(1, 0, 2, 1), warning_only=True)
    mine = {"range": area(2, 0, 3, 1)}
    added = api.one("addProtectedRange", protectedRange=mine)["protectedRange"]
    assert set(added["editors"]["users"]) == {WEAVER, OWNER}
    told = [item.get("requestingUserCanEdit") for item in api.get()["sheets"][0]["protectedRanges"]]
    assert told == [None, True, True]
    shown = api.get()["sheets"][0]["protectedRanges"]
    assert "editors" not in shown[0]


def test_protections_change_and_go(api: Api, book: Spreadsheet) -> None:
    added = api.one("addProtectedRange", protectedRange={"range": {"sheetId": 0}})["protectedRange"]
    with pytest.raises(Refusal, match="already has sheet protection"):  # S-78
        api.one("addProtectedRange", protectedRange={"range": {"sheetId": 0}})
    number = added["protectedRangeId"]
    warning = {"protectedRangeId": number, "warningOnly": True}
    api.one("updateProtectedRange", protectedRange=warning, fields="warningOnly")
    (shown,) = api.get()["sheets"][0]["protectedRanges"]
    assert (shown["warningOnly"], shown["range"]) == (True, {})
    api.one("deleteProtectedRange", protectedRangeId=number)
    with pytest.raises(Refusal, match="No protected range with id"):
        api.one("deleteProtectedRange", protectedRangeId=number)
    theirs = book.sheets[0].protect()["protectedRangeId"]
    with pytest.raises(Refusal, match="protected cell or object"):
        api.one("deleteProtectedRange", protectedRangeId=theirs)


def test_s84_only_people_are_held_to_a_drop_down(
    api: Api, book: Spreadsheet, google: Emulator
) -> None:
    values = [{"userEnteredValue": "yes"}]
    rule = {"condition": {"type": "ONE_OF_LIST", "values": values}, "strict": True}
    book.sheets[0].change(0, 0, validation=rule)
    with pytest.raises(Rejected):
        type_into(google.world, book, book.sheets[0], 0, 0, "no")
    type_into(google.world, book, book.sheets[0], 0, 0, "yes")
    assert book.sheets[0].value(0, 0) == "yes"


def create(api: Api, key: str, location: dict[str, Any], value: str = "v") -> dict[str, Any]:
    item = {"metadataKey": key, "metadataValue": value, "visibility": "DOCUMENT"}
    reply = api.one("createDeveloperMetadata", developerMetadata={**item, "location": location})
    return reply["developerMetadata"]


def found(api: Api, **lookup: Any) -> list[str]:
    body = {"dataFilters": [{"developerMetadataLookup": lookup}]}
    answer = api.post("/developerMetadata:search", body)
    matched = answer.get("matchedDeveloperMetadata", [])
    return [item["developerMetadata"]["metadataKey"] for item in matched]


def test_s85_metadata_on_everything(api: Api, book: Spreadsheet) -> None:
    create(api, "book", {"spreadsheet": True})
    create(api, "tab", {"sheetId": 0})
    row = create(api, "row", {"dimensionRange": span("ROWS", 3, 4)}, "response-1")
    create(api, "column", {"dimensionRange": span("COLUMNS", 1, 2)})
    assert row["location"]["locationType"] == "ROW"
    assert "sheetId" not in row["location"]["dimensionRange"]
    assert found(api, metadataKey="row", metadataValue="response-1") == ["row"]
    assert found(api, locationType="COLUMN") == ["column"]
    assert found(api, metadataId=row["metadataId"]) == ["row"]
    where = {"dimensionRange": span("ROWS", 0, 10)}
    near = {"locationMatchingStrategy": "INTERSECTING_LOCATION", "metadataLocation": where}
    assert found(api, **near) == ["tab", "row", "column"]
    exact = {"metadataLocation": {"dimensionRange": span("ROWS", 3, 4)}}
    assert found(api, **exact) == ["tab", "row", "column"]
    assert found(api, **exact, locationMatchingStrategy="EXACT_LOCATION") == ["row"]
    with pytest.raises(Refusal):
        found(api, locationMatchingStrategy="EXACT_LOCATION")
    assert api.call("GET", f"/developerMetadata/{row['metadataId']}") == row
    shown = api.get(includeGridData=True)
    assert shown["developerMetadata"][0]["metadataKey"] == "book"
    assert shown["sheets"][0]["developerMetadata"][0]["metadataKey"] == "tab"
    data = shown["sheets"][0]["data"][0]
    assert data["rowMetadata"][3]["developerMetadata"][0]["metadataKey"] == "row"
    assert data["columnMetadata"][1]["developerMetadata"][0]["metadataKey"] == "column"


def test_s85_metadata_moves_and_dies_with_its_row(api: Api, book: Spreadsheet) -> None:
    api.update("Sheet1!A1", [["a"], ["b"], ["c"]])
    item = create(api, "row", {"dimensionRange": span("ROWS", 1, 2)})
    wanted = [{"developerMetadataLookup": {"metadataId": item["metadataId"]}}]
    book.sheets[0].insert_rows(0, 3)
    answer = api.post("/values:batchGetByDataFilter", {"dataFilters": wanted})
    assert answer["valueRanges"][0]["valueRange"]["values"] == [["b"]]
    data = [{"dataFilter": wanted[0], "values": [["B"]]}]
    body = {"valueInputOption": "RAW", "data": data}
    done = api.post("/values:batchUpdateByDataFilter", body)
    assert done["totalUpdatedCells"] == 1
    assert api.rows("Sheet1!A5") == [["B"]]
    assert (
        api.post(":getByDataFilter", {"dataFilters": wanted})["sheets"][0]["properties"]["index"]
        == 0
    )
    cleared = api.post("/values:batchClearByDataFilter", {"dataFilters": wanted})
    assert cleared["clearedRanges"] == ["Sheet1!A5:Z5"]
    api.one("deleteDimension", range=span("ROWS", 4, 5))
    assert found(api, metadataKey="row") == []


def test_s86_metadata_stays_on_the_index_when_rows_are_sorted(api: Api, book: Spreadsheet) -> None:
    api.update("Sheet1!A1", [["b"], ["a"]])
    create(api, "of b", {"dimensionRange": span("ROWS", 0, 1)})
    book.sheets[0].sort(None, [(0, False)])
    assert api.rows("Sheet1") == [["a"], ["b"]]
    assert book.developer_metadata[0]["location"]["dimensionRange"]["startIndex"] == 0


def test_metadata_changes_and_goes(api: Api) -> None:
    create(api, "a", {"sheetId": 0})
    lookup = [{"developerMetadataLookup": {"metadataKey": "a"}}]
    new = {"metadataValue": "new"}
    changed = api.one(
        "updateDeveloperMetadata", dataFilters=lookup, developerMetadata=new, fields="metadataValue"
    )
    assert changed["developerMetadata"][0]["metadataValue"] == "new"
    gone = api.one("deleteDeveloperMetadata", dataFilter=lookup[0])
    assert gone["deletedDeveloperMetadata"][0]["metadataKey"] == "a"
    assert found(api, metadataKey="a") == []


def test_s87_data_filters_need_a_scope_that_may_write(api: Api, google: Emulator) -> None:
    with session(google, (READ_ONLY,)) as mine:
        narrow = Api(mine, api.book)
        assert narrow.rows("Sheet1") == []
        with pytest.raises(Refusal) as caught:
            narrow.post(":getByDataFilter", {"dataFilters": [{"a1Range": "Sheet1!A1"}]})
    assert caught.value.code == 403
    assert caught.value.message == "Request had insufficient authentication scopes."


def test_a33_service_accounts_have_no_storage(api: Api, google: Emulator) -> None:
    answer = api.session.post(ROOT, json={"properties": {"title": "New"}}, timeout=5)
    assert answer.status_code == 403
    assert "storage quota" in answer.json()["error"]["message"]
    google.world.service_accounts_have_storage = True
    body = {
        "properties": {"title": "New", "locale": "de_DE"},
        "sheets": [{"properties": {"title": "Eins", "gridProperties": {"rowCount": 5}}}],
    }
    made = api.session.post(ROOT, json=body, timeout=5).json()
    assert made["properties"]["locale"] == "de_DE"
    assert made["sheets"][0]["properties"]["title"] == "Eins"
    assert made["sheets"][0]["properties"]["sheetId"] == 0
    plain = api.session.post(ROOT, json={}, timeout=5).json()
    assert plain["sheets"][0]["properties"]["title"] == "Sheet1"
    assert google.world.files[plain["spreadsheetId"]].roles == {WEAVER: "owner"}


def test_names_are_the_files_names(api: Api, book: Spreadsheet, google: Emulator) -> None:
    before = google.world.files[book.id].modified
    google.world.clock.advance(60)
    api.one("updateSpreadsheetProperties", properties={"title": "Renamed"}, fields="title")
    assert google.world.files[book.id].name == "Renamed"
    assert google.world.files[book.id].modified > before
    google.world.files[book.id].name = "Renamed in Drive"
    assert api.get()["properties"]["title"] == "Renamed in Drive"


def test_named_ranges(api: Api) -> None:
    named = api.one("addNamedRange", namedRange={"name": "here", "range": area(0, 0, 1, 1)})
    number = named["namedRange"]["namedRangeId"]
    for wrong in ("A1", "two words", "HERE", ""):
        with pytest.raises(Refusal) as caught:
            api.one("addNamedRange", namedRange={"name": wrong, "range": area(0, 0, 1, 1)})
        assert caught.value.code == 400
    there = {"namedRangeId": number, "range": area(1, 1, 2, 2)}
    api.one("updateNamedRange", namedRange=there, fields="range")
    assert api.values("here")["range"] == "Sheet1!B2"
    api.one("deleteNamedRange", namedRangeId=number)
    with pytest.raises(Refusal, match="Unable to parse range: here"):
        api.values("here")


def test_filter_views(api: Api) -> None:
    view = api.one("addFilterView", filter={"title": "Mine", "range": area(0, 0, 5, 2)})["filter"]
    twin = api.one("duplicateFilterView", filterId=view["filterViewId"])["filter"]
    assert twin["title"] == "Copy of Mine"
    new = {"filterViewId": view["filterViewId"], "title": "Ours"}
    api.one("updateFilterView", filter=new, fields="title")
    api.one("deleteFilterView", filterId=twin["filterViewId"])
    assert [v["title"] for v in api.get()["sheets"][0]["filterViews"]] == ["Ours"]
