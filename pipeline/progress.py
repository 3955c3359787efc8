"""How far the re-confirmation of the version in force has come."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from config.statement import Statement, Version
from config.words import say
from pipeline.standing import MEMBER, Facts


@dataclass(frozen=True)
class Progress:
    """Counts of the organisations that were members when the version was adopted.

    Attributes:
        version: that is to be re-confirmed.
        confirmed: have done so.
        waiting: are asked, and counted.
        silent: let the last day pass, and are still counted.
        lapsed: no longer count, since they stayed silent.
        left: withdrew, or were suspended or removed.
    """

    version: Version
    confirmed: int = 0
    waiting: int = 0
    silent: int = 0
    lapsed: int = 0
    left: int = 0

    @property
    def asked(self) -> int:
        """All of them."""
        return self.confirmed + self.waiting + self.silent + self.lapsed + self.left

    @property
    def in_words(self) -> str:
        """Such as "41 of 60 have re-confirmed version 2, by 2026-09-30; …"."""
        told = [
            say("{n} of {all} have re-confirmed version {version}, by {day}", n=self.confirmed,
                all=self.asked, version=self.version.version, day=self.version.reconfirm_by)
        ]  # fmt: skip
        others = {
            say("{n} asked and not yet heard of", n=self.waiting): self.waiting,
            say("{n} silent and still counted", n=self.silent): self.silent,
            say("{n} lapsed", n=self.lapsed): self.lapsed,
            say("{n} left", n=self.left): self.left,
        }
        told += [words for words, number in others.items() if number]
        told.append(say("silence means: {silence}", silence=self.version.silence))
        return "; ".join(told)


def progress(facts: Facts, statement: Statement, day: dt.date) -> Progress | None:
    """The progress as of that day; None where nobody has to re-confirm the version in force."""
    in_force = statement.in_force(day)
    at = statement.substance(in_force.version) if in_force else -1
    if at < 1:
        return None
    version = statement.material[at]
    adopted = version.adopted_on or day
    eve = adopted - dt.timedelta(days=1)
    counts = dict.fromkeys(("confirmed", "waiting", "silent", "lapsed", "left"), 0)
    for home in facts.known():
        before = facts.agreed(home, eve)
        asked = version in facts.terms.missing(before, adopted)
        if asked and facts.standing(home, eve).standing in MEMBER:
            counts[_now(facts, home, version, day)] += 1
    return Progress(version, **counts)


def _now(facts: Facts, home: str, version: Version, day: dt.date) -> str:
    standing = facts.standing(home, day).standing
    if standing not in MEMBER:
        return "lapsed" if standing == "lapsed" else "left"
    if version not in facts.terms.missing(facts.agreed(home, day), day):
        return "confirmed"
    last = facts.terms.deadline(version, home, day)
    return "waiting" if last is not None and day <= last else "silent"
