"""`weaver network`, run as people run it."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import Any

import openpyxl
import pytest

TIES = (
    ("Date", "Organisation A", "Organisation B", "Kind"),
    (dt.date(2026, 3, 1), "Alder Brook Anglers", "Birch Hill Growers", "one-to-one"),
    (dt.date(2026, 3, 1), "Birch Hill Growers", "Cedar Ferry Choir", "one-to-one"),
    (dt.date(2026, 3, 1), "Dune Wardens", "Fern Valley School", "do not introduce"),
)


@pytest.fixture(name="tied")
def tied_fixture(settled: Any) -> Any:
    """The small coalition with a tab Conversations."""
    book = openpyxl.load_workbook(settled.folder / "tracker.xlsx")
    sheet = book.create_sheet("Conversations")
    for row in TIES:
        sheet.append(list(row))
    book.save(settled.folder / "tracker.xlsx")
    return settled


def test_it_says_the_shape_and_whom_to_introduce_and_writes_nothing(tied: Any) -> None:
    before = tied.files()
    ran = tied.weaver("network", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.json["members"]["ties"] == 2
    assert ran.json["members"]["parts"] == [3]
    assert ran.json["members"]["bridges"] == ["Birch Hill Growers"]
    pairs = [{each["first"], each["second"]} for each in ran.json["introductions"]]
    assert pairs
    assert {"Dune Wardens", "Fern Valley School"} not in pairs
    plain = tied.weaver("network").out
    assert "Whom to introduce?" in plain
    assert all(each["why"] in plain for each in ran.json["introductions"])
    assert tied.weaver("network", "--quiet").out == ""
    assert tied.files() == before


def test_it_writes_the_files_into_the_folder_and_nothing_else(tied: Any) -> None:
    before = tied.files()
    folder = tied.folder / "out"
    ran = tied.weaver("network", "--out", folder, "--json")
    assert ran.code == 0
    # Alder Brook Anglers alone are listed, and so without a tie to another who is.
    assert ran.json["written"]["named"] == 0
    names = sorted(file.name for file in folder.iterdir())
    assert names == ran.json["written"]["files"]
    assert names == ["connections.csv", "elements.csv", "map.svg", "network.gexf"]
    tied.weaver("network", "--out", folder, "--everyone", "--quiet")
    marked = [file for file in folder.iterdir() if "-for-coordinators-only" in file.name]
    assert len(marked) == 4
    assert b"Cedar Ferry Choir" in (folder / "map-for-coordinators-only.svg").read_bytes()
    shutil.rmtree(folder)
    assert tied.files() == before


def test_everyone_without_a_folder_is_wrong_usage(tied: Any) -> None:
    ran = tied.weaver("network", "--everyone")
    assert ran.code == 2
    assert "--out" in ran.err


def test_before_the_ties_nobody_knew_of_any(tied: Any) -> None:
    ran = tied.weaver("network", "--as-of", "2026-02-28", "--json")
    assert ran.code == 0
    assert ran.json["members"]["ties"] == 0
