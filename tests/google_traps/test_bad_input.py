"""What is wrong with keys, shares, spreadsheets and forms: one clear paragraph, nothing written."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline import cli
from tests.google_emulator import people
from tests.google_emulator.scene.settings import form_address, sheet_address
from tests.google_emulator.sheets.model import create_spreadsheet
from tests.google_traps.conftest import Ran
from tests.google_traps.springs import ACCOUNT, OWNER, Springs, model

WEAVER = Path(sys.executable).with_name("weaver")
KEY = "WEAVER_GOOGLE_KEY"


@dataclass(frozen=True)
class Ended:
    """How the program ended, and what it said."""

    code: int
    out: str
    err: str


Program = Callable[..., Ended]


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str]) -> Program:
    """`weaver` in this process: arguments in, exit code and both outputs out."""

    def ran(*arguments: object) -> Ended:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Ended(int(ended.value.code or 0), out, err)

    return ran


def state(springs: Springs) -> tuple[Any, ...]:
    """All that a run may change: both spreadsheets, and the outbox."""
    outbox = springs.folder / "outbox"
    return model(springs.working), model(springs.answers), sorted(outbox.glob("*"))


def refused(program: Program, springs: Springs, code: int, *words: str) -> str:
    """Run, and be refused with that exit code in one paragraph that says those words."""
    before = state(springs)
    ended = program("run", "-c", springs.settings)
    assert (ended.code, ended.out) == (code, ""), ended
    lines = ended.err.splitlines()
    assert len(lines) == 3, ended.err
    assert lines[1].startswith("  where: ")
    assert lines[2].startswith("  what to do: ")
    assert "Traceback" not in ended.err
    for word in words:
        assert word in ended.err
    assert state(springs) == before
    as_json = json.loads(program("run", "--json", "-c", springs.settings).out)
    assert as_json["exit"] == code
    assert as_json["error"].keys() == {"what", "where", "remedy"}
    assert state(springs) == before
    return ended.err


def test_a_spreadsheet_that_nobody_shared(springs: Springs) -> None:
    """Through the program itself: it prints the address to share with, and ends with 77."""
    people.unshare(springs.world, springs.working.id, springs.address)
    before = state(springs)
    done = subprocess.run(
        [str(WEAVER), "run", "-c", str(springs.settings)],
        capture_output=True, text=True, encoding="utf-8", timeout=60, env=dict(os.environ),
    )  # fmt: skip
    assert done.returncode == 77, done.stderr
    assert springs.address in done.stderr
    assert "is not shared with Weaver" in done.stderr
    assert "as an editor" in done.stderr
    assert springs.working.id in done.stderr
    assert len(done.stderr.splitlines()) == 3
    assert done.stdout == ""
    assert state(springs) == before


def test_a_spreadsheet_shared_for_reading_only(program: Program, springs: Springs) -> None:
    people.share(springs.world, springs.working.id, springs.address, "reader")
    refused(program, springs, 77, "shared for reading only", springs.address, "Working")


def test_shared_for_reading_only_after_a_run(program: Program, running: Springs) -> None:
    """What the first run recorded isn't lost: once it may write again all is as it should be."""
    people.share(running.world, running.working.id, running.address, "reader")
    running.sign("Gorse Moor Society", {"Reservations": "Only if we may leave in May."})
    refused(program, running, 77, "shared for reading only", running.address)
    people.share(running.world, running.working.id, running.address, "writer")
    assert program("run", "--json", "-c", running.settings).code == 0
    assert running.row("To decide", "Gorse Moor Society")["Status"] == "open"


def test_a_spreadsheet_in_the_bin(program: Program, running: Springs) -> None:
    people.trash(running.world, running.working.id)
    refused(program, running, 78, "Google knows no spreadsheet", "restore it")


def test_a_wrong_address(program: Program, running: Springs) -> None:
    text = running.settings.read_text(encoding="utf-8")
    other = sheet_address("1" + "x" * 43)
    running.settings.write_text(
        text.replace(sheet_address(running.working.id), other), encoding="utf-8"
    )
    refused(program, running, 78, "Google knows no spreadsheet", "1xxx")


def test_an_uploaded_workbook(program: Program, running: Springs) -> None:
    uploaded = people.upload_xlsx(running.world, "Tracker.xlsx", OWNER)
    people.share(running.world, uploaded, running.address)
    text = running.settings.read_text(encoding="utf-8")
    running.settings.write_text(text.replace(running.working.id, uploaded), encoding="utf-8")
    refused(program, running, 78, "Excel workbook", "Save as Google Sheets")


def test_a_full_spreadsheet(program: Program, springs: Springs) -> None:
    full = springs.working.add_sheet("Everything", rows=1, columns=26)
    full.rows = (10_000_000 - springs.working.cell_count()) // 26
    refused(program, springs, 65, "10 million cells", "Working")
    full.rows = 1000
    assert program("run", "-c", springs.settings).code == 0


def test_a_protected_tab_in_the_way(program: Program, running: Springs) -> None:
    people.protect_tab(running.world, running.working, "Who has signed", [OWNER])
    running.sign("Gorse Moor Society")
    refused(program, running, 77, "protected range", running.address, "Working")


def test_a_column_of_their_own_that_they_protected(program: Program, running: Springs) -> None:
    """Google inserts no row through what the asker may not edit; so people are asked to let Weaver
    in, or to take the protection away."""
    people.add_own_column(running.world, running.working, "To decide", "Hours", [(2, "3")])
    guard = people.protect_range(running.world, running.working, "To decide", "Hours", [OWNER])
    running.sign("Gorse Moor Society", {"Reservations": "Only if we may leave in May."})
    refused(program, running, 77, "protected range", running.address)
    guard["editors"]["users"].append(running.address)
    assert program("run", "-c", running.settings).code == 0
    assert running.row("To decide", "Gorse Moor Society")["Status"] == "open"


def test_a_protected_column_in_the_way(program: Program, running: Springs) -> None:
    people.protect_range(running.world, running.working, "To decide", "Status", [OWNER])
    running.sign("Gorse Moor Society", {"Reservations": "Only if we may leave in May."})
    refused(program, running, 77, "protected range", running.address)


@pytest.mark.parametrize("how", ["key_revoked", "deleted"])
def test_a_key_that_was_revoked(program: Program, running: Springs, how: str) -> None:
    """The key was deleted in Google's console, or the whole account was."""
    setattr(running.google.service.accounts.service(ACCOUNT), how, True)
    refused(program, running, 77, "key")


def test_a_key_of_another_time(
    program: Program, springs: Springs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key that was replaced: its signature is not the account's any more."""
    key = springs.google.service_account(ACCOUNT)
    other = springs.google.service_account("another")
    monkeypatch.setenv(KEY, json.dumps(key | {"private_key": other["private_key"]}))
    said = refused(program, springs, 77, "key")
    assert other["private_key"][40:80] not in said


@pytest.mark.parametrize("cut", [100, -100])
def test_a_key_that_was_cut_off(
    program: Program, springs: Springs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, cut: int
) -> None:
    text = json.dumps(springs.google.service_account(ACCOUNT))
    monkeypatch.setenv(KEY, text[:cut])
    refused(program, springs, 78, "cut off", KEY)
    file = tmp_path / "key.json"
    file.write_text(text[:cut], encoding="utf-8")
    monkeypatch.setenv(KEY, str(file))
    refused(program, springs, 78, "cut off", str(file))


def test_no_key(program: Program, springs: Springs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY)
    refused(program, springs, 78, KEY, "docs/google.md")


@pytest.mark.parametrize("minutes", [-10, 10])
def test_a_clock_that_is_wrong(
    program: Program, running: Springs, monkeypatch: pytest.MonkeyPatch, minutes: int
) -> None:
    """The machine's clock is off by ten minutes: Google takes no signature of that time."""
    from google.auth import _helpers

    now = _helpers.utcnow
    monkeypatch.setattr(_helpers, "utcnow", lambda: now() + dt.timedelta(minutes=minutes))
    refused(program, running, 78, "clock of this machine is wrong")


def test_a_form_that_is_not_published(program: Program, running: Springs) -> None:
    """Responses can still be read, so the run goes on, and says it."""
    people.unpublish(running.world, running.form)
    summary = json.loads(program("run", "--json", "-c", running.settings).out)
    assert summary["signons"]["received"] == 6
    (problem,) = [p for p in summary["problems"] if "isn't published" in p["problem"]]
    assert problem["tab"] == "Join us"
    (row,) = [row for row in running.rows("To fix") if row["Tab"] == "Join us"]
    assert "Publish" in str(row["What to do"])


def test_a_form_that_is_not_shared(program: Program, running: Springs) -> None:
    people.unshare(running.world, running.form.id, running.address)
    refused(program, running, 77, "The form is not shared", running.address, "not enough")


def test_a_form_in_the_bin(program: Program, running: Springs) -> None:
    people.trash(running.world, running.form.id)
    refused(program, running, 78, "Google knows no form")


def test_the_address_of_the_tracker_for_a_form(program: Program, running: Springs) -> None:
    text = running.settings.read_text(encoding="utf-8")
    running.settings.write_text(
        text.replace(form_address(running.form.id), form_address(running.working.id)),
        encoding="utf-8",
    )
    said = refused(program, running, 78, "Google knows no form", running.working.id)
    assert f"form {running.working.title}" not in said


def test_a_tab_of_their_own_that_is_called_like_one_of_weavers(
    program: Program, springs: Springs
) -> None:
    """It is theirs: nothing is added to it, nothing inserted above it."""
    people.add_tab(springs.world, springs.working, "Who has signed")
    for column, text in enumerate(("Name", "Paid"), 1):
        people.type_cell(springs.world, springs.working, "Who has signed", 1, column, text)
        people.type_cell(springs.world, springs.working, "Who has signed", 2, column, "x")
    refused(program, springs, 78, "Who has signed", "[tracker.tabs]")


@pytest.mark.parametrize("deed", ["unshare", "trash"])
def test_responses_that_are_not_shared(program: Program, after_a_run: Ran, deed: str) -> None:
    springs = after_a_run("sheet")
    if deed == "unshare":
        people.unshare(springs.world, springs.answers.id, springs.address)
        refused(program, springs, 77, "not shared with Weaver", springs.address)
    else:
        people.trash(springs.world, springs.answers.id)
        refused(program, springs, 78, "Google knows no spreadsheet")


def test_the_spreadsheet_that_few_may_see(program: Program, running: Springs) -> None:
    """The run goes on without the tabs of that one, and says so."""
    few = create_spreadsheet(running.world, "For few", OWNER, titles=("Outreach",))
    running.add_settings(f'restricted = "{sheet_address(few.id)}"')
    summary = json.loads(program("run", "--json", "-c", running.settings).out)
    (problem,) = [p for p in summary["problems"] if "not shared with Weaver" in p["problem"]]
    assert few.id in problem["tab"]
    (row,) = [row for row in running.rows("To fix") if few.id in str(row["Tab"])]
    assert running.address in str(row["What to do"])
