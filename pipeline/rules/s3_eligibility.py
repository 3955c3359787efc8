"""S3, continued: which organisations may join, as the coalition has decided in [eligibility]."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pandas as pd

from config.text import fold
from pipeline.domains import own_domain
from pipeline.rules.evidence import (
    INDIVIDUAL,
    REQUESTS,
    WITHDRAWALS,
    joined,
    nothing,
    quote,
    quote_where,
    says,
    words,
)
from pipeline.rules.model import Forms, Rule
from pipeline.rules.s7_abuse import is_placeholder
from pipeline.rules.sizes import at_most, founded_on, months_between

_PARTS = re.compile(r"[/,;()&|]| - | – ")
KINDS = ("eligibility.kinds", "eligibility.not_kinds")


def _unsaid(text: str) -> bool:
    return not text.strip() or is_placeholder(text)


def _wrong_kind(forms: Forms) -> pd.Series:
    may, may_not = forms.eligibility.kinds, forms.eligibility.not_kinds
    admitted = words(*may) if may else None
    kept_out = words(*may_not) if may_not else None

    def wrong(kind: str) -> bool:
        folded = fold(kind)
        if _unsaid(kind):
            return False
        out = kept_out is not None and says(kept_out, folded, reach=1)
        return out or (admitted is not None and not says(admitted, folded, reach=1))

    return quote_where(forms, "kind", wrong)


def _kind_blank(forms: Forms) -> pd.Series:
    return quote_where(forms, "kind", _unsaid)


def _too_small(forms: Forms) -> pd.Series:
    smallest = forms.eligibility.smallest
    if smallest is None:
        return nothing(forms)

    def small(size: str) -> bool:
        most = at_most(size)
        return most is not None and most < smallest

    return quote_where(forms, "size", small)


def _too_young(forms: Forms) -> pd.Series:
    youngest = forms.eligibility.youngest
    if youngest is None:
        return nothing(forms)

    def young(founded: str) -> bool:
        day = founded_on(founded, forms.today)
        return day is not None and months_between(day, forms.today) < youngest

    return quote_where(forms, "founded", young)


def _cannot_be_read(forms: Forms) -> pd.Series:
    unread: dict[str, Callable[[str], bool]] = {}
    if forms.eligibility.smallest is not None:
        unread["size"] = lambda text: at_most(text) is None
    if forms.eligibility.youngest is not None:
        unread["founded"] = lambda text: founded_on(text, forms.today) is None
    parts = [quote_where(forms, field, test) for field, test in unread.items()
             if field in forms.asked]  # fmt: skip
    return joined(parts, forms.frame.index)


def _kept_out(forms: Forms) -> pd.Series:
    excluded = forms.eligibility.excluded
    if not excluded:
        return nothing(forms)
    names = words(*excluded)
    domains = {domain for domain in map(_as_domain, excluded) if domain}
    parts = (
        quote_where(forms, "organisation", lambda name: bool(names.search(fold(name)))),
        quote(forms, "website", forms.frame["domain"].isin(domains)),
        quote(forms, "email", forms.frame["mail_domain"].isin(domains)),
    )
    return joined(parts, forms.frame.index)


def _as_domain(entry: str) -> str:
    """The web domain that an entry names; a name of several words names none."""
    return "" if " " in entry.strip() else own_domain(entry)


def _other_country(forms: Forms) -> pd.Series:
    admitted = {form for country in forms.eligibility.countries for form in _spelt(country)}
    if not admitted:
        return nothing(forms)
    return quote_where(forms, "country", lambda text: admitted.isdisjoint(_spelt(text)))


def _spelt(country: str) -> Iterable[str]:
    """A country's name for comparison, and each part of `Germany / Deutschland`."""
    for part in (country, *_PARTS.split(country)):
        if bare := fold(part).removeprefix("the ").replace(" ", ""):
            yield bare


RULES = (
    Rule(
        "S304",
        title="Its kind may not join",
        why="The coalition has decided which kinds of organisation it is made of.",
        remedy="Tell them why, and how they can support you; the kinds stand in eligibility.",
        severity="hold",
        question="Organisations of this kind may not join. {evidence}. Is it one?",
        sentence="Our coalition has decided which kinds of organisation may join, and yours "
        "doesn't seem to be among them. {evidence}. Please tell us if we are mistaken.",
        reads=("kind",),
        find=_wrong_kind,
        needs=("kind",),
        wants=KINDS,
        after=(*INDIVIDUAL, *WITHDRAWALS),
        suggestion="not accepted",
    ),
    Rule(
        "S305",
        title="It doesn't tell its kind",
        why="Only some kinds of organisation may join, so the kind has to be known.",
        remedy="Look at their website, or ask them.",
        severity="hold",
        question="They don't say what kind of organisation they are, and not every kind may join. "
        "Which is it?",
        sentence="Please tell us what kind of organisation you are; not every kind may join us.",
        reads=("kind",),
        find=_kind_blank,
        needs=("kind",),
        wants=KINDS,
        after=("S304", *INDIVIDUAL, *REQUESTS),
    ),
    Rule(
        "S306",
        title="It is too small",
        why="The coalition has decided how many people an organisation has at least.",
        remedy="Ask them whether the number still holds; eligibility.smallest says the least.",
        severity="hold",
        question="It has fewer people than an organisation needs to join. {evidence}. "
        "Can it join all the same?",
        sentence="Your organisation seems smaller than our coalition asks for. {evidence}. "
        "Please tell us if the number has changed.",
        reads=("size",),
        find=_too_small,
        needs=("size",),
        wants=("eligibility.smallest",),
        after=(*INDIVIDUAL, *WITHDRAWALS),
    ),
    Rule(
        "S307",
        title="It is too young",
        why="The coalition has decided for how long an organisation exists before it joins.",
        remedy="Wait, or ask who stands behind it; eligibility.youngest says the months.",
        severity="hold",
        question="It hasn't existed for long enough to join. {evidence}. Can it join all the same?",
        sentence="Your organisation seems younger than our coalition asks for. {evidence}. "
        "Please tell us since when you have worked together.",
        reads=("founded",),
        find=_too_young,
        needs=("founded",),
        wants=("eligibility.youngest",),
        after=(*INDIVIDUAL, *WITHDRAWALS),
    ),
    Rule(
        "S308",
        title="Its size or age can't be told",
        why="How large and how old an organisation is decides whether it may join.",
        remedy="Look at their website, or ask them.",
        severity="hold",
        question="It can't be told whether it is large and old enough to join. {evidence}. "
        "What do they say?",
        sentence="We could not read how many you are, or since when you exist. {evidence}. "
        "Please tell us the number and the year.",
        reads=("size", "founded"),
        find=_cannot_be_read,
        wants=("eligibility.smallest", "eligibility.youngest"),
        after=(*INDIVIDUAL, *REQUESTS),
    ),
    Rule(
        "S311",
        title="It is on the list of those kept out",
        why="The coalition has decided with whom it doesn't sign.",
        remedy="Make sure that it is really them: many share a name.",
        severity="hold",
        question="It is on the list of those who are kept out. {evidence}. Is it really them?",
        sentence="Our coalition doesn't sign together with some organisations, and yours seems "
        "to be one of them. Please tell us if we are mistaken.",
        reads=("organisation", "website", "email"),
        find=_kept_out,
        wants=("eligibility.excluded",),
        after=(*INDIVIDUAL, *WITHDRAWALS),
        suggestion="not accepted",
    ),
    Rule(
        "S312",
        title="It is from another country",
        why="The coalition has decided from which countries organisations join.",
        remedy="Ask where they are at home; the countries stand in eligibility.countries.",
        severity="hold",
        question="It doesn't seem to be at home in a country from which organisations may join. "
        "{evidence}. Can it join all the same?",
        sentence="Organisations from certain countries may join our coalition. {evidence}. "
        "Please tell us in which country yours is at home.",
        reads=("country",),
        find=_other_country,
        needs=("country",),
        wants=("eligibility.countries",),
        after=(*INDIVIDUAL, *REQUESTS),
    ),
)
