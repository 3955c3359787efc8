"""Align: how far the statement carries, principle by principle."""

from __future__ import annotations

from dataclasses import dataclass

from config.words import say
from pipeline.metrics.coming import has_principles
from pipeline.metrics.model import Context, Metric, Value
from pipeline.metrics.values import is_individual, no_data, ratio

STANDS = ("accepted", "hold", "declined")


@dataclass(frozen=True)
class Agreed:
    """Answers about one principle or policy.

    Attributes:
        point: its id.
        yes: forms that agree to it.
        answered: forms that say anything about it.
        forms: all that were asked.
    """

    point: str
    yes: int
    answered: int
    forms: int


def _asked(context: Context) -> list[tuple[str, str]]:
    asked = context.present.get("signons", frozenset(context.signons.columns))
    return [p for p in context.points if p[0] in asked and p[0] in context.signons.columns]


def agreement(context: Context) -> tuple[Agreed, ...]:
    """What the organisations' forms that stand say to each point in force that they ask about."""
    frame = context.signons
    frame = frame[frame["outcome"].isin(STANDS) & ~is_individual(frame)]
    return tuple(
        Agreed(
            point, int((frame[field] == "yes").sum()), int((frame[field] != "").sum()), len(frame)
        )
        for field, point in _asked(context)
    )


def _agreement(context: Context) -> Value:
    points = agreement(context)
    if not points:
        return no_data(say("the form doesn't ask about any principle in force"))
    details = tuple(
        detail
        for one in points
        for detail in (
            (say("{point}: yes", point=one.point), float(one.yes)),
            (say("{point}: answered", point=one.point), float(one.answered)),
            (say("{point}: left blank", point=one.point), float(one.forms - one.answered)),
        )
    )
    return ratio(
        sum(one.yes for one in points), sum(one.answered for one in points),
        say("nobody has answered about a principle yet"), details,
    )  # fmt: skip


A8 = Metric(
    "A8", "Agreement per principle", "Align",
    "Of all answers about a principle or policy in the organisations' forms that stand (accepted, "
    "on hold or not accepted), those that say yes, beside the blanks per principle.",
    "share", "up", ("signons.outcome",), "Activist Handbook", _agreement,
    ("signons.labels", "signons.signing_as"), comes=has_principles,
)  # fmt: skip
