"""S7: rubbish, advertising and floods. Doubtful names are many and mostly real: few are held."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from config.text import fold
from pipeline.rules.bursts import FREE_TEXTS, SAME_BODY, flood, same_words
from pipeline.rules.evidence import INDIVIDUAL, WITHDRAWALS, per_text, quote, words
from pipeline.rules.model import Forms, Rule

PLACEHOLDERS = frozenset(map(fold, (
    "asdf", "asd", "asdfg", "asdfgh", "asdfghjkl", "qwert", "qwerty", "qwertz", "azerty", "sdf",
    "dfg", "fgh", "jkl", "hjkl", "lorem ipsum", "lorem", "foo", "bar", "foo bar", "foobar", "baz",
    "xxx", "xx", "yyy", "zzz", "tbd", "tba", "todo", "test", "test test", "123", "1234", "12345",
    "123456", "n/a", "na", "none", "no", "nil", "null", "undefined", "unknown", "not applicable",
    "no organisation", "no organization", "none of the above", "anonymous", "myself", "me", "self",
    "individual", "private", "private person", "organisation", "organization", "organisation name",
    "organization name", "name of organisation", "name of organization", "your organisation",
    "your organization", "name", "keine", "keine Organisation", "keiner", "privat", "Privatperson",
    "anonym", "unbekannt", "ninguna", "ninguno", "sin organización", "anónimo", "particular",
    "aucune", "aucun", "néant", "anonyme", "nenhuma", "nenhum", "anônimo", "nessuna", "ingen",
)))  # fmt: skip
_SAME_SIGN = re.compile(r"(\w)(?:\s*\1){3,}")
_ADDRESS_ALONE = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_FORMULA = re.compile(
    r"=.*\w|[+@-]\s*\w+\(|[+-]\d+\s*[-+*/]\s*\d|[+@-].*\|.*!|dde\s*\(", re.IGNORECASE
)
_MARKUP = re.compile(
    r"</?\s*(?:script|a|img|iframe|svg|object|embed|style|link|form|input|video)\b"
    r"|javascript:|\[url",
    re.IGNORECASE,
)
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_SALE = words(
    "casino", "viagra", "cialis", "payday", "forex", "backlinks", "seo services", "buy now",
    "cheap", "escort", "bitcoin", "betting", "poker", "slots", "discount", "replica", "porn",
    "weight loss", "make money", "earn money", "click here",
)  # fmt: skip


def is_placeholder(name: str) -> bool:
    """Whether a name is only there because the form wanted one."""
    folded = fold(name)
    wordless = not any(c.isalnum() for c in folded)
    listed = len(folded) == 1 or folded in PLACEHOLDERS
    return wordless or listed or bool(_SAME_SIGN.fullmatch(folded))


def is_code(name: str) -> bool:
    """Whether a name is a formula, markup or an advertisement with a link."""
    text = name.strip()[:2_000]
    sells = bool(_LINK.search(text) and _SALE.search(fold(text)))
    return sells or bool(_FORMULA.match(text) or _MARKUP.search(text))


def _placeholder(forms: Forms) -> pd.Series:
    return _names(forms, is_placeholder)


def _code(forms: Forms) -> pd.Series:
    return _names(forms, is_code)


def _address(forms: Forms) -> pd.Series:
    return _names(forms, lambda name: bool(_ADDRESS_ALONE.fullmatch(name.strip())))


def _names(forms: Forms, is_odd: Callable[[str], bool]) -> pd.Series:
    found = per_text(forms.frame["organisation"], lambda name: "odd" if is_odd(name) else "")
    return quote(forms, "organisation", found != "")


RULES = (
    Rule(
        "S701",
        title="The name is a placeholder",
        why="A list with invented names on it harms everybody on it.",
        remedy="Look at the rest of the form; ask the sender, or don't accept it.",
        severity="hold",
        question="The name looks like a placeholder. {evidence}. Is it an organisation?",
        sentence="We could not recognise your organisation by the name given; "
        "please tell us its full name.",
        reads=("organisation",),
        find=_placeholder,
        after=("S001", *INDIVIDUAL),
    ),
    Rule(
        "S702",
        title="The name is a web address",
        why="The name is shown exactly as it was given.",
        remedy="Ask how the name should appear, or note it in Changes (show as).",
        severity="note",
        question="The name is only a web address. {evidence}.",
        sentence="You gave a web address as your organisation's name; "
        "please tell us how the name should appear.",
        reads=("organisation",),
        find=_address,
        after=("S001", "S704"),
        suggestion="accept",
    ),
    Rule(
        "S703",
        title="Many forms alike at once",
        why="A flood of forms alike is a machine, a joke, or somebody signing for others.",
        remedy="Look at them together: accept or refuse them as a batch.",
        severity="hold",
        question="{evidence}. Did each organisation mean to sign?",
        sentence="We received several forms that are very much alike at the same time; "
        "please confirm that your organisation sent one.",
        reads=("email", "signatory", *SAME_BODY),
        find=flood,
        needs=("timestamp",),
        compares=True,
    ),
    Rule(
        "S704",
        title="The name is code or an advertisement",
        why="Formulas and links are put into forms to do harm elsewhere.",
        remedy="Don't follow it, and don't accept it unless you know the organisation.",
        severity="hold",
        question="The name holds a formula, markup or an advertisement. {evidence}. "
        "Is it an organisation?",
        sentence="We could not recognise your organisation by the name given; "
        "please tell us its full name.",
        reads=("organisation",),
        find=_code,
        after=("S001",),
        suggestion="not accepted",
    ),
    Rule(
        "S705",
        title="The same words from several",
        why="Many forms with the same words at once are a machine, or somebody filling in for "
        "others.",
        remedy="Filter Evidence and decide them together; a text that was handed round at a "
        "meeting is no harm.",
        severity="hold",
        question="{evidence}. Did each organisation mean to sign?",
        sentence="We received several forms with the very same words at the same time; "
        "please confirm that your organisation sent one.",
        reads=FREE_TEXTS,
        find=same_words,
        needs=("timestamp",),
        after=("S703", *WITHDRAWALS),
        compares=True,
    ),
)
