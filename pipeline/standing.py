"""Where an organisation stands on any day, folded from dated facts. Views are recomputed."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Literal

from config.statement import Version
from config.words import say
from pipeline.confirming import LEAVES, NO_TERMS, OBJECTS, Terms

Kind = Literal[
    "accepted", "held", "declined", "withdrawn", "suspended", "removed",
    "consent", "no consent", "listed", "unlisted", "hidden", "objected",
]  # fmt: skip
Gate = Literal["", "standing", "hidden", "consent", "told no", "waits"]
_TURNS = {"accepted": "member", "withdrawn": "withdrawn", "suspended": "suspended",
          "removed": "removed"}  # fmt: skip
MEMBER = frozenset({"member", "reaffirm"})


@dataclass(frozen=True)
class Fact:
    """Something that holds about an organisation from a day on, until `end` (exclusive).

    `because` says in a sentence what it rests on. `order` ranks facts of one day: forms as they
    came, then decisions, then changes, each with its number. `version` is the one agreed to, where
    it is a form that was accepted.
    """

    organisation_id: str
    kind: Kind
    start: dt.date
    because: str
    end: dt.date | None = None
    order: tuple[int, int] = (0, 0)
    version: str = ""

    @property
    def at(self) -> tuple[dt.date, tuple[int, int]]:
        """Its place in time."""
        return self.start, self.order

    def holds(self, day: dt.date) -> bool:
        """Whether it holds at the end of that day."""
        return self.start <= day and (self.end is None or self.end > day)


@dataclass(frozen=True)
class Standing:
    """Where an organisation stands, since when and why; the last day to re-confirm, if asked."""

    standing: str
    since: dt.date | None
    because: str
    confirm_by: dt.date | None = None


@dataclass(frozen=True)
class Listing:
    """Whether it is on the public list; else the first gate that is shut, and what is missing.

    `gates` has each gate with why it is shut, "" where it is open.
    """

    listed: bool
    why_not: str
    gate: Gate = ""
    since: dt.date | None = None
    gates: tuple[tuple[Gate, str], ...] = ()


NONE = Standing("none", None, say("no form of it counts"))


class Facts:
    """All dated facts, by organisation."""

    def __init__(
        self, facts: Iterable[Fact], outside: Iterable[str] = (), terms: Terms = NO_TERMS
    ) -> None:
        """Take the facts, the ids that signed without becoming members, and what is to confirm."""
        self._outside = frozenset(outside)
        self._terms = terms
        self._by_id: dict[str, list[Fact]] = defaultdict(list)
        for fact in sorted(facts, key=lambda f: (f.at, f.kind)):
            self._by_id[fact.organisation_id].append(fact)

    @property
    def terms(self) -> Terms:
        """What holds about re-confirming."""
        return self._terms

    def with_terms(self, terms: Terms) -> Facts:
        """The same facts under other terms; nothing is sorted again."""
        other = copy(self)
        other._terms = terms  # noqa: SLF001 - another of its own kind
        return other

    def of(self, organisation_id: str) -> Sequence[Fact]:
        """Its facts by date, those too that no longer hold."""
        return self._by_id.get(organisation_id, ())

    def standing(self, organisation_id: str, day: dt.date) -> Standing:
        """The newest turn that holds that day; failing that, what it waits for."""
        holding = [fact for fact in self.of(organisation_id) if fact.holds(day)]
        turns = [fact for fact in holding if fact.kind in _TURNS]
        if turns:
            turned = _turned(turns)
            return self._confirmed(organisation_id, turns, turned, day)
        for kind, name in (("held", "pending"), ("declined", "declined")):
            found = [fact for fact in holding if fact.kind == kind]
            if found:
                return Standing(name, found[-1].start, found[-1].because)
        return NONE

    def _confirmed(
        self, organisation_id: str, turns: Sequence[Fact], turned: Standing, day: dt.date
    ) -> Standing:
        """A member's standing once it is asked whether it agrees to newer versions, too."""
        if turned.standing != "member":
            return turned
        stands = _standing_forms(turns)
        agreed = [fact.version for fact in stands]
        missing = self._terms.missing(agreed, day)
        if not missing:
            return self._returned(organisation_id, stands, turned)
        if lapsed := self._terms.lapsed(missing, organisation_id, day):
            version, since = lapsed
            told = say("it did not re-confirm version {version}", version=version.version)
            return Standing("lapsed", since, told)
        return self._asked(missing, organisation_id, turned, day)

    def _asked(
        self, missing: Sequence[Version], organisation_id: str, turned: Standing, day: dt.date
    ) -> Standing:
        version = missing[-1]
        last = self._terms.deadline(version, organisation_id, day)
        since = max(missing[0].adopted_on or day, turned.since or day)
        if last is not None and day <= last:
            told = say("it is asked to re-confirm version {version} by {day}",
                       version=version.version, day=last)  # fmt: skip
            return Standing("reaffirm", since, told, last)
        objected = [
            fact for fact in self.of(organisation_id)
            if fact.kind == "objected" and fact.holds(day) and fact.version == version.version
        ]  # fmt: skip
        if objected:
            told = say("{because}; the coalition has yet to decide", because=objected[-1].because)
            return Standing("reaffirm", since, told, last)
        if version.silence == LEAVES:
            told = say("it has not re-confirmed version {version}; the coalition has yet to decide",
                       version=version.version)  # fmt: skip
            return Standing("reaffirm", since, told, last)
        told = (
            say("{because}; it did not object to version {version}", because=turned.because,
                version=version.version)
            if version.silence == OBJECTS
            else say("{because}; it stays under the version it agreed to", because=turned.because)
        )  # fmt: skip
        return Standing("member", turned.since, told)

    def _returned(self, organisation_id: str, stands: Sequence[Fact], turned: Standing) -> Standing:
        """A member; since the day it came back, where it had lapsed before."""
        for at, fact in enumerate(stands):
            before = fact.start - dt.timedelta(days=1)
            earlier = [f.version for f in stands[:at] if f.holds(before)]
            missing = self._terms.missing(earlier, before) if earlier else []
            newer = not self._terms.missing([*earlier, fact.version], fact.start)
            if missing and newer and self._terms.lapsed(missing, organisation_id, before):
                return Standing("member", fact.start, fact.because)
        return turned

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
            days_told = {day for fact in facts for day in (fact.start, fact.end) if day}
            turns = sorted(days_told | self._terms.turning_days(identity))
            member = [self.standing(identity, day).standing in MEMBER for day in turns]
            for at, day in enumerate(days):
                turn = bisect_right(turns, day)
                counts[at] += turn > 0 and member[turn - 1]
        return counts

    def listing(self, organisation_id: str, day: dt.date) -> Listing:
        """Every gate: standing, no wish to hide, the signer's consent, a person's yes."""
        holding = [fact for fact in self.of(organisation_id) if fact.holds(day)]
        newest = _newest(holding)
        gates = tuple(self._gates(organisation_id, day, newest))
        shut = [(gate, why) for gate, why in gates if why]
        if shut:
            # that nobody said yes, or that no form is accepted yet, goes without saying
            asked = "consent" in newest or "no consent" in newest
            plain = {"waits"} | (set() if asked else {"consent"})
            told = [why for gate, why in shut if gate not in plain] or [shut[0][1]]
            return Listing(False, "; ".join(told), shut[0][0], gates=gates)
        yes, consent = newest["listed"], newest["consent"]
        return Listing(True, "", "", max(yes.start, consent.start), gates)

    def _gates(
        self, organisation_id: str, day: dt.date, newest: Mapping[str, Fact]
    ) -> Iterator[tuple[Gate, str]]:
        """Each gate, and why it is shut; "" where it is open."""
        standing = self.standing(organisation_id, day).standing
        shut = "" if standing in MEMBER else say("its standing is {standing}", standing=standing)
        yield "standing", shut
        yield "hidden", newest["hidden"].because if "hidden" in newest else ""
        consent = _latest(newest, "consent", "no consent")
        allowed = consent is not None and consent.kind == "consent"
        yield "consent", "" if allowed else say("the signer did not allow it")
        # who left and came back is looked at anew, so what was said before no longer counts
        said = _latest(newest, "listed", "unlisted", "withdrawn")
        told_no = said is not None and said.kind == "unlisted"
        yield "told no", said.because if said is not None and told_no else ""
        waits = said is None or said.kind == "withdrawn"
        yield "waits", say("waits for a coordinator's yes") if waits else ""

    def hidden(self, organisation_id: str, day: dt.date) -> str:
        """Why it is hidden that day; "" where it isn't."""
        hidden = [f for f in self.of(organisation_id) if f.kind == "hidden" and f.holds(day)]
        return hidden[-1].because if hidden else ""

    def ever(self, organisation_id: str, day: dt.date) -> bool:
        """Whether a form of it was ever accepted by that day."""
        return any(f.kind == "accepted" and f.start <= day for f in self.of(organisation_id))

    def known(self) -> set[str]:
        """Ids of all about which there is any fact."""
        return set(self._by_id)

    def agreed(self, organisation_id: str, day: dt.date) -> list[str]:
        """The versions that it has agreed to since it last left, as known that day."""
        turns = [f for f in self.of(organisation_id) if f.kind in _TURNS and f.holds(day)]
        return [fact.version for fact in _standing_forms(turns)]

    def silent(self, organisation_id: str, version: Version, day: dt.date) -> bool:
        """Whether it would lapse that day if the coalition so decided: the last day is over."""
        if self.standing(organisation_id, day).standing != "reaffirm":
            return False
        missing = self._terms.missing(self.agreed(organisation_id, day), day)
        last = self._terms.deadline(version, organisation_id, day)
        return version in missing and last is not None and day > last

    def lapsed(self, organisation_id: str, version: Version, day: dt.date) -> bool:
        """Whether it has lapsed that day and has yet to re-confirm that version."""
        standing = self.standing(organisation_id, day).standing
        missing = self._terms.missing(self.agreed(organisation_id, day), day)
        return standing == "lapsed" and version in missing

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


def _standing_forms(turns: Sequence[Fact]) -> list[Fact]:
    """Accepted forms since the organisation last left."""
    left = max((at for at, f in enumerate(turns) if f.kind != "accepted"), default=-1)
    return [fact for fact in turns[left + 1 :] if fact.kind == "accepted"]


def _newest(holding: Sequence[Fact]) -> Mapping[str, Fact]:
    return {fact.kind: fact for fact in holding}


def _latest(newest: Mapping[str, Fact], *kinds: Kind) -> Fact | None:
    found = [newest[kind] for kind in kinds if kind in newest]
    return max(found, key=lambda fact: fact.at, default=None)
