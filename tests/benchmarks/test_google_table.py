"""What the table says, and that no program that is compared gets past the emulated Google."""

from __future__ import annotations

import importlib.util
from types import ModuleType

import pytest

from benchmarks.google.counting import Run
from benchmarks.google.programs import AGAIN, FIRST, PEERS, RUNNERS, Answer
from benchmarks.google.table import table, verdicts
from benchmarks.peers.environments import LOCKS


def run(reads: int, writes: int, seconds: float = 1.0, failed: str = "") -> Run:
    return Run(1, reads, writes, 0, seconds, seconds, failed)


@pytest.fixture(scope="module")
def job() -> ModuleType:
    """What the peers' scripts share; it stands in no package, since they run without Weaver."""
    spec = importlib.util.spec_from_file_location("job", RUNNERS / "job.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("first", "again", "said"),
    [
        ((4, 4), (4, 0), ["met", "met"]),
        ((5, 4), (5, 0), ["MISSED", "MISSED"]),
        ((4, 4), (3, 1), ["met", "MISSED"]),
    ],
)
def test_a_missed_target_is_said(
    first: tuple[int, int], again: tuple[int, int], said: list[str]
) -> None:
    answer = Answer({FIRST: run(*first), AGAIN: run(*again)})
    assert [line.rpartition(": ")[2] for line in verdicts(answer)] == said


def test_a_program_that_was_not_measured_says_why() -> None:
    answers = {
        "weaver": Answer({FIRST: run(4, 4, 2.0)}, "kept"),
        "other": Answer({FIRST: run(60, 20, 1.0)}, "fails after 61 requests", 7, ("Who's",)),
        "third": Answer(why_not="it could not be installed"),
    }
    _, weaver, other, third = table(answers, "weaver").splitlines()
    assert weaver.split() == ["weaver", "9", "(4", "+", "4)", "1.00", "kept", "0"]
    assert "81 (60 + 20)" in other
    assert " 0.50 " in other
    assert other.endswith("fails after 61 requests   7; can't read Who's")
    assert third.split(maxsplit=1)[1] == "not measured: it could not be installed"


def test_the_quicker_of_two_runs_counts_if_they_asked_for_the_same() -> None:
    answer = Answer()
    for seconds in (3.0, 1.0, 2.0):
        answer.note(FIRST, run(4, 1, seconds))
    assert answer.runs[FIRST].computing == 1.0
    with pytest.raises(RuntimeError, match="something else"):
        answer.note(FIRST, run(5, 1))


def test_every_program_has_a_script_and_a_lock() -> None:
    for name, environment in PEERS.items():
        assert (RUNNERS / f"run_{name.replace(', ', '_').replace('-', '_')}.py").exists()
        assert (LOCKS / f"{environment}.lock").exists()


def test_what_is_meant_for_google_goes_to_the_root(job: ModuleType) -> None:
    headers: dict[str, str] = {}
    root = "http://127.0.0.1:9"
    url = job._elsewhere("https://sheets.googleapis.com/v4/x?a=b", root, headers)
    assert url == f"{root}/v4/x?a=b"
    assert headers == {"X-Original-Host": "sheets.googleapis.com"}
    assert job._elsewhere(f"{root}/token", root, {}) == f"{root}/token"


@pytest.mark.parametrize("url", ["https://example.org/x", "https://googleapis.com.example.org/"])
def test_nothing_else_is_let_through(job: ModuleType, url: str) -> None:
    with pytest.raises(ConnectionError):
        job._elsewhere(url, "http://127.0.0.1:9", {})
