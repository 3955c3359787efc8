"""S3: what kind of organisation it is: a chapter, a funder, a large one."""

from __future__ import annotations

import pandas as pd

from config.text import fold
from pipeline.rules.evidence import (
    INDIVIDUAL,
    REQUESTS,
    WITHDRAWALS,
    answered,
    blank,
    joined,
    per_text,
    quote,
    quote_where,
)
from pipeline.rules.model import Forms, Rule
from pipeline.rules.s7_abuse import is_placeholder
from pipeline.rules.sizes import at_least

NOTABLE = 1000
"""Members or staff from which an organisation's joining is an event."""
NOT_MEMBERS = ("funder", "observer", "signatory only", "coalition staff")


def _cannot_decide(forms: Forms) -> pd.Series:
    bound = answered(forms, "acts_autonomously", "no")
    return quote(forms, "acts_autonomously", bound & ~answered(forms, "parent_approval", "yes"))


def _has_parent(forms: Forms) -> pd.Series:
    """Where a parent is named that isn't itself; "none" and its like name nobody."""
    parent = per_text(
        forms.frame["parent"], lambda text: "" if is_placeholder(text) else fold(text)
    )
    return (parent != "") & (parent != per_text(forms.frame["organisation"], fold))


def _no_approval(forms: Forms) -> pd.Series:
    chapter = _has_parent(forms) & ~answered(forms, "acts_autonomously", "yes")
    approval = answered(forms, "parent_approval", "no") | blank(forms, "parent_approval")
    parts = (quote(forms, field, chapter & approval) for field in ("parent", "parent_approval"))
    return joined(parts, forms.frame.index)


def _chapter(forms: Forms) -> pd.Series:
    return quote(forms, "parent", _has_parent(forms))


def _no_member(forms: Forms) -> pd.Series:
    joins_as = forms.frame["joins_as"]
    return joins_as.where(joins_as.isin(NOT_MEMBERS), "").astype(object)


def _notable(forms: Forms) -> pd.Series:
    return quote_where(forms, "size", lambda size: (at_least(size) or 0) >= NOTABLE)


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
    Rule(
        "S303",
        title="It is a chapter",
        why="An organisation and its chapters may all be listed; figures say which they count.",
        remedy="Nothing.",
        severity="note",
        question="It is a chapter of a larger organisation. {evidence}.",
        sentence="We know you as a chapter of a larger organisation. {evidence}.",
        reads=("parent",),
        find=_chapter,
        needs=("parent",),
        after=(*INDIVIDUAL, *WITHDRAWALS),
        suggestion="accept",
        label="chapter",
    ),
    Rule(
        "S313",
        title="It joins without becoming a member",
        why="Funders, observers, staff and those who only sign are with us, and don't count "
        "as members.",
        remedy="Nothing; ask them again next year.",
        severity="note",
        question="It joins without becoming a member (as {evidence}).",
        sentence="You joined as {evidence}, and we don't count you as a member.",
        reads=("joins_as",),
        find=_no_member,
        needs=("joins_as",),
        after=(*INDIVIDUAL, *WITHDRAWALS),
        suggestion="accept",
        label="{evidence}",
    ),
    Rule(
        "S314",
        title="A large organisation signs",
        why="It brings many people with it, and deserves a personal word.",
        remedy="Thank them personally, and ask what they would like to bring in.",
        severity="note",
        question="A large organisation signs. {evidence}. Somebody should thank them personally.",
        sentence="Thank you for bringing so many people with you; one of us will be in touch.",
        reads=("size",),
        find=_notable,
        needs=("size",),
        after=("S205", "S213", "S304", *INDIVIDUAL, *REQUESTS),
        suggestion="accept",
    ),
)
