"""What every test may ask for: parts that a machine may lack, and the real data beside the project.

`WEAVER_REQUIRE=chromium,libreoffice,data` turns the skips of the named parts into failures.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["tests.google_emulator.fixtures"]

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
PROGRAMS = {
    "chromium": ("chromium", "chromium-browser"), "libreoffice": ("soffice",),
    "postfix": ("postfix",), "sasl2-bin": ("saslpasswd2",), "cron": ("cron",),
    "spamassassin": ("spamassassin",),
}  # fmt: skip

settings.register_profile("weaver", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if "WEAVER_REQUIRE" in os.environ else "weaver")


def locate(name: str) -> Path | None:
    """Where the optional part is on this machine: a program, or the folder of real data."""
    if name == "data":
        return DATA if DATA.is_dir() else None
    found = next(filter(None, map(shutil.which, PROGRAMS[name])), None)
    return Path(found) if found else None


def demand(name: str) -> Path:
    """The part's path; skips the test where it is missing, or fails if it was promised."""
    if found := locate(name):
        return found
    if name in os.environ.get("WEAVER_REQUIRE", "").split(","):
        pytest.fail(f"{name} is missing, and WEAVER_REQUIRE names it")
    pytest.skip(f"{name} is not on this machine")


@pytest.fixture(scope="session")
def require() -> Callable[[str], Path]:
    """Call it with data or a program's Debian package: gives the path, skips or fails."""
    return demand


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the project."""
    return demand("data")
