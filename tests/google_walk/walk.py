"""The walk: deeds of people, faults and Weaver's runs in any order, each looked at afterwards."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from config.records import Known
from pipeline.decisions import ALLOWED
from tests.google_emulator.faults import Fault
from tests.google_emulator.service import Recorded
from tests.google_emulator.world import SimulatedClock
from tests.google_walk import deeds, form_deeds, look_deeds, tracker_deeds
from tests.google_walk.deeds import DEEDS, Do
from tests.google_walk.judge import Wrong, differences, same_store, unfaithful
from tests.google_walk.owned import broken, owned, whole
from tests.google_walk.side import Ended, Killed, Side, Through

STEPS = ("think", "record", "publish", "post", "finish")
FAULTS = (
    "429", "429-html", "500", "502-html", "503", "504", "408", "reset-before", "html-200",
    "empty-200", "error-string", "truncated", "applied-lost", "applied-500", "applied-503", "hang",
)  # fmt: skip
RUNS = (
    "run", "run with faults", "run in a storm", "run killed", "run while people work",
    "run with faults while people work", "a day passes", "look the same",
)  # fmt: skip
GROUPS: dict[str, tuple[str, ...]] = {
    "members send, send again and edit": ("submit", "resubmit", "edit"),
    "questions are renamed, re-added and branched": (
        "rename question", "re-add question", "branch question",
    ),
    "the form's tab": ("sort responses", "column beside responses", "delete response row"),
    "decisions": ("decide", "blank a decision", "delete a matter"),
    "nonsense": ("type nonsense",),
    "rows of Changes": ("type a change",),
    "people's tabs": ("type into a people's tab",),
    "notes, colours and comments": (
        "write a note on a cell", "colour a cell", "comment", "type a note beside a matter",
    ),
    "own columns": ("begin an own column", "type into an own column", "delete an own column"),
    "columns inserted and moved": ("insert a column", "move a column"),
    "rows inserted, deleted and moved": ("insert rows", "delete an empty row", "move a row"),
    "sorted, whole and half": ("sort a tab", "sort half of To decide", "put the half back"),
    "filtered and hidden": ("filter", "hide rows"),
    "tabs": (
        "rename a tab", "move a tab", "duplicate a tab", "add an own tab", "type into an own tab",
        "delete an own tab",
    ),
    "protections": ("protect", "take a protection away"),
    "Weaver's cells typed over": ("type over a cell of Weaver's",),
    "runs": ("run", "look the same", "a day passes"),
    "runs with faults": (
        "run with faults", "run in a storm", "run with faults while people work",
    ),
    "runs killed": ("run killed",),
    "runs while people work": ("run while people work", "run with faults while people work"),
}  # fmt: skip
"""What the figures are about → the kinds of steps that are such."""
KNOWN = (form_deeds, look_deeds, tracker_deeds)
"""Where the kinds of deeds stand."""
MOVING = ("insert a column", "move a column", "insert rows", "move a row", "sort a tab")
"""What is worst just before a change."""
OFTEN = (
    "members send, send again and edit", "decisions", "decisions", "sorted, whole and half",
    "runs while people work", "runs while people work", "rows inserted, deleted and moved",
)  # fmt: skip


@dataclass
class Race:
    """What people do while a run is under way, and what went wrong with it.

    Attributes:
        at: numbers of the requests before which somebody does something.
        writing: whether somebody does something just before the first change of the tracker.
        thinking: whether Weaver has read everything.
    """

    at: frozenset[int]
    rng: random.Random
    writing: bool = False
    seen: int = 0
    thinking: bool = False
    wrong: list[BaseException] = field(default_factory=list)


class Walk:
    """One coalition, disturbed in every way; and its twin, to whom only what counts happens.

    Attributes:
        main, twin: the two.
        counts: how often each kind of thing happened.
        things: what people own on the walk's side, as they left it.
        words: the unique name that somebody decided under → the key beside which it was typed.
        half: cells that were sorted away from their keys, by key; None while all is in order.
        locks: protections that keep Weaver out.
        known: what the store remembered after the last run.
        whole: whether the last run has read all that came in.
    """

    def __init__(self, folder: Path, seed: int, through: Through = "both") -> None:
        self.clock = SimulatedClock()
        self.through = through
        self.main = Side(folder / "main", self.clock, through, seed)
        self.twin = Side(folder / "twin", self.clock, through, seed)
        self.counts: Counter[str] = Counter()
        self.words: dict[str, str] = {}
        self.half: dict[str, Any] | None = None
        self.locks: list[dict[str, Any]] = []
        self.known = Known()
        self.whole = False
        self.story: list[str] = []
        self._tokens = 0
        self._later: list[Do] = []
        self._race: Race | None = None
        self.remember()
        self.main.google.before(self._meanwhile)

    def close(self) -> None:
        """End both emulators."""
        self.main.close()
        self.twin.close()

    # what deeds ask for

    def token(self, text: str) -> str:
        """The text with a number that no other has; "" stays empty."""
        self._tokens += 1
        return f"{text} {self._tokens}" if text else ""

    def count(self, kind: str) -> int:
        """How often it happened."""
        return self.counts[kind]

    def headings(self, title: str) -> list[tuple[str, int]]:
        """The questions that are called so, or nearly so, each with its number of several."""
        found: list[tuple[str, int]] = []
        for asked in self.main.form.asked():
            if asked.heading.rstrip(" :") == title:
                found.append((asked.heading, sum(h == asked.heading for h, _ in found)))
        return found

    def decidable(self) -> dict[str, int]:
        """Key → row of To decide."""
        return deeds.keyed(self.main, "to_decide", "Key")

    def pending_words(self) -> bool:
        """Whether people typed anything beside a matter that Weaver hasn't read yet.

        Nonsense is never read, and nonsense beside every matter.
        """
        read = {matter.key: matter.read for matter in self.known.matters}
        words = {word for allowed in ALLOWED.values() for word in allowed} | {""}
        found = deeds.table(self.main, "to_decide")
        if found is None:
            return True
        places = [found.column(title) for title in deeds.THEIRS]
        for key, row in self.decidable().items():
            now = tuple(str(found.sheet.value(row, p) or "") for p in places)
            if now != read.get(key) and now[0] in words:
                return True
        return False

    # one step

    def begin(self) -> None:
        """Some have signed, and some of it was decided; that isn't counted."""
        for seed in range(9):
            self.step("submit", seed)
        self.step("run", 0)
        for seed in range(5):
            self.step("decide", seed)
        self.step("run", 0)
        self.counts.clear()

    def wander(self, luck: int) -> None:
        """Do one thing that can be done now; what was rare until now comes more often."""
        rng = random.Random(f"{luck} {len(self.story)}")
        while True:
            rare = sorted(GROUPS, key=lambda group: (self.group(group), rng.random()))
            group = rng.choice(rare[:4] if rng.random() < 0.5 else [*rare, *OFTEN])
            kinds = sorted(GROUPS[group], key=lambda kind: (self.counts[kind], rng.random()))
            if self.step(
                kinds[0] if rng.random() < 0.5 else rng.choice(kinds), rng.getrandbits(16)
            ):
                return

    def group(self, name: str) -> int:
        """How often things of that group happened."""
        return sum(self.counts[kind] for kind in GROUPS[name])

    def step(self, kind: str, seed: int) -> bool:
        """Do one thing and look whether all is as it must be; False if it couldn't be done."""
        rng = random.Random(seed)
        self.clock.advance(rng.choice([5, 40, 90, 300]))
        self.story.append(f"{kind}, {seed}")
        done = self._weaver(kind, rng) if kind in RUNS else self._deed(kind, rng)
        self.counts[kind] += done
        if not done:
            self.story.pop()
        return done

    def _deed(self, kind: str, rng: random.Random) -> bool:
        with self.main.world.lock:
            done = self._do(kind, rng)
        self._tell_twin()
        return done

    def _do(self, kind: str, rng: random.Random) -> bool:
        found = DEEDS[kind].pick(self, rng)
        if found is None:
            return False
        found(self.main)
        if DEEDS[kind].counts:
            self._later.append(found)
        return True

    def remember(self) -> None:
        """What people own now is what they must find again."""
        self.things, self.forms = owned(self.main.working), self._forms()

    def _tell_twin(self) -> None:
        for do in self._later:
            do(self.twin)
        self._later.clear()

    def _forms(self) -> tuple[str, ...]:
        sheets = (*self.main.responses.sheets,)
        return tuple(whole(sheet) for sheet in sheets)

    # Weaver

    def _weaver(self, kind: str, rng: random.Random) -> bool:
        if kind == "a day passes":
            self.clock.advance(86_400)
            return True
        if kind == "look the same":
            self.settle()
            return True
        race = frozenset(rng.sample(range(1, 10), 2)) if "people" in kind else frozenset()
        kill = rng.choice(STEPS) if kind == "run killed" else ""
        self._break(kind, rng)
        locked, start = bool(self.locks), len(self.main.google.log)
        ended = self._run(race, kill, rng)
        self.main.google.faults.clear()
        expected = {0}
        expected |= {75} if "fault" in kind or "storm" in kind else set()
        expected |= {77} if locked or self.locks else set()
        expected |= {137} if kill else set()
        if ended.code not in expected:
            asked = ", ".join(f"{r.method_id} {r.status}" for r in self.main.google.log[start:])
            raise Wrong(f"a run ended with {ended.code} at {ended.reached}: {ended.error}\n{asked}")
        self.counts[f"ended with {ended.code}"] += 1
        return True

    def _break(self, kind: str, rng: random.Random) -> None:
        add = self.main.google.faults.add
        if kind == "run in a storm":
            what = rng.choice(["429", "429", "503", "500", "502-html", "reset-before"])
            add(Fault(what, nth=rng.randrange(1, 11), times=rng.choice([2, 4, 9, 40])))
        elif "fault" in kind:
            for _ in range(rng.choice([1, 1, 2, 3])):
                add(Fault(rng.choice(FAULTS), nth=rng.randrange(1, 11), seconds=1.5))

    def _run(self, at: frozenset[int], kill: str, rng: random.Random) -> Ended:
        race = self._race = Race(at, rng, bool(at) and rng.random() < 0.8)

        def step(name: str) -> None:
            race.thinking = race.thinking or name == "think"
            if name == kill:
                raise Killed

        self.remember()
        start = len(self.main.google.faults.script)
        ended = self.main.run(step)
        self._race = None
        for fault in self.main.google.faults.script[:start]:
            self.counts[f"fault {fault.kind}"] += fault.struck
        if race.wrong:
            raise race.wrong[0]
        if ended.recorded:
            self._twin_runs()
        whole_read = not self._later
        self._tell_twin()
        self._look(ended, whole_read)
        return ended

    def _twin_runs(self) -> None:
        ended = self.twin.run()
        if ended.code:
            raise Wrong(f"the twin's run ended with {ended.code}: {ended.error}")

    def _meanwhile(self, recorded: Recorded) -> None:
        """Somebody acts before a request is carried out; called by the emulator."""
        race = self._race
        if race is None:
            return
        race.seen += 1
        writes = race.writing and "batchUpdate" in recorded.method_id
        race.writing = race.writing and not writes
        if race.seen not in race.at and not writes:
            return
        try:
            with self.main.world.lock:
                if broken(self.things, owned(self.main.working)):
                    return  # in between a change and its mending nobody looks
                kinds = [n for n, deed in DEEDS.items() if race.thinking or not deed.counts]
                rare = sorted(kinds, key=lambda kind: (self.counts[kind], race.rng.random()))
                kind = race.rng.choice(rare[:5] if race.rng.random() < 0.5 else kinds)
                if writes and race.rng.random() < 0.6:
                    kind = race.rng.choice(MOVING)
                self.story.append(f"  meanwhile, before {recorded.method_id}: {kind}")
                done = self._do(kind, race.rng)
                self.remember()
                self.counts[kind] += done
                self.counts["between two requests"] += done
                self.counts["between reading and writing"] += done and writes
        except BaseException as error:  # noqa: BLE001 - raised again in the thread of the walk
            race.wrong.append(error)

    # looking

    def _untouched(self, when: str) -> None:
        now = owned(self.main.working)
        if wrong := broken(self.things, now):
            raise Wrong(f"people's cells {when}:\n" + "\n".join(wrong))
        if self._forms() != self.forms:
            raise Wrong(f"the form's tab {when} isn't as people left it")

    def _look(self, ended: Ended, whole_read: bool) -> None:
        self._untouched(f"after a run that ended with {ended.code} at {ended.reached}")
        if self.main.google.bugs or self.main.google.unhandled:
            raise Wrong(f"the emulator: {self.main.google.bugs} {self.main.google.unhandled}")
        self.known = self.main.known()
        self.whole = whole_read
        if wrong := unfaithful(self, ended):
            raise Wrong("\n".join(wrong))

    def settle(self) -> None:
        """People undo what holds Weaver up; a quiet run must come to what the twin's came to."""
        for kind in ("put the half back", "take a protection away"):
            self._deed(kind, random.Random(0))
        ended = self._run(frozenset(), "", random.Random(0))
        if ended.code:
            raise Wrong(f"a quiet run ended with {ended.code}: {ended.error}")
        wrong = [*differences(self.main, self.twin), *same_store(self.main, self.twin)]
        if wrong:
            raise Wrong("otherwise than undisturbed:\n" + "\n".join(wrong[:30]))

    def idle(self) -> None:
        """One more run writes nothing."""
        ended = self._run(frozenset(), "", random.Random(0))
        if ended.code or ended.summary["cells_written"]:
            raise Wrong(f"nothing was new, but {ended.summary.get('cells_written')} were written")
