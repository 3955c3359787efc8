"""Where an organisation stands on any day, folded from dated facts. Views are recomputed."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from config.words import say

Kind = Literal[
    "accepted", "held", "declined", "withdrawn", "suspended", "removed",
    "consent", "no consent", "listed", "unlisted", "hidden",
]  # fmt: skip
_TURNS = {"accepted": "member", "withdrawn": "withdrawn", "suspended": "suspended",
          "removed": "removed"}  # fmt: skip
MEMBER = frozenset({"member", "reaffirm"})


@dataclass(frozen=True)
class Fact:
    """Something that holds about an organisation from a day on, until `end` (exclusive).

    `because` says in a sentence what it rests on. `order` ranks facts of one day: forms as they
    came, then decisions, then changes, each with its number.
    """

    organisation_id: str
    kind: Kind
    start: dt.date
    because: str
    end: dt.date | None = None
    order: tuple[int, int] = (0, 0)

    @property
    def at(self) -> tuple[dt.date, tuple[int, int]]:
        """Its place in time."""
        return self.start, self.order

    def holds(self, day: dt.date) -> bool:
        """Whether it holds at the end of that day."""
        return self.start <= day and (self.end is None or self.end > day)


@dataclass(frozen=True)
class Standing:
    """Where an organisation stands, since when and why."""

    standing: str
    since: dt.date | None
    because: str


@dataclass(frozen=True)
class Listing:
    """Whether it is on the public list; else which gate is shut, and what is missing in words."""

    listed: bool
    why_not: str
    gate: Literal["", "standing", "hidden", "consent", "told no", "waits"] = ""
    since: dt.date | None = None


NONE = Standing("none", None, say("no form of it counts"))


class Facts:
    """All dated facts, by organisation."""

    def __init__(self, facts: Iterable[Fact], outside: Iterable[str] = ()) -> None:
        """Take the facts, and the ids that have signed without becoming members (funders, ...)."""
        self._outside = frozenset(outside)
        self._by_id: dict[str, list[Fact]] = defaultdict(list)
        for fact in sorted(facts, key=lambda f: (f.at, f.kind)):
            self._by_id[fact.organisation_id].append(fact)

    def of(self, organisation_id: str) -> Sequence[Fact]:
        """Its facts by date, those too that no longer hold."""
        return self._by_id.get(organisation_id, ())

    def standing(self, organisation_id: str, day: dt.date) -> Standing:
        """The newest turn that holds that day; failing that, what it waits for."""
        holding = [fact for fact in self.of(organisation_id) if fact.holds(day)]
        turns = [fact for fact in holding if fact.kind in _TURNS]
        if turns:
            return _turned(turns)
        for kind, name in (("held", "pending"), ("declined", "declined")):
            found = [fact for fact in holding if fact.kind == kind]
            if found:
                return Standing(name, found[-1].start, found[-1].because)
        return NONE

    def members(self, day: dt.date) -> set[str]:
        """Ids of all that are member (or asked to re-confirm) that day."""
        inside = self._by_id.keys() - self._outside
        return {i for i in inside if self.standing(i, day).standing in MEMBER}

    def course(self, days: Sequence[dt.date]) -> list[int]:
        """How many members there were at the end of each of the days.

        An organisation is only looked at on the days on which one of its facts begins or ends.
        """
        counts = [0] * len(days)
        for identity in self._by_id.keys() - self._outside:
            facts = self.of(identity)
            turns = sorted({day for fact in facts for day in (fact.start, fact.end) if day})
            member = [self.standing(identity, day).standing in MEMBER for day in turns]
            for at, day in enumerate(days):
                turn = bisect_right(turns, day)
                counts[at] += turn > 0 and member[turn - 1]
        return counts

    def listing(self, organisation_id: str, day: dt.date) -> Listing:
        """Every gate: standing, the signer's consent, no wish to hide, a person's yes."""
        standing = self.standing(organisation_id, day).standing
        holding = [fact for fact in self.of(organisation_id) if fact.holds(day)]
        newest = _newest(holding)
        if standing not in MEMBER:
            return Listing(False, say("its standing is {standing}", standing=standing), "standing")
        if "hidden" in newest:
            return Listing(False, newest["hidden"].because, "hidden")
        consent = _latest(newest, "consent", "no consent")
        if consent is None or consent.kind == "no consent":
            return Listing(False, say("the signer did not allow it"), "consent")
        # who left and came back is looked at anew, so what was said before no longer counts
        said = _latest(newest, "listed", "unlisted", "withdrawn")
        if said is None or said.kind == "withdrawn":
            return Listing(False, say("waits for a coordinator's yes"), "waits")
        if said.kind == "unlisted":
            return Listing(False, said.because, "told no")
        return Listing(True, "", "", max(said.start, consent.start))

    def left_on(self, organisation_id: str, day: dt.date) -> dt.date | None:
        """When it last withdrew, though it may have come back since; None if it never did."""
        days = [f.start for f in self.of(organisation_id) if f.kind == "withdrawn" and f.holds(day)]
        return max(days, default=None)

    def listed(self, day: dt.date) -> set[str]:
        """Ids of all on the public list that day."""
        return {i for i in self._by_id if self.listing(i, day).listed}


def _turned(turns: Sequence[Fact]) -> Standing:
    """The standing that the newest turn gives, since the first turn of an unbroken run of it.

    A form never lifts a suspension or a removal; only taking that back does.
    """
    barred = [fact for fact in turns if fact.kind in ("suspended", "removed")]
    last = barred[-1] if barred else turns[-1]
    since = last
    for fact in reversed(turns[: turns.index(last)]):
        if fact.kind != last.kind:
            break
        since = fact
    return Standing(_TURNS[last.kind], since.start, since.because)


def _newest(holding: Sequence[Fact]) -> Mapping[str, Fact]:
    return {fact.kind: fact for fact in holding}


def _latest(newest: Mapping[str, Fact], *kinds: Kind) -> Fact | None:
    found = [newest[kind] for kind in kinds if kind in newest]
    return max(found, key=lambda fact: fact.at, default=None)
