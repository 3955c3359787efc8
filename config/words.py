"""Every sentence that people read goes through gettext, so that it can be translated."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

_translations = gettext.translation(
    "weaver", Path(__file__).with_name("locale"), languages=["en"], fallback=True
)


_KEPT = 256
_VALUE = re.compile(r"\{[^{}]*\}")
_lately: dict[str, str] = {}
"""What was said lately → the text before anything was filled in."""


def say(text: str, **values: object) -> str:
    """The text in the reader's language with `{names}` filled in from the values."""
    translated = _translations.gettext(text)
    said = translated.format(**values) if values else translated
    if len(_lately) >= _KEPT:
        _lately.clear()
    _lately[said] = translated
    return said


def unfilled(said: str) -> str:
    """The sentence with "…" for every value, so that no name or address stands in it.

    "" where it wasn't said lately, or not in one piece: nobody knows then what stands in it.
    """
    return _VALUE.sub("…", _lately.get(said, ""))


def count(number: int, one: str, many: str, **values: object) -> str:
    """`{n}` things, in the singular or the plural, with `{names}` filled in from the values."""
    return _translations.ngettext(one, many, number).format(n=number, **values)
