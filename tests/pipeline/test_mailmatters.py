"""Addresses that get no mail: who stops it, who lets it go again, and that neither flips back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from config.problems import Problem
from config.raw import RawTable
from config.records import ChangeRecord, DecisionRecord, MatterRecord, Message, PauseRecord
from pipeline.decisions import read_decisions
from pipeline.mailmatters import past_undo, questions, resumed, taken_back, unsubscribed

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


def test_undo_reopens_what_was_kept_and_says_what_send_has_done() -> None:
    mail = Message("k" * 32, BO, "receipt", "s-1", "x.eml", b"x", DAY, state="unknown", said="550")
    office = Office()
    office.asks()
    office.run(DAY)
    (pause,) = office.pauses
    (of_mail, of_address) = questions([mail], office.pauses)
    assert past_undo(of_mail.key, [mail], [pause]) is None
    assert past_undo(of_address.key, [mail], [pause]) is None

    def told(key: str, state: str) -> str:
        found = past_undo(
            key, [replace(mail, state=state)], [replace(pause, resumed_on=dt.date(2026, 3, 5))]
        )
        return " ".join(found or ())

    stop = "write a row into Changes with “pause mail” and the address."
    assert told(of_mail.key, "waiting") == (
        "The mail is about to be sent again, as somebody said. Clear the cell. To stop it, " + stop
    )
    assert told(of_mail.key, "sent") == (
        "The mail was sent again, as somebody said; nothing can call it back. Clear the cell."
    )
    assert told(of_mail.key, "failed") == "The mail was not sent again: 550 Clear the cell."
    assert told(of_address.key, "unknown") == (
        "Mail goes to this address again since 2026-03-05. Clear the cell. To stop it again, "
        + stop
    )


def test_undo_beside_mail_is_a_word_like_any_other() -> None:
    matter = MatterRecord("mail:k", "mail", BO, DAY, "settled", "f", read=("keep", "Ana", ""))
    kept = DecisionRecord(1, "mail:k", "keep", "Ana", "", DAY, "f")
    tab = RawTable("To decide", ("Key", "Organisation", "Decision", "Decided by"),
                   [("mail:k", BO, "undo", "Ana")], range(2, 3))  # fmt: skip
    back = read_decisions(tab, [matter], [kept], DAY)
    assert (back.problems, back.decisions[0].undone_on) == ((), DAY)
    late = read_decisions(tab, [matter], [kept], DAY, past_undo=lambda _: ("It left.", "Clear it."))
    assert late.decisions == (kept,)
    assert late.problems == (Problem("To decide", 2, "Decision", "It left.", "Clear it.", "undo"),)
