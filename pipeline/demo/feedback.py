"""The responses to the form for comments on the draft of the statement."""

from __future__ import annotations

import datetime as dt

from pipeline.demo.forms import csv_of, stamp
from pipeline.demo.people import HERE, rows_of

COLUMNS = ("Timestamp", "Organisation", "Clause", "Comment", "Would sign")


def comments(before: dt.date) -> list[dict[str, str]]:
    """What was said before that day, by column title, in the order in which it came."""
    said = [
        (dt.datetime.fromisoformat(row.pop("received")), row)
        for row in rows_of(HERE / "feedback.csv")
    ]
    return [{"Timestamp": stamp(at), **row} for at, row in said if at.date() < before]


def feedback_csv(before: dt.date) -> bytes:
    """`feedback.csv` as it could be downloaded in the early morning of that day."""
    return csv_of(COLUMNS, ([row[title] for title in COLUMNS] for row in comments(before)))
