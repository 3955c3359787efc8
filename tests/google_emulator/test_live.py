"""What nobody knows, and what the emulator rests on, asked of the emulator and of real Google.

For the second, `pytest -m live` with WEAVER_LIVE_KEY (a service account's key file) and
WEAVER_LIVE_SPREADSHEET (the id of a spreadsheet of which that account is an editor; each question
makes a tab of its own there, and deletes it). Where the real Google answers otherwise, its answer
belongs into the emulator and into the README next to this.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import gspread
import pytest
from gspread.utils import ValidationConditionType, ValueInputOption

from tests.google_emulator.gspread_scene import OWNER, WEAVER
from tests.google_emulator.sheets.model import create_spreadsheet

Question = Callable[[gspread.Worksheet], Any]
QUESTIONS: dict[str, tuple[Any, Question]] = {}


def question(name: str, expected: Any) -> Callable[[Question], Question]:
    """Register a question with the answer that the emulator gives."""

    def register(asked: Question) -> Question:
        QUESTIONS[name] = (expected, asked)
        return asked

    return register


def refusal(ask: Callable[[], Any]) -> str:
    """What Google says to a request; "" where it does it."""
    try:
        ask()
    except gspread.exceptions.APIError as error:
        return f"{error.code}: {error.error['message'].splitlines()[0]}"
    return ""


def batch(ws: gspread.Worksheet, *requests: dict[str, Any]) -> Any:
    return ws.spreadsheet.batch_update({"requests": list(requests)})


@question("U-1 an open range that overflows", (True, 5))
def overflowing(ws: gspread.Worksheet) -> Any:
    told = refusal(lambda: ws.update([[1], [2], [3]], "A4"))
    rows = ws.spreadsheet.get_worksheet_by_id(ws.id).row_count
    return told.startswith("400: "), rows


@question("U-3 the API writes past a strict drop-down", "")
def past_a_drop_down(ws: gspread.Worksheet) -> Any:
    ws.add_validation("A1", ValidationConditionType.one_of_list, ["a", "b"], strict=True)
    return refusal(lambda: ws.update([["c"]], "A1"))


@question("U-4 row metadata and sorting", 0)
def metadata_and_sorting(ws: gspread.Worksheet) -> Any:
    ws.update([["b"], ["a"]], "A1")
    place = {"sheetId": ws.id, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}
    made = {"metadataKey": "k", "visibility": "DOCUMENT", "location": {"dimensionRange": place}}
    batch(ws, {"createDeveloperMetadata": {"developerMetadata": made}})
    ws.sort((1, "asc"), range="A1:A2")
    meta = ws.spreadsheet.fetch_sheet_metadata({"fields": "sheets(properties.sheetId,data)"})
    mine = next(s for s in meta["sheets"] if s["properties"].get("sheetId") == ws.id)
    rows = mine["data"][0]["rowMetadata"]
    return next(i for i, row in enumerate(rows) if "developerMetadata" in row)


@question("S-22 trailing blanks go, inner ones stay", [["a", "", "b"], [], ["c"]])
def trimming(ws: gspread.Worksheet) -> Any:
    ws.update([["a", "", "b", ""], ["", "", "", ""], ["c", "", "", ""]], "A1")
    return list(ws.get("A1:E5"))


@question("S-23 ranges come back clipped", ["A1:A5", "A1:E5", "A2:E2", "A1:B2", "A1"])
def clipped(ws: gspread.Worksheet) -> Any:
    found = ws.batch_get(["A:A", "A1:ZZ999", "A2:2", "B2:A1", "A1:A1"])
    return [block.range.rpartition("!")[2] for block in found]


@question("S-27 outside the grid", "exceeds grid limits. Max rows: 5, max columns: 5")
def outside(ws: gspread.Worksheet) -> Any:
    return refusal(lambda: ws.get("A99")).partition(") ")[2]


@question("S-46 what typing makes of texts", [[42, 43831, 0.5, True, "x"]])
def typed(ws: gspread.Worksheet) -> Any:
    texts = [["0042", "2020-01-01", "50%", "TRUE", "'x"]]
    ws.update(texts, "A1", value_input_option=ValueInputOption.user_entered)
    return list(ws.get("A1:E1", value_render_option="UNFORMATTED_VALUE"))


@question("S-45 what RAW keeps", [["0042", "2020-01-01", "=1+1", "'x", 7]])
def kept(ws: gspread.Worksheet) -> Any:
    ws.update([["0042", "2020-01-01", "=1+1", "'x", 7]], "A1")
    return list(ws.get("A1:E1", value_render_option="UNFORMATTED_VALUE"))


@question("S-66 where append writes", ["A3", "E4", "B7"])
def appended(ws: gspread.Worksheet) -> Any:
    found = []
    for where in ("A1", "E4", "B4"):
        ws.clear()
        ws.resize(10, 10)
        ws.update([["x", "x", "x"]] * 2, "A1")
        ws.update([["y", "y", "y"]] * 3, "B4")
        told = ws.append_row(["new"], table_range=where)
        found.append(told["updates"]["updatedRange"].rpartition("!")[2])
    return found


@question("S-62 more than the range", True)
def too_much(ws: gspread.Worksheet) -> Any:
    told = refusal(lambda: ws.update([["a", "b", "c"]], "A1:B1"))
    return "but tried writing to column [C]" in told


@question("S-20 one bad request, nothing done", [[]])
def atomic(ws: gspread.Worksheet) -> Any:
    cell = {"userEnteredValue": {"stringValue": "x"}}
    start = {"sheetId": ws.id, "rowIndex": 0, "columnIndex": 0}
    good = {"start": start, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}
    bad = {"deleteSheet": {"sheetId": 2_000_000_001}}
    refusal(lambda: batch(ws, {"updateCells": good}, bad))
    return list(ws.get("A1"))


@question(
    "S-80 an unknown tab", "400: Invalid requests[0].deleteSheet: No grid with id: 2000000001"
)
def unknown_tab(ws: gspread.Worksheet) -> Any:
    return refusal(lambda: batch(ws, {"deleteSheet": {"sheetId": 2_000_000_001}}))


@question(
    "S-100 an unknown name",
    "400: Invalid JSON payload received. Unknown name \"odd\" at 'requests[0]': Cannot find field.",
)
def unknown_name(ws: gspread.Worksheet) -> Any:
    return refusal(lambda: batch(ws, {"odd": {}}))


@question(
    "S-100 two of a group",
    "400: Invalid value at 'requests[0]' (oneof), oneof field 'kind' is already set. "
    "Cannot set 'deleteSheet'",
)
def two_of_a_group(ws: gspread.Worksheet) -> Any:
    return refusal(lambda: batch(ws, {"addSheet": {}, "deleteSheet": {}}))


@question("S-31 a message of which a mask asks nothing that is there", {"properties": {}})
def empty_message(ws: gspread.Worksheet) -> Any:
    found = ws.spreadsheet.fetch_sheet_metadata({"fields": "sheets.properties.hidden"})
    return found["sheets"][0]


@question("S-23 a named range after its tab", [["x"]])
def named_after_its_tab(ws: gspread.Worksheet) -> Any:
    ws.update([["x"]], "B2")
    name = "n" + uuid.uuid4().hex
    ws.define_named_range("B2", name)
    return list(ws.get(name))


@question("S-85 a mark is set anew under its id, but only where its column still is", ["", True])
def marks(ws: gspread.Worksheet) -> Any:
    where = {"sheetId": ws.id, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    number, place = uuid.uuid4().int % 2**31, {"dimensionRange": where}
    lookup = {"metadataId": number, "metadataLocation": place,
              "locationMatchingStrategy": "EXACT_LOCATION"}  # fmt: skip
    mark = {"metadataId": number, "metadataKey": "live", "visibility": "DOCUMENT",
            "location": place}  # fmt: skip
    made = {"createDeveloperMetadata": {"developerMetadata": mark}}
    taken = {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": lookup}}}
    batch(ws, made)
    there = refusal(lambda: batch(ws, taken, made))
    batch(ws, {"insertDimension": {"range": where}})
    return [there, "DeveloperMetadata" in refusal(lambda: batch(ws, taken, made))]


@pytest.fixture(params=["emulator", pytest.param("live", marks=pytest.mark.live)])
def tab(request: pytest.FixtureRequest) -> Iterator[gspread.Worksheet]:
    """A fresh tab of 5 × 5 cells, on the emulator or on the real Google."""
    client, key = _live() if request.param == "live" else _emulated(request)
    made = client.open_by_key(key).add_worksheet(f"live {uuid.uuid4().hex}", 5, 5)
    yield made
    made.spreadsheet.del_worksheet(made)
    client.http_client.session.close()


def _live() -> tuple[gspread.Client, str]:
    key, book = os.environ.get("WEAVER_LIVE_KEY"), os.environ.get("WEAVER_LIVE_SPREADSHEET")
    if not key or not book:
        pytest.skip("WEAVER_LIVE_KEY and WEAVER_LIVE_SPREADSHEET aren't set")
    client = gspread.service_account(key, scopes=["https://www.googleapis.com/auth/spreadsheets"])
    client.set_timeout((5, 60))
    return client, book


def _emulated(request: pytest.FixtureRequest) -> tuple[gspread.Client, str]:
    from tests.google_emulator.clients import stock_gspread

    google = request.getfixturevalue("google")
    book = create_spreadsheet(google.world, "Live", OWNER)
    google.world.share(book.id, WEAVER)
    return stock_gspread(google), book.id


@pytest.mark.parametrize("name", list(QUESTIONS))
def test_google_answers_as_the_emulator_does(tab: gspread.Worksheet, name: str) -> None:
    expected, asked = QUESTIONS[name]
    assert asked(tab) == expected
