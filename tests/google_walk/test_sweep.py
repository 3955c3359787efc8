"""Faults on requests of a run: the end is always the undisturbed one's."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.google_walk.sweep import Sweep, pairs, singles, sweep


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sweep]:
    made = Sweep(tmp_path_factory.mktemp("sweep") / "coalition")
    yield made
    made.close()


def test_faults_on_some_requests(swept: Sweep) -> None:
    n = swept.requests["changes"]
    cases = [[], [("applied-lost", n, 1)], [("applied-503", n, 60)], [("truncated", n, 1)],
             [("429", n, 60)], *list(singles(n, ("reset-before", "503")))[::10],
             pairs(n)[len(pairs(n)) // 2]]  # fmt: skip
    wrong = [f"{case}: {found}" for case in cases for found in swept.strike("changes", case)]
    assert not wrong
    assert swept.figures.faults >= len(cases) - 1


@pytest.mark.slow
def test_every_fault_on_every_request(tmp_path: Path) -> None:
    told: list[str] = []
    figures, wrong = sweep(tmp_path / "coalition", 100, told.append)
    sys.stdout.write("\n".join([*told, str(figures)]) + "\n")
    assert not wrong, wrong[:5]
    assert figures.faults >= figures.compared
