"""Workbooks are read whole and true; hostile and damaged ones are refused by name."""

# ruff: noqa: DTZ001 - a spreadsheet's moments have no zone

import datetime as dt
import os
import signal
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from config.errors import BadData
from connectors.workbook import Clock, open_workbook, read_workbook

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{}</sheetData></worksheet>"
)


@pytest.fixture
def book(tmp_path: Path):
    """An XlsxWriter workbook; it is closed and its path given by calling `done`."""
    path = tmp_path / "tracker.xlsx"
    made = xlsxwriter.Workbook(path)

    def done() -> Path:
        made.close()
        return path

    made.done = done
    return made


def altered(source: Path, target: Path, parts: dict[str, bytes]) -> Path:
    """A copy of the workbook with some of its parts replaced."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *parts]):
            new.writestr(name, parts.get(name) or old.read(name))
    return target


def say_size(path: Path, size: int) -> None:
    """Make the archive say that its first sheet unpacks to so many bytes."""
    raw = bytearray(path.read_bytes())
    at = raw.rfind(b"PK\x01\x02", 0, raw.rfind(b"xl/worksheets/sheet1.xml"))
    raw[at + 24 : at + 28] = struct.pack("<I", size)
    path.write_bytes(raw)


def refused(path: Path, what: str, seconds: float = 60) -> None:
    with pytest.raises(BadData, match=what) as caught:
        open_workbook(path, seconds)
    assert caught.value.exit_code == 65
    assert path.name in caught.value.where
    assert caught.value.remedy


def test_every_kind_of_cell(book) -> None:
    sheet = book.add_worksheet("Meetings")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    minute = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    clock = book.add_format({"num_format": "[hh]:mm:ss"})
    sheet.write_row(0, 0, ["Date", "Start", "Name", "People", "Share", "Open", "Long", 2026, "Sum"])
    sheet.write_datetime(1, 0, dt.date(2026, 3, 1), day)
    sheet.write_datetime(1, 1, dt.datetime(2026, 3, 1, 18, 30), minute)
    sheet.write_string(1, 2, "_x0041_ =1+1\r\n\x07 ")
    sheet.write_number(1, 3, 12)
    sheet.write_number(1, 4, 0.25)
    sheet.write_boolean(1, 5, True)
    sheet.write_datetime(1, 6, dt.timedelta(hours=26, minutes=5), clock)
    sheet.write_formula(1, 7, "=1/0", None, "#DIV/0!")
    sheet.write_formula(1, 8, "=6*7", None, 42)
    table = read_workbook(book.done())["Meetings"]
    assert table.header[7] == "2026"
    (row,) = table.rows
    assert row == (dt.date(2026, 3, 1), dt.datetime(2026, 3, 1, 18, 30), "_x0041_ =1+1\r\n\x07 ",
                   12, 0.25, True, "26:05:00", "#DIV/0!", 42)  # fmt: skip
    assert [type(cell) for cell in row[3:6]] == [int, float, bool]
    assert isinstance(row[6], Clock)
    assert row[6].seconds == 93_900


def test_rows_and_columns_keep_their_places(book) -> None:
    sheet = book.add_worksheet("Far")
    sheet.write(2, 2, "Title")
    sheet.write(4, 2, "one")
    sheet.write(9, 4, "two")
    far = open_workbook(book.done()).sheets["Far"]
    assert far.top == 3
    assert far.table.header == ("", "", "Title", "", "")
    assert far.table.rows == ((None, None, "one", None, None), (None, None, None, None, "two"))
    assert far.table.numbers == (5, 10)


def test_hidden_and_empty_tabs_are_there_and_charts_are_not(book) -> None:
    book.add_worksheet("Empty")
    book.add_worksheet("Hidden").write(0, 0, "x")
    book.get_worksheet_by_name("Hidden").hide()
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Hidden!$A$1:$A$2"})
    book.add_chartsheet("Chart").set_chart(chart)
    tables = read_workbook(book.done())
    assert list(tables) == ["Empty", "Hidden"]
    assert tables["Empty"].header == ()
    assert tables["Empty"].rows == ()
    assert tables["Hidden"].header == ("x",)


def test_custom_properties(book) -> None:
    book.set_custom_property("Weaver store", "st-7 & <co>", "text")
    book.set_custom_property("Weight", 3)
    properties = open_workbook(book.done()).properties
    assert properties == {"Weaver store": "st-7 & <co>", "Weight": "3"}


def test_a_workbook_of_another_program(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.title = "Promises"
    made.active.append(["Organisation", "Due"])
    made.active.append(["Elm Street", dt.datetime(2026, 3, 1)])
    made.save(tmp_path / "tracker.xlsx")
    table = read_workbook(tmp_path / "tracker.xlsx")["Promises"]
    assert table.rows[0][0] == "Elm Street"
    assert str(table.rows[0][1]).startswith("2026-03-01")


def test_a_stray_cell_far_below_costs_nothing(book) -> None:
    sheet = book.add_worksheet("Stray")
    sheet.write(0, 0, "Title")
    sheet.write(299_999, 2, "x")
    table = read_workbook(book.done())["Stray"]
    assert table.numbers == (300_000,)
    assert table.rows == ((None, None, "x"),)


def test_missing_folder_empty_and_other_files(tmp_path: Path) -> None:
    refused(tmp_path / "tracker.xlsx", "not there")
    refused(tmp_path, "folder")
    path = tmp_path / "other.xlsx"
    for content, what in (
        (b"", "empty"),
        (b"Name,Place\nElm Street,Berlin\n", "no .xlsx"),
        (b"PK\x03\x04 but no more", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old .xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
    ):
        path.write_bytes(content)
        refused(path, what)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("holiday.txt", "a text")
    refused(path, "no .xlsx")


def test_a_damaged_workbook(book, tmp_path: Path) -> None:
    book.add_worksheet("A").write(0, 0, "x" * 5000)
    whole = book.done().read_bytes()
    path = tmp_path / "cut.xlsx"
    path.write_bytes(whole[: len(whole) // 2])
    refused(path, "damaged")
    refused(altered(tmp_path / "tracker.xlsx", path, {"xl/workbook.xml": b"<workbook"}), "damaged")
    sheet = {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row><c r='A1' t='s'><v>99"}
    refused(altered(tmp_path / "tracker.xlsx", path, sheet), "damaged")


def test_a_zip_bomb_that_says_so(book, tmp_path: Path) -> None:
    book.add_worksheet("A")
    bomb = {"xl/worksheets/sheet1.xml": SHEET.format(" " * 20_000_000).encode()}
    refused(altered(book.done(), tmp_path / "bomb.xlsx", bomb), "too big")


def test_a_file_that_says_it_holds_too_much(book) -> None:
    book.add_worksheet("A").write(0, 0, "x")
    path = book.done()
    say_size(path, 400_000_000)
    refused(path, "too big")


def test_a_zip_bomb_that_lies_about_its_size(book, tmp_path: Path) -> None:
    book.add_worksheet("A")
    text = "<row>" + '<c t="inlineStr"><is><t>' + "x" * 30_000_000 + "</t></is></c></row>"
    bomb = {"xl/worksheets/sheet1.xml": SHEET.format(text * 4).encode()}
    path = altered(book.done(), tmp_path / "liar.xlsx", bomb)
    say_size(path, 1000)
    refused(path, "damaged|too big")


def test_a_small_file_that_is_a_gigabyte_when_read(book, tmp_path: Path) -> None:
    book.add_worksheet("A").write(0, 0, "y" * 32_767)
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 50_000))
    bomb = {"xl/worksheets/sheet1.xml": SHEET.format(cells).encode()}
    path = altered(book.done(), tmp_path / "gigabyte.xlsx", bomb)
    assert path.stat().st_size < 1_000_000
    refused(path, "too big")


def test_an_entity_bomb(book, tmp_path: Path) -> None:
    book.add_worksheet("A").write(0, 0, "x")
    lines = ['<!ENTITY a0 "aaaaaaaaaaaaaaaa">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 30}">' for n in range(1, 9)]
    text = f"<!DOCTYPE p [{''.join(lines)}]><Properties><p name='x'>&a8;</p></Properties>"
    path = altered(book.done(), tmp_path / "entity.xlsx", {"docProps/custom.xml": text.encode()})
    refused(path, "damaged|too big")


def test_a_far_corner_does_not_take_all_memory(book, tmp_path: Path) -> None:
    book.add_worksheet("A").write(0, 0, "x")
    cells = "".join(
        f'<row r="{row}"><c r="{column}{row}"><v>1</v></c></row>'
        for row, column in ((1, "A"), (1_048_576, "XFD"))
    )
    parts = {"xl/worksheets/sheet1.xml": SHEET.format(cells).encode()}
    refused(altered(book.done(), tmp_path / "corner.xlsx", parts), "too big|damaged")


def test_a_huge_number_shown_as_a_duration_is_named(book) -> None:
    duration = book.add_format({"num_format": "[h]:mm"})
    book.add_worksheet("A").write_number(0, 0, 4_915_112_345_678, duration)
    refused(book.done(), "duration")


def test_a_workbook_that_takes_too_long(book) -> None:
    book.add_worksheet("A").write(0, 0, "x")
    refused(book.done(), "too long", seconds=0.001)


@pytest.mark.skipif(os.name != "posix", reason="only posix has such names")
def test_a_name_that_looks_like_an_option(tmp_path: Path, monkeypatch, book) -> None:
    book.add_worksheet("A").write(0, 0, "x")
    book.done().rename(tmp_path / "-c.xlsx")
    monkeypatch.chdir(tmp_path)
    assert list(read_workbook(Path("-c.xlsx"))) == ["A"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only posix has pipes with a name")
def test_an_interrupt_of_the_terminal_is_left_to_the_run(tmp_path: Path) -> None:
    pipe = tmp_path / "slow.xlsx"
    os.mkfifo(pipe)
    child = Path(sys.modules[open_workbook.__module__].__file__).with_name("workbook_child.py")
    process = subprocess.Popen([sys.executable, child, pipe], stdout=subprocess.PIPE, text=True)
    with pipe.open("wb") as file:  # opens once the child reads
        process.send_signal(signal.SIGINT)
        file.write(b"no workbook")
    out, _ = process.communicate(timeout=60)
    assert (process.returncode, "refused" in out) == (0, True)
