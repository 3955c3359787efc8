"""Letters beside the main statement: who has signed each, over one registry of organisations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

import pandas as pd

from config.statement import Statement
from config.words import say
from pipeline.lookup import look_up
from pipeline.rules.evidence import is_leaving
from pipeline.standing import Facts, Listing
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

    @property
    def forms(self) -> pd.DataFrame:
        """All forms that sign it, or take that back."""
        parts = [part for part in (self.own_forms, self.opted_in) if len(part)]
        return pd.concat(parts, ignore_index=True) if parts else self.own_forms

    def stands(self, organisation_id: str, day: dt.date) -> tuple[Stands, dt.date | None]:
        """Where an organisation stands under the letter, and since when."""
        found = self.facts.standing(organisation_id, day)
        if found.standing != "none":
            return _WORDS.get(found.standing, "none"), found.since
        rows = self.opted_in
        if len(rows) and (mine := rows.loc[rows["organisation_id"] == organisation_id]).size:
            late = mine.loc[(mine["late"] == CLOSED) & (mine["day"] <= pd.Timestamp(day))]
            if len(late):
                return "late", late["day"].iloc[0].date()
        return "none", None

    def signed(self, day: dt.date) -> set[str]:
        """Ids of the organisations that stand under it that day."""
        homes = set(self.forms["organisation_id"]) - {""} if len(self.forms) else set[str]()
        return {home for home in homes if self.stands(home, day)[0] == "signed"}

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
        return found

    def individuals(self) -> int:
        """People who signed it for themselves and are accepted."""
        if not len(self.forms):
            return 0
        accepted = self.forms.loc[self.forms["outcome"] == "accepted", "labels"]
        return sum("individual" in labels for labels in accepted)

    def counts(self, day: dt.date) -> dict[str, int]:
        """Organisations that ever signed, have withdrawn, stand (`signed`), wait; and people."""
        homes = sorted(set(self.forms["organisation_id"]) - {""}) if len(self.forms) else []
        stands = [self.stands(home, day)[0] for home in homes]
        ever = sum(self.facts.ever(home, day) for home in homes)
        return {
            "gross": ever,
            "withdrawn": stands.count("withdrawn"),
            "signed": stands.count("signed"),
            "pending": stands.count("pending"),
            "late": stands.count("late"),
            "individuals": self.individuals(),
        }


def opted_in(main: pd.DataFrame, letter: Statement, zone: ZoneInfo) -> pd.DataFrame:
    """Forms of the main statement by which an organisation signs the letter, or leaves.

    Whoever asks to withdraw by the same form means what it signed there. Late and version are
    those of the letter.
    """
    if letter.field not in main:
        return main.iloc[:0]
    leaving = main["rules"].map(is_leaving)
    signs = (main[letter.field] == "yes") & ~leaving
    homes = set(main.loc[signs, "organisation_id"]) - {""}
    rows = main.loc[signs | (leaving & main["organisation_id"].isin(homes))]
    days = {day: letter.in_force(day.date()) for day in rows["day"].dropna().unique()}
    versions = {day: version.version for day, version in days.items() if version}
    return rows.assign(
        version=look_up(rows["day"], versions),
        version_by=DATED,
        late=lateness(rows, letter, zone),
        opted=letter.name,
    )


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
    homes = sorted(set(letter.forms["organisation_id"]) - {""}) if len(letter.forms) else []
    for home in homes:
        stands, since = letter.stands(home, day)
        if stands != "none":
            yield home, stands, since, letter.listing(home, day, coalition)
