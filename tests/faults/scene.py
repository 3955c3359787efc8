"""A disturbed run, the normal ones after it, and whether they end where an undisturbed one does."""

from __future__ import annotations

import datetime as dt
import random
import shutil
import signal
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from tests.faults.ends import ASKED, End, differences, end_of
from tests.faults.forker import Forker, Went
from tests.faults.springs import LEAVES, NOW, answer, copied
from tests.mailserver import MailServer
from tests.run.conftest import Coalition

MOST = 4
"""Runs after which nothing may be left to do."""


@dataclass
class Figures:
    """What was found in all tries."""

    tries: int = 0
    kills: int = 0
    compared: int = 0
    duplicates: int = 0
    losses: int = 0
    unknowns: int = 0
    other: int = 0
    cpu: float = 0.0
    at: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Struck:
    """One try.

    Attributes:
        went: the disturbed run.
        wrong: what isn't as it must be, in words.
        unknown: mails that nobody knew of whether they had arrived.
        duplicates, losses: mails that came twice, and that never came.
    """

    went: Went
    wrong: Sequence[str]
    unknown: int
    duplicates: int
    losses: int


class Scene:
    """Where runs are disturbed, again and again from the same beginning."""

    def __init__(
        self, base: Path, work: Path, forker: Forker, server: MailServer | None = None
    ) -> None:
        """Nothing is run yet.

        Args:
            base: the folder of `springs.make`.
            work: an empty folder.
            forker: runs Weaver.
            server: where mail goes; into the folder where None.
        """
        self.base, self.work, self.forker, self.server = base, work, forker, server
        self.figures = Figures()
        self._tries = 0
        self._lasted = 1.0

    def fresh(self) -> Coalition:
        """The coalition as that morning finds it; the server has no mail."""
        self._tries += 1
        if self.server is not None:
            self.server.messages.clear()
        return copied(self.base, self.work / str(self._tries), self.server)

    def run(self, coalition: Coalition, now: dt.datetime = NOW, **fault: Any) -> Went:
        """One run by the program's own door."""
        environ = self.server.environ if self.server else {}
        went = self.forker.run(coalition.settings, now, environ=environ, **fault)
        self.figures.cpu += went.cpu
        return went

    @cached_property
    def undisturbed(self) -> End:
        """How it ends where nothing happens."""
        coalition = self.fresh()
        wrong = self.settle(coalition)
        assert not wrong, wrong
        return end_of(coalition.folder, self.server)

    @cached_property
    def writes(self) -> float:
        """From which part of a run on it writes, between 0 and 1."""
        went = self.run(self.fresh(), timed=True)
        self._lasted = went.seconds
        return dict(went.steps)["record"] / went.seconds

    def settle(self, coalition: Coalition, planted: str = "") -> list[str]:
        """Normal runs, until the look finds nothing to do; what went wrong."""
        more = {"planted": planted} if planted else {}
        for _ in range(MOST):
            went = self.run(coalition, **more)
            if went.code:
                return [f"a normal run ended with {went.code}: {went.said}"]
            if went.summary.get("idle"):
                return []
            self._lasted = went.seconds
        return [f"there was still something to do after {MOST} runs"]

    def strike(self, planted: str = "", **fault: Any) -> Struck:
        """Disturb a run and see where the next ones end."""
        wanted = self.undisturbed
        coalition = self.fresh()
        more = {"planted": planted} if planted else {}
        went = self.run(coalition, **fault, **more)
        wrong = self.settle(coalition, planted)
        end = end_of(coalition.folder, self.server)
        unknown = len(end.unknown)
        if unknown and not wrong:
            wrong = self._resolved(coalition, end)
            end = end_of(coalition.folder, self.server)
        duplicates, losses = miscounted(end)
        wrong += differences(end, wanted)
        self._count(went, unknown, duplicates, losses, wrong)
        shutil.rmtree(coalition.folder)
        return Struck(went, wrong, unknown, duplicates, losses)

    def killed(self, part: float) -> Struck:
        """SIGKILL after that part of the time that the last whole run took.

        Sooner, where this one was quicker and had ended already.
        """
        struck = self.strike(after=part * self._lasted)
        if struck.wrong or struck.went.code == -signal.SIGKILL:
            return struck
        return self.killed(part * 0.9)

    def a_week_later(self, **fault: Any) -> int:
        """How many digests leave in the week after the next."""
        coalition = self.fresh()
        for days in (0, 7):
            went = self.run(coalition, NOW + dt.timedelta(days=days), **fault)
            assert not went.code, went.said
        mail = end_of(coalition.folder, self.server).mail
        return sum(n for (_, _, subject), n in mail.items() if subject.startswith("Week 13: "))

    def _resolved(self, coalition: Coalition, end: End) -> list[str]:
        """Answer what is asked about mail that may have arrived, as somebody does who rang up."""
        if self.server is None:
            return ["nobody knows whether a mail is in the folder"]
        there = {to for _, to, _ in end.mail}
        asked = [row for row in coalition.tab("To decide") if row["Key"].startswith(ASKED)]
        if len(asked) != len(end.unknown) or any(row["Status"] != "open" for row in asked):
            return [f"{len(end.unknown)} may have arrived, but these are asked: {asked}"]
        for row in asked:
            address = row["Organisation"]
            arrived = any(f"<{address}>" in to for to in there)
            answer(coalition, address, "keep" if arrived else "send", "To decide")
        return self.settle(coalition)

    def _count(
        self, went: Went, unknown: int, duplicates: int, losses: int, wrong: Sequence[str]
    ) -> None:
        all_ = self.figures
        all_.tries += 1
        all_.kills += went.code in (-9, 9)
        all_.compared += 1
        all_.unknowns += unknown
        all_.duplicates += duplicates
        all_.losses += losses
        all_.other += bool(wrong) and not duplicates and not losses


def miscounted(end: End) -> tuple[int, int]:
    """How many mails came once too often, and how many never came."""
    times = dict.fromkeys(LEAVES, 0)
    more = 0
    for (_, to, subject), n in end.mail.items():
        each = next((w for w in LEAVES if f"<{w[0]}>" in to and subject.startswith(w[1])), None)
        if each is None:
            more += n
        else:
            times[each] += n
    return more + sum(max(0, n - 1) for n in times.values()), sum(n == 0 for n in times.values())


def instants(times: int, writes: float) -> list[float]:
    """Parts of a run, spread evenly: half of them over the whole, half over where it writes."""
    few = times // 2
    return sorted(
        chain(
            ((n + 0.5) / (times - few) for n in range(times - few)),
            (writes + (1 - writes) * (n + 0.5) / few for n in range(few)),
        )
    )


def random_instants(times: int, writes: float, seed: int) -> list[float]:
    """The same, but by chance."""
    chance = random.Random(seed)
    few = times // 2
    parts = [chance.random() for _ in range(times - few)]
    return parts + [chance.uniform(writes, 1) for _ in range(few)]
