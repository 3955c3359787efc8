"""The folder that `weaver demo` writes."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from config.settings import load_settings
from config.statement import load_statement, load_statements
from pipeline.demo import STAGES, TODAY, write_folder
from pipeline.demo.forms import points, questions
from pipeline.demo.story import COORDINATORS
from pipeline.drift import difference

ROOT = Path(__file__).resolve().parents[3]
FILES = {
    "offer.md", "responses.csv", "letter.csv", "feedback.csv", "activity.csv", "checkin.csv",
    "tracker.xlsx", "weaver.toml",
    "statements/main/v1.md", "statements/main/v2.md", "statements/main/v2.1.md",
    "statements/main/v2.1-fr.md", "statements/main/v2.1-de.md", "statements/main/v3-draft.md",
    "statements/ministers/v1.md", "form/en.md", "form/fr.md",
}  # fmt: skip
REAL_NAMES = (
    "greenpeace", "wwf", "world wildlife", "riverkeeper", "waterkeeper", "surfrider", "bund e.v",
    "nabu", "friends of the earth", "sierra club", "oxfam", "amnesty", "ecologistas en acción",
    "france nature environnement", "international rivers", "riverwatch", "unesco", "unicef",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_folder(tmp_path)
    return tmp_path


def written(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_it_writes_the_files_of_a_coalition(folder: Path) -> None:
    assert written(folder).keys() == FILES


def test_settings_are_valid_and_pin_the_day(folder: Path) -> None:
    settings = load_settings(folder / "weaver.toml")
    assert settings.coalition.today == TODAY == dt.date(2026, 10, 12)
    assert TODAY.weekday() == 0
    assert len(settings.coordinators) == 3
    assert len(settings.districts) == 15


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.day.isoformat())
def test_every_stage_pins_its_own_day(tmp_path: Path, stage: object) -> None:
    day = stage.day  # type: ignore[attr-defined]
    write_folder(tmp_path, day)
    assert load_settings(tmp_path / "weaver.toml").coalition.today == day


def test_the_statement_grows_over_the_year(tmp_path: Path) -> None:
    def versions(day: dt.date) -> dict[str, str]:
        write_folder(tmp_path, day)
        found = load_statement(tmp_path / "statements" / "main").versions
        return {version.version: version.state for version in found}

    assert versions(dt.date(2025, 10, 12)) == {"1": "adopted"}
    assert versions(dt.date(2025, 10, 31)) == {"1": "adopted", "2": "out for comment"}
    assert versions(dt.date(2025, 11, 8)) == {"1": "adopted", "2": "adopted"}
    grown = {"1": "adopted", "2": "adopted", "2.1": "adopted"}
    assert versions(dt.date(2026, 3, 31)) == grown
    assert versions(TODAY) == grown | {"3": "out for comment"}
    # a folder of before is put back
    assert versions(dt.date(2025, 10, 12)) == {"1": "adopted"}


def test_versions_say_who_adopted_them_and_what_they_ask(folder: Path) -> None:
    main, letter = load_statements(folder / "statements")
    assert [(v.version, v.adopted_on, v.change) for v in main.adopted] == [
        ("1", dt.date(2025, 9, 28), "must-re-confirm"),
        ("2", dt.date(2025, 11, 8), "must-re-confirm"),
        ("2.1", dt.date(2026, 3, 2), "wording-only"),
    ]
    assert [(v.reconfirm_by, v.silence) for v in main.versions if v.version in ("2", "3")] == [
        (dt.date(2025, 12, 14), "leaves"),
        (dt.date(2026, 12, 31), "stays listed under the old version"),
    ]
    (draft,) = main.drafts
    assert draft.planned_on == dt.date(2026, 11, 2)
    for version in (*main.adopted, *letter.adopted):
        assert version.adopted_by
        assert version.adopted_how
    for version in (*main.versions, *letter.versions):
        assert version.title
        assert version.language == "en"
    for version in main.versions:
        asked = {point.field: point.question for point in version.points}
        assert len(version.principles) == 5
        assert asked.items() <= points().items()
        assert (points().keys() - asked.keys()) == ({"agrees_pol2"} if version.version == "1"
                                                    else set())  # fmt: skip


def test_the_second_version_says_what_the_first_said_and_a_policy_more(folder: Path) -> None:
    main = load_statement(folder / "statements" / "main")
    first, second = (main.named(name) for name in ("1", "2"))
    assert first is not None
    assert second is not None
    assert first.body == second.body
    assert second.points[:-1] == first.points


def test_the_newest_wording_stands_in_three_languages(folder: Path) -> None:
    main = load_statement(folder / "statements" / "main")
    assert {(v.version, v.language, v.translation) for v in main.translations} == {
        ("2.1", "fr", "equally valid"), ("2.1", "de", "courtesy"),
    }  # fmt: skip
    original = main.named("2.1")
    assert original is not None
    for text in main.translations:
        assert [point.id for point in text.points] == [point.id for point in original.points]
        assert not {point.text for point in text.points} & {p.text for p in original.points}


@pytest.mark.parametrize("day", [*(stage.day for stage in STAGES), dt.date(2026, 9, 20)], ids=str)
def test_the_form_shows_what_was_adopted_but_for_the_french_since_september(
    tmp_path: Path, day: dt.date
) -> None:
    write_folder(tmp_path, day)
    main = load_statement(tmp_path / "statements" / "main")
    shown = load_settings(tmp_path / "weaver.toml").signons.shows
    version = main.in_force(day)
    assert version is not None
    texts = {text.language: text for text in main.texts_of(version.version)}
    assert shown.keys() == ({"en", "fr"} if day >= dt.date(2026, 3, 2) else {"en"})
    for language, file in shown.items():
        text = texts[language]
        whole = "\n".join((text.body, *(point.text for point in text.points)))
        told = difference(whole, (tmp_path / file).read_text(encoding="utf-8"))
        spoilt = language == "fr" and day >= dt.date(2026, 9, 21)
        assert ("“2035” → “2040”" in told) == spoilt
        assert ("left out: “dans nos cinq pays”" in told) == spoilt
        assert bool(told) == spoilt


def test_the_letter_is_adopted_in_july_and_has_its_own_form(tmp_path: Path) -> None:
    for day, there in ((dt.date(2026, 6, 30), False), (dt.date(2026, 7, 1), True)):
        write_folder(tmp_path, day)
        forms = load_settings(tmp_path / "weaver.toml").forms_of("Sign-ons")
        assert ("ministers" in forms) == there
        names = [statement.name for statement in load_statements(tmp_path / "statements")]
        assert names == (["main", "ministers"] if there else ["main"])
    letter = load_statements(tmp_path / "statements")[1].adopted[0]
    assert (letter.sign_by, str(letter.closes)) == (dt.date(2026, 9, 15), "2026-09-30 18:00:00")
    header = (tmp_path / "letter.csv").read_text(encoding="utf-8").splitlines()[0]
    for question in forms["ministers"].questions.values():
        assert str(question) in header


def test_comments_on_the_draft_have_a_form_once_there_is_a_draft(tmp_path: Path) -> None:
    for day, there in ((dt.date(2026, 4, 27), False), (dt.date(2026, 5, 1), True)):
        write_folder(tmp_path, day)
        forms = load_settings(tmp_path / "weaver.toml").forms_of("Statement feedback")
        assert list(forms) == (["main"] if there else [])


@pytest.mark.parametrize(
    ("table", "last", "first"),
    [
        ("Tell us what you did", dt.date(2026, 2, 28), dt.date(2026, 3, 1)),
        ("Yearly check-in", dt.date(2026, 8, 31), dt.date(2026, 9, 1)),
    ],
)
def test_members_report_by_two_forms_once_there_are_any(
    tmp_path: Path, table: str, last: dt.date, first: dt.date
) -> None:
    for day, there in ((last, False), (first, True)):
        write_folder(tmp_path, day)
        forms = load_settings(tmp_path / "weaver.toml").forms_of(table)
        assert bool(forms) == there
    (form,) = forms.values()
    header = (tmp_path / form.file).read_text(encoding="utf-8").splitlines()[0]
    assert next(csv.reader([header])) == list(form.questions.values())


def test_in_its_first_week_people_keep_no_tab_yet(tmp_path: Path) -> None:
    write_folder(tmp_path, dt.date(2025, 10, 6))
    assert openpyxl.load_workbook(tmp_path / "tracker.xlsx").sheetnames == ["Sheet1"]
    assert len((tmp_path / "responses.csv").read_text(encoding="utf-8").splitlines()) == 6


def test_a_demonstration_begins_again_where_another_ended(folder: Path) -> None:
    write_folder(folder, dt.date(2025, 10, 6))
    assert [path.name for path in folder.glob("statements/*")] == ["main"]


def test_three_people_decide(folder: Path) -> None:
    settings = load_settings(folder / "weaver.toml")
    assert [(d.name, d.employer) for d in settings.deciders] == [(n, None) for n in COORDINATORS]


def test_the_form_asks_what_settings_and_statement_say(folder: Path) -> None:
    header = (folder / "responses.csv").read_text(encoding="utf-8").splitlines()[0]
    settings = load_settings(folder / "weaver.toml")
    asked = {*settings.signons.questions.values(), *points().values()}
    assert set(questions().values()) == asked
    for question in asked:
        assert str(question) in header.replace('""', '"')


def test_writing_again_changes_no_byte_and_leaves_weavers_files_alone(folder: Path) -> None:
    for name in ("results.xlsx", "state.db"):
        (folder / name).write_bytes(b"Weaver's own")
    (folder / "outbox").mkdir()
    (folder / "outbox" / "one.eml").write_bytes(b"a mail")
    before = written(folder)
    write_folder(folder)
    assert written(folder) == before


@pytest.mark.parametrize("seed", ["1", "2"])
def test_two_processes_write_the_same_bytes(folder: Path, tmp_path: Path, seed: str) -> None:
    program = (
        "import sys; from pathlib import Path; from pipeline.demo import write_folder;"
        "write_folder(Path(sys.argv[1]))"
    )
    other = tmp_path / "other"
    environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": "Pacific/Auckland"}
    subprocess.run(
        [sys.executable, "-c", program, str(other)], cwd=ROOT, env=environment, check=True
    )
    ours, theirs = (
        {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        for files in (written(other), {n: c for n, c in written(folder).items() if n in FILES})
    )
    assert ours == theirs


def texts(folder: Path) -> str:
    book = ZipFile(folder / "tracker.xlsx")
    strings = "\n".join(re.findall(r"<t[^>]*>([^<]*)", book.read("xl/sharedStrings.xml").decode()))
    plain = (c.decode() for n, c in written(folder).items() if not n.endswith(".xlsx"))
    return "\n".join([strings, *plain])


def test_every_address_and_website_is_at_example_org(folder: Path) -> None:
    whole = texts(folder)
    hosts = re.findall(r"(?:@|https?://)([\w.-]*\w)", whole)
    assert len(hosts) > 300
    allowed = re.compile(r"([a-z0-9-]+\.)?example\.org")
    assert [host for host in hosts if not allowed.fullmatch(host)] == []


def test_nobody_real_is_in_it(folder: Path) -> None:
    whole = texts(folder).casefold()
    assert [name for name in REAL_NAMES if re.search(rf"\b{re.escape(name)}\b", whole)] == []
