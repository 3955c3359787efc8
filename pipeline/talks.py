"""What the tab Conversations says that cannot be: a talk with oneself, a report by a third."""

from __future__ import annotations

import pandas as pd

from config.problems import Problem
from config.text import fold, shorten
from config.words import say
from pipeline.intake.model import Typed

A, B, BY = "organisation_a", "organisation_b", "reported_by"


def talks(table: Typed, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """The rows without the other side where both are one; and what to put right.

    Args:
        table: the tab.
        frame: its rows, with `organisation_a_id`, `organisation_b_id` and `reported_by_id`.
    """
    keys = {name: _keys(frame, name) for name in (A, B, BY)}
    alone = keys[A].ne("") & keys[A].eq(keys[B])
    third = keys[BY].ne("") & keys[A].ne("") & keys[B].ne("") & ~alone
    third &= keys[BY].ne(keys[A]) & keys[BY].ne(keys[B])
    problems = _problems(
        table, frame.loc[alone], B, say("An organisation has no conversation with itself."),
        say("Write the other of the two. Until then the row doesn't count."),
    ) + _problems(
        table, frame.loc[third], BY, say("Neither of the two."),
        say("Write one of the two, or leave the cell blank if you saw it yourselves."),
    )  # fmt: skip
    nobody = {B: frame[B].mask(alone, ""), f"{B}_id": frame[f"{B}_id"].mask(alone, "")}
    return frame.assign(**nobody), problems


def _keys(frame: pd.DataFrame, name: str) -> pd.Series:
    """The id, else the folded name; "" for a blank."""
    texts = frame[name]
    folded = texts.map({text: fold(text) if text.strip() else "" for text in texts.unique()})
    ids = frame[f"{name}_id"].astype(object)
    return ids.where(ids.ne(""), folded)


def _problems(table: Typed, rows: pd.DataFrame, name: str, what: str, remedy: str) -> list[Problem]:
    title = table.titles.get(name) or table.table.column(name).title
    places = rows["source"] if "source" in rows else [table.title] * len(rows)
    return [
        Problem(str(place), int(row), title, what, remedy, shorten(found))
        for place, row, found in zip(places, rows["row"], rows[name], strict=True)
    ]
