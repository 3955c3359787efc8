"""The demonstration's coalition on Google holds what its local folder holds, day by day."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from config.google import file_id, tab_id
from config.settings import load_settings
from pipeline.demo.folder import write_folder
from pipeline.demo.story import STAGES
from tests.google_emulator import people
from tests.google_emulator.forms.answers import EPOCH
from tests.google_emulator.scene import Scene, without_odd_rows
from tests.google_emulator.scene.rows import ticks
from tests.google_emulator.sheets.model import Sheet
from tests.google_emulator.world import World

WEAVER = "weaver@project.iam.gserviceaccount.com"
VIENNA = ZoneInfo("Europe/Vienna")


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Scene, Path]:
    """A coalition that was fed all days of the demonstration, and its local folder."""
    local, folder = tmp_path_factory.mktemp("local"), tmp_path_factory.mktemp("google")
    write_folder(local, STAGES[0].day)
    scene = Scene.build(World(), local, folder, WEAVER)
    for stage in STAGES[1:]:
        write_folder(local, stage.day)
        scene.feed(local)
    return scene, local


def shown(sheet: Sheet, row: int, column: int) -> str:
    """A cell as the CSV download has it."""
    value = sheet.value(row, column)
    if column or not isinstance(value, int | float):
        return "" if value is None else str(value)
    at = EPOCH + dt.timedelta(seconds=round(value * 86400))
    return f"{at.day}/{at.month}/{at.year} {at.hour}:{at:%M:%S}"


@pytest.mark.parametrize("name", ["responses.csv", "letter.csv", "feedback.csv"])
def test_the_linked_sheet_holds_the_download_cell_by_cell(
    played: tuple[Scene, Path], name: str
) -> None:
    scene, local = played
    with (local / name).open(encoding="utf-8", newline="") as text:
        rows = list(csv.reader(text))
    sheet = scene.channels[name].sheet
    assert sheet.last_row() == len(rows)
    there = [
        [shown(sheet, at, column) for column in range(len(row))] for at, row in enumerate(rows)
    ]
    assert there == rows


def test_the_form_holds_what_was_sent_and_nothing_that_was_typed(
    played: tuple[Scene, Path], tmp_path: Path
) -> None:
    scene, local = played
    form = scene.channels["responses.csv"].form
    tidy = tmp_path / "responses.csv"
    tidy.write_bytes((local / "responses.csv").read_bytes())
    odd = without_odd_rows(tidy)
    assert [row[0] for row in odd] == ["", "next week"]
    with tidy.open(encoding="utf-8", newline="") as text:
        _, *rows = csv.reader(text)
    assert len(form.responses) == len(rows) + 1
    (late,) = {r.email for r in form.responses.values()} - {row[1] for row in rows}
    assert late == odd[1][1]
    sent = sorted(form.responses.values(), key=lambda response: response.number)
    sent = [response for response in sent if response.email != late]
    for response, row in zip(sent, rows, strict=True):
        local_time = response.created.astimezone(VIENNA)
        assert f"{local_time.day}/{local_time.month}/{local_time:%Y} " in row[0]
        answers = [", ".join(map(str, given)) for given in response.answers.values()]
        assert answers == [cell for cell in row[2:] if cell]


def test_ticked_options_are_single_answers(played: tuple[Scene, Path]) -> None:
    scene, _ = played
    form = scene.channels["responses.csv"].form
    question = form.find("What could you offer to others?").id
    said = {given for r in form.responses.values() if (given := r.answers.get(question))}
    assert ("A room", "Music, food and hands") in said
    assert ("Boats, vans or bicycles",) in said
    assert ticks("Food, Boats, mostly", ["Food", "Rivers, lakes"]) == ("Food", "Boats, mostly")


def test_the_working_spreadsheet_has_the_trackers_tabs(played: tuple[Scene, Path]) -> None:
    scene, local = played
    book = openpyxl.load_workbook(local / "tracker.xlsx")
    assert {sheet.title for sheet in scene.working.sheets} == set(book.sheetnames)
    days = 0
    for page in book.worksheets:
        sheet = scene.working.sheet(page.title)
        for at, row in enumerate(page.iter_rows(values_only=True)):
            for column, value in enumerate(row):
                found = sheet.value(at, column)
                if isinstance(value, dt.datetime):
                    days += 1
                    assert EPOCH + dt.timedelta(days=float(str(found))) == value
                else:
                    assert found == value
    assert days > 50


def test_the_settings_name_google_in_the_place_of_files(played: tuple[Scene, Path]) -> None:
    scene, local = played
    here, there = load_settings(local / "weaver.toml"), load_settings(scene.folder / "weaver.toml")
    assert there.google is not None
    assert file_id(there.google.working) == scene.working.id
    for before, after in zip(here.form, there.form, strict=True):
        channel = scene.channels[before.file]
        assert file_id(after.google_form or "") == channel.form.id
        assert file_id(after.google_sheet or "") == scene.forms_sheet.id
        assert tab_id(after.google_sheet or "") == channel.sheet.sheet_id
        changed = {"google_form": None, "google_sheet": None, "file": before.file}
        assert after.model_copy(update=changed) == before
    assert there.model_copy(update={"form": (), "google": None, "folder": Path()}) == (
        here.model_copy(update={"form": (), "folder": Path()})
    )
    assert (scene.folder / "form" / "en.md").read_bytes() == (local / "form" / "en.md").read_bytes()


def test_what_is_needed_is_shared_and_no_more(tmp_path: Path) -> None:
    write_folder(tmp_path / "local", STAGES[-1].day)
    for through, form_role, sheet_role in (
        ("form", "writer", None), ("sheet", None, "reader"), ("both", "writer", "reader"),
    ):  # fmt: skip
        world = World()
        scene = Scene.build(world, tmp_path / "local", tmp_path / through, WEAVER, through)  # type: ignore[arg-type]
        form = scene.channels["responses.csv"].form
        assert world.files[form.id].roles.get(WEAVER) == form_role
        assert world.files[scene.forms_sheet.id].roles.get(WEAVER) == sheet_role
        assert world.files[scene.working.id].roles[WEAVER] == "writer"


def test_coordinators_type_their_decisions(tmp_path: Path) -> None:
    stage = next(stage for stage in STAGES if stage.changes)
    write_folder(tmp_path / "local", stage.day)
    world = World()
    scene = Scene.build(world, tmp_path / "local", tmp_path / "google", WEAVER)
    titles = ["Key", "Organisation", "Status", "We suggest", "Decision", "Decided by", "Note"]
    rows = [
        ["S1", "Reed Cutters", "open", "accept"], ["S2", "Anglers", "settled", "accept"],
        ["S3", "Choir", "open", "nothing that a person can pick"],
    ]  # fmt: skip
    scene.working.add_sheet("To decide").write(0, 0, [titles, *rows])
    changes = ["Date", "Organisation", "Change", "New value", "Asked by", "Entered by"]
    scene.working.add_sheet("Changes").write(0, 0, [changes])
    assert scene.sit_down(stage) == 1
    decided = [row["Decision"] for row in people.records(scene.working, "To decide")]
    assert decided == ["accept", None, None]
    (change,) = people.records(scene.working, "Changes")
    assert change["Organisation"] == "Red de Salud Comunitaria del Quindal"
    assert change["New value"] == "2026-01-15"
    assert change["Date"] == (dt.datetime(2025, 12, 12) - EPOCH).days  # noqa: DTZ001
