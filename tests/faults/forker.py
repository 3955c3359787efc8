"""Runs of Weaver, each in a process of its own that is forked when everything is imported already.

    with Forker() as forker:
        forker.run(settings, now)                  # to its end, by the program's own door
        forker.run(settings, now, after=0.25)      # SIGKILL after so many seconds
        forker.run(settings, now, fatal="deliver") # ended when the first mail is about to leave

What it is told and answers are JSON lines; `SEAMS` are the places at which a run may be ended.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]
SEAMS = (
    "record", "keep", "write", "note", "deliver", "delivered", "noted", "last delivered",
    "finish", "finished",
)  # fmt: skip
"""Ended just before the run does it; `note` and `noted` are about the first mail, before and after
it left; `last delivered` is about the draft that somebody said to send; `finished` is when all is
done."""
DIED = 9
MAILS = 4
"""Leave in a run: `tests.faults.springs.LEAVES`."""


@dataclass(frozen=True)
class Went:
    """How a run went.

    Attributes:
        code: 0 at its end, minus the signal that ended it, 9 at a seam.
        seconds: on the wall.
        cpu: seconds of all its processes.
        summary: what `weaver run --json` prints; empty where it didn't come so far.
        said: its error, where it ended with one.
        steps: seconds from the beginning to each step, where it was asked for.
    """

    code: int
    seconds: float
    cpu: float
    summary: dict[str, Any]
    said: str
    steps: tuple[tuple[str, float], ...] = ()


class Forker:
    """The process that forks. It ends with the one that made it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.forker"], cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()

    def run(self, settings: Path, now: dt.datetime, **more: Any) -> Went:
        """A run in a process of its own.

        Args:
            settings: the coalition's `weaver.toml`.
            now: its moment.
            more: `after` seconds it is killed; `fatal` names a seam; `planted` names a bug;
                `environ` has more variables; `timed` asks for the steps.
        """
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        order = {"settings": str(settings), "now": now.isoformat(), **more}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        return Went(**answer | {"steps": tuple(map(tuple, answer["steps"]))})


def serve() -> None:
    """Fork a run for each line."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # nothing but answers goes there
    _import_everything()
    for line in sys.stdin:
        out.write(json.dumps(_forked(json.loads(line))) + "\n")
        out.flush()


def _import_everything() -> None:
    """What a run imports on its way is known by running once."""
    from tests.faults import springs

    with tempfile.TemporaryDirectory() as folder:
        springs.make(Path(folder) / "base")
        coalition = springs.copied(Path(folder) / "base", Path(folder) / "once", None)
        _carry_out(coalition.settings, springs.NOW)
    for module in ("connectors.smtp", "connectors.serverdoor", "tests.faults.planted"):
        __import__(module)
    gc.freeze()  # what is there already need not be looked through by each child


def _carry_out(settings: Path, now: dt.datetime) -> dict[str, Any]:
    from pipeline.commands.run import Asked, carry_out

    return carry_out(Asked(settings, now))


def _forked(order: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryFile("w+", encoding="utf-8") as told:
        began = time.monotonic()
        pid = os.fork()
        if not pid:
            _child(order, told, began)
        if "after" in order:
            time.sleep(order["after"])
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        _, status, used = os.wait4(pid, 0)
        seconds = time.monotonic() - began
        told.seek(0)
        lines = [json.loads(line) for line in told]
    end: dict[str, Any] = next((line for line in lines if isinstance(line, dict)), {})
    steps = [line for line in lines if isinstance(line, list)]
    return {"code": os.waitstatus_to_exitcode(status), "seconds": seconds,
            "cpu": used.ru_utime + used.ru_stime, "summary": end.get("summary", {}),
            "said": end.get("said", ""), "steps": steps}  # fmt: skip


def _child(order: dict[str, Any], told: Any, began: float) -> None:
    """The run. Never returns."""
    code = 1

    def tell(what: object) -> None:
        told.write(json.dumps(what) + "\n")
        told.flush()

    try:
        os.environ.update(order.get("environ", {}))
        if "planted" in order:
            from tests.faults import planted

            planted.PLANTED[order["planted"]]()
        if "fatal" in order:
            _end_at(order["fatal"])
        if "timed" in order:
            _timed(lambda name: tell([name, time.monotonic() - began]))
        moment = dt.datetime.fromisoformat(order["now"])
        tell({"summary": _carry_out(Path(order["settings"]), moment)})
        code = 0
    except BaseException as error:  # noqa: BLE001 - told to whoever asked
        words = f"{getattr(error, 'what', '')} {''.join(traceback.format_exception(error))}"
        tell({"said": words})
        code = getattr(error, "exit_code", 1)
    finally:
        os._exit(code)


def _timed(note: Callable[[str], None]) -> None:
    from pipeline.watching import Watching

    usual = Watching.step

    def step(self: Watching, name: str) -> None:
        note(name)
        usual(self, name)

    Watching.step = step  # type: ignore[method-assign]


def _end_at(fatal: str) -> None:
    """End the process at a seam, as a machine ends that is switched off."""
    passed = Seams()
    for owner, name, before, after in _places(passed):
        _wrap(owner, name, fatal, before, after)


class Seams:
    """Names the seams as a run passes them."""

    def __init__(self) -> None:
        self.noted = self.left = 0

    def note(self) -> str:
        """Which one it is, when a message is noted."""
        self.noted += 1
        return {1: "note", 2: "noted"}.get(self.noted, "")

    def leave(self) -> str:
        """Which one it is, when a message has left."""
        self.left += 1
        return {1: "delivered", MAILS: "last delivered"}.get(self.left, "")


def _places(passed: Seams) -> Iterator[tuple[Any, str, Callable[[], str], Callable[[], str]]]:
    from connectors.local import LocalTables
    from connectors.outbox import MailFolder
    from connectors.smtp import SmtpPost
    from connectors.store.store import Store
    from pipeline import runner

    yield Store, "record", lambda: "record", str
    yield runner, "keep", lambda: "keep", str
    yield LocalTables, "write", lambda: "write", str
    yield Store, "move", passed.note, str
    yield SmtpPost, "deliver", lambda: "deliver", passed.leave
    yield MailFolder, "deliver", lambda: "deliver", passed.leave
    yield Store, "finish", lambda: "finish", lambda: "finished"


def _wrap(
    owner: Any, name: str, fatal: str, before: Callable[[], str], after: Callable[[], str]
) -> None:
    usual = getattr(owner, name)

    def wrapped(*args: Any, **more: Any) -> Any:
        if before() == fatal:
            os._exit(DIED)
        found = usual(*args, **more)
        if after() == fatal:
            os._exit(DIED)
        return found

    setattr(owner, name, wrapped)


if __name__ == "__main__":
    serve()
