"""The program in a process of its own that is forked when everything is imported already.

A run spends more time on starting than on a small coalition, and the tests make hundreds of them.
What only a cold start can show (an odd hash seed, what is imported) asks for the program itself.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = Path(sys.executable).with_name("weaver")
PATIENCE = 300
"""Seconds after which a run is ended."""
COLD = ("PYTHON", "LC_", "LANG")
"""Variables that a process only heeds at its start."""


@dataclass(frozen=True)
class Ended:
    """Exit code and both outputs."""

    code: int
    out: str
    err: str


def weaver(
    *arguments: object, cwd: Path | None = None, environment: Mapping[str, str] | None = None
) -> Ended:
    """What `weaver ARGUMENTS` says, and how it ends."""
    whole = os.environ | (environment or {})
    given = [str(argument) for argument in arguments]
    if any(name.startswith(COLD) for name in environment or {}):
        return _cold(given, cwd, whole)
    with tempfile.TemporaryDirectory(prefix="warm.") as folder:
        out, err = Path(folder) / "out", Path(folder) / "err"
        order = (given, str(cwd or Path.cwd()), whole, str(out), str(err))
        process = _context().Process(target=_carry_out, args=order)
        process.start()
        process.join(PATIENCE)
        late = process.exitcode is None
        if late:
            process.kill()
            process.join()
        code = process.exitcode
        process.close()
        if late:
            raise subprocess.TimeoutExpired(given, PATIENCE)
        assert code is not None
        return Ended(code, out.read_text("utf-8"), err.read_text("utf-8"))


def _cold(arguments: Sequence[str], cwd: Path | None, environment: Mapping[str, str]) -> Ended:
    done = subprocess.run(
        [PROGRAM, *arguments], capture_output=True, text=True, encoding="utf-8",
        cwd=cwd, env=environment, timeout=PATIENCE,
    )  # fmt: skip
    return Ended(done.returncode, done.stdout, done.stderr)


@cache
def _context() -> ForkServerContext:
    """Starts the process that forks. Python 3.11's looks for modules in its own path alone."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.warmed"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        forkserver.ensure_running()
    return context


def _carry_out(
    arguments: list[str], cwd: str, environment: dict[str, str], out: str, err: str
) -> None:
    """In the forked process: become the program."""
    for number, name in ((0, os.devnull), (1, out), (2, err)):
        opened = os.open(name, os.O_RDWR | os.O_CREAT, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    for number, name in ((0, "stdin"), (1, "stdout"), (2, "stderr")):
        mode = "w" if number else "r"
        setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(cwd)
    sys.argv = ["weaver", *arguments]
    from pipeline.cli import main

    main()
