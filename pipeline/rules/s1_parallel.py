"""S1, continued: it speaks for itself, with a statement of its own instead of signing ours."""

from __future__ import annotations

import re

import pandas as pd

from config.tables import SIGNONS
from config.text import fold, shorten
from pipeline.rules.evidence import WITHDRAWALS, per_text, says, words
from pipeline.rules.model import Forms, Rule

OWN_STATEMENT = words(
    # English
    "own statement", "own statements", "statement of our own", "own declaration", "own open letter",
    "own public letter", "own position statement", "separate statement", "parallel statement",
    "separate letter", "parallel letter", "separate declaration",
    # Spanish
    "declaración propia", "propia declaración", "comunicado propio", "propio comunicado",
    "manifiesto propio", "propio manifiesto", "carta propia", "propia carta",
    "pronunciamiento propio", "propio pronunciamiento", "comunicado aparte",
    "declaración aparte", "comunicado por separado", "declaración por separado",
    # French
    "propre déclaration", "propre communiqué", "propre texte", "propre appel",
    "propre lettre ouverte", "propre tribune", "propre prise de position", "déclaration séparée",
    "déclaration distincte", "communiqué séparé", "communiqué distinct", "déclaration parallèle",
    # German
    "eigene Erklärung", "eigenen Erklärung", "eigene Stellungnahme", "eigenen Stellungnahme",
    "eigenes Statement", "eigenen Aufruf", "eigener Aufruf", "eigenes Positionspapier",
    "eigenen offenen Brief", "separate Erklärung", "gesonderte Erklärung",
    "gesonderte Stellungnahme",
    # Portuguese
    "declaração própria", "própria declaração", "comunicado próprio", "próprio comunicado",
    "manifesto próprio", "próprio manifesto", "nota própria", "própria nota", "carta própria",
    "própria carta", "declaração separada", "comunicado à parte",
)  # fmt: skip
_OF_OTHERS = words("your own", "vuestra propia", "votre propre", "eure eigene", "vossa própria")
_CLAUSES = re.compile(r"[.;,:!?\n]+|\s[-–—]+\s")


def _own_statement(forms: Forms) -> pd.Series:
    return per_text(forms.frame["reservations"], _said)


def _said(text: str) -> str:
    """The clause that speaks of it, unless it denies it ("no statement of our own")."""
    clauses = _CLAUSES.split(text) if OWN_STATEMENT.search(fold(text)) else []
    folded = {one: _OF_OTHERS.sub("", fold(one)) for one in clauses}
    found = next((one for one in clauses if says(OWN_STATEMENT, folded[one], reach=4)), "")
    return f"{SIGNONS.column('reservations').title}: “{shorten(found)}”" if found else ""


RULES = (
    Rule(
        "S113",
        title="It has a statement of its own",
        why="Whoever publishes its own text stands beside the coalition, and hasn't signed ours.",
        remedy="Read theirs and thank them; count them only if they say that they sign ours too.",
        severity="hold",
        question="They seem to have a statement of their own. {evidence}. Do they sign ours too?",
        sentence="You wrote of a statement of your own. {evidence}. "
        "Please tell us whether your organisation signs ours as well.",
        reads=("reservations",),
        find=_own_statement,
        needs=("reservations",),
        after=WITHDRAWALS,
        suggestion="not accepted",
        label="parallel statement",
    ),
)
