"""Who gets no mail: whoever withdraws, or is said to, and whoever asked that mail stops."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from config.base import is_address
from config.records import ChangeRecord
from config.words import say
from pipeline.changes import in_force
from pipeline.judging import Row
from pipeline.letters import OFF_EVERYTHING
from pipeline.model import Result
from pipeline.rules.evidence import is_leaving

PAUSE = "pause mail"
_UNTIL_IT_COUNTS = "h-"
"""How ids of changes begin that hide an organisation while its withdrawal waits to count."""
_FORM = 0
"""What a fact is of that comes from a form."""


@dataclass(frozen=True)
class Silence:
    """Why no mail goes.

    Attributes:
        result: of the run.
        organisations: id → why, by a row of Changes or a form that asks to withdraw.
        addresses: address, casefolded → why, whoever it belongs to.
        people: address, casefolded → why, of somebody who signed as a person.
    """

    result: Result
    organisations: Mapping[str, str]
    addresses: Mapping[str, str]
    people: Mapping[str, str]

    def about(self, row: Row) -> str:
        """Why no mail goes because of that form; "" where it may."""
        if home := str(row["organisation_id"]):
            return self.organisations.get(home, "") or _by_standing(self.result, home)
        return self.people.get(str(row["email"]).strip().casefold(), "")


def silence(result: Result) -> Silence:
    """Any claim to withdraw stops mail at once; whether it is rightful is asked afterwards."""
    paused = {
        pause.address.casefold(): say("The address is paused.")
        for pause in result.known.pauses if pause.resumed_on is None
    }  # fmt: skip
    forms = result.every_form
    leaving = forms.loc[_leaving(forms)]
    alone = leaving.loc[leaving["organisation_id"] == "", "email"].str.strip().str.casefold()
    claims = leaving.loc[leaving["outcome"] == "hold", "organisation_id"]
    asked = say("Somebody asked to withdraw.")
    why = dict.fromkeys(map(str, claims), asked) | dict(_changed(result))
    return Silence(result, why, paused, dict.fromkeys(alone, asked))


def _changed(result: Result) -> Iterator[tuple[str, str]]:
    merged = {r.id: r.survivor for r in result.ledger.organisations if r.survivor}
    for change in in_force(result.known.changes, result.today):
        if told := _by_change(change):
            home = change.organisation_id
            yield merged.get(home, home), told


def _by_change(change: ChangeRecord) -> str:
    if change.change == PAUSE and not is_address(change.value.strip()):
        return say("Its mail is paused in Changes.")
    if change.change == "withdraw" or change.id.startswith(_UNTIL_IT_COUNTS):
        return say("Somebody asked to withdraw.")
    return ""


def _by_standing(result: Result, home: str) -> str:
    standing = result.facts.standing(home, result.today).standing
    if standing in OFF_EVERYTHING:
        return say("Its standing is {standing}.", standing=standing)
    claimed = any(
        fact.kind == "hidden" and fact.order[0] == _FORM and fact.holds(result.today)
        for fact in result.facts.of(home)
    )
    return say("Somebody asked to withdraw.") if claimed else ""


def _leaving(forms: pd.DataFrame) -> pd.Series:
    leaving = forms["rules"].map(is_leaving).astype(bool) | (forms["request"] == "withdraw")
    return leaving & forms["outcome"].isin(["hold", "accepted"])
