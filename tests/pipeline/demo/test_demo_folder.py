"""The folder that `weaver demo` writes."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from config.settings import load_settings
from config.statement import load_statement
from pipeline.demo import STAGES, TODAY, write_folder
from pipeline.demo.forms import points, questions

ROOT = Path(__file__).resolve().parents[3]
FILES = {
    "offer.md", "responses.csv", "tracker.xlsx", "weaver.toml",
    "statements/main/v1.md", "statements/main/v1.1.md", "statements/main/v2-draft.md",
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
    def versions(day: dt.date) -> set[str]:
        write_folder(tmp_path, day)
        return {v.version for v in load_statement(tmp_path / "statements" / "main").versions}

    assert versions(dt.date(2025, 10, 31)) == {"1"}
    assert versions(dt.date(2026, 3, 31)) == {"1", "1.1"}
    assert versions(TODAY) == {"1", "1.1", "2"}


def test_versions_are_adopted_wording_only_and_draft(folder: Path) -> None:
    statement = load_statement(folder / "statements" / "main")
    assert [(v.version, v.adopted_on, v.change) for v in statement.adopted] == [
        ("1", dt.date(2025, 9, 28), "must-re-confirm"),
        ("1.1", dt.date(2026, 3, 2), "wording-only"),
    ]
    assert {v.version for v in statement.versions if v.state == "draft"} == {"2"}
    for version in statement.versions:
        assert (len(version.principles), len(version.policies)) == (5, 2)
        assert {point.field: point.question for point in version.points} == points()


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
