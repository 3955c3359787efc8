"""Align: how far the statement carries, principle by principle."""

from __future__ import annotations

from config.words import say
from pipeline.metrics.coming import has_principles
from pipeline.metrics.model import Context, Metric, Value
from pipeline.metrics.values import is_individual, no_data, ratio

STANDS = ("accepted", "hold", "declined")


def _asked(context: Context) -> list[tuple[str, str]]:
    asked = context.present.get("signons", frozenset(context.signons.columns))
    return [p for p in context.points if p[0] in asked and p[0] in context.signons.columns]


def _agreement(context: Context) -> Value:
    points = _asked(context)
    if not points:
        return no_data(say("the form doesn't ask about any principle in force"))
    frame = context.signons
    frame = frame[frame["outcome"].isin(STANDS) & ~is_individual(frame)]
    answers = frame[[field for field, _ in points]]
    agreed, answered = (answers == "yes").sum(), (answers != "").sum()
    details = tuple(
        detail
        for field, point in points
        for detail in (
            (say("{point}: yes", point=point), float(agreed[field])),
            (say("{point}: answered", point=point), float(answered[field])),
            (say("{point}: left blank", point=point), float(len(frame) - answered[field])),
        )
    )
    return ratio(
        int(agreed.sum()), int(answered.sum()),
        say("nobody has answered about a principle yet"), details,
    )  # fmt: skip


A8 = Metric(
    "A8", "Agreement per principle", "Align",
    "Of all answers about a principle or policy in the organisations' forms that stand (accepted, "
    "on hold or not accepted), those that say yes, beside the blanks per principle.",
    "share", "up", ("signons.outcome",), "Activist Handbook", _agreement,
    ("signons.labels", "signons.signing_as"), comes=has_principles,
)  # fmt: skip
