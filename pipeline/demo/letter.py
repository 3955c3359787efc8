"""The responses to the form of the open letter to the five ministers."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from typing import Any

from pipeline.demo.forms import (
    Response,
    clean_response,
    csv_of,
    form_settings,
    in_order,
    special_response,
)
from pipeline.demo.people import HERE, Applicant, applicants, pick
from pipeline.demo.renewals import SILENT, time_of_day

LETTER = "ministers"
"""The folder of its statement."""
OPENED, SIGN_BY = dt.date(2026, 7, 1), dt.date(2026, 9, 15)
LEFT = frozenset([SILENT, "Les Barques Plates", "Huertas del Quindal Bajo"])
"""No members any more when it was written."""
SIGN = "Sign"
"""What the form calls joining."""


def letter_responses(before: dt.date) -> tuple[Response, ...]:
    """Every response that came in before that day, in the order in which it came."""
    return tuple(response for response in _all() if response.day < before)


def letter_csv(before: dt.date) -> bytes:
    """`letter.csv` as it could be downloaded in the early morning of that day."""
    asked: dict[str, str] = form_settings(LETTER)["questions"]
    rows = (_cells(response) for response in letter_responses(before))
    return csv_of(asked.values(), ([cells.get(name, "") for name in asked] for cells in rows))


def _cells(response: Response) -> dict[str, str]:
    wish = response.answers["request"].replace("Join", SIGN)
    return {"timestamp": response.at, **response.answers, "request": wish}


@cache
def _all() -> tuple[Response, ...]:
    raw = tomllib.loads((HERE / "letter.toml").read_text(encoding="utf-8"))["response"]
    simply = [clean_response(_signed(who.name), who) for who in _members(raw)]
    return in_order([*simply, *map(special_response, raw)])


def _members(raw: list[dict[str, Any]]) -> list[Applicant]:
    """A third of those who were members then, without those of whom more is told."""
    told = {row.get("of") for row in raw}
    return [
        who for received, who in applicants()
        if received.date() < OPENED and who.name not in LEFT and who.slug not in told
        and pick((True, False, False), who.name, LETTER)
    ]  # fmt: skip


def _signed(name: str) -> dt.datetime:
    day = SIGN_BY - dt.timedelta(days=pick(range((SIGN_BY - OPENED).days), name, LETTER, "day"))
    return dt.datetime.combine(day, time_of_day(name, LETTER))
