"""Questions to the coordinators: whom to introduce, whom to call. Nobody else gets to read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from config.words import say
from pipeline.dials import dials
from pipeline.figures import SHARE, shown_number
from pipeline.growing.events import grown
from pipeline.metrics.registry import BY_CODE
from pipeline.model import Result
from pipeline.numberrows import aim_to, moved
from reports.facts import Goal, Reading

INTRODUCED = 3
AT_MOST = 5
"""So many names stand in one question."""
QUESTIONS: Mapping[str, str] = {
    "S8": "Could somebody call {names}? Nothing has been heard of them for more than 90 days.",
    "C16": "Who could bring {names} together with somebody? Nobody told us of any tie of theirs.",
    "C6": "Does anybody want to try {names} once more? Nothing has moved for two weeks.",
    "S3": "What would help {names}? They have asked for nothing and got nothing in a year.",
    "P9": "How are {names} getting on? A promise of theirs is overdue.",
}
"""Code → the question about those whom that number is about."""


def asks(result: Result) -> Iterator[str]:
    """A question for each number that is about somebody."""
    for code, question in QUESTIONS.items():
        value = result.values.get(code)
        if value is not None and value.names:
            yield say(question, names=_listed(value.names))


def introducing(result: Result) -> Iterator[str]:
    """The three introductions that would do most, each as a question."""
    if grown(result)["introductions"]:
        yield from (one.question for one in result.introductions[:INTRODUCED])


def readings(result: Result) -> tuple[tuple[Reading, ...], tuple[tuple[str, str], ...]]:
    """The dials that can be read, and the two sides in words."""
    found = dials(result)
    read = tuple(Reading(d.title, d.reading, moved(d)) for d in found if d.reading is not None)
    sides = tuple((d.title, d.words) for d in found if d.reading is None and d.made_of)
    return read, sides


def goals(result: Result) -> Iterator[Goal]:
    """How each number stands against its target."""
    for code, value in result.values.items():
        aim = aim_to(result, code)
        if aim is None:
            continue
        metric = BY_CODE[code]
        goal = f"{aim.target.goal:.0%}" if metric.unit == SHARE else f"{aim.target.goal:g}"
        yield Goal(
            metric.title, shown_number(metric, value), goal, aim.target.by, say(aim.status), aim.why
        )


def _listed(names: Sequence[str]) -> str:
    """The first names in their order, and how many more there are."""
    shown = ", ".join(names[:AT_MOST])
    more = len(names) - AT_MOST
    return say("{names} and {n} more", names=shown, n=more) if more > 0 else shown
