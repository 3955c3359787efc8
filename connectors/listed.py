"""What a tab could not hold as it is, said as problems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from config.problems import Problem
from config.tabplan import TabPlan
from config.words import say
from connectors.merge import Merged


def listed(plans: Sequence[TabPlan], merged: Sequence[Merged]) -> Iterator[Problem]:
    """A problem for each text that was cut or had a character replaced."""
    cut = say("The text is too long for a cell; it was cut."), say("Read it where it came from.")
    lost = (
        say("A character that no workbook can hold was replaced."),
        say("Correct it where it came from, if it matters."),
    )
    for plan, each in zip(plans, merged, strict=True):
        for cells, (what, remedy) in ((each.cut, cut), (each.replaced, lost)):
            for row, column in cells:
                yield Problem(plan.title, row, column, what, remedy)
