"""What a coordinator saves with LibreOffice is still the same to Weaver."""

# ruff: noqa: DTZ001 - a spreadsheet's moments have no zone

import datetime as dt
import json
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from config.tabplan import ColumnPlan, TabPlan
from connectors.local import LocalTables

TEXTS = (
    "_x0041_", "_x005F_x0041_", "=1+1", "'quoted", "007", "1e5", "TRUE", " both ", "two\r\nlines",
    "lone\rreturn", "bell\x07", "tab\tbed", "<r><t>x</t></r>", "odd \ud800", "x" * 60_000,
    "😀" * 20_000, "\u2028", "a_x0041_b", "a\x85b", "1/2", "2026-03-01", "#N/A",
)  # fmt: skip
PLANS = (
    TabPlan(
        "To decide",
        (
            ColumnPlan("Key", True, "The matter."),
            ColumnPlan("Since", True, "The day.", format="date"),
            ColumnPlan("At", True, "The moment.", format="datetime"),
            ColumnPlan("Why", True, "The reason."),
            ColumnPlan("Status", True, "How it stands.", colours={"open": "wait"}),
            ColumnPlan("Decision", False, "A word.", choices=("accept", "undo, please")),
        ),
        tuple(
            (f"k{n}", dt.date(2026, 3, 1), dt.datetime(2026, 3, 1, 8, 30, 59), text, "open", None)
            for n, text in enumerate(TEXTS)
        ),
        ("Key",),
        "One matter.",
    ),
    TabPlan(
        "Numbers",
        (ColumnPlan("Code", True, "c"), ColumnPlan("Value", True, "v", format="decimal")),
        (
            ("C01", 2 / 3),
            ("C02", 0.1 + 0.2),
            ("C03", 48),
            ("C04", 1e-9),
            ("C05", True),
            ("C06", None),
        ),
        (),
        "Numbers.",
    ),
)


def saved_by_libreoffice(soffice: Path, file: Path, folder: Path) -> None:
    """Open the workbook and save it in its place."""
    command = [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless",
               "--convert-to", "xlsx", "--outdir", folder / "saved", file]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    shutil.copy(folder / "saved" / file.name, file)


@pytest.fixture(scope="module")
def saved(require, tmp_path_factory, request) -> LocalTables:
    """Results with people's words in them, after LibreOffice has opened and saved them."""
    soffice = require("libreoffice")
    folder = tmp_path_factory.mktemp("office")
    tables = LocalTables(folder / "tracker.xlsx", folder / "results.xlsx", dt.datetime(2026, 3, 9))
    tables.write(PLANS, "st-1")
    book = openpyxl.load_workbook(tables.results)
    sheet = book["To decide"]
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 4).data_type = "s"
    sheet["F2"], sheet["F3"] = "accept", "not in the list"
    sheet["G1"], sheet["G2"], sheet["G4"] = "Mine", dt.date(2026, 4, 1), 3.5
    book.create_sheet("My rota")["B2"] = "Monday"
    book.save(tables.results)
    saved_by_libreoffice(soffice, tables.results, folder)
    return tables


def test_nothing_is_pending_after_it_was_saved(saved: LocalTables) -> None:
    before = saved.results.read_bytes()
    assert saved.pending(PLANS) == 0
    assert saved.write(PLANS, "st-1") == 0
    assert saved.results.read_bytes() == before


def test_peoples_cells_and_the_stores_id_are_there(saved: LocalTables) -> None:
    read = saved.read()
    assert read.store_id == "st-1"
    assert list(read.results) == ["To decide", "Numbers", "My rota"]
    decide = read.results["To decide"]
    assert decide.header[-1] == "Mine"
    assert [row[5:] for row in decide.rows[:3]] == [
        ("accept", dt.date(2026, 4, 1)), ("not in the list", None), (None, 3.5),
    ]  # fmt: skip
    assert read.results["My rota"].header[1] == "Monday"


def test_every_naughty_string_is_the_same_after_it_was_saved(
    require, shared_data: Path, tmp_path: Path
) -> None:
    soffice = require("libreoffice")
    strings = json.loads((shared_data / "blns" / "blns.json").read_text())
    rows = tuple((n, text) for n, text in enumerate(strings))
    columns = (ColumnPlan("Id", True, "n"), ColumnPlan("Organisation", True, "Its name."))
    plan = TabPlan("Who has signed", columns, rows, ("Id",), "One organisation.")
    tables = LocalTables(
        tmp_path / "tracker.xlsx", tmp_path / "results.xlsx", dt.datetime(2026, 3, 9)
    )
    tables.write((plan,), "st-1")
    saved_by_libreoffice(soffice, tables.results, tmp_path)
    assert tables.pending((plan,)) == 0
