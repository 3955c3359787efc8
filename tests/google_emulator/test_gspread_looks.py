"""Stock gspread: formats, merges, notes, named and protected ranges, drop-downs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gspread
import pytest
from gspread.utils import ValidationConditionType

from tests.google_emulator.gspread_scene import OWNER, ROWS, Cases, Scene, run, seen

case = Cases()


# ---- looks


def _format(s: Scene, cell: str) -> dict[str, Any]:
    data = seen(s, "data(rowData(values(userEnteredFormat)))", ranges=f"Sheet1!{cell}")["data"][0]
    values = data.get("rowData", [{}])[0].get("values", [{}])
    return values[0].get("userEnteredFormat", {})


@case(1, "Worksheet.format")
def format_cells(s: Scene) -> Iterator[None]:
    s.ws.format(["A1:C1", "A3"], {"textFormat": {"bold": True}})
    yield
    assert _format(s, "C1") == {"textFormat": {"bold": True}}
    assert _format(s, "A2") == {}
    assert _format(s, "A3")["textFormat"] == {"bold": True}
    assert s.grid == ROWS


@case(1, "Worksheet.batch_format")
def batch_format(s: Scene) -> Iterator[None]:
    money = {"numberFormat": {"type": "CURRENCY", "pattern": "0.00"}}
    s.ws.batch_format([{"range": "B2:B3", "format": money}])
    yield
    assert _format(s, "B3") == money


@case(1, "Worksheet.merge_cells", "Worksheet.unmerge_cells")
def merge(s: Scene) -> Iterator[None]:
    s.ws.merge_cells("A2:A3")
    yield
    [merged] = seen(s, "merges")["merges"]
    assert merged["endRowIndex"] == 3
    s.ws.unmerge_cells("A2:A3")
    assert "merges" not in seen(s, "merges")


@case(1, "Worksheet.batch_merge")
def batch_merge(s: Scene) -> Iterator[None]:
    s.ws.batch_merge([{"range": "A1:B1"}, {"range": "A4:C5", "mergeType": "MERGE_ROWS"}])
    yield
    assert len(seen(s, "merges")["merges"]) == 3


@case(1, "Worksheet.sort")
def sort(s: Scene) -> Iterator[None]:
    s.ws.sort((3, "asc"), range="A2:C3")
    yield
    assert s.grid == [ROWS[0], ROWS[2], ROWS[1]]


@case(1, "Worksheet.set_basic_filter", "Worksheet.clear_basic_filter")
def basic_filter(s: Scene) -> Iterator[None]:
    s.ws.set_basic_filter("A1:C3")
    yield
    assert seen(s, "basicFilter")["basicFilter"]["range"]["endColumnIndex"] == 3
    s.ws.clear_basic_filter()
    assert "basicFilter" not in seen(s, "basicFilter")


@case(1, "Worksheet.copy_range")
def copy_range(s: Scene) -> Iterator[None]:
    s.ws.copy_range("A1:B2", "C5:D6")
    yield
    assert s.ws.get("C5:D6") == [row[:2] for row in ROWS[:2]]


@case(1, "Worksheet.cut_range")
def cut_range(s: Scene) -> Iterator[None]:
    s.ws.cut_range("A1:C1", "A5:C5")
    yield
    assert s.ws.row_values(1) == []
    assert s.ws.row_values(5) == ROWS[0]


# ---- notes


@case(1, "Worksheet.update_note", "Worksheet.insert_note")
def note(s: Scene) -> Iterator[None]:
    s.ws.update_note("B2", "ask her")
    yield
    assert s.tab.cell(1, 1).note == "ask her"
    assert s.grid == ROWS
    s.ws.insert_note("B2", "asked")
    assert s.tab.cell(1, 1).note == "asked"


@case(1, "Worksheet.update_notes", "Worksheet.insert_notes")
def notes(s: Scene) -> Iterator[None]:
    s.ws.update_notes({"A1": "one", "B2": "two"})
    yield
    assert s.ws.get_note("A1") == "one"
    assert s.ws.get_note("B2") == "two"
    s.ws.insert_notes({"A1": "three"})
    assert s.ws.get_note("A1") == "three"


@case(1, "Worksheet.get_note")
def get_note(s: Scene) -> Iterator[None]:
    s.tab.note(1, 1, "here")
    found = s.ws.get_note("B2")
    yield
    assert found == "here"
    assert s.ws.get_note("C3") == ""


@case(1, "Worksheet.get_notes")
def get_notes(s: Scene) -> Iterator[None]:
    s.tab.note(1, 1, "here")
    found = s.ws.get_notes()
    yield
    assert found[1][1] == "here"
    assert not any(found[0])


@case(1, "Worksheet.clear_note")
def clear_note(s: Scene) -> Iterator[None]:
    s.tab.note(1, 1, "here")
    s.ws.clear_note("B2")
    yield
    assert s.ws.get_note("B2") == ""


@case(1, "Worksheet.clear_notes")
def clear_notes(s: Scene) -> Iterator[None]:
    s.tab.note(1, 1, "here")
    s.ws.clear_notes(["B2", "C3"])
    yield
    assert s.ws.get_note("B2") == ""


# ---- named and protected ranges, drop-downs


@case(1, "Worksheet.define_named_range", "Worksheet.delete_named_range")
def named_range(s: Scene) -> Iterator[None]:
    made = s.ws.define_named_range("A2:B3", "people")
    yield
    told = made["replies"][0]["addNamedRange"]["namedRange"]
    assert told["range"] == {  # S-32: sheetId 0 isn't shown here
        "startRowIndex": 1,
        "endRowIndex": 3,
        "startColumnIndex": 0,
        "endColumnIndex": 2,
    }
    assert [entry["name"] for entry in s.sh.list_named_ranges()] == ["people"]
    assert s.ws.get("people") == [row[:2] for row in ROWS[1:]]
    s.ws.delete_named_range(told["namedRangeId"])
    assert s.sh.list_named_ranges() == []


@case(1, "Spreadsheet.list_named_ranges")
def list_named_ranges(s: Scene) -> Iterator[None]:
    found = s.sh.list_named_ranges()
    yield
    assert found == []


@case(2, "Spreadsheet.named_range")
def read_named_range(s: Scene) -> Iterator[None]:
    box = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 2}
    box |= {"startColumnIndex": 0, "endColumnIndex": 1}
    s.book.named_ranges.append({"namedRangeId": "n1", "name": "first", "range": box})
    found = s.sh.named_range("first")
    yield
    assert [c.value for c in found] == ["Ana"]
    assert s.sh.values_get("first")["range"] == "Sheet1!A2"


@case(1, "Worksheet.add_protected_range", "Worksheet.delete_protected_range")
def protected_range(s: Scene) -> Iterator[None]:
    made = s.ws.add_protected_range("A1:C1", [OWNER], description="Header")
    yield
    told = made["replies"][0]["addProtectedRange"]["protectedRange"]
    [listed] = s.sh.list_protected_ranges(0)
    assert listed["description"] == "Header"
    assert listed["protectedRangeId"] == told["protectedRangeId"]
    s.ws.delete_protected_range(told["protectedRangeId"])
    assert s.sh.list_protected_ranges(0) == []


@case(1, "Spreadsheet.list_protected_ranges")
def list_protected_ranges(s: Scene) -> Iterator[None]:
    found = s.sh.list_protected_ranges(0)
    yield
    assert found == []
    with pytest.raises(gspread.WorksheetNotFound):
        s.sh.list_protected_ranges(99)


@case(1, "Worksheet.add_validation")
def add_validation(s: Scene) -> Iterator[None]:
    s.ws.add_validation(
        "C2:C3", ValidationConditionType.one_of_list, ["Lyon", "Ghent"], strict=True
    )
    yield
    data = seen(s, "data(rowData(values(dataValidation)))", ranges="Sheet1!C3")["data"][0]
    rule = data["rowData"][0]["values"][0]["dataValidation"]
    assert rule["strict"] is True
    assert rule["condition"]["type"] == "ONE_OF_LIST"
    assert [v["userEnteredValue"] for v in rule["condition"]["values"]] == ["Lyon", "Ghent"]
    s.ws.update([["Nowhere"]], "C2")  # S-84: the API may write what a person couldn't type
    assert s.grid[1][2] == "Nowhere"


@pytest.mark.parametrize("name", list(case))
def test_looks(stock: Scene, name: str) -> None:
    run(stock, case[name])
