"""What stops a run: the exit code, what is said, and that no byte of the folder changes."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import openpyxl
import pytest


@contextmanager
def refused(coalition: Any, code: int, *arguments: str) -> Iterator[dict[str, str]]:
    """The run ends with that code, says what, where and remedy, and changes nothing.

    Gives the error's three sentences, for the body to look at.
    """
    before = coalition.files()
    ran = coalition.weaver("run", "--json", *arguments)
    assert ran.code == code, ran.out + ran.err
    said = ran.json
    assert said.keys() == {"error", "exit"}
    assert said["exit"] == code
    assert said["error"].keys() == {"what", "where", "remedy"}
    assert all(isinstance(text, str) and text for text in said["error"].values())
    assert coalition.files() == before
    yield said["error"]


def nothing(rows: list[list[str]]) -> list[list[str]]:
    return []


def test_an_emptied_file_of_responses_stops_with_65(settled: Any) -> None:
    (settled.folder / "responses.csv").write_bytes(b"")
    with refused(settled, 65) as error:
        assert "responses.csv" in error["where"]


def test_responses_without_a_row_stop_with_65(settled: Any) -> None:
    settled.responses(nothing)
    with refused(settled, 65) as error:
        assert "8 of 8 sign-ons" in error["what"]


def test_a_list_that_lost_most_stops_until_a_person_answers(settled: Any) -> None:
    settled.responses(lambda rows: rows[:3])
    with refused(settled, 65) as error:
        assert "5 of 8 sign-ons" in error["what"]
        assert "--accept-vanished" in error["remedy"]
    ran = settled.run("--accept-vanished")
    assert ran["signons"]["received"] == 3
    # Their outcomes stand, and each is a question now.
    assert ran["organisations"]["member"] == 6
    gone = [r for r in settled.tab("To decide") if r["What is it"] == "A form that is gone"]
    assert len(gone) == 5


@pytest.mark.parametrize("name", [".~lock.results.xlsx#", "~$tracker.xlsx"])
def test_an_open_office_program_stops_with_75(settled: Any, name: str) -> None:
    (settled.folder / name).write_text("Ana's machine")
    settled.touched()
    with refused(settled, 75) as error:
        assert name.strip(".~$#").removeprefix("lock.") in error["what"]
        assert name in error["remedy"]


def test_another_run_under_way_stops_with_75(settled: Any) -> None:
    settled.touched()
    with (settled.folder / "state.db.lock").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write(f"{os.getpid()}\n2026-03-17T02:00\n")
        lock.flush()
        with refused(settled, 75) as error:
            assert str(os.getpid()) in error["what"]
            assert "2026-03-17T02:00" in error["what"]


SIX_FAULTS = """\
languge = "en"

[coalition]
name = "Seven Springs"
time_zne = "Europe/Vienna"
people = "membrs"
today = 2026-03-17

[[form]]
accept = "celan"

[form.questions]
organisatoin = "Organisation"

[tracker.tabs]
"To decid" = "Decisions"
"""


def test_six_faults_in_the_settings_are_told_together(settled: Any) -> None:
    settled.settings.write_text(SIX_FAULTS)
    with refused(settled, 78) as error:
        what = error["what"]
    assert "weaver.toml" in error["where"]
    for path, hint in {
        "languge: ": "",
        "coalition.time_zone: is missing": "",
        "coalition.time_zne: ": "did you mean time_zone?",
        "coalition.people: ": "did you mean 'members'?",
        "form[1].accept: ": "did you mean 'clean'?",
        "form[1].questions.organisatoin: ": "did you mean organisation?",
        "tracker.tabs.To decid: ": "did you mean To decide?",
    }.items():
        (line,) = [line for line in what.splitlines() if f"- {path}" in line]
        assert hint in line


def test_settings_that_are_not_there_stop_with_78(weaver: Any, tmp_path: Any) -> None:
    ran = weaver("run", "--json", cwd=tmp_path)
    assert (ran.code, ran.json["exit"]) == (78, 78)
    assert "weaver.toml" in ran.json["error"]["what"]


def test_a_store_of_a_newer_weaver_stops_with_78(settled: Any) -> None:
    with closing(sqlite3.connect(settled.folder / "state.db")) as store:
        store.execute("INSERT INTO schema_version VALUES (99)")
        store.commit()
    with refused(settled, 78) as error:
        assert "99" in error["what"]
        assert "state.db" in error["where"]


def test_the_store_of_another_tracker_stops_with_78(settled: Any) -> None:
    with closing(sqlite3.connect(settled.folder / "state.db")) as store:
        store.execute("UPDATE identity SET store_id = 'w-of-eight-wells'")
        store.commit()
    settled.touched()
    with refused(settled, 78) as error:
        assert "another store" in error["what"]


def test_results_without_their_store_stop_with_78(settled: Any) -> None:
    (settled.folder / "state.db").unlink()
    before = settled.files()
    ran = settled.weaver("run", "--json")
    assert ran.code == 78
    assert "store is empty" in ran.json["error"]["what"]
    assert settled.files() == before


def test_to_decide_gone_stops_with_78(settled: Any) -> None:
    def renamed(book: openpyxl.Workbook) -> None:
        book["To decide"].title = "To decide (old)"

    settled.workbook(renamed)
    with refused(settled, 78) as error:
        assert "To decide" in error["what"]
        assert "“To decide (old)”" in error["remedy"]


def test_an_unknown_word_beside_a_matter_is_something_to_fix(settled: Any) -> None:
    settled.decide("Heron Lake Rowers", "acept")
    ran = settled.run()
    assert ran["signons"]["accepted"] == 6
    (row,) = settled.tab("To fix")
    assert (row["Tab"], row["Column"], row["Found"]) == ("To decide", "Decision", "acept")
    assert "“accept”" in row["What to do"]
