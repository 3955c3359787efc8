"""Every sentence that people read goes through gettext, so that it can be translated."""

from __future__ import annotations

import gettext
from pathlib import Path

_translations = gettext.translation(
    "weaver", Path(__file__).with_name("locale"), languages=["en"], fallback=True
)


def say(text: str, **values: object) -> str:
    """The text in the reader's language with `{names}` filled in from the values."""
    translated = _translations.gettext(text)
    return translated.format(**values) if values else translated


def count(number: int, one: str, many: str, **values: object) -> str:
    """`{n}` things, in the singular or the plural, with `{names}` filled in from the values."""
    return _translations.ngettext(one, many, number).format(n=number, **values)
