"""S5: dates and life cycle."""

from __future__ import annotations

import pandas as pd

from config.tables import SIGNONS
from pipeline.rules.evidence import per_day
from pipeline.rules.model import Forms, Rule


def _from_the_future(forms: Forms) -> pd.Series:
    days = forms.frame["day"]
    return per_day(days, days > pd.Timestamp(forms.today), SIGNONS.column("timestamp").title)


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
)
