"""Addresses that get no mail: who stops it, who lets it go again, and that neither flips back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from config.records import ChangeRecord, DecisionRecord, PauseRecord
from pipeline.mailmatters import questions, resumed, taken_back, unsubscribed

DAY = dt.date(2026, 3, 4)
BO = "bo@example.org"


class Office:
    """What the store holds, run by run."""

    def __init__(self) -> None:
        self.changes: list[ChangeRecord] = []
        self.decisions: list[DecisionRecord] = []
        self.pauses: tuple[PauseRecord, ...] = ()
        self.read: frozenset[str] = frozenset()

    def asks(self, day: dt.date = DAY, holds_from: dt.date | None = None) -> None:
        """A row of Changes asks that mail to the address stops."""
        n = len(self.changes) + 1
        self.changes.append(
            ChangeRecord(f"c{n}", day, holds_from or day, "", "pause mail", BO, "Ana", None, n)
        )

    def says_send(self) -> None:
        """Somebody answers what is asked about the address."""
        (asked,) = questions((), self.pauses)
        n = len(self.decisions) + 1
        self.decisions.append(DecisionRecord(n, asked.key, "send", "Ben", "", DAY, asked.facts))

    def paused(self, day: dt.date = DAY) -> bool:
        """Whether the address is paused after a run of that day, and after two more like it."""
        return self.same([self.run(day), self.run(day), self.run(day)])

    def run(self, day: dt.date) -> bool:
        """A run, as `outgoing` does it."""
        active = {decision.matter: decision for decision in self.decisions}
        self.keep(resumed(self.pauses, active, day))
        self.keep(taken_back(self.changes, self.pauses, day))
        self.keep(unsubscribed(self.changes, self.pauses, day, self.read))
        self.read = frozenset(change.id for change in self.changes)
        return any(pause.resumed_on is None for pause in self.pauses)

    def keep(self, pauses: Iterable[PauseRecord]) -> None:
        """The last word on each address."""
        self.pauses = tuple({p.address: p for p in (*self.pauses, *pauses)}.values())

    @staticmethod
    def same(runs: Sequence[bool]) -> bool:
        """What all runs came to."""
        assert len(set(runs)) == 1, f"It flips: {runs}"
        return runs[0]


def test_each_row_pauses_once_and_each_send_lets_it_in_once_on_one_day() -> None:
    office = Office()
    for _ in range(3):
        office.asks()
        assert office.paused()
        office.says_send()
        assert not office.paused()


def test_asked_for_while_it_is_paused_it_is_let_in_by_one_word() -> None:
    office = Office()
    office.asks()
    assert office.paused()
    office.asks()
    assert office.paused()
    office.says_send()
    assert not office.paused()


def test_asked_for_and_let_in_at_once_it_stays_paused_and_is_asked_again() -> None:
    office = Office()
    office.pauses = (PauseRecord(BO, DAY, "Its server refused a mail for good: 550"),)
    office.says_send()
    office.asks()
    assert office.paused()
    office.says_send()
    assert not office.paused()


def test_a_row_that_holds_from_a_later_day_pauses_then() -> None:
    office = Office()
    office.pauses = (PauseRecord(BO, DAY, "550", resumed_on=DAY + dt.timedelta(days=3)),)
    office.asks(holds_from=DAY + dt.timedelta(days=7))
    assert not office.paused(DAY + dt.timedelta(days=6))
    assert office.paused(DAY + dt.timedelta(days=7))


def test_once_all_its_rows_are_taken_back_mail_goes_again() -> None:
    office = Office()
    office.asks()
    office.asks()
    office.pauses = (PauseRecord("cy@example.org", DAY, "Its server refused a mail: 550"),)
    for number, expected in ((0, [BO, "cy@example.org"]), (1, ["cy@example.org"])):
        office.paused()
        office.changes[number] = replace(office.changes[number], undone_on=DAY)
        office.paused()
        paused = {p.address for p in office.pauses if p.resumed_on is None}
        assert sorted(paused) == expected
