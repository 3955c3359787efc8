"""S1: the statement, its principles and policies."""

from __future__ import annotations

import pandas as pd

from config.tables import SIGNONS
from config.text import shorten
from config.words import say
from pipeline.rules.evidence import (
    AGREES,
    REQUESTS,
    WITHDRAWALS,
    answered,
    blank,
    joined,
    name_of,
    only_where,
    per_day,
    per_text,
    points_asked,
    quote,
)
from pipeline.rules.model import Forms, Rule
from pipeline.rules.reservations import reserved, says_something


def _disagrees(forms: Forms) -> pd.Series:
    return quote(forms, "agreement", answered(forms, "agreement", "no"))


def _agreement_blank(forms: Forms) -> pd.Series:
    everybody = pd.Series(True, index=forms.frame.index)
    if forms.form.sending_is_agreeing:
        return only_where(~everybody, "")
    if "agreement" in forms.asked:
        return quote(forms, "agreement", blank(forms, "agreement"))
    # The form that only asks point by point is judged by S103 and S104.
    asks_nothing = everybody & (not points_asked(forms))
    return only_where(asks_nothing, say("The form has no question for it"))


def _points_refused(forms: Forms) -> pd.Series:
    return joined(
        (
            only_where(answered(forms, point.field, "no"), name_of(forms, point.field))
            for point in points_asked(forms)
        ),
        forms.frame.index,
    )


def _points_blank(forms: Forms) -> pd.Series:
    parts = (
        only_where(
            blank(forms, point.field) & _stands_in(forms, point.field), name_of(forms, point.field)
        )
        for point in points_asked(forms)
    )
    return joined(parts, forms.frame.index)


def _stands_in(forms: Forms, field: str) -> pd.Series:
    """Where the version that was in force has that point, or no version is known."""
    versions = forms.statement.versions
    lacking = [v.version for v in versions if field not in {point.field for point in v.points}]
    return ~forms.frame["version"].isin(lacking)


def _condition(forms: Forms) -> pd.Series:
    return per_text(forms.frame["reservations"], lambda text: _quoted(reserved(text)))


def _remark(forms: Forms) -> pd.Series:
    return per_text(
        forms.frame["reservations"], lambda text: _quoted(text) if says_something(text) else ""
    )


def _quoted(words: str) -> str:
    return f"{SIGNONS.column('reservations').title}: “{shorten(words)}”" if words else ""


def _too_early(forms: Forms) -> pd.Series:
    early = forms.frame["day"].notna() & (forms.frame["version"] == "")
    return per_day(forms.frame["day"], early, SIGNONS.column("timestamp").title)


RULES = (
    Rule(
        "S101",
        title="It doesn't agree to the statement",
        why="The statement is what holds the coalition together.",
        remedy="Talk to them: a slip of the mouse, or a difference worth hearing.",
        severity="hold",
        question="They answered that they don't agree to the statement. Was it meant?",
        sentence="You answered that your organisation does not agree to the statement; "
        "please tell us whether that is what you meant.",
        reads=("agreement",),
        find=_disagrees,
        needs=("agreement",),
        after=WITHDRAWALS,
    ),
    Rule(
        "S102",
        title="The agreement is left blank",
        why="Only who says yes has signed.",
        remedy="Ask them. If whoever sends the form agrees, set sending_is_agreeing = true.",
        severity="hold",
        question="They didn't say whether they agree to the statement ({evidence}). Do they?",
        sentence="We found no answer to whether your organisation agrees to the statement; "
        "please tell us.",
        reads=("agreement",),
        find=_agreement_blank,
        after=REQUESTS,
    ),
    Rule(
        "S103",
        title="A principle or policy is refused",
        why="Principles and policies are agreed to one by one, and all of them hold for everybody.",
        remedy="Talk to them about that point.",
        severity="hold",
        question="They answered no to: {evidence}. Can they join all the same?",
        sentence="You answered no to: {evidence}. We would like to talk with you about it.",
        reads=(AGREES,),
        find=_points_refused,
        needs=(AGREES,),
        after=("S101", *WITHDRAWALS),
    ),
    Rule(
        "S104",
        title="A principle or policy is left blank",
        why="Silence is no agreement.",
        remedy="Ask them about that point.",
        severity="hold",
        question="They left blank: {evidence}. Do they agree?",
        sentence="You left blank: {evidence}. Please tell us whether your organisation agrees.",
        reads=(AGREES,),
        find=_points_blank,
        needs=(AGREES,),
        after=("S101", *REQUESTS),
    ),
    Rule(
        "S105",
        title="It signs under a condition",
        why="A sign-on under a condition isn't counted until somebody has looked at the condition.",
        remedy="Read it; accept it if it takes nothing back, else talk to them.",
        severity="hold",
        question="They seem to sign under a condition. {evidence}. Does the sign-on hold?",
        sentence="Your form seems to set a condition. {evidence}. "
        "Please tell us whether your organisation signs the statement as it stands.",
        reads=("reservations",),
        find=_condition,
        needs=("reservations",),
        after=WITHDRAWALS,
    ),
    Rule(
        "S106",
        title="It adds a remark",
        why="A remark is a reason to talk, not a reason to wait.",
        remedy="Read it, and thank them for it.",
        severity="note",
        question="They add a remark. {evidence}.",
        sentence="Thank you for your remark; we read it.",
        reads=("reservations",),
        find=_remark,
        needs=("reservations",),
        after=("S105", *WITHDRAWALS),
        suggestion="accept",
    ),
    Rule(
        "S107",
        title="Sent before the statement was adopted",
        why="They can't have read the text that they would be counted under.",
        remedy="Send them the adopted text and ask whether they sign it; or correct adopted_on.",
        severity="hold",
        question="They signed before any version was in force ({evidence}). "
        "Do they agree to the adopted text?",
        sentence="You signed before the statement was adopted; "
        "please tell us whether your organisation agrees to the adopted text.",
        reads=("timestamp",),
        find=_too_early,
        after=WITHDRAWALS,
    ),
)
