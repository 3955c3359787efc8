"""Connect: who is represented. Self-declared, and silent where it would point at somebody."""

from __future__ import annotations

import pandas as pd

from config.text import fold
from config.words import say
from pipeline.metrics.coming import somebody_declares
from pipeline.metrics.model import Context, Metric, Value
from pipeline.metrics.values import members, no_data, ratio

LEAST_CELL = 10
"""Every number shown and its complement must be at least this."""
NOT_SAID = frozenset(
    fold(text)
    for text in (
        "", "prefer not to say", "rather not say", "no answer", "keine Angabe",
        "prefiero no decirlo", "prefiero no responder", "ne souhaite pas répondre",
        "vill inte svara",
    )
)  # fmt: skip
TOO_FEW = "there are too few to show without pointing at somebody"
NOBODY = "no member has answered the question about communities"


def declared(context: Context) -> pd.Series:
    """Member id → communities that it declared, one row each; those who declared none aren't in.

    The values are folded, so that one community is one whatever its spelling.
    """
    frame = members(context).set_index("id")["communities"].explode().dropna()
    folded = frame.map(fold)
    said = folded[~folded.isin(NOT_SAID)]
    return said[~pd.MultiIndex.from_arrays([said.index, said]).duplicated()]


def hidden(cell: int, whole: int) -> bool:
    """Would the number, or what is left of the whole, point at few?"""
    return min(cell, whole - cell) < LEAST_CELL


def _spellings(context: Context) -> dict[str, str]:
    shown = members(context)["communities"].explode().dropna()
    return {fold(text): text for text in reversed(shown.tolist())}


def shown(context: Context) -> pd.Series | str:
    """Community, as first spelt → members that declare it, in order; else why none may be shown."""
    said, everybody = declared(context), len(members(context))
    answered = said.index.nunique()
    if not answered:
        return say(NOBODY)
    counts = said.value_counts().sort_index()
    if hidden(answered, everybody) or any(hidden(int(count), answered) for count in counts):
        return say(TOO_FEW)
    return counts.rename(_spellings(context))


def _representation(context: Context) -> Value:
    counts = shown(context)
    if isinstance(counts, str):
        return no_data(counts)
    details = tuple((str(name), float(count)) for name, count in counts.items())
    answered = declared(context).index.nunique()
    return ratio(answered, len(members(context)), say(NOBODY), details)


def _deepen(context: Context) -> Value:
    said = declared(context)
    answered = said.index.nunique()
    if not answered:
        return no_data(say(NOBODY))
    counts = said.value_counts()
    small = said[said.isin(counts.index[counts < LEAST_CELL])]
    # What the figure points at is everybody in a small community together.
    pointed = small.index.nunique()
    if answered < LEAST_CELL or (pointed and hidden(pointed, answered)):
        return no_data(say(TOO_FEW))
    return Value(float(small.nunique()))


def _undeclared(context: Context) -> Value:
    answered, everybody = declared(context).index.nunique(), len(members(context))
    if not answered:
        return no_data(say(NOBODY))
    if hidden(answered, everybody):
        return no_data(say(TOO_FEW))
    return ratio(everybody - answered, everybody, say(NOBODY))


DECLARED = (
    "organisations.joins_as", "signons.communities_led", "signons.communities_served",
)  # fmt: skip
"""What says who declares what: an answer to either question does."""

C10 = Metric(
    "C10", "Representation", "Connect",
    "Of the members, those that say which communities they belong to, with the number per "
    "community, only where each number and its complement is at least 10.",
    "share", "", ("organisations.standing", "organisations.communities"),
    "Activist Handbook; Converge", _representation, DECLARED,
    comes=somebody_declares,
)  # fmt: skip
C11 = Metric(
    "C11", "Build deeper relationships here", "Connect",
    "Communities that fewer than 10 members declare, counted without naming any organisation and "
    "only where that points at nobody.",
    "communities", "down", ("organisations.standing", "organisations.communities"),
    "Everyday Democracy", _deepen, DECLARED, comes=somebody_declares,
)  # fmt: skip
C12 = Metric(
    "C12", "Undeclared", "Connect",
    "Of the members, those that leave the question about communities blank or prefer not to say, "
    "only where that number and its complement is at least 10.",
    "share", "", ("organisations.standing", "organisations.communities"),
    "ours", _undeclared, DECLARED, comes=somebody_declares,
)  # fmt: skip

COMMUNITIES = (C10, C11, C12)
