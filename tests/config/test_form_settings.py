"""[[form]]: which table it feeds, several for one table, and what of it makes no sense."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.errors import WrongSettings
from config.settings import Settings, load_settings
from config.statement import MAIN

COALITION = '[coalition]\nname = "Clean Rivers"\ntime_zone = "Europe/Lisbon"\n[[form]]\n'
DID = "Tell us what you did"
SHEET = "https://docs.google.com/spreadsheets/d/1aBcDeFgHiJkLmNoPqRsTuVwXyZ01/edit"


def loaded(folder: Path, *forms: str) -> Settings:
    """The settings of a coalition with these further forms."""
    file = folder / "weaver.toml"
    file.write_text(COALITION + "".join(f"[[form]]\n{each}\n" for each in forms), "utf-8")
    return load_settings(file)


def fault(folder: Path, *forms: str) -> str:
    with pytest.raises(WrongSettings) as stopped:
        loaded(folder, *forms)
    assert stopped.value.remedy
    return str(stopped.value)


def test_any_number_of_forms_may_feed_a_table(tmp_path: Path) -> None:
    tables = [DID, DID, "Yearly check-in", "Actions", "Lessons", "Help"]
    files = [f"table = {table!r}\nfile = 'f{n}.csv'" for n, table in enumerate(tables)]
    settings = loaded(tmp_path, *files, 'table = "Statement feedback"\nfile = "said.csv"')
    assert [(f.source, f.table) for f in settings.reports.values()] == [
        (f"f{n}.csv", table) for n, table in enumerate(tables)
    ]
    assert settings.signons.file == "responses.csv"
    assert settings.forms_of("Statement feedback")[MAIN].file == "said.csv"


def test_tabs_of_one_spreadsheet_are_several_forms(tmp_path: Path) -> None:
    forms = [f'table = "{DID}"\ngoogle_sheet = "{SHEET}#gid={n}"' for n in (0, 7)]
    assert len(loaded(tmp_path, *forms).reports) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ('file = "did.csv"', 'file = "./did.csv"'),
        ('google_form = "1FAIpQLSdBcDeFgHiJkLmNoPqRsTuVw"',
         'google_form = "https://docs.google.com/forms/d/1FAIpQLSdBcDeFgHiJkLmNoPqRsTuVw/edit"'),
        (f'google_sheet = "{SHEET}#gid=7"', f'google_sheet = "{SHEET}?gid=7#gid=7"'),
    ],
)  # fmt: skip
def test_the_same_form_twice_is_a_fault(tmp_path: Path, first: str, second: str) -> None:
    said = fault(tmp_path, f'table = "{DID}"\n{first}', f'table = "Help"\n{second}')
    assert "two [[form]] are of" in said


def test_the_file_of_the_sign_ons_feeds_nothing_else(tmp_path: Path) -> None:
    assert "two [[form]] are of 'responses.csv'" in fault(tmp_path, f'table = "{DID}"')


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ('table = "Tell us what you do"', "form[2].table: "),
        ('table = "Tell us what you do"', "did you mean 'Tell us what you did'?"),
        ('table = "Help"\nstatement = "letter"', "form[2].statement: a form that feeds 'Help'"),
        ('table = "Help"\naccept = "reviewed"', "form[2].accept: a form that feeds 'Help'"),
        (f'table = "{DID}"\nquestions = {{wat = "x"}}', "form[2].questions.wat: there is no such"),
        (f'table = "{DID}"\nquestions = {{help_wante = "x"}}', "did you mean help_wanted?"),
        ('table = "Actions"\nquestions = {what = "x"}', "form[2].questions.what: there is no"),
        ('table = "Help"\nquestions = {agrees_peace = "x"}', "form[2].questions.agrees_peace: "),
        ('table = "Help"\noptions = {timestamp = ["x"]}', "form[2].options.timestamp: "),
    ],
)
def test_faults_say_their_place(tmp_path: Path, form: str, said: str) -> None:
    assert said in fault(tmp_path, f'file = "f.csv"\n{form}')


@pytest.mark.parametrize(
    ("table", "field"),
    [(DID, "with_whom"), (DID, "timestamp"), ("Yearly check-in", "trust"), ("Actions", "cost"),
     ("Lessons", "used_by"), ("Help", "asked_on")],
)  # fmt: skip
def test_questions_are_those_of_the_table_that_is_fed(
    tmp_path: Path, table: str, field: str
) -> None:
    form = f'table = "{table}"\nfile = "f.csv"\nquestions = {{{field} = "How?"}}'
    (found,) = loaded(tmp_path, form).reports.values()
    assert found.questions == {field: "How?"}
