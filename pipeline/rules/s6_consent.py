"""S6: consent and being listed. Only notes: a member may well want to stay unnamed."""

from __future__ import annotations

import pandas as pd

from pipeline.rules.evidence import WITHDRAWALS, answered, quote
from pipeline.rules.model import Forms, Rule


def _not_listed(forms: Forms) -> pd.Series:
    return quote(forms, "list_us", answered(forms, "list_us", "no"))


def _unnamed(forms: Forms) -> pd.Series:
    counted = answered(forms, "count_us_unnamed", "yes") & ~answered(forms, "list_us", "yes")
    return quote(forms, "count_us_unnamed", counted)


RULES = (
    Rule(
        "S601",
        title="Doesn't want to be listed",
        why="A name is shown in public only with consent.",
        remedy="Nothing; never tick it for them.",
        severity="note",
        question="They don't want their name in public.",
        sentence="Your organisation's name will not be shown in public, as you asked.",
        reads=("list_us",),
        find=_not_listed,
        needs=("list_us",),
        after=("S602", *WITHDRAWALS),
        suggestion="don't list",
    ),
    Rule(
        "S602",
        title="May be counted, not named",
        why="A name is shown in public only with consent; a number needs none.",
        remedy="Nothing; count it in public figures and leave the name out.",
        severity="note",
        question="They may be counted in public, but not named.",
        sentence="Your organisation is counted in public without its name, as you asked.",
        reads=("list_us", "count_us_unnamed"),
        find=_unnamed,
        needs=("count_us_unnamed",),
        after=WITHDRAWALS,
        suggestion="don't list",
    ),
)
