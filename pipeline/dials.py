"""Where the coalition stands: dials that move on their own, none before another.

Connect, Align and Produce are no ladder: each can be high while another is low. Beside them stand
stewardship, impact and data quality; and the cause beside what was built on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from config.words import say
from pipeline.figures import SHARE, course_of, last_report, shown_number
from pipeline.metrics.registry import BY_CODE
from pipeline.model import Result

DIALS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "connect": ("Connect", ("C2", "C3", "C9", "C17", "C18")),
    "align": ("Align", ("A6", "A8", "A10", "A12", "A15")),
    "produce": ("Produce", ("P2", "P6", "P9", "P11")),
    "stewardship": ("Stewardship", ("S3", "S7", "S10", "S11")),
    "impact": ("Impact", ("I3", "I4", "I5", "I11")),
    "quality": ("Data quality", ("Q1", "Q4")),
}
"""Key → name and the shares that a dial is the mean of, as far as there are any."""
SIDES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "cause": ("The cause", ("I6", "I9", "I10", "I12", "I13", "I1", "P3")),
    "built": ("What we built on the way", ("A2", "C14", "P1", "P4", "S3", "S9", "S15")),
}
"""What was done for the cause, and the ties, skills and trust that came of doing it."""


@dataclass(frozen=True)
class Dial:
    """One line of the Dashboard.

    Attributes:
        key: its lasting name.
        title: as people read it.
        reading: 0 to 100; None where nothing can be read yet, and for the two sides.
        before: the reading of the last report, where there was one of the same shares.
        words: what that means.
        made_of: the numbers behind it.
    """

    key: str
    title: str
    reading: float | None
    before: float | None
    words: str
    made_of: str


def dials(result: Result) -> tuple[Dial, ...]:
    """The dials, then the two sides."""
    read = [_dial(result, key, say(title), codes) for key, (title, codes) in DIALS.items()]
    sides = [_side(result, key, say(title), codes) for key, (title, codes) in SIDES.items()]
    return (*read, *sides)


def _dial(result: Result, key: str, title: str, codes: Iterable[str]) -> Dial:
    shares = {
        code: _upward(code, value.value)
        for code in codes
        if (value := result.values.get(code)) is not None
        and value.value is not None
        and BY_CODE[code].unit == SHARE
    }
    reading = _mean(shares.values())
    day = last_report(result)
    points = {code: course_of(result, code).on(day) for code in shares} if day else {}
    then = [_upward(c, p.value) for c, p in points.items() if p and p.value is not None]
    # Only the same shares can be compared; a share more or less is no movement.
    before = _mean(then) if len(then) == len(shares) else None
    words = (
        say("No number of it has data yet.")
        if reading is None
        else say("The mean of {n} shares.", n=len(shares))
        if len(shares) > 1
        else say("One share alone.")
    )
    return Dial(key, title, reading, before, words, _made_of(result, shares))


def _side(result: Result, key: str, title: str, codes: Iterable[str]) -> Dial:
    found = [code for code in codes if code in result.values and
             result.values[code].value is not None]  # fmt: skip
    told = [f"{BY_CODE[c].title}: {shown_number(BY_CODE[c], result.values[c])}" for c in found]
    hidden = [code for code in codes if code in result.values and code in result.hidden]
    if result.quiet and hidden:
        told.append(say("Where decision-makers stand: {hidden}", hidden=result.quiet.hidden))
    words = "; ".join(told) or say("Nothing has been counted yet.")
    return Dial(key, title, None, None, words, ", ".join(found + hidden))


def _upward(code: str, share: float) -> float:
    """The share so that more is better, between 0 and 1."""
    share = min(max(share, 0.0), 1.0)
    return 1 - share if BY_CODE[code].better == "down" else share


def _mean(shares: Iterable[float]) -> float | None:
    known = list(shares)
    return round(100 * sum(known) / len(known), 1) if known else None


def _made_of(result: Result, codes: Iterable[str]) -> str:
    return "; ".join(
        f"{code} {BY_CODE[code].title} {shown_number(BY_CODE[code], result.values[code])}"
        for code in codes
    )
