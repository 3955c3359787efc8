"""S1: the statement, its principles and policies."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from config.statement import Version
from config.tables import SIGNONS
from config.text import shorten
from config.words import say
from pipeline.rules.evidence import (
    AGREES,
    FORM_TEXT,
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
from pipeline.versions import ASKED, SHOWN, shown_version, was_adopted


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


def _drifted(forms: Forms) -> pd.Series:
    return forms.frame["drift"].astype(object)


def _older(forms: Forms) -> pd.Series:
    """Where another substance was in force on the day than the one agreed to."""
    known = forms.frame["version_by"].isin([SHOWN, ASKED])
    rows = forms.frame.loc[known & forms.frame["day"].notna() & (forms.frame["version"] != "")]
    told = pd.Series("", index=forms.frame.index, dtype=object)
    for at, day, version in zip(rows.index, rows["day"], rows["version"], strict=True):
        in_force = forms.statement.in_force(day.date())
        if in_force and forms.statement.substance(version) != forms.statement.substance(
            in_force.version
        ):
            told[at] = say("version {old} instead of {new}", old=version, new=in_force.version)
    return told


def _draft(forms: Forms) -> pd.Series:
    """Where the form names a version that wasn't adopted yet on the day."""
    odd = [
        version is not None and not was_adopted(version, day)
        for text, day in zip(forms.frame["version_shown"], forms.frame["day"], strict=True)
        for version in [shown_version(text, forms.statement)]
    ]
    shown = quote(forms, "version_shown", pd.Series(odd, index=forms.frame.index, dtype=bool))
    asked = (forms.frame["version_by"] == ASKED) & (forms.frame["version"] == "")
    return joined((shown, only_where(asked, say("It answered the question of a draft"))),
                  forms.frame.index)  # fmt: skip


def _unknown_version(forms: Forms) -> pd.Series:
    return _shown(forms, lambda version: version is None)


def _shown(forms: Forms, is_odd: Callable[[Version | None], bool]) -> pd.Series:
    """The answer about the version, quoted where what it names is odd."""
    odd = per_text(
        forms.frame["version_shown"],
        lambda text: "odd" if text.strip() and is_odd(shown_version(text, forms.statement)) else "",
    )
    return quote(forms, "version_shown", odd != "")


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
        after=("S113", "S210", *WITHDRAWALS),
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
        after=("S105", "S113", "S210", *WITHDRAWALS),
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
        after=(*WITHDRAWALS, "S110"),
    ),
    Rule(
        "S108",
        title="The form showed another text",
        why="Whoever signed another text than the adopted one has not signed the statement.",
        remedy="Put the form right, then send them the adopted text; or say in the question about "
        "the form that the difference doesn't matter.",
        severity="hold",
        question="The form showed another text than the adopted one: {evidence}. "
        "Do they agree to the adopted text?",
        sentence="The form did not show the adopted text when you signed; "
        "please tell us whether your organisation agrees to the text as it was adopted.",
        reads=(FORM_TEXT,),
        find=_drifted,
        after=(*REQUESTS, "S107"),
    ),
    Rule(
        "S109",
        title="It agreed to an older version",
        why="The one in force says something else; nobody agrees to a text unseen.",
        remedy="Send them the version in force and ask whether they sign it.",
        severity="hold",
        question="The form that they filled in was about an older text ({evidence}). "
        "Do they agree to the one in force?",
        sentence="You signed an older version of the statement; "
        "please tell us whether your organisation agrees to the one in force.",
        reads=("version_shown", AGREES),
        find=_older,
        after=(*REQUESTS, "S107", "S108"),
    ),
    Rule(
        "S110",
        title="It was shown a draft",
        why="A draft takes no sign-ons: its words may still change.",
        remedy="Take the comment as feedback, and send them the text once it is adopted.",
        severity="hold",
        question="They signed a draft. {evidence}. Do they agree to the adopted text?",
        sentence="You signed a draft; please tell us whether your organisation agrees to the "
        "adopted text.",
        reads=("version_shown",),
        find=_draft,
        after=WITHDRAWALS,
    ),
    Rule(
        "S111",
        title="It names a version that isn't there",
        why="Which text somebody agreed to has to be known.",
        remedy="Correct the form, or add the version's file to the statement's folder.",
        severity="note",
        question="The form names a version that nobody adopted. {evidence}. "
        "The one in force that day was taken.",
        sentence="We took it that you signed the version in force on the day you sent the form.",
        reads=("version_shown",),
        find=_unknown_version,
        needs=("version_shown",),
        after=WITHDRAWALS,
        suggestion="accept",
    ),
)
