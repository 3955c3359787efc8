"""Runs a program with a limit of time and memory, and says what it took with its children."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SECONDS = 600
"""How long each gets for an answer of its own."""
MORE_SECONDS = 600
"""How long a peer gets on top to answer at other thresholds too; not part of its time."""
BYTES = 10 * 2**30
EVERY = 0.1
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Took:
    """What a run took.

    Attributes:
        seconds: until its own answer stood, from before it was started.
        megabytes: the most that it and its children held in memory at a time.
        failed: "" if it answered; else why not, as the table says it.
        last: the end of what it printed, for whoever looks for the reason.
    """

    seconds: float
    megabytes: float
    failed: str = ""
    last: str = ""


def run(command: Sequence[str], log: Path, done: Path | None = None,
        seconds: float = SECONDS, size: int = BYTES,
        environment: Mapping[str, str] | None = None) -> Took:  # fmt: skip
    """Run it; with `done`, the time ends when that file appears, though the program goes on."""
    start, started = time.time(), time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            start_new_session=True, env=None if environment is None else dict(environment),
        )  # fmt: skip
        peak, failed = _watch(process, started, done, seconds, size)
    passed = time.perf_counter() - started
    ready = done is not None and done.exists()
    if done is not None and ready:
        passed = done.stat().st_mtime - start
    if not failed and process.returncode:
        failed = f"failed ({process.returncode})"
    last = log.read_text(errors="replace")[-2_000:]
    return Took(passed, peak / 2**20, "" if ready else failed, last)


def _watch(process: subprocess.Popen[bytes], started: float, done: Path | None,
           seconds: float, size: int) -> tuple[int, str]:  # fmt: skip
    """Bytes at the most, and why it was stopped."""
    peak, failed, answered = 0, "", False
    while True:
        pid, _, used = _poll(process)
        if pid:  # what it held after its answer doesn't count
            return peak if answered else max(peak, used), failed
        if not answered:
            held = _held(process.pid)
            peak = max(peak, held)
            answered = done is not None and done.exists()
            failed = f"out of memory ({size // 2**30} GB)" if held > size else ""
        passed = time.perf_counter() - started
        if not answered and passed > seconds:
            failed = f"timed out ({seconds:.0f} s)"
        if failed or passed > seconds + MORE_SECONDS:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return peak, failed
        time.sleep(EVERY)


def _poll(process: subprocess.Popen[bytes]) -> tuple[int, int, int]:
    """Its number once it ended (else 0), the code, and the bytes that the system counted."""
    pid, code, used = os.wait4(process.pid, os.WNOHANG)
    if pid:
        process.returncode = os.waitstatus_to_exitcode(code)
    return pid, code, used.ru_maxrss * 1024


def _held(session: int) -> int:
    """Bytes in memory of all processes of the session; where there is no /proc, 0.

    What several processes share counts once (the system's "proportional" size).
    """
    own: dict[Path, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(stat[3]) == session:
                own[folder] = int(stat[21]) * _PAGE
        except (OSError, IndexError, ValueError):  # it has ended meanwhile
            continue
    if len(own) < 2:
        return sum(own.values())
    return sum(_proportional(folder, size) for folder, size in own.items())


def _proportional(folder: Path, size: int) -> int:
    try:
        lines = (folder / "smaps_rollup").read_text().splitlines()
    except OSError:
        return size
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
