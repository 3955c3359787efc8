"""Responses come in exactly as they were typed, whatever program saved the file."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from config.errors import BadData
from connectors.responses import CsvSignOns

HEADER = ["Timestamp", "Organisation", "Sector"]


def read(tmp_path: Path, content: bytes):
    path = tmp_path / "responses.csv"
    path.write_bytes(content)
    return CsvSignOns(path).read()


def refused(tmp_path: Path, content: bytes) -> BadData:
    with pytest.raises(BadData) as caught:
        read(tmp_path, content)
    assert caught.value.exit_code == 65
    assert "responses.csv" in caught.value.where
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize(
    ("time", "joined_by"),
    [
        ("2022/09/17 8:06:28 p.\u00a0m. GMT-5", ";"),
        ("2021/04/17 5:10:41 AM GMT+4", ";"),
        ("2026/10/04 10:15:00 AM GMT+5:30", ";"),
        ("2022/06/22 11:07:29 AM AST", ";"),
        ("2022/06/22 11:07:29 MESZ", ";"),
        ("17/9/2022 16:51:40", ", "),
        ("9/6/2018 0:06:16", ", "),
        ("9/6/2018 1:06:16 PM", ", "),
        ("17.09.2022 16:51:40", ", "),
        ("2022-09-17 16:51:40", ", "),
        ("last Tuesday", None),
        ("", None),
    ],
)
def test_the_timestamps_tell_how_ticked_answers_are_joined(tmp_path, time, joined_by) -> None:
    table = read(tmp_path, f"Timestamp,Organisation\r\n{time},Elm Street\r\n".encode())
    assert table.joined_by == joined_by
    assert table.rows == ((time, "Elm Street"),)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(tmp_path, encoding: str, delimiter: str) -> None:
    lines = ["Zeitstempel|Organisation|Ort", "17.9.2022 16:51:40|Bürgerbüro Größe|München",
             "18.9.2022 10:00:00|Nachbarschaftshilfe für Flüchtlinge|Köln"]  # fmt: skip
    table = read(tmp_path, "\r\n".join(lines).replace("|", delimiter).encode(encoding))
    assert table.header == ("Zeitstempel", "Organisation", "Ort")
    assert table.rows[0] == ("17.9.2022 16:51:40", "Bürgerbüro Größe", "München")
    assert table.numbers == (2, 3)


def test_an_eastern_encoding_is_recognised_from_a_longer_text(tmp_path) -> None:
    text = "Время,Организация\n" + "17.9.2022 16:51:40,Общество защиты природы и реки\n" * 3
    assert read(tmp_path, text.encode("cp1251")).rows[0][1] == "Общество защиты природы и реки"


def test_the_header_tells_the_delimiter_though_answers_hold_others(tmp_path) -> None:
    content = 'Name;Nachname, Vorname;"Ort, Land"\r\n"a, b";"c, d, e";f\r\nx;y;z\r\n'
    table = read(tmp_path, content.encode())
    assert table.header == ("Name", "Nachname, Vorname", "Ort, Land")
    assert table.rows == (("a, b", "c, d, e", "f"), ("x", "y", "z"))


def test_a_form_of_one_question_is_read(tmp_path) -> None:
    table = read(tmp_path, b"Organisation\nElm Street\n\nOak; Ash\n")
    assert table.header == ("Organisation",)
    assert table.rows == (("Elm Street",), ("Oak; Ash",))
    assert table.numbers == (2, 4)


def test_line_breaks_quotes_and_zeros_in_cells_stay(tmp_path) -> None:
    table = read(tmp_path, b'a,b\r\n"one\r\ntwo\rthree\nfour","say ""hi"""\r\nx\x00y, z \r\n')
    assert table.rows == (("one\r\ntwo\rthree\nfour", 'say "hi"'), ("x\x00y", " z "))
    assert table.numbers == (2, 3)


def test_short_and_long_rows_lose_nothing(tmp_path) -> None:
    table = read(tmp_path, b"a,b\n1\n1,2,3,4\n , \n,,,\n5,6\n")
    assert table.header == ("a", "b", "", "")
    assert table.rows == (("1", "", "", ""), ("1", "2", "3", "4"), ("5", "6", "", ""))
    assert table.numbers == (2, 3, 6)


def test_repeated_and_empty_titles_stay(tmp_path) -> None:
    table = read(tmp_path, b"a,a,,\n1,2,3,4\n")
    assert table.header == ("a", "a", "", "")


def test_a_header_alone_is_a_form_without_responses(tmp_path) -> None:
    table = read(tmp_path, b"Timestamp,Organisation\r\n")
    assert table.header == ("Timestamp", "Organisation")
    assert table.rows == ()
    assert table.tab == "responses.csv"


def test_a_cell_of_ten_million_characters_is_read_and_a_longer_one_named(tmp_path) -> None:
    huge = b"x" * 10_000_000
    assert len(read(tmp_path, b"a,b\n1," + huge + b"\n").rows[0][1]) == 10_000_000
    assert "Row 3" in refused(tmp_path, b"a,b\n1,2\n1," + huge + b"x\n").what


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty"),
        (b"\r\n\r\n , \n", "nothing"),
        (b"\xef\xbb\xbf", "nothing"),
        (b"PK\x03\x04\x14\x00\x06\x00rest of a workbook", "workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "workbook"),
        (b"%PDF-1.7\n%\xe2\xe3", "no text"),
        (b"\n<!DOCTYPE html><html>Sign in", "web page"),
        (bytes(range(256)) * 40, "t"),
        (b"\x00" * 5000, "no text"),
        (b'a,b\n1,"2\n3,4\n5,6\n', "row 2"),
    ],
)
def test_what_is_no_list_of_responses_stops_the_run(tmp_path, content: bytes, what: str) -> None:
    assert what in refused(tmp_path, content).what


def test_characters_that_nothing_can_read_are_said_with_what_was_tried(tmp_path) -> None:
    error = refused(tmp_path, b"a,b\n\xff\x81\x8d\x8f\x90\x9d\xff\xff,\x81\x81\xff\xa0\xfd\n" * 9)
    assert "utf-8" in error.what


def test_a_missing_file_and_a_folder(tmp_path) -> None:
    with pytest.raises(BadData, match="not there"):
        CsvSignOns(tmp_path / "responses.csv").read()
    with pytest.raises(BadData, match="folder"):
        CsvSignOns(tmp_path).read()


CELL = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=8), st.sampled_from([",", ";", "\t"]))
def test_every_cell_comes_in_as_it_was_typed(tmp_path_factory, rows, delimiter) -> None:
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([HEADER, *rows])
    # a file of which a tenth are control characters is no text, and said to be none
    controls = sum(c < " " and c not in "\t\n\v\f\r\x1b" for c in target.getvalue())
    assume(controls < len(target.getvalue()) // 10)
    path = tmp_path_factory.mktemp("csv") / "responses.csv"
    path.write_bytes(("\ufeff" + target.getvalue()).encode())
    table = CsvSignOns(path).read()
    kept = [(n, row) for n, row in enumerate(rows, 2) if any(cell.strip() for cell in row)]
    assert list(table.rows) == [row for _, row in kept]
    assert list(table.numbers) == [n for n, _ in kept]
    assert all(type(cell) is str for row in table.rows for cell in row)
