"""What a tracker can hold in a cell, and when two cells say the same."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Hashable

from config.raw import Scalar

LONGEST = 32_000
"""Characters of a cell, as spreadsheets count them (an emoji is two)."""
CUT = "… (cut)"
LOST = "\ufffd"
_EXACT = 2**53
_NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile("_(?:x005F_)+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def held(value: Scalar) -> Scalar:
    """The value as a tracker holds it.

    Over-long text is cut with a visible ending, characters that XML forbids become U+FFFD,
    numbers without a value become blank; numbers too big to be exact and dates before 1900
    become text; a moment loses its zone (its clock stays). Holding twice changes nothing.
    """
    if isinstance(value, str):
        return value if is_plain(value) else cut(_NOT_IN_XML.sub(LOST, value))
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return value if -_EXACT <= value <= _EXACT else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dt.datetime):
        value = value.replace(tzinfo=None)
    return value if value.year >= 1900 else value.isoformat()


def is_plain(text: str) -> bool:
    """Whether the text is surely held as it is; quick, because nearly every text is."""
    return len(text) <= LONGEST // 2 and text.isprintable()


def is_too_long(text: str) -> bool:
    """Whether a cell can't hold all of it."""
    return len(text) > LONGEST // 2 and _units(text) > LONGEST


def has_lost(text: str) -> bool:
    """Whether it has characters that no workbook can hold."""
    return _NOT_IN_XML.search(text) is not None


def cut(text: str) -> str:
    """The text, or as much of it as a cell holds with an ending that says so."""
    if not is_too_long(text):
        return text
    room = LONGEST - len(CUT)
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * room]
    return units.decode("utf-16-le", "ignore") + CUT


def canonical(value: Scalar) -> Hashable:
    """A hashable stand-in, equal for cells that say the same.

    A whole number and the same as a decimal, a day and its midnight, a blank cell and an empty
    text are equal; so are texts that differ in control characters, in the kind of line break, in
    trailing blanks or in how often `_` is escaped, since office programs change those on saving.
    """
    value = held(value)
    if value is None:
        return ""
    if isinstance(value, str):
        return _bare(value)
    if isinstance(value, bool):
        return ("truth", value)
    if isinstance(value, dt.datetime):
        nearest = value if value.year == dt.MAXYEAR else value + dt.timedelta(seconds=0.5)
        return nearest.replace(microsecond=0)
    if isinstance(value, dt.date):
        return dt.datetime.combine(value, dt.time())
    return float(f"{value:.12g}")


def same(one: Scalar, other: Scalar) -> bool:
    """Whether two cells say the same."""
    if one is other or (type(one) is type(other) and one == other):
        return True
    left, right = canonical(one), canonical(other)
    if isinstance(left, float) and isinstance(right, float):
        return math.isclose(left, right, rel_tol=1e-11)
    return left == right


def _bare(text: str) -> str:
    if not text.isprintable():
        text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return (_ESCAPED.sub("_", text) if "_x005F_" in text else text).rstrip()


def _units(text: str) -> int:
    return len(text) + sum(1 for c in text if ord(c) > 0xFFFF)
