"""Lists that people type into a cell."""

from __future__ import annotations

import ast
import re

from config.raw import LISTED
from config.text import clean

NOTHING = frozenset({"None", "none", "n/a", "N/A", "-", "–", "—"})
"""What people write into a cell that holds nothing."""
LONGEST_LITERAL = 10_000
_OUTSIDE_BRACKETS = re.compile(r", (?![^(\[{]*[)\]}])")


def items(text: str) -> tuple[str, ...]:
    """The items of a list that people typed into a cell.

    They stand on lines of their own, or between `;`, or between `, ` outside brackets. A list as
    programs write it (`['a', 'b']`) is read too, and one of answers that came one by one.
    """
    if LISTED in text:
        return tuple(clean(piece) for piece in text.split(LISTED) if piece.strip())
    whole = text.strip()
    if not whole or whole in NOTHING:
        return ()
    if whole.startswith("[") and whole.endswith("]"):
        found = _literal(whole)
        if found is not None:
            return found
    if ";" in whole or "\n" in whole:
        pieces = re.split(r"[;\n]", whole)
    else:
        pieces = _OUTSIDE_BRACKETS.split(whole)
    return tuple(clean(piece) for piece in pieces if piece.strip())


def _literal(text: str) -> tuple[str, ...] | None:
    """A list of plain values as a program wrote it; None where it is something else."""
    if len(text) > LONGEST_LITERAL or text.count("[") > 1:
        return None
    try:
        values = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    if not all(isinstance(value, (str, int, float)) for value in values):
        return None
    return tuple(clean(str(value)) for value in values if str(value).strip())
