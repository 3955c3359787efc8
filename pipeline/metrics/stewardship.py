"""Stewardship: whether the coalition looks after those who belong to it."""

from __future__ import annotations

from config.words import say
from pipeline.metrics.model import Context, Metric, Value
from pipeline.metrics.values import in_period, until_today


def _support(context: Context) -> Value:
    rows = context.tables["help"]
    asked = until_today(rows["asked_on"], context)
    still_open = asked & ~until_today(rows["closed"], context)
    details = (
        (say("opened in the last month"), float(in_period(rows["asked_on"], context).sum())),
        (say("closed in the last month"), float(in_period(rows["closed"], context).sum())),
    )
    return Value(float(still_open.sum()), details=details)


S1 = Metric(
    "S1", "Requests for help", "Stewardship",
    "Requests on the tab Help that are open on the day of the report, beside those opened and "
    "closed in the last complete month.",
    "requests", "down", ("help.asked_on", "help.closed"), "Activist Handbook", _support,
)  # fmt: skip
STEWARDSHIP = (S1,)
