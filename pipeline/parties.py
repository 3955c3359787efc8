"""On quiet days people are asked once more about parties and candidates that they accepted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from pipeline.judging import Row, by_organisation, in_time
from pipeline.mailing.quiet import quiet_on
from pipeline.rules.model import Forms
from pipeline.rules.s3_politics import parties_in
from pipeline.standing import Facts

if TYPE_CHECKING:
    from pipeline.model import Run

PARTY = "party"


@dataclass(frozen=True)
class Party:
    """An organisation that looks like a party or a candidate.

    Attributes:
        key: of the matter: once in each quiet period, by the organisation's first form.
        organisation_id: whose it is.
        evidence: what its forms say of it.
    """

    key: str
    organisation_id: str
    evidence: str


def parties_of(
    run: Run,
    frame: pd.DataFrame,
    asked: frozenset[str],
    facts: Facts,
    answered: Collection[str],
) -> Iterator[Party]:
    """On quiet days, the members that the rule on parties speaks of, even where parties may join.

    Args:
        run: what may be looked at.
        frame: all forms of the main statement, judged.
        asked: fields that the form asks.
        facts: where everybody stands.
        answered: keys of matters that people have decided on; they stay.
    """
    settings, today = run.settings, run.today
    if (quiet := quiet_on(settings.quiet_period, today)) is None:
        return
    forms = Forms(frame, asked, run.statement, settings.signons, today, settings.eligibility)
    told, members = frame.assign(speaks=parties_in(forms)), facts.members(today)
    for home, rows in sorted(by_organisation(in_time(told)).items()):
        said = dict.fromkeys(row["speaks"] for row in rows if _counts(row))
        key = f"{PARTY}:{quiet.begins}:{rows[0]['key']}"
        if said and (home in members or key in answered):
            yield Party(key, home, "; ".join(said))


def _counts(row: Row) -> bool:
    return bool(row["speaks"]) and row["outcome"] in ("accepted", "withdrawn")


def homes_of(frame: pd.DataFrame, vanished: Mapping[str, str]) -> dict[str, str]:
    """Sign-on → its organisation, of the forms that are there and those that are gone."""
    return dict(vanished) | dict(zip(frame["key"], frame["organisation_id"], strict=True))
