"""Files that Weaver can't use, asked for over the wire: one clear paragraph and its exit code."""

from __future__ import annotations

from typing import Any

import pytest

from config.errors import WeaverError
from connectors.google.calls import Calls
from tests.connectors.google.waiting import OWNER, Opened
from tests.google_emulator import people
from tests.google_emulator.server import Emulator
from tests.google_emulator.sheets.model import Spreadsheet, create_spreadsheet

FIELDS = "properties(title)"


def stopped(calls: Calls, spreadsheet: str, *requests: dict[str, Any]) -> WeaverError:
    """What comes of writing, or of reading where nothing is to be written. Always the same."""

    def ask() -> object:
        if requests:
            return calls.batch_update_once(spreadsheet, {"requests": list(requests)})
        return calls.metadata(spreadsheet, FIELDS)

    errors: list[WeaverError] = []
    for _ in range(2):
        with pytest.raises(WeaverError) as caught:
            ask()
        errors.append(caught.value)
    assert str(errors[0]) == str(errors[1])
    assert str(errors[0]).count("\n") == 0
    return errors[0]


def write(text: str = "x", sheet_id: int = 0) -> dict[str, Any]:
    """Write one cell."""
    row = {"values": [{"userEnteredValue": {"stringValue": text}}]}
    start = {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": 0}
    return {"updateCells": {"start": start, "rows": [row], "fields": "userEnteredValue"}}


@pytest.fixture
def weaver(google: Emulator) -> str:
    """Weaver's address."""
    return str(google.service_account()["client_email"])


def test_not_shared(google: Emulator, opened: Opened, weaver: str) -> None:
    other = create_spreadsheet(google.world, "Ana's own", OWNER)
    error = stopped(opened(), other.id)
    assert error.exit_code == 77
    assert "not shared with Weaver" in error.what
    assert f"add {weaver} as an editor" in error.remedy
    assert error.where == f"spreadsheet https://docs.google.com/spreadsheets/d/{other.id}/edit"


def test_shared_for_reading_only(
    google: Emulator, opened: Opened, spreadsheet: Spreadsheet, weaver: str
) -> None:
    people.share(google.world, spreadsheet.id, weaver, "reader")
    calls = opened()
    calls.metadata(spreadsheet.id, FIELDS)
    error = stopped(calls, spreadsheet.id, write())
    assert error.exit_code == 77
    assert "for reading only" in error.what
    assert f"add {weaver} as an editor" in error.remedy
    assert error.where == "spreadsheet The tracker"


def test_deleted(google: Emulator, opened: Opened, spreadsheet: Spreadsheet) -> None:
    calls = opened()
    calls.metadata(spreadsheet.id, FIELDS)
    people.trash(google.world, spreadsheet.id)
    error = stopped(calls, spreadsheet.id)
    assert error.exit_code == 78
    assert "was deleted" in error.what
    assert "bin" in error.remedy
    assert error.where == "spreadsheet The tracker"


def test_a_wrong_address(opened: Opened) -> None:
    error = stopped(opened(), "1nobody" + "x" * 37)
    assert error.exit_code == 78
    assert "weaver.toml" in error.remedy


def test_an_uploaded_workbook(google: Emulator, opened: Opened, weaver: str) -> None:
    file = people.upload_xlsx(google.world, "tracker.xlsx", OWNER)
    people.share(google.world, file, weaver)
    error = stopped(opened(), file)
    assert error.exit_code == 78
    assert "Excel" in error.what
    assert "Save as Google Sheets" in error.remedy


def test_the_interface_is_switched_off(
    google: Emulator, opened: Opened, spreadsheet: Spreadsheet
) -> None:
    google.service.disabled.add("sheets")
    error = stopped(opened(), spreadsheet.id)
    assert error.exit_code == 77
    assert "https://console.developers.google.com/apis/api/sheets" in error.remedy


def test_a_full_spreadsheet(google: Emulator, opened: Opened, spreadsheet: Spreadsheet) -> None:
    big = {"gridProperties": {"rowCount": 380_000, "columnCount": 26}, "title": "Old"}
    calls = opened()
    calls.batch_update_once(spreadsheet.id, {"requests": [{"addSheet": {"properties": big}}]})
    more = {"addSheet": {"properties": big | {"title": "More"}}}
    error = stopped(calls, spreadsheet.id, write("lost"), more)
    assert error.exit_code == 65
    assert "10 million cells" in error.what
    assert spreadsheet.sheets[0].cell(0, 0) is None


def test_a_protected_tab_in_the_way(
    google: Emulator, opened: Opened, spreadsheet: Spreadsheet, weaver: str
) -> None:
    people.add_tab(google.world, spreadsheet, "Numbers")
    people.protect_tab(google.world, spreadsheet, "Numbers", [OWNER])
    numbers = spreadsheet.sheets[1].sheet_id
    error = stopped(opened(), spreadsheet.id, write("lost"), write(sheet_id=numbers))
    assert error.exit_code == 77
    assert "protected range" in error.what
    assert weaver in error.remedy
    assert spreadsheet.sheets[0].cell(0, 0) is None


def test_a_text_that_is_too_long(opened: Opened, spreadsheet: Spreadsheet) -> None:
    error = stopped(opened(), spreadsheet.id, write("x" * 50_001))
    assert error.exit_code == 65
    assert "50,000 characters" in error.what


def test_what_google_does_not_understand_is_a_fault_of_weaver(
    opened: Opened, spreadsheet: Spreadsheet
) -> None:
    error = stopped(opened(), spreadsheet.id, {"frobnicate": {}})
    assert error.exit_code == 1
    assert 'Unknown name "frobnicate"' in error.what
    assert "please report it" in error.remedy
