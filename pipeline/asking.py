"""Questions to the coordinators: whom to introduce, whom to call. Nobody else gets to read them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from config.text import shorten
from config.words import say
from pipeline.aiming import shown
from pipeline.dials import dials
from pipeline.figures import shown_number
from pipeline.growing.events import grown
from pipeline.metrics.contacts import collisions
from pipeline.metrics.registry import BY_CODE
from pipeline.model import Result
from pipeline.numberrows import aim_to, moved
from reports.facts import Goal, Reading
from reports.render import NAME_LIMIT
from reports.wording import listing, short_day

INTRODUCED = 3
AT_MOST = 5
"""So many names stand in one question; others have their turn in the weeks that follow."""
TOO_MANY = 40
"""Of so many nobody asks by name."""
QUESTIONS: Mapping[str, str] = {
    "S8": "Could somebody call {names}? No tab tells of anything they did in the last 90 days.",
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
        if value is not None and 0 < len(value.names) <= TOO_MANY:
            yield say(question, names=_listed(value.names, result.today))


def collided(result: Result, apart: bool) -> Iterator[str]:
    """Members that spoke with one decision-maker within a week and share no plan.

    Args:
        result: of the run.
        apart: decision-makers are kept where few may see them, so nobody is named here.
    """
    for one in collisions(result.context) if "P15" in result.values else ():
        person = say("one decision-maker") if apart else one.person
        yield say(
            "{first} and {second} both spoke with {person} within a week, the last on {day}, and "
            "no plan of both is known. Do they know of each other?",
            first=_short(one.first), second=_short(one.second), person=_short(person),
            day=short_day(one.day),
        )  # fmt: skip


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
        goal = shown(metric, aim.target.goal)
        yield Goal(
            metric.title, shown_number(metric, value), goal, aim.target.by, say(aim.status), aim.why
        )


def _listed(names: Sequence[str], today: dt.date) -> str:
    """A few of the names, in turns from week to week, and how many more there are."""
    more = len(names) - AT_MOST
    if more <= 0:
        return listing([_short(name) for name in names])
    start = today.toordinal() // 7 * AT_MOST % len(names)
    chosen = sorted((*names[start:], *names[:start])[:AT_MOST], key=names.index)
    return listing([*map(_short, chosen), say("{n} more", n=more)])


def _short(name: str) -> str:
    return shorten(name, NAME_LIMIT)
