"""The figures that are never mixed: gross, withdrawn and net; organisations and people."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pipeline.metrics.values import chapters
from pipeline.model import Result
from pipeline.registry import OUTSIDE
from pipeline.standing import MEMBER

LEFT = ("withdrawn", "suspended", "removed", "lapsed")
Figures = Mapping[str, Mapping[str, int]]


def tally(result: Result) -> Figures:
    """Counts of today.

    Keys: `organisations` (gross: ever accepted; less those in LEFT and those in_question: net,
    the members), `of_which` (chapters, parents: of how many; reaffirm), `not_members` (those that
    signed as funder, observer, ...), `individuals` (gross, withdrawn, net) and, per letter under
    its name, what `Letter.counts` gives.
    """
    table = result.organisations
    inside = table.loc[~table["joins_as"].isin(OUTSIDE) & table["joined_on"].notna()]
    members = inside.loc[inside["standing"].isin(MEMBER)]
    left = {name: int((inside["standing"] == name).sum()) for name in LEFT}
    in_question = len(inside) - len(members) - sum(left.values())
    outside = table.loc[table["joins_as"].isin(OUTSIDE) & table["standing"].isin(MEMBER)]
    parts, wholes = chapters(members)
    found: dict[str, Mapping[str, int]] = {
        "organisations": {"gross": len(inside), **left, "in_question": in_question,
                          "net": len(members)},
        "of_which": {
            "chapters": parts,
            "parents": wholes,
            "reaffirm": int((members["standing"] == "reaffirm").sum()),
        },
        "not_members": {name: int((outside["joins_as"] == name).sum()) for name in sorted(OUTSIDE)},
        "individuals": individuals(result.forms),
    }  # fmt: skip
    for letter in result.letters:
        if letter.statement.in_force(result.today) is None:
            continue
        found[f"letter {letter.statement.name}"] = letter.counts(result.today)
    return found


def individuals(forms: pd.DataFrame) -> dict[str, int]:
    """People who signed for themselves: accepted ever, withdrawn since, and what is left."""
    mine = forms.loc[["individual" in labels for labels in forms["labels"]], "outcome"]
    withdrawn, net = int((mine == "withdrawn").sum()), int((mine == "accepted").sum())
    return {"gross": withdrawn + net, "withdrawn": withdrawn, "net": net}
