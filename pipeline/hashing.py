"""Short stable hashes: the same value gives the same text on every machine, for good."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Iterable

from config.raw import Scalar

_SEPARATOR = "\x1f"


def digest(parts: Iterable[str], length: int = 16) -> str:
    """`length` lower-case base32 characters (5 bits each) of the SHA-256 of the parts."""
    whole = hashlib.sha256(_SEPARATOR.join(parts).encode("utf-8", "surrogatepass")).digest()
    return base64.b32encode(whole).decode("ascii").lower()[:length]


def cell_text(value: Scalar | tuple[str, ...]) -> str:
    """A cell as text that survives a trip through any spreadsheet program.

    Blank is "", whole numbers have no decimals, a midnight is a day, line ends and control
    characters don't count, and what is beyond 32,000 characters is left out as it is in a
    workbook.
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
    text = str(value)[:31_900].replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c.isprintable() or c == "\n").strip()
