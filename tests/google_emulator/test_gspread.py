"""Stock gspread as a whole: nothing left out, what it costs, what it makes of refusals."""

from __future__ import annotations

import inspect
from concurrent.futures import ThreadPoolExecutor

import gspread
import pytest
from gspread.utils import ExportFormat

from tests.google_emulator.clients import stock_gspread
from tests.google_emulator.gspread_scene import OWNER, WEAVER, Scene
from tests.google_emulator.sheets.model import create_spreadsheet


def test_the_naive_pattern_costs_three_reads_and_a_token(stock: Scene) -> None:
    fresh = stock_gspread(stock.google)
    before = stock.google.counted()
    fresh.open_by_key(stock.book.id).worksheet("Sheet1").get_all_records()
    told = [r.method_id.removeprefix("sheets.spreadsheets.") for r in stock.google.calls()[before:]]
    fresh.http_client.session.close()
    assert told == ["token", "get", "get", "values.get"]


def test_what_gspread_makes_of_refusals(stock: Scene) -> None:
    with pytest.raises(gspread.SpreadsheetNotFound):
        stock.gc.open_by_key("1nothing")
    hidden = create_spreadsheet(stock.google.world, "Hidden", OWNER)
    with pytest.raises(PermissionError):
        stock.gc.open_by_key(hidden.id)
    stock.google.world.share(stock.book.id, WEAVER, "reader")
    with pytest.raises(gspread.exceptions.APIError) as caught:
        stock.ws.update([["x"]], "A1")
    assert caught.value.code == 403
    assert caught.value.error["message"] == "The caller does not have permission"


def test_batch_update_twice_with_one_list_is_refused(stock: Scene) -> None:
    data = [{"range": "A1", "values": [["x"]]}]
    stock.ws.batch_update(data)
    with pytest.raises(gspread.exceptions.APIError, match="Unable to parse range"):
        stock.ws.batch_update(data)  # G-45: gspread has put the tab before the range again


def test_what_stock_gspread_asks_and_the_emulator_doesnt_do(stock: Scene) -> None:
    for ask in (
        lambda: stock.gc.copy(stock.book.id),
        lambda: stock.gc.export(stock.book.id),
        lambda: stock.sh.export(ExportFormat.CSV),
        lambda: stock.gc.import_csv(stock.book.id, "a,b"),
    ):
        with pytest.raises(gspread.exceptions.APIError, match="does not implement"):
            ask()
    assert len(stock.google.unhandled) == 4
    stock.google.unhandled.clear()


def test_appends_side_by_side_get_rows_of_their_own(stock: Scene) -> None:
    stock.google.service.latency = 0.02
    stock.tab.rows = 1000

    def append(name: str) -> str:
        client = stock_gspread(stock.google)
        told = client.http_client.values_append(
            stock.book.id, "Sheet1!A1", {"valueInputOption": "RAW"}, {"values": [[name]]}
        )
        client.http_client.session.close()
        return told["updates"]["updatedRange"]

    names = [f"name {number}" for number in range(12)]
    with ThreadPoolExecutor(6) as pool:
        ranges = list(pool.map(append, names))
    assert sorted(ranges, key=lambda r: int(r[8:])) == [f"Sheet1!A{n}" for n in range(4, 16)]
    assert sorted(row[0] for row in stock.grid[3:]) == sorted(names)


NOT_A_CALL = {
    "Client.expiry",
    "Client.set_timeout",
    "HTTPClient.set_timeout",
    "HTTPClient.login",
    "Spreadsheet.lastUpdateTime",  # deprecated; get_lastUpdateTime is asked for
    "Worksheet.tab_color",  # deprecated; get_tab_color is asked for
}
NOT_EMULATED = {
    f"{owner}.{name}"
    for owner in ("Client", "HTTPClient", "Spreadsheet")
    for name in ("copy", "export", "import_csv")
}


def test_every_public_method_has_a_case() -> None:
    from tests.google_emulator.test_gspread_files import case as files
    from tests.google_emulator.test_gspread_looks import case as looks
    from tests.google_emulator.test_gspread_reading import case as reading
    from tests.google_emulator.test_gspread_tabs import case as tabs
    from tests.google_emulator.test_gspread_writing import case as writing

    classes = (gspread.Client, gspread.HTTPClient, gspread.Spreadsheet, gspread.Worksheet)
    public = {
        f"{owner.__name__}.{name}"
        for owner in classes
        for name, _ in inspect.getmembers(owner)
        if not name.startswith("_")
    }
    there = {*files, *looks, *reading, *tabs, *writing} | NOT_A_CALL | NOT_EMULATED
    assert public - there == set()
