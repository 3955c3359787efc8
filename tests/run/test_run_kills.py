"""Killed at any instant, the next run completes it; and the tests find bugs that are put in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.forker import SEAMS, Forker
from tests.faults.scene import Scene, Struck, instants
from tests.mailserver import MailServer

QUICK = ("write", "note", "delivered", "finish")
"""Seams that are tried each time; the others take their turn with the slow tests."""


@pytest.fixture(scope="module")
def forker() -> Iterator[Forker]:
    with Forker() as running:
        yield running


@pytest.fixture(scope="module")
def by_smtp(
    base: Path, forker: Forker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scene]:
    with MailServer() as server:
        yield Scene(base, tmp_path_factory.mktemp("smtp"), forker, server)


@pytest.fixture(scope="module")
def by_folder(base: Path, forker: Forker, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return Scene(base, tmp_path_factory.mktemp("folder"), forker)


def right(struck: Struck, unknown: int = 0) -> None:
    assert not struck.wrong
    assert (struck.duplicates, struck.losses) == (0, 0)
    assert struck.unknown == unknown


@pytest.mark.parametrize(
    "seam", [s if s in QUICK else pytest.param(s, marks=pytest.mark.slow) for s in SEAMS]
)
def test_ended_at_a_seam_it_ends_where_an_undisturbed_run_does(by_smtp: Scene, seam: str) -> None:
    struck = by_smtp.strike(fatal=seam)
    assert struck.went.code == 9
    # Noted before it leaves and after: in between, nobody knows.
    right(struck, unknown=seam in ("deliver", "delivered", "noted", "last delivered"))


@pytest.mark.parametrize(
    "seam", [s if s == "delivered" else pytest.param(s, marks=pytest.mark.slow) for s in SEAMS]
)
def test_into_a_folder_nothing_is_ever_unknown(by_folder: Scene, seam: str) -> None:
    struck = by_folder.strike(fatal=seam)
    assert struck.went.code == 9
    right(struck)


def test_killed_at_any_instant(by_smtp: Scene) -> None:
    killed_at(by_smtp, 15)


@pytest.mark.slow
def test_killed_at_sixty_instants(by_smtp: Scene, by_folder: Scene) -> None:
    killed_at(by_smtp, 45)
    killed_at(by_folder, 15)
    assert by_folder.figures.unknowns == 0


def killed_at(scene: Scene, times: int) -> None:
    before = scene.figures.kills
    for part in instants(times, scene.writes):
        struck = scene.killed(part)
        assert struck.went.code == -9
        right(struck, unknown=min(struck.unknown, scene.server is not None))
    assert scene.figures.kills == before + times


@pytest.mark.parametrize(
    ("planted", "seam", "finds"),
    [
        ("mark before sending", "deliver", "losses"),
        ("send before noting", "delivered", "duplicates"),
    ],
)
def test_a_planted_bug_is_found(by_smtp: Scene, planted: str, seam: str, finds: str) -> None:
    struck = by_smtp.strike(planted, fatal=seam)
    assert struck.went.code == 9
    assert getattr(struck, finds) == 1
    assert struck.wrong


def test_a_key_without_its_week_loses_the_second_digest(by_smtp: Scene) -> None:
    assert by_smtp.a_week_later() == 2
    assert by_smtp.a_week_later(planted="key without its period") == 0
