"""The linked response sheet: the L-facts of google.md, section 4."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.google_emulator import people
from tests.google_emulator.clients import stock_gspread
from tests.google_emulator.forms import Form, Upload, create_form, link_sheet, questions
from tests.google_emulator.forms.asking import OWNER
from tests.google_emulator.people import submit
from tests.google_emulator.server import Emulator
from tests.google_emulator.sheets.model import (
    Sheet,
    Spreadsheet,
    create_spreadsheet,
    spreadsheet_of,
)
from tests.google_emulator.world import World

NOON = dt.datetime(2026, 7, 1, 10, 0, 0, 500_000, tzinfo=dt.UTC)
UPDATED = "Responder updated this value."


@pytest.fixture
def world() -> World:
    return World()


def linked(world: World, *asked: Any, **how: Any) -> tuple[Form, Spreadsheet, Sheet]:
    form = create_form(world, "Join", OWNER, asked or ("Organisation", "Website"), **how)
    sheet = link_sheet(world, form, time_zone="Europe/Vienna")
    return form, spreadsheet_of(world, form.linked.spreadsheet_id), sheet


def header(sheet: Sheet) -> list[Any]:
    return sheet.grid()[0]


def below(sheet: Sheet, column: int) -> list[Any]:
    """A column's values under the header."""
    return [sheet.value(row, column) for row in range(1, sheet.last_row())]


def test_l01_the_tab_is_called_and_numbered_in_the_spreadsheets_language(world: World) -> None:
    form, english, first = linked(world)
    assert [sheet.title for sheet in english.sheets] == ["Form Responses 1"]
    assert first.sheet_id != 0
    assert link_sheet(world, form, english).title == "Form Responses 2"
    for locale, title, time in (
        ("en_GB", "Form responses 1", "Timestamp"),
        ("de_AT", "Formularantworten 1", "Zeitstempel"),
        ("fr_FR", "Réponses au formulaire 1", "Horodateur"),
        ("nl_NL", "Formulierreacties1", "Tijdstempel"),
    ):
        other = create_spreadsheet(world, "Other", OWNER, locale=locale)
        sheet = link_sheet(world, form, other)
        assert (sheet.title, header(sheet)[0]) == (title, time)


def test_l02_a_timestamp_is_a_serial_number_on_the_spreadsheets_clock(world: World) -> None:
    form, _, sheet = linked(world)
    submit(world, form, {"Organisation": "One"}, at=NOON)
    cell = sheet.cell(1, 0)
    assert cell is not None
    days = (dt.date(2026, 7, 1) - dt.date(1899, 12, 30)).days
    assert cell.value == pytest.approx(days + (12 * 3600 + 0.5) / 86400, abs=1e-9)
    assert cell.number_format == {"type": "DATE_TIME", "pattern": "M/d/yyyy H:mm:ss"}


def test_l03_email_address_and_score_come_before_the_questions(world: World) -> None:
    asked = questions.choice("Water is", ["wet", "dry"])
    key = {"answers": [{"value": "wet"}]}
    asked["questionItem"]["question"]["grading"] = {"pointValue": 5, "correctAnswers": key}
    form, _, sheet = linked(world, asked, quiz=True)
    submit(world, form, {"Water is": "wet"}, "one@example.org")
    assert header(sheet) == ["Timestamp", "Email Address", "Score", "Water is"]
    assert sheet.grid()[1][1:] == ["one@example.org", 5, "wet"]
    score = sheet.cell(1, 2)
    assert score is not None
    assert score.number_format == {"type": "NUMBER", "pattern": '0 "/ 5"'}
    assert header(linked(world, collects="DO_NOT_COLLECT")[2])[1] == "Organisation"


def test_l05_a_grid_has_a_column_for_each_row(world: World) -> None:
    form, _, sheet = linked(
        world, questions.grid("How [now]", ["We", "You [all]"], ["well", "bad"])
    )
    submit(world, form, {"How [now] [You [all]]": "bad"})
    assert header(sheet)[2:] == ["How [now] [We]", "How [now] [You [all]]"]
    assert sheet.grid()[1][2:] == [None, "bad"]


def test_l06_titles_keep_line_breaks_and_blanks(world: World) -> None:
    assert header(linked(world, "Which?\n(several) ")[2])[2] == "Which?\n(several) "


def test_l07_files_are_addresses_in_drive(world: World) -> None:
    form, _, sheet = linked(world, questions.upload("Logo"))
    submit(world, form, {"Logo": (Upload("1abc", "a.png"), Upload("1abd", "b.png"))})
    assert sheet.value(1, 2) == (
        "https://drive.google.com/open?id=1abc, https://drive.google.com/open?id=1abd"
    )


def test_l08_the_same_question_on_two_branches_has_two_columns(world: World) -> None:
    form, _, sheet = linked(world)
    people.add_branch_question(world, form, "Website")
    submit(world, form, {("Website", 1): "https://one.example.org"})
    assert header(sheet)[2:] == ["Organisation", "Website", "Website"]
    assert sheet.grid()[1][3:] == [None, "https://one.example.org"]


def test_l10_a_renamed_question_renames_its_header(world: World) -> None:
    form, book, sheet = linked(world)
    submit(world, form, {"Organisation": "One"})
    people.rename_question(world, form, "Organisation", "Name of your organisation")
    assert header(sheet)[2:] == ["Name of your organisation", "Website"]
    people.rename_column(world, book, sheet.title, "Website", "Ours: site")
    submit(world, form, {"Website": "https://two.example.org"})
    assert header(sheet)[3] == "Ours: site"
    assert sheet.value(2, 3) == "https://two.example.org"


def test_l11_deleted_added_and_readded_questions(world: World) -> None:
    form, book, sheet = linked(world)
    people.add_own_column(world, book, sheet.title, "Reviewed by")
    submit(world, form, {"Organisation": "One", "Website": "https://one.example.org"})
    people.type_cell(world, book, sheet.title, 2, "Reviewed by", "Ana")
    old = people.delete_question(world, form, "Website")
    submit(world, form, {"Organisation": "Two"})
    assert header(sheet)[2:] == ["Organisation", "Website", "Reviewed by"]
    people.readd_question(world, form, old)
    submit(world, form, {"Website": "https://three.example.org"})
    assert header(sheet)[2:] == ["Organisation", "Website", "Website", "Reviewed by"]
    assert below(sheet, 3) == ["https://one.example.org", None, None]
    assert below(sheet, 4) == [None, None, "https://three.example.org"]
    assert sheet.value(1, 5) == "Ana"


def test_l11_a_moved_question_moves_no_column(world: World) -> None:
    form, _, sheet = linked(world)
    people.move_question(world, form, "Website", 0)
    submit(world, form, {"Website": "https://one.example.org", "Organisation": "One"})
    assert header(sheet)[2:] == ["Organisation", "Website"]
    assert sheet.grid()[1][2:] == ["One", "https://one.example.org"]


def test_l13_columns_that_people_moved_or_deleted(world: World) -> None:
    form, book, sheet = linked(world)
    people.move_column(world, book, sheet.title, "Website", "Timestamp")
    people.insert_column(world, book, sheet.title, "Organisation", "Status")
    submit(world, form, {"Organisation": "One", "Website": "https://one.example.org"})
    assert header(sheet) == ["Website", "Timestamp", "Email Address", "Status", "Organisation"]
    assert sheet.value(1, 0) == "https://one.example.org"
    assert sheet.value(1, 4) == "One"
    people.delete_column(world, book, sheet.title, "Organisation")
    submit(world, form, {"Organisation": "Two"})
    assert header(sheet)[3:] == ["Organisation", "Status"]
    assert below(sheet, 3) == [None, "Two"]


def test_l15_a_response_is_inserted_below_the_last_that_the_form_wrote(world: World) -> None:
    form, book, sheet = linked(world)
    submit(world, form, {"Organisation": "One"})
    people.type_rows_at_bottom(world, book, sheet.title, [{"Organisation": "By phone"}])
    rows = sheet.rows
    submit(world, form, {"Organisation": "Two"})
    assert below(sheet, 2) == ["One", "Two", "By phone"]
    assert sheet.rows == rows + 1


def test_l15_even_when_nobody_has_sent_anything(world: World) -> None:
    form, book, sheet = linked(world)
    people.type_rows_at_bottom(world, book, sheet.title, [{"Organisation": "By phone"}])
    submit(world, form, {"Organisation": "One"})
    assert below(sheet, 2) == ["One", "By phone"]


def test_l17_sorted_rows_are_still_known_and_new_ones_follow_the_last(world: World) -> None:
    form, book, sheet = linked(world)
    sent = {name: submit(world, form, {"Organisation": name}) for name in ("C", "A", "B")}
    people.sort_tab(world, book, sheet.title, "Organisation")
    assert below(sheet, 2) == ["A", "B", "C"]
    people.edit_response(world, form, sent["C"], {"Organisation": "Cc"})
    submit(world, form, {"Organisation": "Aa"})
    assert below(sheet, 2) == ["A", "B", "Cc", "Aa"]


def test_l18_deleting_a_row_deletes_no_response_and_the_reverse(world: World) -> None:
    form, book, sheet = linked(world)
    sent = [submit(world, form, {"Organisation": name}) for name in ("One", "Two", "Three")]
    people.delete_rows(world, book, sheet.title, {"Organisation": "Two"})
    assert [r.id for r in form.responses.values()] == [r.id for r in sent]
    people.delete_response(world, form, sent[0])
    assert below(sheet, 2) == ["One", "Three"]
    submit(world, form, {"Organisation": "Four"})
    assert below(sheet, 2) == ["One", "Three", "Four"]


def test_l19_a_new_link_makes_a_new_tab_and_the_old_one_freezes(world: World) -> None:
    form, book, old = linked(world)
    submit(world, form, {"Organisation": "One"}, "one@example.org", at=NOON)
    people.rename_tab(world, book, old.title, "Joined")
    new = link_sheet(world, form, book)
    assert new.title == "Form Responses 1"
    assert new.grid() == old.grid()
    submit(world, form, {"Organisation": "Two"})
    assert (below(new, 2), below(old, 2)) == (["One", "Two"], ["One"])
    people.unlink(world, form)
    submit(world, form, {"Organisation": "Three"})
    assert below(new, 2) == ["One", "Two"]
    people.rename_question(world, form, "Organisation", "Name")
    assert header(new)[2] == header(old)[2] == "Organisation"


def test_f22_responses_of_before_are_filled_in_on_linking(world: World) -> None:
    form = create_form(world, "Join", OWNER, ["Organisation"])
    for name in ("One", "Two"):
        submit(world, form, {"Organisation": name})
    sheet = link_sheet(world, form)
    submit(world, form, {"Organisation": "Three"})
    assert below(sheet, 2) == ["One", "Two", "Three"]


def test_l20_an_edit_overwrites_its_row_with_a_new_time_and_notes(world: World) -> None:
    form, book, sheet = linked(world)
    first = submit(
        world, form, {"Organisation": "Reed Cuters", "Website": "https://reed.example.org"}
    )
    submit(world, form, {"Organisation": "Two"})
    people.add_own_column(world, book, sheet.title, "Reviewed by", [(2, "Ana")])
    people.recolour(world, book, sheet.title, 2, "Organisation")
    people.insert_rows(world, book, sheet.title, 2)
    stamp = sheet.value(2, 0)
    world.clock.advance(3600)
    people.edit_response(world, form, first, {"Organisation": "Reed Cutters"})
    assert below(sheet, 2) == [None, "Reed Cutters", "Two"]
    assert isinstance(stamp, float)
    later = sheet.value(2, 0)
    assert later == pytest.approx(stamp + 1 / 24, abs=1e-6)
    cells = [sheet.cell(2, column) for column in range(5)]
    assert [cell.note if cell else "" for cell in cells] == ["", "", UPDATED, "", ""]
    assert cells[2] is not None
    assert "backgroundColor" in (cells[2].format or {})
    assert sheet.value(2, 4) == "Ana"


def test_l20_taking_an_answer_away_empties_its_cell(world: World) -> None:
    form, _, sheet = linked(world)
    first = submit(world, form, {"Organisation": "One", "Website": "https://one.example.org"})
    people.edit_response(world, form, first, {"Website": ""})
    cell = sheet.cell(1, 3)
    assert cell is not None
    assert (cell.value, cell.note) == (None, UPDATED)


def test_l30_what_looks_like_a_number_is_one_but_not_with_zeros_before_it(world: World) -> None:
    form, _, sheet = linked(world, "Said", collects="DO_NOT_COLLECT")
    said = {
        "42": 42, "-7": -7, "3.50": 3.5, "0": 0, "0042": "0042", "0664 1234": "0664 1234",
        "+43 1": "+43 1", "1e5": "1e5", "12345678901234567": "12345678901234567", "2-10": "2-10",
        "05/18": "05/18", "TRUE": "TRUE", "1,000": "1,000", " 42": " 42", "٤٢": "٤٢",
    }  # fmt: skip
    for text in said:
        submit(world, form, {"Said": text})
    assert below(sheet, 1) == list(said.values())
    assert [type(value) for value in below(sheet, 1)] == [type(value) for value in said.values()]


def test_l30_a_text_may_become_a_day_of_this_year(world: World) -> None:
    form, _, sheet = linked(world, "Birthday")
    form.habits.sniffed_dates = True
    for text in ("05/18", "18/05"):
        submit(world, form, {"Birthday": text})
    born, text = below(sheet, 2)
    assert born == (dt.date(2026, 5, 18) - dt.date(1899, 12, 30)).days
    assert text == "18/05"
    cell = sheet.cell(1, 2)
    assert cell is not None
    assert cell.number_format == {"type": "DATE", "pattern": "M/d/yyyy"}


def test_days_and_times_are_such(world: World) -> None:
    asked = (questions.date("Day"), questions.date("Moment", time=True), questions.time("Hour"))
    form, _, sheet = linked(world, *asked)
    submit(world, form, {"Day": "2026-10-16", "Moment": "2026-10-16 18:00", "Hour": "06:00"})
    day = (dt.date(2026, 10, 16) - dt.date(1899, 12, 30)).days
    assert sheet.grid()[1][2:] == [day, day + 0.75, 0.25]


def test_l32_ticks_are_joined_by_a_comma_and_a_blank(world: World) -> None:
    form, _, sheet = linked(
        world, questions.checkboxes("Do", ["Rivers, lakes", "Food"], other=True)
    )
    submit(world, form, {"Do": ["Rivers, lakes", "Food", "Boats, mostly"]})
    assert sheet.value(1, 2) == "Rivers, lakes, Food, Boats, mostly"


def test_l36_the_zone_of_the_moment_counts_and_no_cell_changes_later(world: World) -> None:
    form, book, sheet = linked(world)
    submit(world, form, {"Organisation": "One"}, at=NOON)
    people.change_time_zone(world, book, "America/New_York")
    people.change_locale(world, book, "en_GB")
    submit(world, form, {"Organisation": "Two"}, at=NOON)
    vienna, york = below(sheet, 0)
    assert vienna - york == pytest.approx(6 / 24, abs=1e-9)
    first, second = sheet.cell(1, 0), sheet.cell(2, 0)
    assert first is not None
    assert second is not None
    patterns = [(cell.number_format or {})["pattern"] for cell in (first, second)]
    assert patterns == ["M/d/yyyy H:mm:ss", "dd/MM/yyyy H:mm:ss"]
    assert header(sheet)[0] == "Timestamp"


def test_l41_two_responses_in_the_same_moment(world: World) -> None:
    form, _, sheet = linked(world)
    ids = {submit(world, form, {"Organisation": "One"}, at=NOON).id for _ in range(2)}
    assert len(ids) == 2
    assert sheet.grid()[1] == sheet.grid()[2]


def test_u05_an_answer_that_looks_like_a_formula(world: World) -> None:
    form, _, sheet = linked(world)
    submit(world, form, {"Organisation": "=SUM(1+9)"})
    cell = sheet.cell(1, 2)
    assert cell is not None
    assert (cell.value, cell.formula) == ("=SUM(1+9)", None)
    form.habits.live_formulas = True
    submit(world, form, {"Organisation": "=SUM(1+9)"})
    live = sheet.cell(2, 2)
    assert live is not None
    assert live.formula == "=SUM(1+9)"


def test_a_deleted_tab_or_header_stops_no_form(world: World) -> None:
    form, book, sheet = linked(world)
    submit(world, form, {"Organisation": "One"})
    people.delete_rows(world, book, sheet.title, 1)
    submit(world, form, {"Organisation": "Two"})
    assert "Organisation" in header(sheet)
    people.add_tab(world, book, "Own")
    people.delete_tab(world, book, sheet.title)
    submit(world, form, {"Organisation": "Three"})
    assert len(form.responses) == 3
    assert form.linked is None


def test_over_http_the_tab_reads_as_any_other(google: Emulator) -> None:
    form, book, sheet = linked(google.world)
    first = submit(google.world, form, {"Organisation": "0042"}, "one@example.org", at=NOON)
    submit(google.world, form, {"Organisation": "Two", "Website": "7"}, at=NOON)
    people.filter_tab(google.world, book, sheet.title, "Organisation", ["0042"])
    people.edit_response(google.world, form, first, {"Organisation": "0043"}, at=NOON)
    client = stock_gspread(google)
    google.world.share(book.id, google.service_account()["client_email"], "reader")
    try:
        opened = client.open_by_key(book.id)
        tab = opened.worksheet("Form Responses 1")
        read = tab.get(value_render_option="UNFORMATTED_VALUE")  # type: ignore[arg-type]
        shown = tab.get()
        notes = opened.fetch_sheet_metadata({"fields": "sheets/data/rowData/values/note"})
    finally:
        client.http_client.session.close()
    assert read[0] == ["Timestamp", "Email Address", "Organisation", "Website"]
    assert read[1] == [sheet.value(1, 0), "one@example.org", "0043"]
    assert read[2] == [sheet.value(2, 0), "", "Two", 7]
    assert shown[1][0].startswith("7/1/2026 12:00:0")
    assert UPDATED in str(notes)
    assert opened.timezone == "Europe/Vienna"
