"""Traps of writing: what is lost when a request fails, is repeated or hits the wrong place."""

from __future__ import annotations

import functools
import json

import gspread
import pytest
import requests

from config.errors import BadData, NeedsPermission, Temporary
from connectors.google import session as signing_in
from tests.google_emulator import people
from tests.google_emulator.server import Fault
from tests.google_traps.springs import OWNER, WRITE, Springs, model, naive

UPDATE = "sheets.spreadsheets.values.update"
APPEND = "sheets.spreadsheets.values.append"
TO_DECIDE = "To decide"
HARMLESS = {
    "addSheet", "updateCells", "repeatCell", "setDataValidation", "addConditionalFormatRule",
    "updateDimensionProperties", "addProtectedRange", "setBasicFilter", "insertDimension",
    "appendDimension", "createDeveloperMetadata", "deleteDeveloperMetadata",
}  # fmt: skip
"""All that Weaver ever asks for; none of it takes anything away but marks that it sets anew."""


def later(springs: Springs, *names: str) -> None:
    """Another day, with more forms that raise a question each."""
    springs.next_day()
    for name in names or ("Gorse Moor Society",):
        springs.sign(name, {"Reservations": f"Only if {name} may leave in May."})


def test_t01_clear_then_write(running: Springs) -> None:
    """A script that clears a tab and then writes it loses all of it when the second request
    fails, or when a failed read gave it nothing to write."""
    before = model(running.working)
    later(running)
    running.google.faults.add(Fault("429", WRITE, times=99))
    with pytest.raises(Temporary):
        running.run()
    assert model(running.working) == before
    running.google.faults.clear()

    for response in list(running.form.responses.values()):
        people.delete_response(running.world, running.form, response)
    with pytest.raises(BadData):
        running.run()
    assert model(running.working) == before
    assert {next(iter(asked)) for asked in running.asked()} <= HARMLESS

    running.google.faults.add(Fault("429", UPDATE))
    with naive(running.google, running.working, TO_DECIDE) as tab:
        rows = tab.get_all_values()
        tab.clear()
        with pytest.raises(gspread.exceptions.APIError):
            tab.update(rows, "A1")
    assert len(rows) > 1
    assert running.working.sheet(TO_DECIDE).grid() == []


@pytest.mark.parametrize("kind", ["applied-lost", "applied-503", "applied-500", "applied-502-html"])
def test_t02_append_retried(running: Springs, kind: str) -> None:
    """A script that appends again after a lost answer leaves every row twice."""
    later(running)
    fault = running.google.faults.add(Fault(kind, WRITE))
    running.run()
    assert fault.struck == 1
    keys = [row["Key"] for row in running.rows(TO_DECIDE)]
    assert len(keys) == len(set(keys)) == 3
    runs = [row["Run"] for row in running.rows("Weaver's log")]
    assert runs == [1, 2]

    running.google.faults.clear()
    running.google.faults.add(Fault("applied-503", APPEND))
    with naive(running.google, running.working, "Weaver's log") as tab:
        row = [3, "2026-03-11", "", ""]
        with pytest.raises(gspread.exceptions.APIError):
            tab.append_row(row)
        tab.append_row(row)
    assert [row["Run"] for row in running.rows("Weaver's log")] == [1, 2, 3, 3]


def test_t03_append_drifts(running: Springs) -> None:
    """Appending "below the table" finds another table where somebody wrote a remark at the side,
    and the row begins in that remark's column."""
    sheet = running.working.sheet(TO_DECIDE)
    people.insert_column(running.world, running.working, TO_DECIDE, "Why")
    people.insert_column(running.world, running.working, TO_DECIDE, "Why")
    width = sheet.columns
    sheet.insert_columns(width, 3)
    people.type_cell(running.world, running.working, TO_DECIDE, 4, width + 2, "ring them all!")
    later(running)
    running.run()
    keys = [row["Key"] for row in running.rows(TO_DECIDE)]
    assert len([key for key in keys if key]) == 3
    assert all(keys[:3])
    assert running.row(TO_DECIDE, "Gorse Moor Society")["Why"]
    beside = {sheet.value(row, width + 2): sheet.value(row, 0) for row in range(sheet.last_row())}
    assert beside.keys() == {None, "ring them all!"}
    assert beside["ring them all!"] is None

    with naive(running.google, running.working, TO_DECIDE) as tab:
        tab.append_row(["s-new", "2026-03-10", "Heron Lake Rowers"])
    assert sheet.value(sheet.last_row() - 1, width + 2) == "s-new"


def test_t04_append_at_row_1001(running: Springs) -> None:
    """A column of checkboxes filled down to the end makes a table as long as the tab, so what is
    appended vanishes below row 500."""
    sheet = running.working.sheet(TO_DECIDE)
    place = people.add_own_column(running.world, running.working, TO_DECIDE, "Rang them")
    end = sheet.rows
    for row in range(1, end):
        sheet.set(row, place, False)
    later(running)
    running.run()
    rows = [row for row in running.rows(TO_DECIDE) if row["Key"]]
    assert running.rows(TO_DECIDE)[:3] == rows
    assert len(rows) == 3
    boxes = [sheet.value(row, place) for row in range(1, sheet.rows)]
    assert boxes.count(False) == end - 1

    with naive(running.google, running.working, TO_DECIDE) as tab:
        found = tab.append_row(["s-new"])
    assert int(found["updates"]["updatedRange"].rpartition("A")[2].split(":")[0]) > end


def test_t05_append_overwrites(running: Springs) -> None:
    """Appending writes over whatever stands under the table: a sum, a remark."""
    sheet = running.working.sheet(TO_DECIDE)
    last = sheet.last_row()
    place = people.add_own_column(running.world, running.working, TO_DECIDE, "Hours", [(2, "3")])
    people.type_cell(running.world, running.working, TO_DECIDE, last + 2, place, "=SUM(N2:N3)")
    people.note(running.world, running.working, TO_DECIDE, last + 2, place, "for the funder")
    later(running, "Gorse Moor Society", "Heron Lake Rowers", "Ivy Mill Readers")
    running.run()
    kept = [cell for _, _, cell in sheet.cells(sheet.whole()) if cell.note == "for the funder"]
    assert [(cell.formula, cell.value) for cell in kept] == [("=SUM(N2:N3)", 3)]
    assert [bool(row["Key"]) for row in running.rows(TO_DECIDE)] == [True] * 5 + [False] * 2

    people.type_cell(running.world, running.working, "Promises", 5, "Who", "all of us: 2")
    with naive(running.google, running.working, "Promises") as tab:
        tab.append_rows([["Cedar Ferry Choir", "Uli", "Sing"]] * 2, table_range="A1")
    assert "all of us: 2" not in running.working.sheet("Promises").grid()[4]


def test_t07_read_modify_write(running: Springs) -> None:
    """A script that reads a tab, changes it and writes it back whole undoes what somebody typed
    in between."""
    later(running)

    def typing() -> None:
        running.decide("Dune Wardens", "accept", "Bo", "I rang them")
        running.type(TO_DECIDE, 4, "Note", "who rings the others?")

    done = running.while_writing(typing)
    running.run()
    assert done
    row = running.row(TO_DECIDE, "Dune Wardens")
    assert (row["Decision"], row["Decided by"], row["Note"]) == ("accept", "Bo", "I rang them")
    (below,) = [row for row in running.rows(TO_DECIDE) if row["Note"] == "who rings the others?"]
    assert below["Key"] is None
    running.run()
    assert running.row("Who has signed", "Dune Wardens")["Standing"] == "member"

    with naive(running.google, running.working, TO_DECIDE) as tab:
        rows = tab.get_all_values()
        running.decide("Elm Street Kitchen", "accept", "Bo")
        tab.update(rows, "A1")
    assert not running.row(TO_DECIDE, "Elm Street Kitchen")["Decision"]


def test_t26_resize_to_fit(running: Springs) -> None:
    """A tab that is made as small as its frame loses the rows and columns beyond, notes and
    formulas with them."""
    sheet = running.working.sheet("Who has signed")
    sheet.insert_columns(sheet.columns, 2)
    far = (sheet.rows - 1, sheet.columns - 1)
    people.note(running.world, running.working, "Who has signed", far[0] + 1, far[1], "sums")
    sheet.set(*far, 7)
    size = sheet.rows, sheet.columns
    later(running)
    running.run()
    assert (sheet.rows, sheet.columns) >= size
    kept = [cell for _, _, cell in sheet.cells(sheet.whole()) if cell.note == "sums"]
    assert [cell.value for cell in kept] == [7]

    with naive(running.google, running.working, "Who has signed") as tab:
        tab.resize(rows=10, cols=10)
    assert not [cell for _, _, cell in sheet.cells(sheet.whole()) if cell.note == "sums"]


def test_t27_empty_rows_dropped(running: Springs) -> None:
    """A frame without the empty rows counts the rows below them wrongly, and what is written back
    lands a few rows too high."""
    first, second = running.rows(TO_DECIDE)
    people.insert_rows(running.world, running.working, TO_DECIDE, {"Key": first["Key"]}, 2)
    people.insert_rows(running.world, running.working, TO_DECIDE, {"Key": second["Key"]})
    running.decide(str(second["Organisation"]), "accept", "Bo")
    later(running)
    running.run()
    rows = running.rows(TO_DECIDE)
    assert [row["Key"] for row in rows[:5]] == [None, None, first["Key"], None, second["Key"]]
    assert rows[4]["Status"] == "settled"
    assert rows[2]["Status"] == first["Status"]
    assert [row["Decision"] for row in rows[:5]] == [None, None, None, None, "accept"]

    with naive(running.google, running.working, TO_DECIDE) as tab:
        frame = [row for row in tab.get_all_values() if any(row)]
        keys = [row[0] for row in frame]
        tab.update_cell(keys.index(second["Key"]) + 1, 9, "written by a script")
    assert running.row(TO_DECIDE, str(second["Organisation"]))["Status"] == "settled"


def test_t28_insert_row_is_two_requests(running: Springs) -> None:
    """gspread's insert_row makes room first and writes then; when the second request fails an
    empty row stays."""
    before = model(running.working)
    later(running)
    running.google.faults.add(Fault("503", WRITE, times=99))
    with pytest.raises(Temporary):
        running.run()
    assert model(running.working) == before
    running.google.faults.clear()
    running.run()
    assert [bool(row["Key"]) for row in running.rows(TO_DECIDE)] == [True] * 3

    running.google.faults.add(Fault("503", APPEND))
    refused = pytest.raises(gspread.exceptions.APIError)
    with naive(running.google, running.working, TO_DECIDE) as tab, refused:
        tab.insert_row(["s-new"], 2)
    assert [bool(row["Key"]) for row in running.rows(TO_DECIDE)] == [False] + [True] * 3


def test_t29_ranges_changed_by_the_first_try(running: Springs) -> None:
    """gspread's batch_update changes its caller's list, so trying again sends ranges that don't
    exist."""
    later(running)
    start = len(running.google.log)
    running.google.faults.add(Fault("503", WRITE))
    running.run()
    first, second = (json.loads(call.body) for call in running.writes(start))
    assert first == second
    assert len(running.rows(TO_DECIDE)) == 3

    running.google.faults.add(Fault("503", "sheets.spreadsheets.values.batchUpdate"))
    with naive(running.google, running.working, TO_DECIDE) as tab:
        data = [{"range": "A9", "values": [["s-new"]]}]
        with pytest.raises(gspread.exceptions.APIError):
            tab.batch_update(data)
        with pytest.raises(gspread.exceptions.APIError, match="Unable to parse range"):
            tab.batch_update(data)


def test_t30_a_protected_range_in_the_batch(running: Springs) -> None:
    """One protected cell refuses the whole request; a script that goes on after errors shows old
    figures for ever."""
    people.protect_tab(running.world, running.working, "Numbers", [OWNER])
    before = model(running.working)
    later(running)
    with pytest.raises(NeedsPermission) as caught:
        running.run()
    error = caught.value
    said = f"{error.what} {error.where} {error.remedy}"
    assert error.exit_code == 77
    assert "protect" in said
    assert running.google.service_account()["client_email"] in said
    assert model(running.working) == before

    with naive(running.google, running.working, "Numbers") as tab:
        data = [{"range": "'To decide'!A9", "values": [["s-new"]]},
                {"range": "'Numbers'!A9", "values": [["M0"]]}]  # fmt: skip
        with pytest.raises(gspread.exceptions.APIError, match="protected cell"):
            tab.spreadsheet.values_batch_update({"valueInputOption": "RAW", "data": data})
    assert model(running.working) == before

    running.working.sheet("Numbers").protected.clear()
    running.run()
    assert len(running.rows(TO_DECIDE)) == 3


def test_t31_one_cell_too_long(running: Springs) -> None:
    """One text above 50,000 characters, or one number that is none, fails the whole request."""
    running.next_day()
    running.sign("Gorse Moor Society", {"Reservations": "Only if we may leave in May. " * 2_000})
    summary = running.run()
    row = running.row(TO_DECIDE, "Gorse Moor Society")
    assert row["Key"]
    texts = [v for sheet in running.working.sheets for line in sheet.grid() for v in line]
    assert max(len(text) for text in texts if isinstance(text, str)) <= 50_000
    assert summary["cells_written"]
    assert running.run()["cells_written"] == 0

    with naive(running.google, running.working, "Numbers") as tab:
        with pytest.raises(gspread.exceptions.APIError, match="50000 characters"):
            tab.update([["fine", "x" * 50_001]], "A200")
        with pytest.raises(requests.exceptions.InvalidJSONError):
            tab.update([["fine", float("nan")]], "A200")
    assert running.working.sheet("Numbers").value(199, 0) is None


def test_t33_a_run_that_hangs(running: Springs, monkeypatch: pytest.MonkeyPatch) -> None:
    """gspread has no time-out: a run that hangs is joined by the next one, and both write."""
    assert gspread.HTTPClient(None, requests.Session()).timeout is None
    quick = functools.partial(signing_in.open_calls, time_out=(1.0, 0.1))
    monkeypatch.setattr(signing_in, "open_calls", quick)
    later(running)
    seen: list[Exception] = []

    def second() -> None:
        try:
            running.run()
        except Temporary as error:
            seen.append(error)

    running.while_writing(second)
    hung = running.google.faults.add(Fault("hang", WRITE, seconds=0.3))
    summary = running.run()
    assert hung.struck == 1
    assert summary["cells_written"]
    assert [error.exit_code for error in seen if isinstance(error, Temporary)] == [75]
    assert len(running.rows(TO_DECIDE)) == 3
