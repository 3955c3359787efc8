"""S6: consent and being listed. Only notes: a member may well want to stay unnamed."""

from __future__ import annotations

import pandas as pd

from pipeline.rules.evidence import (
    INDIVIDUAL,
    REQUESTS,
    WITHDRAWALS,
    answered,
    blank,
    quote,
)
from pipeline.rules.model import Forms, Rule


def _not_listed(forms: Forms) -> pd.Series:
    return quote(forms, "list_us", answered(forms, "list_us", "no"))


def _unnamed(forms: Forms) -> pd.Series:
    counted = answered(forms, "count_us_unnamed", "yes") & ~answered(forms, "list_us", "yes")
    return quote(forms, "count_us_unnamed", counted)


def _listing_blank(forms: Forms) -> pd.Series:
    return quote(forms, "list_us", blank(forms, "list_us"))


def _signatory_only(forms: Forms) -> pd.Series:
    shown = answered(forms, "show_signatory", "yes") & answered(forms, "list_us", "no")
    return quote(forms, "show_signatory", shown)


def _logo_only(forms: Forms) -> pd.Series:
    shown = answered(forms, "use_our_logo", "yes") & answered(forms, "list_us", "no")
    return quote(forms, "use_our_logo", shown)


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
    Rule(
        "S603",
        title="Whether to list it is left blank",
        why="A name is shown in public only with consent, and a blank is none.",
        remedy="Ask when you next talk to them; never tick it for them.",
        severity="note",
        question="They didn't say whether their name may be shown in public, so it isn't.",
        sentence="You didn't say whether we may show your organisation's name in public, "
        "so we don't; please tell us if we may.",
        reads=("list_us", "count_us_unnamed"),
        find=_listing_blank,
        needs=("list_us",),
        after=("S602", *INDIVIDUAL, *REQUESTS),
        suggestion="don't list",
    ),
    Rule(
        "S604",
        title="The signatory may be shown, the organisation not",
        why="A person's name without the organisation's says nothing, or too much.",
        remedy="Show neither, and ask what they meant.",
        severity="note",
        question="The signatory's name may be shown, the organisation's not; neither is.",
        sentence="You allowed us to show your own name, but not your organisation's; "
        "we show neither until you tell us what you meant.",
        reads=("list_us", "show_signatory"),
        find=_signatory_only,
        needs=("list_us", "show_signatory"),
        after=(*INDIVIDUAL, *WITHDRAWALS),
        suggestion="don't list",
    ),
    Rule(
        "S605",
        title="The logo may be shown, the name not",
        why="A logo names an organisation as plainly as its name does.",
        remedy="Show neither, and ask what they meant.",
        severity="note",
        question="The logo may be shown, the name not; neither is.",
        sentence="You allowed us to show your logo, but not your name; "
        "we show neither until you tell us what you meant.",
        reads=("list_us", "use_our_logo"),
        find=_logo_only,
        needs=("list_us", "use_our_logo"),
        after=(*INDIVIDUAL, *WITHDRAWALS),
        suggestion="don't list",
    ),
)
