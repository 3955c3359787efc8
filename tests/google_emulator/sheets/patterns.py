"""Numbers and dates by a number format's pattern, as far as people meet them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

from tests.google_emulator.sheets.locales import Locale

EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a serial number has no zone
TOKEN = re.compile(
    r"\"[^\"]*\"|\\.|\[\$[^\]]*\]|y+|M+|m+|d+|h+|H+|s+|\.0+|AM/PM|am/pm|a/p|.", re.DOTALL
)
NUMBER = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?(?:[Ee][+-]?0+)?")


def serial_of(moment: dt.datetime) -> float:
    """Days since 1899-12-30, with the time of day as the fraction."""
    return (moment - EPOCH) / dt.timedelta(days=1)


def moment_of(serial: float) -> dt.datetime:
    """The wall-clock moment of a serial number, to the millisecond."""
    return EPOCH + dt.timedelta(milliseconds=round(serial * 86_400_000))


def general(value: float, locale: Locale) -> str:
    """A number without a format: at most ten decimals, large and tiny ones with an exponent."""
    if value and (abs(value) >= 1e15 or abs(value) < 1e-9):
        mantissa, exponent = f"{value:.5E}".split("E")
        text = f"{mantissa.rstrip('0').rstrip('.')}E{exponent[0]}{exponent[1:].zfill(2)}"
    else:
        text = f"{value:.10f}".rstrip("0").rstrip(".")
    return ("0" if text == "-0" else text).replace(".", locale.decimal)


def by_number(value: float, pattern: str, locale: Locale) -> str:
    """A number by a pattern such as #,##0.00, 0%, "€"#,##0 or 0.00E+00."""
    pattern = _section(pattern, value)
    found = NUMBER.search(pattern)
    if found is None:
        return _literal(pattern)
    before, after = pattern[: found.start()], pattern[found.end() :]
    scaled = Decimal(repr(value)) * (100 if "%" in pattern else 1)
    text = _digits(scaled, found[0], locale)
    sign = "-" if scaled < 0 and ";" not in pattern else ""
    return f"{sign}{_literal(before)}{text}{_literal(after)}"


def _section(pattern: str, value: float) -> str:
    """Patterns may have parts for positive, negative and zero numbers."""
    parts = pattern.split(";")
    if value < 0 and len(parts) > 1:
        return parts[1] + ";"
    if value == 0 and len(parts) > 2:
        return parts[2]
    return parts[0]


def _digits(value: Decimal, core: str, locale: Locale) -> str:
    mantissa, _, exponent = core.upper().partition("E")
    if exponent:
        decimals = len(mantissa.partition(".")[2])
        text = f"{abs(value):.{decimals}E}"
        head, tail = text.split("E")
        width = exponent.count("0")
        return head.replace(".", locale.decimal) + "E" + tail[0] + tail[1:].lstrip("0").zfill(width)
    whole, _, fraction = core.partition(".")
    exact = abs(value).quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    left, _, right = f"{exact:f}".partition(".")
    while right and right.endswith("0") and len(right) > fraction.count("0"):
        right = right[:-1]
    left = left.zfill(whole.count("0")) if whole.count("0") else left.lstrip("0")
    if "," in whole:
        left = f"{int(left or 0):,}".replace(",", locale.thousands)
    return left + (locale.decimal + right if right else "")


def _literal(text: str) -> str:
    text = re.sub(r"\[\$([^\]-]*)[^\]]*\]", r"\1", text)
    text = re.sub(r"\[[A-Za-z]+\]", "", text)
    return re.sub(r"\\(.)|\"([^\"]*)\"|_.|\*.", r"\1\2", text).replace(";", "")


def by_date(serial: float, pattern: str, locale: Locale) -> str:
    """A serial number by a pattern such as dd/MM/yyyy HH:mm:ss."""
    moment = moment_of(serial)
    tokens = TOKEN.findall(pattern)
    twelve = any(token.lower() in ("am/pm", "a/p") for token in tokens)
    return "".join(
        _date_part(token, moment, locale, twelve, _minutes(tokens, at))
        for at, token in enumerate(tokens)
    )


def _minutes(tokens: list[str], at: int) -> bool:
    """Whether an m means minutes: it comes after hours or before seconds."""
    letters = [(i, t[0]) for i, t in enumerate(tokens) if t[0] in "yMmdhHs"]
    place = next((n for n, (i, _) in enumerate(letters) if i == at), None)
    if place is None or letters[place][1] not in "mM":
        return False
    before = letters[place - 1][1] if place else ""
    after = letters[place + 1][1] if place + 1 < len(letters) else ""
    return before in ("h", "H") or after == "s"


def _date_part(token: str, at: dt.datetime, locale: Locale, twelve: bool, minutes: bool) -> str:
    kind, width = token[0], len(token)
    if minutes:
        return str(at.minute).zfill(width)
    if kind in "mM":
        return _named(locale.months[at.month - 1], at.month, width)
    if kind == "d":
        return _named(locale.days[(at.weekday() + 1) % 7], at.day, width)
    if kind == "y":
        return f"{at.year:04d}" if width > 2 else f"{at.year % 100:02d}"
    if kind in "hH":
        return str((at.hour % 12 or 12) if twelve else at.hour).zfill(width)
    if kind == "s":
        return str(at.second).zfill(width)
    if token.startswith(".0"):
        return locale.decimal + f"{at.microsecond:06d}"[: width - 1]
    if token.lower() in ("am/pm", "a/p"):
        return ("AM", "PM")[at.hour >= 12]
    return _literal(token)


def _named(name: str, number: int, width: int) -> str:
    if width < 3:
        return str(number).zfill(width)
    return name[:3] if width == 3 else name
