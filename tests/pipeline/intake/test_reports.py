"""What members report by forms: read in any language, projected into the tabs, counted once."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.activity import FORM_TITLES
from config.languages import TIMESTAMP_TITLES
from config.raw import RawTable, Scalar
from config.settings import Form
from config.tables import BY_NAME
from config.tables.later import ACTIONS, ACTIVITY, CHECK_IN, HELP, LESSONS
from config.text import fold
from pipeline.intake.feeding import fed, joined
from pipeline.intake.model import Typed
from pipeline.intake.reports import read_report
from pipeline.intake.trackers import read_table

LISBON = ZoneInfo("Europe/Lisbon")
ASKED = (
    "Timestamp,Organisation,What did you do?,When was it?,With whom?,Letters,"
    "What did you learn?,What help would you like?,What kind of help?"
)


def sent(text: str, name: str = "did.csv") -> RawTable:
    """The download of a form, from lines of CSV; short lines are filled up."""
    header, *rows = csv.reader(io.StringIO(text))
    full = [(*row, *[""] * (len(header) - len(row))) for row in rows]
    return RawTable(name, tuple(header), full, range(2, len(rows) + 2), ", ")


def form(table: str = ACTIVITY.title, **more: Any) -> Form:
    return Form.model_validate({"table": table, "file": "did.csv", **more})


def read(text: str, table: str = ACTIVITY.title, **more: Any) -> Typed:
    return read_report(sent(text), form(table, **more), LISBON)


def did(*lines: str, name: str = "did.csv") -> Typed:
    """Responses to *Tell us what you did* as a table in use."""
    one = read_report(sent("\n".join((ASKED, *lines)), name), form(), LISBON)
    return joined(None, [one], ACTIVITY.title)


def find(name: str) -> tuple[str, str]:
    """Three organisations are known, the first by two names."""
    known = {"river watch": "r1", "riverwatch": "r1", "lake guild": "l1", "a": "a1"}
    return known.get(fold(name), ""), ""


def after(**typed: Typed) -> dict[str, Typed]:
    return fed(typed, find)


def told(typed: Typed, *columns: str) -> list[tuple[object, ...]]:
    rows = typed.frame[list(columns)].itertuples(index=False, name=None)
    return [tuple(c.date().isoformat() if isinstance(c, pd.Timestamp) else c for c in row)
            for row in rows]  # fmt: skip


def tab(table_name: str, header: str, *rows: str) -> Typed:
    cells: list[list[Scalar]] = [[c or None for c in row.split("|")] for row in rows]
    table = BY_NAME[table_name]
    raw = RawTable(table.title, tuple(header.split("|")), cells, range(2, len(rows) + 2))
    return read_table(raw, table, LISBON)


# --- reading ---------------------------------------------------------------------------------


def test_a_form_in_english() -> None:
    typed = read(f"{ASKED}\n2026/05/04 10:00:00,River Watch,River march,2026-05-03,Lake Guild,12")
    assert told(typed, "row", "date", "organisation", "what", "with_whom", "letters") == [
        (2, "2026-05-03", "River Watch", "River march", ("Lake Guild",), 12.0)
    ]
    assert typed.problems == ()
    assert {"date", "lesson", "help_wanted", "kind_of_help"} <= typed.present
    assert "plan" not in typed.present


@pytest.mark.parametrize(
    "header",
    [
        "Marca temporal,Nombre de la organización,¿Qué hicieron?,¿Cuándo fue?,¿Con quién?,Cartas",
        "Horodateur,Nom de l'organisation,Qu'avez-vous fait ?,Quand ?,Avec qui ?,Lettres",
        "Zeitstempel,Name der Organisation,Was haben Sie gemacht?,Wann?,Mit wem?,Briefe",
    ],
)
def test_forms_in_other_languages(header: str) -> None:
    typed = read(f"{header}\n04/05/2026 10:00:00,Río Vivo,Marcha,31/03/2026,Lago,7")
    assert told(typed, "date", "organisation", "what", "with_whom", "letters") == [
        ("2026-03-31", "Río Vivo", "Marcha", ("Lago",), 7.0)
    ]


def test_no_wording_can_mean_two_questions() -> None:
    for name, fields in FORM_TITLES.items():
        owners: dict[str, set[str]] = defaultdict(set)
        for column in BY_NAME[name].columns:
            owners[fold(column.title)].add(column.name)
        for field, words in (*fields.items(), ("timestamp", TIMESTAMP_TITLES)):
            for text in words:
                owners[fold(text)].add(field)
        assert {t: o for t, o in owners.items() if len(o) > 1} == {}
        assert fields.keys() <= set(BY_NAME[name].names)


def test_own_wordings_of_a_form_and_of_its_timestamp() -> None:
    typed = read(
        "Quando,Wer seid ihr?,Und?\n2026-05-04 23:30 GMT,River Watch,March\n",
        questions={"timestamp": "Quando", "organisation": "Wer seid ihr?", "what": "Und?"},
    )
    assert told(typed, "date", "what") == [("2026-05-05", "March")], "half past midnight in Lisbon"


def test_the_day_is_the_one_asked_for_else_that_of_the_response() -> None:
    typed = read(f"{ASKED}\n2026/05/04 10:00:00,A,March,\n2026/05/05 10:00:00,A,Vigil,2026-01-31\n"
                 "2026/05/06 10:00:00,A,Talk,next week")  # fmt: skip
    assert [str(d)[:10] for d in typed.frame["date"]] == ["2026-05-04", "2026-01-31", "NaT"]
    (problem,) = typed.problems
    assert (problem.row, problem.column, problem.found) == (4, "When was it?", "next week")


def test_a_response_without_any_day_is_said_and_a_form_without_any_too() -> None:
    typed = read(f"{ASKED}\n,A,March\nsoon,A,Vigil\n,A,Talk,2026-05-01")
    assert [(p.row, p.column) for p in typed.problems] == [(2, "Timestamp"), (3, "Timestamp")]
    typed = read("Organisation,What did you do?\nA,March")
    assert "date" not in typed.present
    assert [p.problem for p in typed.problems] == ["this column is missing"]


def test_a_form_that_asks_for_no_day() -> None:
    typed = read("Timestamp,Organisation,Tell us what you did\n2026/05/04 10:00:00,A,March")
    assert told(typed, "date") == [("2026-05-04",)]
    assert "date" in typed.present


def test_days_whose_order_the_timestamps_of_the_same_download_tell() -> None:
    typed = read(f"{ASKED}\n28/05/2026 10:00:00,A,March,03/05/2026")
    assert told(typed, "date") == [("2026-05-03",)]


def test_days_in_doubt_are_left_blank_and_said_once() -> None:
    lines = (
        f"{ASKED}\n2026/05/04 10:00:00,A,March,03/05/2026\n2026/05/04 10:00:00,A,Rest,04/05/2026"
    )
    typed = read(lines)
    assert typed.frame["date"].isna().all()
    (problem,) = typed.problems
    assert (problem.row, problem.column) == (0, "When was it?")
    assert "date_order" in problem.remedy
    assert told(read(lines, date_order="dmy"), "date") == [("2026-05-03",), ("2026-05-04",)]


def test_responses_that_are_tests_are_left_out_with_their_problems() -> None:
    typed = read(f"{ASKED}\n2026/05/04 10:00:00,[TEST] me,March,soon\n2026/05/04 10:00:00,A,Vigil")
    assert (told(typed, "row"), typed.read, typed.problems) == ([(3,)], 1, ())
    mine = read(f"{ASKED}\n2026/05/04 10:00:00,probe,March", test_marker="probe")
    assert mine.read == 0


def test_questions_that_are_not_for_weaver() -> None:
    typed = read(
        "Timestamp,Organisation,What did you do?,Where?\n2026/05/04 10:00:00,A,March,In secret",
        ignore=["Where?"],
    )
    assert "district" not in typed.present


def test_a_question_that_weaver_does_not_know_is_said() -> None:
    lines = (
        "Zeitstempel,E-Mail-Adresse,Organisation,Was habt ihr gemacht?,Anzahl der Schreiben,\n"
        "28/05/2026 10:00:00,a@a.example.org,A,March,20,x"
    )
    (problem,) = read(lines).problems
    assert (problem.tab, problem.row, problem.column, problem.problem) == (
        "did.csv", 0, "Anzahl der Schreiben", "a question that Weaver does not know"
    )  # fmt: skip
    assert "[form.questions]" in problem.remedy
    assert 'ignore there: "Anzahl der Schreiben"' in problem.remedy
    assert read(lines, ignore=["anzahl der schreiben"]).problems == ()
    assert read(lines, questions={"letters": "Anzahl der Schreiben"}).problems == ()


def test_a_question_that_resembles_a_known_one_is_said_once() -> None:
    typed = read("Timestamp,Organisation,What did you do?,Kind of actoin\n28/05/2026,A,March,x")
    (problem,) = typed.problems
    assert "looks like" in problem.problem


def test_a_response_that_tells_nothing_and_one_that_only_wants_help() -> None:
    typed = read(f"{ASKED}\n2026/05/04 10:00:00,A,,,,,,A lawyer,legal\n2026/05/05 10:00:00,B")
    (problem,) = typed.problems
    assert (problem.tab, problem.row) == ("did.csv", 3)
    assert "neither what was done" in problem.problem


@pytest.mark.parametrize("text", ["No", "none", "n/a", "-", "Nada", "Keine", "RIEN."])
def test_no_lesson_and_no_help_in_words(text: str) -> None:
    result = after(tell_us_what_you_did=did(f"2026/05/04 10:00:00,A,March,,,,{text},{text}"))
    assert (result["lessons"].read, len(result["lessons"].frame)) == (0, 0)
    assert result["help"].frame.empty


def test_answers_of_a_grid_and_of_a_scale() -> None:
    typed = read(
        "Timestamp,Organisation,How do you find us? [Purpose],How do you find us? [Trust],"
        "Did another member help you lately?\n2026/05/04 10:00:00,A,4,5,Yes",
        CHECK_IN.title,
    )
    columns = ("date", "purpose", "trust", "another_member_helped_us_lately")
    assert told(typed, *columns) == [("2026-05-04", 4.0, 5.0, "yes")]


def test_ticked_partners_whose_names_hold_commas() -> None:
    names = ["Food, Water and Shelter", "Lake Guild"]
    typed = read(
        f'{ASKED}\n2026/05/04 10:00:00,A,March,,"Food, Water and Shelter, Lake Guild"',
        options={"with_whom": names},
    )
    assert told(typed, "with_whom") == [(tuple(names),)]


def test_a_forms_own_words_for_yes_and_no() -> None:
    typed = read(
        "Timestamp,Organisation,What did you do?,Lesson,May we share it?\n"
        "2026/05/04 10:00:00,A,March,Go early,Go ahead\n2026/05/04 10:00:00,A,Vigil,Sing,No way",
        yes=["Go ahead"], no=["No way"],
    )  # fmt: skip
    assert told(typed, "may_be_shared") == [("yes",), ("no",)]


def test_a_question_that_was_renamed_is_known_by_its_earlier_title() -> None:
    raw = RawTable(
        "Form", ("Timestamp", "Organisation", "Your news?"),
        [(dt.datetime(2026, 5, 4, 10, tzinfo=dt.UTC), "A", "March")], range(2, 3),
        formerly={2: ("What did you do?",)},
    )  # fmt: skip
    typed = read_report(raw, form(), LISBON)
    assert told(typed, "what") == [("March",)]
    assert "was “What did you do?” before" in typed.problems[0].problem


@pytest.mark.parametrize(
    ("table", "header", "row", "known"),
    [
        (ACTIONS, "Timestamp,Who started it?,What did you do?,Cost",
         "2026/05/04 10:00:00,A,March,12.5",
         {"date": "2026-05-04", "started_by": "A", "initiative": "March", "cost": 12.5}),
        (LESSONS, "Timestamp,Organisation,Kind,What did you learn?",
         "2026/05/04 10:00:00,A,win,Go early",
         {"date": "2026-05-04", "organisation": "A", "kind": "win", "what": "Go early"}),
        (HELP, "Timestamp,Organisation,What kind of help?", "2026/05/04 10:00:00,A,legal",
         {"asked_on": "2026-05-04", "organisation": "A", "kind": "legal"}),
    ],
)  # fmt: skip
def test_forms_of_the_tabs_themselves(
    table: Any, header: str, row: str, known: Mapping[str, object]
) -> None:
    typed = read(f"{header}\n{row}", table.title)
    assert told(typed, *known) == [tuple(known.values())]
    assert typed.problems == ()


@pytest.mark.parametrize(
    "text",
    ['=HYPERLINK("https://example.org","x")', "x" * 60_000, "a\nb\r\nc", "\u202edcba", "'; --"],
)
def test_hostile_texts_stay_texts(text: str) -> None:
    row = ["2026/05/04 10:00:00", text, text, text, text, text, text, text, text]
    raw = RawTable("did.csv", tuple(ASKED.split(",")), [row], range(2, 3))
    typed = read_report(raw, form(), LISBON)
    tables = {"tell_us_what_you_did": joined(None, [typed], "Told")}
    result = fed(tables, lambda name: (name, ""))
    assert told(result["actions"], "initiative", "started_by") == [(text, text)]
    assert {p.row for p in typed.problems} == {2}
    assert all(len(p.found) <= 80 for p in typed.problems)


# --- into the tabs ---------------------------------------------------------------------------


def test_what_members_tell_stands_in_actions_lessons_and_help() -> None:
    result = after(
        tell_us_what_you_did=did(
            "2026/05/04 10:00:00,River Watch,March,2026-05-03,Lake Guild,12,Early,A lawyer,legal",
            "2026/05/06 10:00:00,Lake Guild,,,,,Sing,",
        )
    )
    assert told(result["actions"], "date", "initiative", "started_by", "partners", "letters") == [
        ("2026-05-03", "March", "River Watch", ("Lake Guild",), 12.0)
    ]
    assert told(result["lessons"], "date", "organisation", "kind", "what") == [
        ("2026-05-03", "River Watch", "lesson", "Early"),
        ("2026-05-06", "Lake Guild", "lesson", "Sing"),
    ]
    assert told(result["help"], "asked_on", "organisation", "kind") == [
        ("2026-05-03", "River Watch", "legal")
    ]
    assert set(result["actions"].frame["source"]) == {"did.csv"}
    assert result["actions"].present == {"date", "initiative", "started_by", "partners", "letters"}
    assert result["tell_us_what_you_did"].read == 2


def test_columns_have_the_kinds_of_the_tab() -> None:
    result = after(tell_us_what_you_did=did("2026/05/04 10:00:00,A,March,,,12,Sing,Money"))
    for name in ("actions", "lessons", "help"):
        typed = result[name]
        empty = tab(name, "|".join(c.title for c in typed.table.columns)).frame
        assert list(empty) == [c for c in typed.frame if c in empty.columns]
        assert empty.dtypes.to_dict() == typed.frame[list(empty)].dtypes.to_dict()


def test_what_the_form_does_not_ask_brings_no_table() -> None:
    typed = read("Timestamp,Organisation,What did you do?\n2026/05/04 10:00:00,A,March")
    result = after(tell_us_what_you_did=joined(None, [typed], "Told"))
    assert result.keys() == {"tell_us_what_you_did", "actions"}


def test_a_row_of_the_tab_stays_and_the_form_fills_its_blanks() -> None:
    # fmt: off
    mine = tab("actions", "Date|Initiative|Started by|Letters|District|Cost",
               "2026-05-03|River march|Riverwatch|10||5", "2026-05-09|Vigil|Lake Guild|||")
    # fmt: on
    reported = did("2026/05/04 10:00:00,River Watch,river MARCH!,2026-05-03,Lake Guild,12")
    actions = after(actions=mine, tell_us_what_you_did=reported)["actions"]
    assert told(actions, "source", "row", "initiative", "letters", "partners", "cost")[0] == (
        "Actions", 2, "River march", 10.0, ("Lake Guild",), 5.0
    )  # fmt: skip
    assert len(actions.frame) == 2
    assert actions.parts == (("Actions", 2),)
    assert actions.present == {"date", "initiative", "started_by", "letters", "district", "cost",
                               "partners"}  # fmt: skip


def test_rows_that_people_typed_twice_are_theirs() -> None:
    mine = tab("actions", "Date|Initiative|Started by", "2026-05-03|March|River Watch",
               "2026-05-03|March|River Watch")  # fmt: skip
    reported = did("2026/05/04 10:00:00,River Watch,March,2026-05-03,,12")
    actions = after(actions=mine, tell_us_what_you_did=reported)["actions"].frame
    assert len(actions) == 2
    assert actions["letters"].fillna(0).tolist() == [12.0, 0.0]


@pytest.mark.parametrize(
    ("first", "second", "letters"),
    [("", "3", [3.0, 40.0]), ("3", "", [0.0, 3.0]), ("", "", [0.0, 40.0]), ("7", "3", [3.0, 7.0])],
)
def test_rows_that_people_typed_never_complete_each_other(
    first: str, second: str, letters: list[float]
) -> None:
    mine = tab("actions", "Date|Initiative|Started by|Letters",
               f"2026-05-03|March|River Watch|{first}",
               f"2026-05-03|March|River Watch|{second}")  # fmt: skip
    reported = did("2026/05/04 10:00:00,River Watch,March,2026-05-03,Lake Guild,40")
    actions = after(actions=mine, tell_us_what_you_did=reported)["actions"].frame
    assert sorted(actions["letters"].fillna(0)) == letters
    assert actions["partners"].tolist() == [("Lake Guild",), ()]


def test_who_is_not_known_feeds_nothing() -> None:
    mine = tab("actions", "Date|Initiative|Started by|Letters", "2026-05-03|March|Nobody Inc|")
    stranger = "2026/05/04 10:00:00,Nobody Inc,March,2026-05-03,Lake Guild,1000,Pay,Money,money"
    result = after(actions=mine, tell_us_what_you_did=did(stranger))
    assert told(result["actions"], "source", "started_by", "partners") == [
        ("Actions", "Nobody Inc", ())
    ]
    assert result["actions"].frame["letters"].isna().all()
    assert (len(result["lessons"].frame), len(result["help"].frame)) == (0, 0)
    assert len(result["tell_us_what_you_did"].frame) == 1, "its names are looked at there"


def test_a_stranger_in_a_form_of_the_tab_itself_is_said() -> None:
    typed = read("Timestamp,Who started it?,Initiative\n2026/05/04 10:00:00,Nobody Inc,March\n"
                 "2026/05/04 10:00:00,A,Vigil", ACTIONS.title)  # fmt: skip
    actions = after(actions=joined(None, [typed], "Actions"))["actions"]
    assert told(actions, "initiative") == [("Vigil",)]
    (problem,) = actions.problems
    assert (problem.tab, problem.row, problem.column, problem.found) == (
        "did.csv", 2, "Who started it?", "Nobody Inc"
    )  # fmt: skip
    assert "has signed" in problem.problem


@pytest.mark.parametrize(
    "other", ["2026-05-04,River Watch,March", "2026-05-03,Lake Guild,March",
              "2026-05-03,River Watch,Marsh"],
)  # fmt: skip
def test_another_day_organisation_or_deed_is_another_row(other: str) -> None:
    day, who, what = other.split(",")
    result = after(
        tell_us_what_you_did=did(
            "2026/05/05 10:00:00,River Watch,March,2026-05-03",
            f"2026/05/05 10:00:00,{who},{what},{day}",
        )
    )
    assert len(result["actions"].frame) == 2


def test_the_newest_response_corrects_and_leaves_what_it_does_not_say() -> None:
    first = "2026/05/04 10:00:00,River Watch,March,2026-05-03,Lake Guild,about 100,Go early"
    second = "2026/05/09 10:00:00,RIVERWATCH,March,2026-05-03,,90"
    for lines in ((first, second), (second, first)):
        result = after(tell_us_what_you_did=did(*lines))
        assert told(result["actions"], "partners", "letters") == [(("Lake Guild",), 90.0)]
        assert told(result["lessons"], "what") == [("Go early",)]
        assert result["tell_us_what_you_did"].problems == (), "the slip was corrected"


def test_the_newest_counts_across_forms_and_by_the_last_change() -> None:
    edited = replace(
        sent(f"{ASKED}\n2026/05/01 10:00:00,River Watch,March,2026-05-01,,7", "old.csv"),
        ids=("a",), edited=(dt.datetime(2026, 5, 20, tzinfo=dt.UTC),),
    )  # fmt: skip
    old = read_report(edited, form(), LISBON)
    new = read(f"{ASKED}\n2026/05/09 10:00:00,River Watch,March,2026-05-01,,5")
    for forms in ([old, new], [new, old]):
        result = after(tell_us_what_you_did=joined(None, forms, "Told"))
        assert told(result["actions"], "source", "letters") == [("old.csv", 7.0)]


def test_help_of_one_kind_is_asked_for_once_a_day() -> None:
    mine = tab(
        "help", "Asked on|Organisation|Kind|Closed", "2026-05-03|River Watch|legal|2026-05-08"
    )
    reported = did(
        "2026/05/04 10:00:00,River Watch,March,2026-05-03,,,,A lawyer,legal",
        "2026/05/04 10:00:00,River Watch,Vigil,2026-05-03,,,,A speaker,training",
    )
    rows = told(after(help=mine, tell_us_what_you_did=reported)["help"], "kind", "closed", "source")
    assert [row[0] for row in rows] == ["legal", "training"]
    assert rows[0][1:] == ("2026-05-08", "Help")


def test_one_check_in_a_year_counts_and_earlier_years_stay() -> None:
    answers = read(
        "Timestamp,Organisation,Trust\n2025/06/01 10:00:00,River Watch,2\n"
        "2026/02/01 10:00:00,River Watch,3\n2026/03/01 10:00:00,Riverwatch,4\n"
        "2026/03/01 10:00:00,Lake Guild,5",
        CHECK_IN.title,
    )
    mine = tab("yearly_check_in", "Date|Organisation|Trust|Voice",
               "2026-01-05|River Watch|1|5", "2026-04-01|Lake Guild|1|")  # fmt: skip
    result = after(yearly_check_in=joined(mine, [answers], "Yearly check-in"))["yearly_check_in"]
    assert told(result, "date", "organisation", "trust") == [
        ("2026-04-01", "Lake Guild", 1.0),
        ("2025-06-01", "River Watch", 2.0),
        ("2026-03-01", "Riverwatch", 4.0),
    ]
    alone = after(
        yearly_check_in=tab(
            "yearly_check_in",
            "Date|Organisation|Trust",
            "2026-01-05|River Watch|1",
            "2026-01-06|River Watch|2",
        )
    )
    assert told(alone["yearly_check_in"], "trust") == [(2.0,)]


def test_tables_that_no_form_feeds_stay_as_they_are() -> None:
    mine = tab("actions", "Date|Initiative|Started by", "2026-05-03|March|River Watch")
    assert after(actions=mine)["actions"] is mine


REPORT = st.tuples(
    st.sampled_from(["River Watch", "Lake Guild", "A"]), st.sampled_from(["March", "Vigil"]),
    st.sampled_from(["2026-05-01", "2026-05-02"]), st.sampled_from(["", "5", "9"]),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(REPORT, min_size=1, max_size=6))
def test_whatever_is_sent_again_changes_nothing(reports: list[tuple[str, ...]]) -> None:
    lines = [f"2026/05/0{n + 3} 10:00:00,{who},{what},{day},,{letters}"
             for n, (who, what, day, letters) in enumerate(reports)]  # fmt: skip
    columns = ("date", "initiative", "started_by", "letters")

    def actions(*sent_lines: str) -> list[str]:
        result = after(tell_us_what_you_did=did(*sent_lines))
        return sorted(map(str, told(result["actions"], *columns)))

    once = actions(*lines)
    assert actions(*lines, *lines) == once
    assert len(once) == len({report[:3] for report in reports})


def test_the_questions_that_the_documentation_gives_are_known() -> None:
    page = (Path(__file__).parents[3] / "docs" / "forms.md").read_text(encoding="utf-8")
    table = page.partition("### Tell us what you did")[2].partition("Then tell Weaver")[0]
    lines = [line.split("|")[1].strip() for line in table.splitlines() if line.startswith("|")]
    questions = [line for line in lines if line and line != "question" and "---" not in line]
    raw = RawTable("did.csv", ("Timestamp", *questions), (), ())
    typed = read_report(raw, form(), LISBON)
    assert typed.present == set(ACTIVITY.names)
    assert typed.problems == ()


def test_help_in_another_language() -> None:
    header = "Marca temporal,Organización,¿Qué ayuda necesitan?,¿Qué tipo de ayuda?"
    typed = read(f"{header}\n04/05/2026 10:00:00,Río,Una sala,otra\n28/05/2026 9:00:00,Ro,X,dinero")
    assert told(typed, "kind_of_help") == [("other",), ("money",)]
