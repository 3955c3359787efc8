"""Runs a program against the emulated Google, and says what it asked for and what it took."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.google_emulator.server import Emulator

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 600.0
"""How long a program gets."""


@dataclass(frozen=True)
class Run:
    """One run of a program.

    Attributes:
        tokens, reads, writes: requests, those among them that were refused too.
        refused: how many of them Google's quota refused.
        passed: seconds from before the start to after the end.
        computing: seconds of computing of the program alone.
        failed: why it didn't end well; "" if it did.
    """

    tokens: int
    reads: int
    writes: int
    refused: int
    passed: float
    computing: float
    failed: str = ""

    @property
    def requests(self) -> int:
        """All of them; google-auth's look-up in the background isn't counted."""
        return self.tokens + self.reads + self.writes

    def quicker(self, other: Run) -> Run:
        """The shorter times of two runs that asked for the same. Raises RuntimeError otherwise."""
        mine, others = ((r.tokens, r.reads, r.writes, r.failed) for r in (self, other))
        if mine != others:
            raise RuntimeError(f"the same run asked for something else: {mine}, then {others}")
        return replace(
            self,
            passed=min(self.passed, other.passed),
            computing=min(self.computing, other.computing),
        )


def run(
    google: Emulator,
    command: Sequence[str],
    environment: Mapping[str, str] | None = None,
    seconds: float = SECONDS,
) -> tuple[Run, str]:
    """Run a program to its end; the run and what it printed."""
    first, began, used = len(google.log), time.perf_counter(), _computed()
    failed, output = "", ""
    try:
        done = subprocess.run(
            command, check=False, env={**os.environ, **(environment or {})}, cwd=ROOT,
            capture_output=True, text=True, timeout=seconds,
        )  # fmt: skip
        output = done.stdout
        if done.returncode:
            failed = (done.stderr.strip() or done.stdout.strip() or "?").splitlines()[-1]
    except subprocess.TimeoutExpired:
        failed = f"not done after {seconds:.0f} s"
    passed, computing = time.perf_counter() - began, _computed() - used
    calls = google.calls(first)
    tokens = sum(call.method_id == "token" for call in calls)
    reads = sum(call.verb == "GET" for call in calls)
    refused = sum(call.status == 429 for call in calls)
    writes = len(calls) - tokens - reads
    return Run(tokens, reads, writes, refused, passed, computing, failed), output


def _computed() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime
