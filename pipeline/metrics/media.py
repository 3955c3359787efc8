"""Pieces in the media: what has appeared, each once."""

from __future__ import annotations

import pandas as pd

from config.text import fold
from pipeline.metrics.model import Context
from pipeline.metrics.values import filled, until_today


def pieces(context: Context) -> pd.DataFrame:
    """Rows of Media about what has appeared, with `piece`: alike where they are one piece."""
    rows = context.tables["media"]
    rows = rows[until_today(rows["date"], context)]
    # What was offered and not printed hasn't been in the media.
    rows = rows[rows["submitted"].isna() | until_today(rows["placed"], context)]
    where = rows["link"].str.strip().str.replace(r"(?i)^https?://(www\.)?", "", regex=True)
    where = where.str.replace(r"#.*$|(?<=[?&])utm_[^&#]*&?", "", regex=True).str.rstrip("/?&")
    day = rows["date"].dt.strftime("%Y-%m-%d")
    named = rows["outlet"].map(fold) + "\n" + day + "\n" + rows["title"].map(fold)
    return rows.assign(piece=where.where(filled(where), named))
