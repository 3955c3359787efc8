"""S7: rubbish, advertising and floods. Doubtful names are many and mostly real: few are held."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pandas as pd

from config.text import fold
from config.words import say
from pipeline.rules.evidence import INDIVIDUAL, per_text, quote, words
from pipeline.rules.model import Forms, Rule

FLOOD = 5
WINDOW = np.timedelta64(10, "m")
SAME_BODY = (
    "kind", "size", "country", "district", "role", "reservations", "already_doing",
    "worth_your_time",
)  # fmt: skip
"""Answers that differ between organisations which really are different."""

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


def _flood(forms: Forms) -> pd.Series:
    by_address = _bursts(forms, "email", say("{n} forms alike from one address at once"))
    by_name = _bursts(forms, "signatory", say("{n} forms alike with one signatory at once"))
    return by_address.where(by_address != "", by_name)


def _bursts(forms: Forms, field: str, told: str) -> pd.Series:
    """The evidence where at least FLOOD forms, alike and by one sender, came within WINDOW."""
    sender = per_text(forms.frame[field], fold)
    known = forms.frame["received"].notna() & (sender != "")
    often = sender.groupby(sender).transform("size") >= FLOOD
    rows = forms.frame[known & often].sort_values("received", kind="stable")
    alike = [sender[rows.index], *(per_text(rows[answer], fold) for answer in SAME_BODY)]
    flooded = rows["received"].dt.tz_convert(None).groupby(alike).transform(_in_burst).astype(bool)
    many = flooded.groupby(alike).transform("sum").astype(int)
    told_of = many.map(lambda n: told.format(n=n)).where(flooded, "").astype(object)
    everywhere: pd.Series = told_of.reindex(forms.frame.index, fill_value="")
    return everywhere


def _in_burst(times: pd.Series) -> np.ndarray:
    """Which of the sorted times lie among FLOOD of them within WINDOW."""
    at = times.to_numpy()
    begins = np.zeros(len(at), dtype=bool)
    if len(at) >= FLOOD:
        begins[: 1 - FLOOD] = at[FLOOD - 1 :] - at[: 1 - FLOOD] <= WINDOW
    return np.convolve(begins, np.ones(FLOOD, dtype=int))[: len(at)] > 0


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
        find=_flood,
        needs=("timestamp",),
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
)
