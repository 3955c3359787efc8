"""The figures as text."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping

from benchmarks.google.counting import Run
from benchmarks.google.programs import AGAIN, DECIDED, FIRST, Answer
from benchmarks.google.scene import TABS
from benchmarks.google.start import Start

ALLOWED = {FIRST: 9, AGAIN: 5}
STEPS = (FIRST, AGAIN, DECIDED)
HEAD = ("requests (reads + writes)", *STEPS, "computing", "60 a minute", "cells not as sent")
WIDTHS = (30, 16, 16, 18, 11, 26, 0)


def head(signons: int, runs: int) -> str:
    """What was measured, where."""
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores"
    return (
        f"{machine}; a spreadsheet of {TABS} tabs, a form with {signons:,} responses, "
        f"on the emulated Google; least of {runs} runs; seconds (of computing)"
    )


def table(answers: Mapping[str, Answer], against: str) -> str:
    """A line per program. Computing of a first run is compared with that of one of them."""
    base = answers[against].runs[FIRST].computing
    return "\n".join([_line(HEAD), *(_program(n, a, base) for n, a in answers.items())])


def verdicts(answer: Answer) -> Iterable[str]:
    """Weaver's figures beside what they may be."""
    for step, allowed in ALLOWED.items():
        made = answer.runs[step]
        met = made.requests <= allowed and (step == FIRST or not made.writes)
        what = f"{allowed}" if step == FIRST else f"{allowed}, no write"
        yield f"{step:<32} {made.requests:6} requests   target {what}: {_verdict(met)}"


def seconds(answer: Answer) -> Iterable[str]:
    """Weaver's times."""
    for step, run in answer.runs.items():
        yield f"{step:<32} {run.passed:6.2f} ({run.computing:.2f})"


def start_lines(start: Start) -> Iterable[str]:
    """How a run with nothing new begins."""
    yield _ratio("its first request leaves", start.request, start)
    yield _ratio('python -c "import gspread"', start.gspread, start)
    heavy = ", ".join(start.heavy) or "no pandas or other heavy one"
    yield f"it imports {start.modules} modules, among them {heavy}"


def _verdict(met: bool) -> str:
    return "met" if met else "MISSED"


def _ratio(what: str, seconds: float, start: Start) -> str:
    times = seconds / start.nothing
    return f"{what:<32} {seconds:6.2f}, {times:.0f} times as long as python -c pass"


def _program(name: str, answer: Answer, base: float) -> str:
    if answer.why_not:
        return f"{name:<32} not measured: {answer.why_not}"
    runs = answer.runs
    steps = (_requests(runs[step]) if step in runs else "" for step in STEPS)
    times = f"{runs[FIRST].computing / base:.2f}"
    lost = f"{answer.changed:,}"
    if answer.unread:
        lost += f"; can't read {', '.join(answer.unread)}"
    return _line((name, *steps, times, answer.quota, lost))


def _requests(run: Run) -> str:
    return f"{run.requests} ({run.reads} + {run.writes})"


def _line(cells: Iterable[str]) -> str:
    return "".join(f"{cell:<{w}}" for cell, w in zip(cells, WIDTHS, strict=True)).rstrip()
