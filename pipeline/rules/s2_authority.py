"""S2, continued: whom the signatory speaks for, whose decision it is, and whom to reach."""

from __future__ import annotations

from functools import cache

import pandas as pd

from config.tables import SIGNONS
from config.text import fold
from pipeline.domains import are_free_mail
from pipeline.rules.evidence import (
    INDIVIDUAL,
    REQUESTS,
    WITHDRAWALS,
    joined,
    nothing,
    per_day,
    per_text,
    quote,
    quote_where,
    says,
    words,
)
from pipeline.rules.model import Forms, Rule

OF_US = ("we are", "we re", "organisation is", "organization is", "union is", "group is")
AFFILIATED = words(
    "affiliated with", "affiliation only", "for identification only",
    "for identification purposes", "for affiliation purposes", "in a personal capacity",
    "in my personal capacity", "in his personal capacity", "in her personal capacity",
    "in their personal capacity", "personal capacity", "private capacity", "individual capacity",
    "as a private person", "as a private citizen", "as a private individual",
    "signing as an individual", "sign as an individual", "on my own behalf", "in my own name",
    "a título personal", "a título individual", "a título particular", "en mi propio nombre",
    "en nombre propio", "à titre personnel", "à titre individuel", "à titre privé",
    "en mon nom propre", "en mon propre nom", "als Privatperson", "als Einzelperson",
    "in meinem eigenen Namen", "in eigenem Namen", "im eigenen Namen", "a título pessoal",
    "em nome próprio", "em meu nome", "em meu próprio nome", "na qualidade de cidadão",
    "na qualidade de cidadã",
)  # fmt: skip
SPOKEN = ("role", "organisation", "signatory", "reservations")


def _affiliated(forms: Forms) -> pd.Series:
    parts = (quote_where(forms, field, _for_oneself) for field in SPOKEN)
    return joined(parts, forms.frame.index)


def _for_oneself(text: str) -> bool:
    """Whether somebody speaks for herself; "we are affiliated with" is an organisation speaking."""
    folded = fold(text)
    for us in OF_US:
        folded = folded.replace(f"{us} affiliated with", "")
    return says(AFFILIATED, folded)


def _other_role(forms: Forms) -> pd.Series:
    if not forms.eligibility.roles:
        return nothing(forms)
    may_sign = words(*forms.eligibility.roles)
    return quote_where(forms, "role", lambda role: not says(may_sign, fold(role)))


def _board_day_passed(forms: Forms) -> pd.Series:
    days, sent = forms.frame["decided_by_board_on"], forms.frame["day"]
    # Where the day of sending can't be read, nobody knows that the board had decided before.
    ahead = (days > sent) | sent.isna()
    passed = ahead & (days <= pd.Timestamp(forms.today))
    return per_day(days, passed, SIGNONS.column("decided_by_board_on").title)


def _disposable(forms: Forms) -> pd.Series:
    domains = forms.frame["mail_domain"]
    hosts = per_text(
        forms.frame["email"], lambda email: email.strip().casefold().rpartition("@")[2]
    )
    listed = domains.isin(_disposables()) | hosts.isin(_disposables())
    return quote(forms, "email", listed & ~are_free_mail(domains))


@cache
def _disposables() -> frozenset[str]:
    from disposable_email_domains import blocklist

    return frozenset(blocklist)


def _nobody_else(forms: Forms) -> pd.Series:
    contact = per_text(forms.frame["contact"], fold)
    same = [contact == per_text(forms.frame[field], fold) for field in ("signatory", "email")]
    return quote(forms, "contact", (contact == "") | same[0] | same[1])


def _named_like_signatory(forms: Forms) -> pd.Series:
    signatory = per_text(forms.frame["signatory"], fold)
    found = (signatory != "") & (signatory == per_text(forms.frame["organisation"], fold))
    return quote(forms, "organisation", found)


RULES = (
    Rule(
        "S210",
        title="Affiliation, not authority",
        why="Whoever belongs to an organisation doesn't yet speak for it.",
        remedy="Ask whether the organisation signs; if not, thank them as an individual.",
        severity="hold",
        question="They seem to sign for themselves and name an organisation that they belong to. "
        "{evidence}. Does the organisation sign?",
        sentence="Your form reads as if you signed for yourself. {evidence}. "
        "Please tell us whether your organisation signs, or you alone.",
        reads=(*SPOKEN, "signing_as"),
        find=_affiliated,
        after=(*INDIVIDUAL, *WITHDRAWALS),
    ),
    Rule(
        "S211",
        title="Somebody in this role may not sign",
        why="The coalition has decided which roles may sign for an organisation.",
        remedy="Ask for the yes of somebody who may; the roles stand in eligibility.roles.",
        severity="hold",
        question="The signatory's role isn't one of those that may sign. {evidence}. "
        "Who there may sign?",
        sentence="Our coalition has decided in which roles people may sign for an organisation. "
        "{evidence}. Please let somebody in such a role confirm your sign-on.",
        reads=("role", "signatory"),
        find=_other_role,
        needs=("role",),
        wants=("eligibility.roles",),
        after=("S201", "S204", "S210", *INDIVIDUAL, *REQUESTS),
    ),
    Rule(
        "S212",
        title="Its board's day has passed",
        why="A day that passes is no decision; somebody has to say what the board decided.",
        remedy="Ask what came of it; accept it once they say yes.",
        severity="hold",
        question="The day of their board has come, and nobody said what it decided. {evidence}. "
        "What did it decide?",
        sentence="Your board meant to decide by now. {evidence}. Please tell us what it decided.",
        reads=("decided_by_board_on",),
        find=_board_day_passed,
        needs=("decided_by_board_on", "timestamp"),
        after=(*INDIVIDUAL, *WITHDRAWALS),
        label="provisional",
        continues="S208",
    ),
    Rule(
        "S213",
        title="A throw-away address",
        why="An address that is gone in an hour answers no question, and anybody may have used it.",
        remedy="Write to the address on the organisation's website and ask.",
        severity="hold",
        question="The address is from a service for throw-away addresses. {evidence}. "
        "Who is it really?",
        sentence="Your form came from a throw-away address; please write to us once from an "
        "address that you keep.",
        reads=("email",),
        find=_disposable,
        needs=("email",),
        after=WITHDRAWALS,
    ),
    Rule(
        "S214",
        title="Nobody is named for day to day",
        why="Signatories are busy; work goes on where somebody beside them can be reached.",
        remedy="Ask when you next talk to them, and note the name in Contacts.",
        severity="note",
        question="They name nobody beside the signatory who can be reached day to day.",
        sentence="Please tell us whom we can reach day to day, beside whoever signed.",
        reads=("contact", "signatory", "email"),
        find=_nobody_else,
        needs=("contact",),
        after=("S201", *INDIVIDUAL, *REQUESTS),
        suggestion="accept",
    ),
    Rule(
        "S215",
        title="The organisation is called like its signatory",
        why="It may be one person, who is welcome and is counted apart.",
        remedy="Ask who belongs to it when you next talk to them.",
        severity="note",
        question="The organisation has the name of whoever signs. {evidence}.",
        sentence="Your organisation has your own name; if you signed for yourself, "
        "please tell us, and we count you as a person.",
        reads=("organisation", "signatory"),
        find=_named_like_signatory,
        needs=("signatory",),
        after=("S701", *INDIVIDUAL, *WITHDRAWALS),
        suggestion="accept",
    ),
)
