"""What members report of themselves by forms counts like what people type, and only as that."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
from dataclasses import replace

import pytest

from config.raw import RawTable
from pipeline.summary import read_in_words

ASKED = (
    "Timestamp,Organisation,What did you do?,When was it?,With whom?,Letters,"
    "What did you learn?,What help would you like?,What kind of help?"
)
TOLD = {"table": "Tell us what you did", "file": "did.csv"}
DAY = "2026-05-20"
LAST = dt.date(2026, 5, 19)


@pytest.fixture
def ours(found_coalition):
    more = [{"file": "responses.csv"}, TOLD, {**TOLD, "file": "hicimos.csv"},
            {"table": "Yearly check-in", "file": "year.csv"}]  # fmt: skip
    coalition = found_coalition(form=more)
    coalition.form("River Watch")
    coalition.form("Lake Guild")
    return coalition


def sent(ours, *lines: str, file: str = "did.csv", asked: str = ASKED) -> None:
    """The responses that have come by that form."""
    rows = [(*row, *[""] * (asked.count(",") + 1 - len(row)))
            for row in csv.reader(io.StringIO("\n".join(lines)))]  # fmt: skip
    header = tuple(asked.split(","))
    ours.reports[file] = RawTable(file, header, rows, range(2, len(rows) + 2), ", ")


def table(result, name: str, *columns: str) -> list[tuple]:
    rows = result.context.tables[name]
    return [tuple(row) for row in rows[list(columns)].itertuples(index=False, name=None)]


def strays(result) -> list[tuple]:
    return [(p.tab, p.row, p.column, p.found) for p in result.problems if "signed" in p.problem]


def test_a_report_stands_in_three_tables_under_the_organisations_id(ours):
    sent(ours, "2026/05/04 10:00:00,river-watch,March,2026-05-03,Lake Guild,12,Early,A hall,other")
    result = ours.run(DAY)
    river, lake = ours.id("River Watch"), ours.id("Lake Guild")
    assert table(result, "actions", "initiative", "started_by_id", "partners_ids", "letters") == [
        ("March", river, (lake,), 12.0)
    ]
    assert table(result, "lessons", "what", "organisation_id") == [("Early", river)]
    assert table(result, "help", "kind", "organisation_id") == [("other", river)]
    assert table(result, "tell_us_what_you_did", "organisation_id") == [(river,)]
    assert strays(result) == []
    assert {"date", "initiative", "started_by", "letters"} <= result.context.present["actions"]


def test_a_form_and_a_tab_count_once_by_id_and_old_names(ours):
    ours.change("River Watch", "show as", "Guardians of the River")
    ours.run("2026-05-05")
    ours.tab(
        "Actions",
        """
    Date       | Initiative | Started by             | Letters
    2026-05-03 | March      | Guardians of the River | 10
    2026-05-09 | Vigil      | Lake Guild             | 5
    """,
    )
    sent(ours, "2026/05/04 10:00:00,River Watch,march,2026-05-03,Lake Guild,12")
    result = ours.run(DAY)
    assert sorted(table(result, "actions", "initiative", "letters", "partners")) == [
        ("March", 10.0, ("Lake Guild",)), ("Vigil", 5.0, ())
    ]  # fmt: skip


def test_of_two_typed_rows_alike_the_first_is_completed_and_that_is_said(ours):
    ours.tab(
        "Actions",
        """
    Date       | Initiative | Started by  | Letters
    2026-05-03 | Vigil      | River Watch |
    2026-05-03 | March      | River Watch |
    2026-05-03 | march      | River Watch |
    2026-05-09 | Vigil      | Lake Guild  |
    2026-05-09 | Vigil      | Lake Guild  |
    """,
    )
    sent(ours, "2026/05/04 10:00:00,River Watch,March,2026-05-03,,12",
         "2026/05/05 10:00:00,River Watch,Vigil,2026-05-03,,7")  # fmt: skip
    result = ours.run(DAY)
    letters = dict(table(result, "actions", "row", "letters"))
    assert (letters[2], letters[3]) == (7.0, 12.0)
    assert math.isnan(letters[4])
    said = [p for p in result.problems if "taken for this row alone" in p.problem]
    assert [(p.tab, p.row, p.column, p.found) for p in said] == [
        ("Actions", 3, "Initiative", "March")
    ]
    assert said[0].problem.startswith("row 4 says the same")


def test_several_forms_feed_one_coalition(ours):
    sent(ours, "2026/05/04 10:00:00,River Watch,March,2026-05-03")
    asked = "Marca temporal,Organización,¿Qué hicieron?,¿Cuántas cartas enviaron?"
    sent(ours, "2026/05/06 10:00:00,Lake Guild,Vigilia,7", file="hicimos.csv", asked=asked)
    result = ours.run(DAY)
    assert table(result, "actions", "initiative", "source") == [
        ("March", "did.csv"), ("Vigilia", "hicimos.csv")
    ]  # fmt: skip
    assert ("did.csv", 1, 0) in result.context.problems
    assert ("hicimos.csv", 1, 0) in result.context.problems


def test_who_is_not_known_is_said_once_and_counts_for_nobody(ours):
    sent(ours, "2026/05/04 10:00:00,Nobody Known,March,2026-05-03,River Watch; Lake Gilde,1,Hi",
         "2026/05/06 10:00:00,River Watch,Vigil,soon")  # fmt: skip
    result = ours.run(DAY)
    assert strays(result) == [
        ("did.csv", 2, "Organisation", "Nobody Known"), ("did.csv", 2, "With whom?", "Lake Gilde"),
    ]  # fmt: skip
    assert len(result.context.tables["lessons"]) == 0
    assert table(result, "actions", "initiative") == [("Vigil",)]
    assert ("did.csv", 2, 2) in result.context.problems
    assert ours.members() == {"River Watch", "Lake Guild"}


def test_a_tabs_own_stray_says_the_tab_and_its_row(ours):
    ours.tab("Actions", "Date | Initiative | Started by\n2026-05-03 | March | Some Club")
    sent(ours, "2026/05/04 10:00:00,Other Club,March,2026-05-03")
    assert strays(ours.run(DAY)) == [
        ("Actions", 2, "Started by", "Some Club"), ("did.csv", 2, "Organisation", "Other Club"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "lie", ["withdraw", "Please remove Lake Guild", "=IMPORTRANGE(1)", "x" * 40_000, "a\nb\tc"]
)
def test_no_report_changes_standing_contacts_or_consents(ours, lie):
    before = ours.run("2026-05-03")
    sent(ours, f'2026/05/04 10:00:00,Lake Guild,"{lie}",2026-05-03,"{lie}",1,"{lie}","{lie}",other',
         "2026/05/04 10:00:00,Lake Guild,Leave,2026-05-03,,,,,",
         asked=ASKED.replace("Letters", "Withdraw")
         .replace("What kind of help?", "May we list you publicly?"))  # fmt: skip
    after = ours.run("2026-05-04")
    assert after.organisations.to_dict("records") == before.organisations.to_dict("records")
    assert [m.key for m in after.matters] == [m.key for m in before.matters]
    assert len(after.context.tables["actions"]) == 2


def test_on_an_earlier_day_nothing_is_there_that_came_later(ours):
    sent(ours, "2026/05/04 10:00:00,River Watch,March,2026-05-03,,10",
         "2026/05/09 10:00:00,River Watch,March,2026-05-03,,99",
         "2026/05/09 23:59:59,Lake Guild,Vigil,2026-05-01,,5",
         "2026/05/04 10:00:00,Lake Guild,Fair,2026-06-01,,1")  # fmt: skip
    ours.run(DAY)
    for day, rows in (
        ("2026-05-04", [("March", 10.0)]),
        ("2026-05-09", [("March", 99.0), ("Vigil", 5.0)]),
    ):
        then = ours.think(day, past=True)
        assert sorted(table(then, "actions", "initiative", "letters")) == rows
        assert len(table(then, "tell_us_what_you_did", "row")) == len(rows)


def test_check_ins_by_form_one_a_year(ours):
    sent(ours, "2025/05/04 10:00:00,River Watch,2", "2026/05/04 10:00:00,River Watch,3",
         "2026/05/06 10:00:00,RIVER WATCH,4", file="year.csv",
         asked="Timestamp,Organisation,Trust")  # fmt: skip
    result = ours.run(DAY)
    assert table(result, "yearly_check_in", "trust") == [(2.0,), (4.0,)]


def test_a_form_without_responses_is_in_use_and_one_that_was_not_read_is_not(ours):
    sent(ours)
    result = ours.run(DAY)
    assert "actions" in result.context.tables
    assert "yearly_check_in" not in result.context.tables
    assert len(result.context.tables["actions"]) == 0


def word(ours, tab: str, said: str) -> None:
    """A person writes that word beside the tab on Start."""
    start = ours.tabs["Start"]
    rows = [list(row) for row in start.rows]
    (row,) = [row for row in rows if row[start.header.index("Tab")] == tab]
    row[start.header.index("Your word")] = said
    ours.tabs["Start"] = replace(start, rows=rows)


def test_a_tab_that_forms_alone_feed_can_still_be_made(ours):
    sent(ours, "2026/05/04 10:00:00,River Watch,March,2026-05-03")
    result = ours.run("2026-05-05")
    assert "actions" not in {record.name for record in result.tabs}
    word(ours, "Actions", "yes")
    result = ours.run("2026-05-06")
    assert "Actions" in ours.tabs
    assert len(result.context.tables["actions"]) == 1
    assert "actions" in {record.name for record in result.tabs}


def test_a_table_that_was_dropped_takes_no_reports(ours):
    sent(ours, "2026/05/04 10:00:00,River Watch,March,2026-05-03,,,Early,A hall,other")
    ours.run("2026-05-05")
    word(ours, "Lessons", "drop")
    tables = ours.run("2026-05-06").context.tables
    assert {"actions", "help", "tell_us_what_you_did"} <= tables.keys()
    assert "lessons" not in tables


def test_start_counts_what_is_to_be_put_right_in_the_forms_own_file(ours):
    sent(ours, "2026/05/04 10:00:00,River Watch,March,soon")
    ours.run("2026-05-05")
    waits = dict(zip(ours.cells("Start", "Tab"), ours.cells("Start", "What to do now"),
                     strict=True))  # fmt: skip
    assert waits["Tell us what you did"] == "1 to put right: see To fix"


def test_start_and_the_log_count_what_came_by_forms_alone(ours):
    """The second report came on the 19th where the coalition is, when it was the 18th in UTC."""
    sent(ours, "2026/05/04 10:00:00,River Watch,March,2026-05-03,,,Early",
         "2026/05/19 00:30:00,Lake Guild,Vigil,2026-05-17")  # fmt: skip
    result = ours.run(DAY)
    start = ours.tabs["Start"]
    lines = {row[0]: dict(zip(start.header, row, strict=True)) for row in start.rows}
    columns = ("Rows", "Last touched", "Why it is here")
    why = "members report by a form of yours"
    assert [lines["Tell us what you did"][name] for name in columns] == [2, LAST, why]
    assert [lines["Actions"][name] for name in columns] == [2, LAST, why]
    assert [lines["Lessons"][name] for name in columns] == [1, dt.date(2026, 5, 4), why]
    assert lines["Sign-ons"]["Last touched"] == result.forms["day"].max().date()
    assert read_in_words(result) == ("2 forms; Tell us what you did 2, Actions 2, Lessons 1")
