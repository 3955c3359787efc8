"""`weaver resolve`, through the program: lists of every kind, and what stands in them."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

ADDED = ["organisation_id", "canonical_name", "confidence", "because"]
HEADER = ("Organisation", "Website", "Email", "Country", "City")
MEMBERS = (
    ("Alder Brook Anglers", "https://alder.example.org", "a@alder.example.org", "Austria", "Wels"),
    ("Birch Hill Growers", "", "", "", ""),
    ("ALDER BROOK ANGLERS", "www.alder.example.org/about", "", "Österreich", ""),
    ("Dune Wardens", "", "", "", "Graz"),
    ("Alder Brook Anglers", "", "ivo@gmail.com", "", ""),
)


def write(path: Path, rows: Iterable[Sequence[str]], encoding: str = "utf-8", delimiter: str = ",",
          header: Sequence[str] = HEADER) -> Path:  # fmt: skip
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([header, *rows])
    return path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def resolve(weaver: Any, tmp_path: Path) -> Any:
    """A function: rows or a file, and arguments → the JSON and what was written."""

    def run(given: Path | Iterable[Sequence[str]], *arguments: object) -> Any:
        file = given if isinstance(given, Path) else write(tmp_path / "list.csv", given)
        out = tmp_path / "out.csv"
        ran = weaver("resolve", file, "-o", out, "--json", *arguments, cwd=tmp_path)
        assert (ran.code, ran.err) == (0, ""), ran.out + ran.err
        return ran.json, read(out)

    return run


def homes(rows: Iterable[dict[str, str]]) -> list[str]:
    return [row["organisation_id"] for row in rows]


def test_rows_come_back_in_their_order_with_what_they_are(resolve: Any) -> None:
    found, rows = resolve(MEMBERS)
    assert [tuple(row[title] for title in HEADER) for row in rows] == list(MEMBERS)
    assert list(rows[0]) == [*HEADER, *ADDED]
    assert len(set(homes(rows))) == 3
    assert rows[0]["organisation_id"] == rows[2]["organisation_id"] == rows[4]["organisation_id"]
    assert {row["canonical_name"] for row in rows} == {
        "Alder Brook Anglers", "Birch Hill Growers", "Dune Wardens",
    }  # fmt: skip
    assert rows[1]["because"] == "its only row"
    assert rows[1]["confidence"] == "1.0"
    assert all(0 <= float(row["confidence"]) <= 1 and row["because"] for row in rows)
    assert (found["rows"], found["organisations"], found["joined"]) == (5, 3, 2)
    assert found["columns"] == {
        "name": "Organisation", "website": "Website", "email": "Email", "country": "Country",
        "city": "City",
    }  # fmt: skip
    assert (found["asked"], found["related"], found["problems"]) == ([], [], [])


def test_ids_stay_when_rows_are_sorted_added_or_read_again(resolve: Any) -> None:
    mine = dict(zip(MEMBERS, homes(resolve(MEMBERS)[1]), strict=True))
    assert dict(zip(MEMBERS, homes(resolve(MEMBERS)[1]), strict=True)) == mine
    others = [(f"Otter Watch {n}", "", "", "", "") for n in range(50)]
    mixed = [*MEMBERS, *others]
    random.Random(4).shuffle(mixed)
    again = dict(zip(mixed, homes(resolve(mixed)[1]), strict=True))
    assert {member: again[member] for member in MEMBERS} == mine
    assert len(set(again.values())) == 53


def test_a_result_can_be_given_again(resolve: Any, tmp_path: Path) -> None:
    _, rows = resolve(MEMBERS)
    (tmp_path / "out.csv").rename(tmp_path / "again.csv")
    assert resolve(tmp_path / "again.csv")[1] == rows


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_and_delimiters(
    resolve: Any, tmp_path: Path, encoding: str, delimiter: str
) -> None:
    members = [("Wasserwacht Österreich, Süd; Enns", "", "", "Österreich", "Köflach"), *MEMBERS]
    file = write(tmp_path / "given.csv", members, encoding, delimiter)
    assert [tuple(row[title] for title in HEADER) for row in resolve(file)[1]] == members


def test_a_workbook_with_a_tab_that_holds_something_else(resolve: Any, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Note", "By whom"])
    for title in ("Members", "Guests"):
        sheet = book.create_sheet(title)
        sheet.append(["Verein", "Stadt", "Mitglieder"])
        sheet.append([f"{title} am Bach", "Wels", 12])
        sheet.append([f"{title.upper()} AM BACH", None, 12.5])
    book.save(tmp_path / "lists.xlsx")
    found, rows = resolve(tmp_path / "lists.xlsx")
    assert [row["Mitglieder"] for row in rows] == ["12", "12.5"]
    assert [row["Stadt"] for row in rows] == ["Wels", ""]
    assert {row["canonical_name"] for row in rows} == {"Members am Bach"}
    assert found["columns"] == {"name": "Verein", "city": "Stadt"}
    _, rows = resolve(tmp_path / "lists.xlsx", "--tab", "Guests")
    assert {row["canonical_name"] for row in rows} == {"Guests am Bach"}


@pytest.mark.parametrize(("titles", "columns"), [
    ("Nombre|Página web|Correo electrónico|País|Ciudad", "name website email country city"),
    ("Nom de l'organisation|Site web|Courriel|Pays|Ville", "name website email country city"),
    ("Name|URL|E-Mail|Land|Ort", "name website email country city"),
    ("Название организации|Сайт|Почта|Страна|Город", "name website email country city"),
    ("団体名|ウェブサイト|メールアドレス|国|都市", "name website email country city"),
    ("name|Charity number", "name identifier"),
    ("Name|Organisation", "? name"),
    ("Members of our alliance", "name"),
])  # fmt: skip
def test_columns_are_found_in_many_languages(
    resolve: Any, tmp_path: Path, titles: str, columns: str
) -> None:
    header = titles.split("|")
    file = write(tmp_path / "list.csv", [["Dune Wardens"] * len(header)], header=header)
    pairs = zip(columns.split(), header, strict=True)
    assert resolve(file)[0]["columns"] == {field: title for field, title in pairs if field != "?"}


def test_a_list_whose_names_nobody_finds_says_what_columns_there_are(
    weaver: Any, resolve: Any, tmp_path: Path
) -> None:
    file = write(tmp_path / "list.csv", [("Dune Wardens", "7")], header=("Signed by them", "Rank"))
    ran = weaver("resolve", file, "-o", tmp_path / "out.csv", "--json")
    assert ran.code == ran.json["exit"] == 65
    assert "list.csv" in ran.json["error"]["where"]
    for part in ("--name", "Signed by them", "Rank"):
        assert part in ran.json["error"]["remedy"]
    assert not (tmp_path / "out.csv").exists()
    assert resolve(file, "--name", "signed by them")[0]["organisations"] == 1
    ran = weaver("resolve", file, "-o", tmp_path / "out2.csv", "--name", "Signed by us")
    assert ran.code == 65
    assert "Signed by us" in ran.err
    assert "Rank" in ran.err


def test_wrong_usage(weaver: Any, tmp_path: Path) -> None:
    file = write(tmp_path / "list.csv", MEMBERS)
    before = file.read_bytes()
    (tmp_path / "link.csv").symlink_to(file)
    (tmp_path / "folder").mkdir()
    out = ("-o", "out.csv")
    for arguments in (
        (file,), out, (file, "-o", file), (file, "-o", "../" + tmp_path.name + "/list.csv"),
        (file, "-o", "link.csv"), (file, "-o", "out.xlsx"), (file, "-o", "folder"),
        (file, *out, "--questions", "out.csv"), (file, *out, "--questions", file),
        ("link.csv", "-o", "out.csv", "--against", file, "--known"),
    ):  # fmt: skip
        ran = weaver("resolve", *arguments, "--json", cwd=tmp_path)
        assert ran.code == ran.json["exit"] == 2, arguments
        assert ran.json["error"]["remedy"]
    assert file.read_bytes() == before
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(("content", "what"), [
    (b"", "empty"), (b"\n\n", "holds nothing"), (b"\x89PNG\r\n\x1a\n", "no text"),
    (b"PK\x03\x04 and no more", "damaged"), (b'Name\n"Dune Wardens', "never closed"),
    (b"Name,confidence\nDune Wardens,high\n", "confidence"),
])  # fmt: skip
def test_what_is_no_list(weaver: Any, tmp_path: Path, content: bytes, what: str) -> None:
    (tmp_path / "list.csv").write_bytes(content)
    ran = weaver("resolve", "list.csv", "-o", "out.csv", "--json", cwd=tmp_path)
    assert ran.code == 65
    assert what in ran.json["error"]["what"]
    assert not (tmp_path / "out.csv").exists()


def test_a_list_that_is_not_there(weaver: Any, tmp_path: Path) -> None:
    ran = weaver("resolve", "list.csv", "-o", "out.csv", "--json", cwd=tmp_path)
    assert ran.code == 65
    assert "list.csv" in ran.json["error"]["where"]


def test_a_list_without_rows(resolve: Any) -> None:
    found, rows = resolve([])
    assert rows == []
    assert (found["rows"], found["organisations"], found["joined"]) == (0, 0, 0)


HOSTILE = (
    "", " ", "\u00a0", "A", "b", "!!!", "…", "🦦", "🦦🦦", "🏳️‍🌈", "\u202eevil\u202c",
    "אגודת הנהר River", "جمعية النهر River Friends",
    "=1+1", "+1", "-2+3", "@SUM(A1)", "\t=cmd", "=HYPERLINK(\"x\")",
    "a\r\nb", 'quo"te', "semi;colon", "\x07bell", "NULL", "nan", "None", "0", "1e5", "\ufeffBOM",
    "Á" * 200, "\u0301" * 300, "x" * 50_000, "word " * 10_000,
)  # fmt: skip


def test_every_row_comes_back_whatever_stands_in_it(resolve: Any) -> None:
    rows = [(name, name[:300], name[:300], name[:50], name[:50]) for name in HOSTILE]
    rows += [("", "", "", "", ""), *MEMBERS]
    found, written = resolve(rows)
    assert [tuple(row[title] for title in HEADER) for row in written] == rows
    assert found["rows"] == len(rows)
    for row in written:
        assert not row["canonical_name"].startswith(("=", "+", "-", "@", "\t", "\r"))
        assert not row["because"].startswith(("=", "+", "-", "@", "\t", "\r"))
        assert bool(row["organisation_id"]) == bool(row["canonical_name"])
    assert [row["because"] for row in written[:3]] == ["no name"] * 3
    problems = " ".join(problem["problem"] for problem in found["problems"])
    assert "4 rows have no name" in problems
    assert "begin like a formula" in problems


def test_naughty_strings_and_formulas_of_the_field(resolve: Any, shared_data: Path) -> None:
    naughty = json.loads((shared_data / "blns" / "blns.json").read_text(encoding="utf-8"))
    formulas = json.loads((shared_data / "formula-injection" / "payloads.json").read_text())
    rows = [(text, text, text, text, text) for text in (*naughty, *formulas)]
    _, written = resolve(rows)
    assert [tuple(row[title] for title in HEADER) for row in written] == rows


CROWDS = {
    "one website": lambda n: (f"Otter Watch {n:05} of {n * 7919 % 9973}", "www.big.example.org"),
    "one acronym": lambda n: ("RWA", f"https://otter{n}.example.org"),
    "an acronym each": lambda n: (f"River Watch Alliance {chr(97 + n % 26)}{n} (RWA)", ""),
    "one address": lambda n: (f"Heron Club {n}", "https://sites.google.com/view/heron"),
    "emoji": lambda n: ("🦦" * (n % 7 + 1), ""),
    "one letter": lambda n: (chr(97 + n % 26), ""),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("crowd", CROWDS)
def test_ten_thousand_rows_that_share_something(resolve: Any, crowd: str) -> None:
    rows = [(*CROWDS[crowd](n), f"x{n}@gmail.com", "", "") for n in range(10_000)]
    found, written = resolve(rows)
    assert [tuple(row[title] for title in HEADER) for row in written] == rows
    assert found["rows"] == 10_000
    if crowd in ("one website", "one address", "an acronym each"):
        sizes = [homes(written).count(home) for home in set(homes(written))]
        assert max(sizes) < 100


def test_looked_up_in_a_list_of_known_ones(resolve: Any, tmp_path: Path) -> None:
    known = [
        ("o-alder", "Alder Brook Anglers"),
        ("o-alder", "ABA Wels"),
        ("o-dune", "Dune Wardens"),
    ]
    registry = write(tmp_path / "known.csv", known, header=("Id", "Organisation"))
    asked = ["dune wardens", "Aba Wels", "Dune Warden", "Kitchen of the Elm Street", ""]
    file = write(tmp_path / "list.csv", [[name] for name in asked], header=["Name"])
    found, rows = resolve(file, "--against", registry)
    assert homes(rows)[:2] == ["o-dune", "o-alder"]
    assert rows[1]["canonical_name"] == "Alder Brook Anglers"
    assert homes(rows)[3:] == ["", ""]
    assert rows[3]["because"] == "nothing near"
    assert rows[3]["confidence"] == ""
    assert homes(rows)[2] == "o-dune" or "Dune Wardens" in rows[2]["because"]
    assert found["rows"] == 5
    assert all(pair["organisations"][1] == "o-dune" for pair in found["asked"])


def test_looked_up_in_an_earlier_result(resolve: Any, tmp_path: Path) -> None:
    _, rows = resolve(MEMBERS)
    (tmp_path / "out.csv").rename(tmp_path / "known.csv")
    _, again = resolve([("The Dune Wardens", "", "", "", ""), MEMBERS[2]],
                       "--against", tmp_path / "known.csv")  # fmt: skip
    assert homes(again)[1] == rows[2]["organisation_id"]
    assert again[1]["canonical_name"] == "Alder Brook Anglers"


def test_pairs_to_look_at_are_written_where_asked(resolve: Any, tmp_path: Path) -> None:
    rows = [
        ("Friends of the Miresk", "https://miresk.example.org", "", "", ""),
        ("Mireskfreunde", "www.miresk.example.org", "", "", ""),
        ("=Wasserwacht Altvelm", "", "", "", ""),
        ("Wasserwacht Altvelm – Ortsgruppe Nord", "", "", "", ""),
    ]
    found, written = resolve(rows, "--questions", "pairs.csv")
    pairs = read(tmp_path / "pairs.csv")
    assert [(p["kind"], {p["row"], p["other_row"]}) for p in pairs] == [
        ("same", {"2", "3"}), ("part", {"5", "4"}),
    ]  # fmt: skip
    assert pairs[1]["name"] == "Wasserwacht Altvelm – Ortsgruppe Nord"
    assert pairs[1]["other_name"] == "'=Wasserwacht Altvelm"
    assert pairs[1]["other_organisation_id"] == written[2]["organisation_id"]
    assert all(pair["because"] for pair in pairs)
    (asked,), (related,) = found["asked"], found["related"]
    assert set(asked["names"]) == {"Friends of the Miresk", "Mireskfreunde"}
    assert sorted(asked["rows"]) == [2, 3]
    assert related["rows"] == [5, 4]
    assert asked["because"]
    assert found["organisations"] == 4


def test_looked_up_among_the_coalitions_own(settled: Any, tmp_path: Path) -> None:
    before = settled.files()
    file = write(tmp_path / "list.csv", [["dune  wardens"], ["Nobody at All"]], header=["Group"])
    ran = settled.weaver("resolve", file, "-o", tmp_path / "out.csv", "--known", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert settled.files() == before
    (id_,) = [row["Id"] for row in settled.tab("Who has signed")
              if row["Organisation"] == "Dune Wardens"]  # fmt: skip
    assert homes(read(tmp_path / "out.csv")) == [id_, ""]


def test_people_read_a_few_lines_or_none(weaver: Any, tmp_path: Path) -> None:
    file = write(tmp_path / "list.csv", MEMBERS)
    ran = weaver("resolve", file, "-o", "out.csv", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert "5 rows: 3 organisations." in ran.out
    assert weaver("resolve", file, "-o", "out.csv", "--quiet", cwd=tmp_path).out == ""
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_known_answers_of_a_real_list(resolve: Any, shared_data: Path) -> None:
    found, rows = resolve(shared_data / "signon-coara" / "coara_signatories.csv")
    assert len(rows) == 2501
    assert found["organisations"] <= 834
