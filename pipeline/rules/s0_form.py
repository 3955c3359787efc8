"""S0: the form and its data."""

from __future__ import annotations

import pandas as pd

from config.base import is_address
from config.words import say
from pipeline.intake.model import UNCLEAR
from pipeline.rules.evidence import (
    AGREES,
    INDIVIDUAL,
    WITHDRAWALS,
    blank,
    joined,
    name_of,
    only_where,
    points_asked,
    quote,
    quote_where,
)
from pipeline.rules.model import Forms, Rule

MATTERS = (
    "request", "signing_as", "joins_as", "authorised", "acts_autonomously", "parent_approval",
    "agreement", "list_us", "count_us_unnamed", "show_signatory", "use_our_logo",
)  # fmt: skip
"""Answers of one word on which an outcome or a consent hangs."""


def _no_organisation(forms: Forms) -> pd.Series:
    return quote(forms, "organisation", blank(forms, "organisation"))


def _no_time(forms: Forms) -> pd.Series:
    return only_where(forms.frame["time_problem"] == "missing", say("Timestamp: left blank"))


def _unknown_time(forms: Forms) -> pd.Series:
    problem = forms.frame["time_problem"]
    unreadable = only_where(problem == "unreadable", say("The timestamp is not a date and time"))
    ambiguous = only_where(problem == "ambiguous", say("Its day and month can't be told apart"))
    return unreadable + ambiguous


def _test(forms: Forms) -> pd.Series:
    names = forms.frame["organisation"].astype("str").str.casefold()
    marked = names.str.contains(forms.form.test_marker.casefold(), regex=False)
    return quote(forms, "organisation", marked)


def _unclear(forms: Forms) -> pd.Series:
    fields = (*MATTERS, *(point.field for point in points_asked(forms)))
    return joined(
        (only_where(forms.frame[field] == UNCLEAR, name_of(forms, field)) for field in fields),
        forms.frame.index,
    )


def _by_hand(forms: Forms) -> pd.Series:
    return only_where(forms.frame["by_hand"], say("It stands in Sign-ons by hand"))


def _no_address(forms: Forms) -> pd.Series:
    return quote(forms, "email", blank(forms, "email"))


def _impossible_address(forms: Forms) -> pd.Series:
    return quote_where(
        forms, "email", lambda text: bool(text.strip()) and not is_address(text.strip())
    )


RULES = (
    Rule(
        "S001",
        title="No organisation is named",
        why="Without a name nobody can be counted, thanked or listed.",
        remedy="Ask whoever sent the form for the organisation's name.",
        severity="hold",
        question="The form names no organisation. Whose sign-on is it?",
        sentence="The form gave no name for your organisation; "
        "please tell us how it should appear.",
        reads=("organisation", "signing_as"),
        find=_no_organisation,
        after=INDIVIDUAL,
    ),
    Rule(
        "S002",
        title="It has no time",
        why="A form sets the time by itself; a row without one was typed into the responses.",
        remedy="Find out who typed it; rows of your own belong into Sign-ons by hand.",
        severity="hold",
        question="The row has no time, so it was probably typed in by hand. Who sent it, and when?",
        sentence="We have no record of when your form was sent; "
        "please confirm that your organisation sent it.",
        reads=("timestamp", "organisation"),
        find=_no_time,
        needs=("timestamp",),
        after=("S006",),
    ),
    Rule(
        "S003",
        title="Its time can't be read",
        why="Which statement was in force, and which of two forms is the newer, hangs on the time.",
        remedy="Set date_order or time_zone of the form in weaver.toml, or put the cell right.",
        severity="hold",
        question="When it was sent can't be known. {evidence}. When did it come in?",
        sentence="We could not tell when your form was sent; please tell us the day.",
        reads=("timestamp",),
        find=_unknown_time,
        needs=("timestamp",),
        suggestion="accept",
    ),
    Rule(
        "S004",
        title="It is marked as a test",
        why="Whoever tries the form out marks it, so that tests are never counted.",
        remedy="Nothing; take the marker out of the name if it was no test.",
        severity="note",
        question="The name carries the marker for tests ({evidence}).",
        sentence="The form is marked as a test and was not counted.",
        reads=("organisation",),
        find=_test,
        suggestion="keep",
        label="test",
    ),
    Rule(
        "S005",
        title="An answer can't be understood",
        why="A yes is only a yes when nobody has to guess.",
        remedy="Ask them; or add the word to yes, no or options of the form in weaver.toml.",
        severity="hold",
        question="It can't be told what they answered to: {evidence}. What did they mean?",
        sentence="We could not tell your answer to: {evidence}. Please answer once more.",
        reads=(*MATTERS, AGREES),
        find=_unclear,
    ),
    Rule(
        "S006",
        title="Entered by us, not yet confirmed",
        why="Nobody joins a statement by somebody else's hand.",
        remedy="Ask the organisation to send the form or to confirm in writing.",
        severity="hold",
        waits_for="them",
        question="It was entered by hand. Has the organisation itself confirmed it?",
        sentence="A coordinator entered your sign-on for you; "
        "please confirm that your organisation wants to join.",
        reads=("organisation", "email"),
        find=_by_hand,
    ),
    Rule(
        "S007",
        title="No email address was left",
        why="Without an address nobody can be asked, thanked or told what the coalition does.",
        remedy="Look for an address on their website, and put it into Contacts.",
        severity="note",
        question="They left no email address, so nothing can be sent to them.",
        sentence="We have no email address of yours; please tell us how we can reach you.",
        reads=("email",),
        find=_no_address,
        needs=("email",),
        after=WITHDRAWALS,
        suggestion="accept",
    ),
    Rule(
        "S008",
        title="The email address can't be right",
        why="Mail to it comes back, and a question that never arrives is never answered.",
        remedy="Look for the slip of the finger, ask by telephone, or put the right one into "
        "Contacts.",
        severity="note",
        question="Nothing can be sent to the address that they left. {evidence}.",
        sentence="The email address in your form can't be right; please tell us how we can "
        "reach you.",
        reads=("email",),
        find=_impossible_address,
        needs=("email",),
        after=WITHDRAWALS,
        suggestion="accept",
    ),
)
