"""All that a template may know: plain frozen values, made by pipeline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from config.raw import Scalar

Row = tuple[Scalar, ...]
Rows = tuple[Row, ...]


@dataclass(frozen=True)
class Figure:
    """One number. `value` is ready to show ("31 of 48"), or "no data" with the reason."""

    code: str
    title: str
    value: str
    definition: str
    change: str = ""
    why_no_data: str = ""


@dataclass(frozen=True)
class Matter:
    """One open row of To decide."""

    organisation: str
    what: str
    why: str
    since: dt.date
    suggestion: str


@dataclass(frozen=True)
class Moved:
    """An organisation that came or went: who, what happened, when."""

    organisation: str
    what: str
    on: dt.date


@dataclass(frozen=True)
class Due:
    """Something with a date: a promise, a meeting, a board's decision; `tab` is where it stands."""

    on: dt.date
    what: str
    who: str
    overdue: bool = False
    tab: str = ""


@dataclass(frozen=True)
class Told:
    """A sentence, and the title of the tab in which stands what it tells; "" where none does."""

    text: str
    tab: str = ""


@dataclass(frozen=True)
class Titles:
    """What the coalition calls those of Weaver's tabs that the digest leads to."""

    who_has_signed: str = "Who has signed"
    to_fix: str = "To fix"
    numbers: str = "Numbers"
    mail_waiting: str = "Mail waiting"


@dataclass(frozen=True)
class Read:
    """One thing that was read, or could not be."""

    what: str
    rows: int
    set_aside: int
    problem: str = ""


@dataclass(frozen=True)
class Point:
    """Member organisations at the end of a day."""

    on: dt.date
    members: int


@dataclass(frozen=True)
class Reading:
    """One of the dials: from 0 to 100, and how far it moved since the last report."""

    title: str
    value: float
    moved: str


@dataclass(frozen=True)
class Goal:
    """A number and its target: `value`, `goal` and `why` are ready to show."""

    title: str
    value: str
    goal: str
    by: dt.date | None
    status: str
    why: str


@dataclass(frozen=True)
class DigestFacts:
    """The coordinators' weekly digest.

    Attributes:
        coalition: its name.
        people: what member organisations are called ("members", "signatories", "partners").
        as_of: the day of the report.
        week_start, week_end: the complete week it tells of; the end is exclusive.
        members, members_before: organisations with standing member at the week's end and start.
        listed: how many are on the public list now.
        public_list: their names, sorted.
        newly_listed, taken_off: changes of the public list in the week.
        joined, left: who became a member, who stopped being one, in the week.
        to_decide: how many matters are open; `oldest` and `gravest` (three) of them.
        coming: dated things of the next seven days; promises: those due or overdue.
        odd, good: sentences, with the tab of each.
        history: for the picture, oldest first; target with its day, where one is set.
        results: the name of the file with Weaver's tabs.
        chapters, parents: how many of the members are part of another organisation, and of how
            many.
        readings: the dials; sides: the cause, and what was built on the way, each in words.
        goals: numbers that people set a target for.
        introductions, asks: questions to the coordinators, as sentences.
        titles: of Weaver's tabs.
        drafts: how many mails to members wait for a yes.
        quiet: that these are quiet days, and what is held, as sentences; none on other days.
    """

    coalition: str
    people: str
    as_of: dt.date
    week_start: dt.date
    week_end: dt.date
    read: tuple[Read, ...]
    members: int
    members_before: int
    listed: int
    public_list: tuple[str, ...]
    newly_listed: tuple[str, ...]
    taken_off: tuple[str, ...]
    joined: tuple[Moved, ...]
    left: tuple[Moved, ...]
    to_decide: int
    oldest: Matter | None
    gravest: tuple[Matter, ...]
    coming: tuple[Due, ...]
    promises: tuple[Due, ...]
    odd: tuple[Told, ...]
    good: tuple[Told, ...]
    figures: tuple[Figure, ...]
    history: tuple[Point, ...]
    results: str
    target: int | None = None
    target_by: dt.date | None = None
    to_fix: int = 0
    chapters: int = 0
    parents: int = 0
    readings: tuple[Reading, ...] = ()
    sides: tuple[tuple[str, str], ...] = ()
    goals: tuple[Goal, ...] = ()
    introductions: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    titles: Titles = Titles()
    quiet: tuple[str, ...] = ()
    drafts: int = 0


@dataclass(frozen=True)
class PeoplesTab:
    """A tab that people fill in and Weaver makes.

    Attributes:
        titles: field → what the coalition calls that column, where it isn't the table's title.
        example: field → its cell in the example row of a new tab.
    """

    titles: Mapping[str, str] = field(default_factory=dict)
    example: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True)
class TabFacts:
    """What stands in the tabs; tables go by their names in `config.tables`.

    Attributes:
        rows: table → its rows, a value per column in the table's order.
        leads: table → a text in its column of names → the table that it leads to.
        people: tables of people's whose tab is made, or stands among Weaver's.
        hidden: tables whose tab is out of sight for now.
        shown_now: tables whose tab comes into sight.
    """

    rows: Mapping[str, Rows] = field(default_factory=dict)
    leads: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    people: Mapping[str, PeoplesTab] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    shown_now: frozenset[str] = frozenset()
