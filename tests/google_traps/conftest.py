"""A small coalition on an emulated Google of its own, for every test."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.google_emulator.server import Emulator
from tests.google_traps.springs import ACCOUNT, Springs, Through, build

Build = Callable[..., Springs]


@pytest.fixture
def coalition(google: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Build:
    """Builds the coalition: `coalition(through="sheet", ...)`; see `springs.build`."""
    monkeypatch.setenv("WEAVER_GOOGLE_API_ROOT", google.url)
    monkeypatch.setenv("WEAVER_GOOGLE_KEY", json.dumps(google.service_account(ACCOUNT)))

    def made(through: Through = "form", **more: Any) -> Springs:
        return build(google, tmp_path / "springs", through, **more)

    return made


@pytest.fixture
def springs(coalition: Build) -> Springs:
    """The coalition, its form read through the form itself; Weaver has never run."""
    return coalition()


@pytest.fixture
def running(springs: Springs) -> Springs:
    """The same after Weaver's first run."""
    springs.run()
    return springs
