"""Numbers as people type them, and why a text is none."""

from __future__ import annotations

import math
import re

from config.tables import Column
from config.words import say
from pipeline.intake.cells import plain

_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:([ ,'’٬])\d{3})(?:\1\d{3})*(?:[.٫]\d+)?")
_POINT = re.compile(r"[+-]?(?!0\d)\d+(?:\.\d+)?")
_COMMA = re.compile(r"[+-]?(?:\d+[,٫](?:\d{1,2}|\d{4,})|0[,٫]\d+)")
_COMMA_GROUPED = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+,\d+")
_POINT_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+")
_EITHER = re.compile(r"([+-]?[1-9]\d{0,2})([.,])(\d{3})")
_PERCENT = re.compile(r"(.+?) ?[%٪]")
_THOUSANDS = re.compile(r"(\d+(?:[.,]\d{1,2})?) ?(k|thousand|m|mio|million|tsd)\.?", re.IGNORECASE)
_TIMES = {"k": 1e3, "thousand": 1e3, "tsd": 1e3, "m": 1e6, "mio": 1e6, "million": 1e6}
_ABOUT = re.compile(
    r"(?:[~≈±]|(?:about|around|approx(?:imately)?|roughly|circa|ca|c|some|almost|nearly|près de"
    r"|environ|env|etwa|ungefähr|rund|fast|unos|unas|aprox(?:imadamente)?|cerca de|casi|quase"
    r"|около|примерно|حوالي|omkring|ongeveer|zo'n)\b\.?) ?(\d.*)|(\d.*?) ?(?:approx\.?|or so|\?)",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"(?:[><≥≤]=?|(?:over|more than|at least|up to|under|less than|max|min|más de|plus de|über"
    r"|mehr als|mindestens|bis zu|mais de|più di|более|больше|أكثر من|över|mer än|meer dan)\b\.?)"
    r" ?(\d.*)|(\d.*?) ?\+",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"(?:between )?(\d[\d ,.']*?) ?(?:[-–—/]|\b(?:to|and|or|bis|a|à|до)\b) ?(\d[\d ,.']*)",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty"
    r"|fifty|dozens?|hundreds?|thousands?|many|several|few|cien|cientos|mil|cent|mille|hundert"
    r"|tausend|cem|cento|сто|тысяч\w*|مائة|ألف|hundra|tusen|honderd|duizend)\b",
    re.IGNORECASE,
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?: .*)?")
_BESIDE = re.compile(r"\D*?(\d[\d ,.']*)(?:[^\w]\D*)?")
LONGEST = 60
"""Longer texts are no figure with something beside it."""
MOST_COUNTED, MOST = 1e9, 1e15
"""More of anything is a slip of the finger, such as a telephone number in the wrong column."""


def number(text: str, whole: bool = False) -> float | None:
    """The number that the text can only mean; None where there is none.

    Args:
        text: as it was typed.
        whole: only whole numbers stand there, so that the sign in 1,200 and 1.200 parts thousands.
    """
    bare = plain(text)
    if whole and _POINT_GROUPED.fullmatch(bare):
        return float(bare.replace(".", ""))
    if not whole and _EITHER.fullmatch(bare):
        return None  # 1.200 is twelve hundred to some and one and a fifth to others
    if _GROUPED.fullmatch(bare):
        return float(re.sub("[ ,'’٬]", "", bare).replace("٫", "."))
    if _COMMA_GROUPED.fullmatch(bare):
        return float(bare.replace(".", "").replace(",", "."))
    if _COMMA.fullmatch(bare):
        return float(re.sub("[,٫]", ".", bare))
    return float(bare) if _POINT.fullmatch(bare) else None


def bounds(column: Column) -> tuple[float, float]:
    """The least and the most that a figure of that column can be."""
    if column.kind == "count":
        return 0.0, MOST_COUNTED
    return max(column.least, -MOST), min(column.most, MOST)


def share(text: str) -> float | None:
    """0.9 for `90 %`; None where the text is no percentage."""
    found = _PERCENT.fullmatch(plain(text))
    hundredths = number(found[1]) if found else None
    return None if hundredths is None else hundredths / 100


def why_no_number(text: str, column: Column) -> tuple[str, str]:
    """What is wrong with a cell that holds no number fit for that column, and what to do."""
    bare, whole = plain(text), column.kind == "count"
    digits = say("Write digits alone, such as 1500, or leave the cell blank.")
    if math.isfinite(column.most):
        ends = {"least": f"{column.least:g}", "most": f"{column.most:g}"}
        digits = say("Write a number from {least} to {most}, or leave the cell blank.", **ends)
    if (value := number(text, whole)) is not None:
        if not column.least <= value <= column.most:
            return say("not between {least} and {most}", **ends), digits
        return _unfit(value, whole), digits
    for reason in _REASONS if len(bare) <= LONGEST else ():
        if told := reason(bare):
            return told
    return (say("not a whole number") if whole else say("not a number")), digits


def _unfit(value: float, whole: bool) -> str:
    if not math.isfinite(value):
        return say("more digits than a number can have")
    if not whole:
        return say("more digits than a figure needs")
    if value > MOST_COUNTED:
        return say("more than a billion")
    if value < 0:
        return say("less than nothing can't be counted")
    return say("not a whole number, though the column counts")


def _either(bare: str) -> tuple[str, str] | None:
    if not (found := _EITHER.fullmatch(bare)):
        return None
    few = f"{float(bare.replace(',', '.')):.3f}".rstrip("0").rstrip(".")
    remedy = say("Write {many}, or {few} where that is meant.", many=found[1] + found[3], few=few)
    if found[2] == ",":
        return say("the comma could part thousands or decimals"), remedy
    return say("the point could part thousands or decimals"), remedy


def _shortened(bare: str) -> tuple[str, str] | None:
    found = _THOUSANDS.fullmatch(bare)
    if not found or (value := number(found[1])) is None:
        return None
    written = f"{value * _TIMES[found[2].lower()]:.0f}"
    return say("a shortened figure"), say("Write it out: {figure}.", figure=written)


def _percentage(bare: str) -> tuple[str, str] | None:
    if not _PERCENT.fullmatch(bare):
        return None
    return say("a percentage"), say("Write the figure itself, without a sign of percent.")


def _estimate(bare: str) -> tuple[str, str] | None:
    if not (found := _ABOUT.fullmatch(bare)):
        return None
    return say("an estimate, not a figure"), _stand_by(found[1] or found[2])


def _open(bare: str) -> tuple[str, str] | None:
    if not (found := _OPEN.fullmatch(bare)):
        return None
    return say("a limit, not a figure"), _stand_by(found[1] or found[2])


def _stand_by(text: str) -> str:
    if figure := _shown(text):
        return say("Write the figure that you can stand by, such as {figure}.", figure=figure)
    return say("Write the figure that you can stand by, in digits alone.")


def _range(bare: str) -> tuple[str, str] | None:
    found = _RANGE.fullmatch(bare)
    if not found or not (figure := _shown(found[1])):
        return None
    return (
        say("a span, not one figure"),
        say("Write the one figure that you can stand by, such as {figure}.", figure=figure),
    )


def _day(bare: str) -> tuple[str, str] | None:
    if not _DAY.fullmatch(bare):
        return None
    return (
        say("a day; spreadsheets make one of what looks like it, such as 1-2"),
        say("Format the column as a number and write the figure again."),
    )


def _in_words(bare: str) -> tuple[str, str] | None:
    if not _IN_WORDS.search(bare):
        return None
    return say("a number in words, not in digits"), say("Write it in digits, such as 1500.")


def _beside(bare: str) -> tuple[str, str] | None:
    found = _BESIDE.fullmatch(bare)
    if not found or not (figure := _shown(found[1])):
        return None
    remedy = say("Write digits alone: {figure}.", figure=figure)
    return say("something else stands beside the digits"), remedy


_REASONS = (
    _either, _shortened, _percentage, _estimate, _open, _range, _day, _in_words, _beside,
)  # fmt: skip


def _shown(text: str) -> str:
    """The figure in digits alone; "" where the text is none."""
    value = number(text.strip(), whole=True)
    return "" if value is None else f"{value:.10g}"
