"""S3: which organisations may join."""

from __future__ import annotations

import pandas as pd

from pipeline.rules.evidence import (
    INDIVIDUAL,
    REQUESTS,
    WITHDRAWALS,
    answered,
    blank,
    joined,
    quote,
)
from pipeline.rules.model import Forms, Rule


def _cannot_decide(forms: Forms) -> pd.Series:
    bound = answered(forms, "acts_autonomously", "no")
    return quote(forms, "acts_autonomously", bound & ~answered(forms, "parent_approval", "yes"))


def _no_approval(forms: Forms) -> pd.Series:
    chapter = ~blank(forms, "parent") & ~answered(forms, "acts_autonomously", "yes")
    approval = answered(forms, "parent_approval", "no") | blank(forms, "parent_approval")
    parts = (quote(forms, field, chapter & approval) for field in ("parent", "parent_approval"))
    return joined(parts, forms.frame.index)


RULES = (
    Rule(
        "S301",
        title="It can't decide this by itself",
        why="A chapter that isn't free to decide speaks for its parent without having asked.",
        remedy="Ask whether the parent organisation agrees.",
        severity="hold",
        question="They answered that they can't decide this by themselves. Who decides it?",
        sentence="You answered that your organisation cannot decide this by itself; "
        "please tell us who can, and whether they have agreed.",
        reads=("acts_autonomously", "parent_approval"),
        find=_cannot_decide,
        needs=("acts_autonomously",),
        after=(*INDIVIDUAL, *WITHDRAWALS),
    ),
    Rule(
        "S302",
        title="Its parent hasn't approved",
        why="Many organisations want chapters to ask before they join a coalition.",
        remedy="Ask whether the parent agrees, or whether the chapter may decide by itself.",
        severity="hold",
        question="It is a chapter, and its parent's approval is missing. {evidence}. "
        "Has the parent agreed?",
        sentence="Please tell us whether your parent organisation has agreed to your joining.",
        reads=("parent", "parent_approval", "acts_autonomously"),
        find=_no_approval,
        needs=("parent", "parent_approval"),
        after=("S301", *INDIVIDUAL, *REQUESTS),
    ),
)
