"""Applies one rule to the forms. A rule that fails costs itself, never the run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

import numpy as np

from config.words import count, say
from pipeline.rules.model import Forms, Rule

BETWEEN_FORMS = "S4"
"""The family whose rules compare a form with others of its organisation."""


@dataclass(frozen=True)
class Applied:
    """What a rule found, form by form.

    Attributes:
        evidence: per form, as text; "" where the rule found nothing, and where it failed.
        failed_on: per form (bool), whether the rule fails on that form alone.
        fault: what went wrong, in words for a warning; "" where nothing did.
    """

    evidence: np.ndarray
    failed_on: np.ndarray
    fault: str = ""


def apply(rule: Rule, forms: Forms) -> Applied:
    """Let the rule look at all forms; where it fails on them together, at ever fewer.

    One that compares forms can't look at fewer of them: if it fails, it has found nothing.
    """
    many = len(forms.frame)
    none = np.zeros(many, dtype=bool)
    try:
        return Applied(_evidence(rule, forms), none)
    except Exception as error:  # noqa: BLE001 - a rule may be anybody's and fail in any way
        what = f"{type(error).__name__}, {_place(error.__traceback__)}"
    evidence = np.full(many, "", dtype=object)
    if rule.compares or rule.code.startswith(BETWEEN_FORMS):
        return Applied(evidence, none, _fault(rule.code, what, many))
    for start, end, found in _by_halves(rule, forms, 0, many):
        if found is None:
            none[start:end] = True
        else:
            evidence[start:end] = found
    return Applied(evidence, none, _fault(rule.code, what, int(none.sum())))


def _by_halves(
    rule: Rule, forms: Forms, start: int, end: int
) -> Iterator[tuple[int, int, np.ndarray | None]]:
    """Start, end and evidence of pieces on which the rule works; None for a form on which not."""
    try:
        found = _evidence(rule, replace(forms, frame=forms.frame.iloc[start:end]))
    except Exception:  # noqa: BLE001 - see `apply`
        middle = (start + end) // 2
        if end - start <= 1:
            yield start, end, None
        else:
            yield from _by_halves(rule, forms, start, middle)
            yield from _by_halves(rule, forms, middle, end)
    else:
        yield start, end, found


def _evidence(rule: Rule, forms: Forms) -> np.ndarray:
    """What the rule found, held to what it promises.

    Raises:
        TypeError: it isn't one text per form.
    """
    found = rule.find(forms).to_numpy(dtype=object)
    if found.shape != (len(forms.frame),) or not all(isinstance(one, str) for one in found):
        raise TypeError(rule.code)
    return found


def _place(trace: TracebackType | None) -> str:
    """File and line where it happened; no path, and no message, which may quote a form."""
    while trace and trace.tb_next:
        trace = trace.tb_next
    if trace is None:
        return "?"
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"


def _fault(code: str, what: str, many: int) -> str:
    return say(
        "it fails on {forms} ({what}); that is a fault of Weaver's, or of the package that brought "
        'the rule: report it, and until it is mended set severity = "off" for {code} under '
        "[rules], with a reason",
        forms=count(many, "{n} form", "{n} forms"), what=what, code=code,
    )  # fmt: skip
