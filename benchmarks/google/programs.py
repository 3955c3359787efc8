"""The programs that are compared, each doing the same on a coalition of its own.

First it reads people's tabs and the responses and writes Weaver's tabs into a spreadsheet that has
none; then it runs again, nothing being new; then again, after a coordinator has decided something.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.google.counting import Run, run
from benchmarks.google.scene import Kept, emulated
from benchmarks.peers.environments import environment
from tests.google_emulator import people
from tests.google_emulator.server import Emulator

WEAVER = str(Path(sys.executable).with_name("weaver"))
PEERS = {
    "gspread": "gspread",
    "gspread, batches": "gspread",
    "gspread-dataframe": "gspread-dataframe",
    "pygsheets": "pygsheets",
    "parsons": "parsons",
    "gspread-pandas": "gspread-pandas",
}
"""What is run (`peers/run_….py`) → whose environment."""
RUNNERS = Path(__file__).parent / "peers"
FIRST, AGAIN, DECIDED = "first run", "nothing new", "after a decision"
PATIENCE = 60.0
"""Seconds after which a program that waits for Google's quota is stopped."""
Rows = list[list[Any]]
Tabs = dict[str, Rows]


@dataclass
class Answer:
    """What was measured of a program.

    Attributes:
        runs: FIRST, AGAIN, DECIDED → the quickest of several.
        quota: what came of Google's quota: "kept" or what happened instead.
        changed: cells that stand there otherwise than they were to be written.
        unread: tabs that it could not read.
        why_not: why nothing was measured.
    """

    runs: dict[str, Run] = field(default_factory=dict)
    quota: str = ""
    changed: int = 0
    unread: tuple[str, ...] = ()
    why_not: str = ""

    def note(self, name: str, run: Run) -> None:
        """Keep the quicker one."""
        self.runs[name] = self.runs[name].quicker(run) if name in self.runs else run


def weaver(
    kept: Kept, folder: Path, runs: int, quiet: Callable[[Emulator], None] = lambda _: None
) -> tuple[Answer, Tabs]:
    """Weaver by its own command; what was measured, and the tabs that it wrote.

    Args:
        kept: the coalition.
        folder: where Weaver keeps its own files.
        runs: how often.
        quiet: called once, when nothing is new.

    Raises:
        RuntimeError: a run failed, or says another number of requests than were counted.
    """
    answer, tabs = Answer(quota="kept"), {}
    for number in range(runs):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(kept.settings, folder)
        with emulated(kept) as google:
            before = {tab.title for tab in google.world.spreadsheets[kept.working].sheets}
            answer.note(FIRST, run_weaver(google, folder))
            tabs = _written(google, kept, before)
            answer.note(AGAIN, run_weaver(google, folder))
            if not number:
                quiet(google)
            decide(google, kept)
            answer.note(DECIDED, run_weaver(google, folder))
    return answer, tabs


def weaver_counted(kept: Kept, folder: Path) -> Answer:
    """The same, but once and without a decision, for those who want to know the requests only."""
    answer = Answer(quota="kept")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(kept.settings, folder)
    with emulated(kept) as google:
        answer.note(FIRST, run_weaver(google, folder))
        answer.note(AGAIN, run_weaver(google, folder))
    return answer


def run_weaver(google: Emulator, folder: Path) -> Run:
    """`weaver run` in a process of its own. Raises RuntimeError where it fails or miscounts."""
    found, _ = told_by_weaver(google, folder)
    return found


def told_by_weaver(google: Emulator, folder: Path) -> tuple[Run, dict[str, Any]]:
    """The same, with what it printed."""
    key = google.key_file(folder / "key.json")
    own = {"WEAVER_GOOGLE_API_ROOT": google.url, "WEAVER_GOOGLE_KEY": str(key)}
    command = [WEAVER, "run", "-c", str(folder / "weaver.toml"), "--json"]
    found, output = run(google, command, own)
    if found.failed or found.refused:
        raise RuntimeError(f"weaver run failed: {found.failed or 'quota'} {output}")
    said = json.loads(output)
    if said["requests"] != found.requests:
        raise RuntimeError(f"weaver says {said['requests']} requests; it made {found.requests}")
    return found, said


def decide(google: Emulator, kept: Kept) -> str:
    """A coordinator decides the first open question as suggested; its key."""
    book = google.world.spreadsheets[kept.working]
    row = next(
        row for row in people.records(book, "To decide")
        if row["Status"] == "open" and row["We suggest"] and not row["Decision"]
    )  # fmt: skip
    place = {"Key": row["Key"]}
    said = {"Decision": row["We suggest"], "Decided by": "Ana"}
    for title, text in said.items():
        people.type_cell(google.world, book, "To decide", place, title, str(text))
    return str(row["Key"])


def peer(name: str, kept: Kept, tabs: Tabs, folder: Path, runs: int) -> Answer:
    """Another program, in its own environment, writing what Weaver wrote."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        python = environment(PEERS[name])
    except subprocess.CalledProcessError:
        return Answer(why_not="it could not be installed here; pip says why above")
    answer = Answer(quota=_under_quota(name, kept, python, tabs, folder))
    for number in range(runs):
        with emulated(kept, quotas=False) as google:
            for step, found in _steps(google, name, kept, python, tabs, folder, not number):
                if found.failed:
                    answer.why_not = found.failed
                    return answer
                answer.note(step, found)
                if step == FIRST:
                    answer.changed, answer.unread = _checked(google, kept, tabs, folder)
    return answer


def _steps(
    google: Emulator, name: str, kept: Kept, python: Path, tabs: Tabs, folder: Path, decides: bool
) -> Iterator[tuple[str, Run]]:
    yield FIRST, _ask(google, name, kept, python, tabs, folder, ())
    yield AGAIN, _ask(google, name, kept, python, tabs, folder, ("To decide", "Changes"))
    if not decides:
        return
    decide(google, kept)
    yield DECIDED, _ask(google, name, kept, python, tabs, folder, ("To decide", "Changes"))


def _under_quota(name: str, kept: Kept, python: Path, tabs: Tabs, folder: Path) -> str:
    """What becomes of a first run where Google allows 60 reads and 60 writes a minute."""
    with emulated(kept) as google:
        found = _ask(google, name, kept, python, tabs, folder, (), PATIENCE)
    if not found.refused:
        return "kept"
    if not found.failed:
        return f"waited {found.passed:.0f} s"
    done = found.requests - found.refused
    return f"{'waits' if 'not done' in found.failed else 'fails'} after {done} requests"


def _ask(
    google: Emulator, name: str, kept: Kept, python: Path, tabs: Tabs, folder: Path,
    also: tuple[str, ...], seconds: float = 600.0,
) -> Run:  # fmt: skip
    job = {
        "root": google.url,
        "key": str(google.key_file(folder / "key.json")),
        "spreadsheet": kept.working,
        "read": [*kept.read, kept.responses[1], *also],
        "write": tabs,
    }
    told, done = folder / "job.json", folder / "done.json"
    told.write_text(json.dumps(job), encoding="utf-8")
    done.unlink(missing_ok=True)
    runner = RUNNERS / f"run_{name.replace(', ', '_').replace('-', '_')}.py"
    own = {"PYTHONWARNINGS": "ignore"}
    found, _ = run(google, [str(python), str(runner), str(told), str(done)], own, seconds)
    return found


def _written(google: Emulator, kept: Kept, before: set[str]) -> Tabs:
    """The tabs that weren't there before: title → rows, as wide as the header."""
    with google.world.lock:
        new = [tab for tab in google.world.spreadsheets[kept.working].sheets
               if tab.title not in before]  # fmt: skip
        return {tab.title: _square(tab.grid()) for tab in new}


def _square(rows: Rows) -> Rows:
    width = max(map(len, rows), default=0)
    return [[*("" if value is None else value for value in row), *[""] * (width - len(row))]
            for row in rows]  # fmt: skip


def _checked(
    google: Emulator, kept: Kept, tabs: Mapping[str, Rows], folder: Path
) -> tuple[int, tuple[str, ...]]:
    """How many cells don't stand there as they were to be written, and what wasn't read."""
    there = {tab.title: tab for tab in google.world.spreadsheets[kept.working].sheets}
    changed = 0
    for title, rows in tabs.items():
        tab = there.get(title)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                found = tab.value(number, column) if tab else None
                changed += ("" if found is None else found) != value
    read = json.loads((folder / "done.json").read_text(encoding="utf-8"))
    missing = [title for title in (*kept.read, kept.responses[1]) if title not in read]
    return changed, tuple(missing)
