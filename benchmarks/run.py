"""How fast Weaver is on this machine: `python -m benchmarks.run`, by `make bench`.

Every figure is the median of whole processes, started one after the other and in turns with what
it is compared with, so that whatever else the machine does burdens both. Beside the seconds that
passed stand those of computing: on a machine that does other things too, they say more.
"""

from __future__ import annotations

import argparse
import os
import pickle
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import coalition
from connectors.workbook import read_workbook

ROOT = Path(__file__).resolve().parents[1]
WEAVER = str(Path(sys.executable).with_name("weaver"))
TARGETS = {"weaver --help": 0.3, "a run with nothing new": 0.8, "a first run": 4.0}
Task = Callable[[], None]


class Took(NamedTuple):
    """Seconds that passed, and seconds of computing."""

    passed: float
    computing: float


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5, help="how often each (default: 5)")
    parser.add_argument("--signons", type=int, default=1_000, help="default: 1000")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="weaver-bench-") as folder:
        took = medians(tasks(Path(folder), given.signons), given.runs)
    print(report(took, given.signons, given.runs))


def tasks(folder: Path, signons: int) -> dict[str, Task]:
    """Name → what to time."""
    fresh, done, first = folder / "fresh", folder / "done", folder / "first"
    coalition.write(fresh, signons)
    shutil.copytree(fresh, done)
    run_in(done)
    rows = folder / "rows.pickle"
    tabs = read_workbook(done / "results.xlsx")
    rows.write_bytes(pickle.dumps({t: (list(tab.header), tab.rows) for t, tab in tabs.items()}))

    def first_run() -> None:
        shutil.rmtree(first, ignore_errors=True)
        shutil.copytree(fresh, first)
        run_in(first)

    return {
        "python -c pass": lambda: call(sys.executable, "-c", "pass"),
        "weaver --help": lambda: call(WEAVER, "--help"),
        "import pandas": lambda: call(sys.executable, "-c", "import pandas"),
        "a run with nothing new": lambda: run_in(done),
        "the same run, thought through": lambda: run_in(done, "--dry-run"),
        "a first run": first_run,
        "plain pandas and openpyxl": lambda: call(
            sys.executable,
            "-m",
            "benchmarks.plain",
            str(fresh),
            str(rows),
            str(folder / "plain.xlsx"),
        ),
    }


def medians(todo: dict[str, Task], runs: int) -> dict[str, Took]:
    """Name → seconds. The tasks take turns; a first turn, to warm the disk, isn't counted."""
    taken: dict[str, list[Took]] = {name: [] for name in todo}
    for turn in range(runs + 1):
        for name, task in todo.items():
            took = timed(task)
            if turn:
                taken[name].append(took)
    return {name: Took(*map(statistics.median, zip(*all_, strict=True)))
            for name, all_ in taken.items()}  # fmt: skip


def timed(task: Task) -> Took:
    start, before = time.perf_counter(), _computed()
    task()
    return Took(time.perf_counter() - start, _computed() - before)


def _computed() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def report(took: dict[str, Took], signons: int, runs: int) -> str:
    """The figures beside their targets, and the ratios."""
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores"
    lines = [
        f"{machine}; {signons:,} sign-ons; median of {runs} runs; seconds (of computing)",
        "",
        *(f"{_line(name, took)}   target {target} s: {_verdict(took[name], target)}"
          for name, target in TARGETS.items()),
        "",
        *(_line(name, took) for name in took if name not in TARGETS),
        "",
        _ratio("weaver --help", "import pandas", took),
        _ratio("a run with nothing new", "the same run, thought through", took),
        _ratio("a first run", "plain pandas and openpyxl", took),
    ]  # fmt: skip
    return "\n".join(lines)


def _line(name: str, took: dict[str, Took]) -> str:
    return f"{name:<32} {took[name].passed:6.2f} ({took[name].computing:.2f})"


def _verdict(took: Took, target: float) -> str:
    return "met" if took.passed < target else "MISSED"


def _ratio(name: str, against: str, took: dict[str, Took]) -> str:
    share = took[name].computing / took[against].computing
    return f"{name} computes {share:.2f} times as long as {against}"


def run_in(folder: Path, *options: str) -> None:
    call(WEAVER, "run", "-c", str(folder / "weaver.toml"), "--quiet", *options)


def call(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)


if __name__ == "__main__":
    main(sys.argv[1:])
