"""Short stable hashes: the same value gives the same text on every machine, for good."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Iterable

from config.raw import Scalar

_SEPARATOR = "\x1f"
_NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile("_(?:x005F_)+")
_LONGEST = 31_900
"""As spreadsheets count characters: an emoji is two."""


def digest(parts: Iterable[str], length: int = 16) -> str:
    """`length` lower-case base32 characters (5 bits each) of the SHA-256 of the parts."""
    whole = hashlib.sha256(_SEPARATOR.join(parts).encode("utf-8", "surrogatepass")).digest()
    return base64.b32encode(whole).decode("ascii").lower()[:length]


def cell_text(value: Scalar | tuple[str, ...]) -> str:
    """A cell as text that survives a trip through any spreadsheet program.

    Blank is "", whole numbers have no decimals, a midnight is a day, a no-break blank is a blank;
    line ends, control characters and repeated escapes don't count; what XML forbids is U+FFFD, and
    what is beyond 32,000 characters is left out, as in a workbook.
    """
    if value is None or value != value:
        return ""
    if isinstance(value, tuple):
        return ";".join(value)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = _shortened(_NOT_IN_XML.sub("\ufffd", str(value)))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isprintable():
        text = "".join(_plain(c) for c in text)
    return _ESCAPED.sub("_", text).strip()


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST // 2:
        return text
    return text.encode("utf-16-le")[: 2 * _LONGEST].decode("utf-16-le", "ignore")


def _plain(character: str) -> str:
    if character.isprintable() or character == "\n":
        return character
    return " " if unicodedata.category(character) == "Zs" else ""
