"""Responses become typed rows; what cannot be read is named and costs no good row."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from config.errors import BadData
from config.problems import Problem
from config.raw import LISTED, RawTable, Scalar
from config.settings import Form
from config.statement import Point, Statement, Version
from config.tables import SIGNONS
from pipeline.intake.model import UNCLEAR, SignOns
from pipeline.intake.signons import read_signons

UTC = ZoneInfo("UTC")
STATEMENT = Statement(
    "main",
    (
        Version(
            version="1",
            state="draft",
            question="Do you stand with us?",
            principles=(Point(id="P1", text="Housing is a right"),),
        ),
    ),
)


def table(
    header: Sequence[str], *rows: Sequence[Scalar], tab: str = "responses.csv",
    joined_by: str | None = ";",
) -> RawTable:  # fmt: skip
    return RawTable(tab, tuple(header), rows, range(2, len(rows) + 2), joined_by)


def read(raw: RawTable, by_hand: RawTable | None = None, **form: object) -> SignOns:
    return read_signons(raw, Form.model_validate(form), STATEMENT, UTC, by_hand)


def only(signons: SignOns) -> Problem:
    (problem,) = signons.problems
    return problem


def test_every_field_is_there_and_typed() -> None:
    raw = table(
        ["Timestamp", "Organisation", "Signing as", "Sector", "Do you stand with us?", "P1",
         "List us", "Decided by board on"],
        ["2025-03-01 10:00", "  Tenants Together ", "als Einzelperson", "Housing;Health",
         "Yes, we agree", "no", "", "2025-02-03"],
    )  # fmt: skip
    signons = read(raw)
    row = signons.frame.iloc[0]
    names = {*SIGNONS.names, "row", "received", "time_problem", "by_hand", "agrees_p1", "asked_as",
             "response", "edited"}  # fmt: skip
    assert set(signons.frame.columns) == names - {"timestamp"}
    assert row["organisation"] == "  Tenants Together "
    assert (row["row"], row["by_hand"], row["time_problem"]) == (2, False, "")
    assert row["received"] == pd.Timestamp("2025-03-01T10:00Z")
    assert (row["signing_as"], row["sector"]) == ("individual", ("Housing", "Health"))
    assert (row["agreement"], row["agrees_p1"], row["list_us"]) == ("yes", "no", "")
    assert row["decided_by_board_on"] == pd.Timestamp("2025-02-03")
    assert (row["website"], row["needs"]) == ("", ())
    assert str(signons.frame["received"].dtype) == "datetime64[ns, UTC]"
    assert str(signons.frame["decided_by_board_on"].dtype) == "datetime64[ns]"
    assert signons.problems == ()
    assert signons.asked >= {"organisation", "agreement", "agrees_p1", "list_us"}
    assert "website" not in signons.asked
    assert signons.source == "responses.csv"


def test_blank_rows_go_and_numbers_stay() -> None:
    raw = table(
        ["Timestamp", "Organisation"], ["", " "], ["2025-03-01", "A"], [None, "\u00a0"], ["", "B"]
    )
    signons = read(raw)
    assert list(signons.frame["row"]) == [3, 5]
    assert list(signons.frame["time_problem"]) == ["", "missing"]
    problem = only(signons)
    assert (problem.row, problem.column) == (5, "Timestamp")


def test_repeated_questions_are_joined_and_contradictions_named() -> None:
    raw = table(
        ["Timestamp", "Organisation", "Website", "Website "],
        ["2025-03-01", "A", "a.example.org", ""],
        ["2025-03-01", "B", "", "b.example.org"],
        ["2025-03-01", "C", "c.example.org", "d.example.org"],
        ["2025-03-01", "D", "d.example.org", " d.example.org"],
    )
    signons = read(raw)
    assert list(signons.frame["website"]) == [
        "a.example.org", "b.example.org", "c.example.org", "d.example.org",
    ]  # fmt: skip
    problem = only(signons)
    assert problem.row == 4
    assert "C (Website)" in problem.problem
    assert "D (Website)" in problem.problem
    assert problem.found == "c.example.org ≠ d.example.org"


def test_a_column_without_a_title_is_named_by_its_letter() -> None:
    raw = table(["Timestamp", "Organisation", "", " "], ["2025-03-01", "A", "x", ""])
    problem = only(read(raw))
    assert problem.column == "column C"
    assert "1 of its cells" in problem.problem


def test_unknown_questions_are_said_once_and_can_be_ignored() -> None:
    raw = table(
        ["Timestamp", "Organisation", "Notes", "Notes", "Websitee"],
        ["2025-03-01", "A", "n", "m", "w"],
    )
    unknown, near = read(raw).problems
    assert (unknown.row, unknown.column) == (0, "Notes")
    assert '[[form]] ignore: "Notes"' in unknown.remedy
    assert 'website = "Websitee"' in near.remedy
    assert read(raw, ignore=["Notes", "Websitee"]).problems == ()


def test_the_suggested_line_keeps_what_the_settings_had() -> None:
    raw = table(["Organisation", "Timestamp", "Our web page!", 'Our "web" pag'])
    problem = only(read(raw, questions={"website": "Our web page!"}))
    assert r'website = ["Our web page!", "Our \"web\" pag"]' in problem.remedy


def test_no_organisation_stops_with_the_titles_seen() -> None:
    with pytest.raises(BadData) as caught:
        read(table(["Timestamp", "Organisaton nam", "Town"], ["2025-03-01", "A", "T"]))
    assert "“Organisaton nam”" in caught.value.what
    assert caught.value.where == "responses.csv"
    assert 'organisation = "Organisaton nam"' in caught.value.remedy


def test_without_a_time_column_all_are_kept_and_it_is_said_once() -> None:
    signons = read(table(["Organisation"], ["A"], ["B"]))
    assert list(signons.frame["time_problem"]) == ["missing", "missing"]
    assert signons.frame["received"].isna().all()
    assert only(signons).row == 0


def test_scalars_of_a_spreadsheet_become_what_people_see() -> None:
    raw = table(
        ["Timestamp", "Organisation", "Size", "Founded", "Contact", "List us"],
        [
            dt.datetime.fromisoformat("2025-03-01T09:30:00"),
            350.0,
            12,
            dt.date(1999, 5, 1),
            "0151 0042",
            True,
        ],
        [45717.5, 3.5, None, dt.datetime.fromisoformat("1999-05-01T00:00:00"), "007", False],
    )
    signons = read(raw)
    assert list(signons.frame["received"].dt.hour) == [9, 12]
    assert list(signons.frame["organisation"]) == ["350", "3.5"]
    assert list(signons.frame["size"]) == ["12", ""]
    assert list(signons.frame["founded"]) == ["1999-05-01", "1999-05-01"]
    assert list(signons.frame["contact"]) == ["0151 0042", "007"]
    assert list(signons.frame["list_us"]) == ["yes", "no"]
    assert signons.problems == ()


def test_unclear_answers_are_held_and_named() -> None:
    raw = table(
        ["Timestamp", "Organisation", "List us", "Signing as", "Decided by board on"],
        ["2025-03-01", "A", "perhaps", "organisatoin", "in spring"],
    )
    signons = read(raw)
    row = signons.frame.iloc[0]
    assert (row["list_us"], row["signing_as"]) == (UNCLEAR, UNCLEAR)
    assert pd.isna(row["decided_by_board_on"])
    found = {problem.column: problem for problem in signons.problems}
    assert set(found) == {"List us", "Signing as", "Decided by board on"}
    assert {problem.row for problem in signons.problems} == {2}
    assert "“organisation”" in found["Signing as"].remedy
    own = read(raw, yes=["Perhaps"])
    assert list(own.frame["list_us"]) == ["yes"]


def test_one_odd_answer_in_many_rows_is_one_problem() -> None:
    rows = [["2025-03-01", f"Group {i}", "Count us in"] for i in range(40)]
    problem = only(read(table(["Timestamp", "Organisation", "List us"], *rows)))
    assert problem.row == 0
    assert "40 cells" in problem.problem


def test_sign_ons_by_hand_follow() -> None:
    raw = table(["Timestamp", "Organisation", "Sector"], ["2025-03-01", "A", "Food, water"])
    hand = table(
        ["Organisation", "Website", "Sector", "Timestamp"],
        ["B", "b.example.org", "Health; Food", "17.3.2025"],
        tab="Sign-ons by hand", joined_by=None,
    )  # fmt: skip
    signons = read(raw, hand)
    assert list(signons.frame["organisation"]) == ["A", "B"]
    assert list(signons.frame["by_hand"]) == [False, True]
    assert list(signons.frame.index) == [0, 1]
    assert signons.frame["sector"][1] == ("Health", "Food")
    assert signons.frame["received"][1] == pd.Timestamp("2025-03-17T00:00Z")
    assert "website" not in signons.asked
    assert signons.problems == ()


def test_a_tab_by_hand_without_names_is_set_aside_and_said() -> None:
    raw = table(["Timestamp", "Organisation"], ["2025-03-01", "A"])
    hand = table(["Timestamp", "Who"], ["2025-03-01", "B"], tab="Sign-ons by hand")
    signons = read(raw, hand)
    assert len(signons.frame) == 1
    assert any("1 rows were set aside" in p.problem for p in signons.problems)
    assert {p.tab for p in signons.problems} == {"Sign-ons by hand"}


def test_an_empty_form_is_an_empty_frame() -> None:
    signons = read(table(["Timestamp", "Organisation"]), table([], tab="Sign-ons by hand"))
    assert signons.frame.empty
    assert str(signons.frame["received"].dtype) == "datetime64[ns, UTC]"
    assert signons.problems == ()


def test_the_forms_own_zone_goes_first() -> None:
    raw = table(["Timestamp", "Organisation"], ["2025-03-01 10:00", "A"])
    received = read(raw, time_zone="America/Bogota").frame["received"]
    assert received[0] == pd.Timestamp("2025-03-01T15:00Z")


@pytest.mark.parametrize(
    ("name", "rows", "first", "order"),
    [
        ("form-es-medioambiente", 34, "2022-09-18T01:06:28Z", None),
        ("form-en-sweden", 97, "2021-04-17T01:10:41Z", None),
        ("form-es-autos-sheet", 29, "2022-09-17T16:51:40Z", None),
        ("form-en-us-sheet", 21, "2018-09-06T00:06:16Z", "mdy"),
    ],
)
def test_real_exports(
    shared_data: Path, name: str, rows: int, first: str, order: str | None
) -> None:
    raw = _export(shared_data / name / "responses.csv")
    signons = read(raw, questions={"organisation": raw.header[1]}, date_order=order)
    assert len(signons.frame) == rows
    assert signons.frame["received"].notna().all()
    assert signons.frame["received"][0] == pd.Timestamp(first)
    assert {problem.row for problem in signons.problems} <= {0}


def test_real_export_whose_days_cannot_be_told(shared_data: Path) -> None:
    raw = _export(shared_data / "form-en-us-sheet" / "responses.csv")
    signons = read(raw, questions={"organisation": raw.header[1]})
    assert (signons.frame["time_problem"] == "ambiguous").all()
    assert sum(problem.row > 0 for problem in signons.problems) == 21
    assert sum(problem.row == 0 for problem in signons.problems) == 1


def _export(file: Path) -> RawTable:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        header, *rows = csv.reader(lines)
    return table(header, *rows, tab=file.name, joined_by=", " if "sheet" in str(file) else ";")


def test_every_naughty_string_comes_out_as_it_went_in(shared_data: Path) -> None:
    strings = json.loads((shared_data / "blns" / "blns.json").read_text(encoding="utf-8"))
    raw = table(
        ["Timestamp", "Organisation", "Note", "List us", "Sector"],
        *[["2025-03-01", text, text, text, text] for text in strings],
    )
    signons = read(raw, ignore=["Note"], options={"sector": ["a", "b, c"]})
    assert list(signons.frame["organisation"]) == strings
    assert signons.frame["received"].notna().all()


# --- what comes from a form of Google by its own service -----------------------------------------


def listed(*answers: str) -> str:
    return "".join(answer + LISTED for answer in answers)


def test_ticks_that_came_one_by_one_are_words_where_no_list_is_wanted() -> None:
    raw = replace(
        table(
            ["Timestamp", "Organisation", "Kind", "Do you stand with us?", "Sector"],
            ["2025-03-01", "Alder", listed("Club", "Choir"), listed("Yes, we agree"),
             listed("Food, water", "Housing")],
        ),
        ids=["r1"],
        offered={4: ("food, water", "Housing")},
    )  # fmt: skip
    row = read(raw).frame.iloc[0]
    assert (row["kind"], row["agreement"]) == ("Club, Choir", "yes")
    assert row["sector"] == ("food, water", "Housing")
    assert read(raw, options={"sector": ["FOOD, WATER"]}).frame["sector"][0][0] == "FOOD, WATER"


def test_ids_and_edits_stay_with_their_rows() -> None:
    later = dt.datetime(2025, 3, 2, 9, tzinfo=dt.UTC)
    raw = replace(
        table(["Timestamp", "Organisation"], ["2025-03-01", "Alder"], ["", ""], ["", "Birch"]),
        ids=["r1", "", "r3"],
        edited=[None, None, later],
    )
    frame = read(raw).frame
    assert list(frame["response"]) == ["r1", "r3"]
    assert pd.isna(frame["edited"][0])
    assert frame["edited"][1] == pd.Timestamp(later)


def test_what_a_sheet_offers_tells_answers_apart() -> None:
    raw = replace(
        table(["Organisation", "Sector"], ["Alder", "Food, water, Housing"], joined_by=", "),
        offered={1: ("Food, water", "Housing")},
    )
    assert read(raw).frame["sector"][0] == ("Food, water", "Housing")


@pytest.mark.parametrize("cell", [45691, 45691.0, "2025-02-03"])
def test_a_day_may_be_a_spreadsheets_number(cell) -> None:
    raw = table(["Organisation", "Decided by board on"], ["Alder", cell])
    assert read(raw).frame["decided_by_board_on"][0] == pd.Timestamp("2025-02-03")
    assert [p.column for p in read(raw).problems] == ["Timestamp"]


@pytest.mark.parametrize(
    "moment",
    [dt.datetime(2025, 3, 1, 10, 0, 30, tzinfo=dt.UTC),
     dt.datetime.fromisoformat("2025-03-01T12:00:30.5+02:00")],
)  # fmt: skip
def test_a_moment_with_its_zone_needs_none(moment) -> None:
    raw = table(["Timestamp", "Organisation"], [moment, "Alder"])
    found = read(raw, time_zone="America/New_York").frame["received"][0]
    assert found == pd.Timestamp(moment)
