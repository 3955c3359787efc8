"""The sweep: every fault on every request of a run, alone and in pairs; the end is always the same.

`python -m tests.google_walk.sweep` prints the figures; `--pairs` says how many pairs of a state.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from config.errors import Temporary
from tests.google_emulator import people
from tests.google_emulator.faults import Fault
from tests.google_emulator.world import SimulatedClock
from tests.google_walk import deeds
from tests.google_walk.owned import whole
from tests.google_walk.side import Kept, Side

KINDS = (
    "429", "429-html", "500", "502-html", "503", "504", "408", "error-string", "reset-before",
    "html-200", "empty-200", "truncated", "applied-lost", "applied-500", "applied-502-html",
    "applied-503", "applied-504", "hang", "applied-hang",
)  # fmt: skip
"""What strikes one request."""
STORMS = (("429", 3), ("429", 60), ("503", 3), ("503", 60), ("reset-before", 60),
          ("applied-lost", 2), ("applied-503", 60))  # fmt: skip
"""What strikes that request and so many after it."""
PAIRED = ("429", "503", "reset-before", "truncated", "applied-lost", "applied-503")
STATES = ("first", "changes", "idle")
Strike = tuple[str, int, int]
"""A kind of fault, the request that it strikes first (from 1), and how many on end."""


@dataclass
class Figures:
    """What a sweep came to."""

    runs: int = 0
    faults: int = 0
    compared: int = 0
    again: int = 0
    different: int = 0

    def __str__(self) -> str:
        return (f"{self.runs} runs, {self.faults} faults struck, {self.again} runs ended with 75 "
                f"and were started again, {self.compared} end states compared, "
                f"{self.different} different")  # fmt: skip


class Sweep:
    """A small coalition in three states, each with the end of its undisturbed run.

    Attributes:
        states: name → the coalition then.
        requests: name → how many requests its run makes.
        figures: all states together.
    """

    def __init__(self, folder: Path) -> None:
        self.side = Side(folder, SimulatedClock(), "both", 7)
        self.states: dict[str, Kept] = {}
        self.requests: dict[str, int] = {}
        self.figures = Figures()
        self._ends: dict[str, Mapping[str, Any]] = {}
        for number, name in enumerate(deeds.NAMES[:5]):
            _signs(self.side, number, name)
        self._state("first")
        self._people_act()
        self._state("changes")
        self._state("idle")

    def close(self) -> None:
        """End the emulator."""
        self.side.close()

    def _state(self, name: str) -> None:
        """Keep what is now, and go on to where an undisturbed run leads."""
        self.states[name] = self.side.keep()
        before = self.side.google.counted()
        ended = self.side.run()
        assert ended.code == 0, ended
        self.requests[name] = self.side.google.counted() - before
        self._ends[name] = end_of(self.side)
        self.side.world.clock.advance(300)

    def _people_act(self) -> None:
        side = self.side
        for key, row in list(deeds.keyed(side, "to_decide", "Key").items())[:2]:
            word = "list" if key.startswith("list:") else "accept"
            deeds.put(side, "to_decide", row, "Decision", word)
            deeds.put(side, "to_decide", row, "Decided by", "Ana")
        title = deeds.BY_NAME["to_decide"].title
        people.add_own_column(side.world, side.working, title, "Ours", [(2, "own")])
        people.insert_column(side.world, side.working, title, "Why", "Between")
        people.sort_tab(side.world, side.working, title, "Organisation", True)
        for number, name in enumerate(deeds.NAMES[5:7], 5):
            _signs(side, number, name)

    def strike(self, state: str, strikes: Sequence[Strike]) -> list[str]:
        """A run with faults, and one more where it says so; what is otherwise than undisturbed."""
        self.side.back(self.states[state])
        faults = [Fault(kind, nth=nth, times=times, seconds=1.0) for kind, nth, times in strikes]
        for fault in faults:
            self.side.google.faults.add(fault)
        ended = self.side.run()
        self.figures.runs += 1
        self.side.google.faults.clear()
        if ended.code == Temporary.exit_code:
            self.figures.again += 1
            self.figures.runs += 1
            ended = self.side.run()
        self.figures.faults += sum(fault.struck for fault in faults)
        self.figures.compared += 1
        wrong = [f"ended with {ended.code}: {ended.error}"] if ended.code else []
        end = end_of(self.side)
        wrong += [
            f"{name}: {_where(self._ends[state].get(name), end.get(name))}"
            for name in self._ends[state].keys() | end.keys()
            if self._ends[state].get(name) != end.get(name)
        ]
        wrong += self.side.google.bugs + self.side.google.unhandled
        self.figures.different += bool(wrong)
        return wrong


def _signs(side: Side, number: int, name: str) -> None:
    answers = {
        "Organisation": name, "Signatory": "Somebody", "Role": "Chair",
        "Authorised": "No" if number % 3 == 2 else "Yes", "Do you agree to the statement?": "Yes",
        "Principle 1": "Yes", "List us": "Yes",
    }  # fmt: skip
    side.sent.append(people.submit(side.world, side.form, answers, f"office{number}@example.org"))
    side.world.clock.advance(60)


def end_of(side: Side) -> dict[str, Any]:
    """Everything that a run leaves behind, but what tells of its way there."""
    end: dict[str, Any] = {}
    for book in (side.working, side.responses):
        end |= {f"{book.title}, {sheet.title}": whole(sheet) for sheet in book.sheets}
        end[f"{book.title}, tabs"] = [sheet.title for sheet in book.sheets]
        end[f"{book.title}, marks"] = len(book.developer_metadata)
    known = side.known()
    # The store's id is made of the moment; a run's summary says how many requests it took, and
    # what it changed may have been changed by the one before, which never heard that it was.
    known = replace(
        known,
        store_id="",
        runs=tuple(replace(r, summary="", inputs="", changed="") for r in known.runs),
    )
    end["store"] = repr(known)
    outbox = (side.folder / "outbox").glob("*")
    end["mail"] = {path.name: path.read_bytes() for path in outbox}
    return end


def _where(one: Any, other: Any) -> str:
    """The place where two texts part."""
    one, other = str(one), str(other)
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    start = max(0, at - 60)
    return f"…{one[start : at + 120]!r} ≠ …{other[start : at + 120]!r}"


def singles(requests: int, kinds: Sequence[str] = KINDS) -> Iterator[list[Strike]]:
    """Every fault on every request."""
    for nth in range(1, requests + 1):
        yield from ([(kind, nth, 1)] for kind in kinds)


def storms(requests: int) -> Iterator[list[Strike]]:
    """Every storm from every request on."""
    for nth in range(1, requests + 1):
        yield from ([(kind, nth, times)] for kind, times in STORMS)


def pairs(requests: int) -> list[list[Strike]]:
    """Two faults on two requests, retries counted."""
    both = itertools.product(
        itertools.combinations(range(1, requests + 2), 2), itertools.product(PAIRED, repeat=2)
    )
    return [[(one, i, 1), (other, j, 1)] for (i, j), (one, other) in both]


def sweep(
    folder: Path, pairs_each: int, say: Callable[[str], object] = lambda _: None
) -> tuple[Figures, list[str]]:
    """The whole sweep; its figures, and what was found wrong."""
    made, wrong = Sweep(folder), []
    try:
        for state in STATES:
            n = made.requests[state]
            some = pairs(n)
            some = some[:: max(1, len(some) // pairs_each)] if pairs_each else []
            for what, cases in (("alone", singles(n)), ("storms", storms(n)), ("pairs", some)):
                before = replace(made.figures)
                for case in cases:
                    found = made.strike(state, case)
                    wrong += [f"{state}, {case}: {each}" for each in found]
                told = Figures(
                    *(getattr(made.figures, f) - getattr(before, f) for f in vars(before))
                )
                say(f"{state} run, {n} requests, {what}: {told}")
    finally:
        made.close()
    return made.figures, wrong


def main() -> int:
    """The sweep from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=10_000, help="pairs for each state, at most")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures, wrong = sweep(Path(folder) / "coalition", asked.pairs, _print)
    _print(f"altogether: {figures}")
    for each in wrong[:20]:
        _print(each)
    return 1 if wrong else 0


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
