"""Bad input: each kind gives a message that names place and remedy, and costs no good row."""

from __future__ import annotations

import datetime as dt
import io
import os
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from config.errors import BadData, Temporary, WeaverError, WrongSettings
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


def test_a_file_that_may_not_be_read(coalition, unprivileged) -> None:
    coalition.responses.chmod(0)
    ran = coalition.weaver(before=unprivileged)
    assert ran.code == 77, ran.out + ran.err
    assert "responses.csv" in ran.json["error"]["where"]
    assert ran.json["error"]["remedy"]
    assert coalition.written() == []


def test_six_faults_in_the_settings_are_said_together(coalition) -> None:
    coalition.settings.write_text(
        '[coalition]\nnmae = "Harbour"\ntime_zone = "Europe/Berln"\n'
        '[[form]]\nfile = "../responses.csv"\ndate_order = "dym"\n'
        'questions = {organization = "Who are you?"}\n'
        '[[coordinators]]\nname = "Ana"\nemail = "ana at example.org"\n',
        encoding="utf-8",
    )
    ran = coalition.weaver()
    assert ran.code == 78
    error = ran.json["error"]
    assert error["where"].endswith("weaver.toml")
    assert error["remedy"]
    for fault in (
        "coalition.nmae: there is no such setting; did you mean name?",
        "coalition.name: is missing",
        "coalition.time_zone: 'Europe/Berln' is no time zone",
        "form[1].file: must be a file inside",
        "form[1].date_order: ",
        "form[1].questions.organization: there is no such name; did you mean organisation?",
        "coordinators[1].email: 'ana at example.org' is no email address",
    ):
        assert fault in error["what"]
    assert coalition.written() == []


def test_settings_that_are_not_there_or_no_toml(coalition) -> None:
    coalition.settings.write_text("[coalition\nname = 1", encoding="utf-8")
    with pytest.raises(WrongSettings, match="line 1") as stopped:
        coalition.run()
    assert stopped.value.remedy
    coalition.settings.unlink()
    ran = coalition.weaver()
    assert ran.code == 78
    assert "weaver.toml" in ran.json["error"]["where"]


def test_a_day_that_is_none_is_wrong_usage(coalition) -> None:
    ran = coalition.weaver("--as-of", "31 June")
    assert ran.code == 2
    assert "2026-05-31" in ran.json["error"]["what"]


def version(name: str, facts: str) -> str:
    return f'+++\nversion = "{name}"\nstate = "adopted"\n{facts}\n+++\nWe stand together.\n'


def test_every_fault_of_the_statement_is_said_together(coalition) -> None:
    statements = coalition.folder / "statements" / "main"
    point = '[[principles]]\nid = "P1"\ntext = "Peace."\n'
    for file, text in {
        "v2.md": version("2", ""),
        "v3.md": version("3", f"adopted_on = 2026-02-01\n{point}{point}"),
        "v4.md": version("4", "adopted_on = 2026-03-01"),
        "v5.md": version("5", "adopted_on = 2026-03-01"),
        "v6.md": "We stand together.\n",
    }.items():
        (statements / file).write_text(text, encoding="utf-8")
    ran = coalition.weaver()
    assert ran.code == 78
    said = ran.json["error"]["what"]
    assert ran.json["error"]["where"].endswith("main")
    for fault in (
        "v2.md: an adopted version needs adopted_on",
        "v3.md: the id p1 is used twice",
        "two versions are adopted on 2026-03-01",
        "v6.md: begin with a line +++",
    ):
        assert fault in said


def test_a_statement_without_a_file(coalition) -> None:
    (coalition.folder / "statements" / "main" / "v1.md").unlink()
    with pytest.raises(WrongSettings, match="no unity statement") as stopped:
        coalition.run()
    assert "Markdown" in stopped.value.remedy


def test_no_responses_in_the_file_stop_the_run(coalition) -> None:
    coalition.responses.write_bytes(b"")
    ran = coalition.weaver()
    assert ran.code == 65
    assert "empty" in ran.json["error"]["what"]
    assert "responses.csv" in ran.json["error"]["where"]
    assert coalition.written() == []


def test_a_header_alone_is_a_form_that_nobody_has_sent_yet(coalition) -> None:
    coalition.sheet([])
    assert coalition.run()["signons"]["received"] == 0


def test_a_header_alone_where_there_were_responses_stops_the_run(ran) -> None:
    before = ran.results.read_bytes()
    ran.sheet([])
    with pytest.raises(BadData, match="3 of 3") as stopped:
        ran.run()
    assert "responses.csv" in stopped.value.where
    assert ran.results.read_bytes() == before


def test_csv_that_really_is_a_workbook(coalition) -> None:
    coalition.responses.write_bytes(coalition.tracker.read_bytes())
    with pytest.raises(BadData, match="workbook") as stopped:
        coalition.run()
    assert "Save it as CSV" in stopped.value.remedy


WESTERN = ("Bäckerei Größenwahn e. V.", "Société « Été », Genève", "Compañía; Niños")
EASTERN = ("川を守る会", "東京都消費者生活協同組合連合会", "みんなの食堂ネットワーク")


@pytest.mark.parametrize(
    ("encoding", "delimiter", "names"),
    [
        ("utf-8", "\t", EASTERN),
        ("utf-8-sig", ";", WESTERN),
        ("utf-16", "\t", WESTERN),
        ("utf-16-le", ";", WESTERN),
        ("utf-16-be", ",", WESTERN),
        ("cp1252", ";", WESTERN),
        ("shift_jis", ",", EASTERN),
    ],
)
def test_other_encodings_and_delimiters(
    new_coalition, header, responding, as_csv, encoding: str, delimiter: str, names: tuple[str, ...]
) -> None:
    coalition = new_coalition("far")
    rows = [header, *(responding(n, name) for n, name in enumerate(names))]
    coalition.responses.write_bytes(as_csv(rows, delimiter).encode(encoding))
    assert [problem["tab"] for problem in coalition.run()["problems"]] == ["tracker.xlsx"]
    assert coalition.outcomes() == dict.fromkeys(names, "accepted")


def test_no_column_for_the_name_stops_the_run(coalition, header, responding) -> None:
    named = tuple("Your group's calling name" if t == "Organisation" else t for t in header)
    coalition.sheet([responding(1, "Elm Street Kitchen")], named)
    ran = coalition.weaver()
    assert ran.code == 65
    error = ran.json["error"]
    assert "Your group's calling name" in error["what"]
    assert error["where"] == "responses.csv"
    assert "[[form]] questions" in error["remedy"]
    assert coalition.written() == []
    coalition.set('questions = {organisation = "Your group\'s calling name"}')
    coalition.run()
    assert coalition.outcomes() == {"Elm Street Kitchen": "accepted"}


def test_an_unknown_question_is_said_once(coalition, good, header, responding) -> None:
    rows = [responding(n, name, "green") for n, name in enumerate(good)]
    coalition.sheet(rows, (*header, "Favourite colour"))
    coalition.run()
    line = coalition.fault("responses.csv", None, "Favourite colour")
    assert line["What to do"].endswith('[[form]] ignore: "Favourite colour"')
    assert coalition.outcomes() == good
    coalition.set('ignore = ["Favourite colour"]')
    assert coalition.run()["problems"] == []


def test_a_near_miss_is_asked_about_and_not_guessed(coalition, good, header, responding) -> None:
    near = tuple("Reservatoins" if title == "Website" else title for title in header)
    rows = [list(responding(n, name)) for n, name in enumerate(good)]
    for row in rows:
        row[near.index("Reservatoins")] = "Only if we may leave."
    coalition.sheet(rows, near)
    coalition.run()
    line = coalition.fault("responses.csv", None, "Reservatoins")
    assert "looks like “reservations”" in line["What is wrong"]
    assert coalition.outcomes() == good
    assert 'reservations = "Reservatoins"' in line["What to do"]
    coalition.set('questions = {reservations = "Reservatoins"}')
    assert coalition.run()["problems"] == []
    assert set(coalition.outcomes().values()) == {"on hold"}


def test_a_cell_of_60_000_characters(coalition, good, responding) -> None:
    long = "Elm " * 15_000
    rows = [responding(n, name) for n, name in enumerate(good)]
    coalition.sheet([*rows, responding(7, long)])
    coalition.run()
    found = coalition.outcomes()
    assert good.items() <= found.items()
    (cut,) = set(found) - set(good)
    assert 31_000 < len(cut) <= 32_000
    line = coalition.fault("Every form checked", 5, "Organisation")
    assert "cut" in line["What is wrong"]
    assert coalition.run()["cells_written"] == 0


def test_rows_longer_than_the_header_lose_nothing(coalition, good, responding) -> None:
    rows = [responding(n, name) for n, name in enumerate(good)]
    coalition.sheet([*rows, responding(7, "Elm Street Kitchen", "", "what is this")])
    coalition.run()
    assert "1 of its cells" in coalition.fault("responses.csv", None, "column H")["What is wrong"]
    assert coalition.outcomes() == good | {"Elm Street Kitchen": "accepted"}


def test_rows_shorter_than_the_header_lose_nothing(coalition, good, responding) -> None:
    rows = [responding(n, name) for n, name in enumerate(good)]
    coalition.sheet([*rows, responding(7, "Elm Street Kitchen")[:3]])
    coalition.run()
    assert coalition.outcomes() == good | {"Elm Street Kitchen": "on hold"}


def test_nul_bytes_in_cells(coalition, good, responding) -> None:
    rows = [responding(n, name) for n, name in enumerate(good)]
    coalition.sheet([*rows, responding(7, "Elm\0Street"), responding(8, "Fern \0")])
    coalition.run()
    assert coalition.outcomes() == good | {"Elm\0Street": "accepted", "Fern \0": "accepted"}


def test_repeated_and_empty_titles_that_carry_data(coalition, good, header, responding) -> None:
    rows = [list(responding(n, name, "", "")) for n, name in enumerate(good)]
    first, second, third = rows
    first[6], first[4] = first[4], ""
    second[6] = "No"
    third[7] = "a remark"
    coalition.sheet(rows, (*header, "Agreement", ""))
    coalition.run()
    clash = coalition.fault("responses.csv", 3, "Agreement")
    assert "Yes ≠ No" in clash["Found"]
    assert "E (Agreement) / G (Agreement)" in clash["What is wrong"]
    assert "no title" in coalition.fault("responses.csv", None, "column H")["What is wrong"]
    assert coalition.outcomes() == good


def test_a_column_added_half_way(coalition, good, header, responding) -> None:
    early = [responding(n, name) for n, name in enumerate(good)]
    coalition.sheet(early)
    coalition.run()
    keys = {row["Organisation"]: row["Key"] for row in coalition.tab("Every form checked")}
    late = responding(7, "Elm Street Kitchen", "Ana Ferreira")
    coalition.sheet([*early, late], (*header, "Signatory"))
    summary = coalition.run()
    assert summary["signons"]["received"] == 4
    after = {row["Organisation"]: row["Key"] for row in coalition.tab("Every form checked")}
    assert keys.items() <= after.items()
    assert coalition.outcomes()["Elm Street Kitchen"] == "accepted"


def test_a_row_typed_by_hand_without_a_time(coalition, good, responding) -> None:
    rows = [responding(n, name) for n, name in enumerate(good)]
    coalition.sheet([*rows, ("", *responding(7, "Elm Street Kitchen")[1:])])
    coalition.run()
    assert coalition.fault("responses.csv", 5, "Timestamp")["What to do"].startswith("Type the day")
    assert coalition.outcomes() == good | {"Elm Street Kitchen": "on hold"}
    (row,) = [r for r in coalition.tab("Every form checked") if r["Outcome"] == "on hold"]
    assert row["Received"] is None
    assert row["Rules"] == "S002"


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
    assert "Meetings" in [row["Tab"] for row in coalition.tab("Start")]


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


@settings(max_examples=15)
@given(data=st.data())
def test_no_damage_to_the_file_of_responses_breaks_a_run(data, worn) -> None:
    coalition, whole = worn
    last = whole.rstrip().rindex(b"\n") + 1
    at = data.draw(st.one_of(st.integers(0, len(whole)), st.integers(last, len(whole))))
    much = data.draw(st.integers(0, 60))
    rubbish = data.draw(st.binary(max_size=30))
    coalition.responses.write_bytes(whole[:at] + rubbish + whole[at + much :])
    found = summary_or_error(coalition)
    if isinstance(found, WeaverError):
        assert found.exit_code == 65
        assert "responses.csv" in found.where
        assert found.remedy
    elif at >= last:
        assert found["signons"]["accepted"] >= 2


def summary_or_error(coalition: Any) -> dict[str, Any] | WeaverError:
    try:
        return coalition.run(dry=True)
    except WeaverError as error:
        return error
