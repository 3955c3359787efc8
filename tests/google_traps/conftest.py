"""A small coalition on an emulated Google of its own, for every test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from tests.google_emulator.server import Emulator
from tests.google_emulator.tracker import environment
from tests.google_traps.springs import Springs, Through, build, copied

Build = Callable[..., Springs]
Ran = Callable[[Through], Springs]


@pytest.fixture
def signed_in(google: Emulator, monkeypatch: pytest.MonkeyPatch) -> Emulator:
    """The emulator, with the environment that tells Weaver of it."""
    for name, value in environment(google).items():
        monkeypatch.setenv(name, value)
    return google


@pytest.fixture
def coalition(signed_in: Emulator, tmp_path: Path) -> Build:
    """Builds the coalition: `coalition(through="sheet", ...)`; see `springs.build`."""

    def made(through: Through = "form", **more: Any) -> Springs:
        return build(signed_in, tmp_path / "springs", through, **more)

    return made


@pytest.fixture
def springs(coalition: Build) -> Springs:
    """The coalition, its form read through the form itself; Weaver has never run."""
    return coalition()


@pytest.fixture(scope="session")
def first_days(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    """The coalition after Weaver's first run, by how Weaver gets at responses; made once."""
    with ExitStack() as stack:

        @lru_cache
        def made(through: Through) -> Springs:
            google = stack.enter_context(Emulator())
            made = build(google, tmp_path_factory.mktemp(through) / "springs", through)
            with pytest.MonkeyPatch.context() as patch:
                for name, value in environment(google).items():
                    patch.setenv(name, value)
                made.run()
            return made

        yield made


@pytest.fixture
def after_a_run(signed_in: Emulator, first_days: Ran, tmp_path: Path) -> Ran:
    """Gives the coalition after Weaver's first run: `after_a_run("sheet")`."""
    return lambda through: copied(first_days(through), signed_in, tmp_path / "springs")


@pytest.fixture
def running(after_a_run: Ran) -> Springs:
    """The coalition after Weaver's first run, its form read through the form itself."""
    return after_a_run("form")
