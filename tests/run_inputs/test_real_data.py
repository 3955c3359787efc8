"""Real lists, exports and strings, each through a whole run: nothing is lost and nothing breaks."""

# ruff: noqa: DTZ001 - a spreadsheet's moments have no zone

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from connectors.cells import has_lost
from connectors.person import edit

SAVED = dt.datetime(2026, 6, 1, 18)
BERLIN = ZoneInfo("Europe/Berlin")


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def stamps(many: int) -> list[str]:
    """As Google's download writes them: one an hour, from January on."""
    start = dt.datetime(2026, 1, 5, 8)
    times = (start + dt.timedelta(hours=n) for n in range(many))
    return [f"{time:%Y/%m/%d} {time.hour % 12 or 12}:{time:%M:%S %p} GMT+1" for time in times]


def form(coalition: Any, **questions: str) -> None:
    """A form that has no question for the agreement: sending it is agreeing."""
    inner = ", ".join(f"{field} = {json.dumps(text)}" for field, text in questions.items())
    coalition.set("sending_is_agreeing = true", f"questions = {{{inner}}}")


def held(summary: Any) -> float:
    return summary["signons"]["hold"] / summary["signons"]["received"]


def checked(coalition: Any) -> list[str]:
    return [row["Organisation"] or "" for row in coalition.tab("Every form checked")]


# Shows: what people typed comes out as it went in.


class Markup(HTMLParser):
    """What a browser would make of a page: its elements, its attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: Counter[str] = Counter()
        self.attributes: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in ("img", "meta", "br", "hr", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)


def naughty(shared_data: Path) -> list[str]:
    strings = json.loads((shared_data / "blns" / "blns.json").read_text(encoding="utf-8"))
    payloads = json.loads((shared_data / "formula-injection" / "payloads.json").read_text("utf-8"))
    return [*strings, *payloads]


def test_naughty_strings_come_out_as_they_went_in(coalition, responding, shared_data) -> None:
    strings = naughty(shared_data)
    assert len(strings) == 515 + 22
    coalition.sheet([*(responding(n, text) for n, text in enumerate(strings))])
    coalition.coordinated()
    summary = coalition.run()
    assert summary["signons"]["received"] == len(strings)

    # Read back in two ways, all but what no workbook can hold is the same.
    altered = {text: text.replace("\ufffe", "\ufffd") for text in strings if has_lost(text)}
    assert list(altered) == ["\ufffe"]
    expected = Counter(altered.get(text, text) for text in strings)
    assert Counter(checked(coalition)) == expected
    book = openpyxl.load_workbook(coalition.results)
    cells = [row[2].value for row in book["Every form checked"].iter_rows(min_row=2)]
    assert Counter(unescape(cell or "") for cell in cells) == expected
    (line,) = [
        row for row in coalition.tab("To fix")
        if (row["Tab"], row["Column"]) == ("Every form checked", "Organisation")
    ]  # fmt: skip
    assert checked(coalition)[line["Row"] - 2] == "\ufffd"
    assert {row["Tab"] for row in coalition.tab("To fix")} == {
        "Every form checked", "To decide", "Who has signed", "Promises",
    }  # fmt: skip
    assert [
        c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"
    ] == []
    quiet = coalition.digest()

    # A person puts every one of them on the public list, so that the digest names them.
    edit(coalition.results, "To decide", accept_all, SAVED)
    for letter in (coalition.folder / "outbox").glob("*.eml"):
        letter.unlink()
    coalition.later(7)
    assert coalition.run()["listed"] > 300
    loud = coalition.digest()
    assert len(loud[0]) > len(quiet[0]) + 500
    before, after = Markup(quiet[0]), Markup(loud[0])
    assert after.unbalanced == after.open == []
    assert set(after.elements) <= set(before.elements) | {"ul", "li", "ol", "strong", "em"}
    assert not [name for name, _ in after.attributes if name.startswith("on")]
    links = [value for name, value in after.attributes if name in ("href", "src", "action")]
    assert all(value.startswith("cid:") for value in links)
    assert coalition.run()["cells_written"] == 0


def accept_all(titles: Sequence[str], rows: list[list[Any]]) -> list[list[Any]]:
    at = titles.index("Decision")
    return [[*row[:at], "accept and list", "Ana", *row[at + 2 :]] for row in rows]


def test_the_raw_timestamps_come_out_as_the_truth_says(new_coalition, shared_data) -> None:
    truth = rows_of(shared_data / "forms-timestamp-truth" / "timestamps.csv")
    assert len(truth) == 5
    for export in dict.fromkeys(row["dataset"] for row in truth):
        coalition = export_of(new_coalition, shared_data, export)
        if export == "form-en-us-sheet":
            coalition.set('date_order = "mdy"')
        coalition.run()
        received = {row["Received"] for row in coalition.tab("Every form checked")}
        for row in truth:
            if row["dataset"] == export:
                moment = dt.datetime.fromisoformat(row["expected_iso"])
                local = moment.astimezone(BERLIN).replace(tzinfo=None) if moment.tzinfo else moment
                assert local in received, row


def test_times_that_cannot_be_told_are_something_to_fix(new_coalition, shared_data) -> None:
    coalition = export_of(new_coalition, shared_data, "form-en-us-sheet")
    summary = coalition.run()
    assert summary["signons"] == {**summary["signons"], "received": 21, "hold": 21}
    lines = [row for row in coalition.tab("To fix") if row["Tab"] == "responses.csv"]
    assert [row["Row"] for row in lines if row["Row"]] == list(range(2, 23))
    assert {row["Column"] for row in lines} == {"Timestamp"}
    assert all("date_order" in row["What to do"] for row in lines)
    assert {row["Received"] for row in coalition.tab("Every form checked")} == {None}


def export_of(new_coalition: Any, shared_data: Path, export: str) -> Any:
    """A coalition whose form asks for the organisation in its second question."""
    coalition = new_coalition(export)
    raw = (shared_data / export / "responses.csv").read_bytes()
    coalition.responses.write_bytes(raw)
    (titles, *_) = csv.reader(raw.decode("utf-8-sig").splitlines())
    form(coalition, organisation=titles[1])
    return coalition


# Real input.


@pytest.mark.parametrize(
    ("export", "rows"),
    [
        ("form-en-sweden", 97),
        ("form-en-us-sheet", 21),
        ("form-es-autos-sheet", 29),
        ("form-es-medioambiente", 34),
    ],
)
def test_google_exports(new_coalition, shared_data, export: str, rows: int) -> None:
    coalition = export_of(new_coalition, shared_data, export)
    (titles, *answers) = csv.reader(coalition.responses.read_text("utf-8-sig").splitlines())
    summary = coalition.run()
    assert summary["signons"]["received"] == rows == len(answers)
    assert Counter(checked(coalition)) == Counter(row[1] for row in answers)
    keys = [row["Key"] for row in coalition.tab("Every form checked")]
    assert len(set(keys)) == rows
    unknown = {p["column"] for p in summary["problems"] if "does not know" in p["problem"]}
    assert len(unknown) == len(titles) - 2


@pytest.mark.parametrize("stamped", [True, False], ids=["with times", "without"])
def test_keep_android_open(coalition, shared_data, stamped: bool) -> None:
    listed = rows_of(shared_data / "signon-keepandroidopen" / "signatures.csv")
    letter = (shared_data / "statements" / "keepandroidopen_letter.md").read_text("utf-8")
    facts = '+++\nversion = "1"\nstate = "adopted"\nadopted_on = 2025-10-01\n+++\n'
    statement = coalition.folder / "statements" / "main" / "v1.md"
    statement.write_text(facts + letter, encoding="utf-8")
    titles = ("organization", "url", "region")
    rows = [[row[title] for title in titles] for row in listed]
    if stamped:
        rows = [[stamp, *row] for stamp, row in zip(stamps(len(rows)), rows, strict=True)]
    coalition.sheet(rows, ("Timestamp", *titles) if stamped else titles)
    form(coalition, organisation="organization", website="url", country="region")
    summary = coalition.run()
    assert len(listed) == summary["signons"]["received"] == 69
    assert held(summary) < 0.15
    assert summary["organisations"]["member"] >= 0.85 * 69
    assert Counter(checked(coalition)) == Counter(row["organization"] for row in listed)
    assert coalition.run()["cells_written"] == 0


def test_digitale_zivilgesellschaft(new_coalition, shared_data) -> None:
    file = shared_data / "signon-digitale-zivilgesellschaft" / "signatories.json"
    listed = json.loads(file.read_text(encoding="utf-8"))["list"]
    coalition = new_coalition("digital")
    names = [one.get("name", "") for one in listed]
    coalition.sheet(
        zip(stamps(76), names, (one["url"] for one in listed), strict=True),
        ("Zeitstempel", "Name der Organisation", "Website"),
    )
    form(coalition)
    summary = coalition.run()
    assert summary["signons"]["received"] == 76
    assert held(summary) < 0.15
    assert Counter(checked(coalition)) == Counter(names)
    assert [problem["tab"] for problem in summary["problems"]] == []


def test_coara_counts_each_organisation_once(new_coalition, shared_data) -> None:
    listed = rows_of(shared_data / "signon-coara" / "coara_signatories.csv")
    coalition = new_coalition("coara")
    rows = ((row["Organization"], row["Country"]) for row in listed)
    coalition.sheet(
        ((stamp, *row) for stamp, row in zip(stamps(len(listed)), rows, strict=True)),
        ("Timestamp", "Organization", "Country"),
    )
    form(coalition, organisation="Organization")
    summary = coalition.run()
    assert summary["signons"]["received"] == 2501
    assert held(summary) < 0.15
    who = coalition.tab("Who has signed")
    assert Counter(row["Sign-ons"] for row in who) == {3: 833, 2: 1}
    assert {row["Organisation"] for row in who} == {row["Organization"] for row in listed}
    countries = {row["Organization"]: set() for row in listed}
    for row in listed:
        countries[row["Organization"]].add(row["Country"])
    assert all(row["Country"] in countries[row["Organisation"]] for row in who)


def grid(rows: Sequence[dict[str, Any]], titles: Sequence[str] = ()) -> list[list[Any]]:
    """The header, and the rows below it."""
    header = list(titles or rows[0])
    return [header, *([row.get(title) for title in header] for row in rows)]


def titled(coalition: Any, tab: str, **titles: str) -> None:
    """What the coalition calls the columns of a tab."""
    named = (f"{field} = {json.dumps(title)}" for field, title in titles.items())
    coalition.set(f"[tracker.columns.{tab}]", *named)


def faults(coalition: Any, tab: str) -> list[tuple[Any, Any, Any]]:
    return [
        (row["Row"], row["Column"], row["What is wrong"])
        for row in coalition.tab("To fix") if row["Tab"] == tab
    ]  # fmt: skip


def metric(summary: Any, code: str) -> Any:
    (found,) = [metric for metric in summary["metrics"] if metric["code"] == code]
    return found


def test_a_real_tracker_of_actions(coalition, shared_data) -> None:
    listed = rows_of(shared_data / "tracker-collective-action-tech" / "actions.csv")
    coalition.tabs({"Actions": grid(listed)})
    titled(
        coalition, "actions", initiative="struggles", kind="actions", partners="companies",
        people="workers", link="sources", district="locations", letters="employment_types",
    )  # fmt: skip
    summary = coalition.run()
    assert summary["tabs"] == {"Actions": 506}
    blank = {"None", ""}
    wrong = Counter(row["employment_types"] for row in listed) - Counter(dict.fromkeys(blank, 506))
    told = faults(coalition, "Actions")
    assert (None, "Started by", "this column is missing") in told
    # What isn't a count is set aside with its cell: the kinds of work under "Letters" are none.
    of_cells = [fault for fault in told if fault[1] == "employment_types"]
    alone = [n for n in wrong.values() if n <= 20]
    assert len(of_cells) == sum(alone) + len(wrong) - len(alone)
    assert all("not a whole number" in what for _, _, what in of_cells)
    assert len(told) == len(of_cells) + 1


ITEM = re.compile(r"^\s+(?:- )?(title|date|publication|link): (.*)$")


def press(file: Path) -> list[dict[str, str]]:
    """The pieces of the YAML file, whose entries are one line each."""
    pieces: list[dict[str, str]] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if found := ITEM.match(line):
            if line.lstrip().startswith("- "):
                pieces.append({})
            text = found[2].strip()
            quoted = text[:1] in "'\"" and text[:1] == text[-1:]
            pieces[-1][found[1]] = text[1:-1].replace("''", "'") if quoted else text
    return pieces


def test_a_real_tracker_of_media(coalition, shared_data) -> None:
    pieces = press(shared_data / "tracker-fftf-press" / "press.yml")
    assert len(pieces) == 237
    coalition.tabs({"Media": grid(pieces, ("date", "publication", "title", "link"))})
    titled(coalition, "media", outlet="publication")
    summary = coalition.run()
    assert summary["tabs"] == {"Media": 237}
    nameless = [n for n, piece in enumerate(pieces, 2) if not piece.get("publication")]
    assert faults(coalition, "Media") == [(n, "publication", "is blank") for n in nameless]
    assert len(nameless) == 1
    apart = {
        piece.get("link") or (piece.get("publication"), piece["date"], piece["title"])
        for piece in pieces
    }
    assert metric(summary, "I1")["value"] == len(apart) == 235
    assert metric(summary, "Q1")["numerator"] == 1
