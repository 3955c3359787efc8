"""What the rules share: where a form gives an answer, and quoting it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from config.statement import Point
from config.tables import SIGNONS
from config.text import fold, shorten
from config.words import say
from pipeline.rules.model import Forms

LETTER = "signs_"
"""How fields begin by which a form opts in to a letter."""
AGREES = "agrees"
"""Stands in `reads` and `needs` for every principle and policy."""

FORM_TEXT = "drift"
"""Stands in `reads` for the text that the form showed."""

INDIVIDUAL = ("S207",)
WITHDRAWALS = ("S403", "S405")
REQUESTS = ("S403", "S404", "S405", "S406")
"""Codes that make questions for a joining organisation pointless."""


_DENIALS = frozenset(
    [
        "not",
        "no",
        "non",
        "never",
        "neither",
        "nor",
        "without",
        "nicht",
        "kein",
        "keine",
        "keinen",
        "keiner",
        "keinerlei",
        "nie",
        "ohne",
        "ni",
        "nunca",
        "sin",
        "ne",
        "pas",
        "jamais",
        "sans",
        "nao",
        "nem",
        "sem",
    ]
)


def is_leaving(rules: Iterable[str]) -> bool:
    """Whether a form of which these rules spoke asks to withdraw."""
    return any(code in WITHDRAWALS for code in rules)


def blank(forms: Forms, field: str) -> pd.Series:
    """Where nothing was answered."""
    return forms.frame[field].astype("str").str.strip() == ""


def answered(forms: Forms, field: str, word: str) -> pd.Series:
    """Where the answer is that word."""
    return forms.frame[field] == word


def quote(forms: Forms, field: str, mask: pd.Series) -> pd.Series:
    """`Title: the answer`, shortened, where the mask holds; "" elsewhere."""
    if not mask.any():
        return nothing(forms)
    return per_text(forms.frame[field].where(mask, None), lambda text: _said(field, text))


def nothing(forms: Forms) -> pd.Series:
    """No evidence in any row."""
    return pd.Series("", index=forms.frame.index, dtype=object)


def only_where(mask: pd.Series, evidence: str) -> pd.Series:
    """The same evidence wherever the mask holds."""
    return pd.Series(np.where(mask, evidence, ""), index=mask.index, dtype=object)


def per_text(texts: pd.Series, function: Callable[[str], str]) -> pd.Series:
    """The function's answer per row, worked out once per distinct text; "" where there is none."""
    answers = {text: function(text) for text in texts.dropna().unique()}
    return pd.Series([answers.get(text, "") for text in texts], index=texts.index, dtype=object)


def per_day(days: pd.Series, mask: pd.Series, title: str) -> pd.Series:
    """`Title: the day` where the mask holds."""
    told = [
        f"{title}: {day:%Y-%m-%d}" if known else "" for day, known in zip(days, mask, strict=True)
    ]
    return pd.Series(told, index=days.index, dtype=object)


def joined(parts: Iterable[pd.Series], index: pd.Index) -> pd.Series:
    """Evidence of several kinds in one cell."""
    whole = np.full(len(index), "", dtype=object)
    for part in parts:
        told = part.to_numpy(dtype=object)
        here = np.flatnonzero(told != "")
        whole[here] = np.where(whole[here] == "", "", whole[here] + "; ") + told[here]
    return pd.Series(whole, index=index, dtype=object)


def points_asked(forms: Forms) -> tuple[Point, ...]:
    """The principles and policies for which the form has a question."""
    return tuple(point for point in forms.statement.points if point.field in forms.asked)


def name_of(forms: Forms, field: str) -> str:
    """What people call a field: its title, or the text of the principle or policy."""
    if field in SIGNONS.names:
        return SIGNONS.column(field).title
    if field.startswith(LETTER):
        return say("Letter {name}", name=field.removeprefix(LETTER).replace("_", " "))
    # as a part of a sentence, which has a full stop of its own
    return next(
        (shorten(p.text, 60).rstrip(".") for p in forms.statement.points if p.field == field), field
    )


def words(*phrases: str) -> re.Pattern[str]:
    """Any of the phrases as whole words of a folded text."""
    longest_first = sorted({fold(phrase) for phrase in phrases}, key=lambda p: (-len(p), p))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")


def says(pattern: re.Pattern[str], folded: str, reach: int = 2) -> bool:
    """Whether a folded text has the words, and isn't denying them ("not a political party").

    Args:
        pattern: as `words` makes it.
        folded: the text.
        reach: how many words may stand between the denial and what it denies.
    """
    return any(
        _DENIALS.isdisjoint(folded[: found.start()].split()[-1 - reach :])
        for found in pattern.finditer(folded)
    )


def quote_where(forms: Forms, field: str, test: Callable[[str], bool]) -> pd.Series:
    """`Title: the answer` where the test holds of the answer, asked once per distinct text."""
    found = per_text(forms.frame[field].astype("str"), lambda text: "x" if test(text) else "")
    return quote(forms, field, found != "")


def _said(field: str, text: str) -> str:
    answer = shorten(text) or say("left blank")
    return f"{SIGNONS.column(field).title}: {answer}"
