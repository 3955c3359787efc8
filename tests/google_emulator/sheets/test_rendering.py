"""How values are shown and what typing makes of them (S-40 to S-50)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google_emulator.server import Emulator
from tests.google_emulator.sheets.calling import Api, Refusal
from tests.google_emulator.sheets.model import Spreadsheet, create_spreadsheet, type_into
from tests.google_emulator.world import World

RAW = {"valueRenderOption": "UNFORMATTED_VALUE"}
FORMULA = {"valueRenderOption": "FORMULA"}


def shown(api: Api, typed: Any, **query: Any) -> Any:
    """What A1 shows after something was typed there."""
    api.update("Sheet1!A1", [[typed]], "USER_ENTERED")
    rows = api.rows("Sheet1!A1", **query)
    return rows[0][0] if rows else ""


def test_s40_formatted_is_the_default_and_formula_keeps_numbers_raw(api: Api) -> None:
    typed = [["2020-01-01", "=1+1", "2,000,000.01", "TRUE"]]
    api.update("Sheet1!A1", typed, "USER_ENTERED")
    assert api.rows("Sheet1") == [["2020-01-01", "2", "2,000,000.01", "TRUE"]]
    assert api.rows("Sheet1", **RAW) == [[43831, 2, 2000000.01, True]]
    assert api.rows("Sheet1", **FORMULA) == [[43831, "=1+1", 2000000.01, True]]


def test_s41_dates_as_text_with_numbers_raw(api: Api) -> None:
    api.update("Sheet1!A1", [["2020-01-01", "2,000.50"]], "USER_ENTERED")
    text = {**RAW, "dateTimeRenderOption": "FORMATTED_STRING"}
    assert api.rows("Sheet1", **text) == [["2020-01-01", 2000.5]]
    assert api.rows("Sheet1", dateTimeRenderOption="SERIAL_NUMBER") == [["2020-01-01", "2,000.50"]]


@pytest.mark.parametrize(
    ("typed", "serial"),
    [
        ("1900-01-01 12:00", 2.5),
        ("1900-02-01 15:00", 33.625),
        ("2020-01-01", 43831),
        ("1999-01-02", 36162),
    ],
)
def test_s42_serial_numbers(api: Api, typed: str, serial: float) -> None:
    assert shown(api, typed, **RAW) == serial


def test_s43_a_changed_time_zone_rewrites_no_cell(api: Api) -> None:
    before = shown(api, "2020-01-01 12:00", **RAW)
    zone = {"timeZone": "Europe/Paris"}
    api.one("updateSpreadsheetProperties", properties=zone, fields="timeZone")
    assert api.rows("Sheet1!A1", **RAW) == [[before]]
    assert api.get()["properties"]["timeZone"] == "Europe/Paris"


def test_s45_raw_stores_what_is_sent(api: Api) -> None:
    api.update("Sheet1!A1", [["=1+1", "0042", "1/2", "'x", True, 7.5]])
    assert api.rows("Sheet1", **FORMULA) == [["=1+1", "0042", "1/2", "'x", True, 7.5]]
    with pytest.raises(Refusal) as caught:
        api.update("Sheet1!A1", [["x"]], option="")
    assert caught.value.code == 400
    assert api.rows("Sheet1!A1", **RAW) == [["=1+1"]]


@pytest.mark.parametrize(
    ("typed", "value", "seen"),
    [
        ("0042", 42, "42"),
        ("= 1 / 1024", 0.0009765625, "0.0009765625"),
        ("2,000,000.01", 2000000.01, "2,000,000.01"),
        ("50%", 0.5, "50%"),
        ("$5", 5, "$5.00"),
        ("(5)", -5, "-5"),
        ("1e5", 100000, "1.00E+05"),
        ("3/4", 46085, "3/4/2026"),
        ("1-2", 46024, "1/2/2026"),
        ("MARCH1", 46082, "Mar 1"),
        ("12:30", 0.5208333333333334, "12:30:00"),
        ("true", True, "TRUE"),
        ("+447900900123", 447900900123, "447900900123"),
        ("'0042", "0042", "0042"),
        (" padded ", " padded ", " padded "),
        ("=NOSUCH(1)", "#NAME?", "#NAME?"),
        ("=1/0", "#DIV/0!", "#DIV/0!"),
    ],
)
def test_s46_s49_typing_changes_values(api: Api, typed: str, value: Any, seen: str) -> None:
    assert shown(api, typed, **RAW) == value
    assert api.rows("Sheet1!A1") == [[seen]]


def test_s47_null_skips_and_empty_text_clears(api: Api) -> None:
    api.update("Sheet1!A1", [["a", "b", "c"]])
    api.update("Sheet1!A1", [[None, "", "C"]])
    assert api.rows("Sheet1") == [["a", "", "C"]]
    with pytest.raises(Refusal, match=r"Invalid value at 'data.values\[0\]'"):
        api.update("Sheet1!A1", ["not a row"])
    with pytest.raises(Refusal, match=r"values\[0\]\[1\]: list_value"):
        api.append("Sheet1!A1", [["x", ["y"]]])
    assert api.rows("Sheet1") == [["a", "", "C"]]


def test_s48_infinity_is_no_json(api: Api) -> None:
    path = f"/{api.book.id}/values/Sheet1!A1?valueInputOption=RAW"
    url = "https://sheets.googleapis.com/v4/spreadsheets" + path
    headers = {"Content-Type": "application/json"}
    answer = api.session.put(url, data='{"values": [[NaN]]}', headers=headers, timeout=5)
    assert answer.status_code == 400
    assert "Invalid JSON payload received." in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("locale", "date", "moment", "number", "true"),
    [
        ("en_US", "4/3/2026", "4/3/2026 15:06:07", "1,234.50", "TRUE"),
        ("en_GB", "03/04/2026", "03/04/2026 15:06:07", "1,234.50", "TRUE"),
        ("de_DE", "03.04.2026", "03.04.2026 15:06:07", "1.234,50", "WAHR"),
        ("fr_FR", "03/04/2026", "03/04/2026 15:06:07", "1\u202f234,50", "VRAI"),
    ],
)
def test_s50_formatted_values_follow_the_locale(
    api: Api, locale: str, date: str, moment: str, number: str, true: str
) -> None:
    api.one("updateSpreadsheetProperties", properties={"locale": locale}, fields="locale")
    forms = [{"type": "DATE"}, {"type": "DATE_TIME"}, {"type": "NUMBER", "pattern": "#,##0.00"}]
    cells = [
        {"userEnteredValue": {"numberValue": value}, "userEnteredFormat": {"numberFormat": form}}
        for value, form in zip((46115, 46115.6292476852, 1234.5), forms, strict=True)
    ]
    rows = [{"values": [*cells, {"userEnteredValue": {"boolValue": True}}]}]
    fields = "userEnteredValue,userEnteredFormat.numberFormat"
    api.one("updateCells", start={"sheetId": 0}, rows=rows, fields=fields)
    assert api.rows("Sheet1") == [[date, moment, number, true]]


@pytest.mark.parametrize(
    ("locale", "text", "value"),
    [
        ("en_US", "3/4/2026", 46085),
        ("en_GB", "3/4/2026", 46115),
        ("de_DE", "3.4.2026", 46115),
        ("de_DE", "1.234,5", 1234.5),
        ("de_DE", "0,5", 0.5),
        ("en_GB", "0,5", "0,5"),
        ("fr_FR", "3/4/2026 15:06", 46115.629166666666),
        ("fr_FR", "5 €", 5),
        ("de_DE", "WAHR", True),
    ],
)
def test_people_type_in_their_locale(locale: str, text: str, value: Any) -> None:
    world = World()
    book = create_spreadsheet(world, "Notes", "coordinator@example.org", locale=locale)
    type_into(world, book, book.sheets[0], 4, 2, text)
    assert book.sheets[0].value(4, 2) == value


def test_formulas_follow_their_cells(api: Api, book: Spreadsheet) -> None:
    api.update(
        "Sheet1!A1", [[1], [2], ["=SUM(A1:A2)*$A$2"], ["='Sheet1'!A3&\"!\""]], "USER_ENTERED"
    )
    assert api.rows("Sheet1", **RAW) == [[1], [2], [6], ["6!"]]
    api.update("Sheet1!A1", [[5]])
    assert api.rows("Sheet1!A3", **RAW) == [[14]]
    book.sheets[0].insert_rows(1, 2)
    assert api.rows("Sheet1!A5:A6", **FORMULA) == [["=SUM(A1:A4)*$A$4"], ["='Sheet1'!A5&\"!\""]]
    book.sheets[0].delete_rows(3)
    assert api.rows("Sheet1!A4", **FORMULA) == [["=SUM(A1:A3)*#REF!"]]


def test_formulas_that_reach_out_are_noted(api: Api, google: Emulator) -> None:
    bad = '=IMPORTXML("https://example.org","//a")'
    api.update("Sheet1!A1", [[bad, "=SUM(1,2)"]], "USER_ENTERED")
    assert api.book.outgoing == [bad]
    api.update("Sheet1!A2", [[bad]])
    assert api.book.outgoing == [bad]
