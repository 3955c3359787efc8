"""The two local workbooks: what is refused, what is kept, and that bytes are the same again."""

# ruff: noqa: DTZ001 - a spreadsheet's moments have no zone

import datetime as dt
import hashlib
import json
import os
import subprocess
import sys
import zipfile
from contextlib import nullcontext
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from config.errors import BadData, Temporary, WrongSettings
from config.tabplan import ColumnPlan, TabPlan
from connectors import local
from connectors.cells import has_lost
from connectors.local import LocalTables
from connectors.xlsx import Tab, workbook_bytes

ROOT = Path(__file__).resolve().parents[2]
CREATED = dt.datetime(2026, 3, 9, 8)


def plan(*names: str, title: str = "Who has signed", **changes: object) -> TabPlan:
    columns = (
        ColumnPlan("Id", True, "Its lasting name."),
        ColumnPlan("Organisation", True, "Its name.", width=38),
        ColumnPlan("Note", False, "Yours."),
    )
    rows = tuple((f"o-{n}", name, None) for n, name in enumerate(names))
    return TabPlan(title, columns, rows, ("Id",), "One organisation.", **changes)


@pytest.fixture
def tables(tmp_path: Path) -> LocalTables:
    return LocalTables(tmp_path / "tracker.xlsx", tmp_path / "results.xlsx", CREATED)


def names(tables: LocalTables) -> list[object]:
    return [row[1] for row in tables.read().results["Who has signed"].rows]


@pytest.mark.parametrize("name", ["results.xlsx", "tracker.xlsx"])
@pytest.mark.parametrize("lock", [".~lock.{}#", "~${}"])
def test_an_open_office_program_is_waited_for(tables, tmp_path, name: str, lock: str) -> None:
    file = tmp_path / lock.format(name)
    file.write_text("Ana,ana,desk,09.03.2026 08:00,file:///home/ana/.config;")
    for action in (tables.check, lambda: tables.write((plan("Elm Street"),), "st-1")):
        with pytest.raises(Temporary, match="Close it") as caught:
            action()
        assert name in caught.value.what
        assert file.name in caught.value.remedy
    assert not tables.results.exists()
    file.unlink()
    tables.check()


def test_a_workbook_is_waited_for_where_it_really_lies(tables, tmp_path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "springs.xlsx").touch()
    tables.results.symlink_to(shared / "springs.xlsx")
    tables.check()
    (shared / "~$springs.xlsx").touch()
    with pytest.raises(Temporary, match=r"springs\.xlsx is open"):
        tables.check()


def test_peoples_tabs_are_read_and_never_written(tables) -> None:
    book = xlsxwriter.Workbook(tables.tracker)
    book.add_worksheet("Promises").write_row(0, 0, ["Organisation", "Due"])
    book.close()
    before = tables.tracker.read_bytes()
    tables.write((plan("Elm Street"),), "st-1")
    read = tables.read()
    assert list(read.people) == ["Promises"]
    assert read.problems == ()
    assert tables.tracker.read_bytes() == before


@pytest.mark.parametrize(("content", "what"), [(None, "not there"), (b"PK rubbish", "damaged")])
def test_a_tracker_that_cannot_be_read_is_something_to_fix(tables, content, what: str) -> None:
    if content:
        tables.tracker.write_bytes(content)
    read = tables.read()
    assert read.people == {}
    (problem,) = read.problems
    assert problem.tab == "tracker.xlsx"
    assert what in problem.problem
    assert problem.remedy


def test_damaged_results_stop_the_run_and_name_the_file_to_restore(tables) -> None:
    tables.write((plan("Elm Street"),), "st-1")
    tables.write((plan("Elm Street", "Oak Lane"),), "st-1")
    tables.results.write_bytes(b"PK rubbish")
    for action in (tables.read, lambda: tables.write((plan("Elm Street"),), "st-1")):
        with pytest.raises(BadData, match=r"results\.previous\.xlsx") as caught:
            action()
        assert caught.value.exit_code == 65
    assert tables.results.read_bytes() == b"PK rubbish"
    tables.previous.rename(tables.results)
    assert names(tables) == ["Elm Street"]


def test_damaged_results_without_a_previous_file(tables) -> None:
    tables.results.write_bytes(b"")
    with pytest.raises(BadData, match="empty") as caught:
        tables.read()
    assert "previous" not in caught.value.remedy


def test_the_file_from_before_is_kept_byte_for_byte(tables) -> None:
    tables.write((plan("Elm Street"),), "st-1")
    assert not tables.previous.exists()
    before = tables.results.read_bytes()
    tables.write((plan("Oak Lane"),), "st-1")
    assert tables.previous.read_bytes() == before
    assert names(tables) == ["Oak Lane"]
    assert sorted(p.name for p in tables.results.parent.iterdir()) == [
        "results.previous.xlsx", "results.xlsx",
    ]  # fmt: skip


def test_nothing_new_leaves_the_file_untouched(tables) -> None:
    tables.write((plan("Elm Street"),), "st-1")
    before = (tables.results.stat(), tables.results.read_bytes())
    again = LocalTables(tables.tracker, tables.results, CREATED + dt.timedelta(days=1))
    assert again.write((plan("Elm Street"),), "st-1") == 0
    assert again.results.stat().st_mtime_ns == before[0].st_mtime_ns
    assert again.results.read_bytes() == before[1]
    assert not again.previous.exists()


def test_what_people_saved_after_the_reading_is_kept(tables) -> None:
    tables.write((plan("Elm Street"),), "st-1")
    tables.read()
    assert tables.untouched
    book = openpyxl.load_workbook(tables.results)
    book["Who has signed"]["C2"] = "typed meanwhile"
    book.save(tables.results)
    assert not tables.untouched
    tables.write((plan("Elm Street", "Oak Lane"),), "st-1")
    assert not tables.untouched
    rows = tables.read().results["Who has signed"].rows
    assert rows == (("o-0", "Elm Street", "typed meanwhile"), ("o-1", "Oak Lane", None))
    tables.write((plan("Elm Street"),), "st-1")
    assert tables.untouched


WRITE = """
import datetime as dt, pathlib, sys
sys.path.insert(0, {tests!r})
from test_local import plan
from connectors.local import LocalTables
path = pathlib.Path(sys.argv[1])
LocalTables(path / "tracker.xlsx", path / "results.xlsx", dt.datetime(2026, 3, 9, 8)).write(
    (plan("Elm Street", "Ünïon 😀"), plan("x", title="Other")), "st-1")
"""


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    digests = set()
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        code = WRITE.format(tests=str(Path(__file__).parent))
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": f"UTC+{seed}"}
        subprocess.run([sys.executable, "-c", code, tmp_path / seed],
                       check=True, cwd=ROOT, env=environment)  # fmt: skip
        digests.add(hashlib.sha256((tmp_path / seed / "results.xlsx").read_bytes()).hexdigest())
    assert len(digests) == 1


def test_own_titles_and_clocks_keep_their_types(tables) -> None:
    tables.write((plan("Elm Street"),), "st-1")
    book = openpyxl.load_workbook(tables.results)
    sheet = book["Who has signed"]
    sheet["D1"], sheet["D2"] = 2026, dt.time(18, 30)
    sheet["E1"], sheet["E2"] = dt.datetime(2026, 3, 1), 1e20
    book.create_sheet("My own")["B3"] = dt.time(7, 5)
    book.save(tables.results)
    tables.write((plan("Elm Street", "Oak Lane"),), "st-1")
    book = openpyxl.load_workbook(tables.results)
    sheet = book["Who has signed"]
    assert (sheet["D1"].value, sheet["E1"].value) == (2026, dt.datetime(2026, 3, 1))
    assert sheet["D2"].value in (dt.time(18, 30), dt.timedelta(hours=18, minutes=30))
    assert sheet["E2"].value == 1e20
    assert book["My own"]["B3"].value in (dt.time(7, 5), dt.timedelta(hours=7, minutes=5))


def test_a_text_of_peoples_beyond_the_limit_stays_whole(tables) -> None:
    def tab(note: str) -> Tab:
        row = ("o-0", "Elm Street", note)
        return Tab("Who has signed", ("Id", "Organisation", "Note"), [row], [2], [None] * 3)

    tables.results.write_bytes(workbook_bytes([tab("x" * 60_000)], {}, "L", CREATED))
    tables.write((plan("Elm Street", "Oak Lane"),), "st-1")
    assert tables.read().results["Who has signed"].rows[0][2] == "x" * 60_000
    assert tables.listed == ()


def test_over_long_and_impossible_texts_are_listed(tables) -> None:
    planned = plan("x" * 60_000, "odd \ud800 \ufffe", "fine")
    assert tables.write((planned,), "st-1") > 0
    assert [(p.tab, p.row, p.column) for p in tables.listed] == [
        ("Who has signed", 2, "Organisation"),
        ("Who has signed", 3, "Organisation"),
    ]
    assert tables.pending((planned,)) == 0
    assert len(tables.listed) == 2
    assert len(str(names(tables)[0])) == 32_000
    assert names(tables)[1] == "odd \ufffd \ufffd"


def test_rows_beyond_a_sheets_end_are_left_out_and_listed(tables, monkeypatch) -> None:
    monkeypatch.setattr(local, "ROWS", 3)
    tables.write((plan("a", "b", "c", "d"),), "st-1")
    assert names(tables) == ["a", "b"]
    (problem,) = tables.listed
    assert problem.problem.startswith("2 rows")


@pytest.mark.parametrize("title", ["x" * 32, "a/b", "'quoted'", "", "Weaver lists", "History"])
def test_a_title_that_no_workbook_allows_is_a_wrong_setting(tables, title: str) -> None:
    with pytest.raises(WrongSettings, match="title"):
        tables.write((plan("a", title=title),), "st-1")
    assert not tables.results.exists()


def test_a_foreign_tab_with_an_odd_title_is_carried_over(tables) -> None:
    book = openpyxl.Workbook()
    book.active.title = "who HAS signed"
    for title in ("y" * 31, "Y" * 31 + "z"):
        with pytest.warns() if len(title) > 31 else nullcontext():
            book.create_sheet(title)["A1"] = title
    book.save(tables.results)
    tables.write((plan("Elm Street"),), "st-1")
    results = tables.read().results
    assert list(results) == ["Who has signed", "y" * 31, "Y" * 27 + " 2"]
    assert results["Y" * 27 + " 2"].header == ("Y" * 31 + "z",)


@settings(max_examples=25)
@given(st.lists(st.text(st.characters(codec=None), max_size=30), min_size=20, max_size=60))
def test_every_text_that_a_workbook_can_hold_comes_back(tmp_path_factory, texts) -> None:
    texts += ["_x0041_", "_x005F_x0041_", "_x0041_x0042_", "<r><t>x</t></r>", " both ", "\r\n\x00"]
    folder = tmp_path_factory.mktemp("texts")
    tables = LocalTables(folder / "tracker.xlsx", folder / "results.xlsx", CREATED)
    tables.write((plan(*texts),), "st-1")
    for wanted, found in zip(texts, names(tables), strict=True):
        assert found == wanted or has_lost(wanted) or (wanted, found) == ("", None)
    assert tables.pending((plan(*texts),)) == 0


def test_naughty_strings_come_out_as_they_went_in(tables, shared_data: Path) -> None:
    strings = json.loads((shared_data / "blns" / "blns.json").read_text())
    tables.write((plan(*strings),), "st-1")
    differ = {
        n for n, (a, b) in enumerate(zip(strings, names(tables), strict=True)) if a != (b or "")
    }
    assert differ == {problem.row - 2 for problem in tables.listed}
    assert len(differ) <= 2


def test_nothing_in_a_text_becomes_a_formula_or_a_link(tables) -> None:
    tables.write(
        (plan("=1+1", "@SUM(A1)", "https://example.org", "+1", '=HYPERLINK("x")'),), "st-1"
    )
    with zipfile.ZipFile(tables.results) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
