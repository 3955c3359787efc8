"""Bad workbooks, tabs and cells: each is named with place and remedy, and costs no good row."""

from __future__ import annotations

import datetime as dt
import io
import os
import struct
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from config.errors import BadData, Temporary, WrongSettings
from config.tables import TABLES, Column
from connectors.person import edit

SAVED = dt.datetime(2026, 6, 1, 18)  # noqa: DTZ001 - a file's own clock


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


MEETINGS = [["Date", "Name", "Kind"], ["2026-05-20", "Spring assembly", "assembly"]]


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{}</sheetData></worksheet>"
)


PEOPLES = [table for table in TABLES if table.who != "weaver" and not table.day_one]


def a_cell(column: Column) -> str:
    """What stands in such a column."""
    of_kind = {"date": "2026-05-20", "organisation": "Alder Brook Anglers", "yesno": "yes"}
    if column.kind in ("count", "number"):
        return "3"
    return column.choices[0] if column.choices else of_kind.get(column.kind, "M")


def workbook(**parts: bytes) -> bytes:
    """A small workbook whose sheet or shared strings are replaced by those given."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.add_worksheet("Promises").write(0, 0, "y" * 32_767)
    new = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in old.namelist():
            copy.writestr(name, parts.get(Path(name).stem, old.read(name)))
    return new.getvalue()


def bomb() -> bytes:
    """A workbook of a megabyte whose sheet truly unpacks to 1.2 GB of blanks.

    The archive is made with the squeezed blanks as they are, and then told what they are.
    """
    block, times = b" " * (1 << 20), 1200
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = squeezer.compress(block) + squeezer.flush(zlib.Z_FULL_FLUSH)
    checksum = 0
    for _ in range(times):
        checksum = zlib.crc32(block, checksum)
    squeezed = piece * times + squeezer.flush()
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, squeezed if name.endswith("sheet1.xml") else old.read(name))
    raw = bytearray(made.getvalue())
    name = b"xl/worksheets/sheet1.xml"
    for mark, named, method in ((b"PK\x03\x04", 30, 8), (b"PK\x01\x02", 46, 10)):
        at = next(i for i in places(raw, mark) if raw[i + named :].startswith(name))
        raw[at + method : at + method + 2] = struct.pack("<H", zipfile.ZIP_DEFLATED)
        raw[at + method + 6 : at + method + 10] = struct.pack("<I", checksum)
        raw[at + method + 14 : at + method + 18] = struct.pack("<I", times * len(block))
    return bytes(raw)


def places(raw: bytearray, mark: bytes) -> list[int]:
    found = [raw.find(mark)]
    while (after := raw.find(mark, found[-1] + 1)) >= 0:
        found.append(after)
    return found


def gigabyte() -> bytes:
    """A workbook of 200 kB with one long text that 40,000 cells repeat."""
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 40_000))
    return workbook(sheet1=SHEET.format(cells).encode())


NO_TRACKERS = {
    "cut off": (lambda: workbook()[:-400], "damaged"),
    "random": (lambda: b"PK\x03\x04" + os.urandom(4000), "damaged"),
    "text": (lambda: b"Organisation,What\nElm Street,Soup\n", "no .xlsx workbook"),
    "empty": (lambda: b"", "empty"),
    "locked": (lambda: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password"),
    "old": (lambda: OLE + bytes(600), "old .xls"),
    "bomb": (bomb, "too big"),
    "gigabyte": (gigabyte, "too big"),
}


@pytest.mark.parametrize("kind", NO_TRACKERS)
def test_a_tracker_that_cannot_be_read_costs_no_sign_on(coalition, good, kind: str) -> None:
    content, what = NO_TRACKERS[kind]
    coalition.tracker.write_bytes(raw := content())
    assert len(raw) < 2_000_000
    assert [problem["tab"] for problem in coalition.run()["problems"]] == ["tracker.xlsx"]
    assert what in coalition.fault("tracker.xlsx")["What is wrong"]
    assert coalition.outcomes() == good
    assert coalition.tracker.read_bytes() == raw


def test_a_bomb_for_a_tracker_is_said_by_the_program_and_in_the_digest(coalition, good) -> None:
    coalition.tracker.write_bytes(bomb())
    coalition.coordinated()
    ran = coalition.weaver()
    assert ran.code == 0, ran.out + ran.err
    assert [problem["tab"] for problem in ran.json["problems"]] == ["tracker.xlsx"]
    assert coalition.outcomes() == good
    for page in coalition.digest():
        assert "tracker.xlsx" in page


@pytest.mark.parametrize("kind", ["cut off", "random", "text", "locked", "bomb"])
def test_results_that_cannot_be_read_stop_the_run(ran, kind: str) -> None:
    content, what = NO_TRACKERS[kind]
    ran.results.write_bytes(raw := content())
    with pytest.raises(BadData, match=what) as stopped:
        ran.run()
    assert "results.xlsx" in stopped.value.where
    assert stopped.value.remedy
    assert ran.results.read_bytes() == raw


def test_the_results_from_before_are_named_and_help(ran, good, responding) -> None:
    rows = [responding(n, name) for n, name in enumerate(good)]
    ran.sheet([*rows, responding(9, "Elm Street Kitchen")])
    ran.run()
    ran.results.write_bytes(b"PK rubbish")
    stopped = ran.weaver()
    assert stopped.code == 65
    assert stopped.json["exit"] == 65
    assert "results.previous.xlsx" in stopped.json["error"]["remedy"]
    ran.results.with_name("results.previous.xlsx").rename(ran.results)
    ran.run()
    assert ran.outcomes() == good | {"Elm Street Kitchen": "accepted"}


def test_results_of_another_store_are_refused(ran, new_coalition) -> None:
    other = new_coalition("other")
    other.sheet([])
    other.run()
    ran.results.write_bytes(other.results.read_bytes())
    with pytest.raises(WrongSettings, match="another store") as stopped:
        ran.run()
    assert "state.db" in stopped.value.where
    assert stopped.value.remedy


@pytest.mark.parametrize("name", [".~lock.{}#", "~${}"])
@pytest.mark.parametrize("file", ["results.xlsx", "tracker.xlsx"])
def test_an_open_office_program_comes_first(coalition, file: str, name: str) -> None:
    lock = coalition.folder / name.format(file)
    lock.write_text("")
    with pytest.raises(Temporary, match=file) as stopped:
        coalition.run()
    assert lock.name in stopped.value.remedy
    assert coalition.written() == []
    assert not (coalition.folder / "state.db").exists()


def test_an_open_office_program_through_the_program(coalition, good) -> None:
    lock = coalition.folder / ".~lock.tracker.xlsx#"
    lock.write_text("")
    ran = coalition.weaver()
    assert ran.code == 75
    assert "tracker.xlsx" in ran.json["error"]["where"]
    lock.unlink()
    coalition.run()
    assert coalition.outcomes() == good


def test_a_missing_column_of_the_tracker(coalition, good) -> None:
    coalition.tabs({"Meetings": [row[:2] for row in MEETINGS]})
    coalition.run()
    assert "“Kind”" in coalition.fault("Meetings", None, "Kind")["What to do"]
    assert coalition.outcomes() == good
    assert {row["Tab"]: row["Rows"] for row in coalition.tab("Start")}["Meetings"] == 1


def test_no_tab_that_lacks_all_its_columns_breaks_a_run(coalition, good) -> None:
    coalition.tabs({table.title: [["Nothing of the kind"], ["x"]] for table in PEOPLES})
    coalition.run()
    lacking = {(row["Tab"], row["Column"]) for row in coalition.tab("To fix")}
    assert lacking == {(t.title, c.title) for t in PEOPLES for c in t.columns if c.required}
    assert coalition.outcomes() == good


@pytest.mark.parametrize("lacks", range(3))
def test_no_tab_that_lacks_a_column_breaks_a_run(coalition, good, lacks: int) -> None:
    tabs = {}
    for table in PEOPLES:
        columns = [column for n, column in enumerate(table.columns) if n != lacks]
        tabs[table.title] = [[c.title for c in columns], [a_cell(c) for c in columns]]
    coalition.tabs(tabs)
    coalition.run()
    rows = {row["Tab"]: row["Rows"] for row in coalition.tab("Start")}
    assert {rows[table.title] for table in PEOPLES} == {1}
    missing = {(t.title, t.columns[lacks].title) for t in PEOPLES if t.columns[lacks].required}
    assert missing <= {(row["Tab"], row["Column"]) for row in coalition.tab("To fix")}
    assert coalition.outcomes() == good


def test_a_bad_cell_of_the_tracker_costs_its_own_cell(coalition) -> None:
    rows = [*MEETINGS, ["32 May", "Summer assembly", "assembly"], ["2026-05-29", "Walk", "walk"]]
    coalition.tabs({"Meetings": rows})
    coalition.run()
    assert coalition.fault("Meetings", 3, "Date")["Found"] == "32 May"
    assert coalition.fault("Meetings", 4, "Kind")["Found"] == "walk"
    assert {row["Tab"]: row["Rows"] for row in coalition.tab("Start")}["Meetings"] == 3


def test_a_tab_that_is_not_called_quite_so(coalition, good) -> None:
    coalition.tabs({"Meetngs": MEETINGS, "Shopping list": [["Bread"]]})
    coalition.run()
    line = coalition.fault("Meetngs")
    assert "“Meetings”" in line["What is wrong"]
    assert coalition.outcomes() == good
    assert [row["Tab"] for row in coalition.tab("To fix")] == ["Meetngs"]
    coalition.set("[tracker.tabs]", 'Meetings = "Meetngs"')
    assert coalition.run()["problems"] == []
    assert "Meetngs" in [row["Tab"] for row in coalition.tab("Start")]


def test_a_tab_of_sign_ons_by_hand_is_missed_too(coalition, good) -> None:
    coalition.tabs({"Sign on by hands": [["Organisation"], ["Elm Street Kitchen"]]})
    coalition.run()
    remedy = coalition.fault("Sign on by hands")["What to do"]
    assert remedy == "Call it “Sign-ons by hand”."
    assert coalition.outcomes() == good


def test_a_tab_that_the_settings_name_is_missing(coalition, good) -> None:
    coalition.set("[tracker.tabs]", 'Meetings = "Treffen"')
    coalition.run()
    line = coalition.fault("Treffen")
    assert "[tracker.tabs]" in line["What to do"]
    assert coalition.outcomes() == good


def test_a_lost_tab_of_decisions_stops_the_run(coalition, responding) -> None:
    coalition.sheet([responding(1, "Elm Street Kitchen"), responding(2, "asdf")])
    coalition.run()
    rename(coalition.results, "To decide", "To decid")
    ran = coalition.weaver()
    assert ran.code == 78
    assert "To decide" in ran.json["error"]["what"]
    assert "“To decid”" in ran.json["error"]["remedy"]


def test_a_lost_tab_of_changes_stops_the_run(ran) -> None:
    row = {"Organisation": "Birch Hill Growers", "Change": "withdraw"}
    edit(ran.results, "Changes", lambda titles, _: [[row.get(title) for title in titles]], SAVED)
    ran.run()
    standing = {row["Organisation"]: row["Standing"] for row in ran.tab("Who has signed")}
    assert standing["Birch Hill Growers"] == "withdrawn"
    rename(ran.results, "Changes", "Changes made")
    with pytest.raises(WrongSettings, match="Changes") as stopped:
        ran.run()
    assert stopped.value.where == "results.xlsx"
    assert stopped.value.remedy


def rename(workbook: Path, title: str, new: str) -> None:
    book = openpyxl.load_workbook(workbook)
    book[title].title = new
    book.save(workbook)


def test_a_tracker_is_missed_only_where_there_was_one(new_coalition) -> None:
    coalition = new_coalition("near")
    assert coalition.run()["problems"] == []
    book = openpyxl.Workbook()
    book.active.title = "Promises"
    book.active.append(["Organisation", "What", "Due"])
    book.active.append(["Name 0", "Sing", "2026-05-01"])
    book.save(coalition.tracker)
    coalition.run()
    coalition.tracker.unlink()
    for _ in range(2):
        (coalition.folder / "offer.md").write_text("Anything new makes a whole run.")
        assert "tracker.xlsx" in [problem["tab"] for problem in coalition.run()["problems"]]
