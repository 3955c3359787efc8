"""What a run with nothing new needs before its first request leaves."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.google.counting import ROOT
from benchmarks.google.programs import WEAVER, run_weaver
from tests.google_emulator.server import Emulator

HEAVY = ("pandas", "numpy", "sqlalchemy", "matplotlib", "jinja2", "xlsxwriter", "openpyxl")
"""What a run needs that has something to do."""


@dataclass(frozen=True)
class Start:
    """Seconds are the least of several.

    Attributes:
        nothing: of `python -c pass`.
        gspread: of `python -c "import gspread"`.
        request: from before the start until the first request arrives.
        modules: how many modules a run with nothing new imports.
        heavy: those of HEAVY among them.
    """

    nothing: float
    gspread: float
    request: float
    modules: int
    heavy: tuple[str, ...]


def start(google: Emulator, folder: Path, runs: int) -> Start:
    """Measure it where a run would find nothing new."""
    took = [(_python("pass"), _python("import gspread"), _first_request(google, folder))
            for _ in range(runs)]  # fmt: skip
    nothing, gspread, request = map(min, zip(*took, strict=True))
    names = imported(google, folder)
    heavy = tuple(name for name in HEAVY if name in names)
    return Start(nothing, gspread, request, len(names), heavy)


def imported(google: Emulator, folder: Path) -> set[str]:
    """The modules that `weaver run` imports."""
    command = [sys.executable, "-X", "importtime", WEAVER, "run", "--json",
               "-c", str(folder / "weaver.toml")]  # fmt: skip
    own = {"WEAVER_GOOGLE_API_ROOT": google.url, "WEAVER_GOOGLE_KEY": str(folder / "key.json")}
    done = subprocess.run(command, env={**os.environ, **own}, cwd=ROOT, check=True,
                          capture_output=True, text=True)  # fmt: skip
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip() for line in lines}


def _python(code: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
    return time.perf_counter() - began


def _first_request(google: Emulator, folder: Path) -> float:
    first, began = len(google.log), dt.datetime.now(dt.UTC)
    run_weaver(google, folder)
    return (google.log[first].at - began).total_seconds()
