"""Impact: what is said and decided out there."""

from __future__ import annotations

from config.text import fold
from config.words import say
from pipeline.metrics.model import Context, Metric, Value
from pipeline.metrics.values import filled, in_period, until_today


def _pieces(context: Context) -> Value:
    rows = context.tables["media"]
    rows = rows[until_today(rows["date"], context)]
    # What was offered and not printed hasn't been in the media.
    rows = rows[rows["submitted"].isna() | until_today(rows["placed"], context)]
    where = rows["link"].str.strip().str.replace(r"(?i)^https?://(www\.)?", "", regex=True)
    where = where.str.replace(r"#.*$|(?<=[?&])utm_[^&#]*&?", "", regex=True).str.rstrip("/?&")
    day = rows["date"].dt.strftime("%Y-%m-%d")
    named = rows["outlet"].map(fold) + "\n" + day + "\n" + rows["title"].map(fold)
    piece = where.where(filled(where), named)
    recent = piece[in_period(rows["date"], context)].nunique()
    return Value(float(piece.nunique()), details=((say("in the last month"), float(recent)),))


I1 = Metric(
    "I1", "Media mentions", "Impact",
    "Distinct pieces by the day of the report, told apart by link or else by outlet, day and "
    "title, those offered but not printed apart.",
    "pieces", "up", ("media.date", "media.outlet", "media.title"), "Activist Handbook", _pieces,
    ("media.link", "media.submitted", "media.placed"),
)  # fmt: skip

IMPACT = (I1,)
