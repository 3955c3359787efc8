"""S5: dates and life cycle."""

from __future__ import annotations

import pandas as pd

from config.tables import SIGNONS
from pipeline.rules.evidence import REQUESTS, per_day
from pipeline.rules.model import Forms, Rule
from pipeline.versions import CLOSED, LATE


def _from_the_future(forms: Forms) -> pd.Series:
    days = forms.frame["day"]
    return per_day(days, days > pd.Timestamp(forms.today), SIGNONS.column("timestamp").title)


def _late(forms: Forms) -> pd.Series:
    return _sent(forms, forms.frame["late"] == LATE)


def _closed(forms: Forms) -> pd.Series:
    return _sent(forms, forms.frame["late"] == CLOSED)


def _sent(forms: Forms, mask: pd.Series) -> pd.Series:
    return per_day(forms.frame["day"], mask, SIGNONS.column("timestamp").title)


RULES = (
    Rule(
        "S501",
        title="Sent in the future",
        why="A clock is wrong, or day and month are read the wrong way round.",
        remedy="Set date_order or time_zone of the form in weaver.toml, or put the cell right.",
        severity="hold",
        question="It was sent on a day that has not come yet ({evidence}). When did it come in?",
        sentence="We could not tell when your form was sent; please tell us the day.",
        reads=("timestamp",),
        find=_from_the_future,
        suggestion="accept",
    ),
    Rule(
        "S502",
        title="It came after the day asked for",
        why="Late ones stand on the next printing, not on the first.",
        remedy="Nothing; tell them on which copy they will be.",
        severity="note",
        question="It came after the day by which sign-ons were asked for ({evidence}).",
        sentence="Your sign-on came after the day we had asked for; it will be on the next copy.",
        reads=("timestamp",),
        find=_late,
        after=(*REQUESTS, "S503"),
        suggestion="accept",
        label="late",
    ),
    Rule(
        "S503",
        title="It came after the closing",
        why="Closed means closed, and for everybody alike.",
        remedy="Tell them that it is closed; or accept it if you would accept it from anybody.",
        severity="hold",
        question="It came after the last day for sign-ons ({evidence}). Is it taken all the same?",
        sentence="Sign-ons were closed before your form came in. We are sorry; "
        "we tell you when there is another occasion.",
        reads=("timestamp",),
        find=_closed,
        after=REQUESTS,
        suggestion="not accepted",
        label="late",
    ),
)
