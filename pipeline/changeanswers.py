"""What stands beside a row of Changes that was obeyed."""

from __future__ import annotations

import datetime as dt

from config.records import ChangeRecord
from config.words import say

_ANSWERS = {
    "withdraw": "Withdrawn and off every public list.",
    "hide now": "Off every public list; its standing is unchanged.",
    "show as": "Shown under the new name.",
    "new contact": "Noted as its contact.",
    "new signatory": "Shown as its signatory.",
    "same as": "Counted as one organisation from the next run on.",
    "not the same as": "Kept apart from the next run on.",
    "chapter of": "Shown as a chapter of its parent.",
    "suspend": "Suspended and off every public list.",
    "remove": "Removed and off every public list.",
    "extend deadline": "Its deadline is moved to {value}.",
    "pause mail": "Noted: no mail goes to it.",
}


def answer(record: ChangeRecord, today: dt.date) -> str:
    """What Weaver understood and did."""
    if record.undone_on is not None:
        return say("Taken back on {day}.", day=record.undone_on.isoformat())
    if record.change == "undo":
        if not record.value:
            return say("There was nothing to take back.")
        if not record.organisation_id:  # a whole day
            return say("Took back {what}.", what=record.value)
        return say("Took back “{change}”.", change=record.value)
    if record.holds_from > today:
        return say("Will hold from {day}.", day=record.holds_from.isoformat())
    told = say(_ANSWERS[record.change], value=record.value)
    return told + " " + say("To take it back, add a row with undo.")


def done(record: ChangeRecord, today: dt.date) -> dt.date | None:
    """The day on which it came to hold; None while that is to come."""
    return None if record.holds_from > today else max(record.read_on, record.holds_from)
