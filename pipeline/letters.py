"""Letters beside the main statement: who has signed each, over one registry of organisations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

import pandas as pd

from config.statement import Statement
from config.words import say
from pipeline.judging import ACCEPTS
from pipeline.lookup import look_up
from pipeline.rules.evidence import is_leaving
from pipeline.standing import Fact, Facts, Listing
from pipeline.versions import CLOSED, DATED, lateness

Stands = Literal["signed", "pending", "late", "withdrawn", "not accepted", "none"]
_WORDS: dict[str, Stands] = {
    "member": "signed", "reaffirm": "signed", "pending": "pending", "withdrawn": "withdrawn",
    "declined": "not accepted", "lapsed": "withdrawn",
}  # fmt: skip
Line = tuple[str, Stands, dt.date | None, Listing]
OFF_EVERYTHING = ("withdrawn", "suspended", "removed")
"""Standings in the coalition with which an organisation is on no public list."""


@dataclass(frozen=True)
class Letter:
    """What came of one letter.

    Attributes:
        statement: its text.
        own_forms: the responses to its own form, judged; empty where it has none.
        opted_in: forms of the main statement that sign it too, with `late`; empty where the main
            form doesn't ask.
        facts: dated facts about who stands under it.
    """

    statement: Statement
    own_forms: pd.DataFrame
    opted_in: pd.DataFrame
    facts: Facts

    @cached_property
    def forms(self) -> pd.DataFrame:
        """All forms that sign it, or take that back."""
        parts = [part for part in (self.own_forms, self.opted_in) if len(part)]
        return pd.concat(parts, ignore_index=True) if parts else self.own_forms

    @cached_property
    def homes(self) -> tuple[str, ...]:
        """Ids of the organisations that have to do with it, sorted."""
        return tuple(sorted(set(self.forms["organisation_id"]) - {""})) if len(self.forms) else ()

    @cached_property
    def _too_late(self) -> dict[str, dt.date]:
        """Organisation → the first day on which it opted in after the closing."""
        rows = self.opted_in
        late = rows.loc[rows["late"] == CLOSED] if len(rows) else rows
        return {str(home): day.date() for home, day in late.groupby("organisation_id")["day"].min()
                .items()} if len(late) else {}  # fmt: skip

    @cached_property
    def _by_own_form(self) -> frozenset[str]:
        """Ids of those that signed by the letter's own form, which has its own consents."""
        rows = self.own_forms
        return frozenset(rows["organisation_id"]) if len(rows) else frozenset()

    def stands(self, organisation_id: str, day: dt.date) -> tuple[Stands, dt.date | None]:
        """Where an organisation stands under the letter, and since when."""
        found = self.facts.standing(organisation_id, day)
        if found.standing != "none":
            return _WORDS.get(found.standing, "none"), found.since
        late = self._too_late.get(organisation_id)
        return ("late", late) if late and late <= day else ("none", None)

    def listing(self, organisation_id: str, day: dt.date, coalition: Facts) -> Listing:
        """Whether it may be named under the letter; leaving the coalition hides it here too."""
        standing = coalition.standing(organisation_id, day)
        if standing.standing in OFF_EVERYTHING:
            return Listing(False, say("in the coalition its standing is {standing}",
                                      standing=standing.standing), "standing")  # fmt: skip
        if hidden := coalition.hidden(organisation_id, day):
            return Listing(False, hidden, "hidden")
        found = self.facts.listing(organisation_id, day)
        if found.gate == "standing":
            word = self.stands(organisation_id, day)[0]
            return Listing(False, say("under the letter it is: {word}", word=word), "standing")
        consent = dict(coalition.listing(organisation_id, day).gates).get("consent", "")
        if consent and organisation_id not in self._by_own_form:
            return Listing(False, consent, "consent")
        return found

    def individuals(self, day: dt.date) -> int:
        """People who signed it for themselves in time and are accepted, by that day."""
        parts = [self.own_forms, counting(self.opted_in) if len(self.opted_in) else self.opted_in]
        return sum(
            "individual" in labels
            for rows in parts if len(rows)
            for labels in rows.loc[
                (rows["outcome"] == "accepted") & ~(rows["day"] > pd.Timestamp(day)), "labels"
            ]
        )  # fmt: skip

    def counts(self, day: dt.date) -> dict[str, int]:
        """Organisations that ever signed, have withdrawn, stand (`signed`), wait; and people."""
        stands = [self.stands(home, day)[0] for home in self.homes]
        ever = sum(self.facts.ever(home, day) for home in self.homes)
        return {
            "gross": ever,
            "withdrawn": stands.count("withdrawn"),
            "signed": stands.count("signed"),
            "pending": stands.count("pending"),
            "late": stands.count("late"),
            "individuals": self.individuals(day),
        }


def opted_in(main: pd.DataFrame, letter: Statement, zone: ZoneInfo) -> pd.DataFrame:
    """Forms of the main statement by which an organisation signs the letter, or leaves.

    Whoever asks to withdraw by the same form means what it signed there. Late and version are
    those of the letter.
    """
    if letter.field not in main:
        return main.iloc[:0]
    leaving = main["rules"].map(is_leaving)
    own = ~main["repeat"].astype(bool) | main["trusted"] | main["decision"].isin(ACCEPTS)
    signs = (main[letter.field] == "yes") & ~leaving & own.astype(bool)
    homes = set(main.loc[signs, "organisation_id"]) - {""}
    rows = main.loc[signs | (leaving & main["organisation_id"].isin(homes))]
    days = {day: letter.in_force(day.date()) for day in rows["day"].dropna().unique()}
    versions = {day: version.version for day, version in days.items() if version}
    return rows.assign(
        version=look_up(rows["day"], versions),
        version_by=DATED,
        late=lateness(rows, letter, zone),
    )


def taken_back(main: pd.DataFrame, letter: Statement) -> Iterator[Fact]:
    """A later no to the letter's question, by somebody who speaks for the organisation."""
    if letter.field not in main:
        return
    signed = set(main.loc[main[letter.field] == "yes", "organisation_id"]) - {""}
    speaks = main["trusted"].astype(bool) | main["decision"].isin(ACCEPTS)
    rows = main.loc[
        (main[letter.field] == "no") & main["organisation_id"].isin(signed) & speaks
        & ~main["outcome"].isin(["hold", "declined", "test"]) & main["decided_on"].notna()
    ]  # fmt: skip
    for at, row in enumerate(rows.to_dict("records")):
        day = row["decided_on"].date()
        told = say("it took its signature back on {day}", day=day)
        order = (0, len(main) + at)
        yield Fact(row["organisation_id"], "withdrawn", day, told, None, order)


def counting(rows: pd.DataFrame) -> pd.DataFrame:
    """Of the forms that opt in those that can count: in time, and to an adopted text."""
    leaving = rows["rules"].map(is_leaving).astype(bool)
    return rows.loc[leaving | ((rows["late"] != CLOSED) & (rows["version"] != ""))]


def letter_key(letter: Statement, organisation_id: str) -> str:
    """Weaver's name for the line of an organisation under a letter."""
    return f"{letter.name}:{organisation_id}"


def letters_signed(letters: Sequence[Letter], organisation_id: str, day: dt.date) -> list[str]:
    """Titles of the letters under which an organisation stands that day."""
    return [
        letter.statement.title for letter in letters
        if letter.stands(organisation_id, day)[0] == "signed"
    ]  # fmt: skip


def lines(letter: Letter, day: dt.date, coalition: Facts) -> Iterator[Line]:
    """Per organisation that has to do with the letter: (id, where it stands, since, listing)."""
    for home in letter.homes:
        stands, since = letter.stands(home, day)
        if stands != "none":
            yield home, stands, since, letter.listing(home, day, coalition)
