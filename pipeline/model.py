"""What goes into thinking, and what comes out of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from config.problems import Problem
from config.raw import RawTable, Scalar
from config.records import Known, Ledger, PositionRecord, TabRecord, TextRecord
from config.settings import Settings
from config.statement import Statement
from pipeline.check import NotApplied
from pipeline.clock import Clock
from pipeline.course import Course, courses
from pipeline.feedback import Feedback
from pipeline.growing.model import Growth
from pipeline.intake.model import SignOns, Typed
from pipeline.letters import Letter
from pipeline.mailing.quiet import Quiet
from pipeline.matters import Matter
from pipeline.metrics.model import Context, Value
from pipeline.metrics.parts import PartValue, parts_of
from pipeline.network.introductions import Introduction, introductions
from pipeline.standing import Facts
from pipeline.targets import Target


@dataclass(frozen=True)
class Inputs:
    """Everything that was read.

    Attributes:
        responses: the responses to the form of the main statement.
        letters: letter → the responses to its own form.
        feedback: statement → the responses to the form about its draft.
        reports: `Form.source` → the responses to a form by which members report.
        shown: statement → language → the text that its form shows now.
        asked: statement → id of a question of its forms → the question's title now.
        unverified: statements whose form lets people type any address.
        people: people's tabs by title.
        results: Weaver's and the shared tabs by title.
        problems: tabs or files that could not be read.
    """

    responses: RawTable
    letters: Mapping[str, RawTable] = field(default_factory=dict)
    feedback: Mapping[str, RawTable] = field(default_factory=dict)
    reports: Mapping[str, RawTable] = field(default_factory=dict)
    shown: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    asked: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unverified: frozenset[str] = frozenset()
    people: Mapping[str, RawTable] = field(default_factory=dict)
    results: Mapping[str, RawTable] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Asked:
    """How a run was asked for.

    Attributes:
        past: it stands for an earlier day; what people typed since isn't read.
        accept_vanished: a person said that the sign-ons that are gone were removed on purpose.
    """

    past: bool = False
    accept_vanished: bool = False


NOW = Asked()
"""A run that stands for today."""


@dataclass(frozen=True)
class Run:
    """What every step may look at. `statements` are the main one and the letters, in this order."""

    inputs: Inputs
    known: Known
    settings: Settings
    statements: Sequence[Statement]
    clock: Clock
    asked: Asked = NOW

    @property
    def today(self) -> dt.date:
        """The coalition's day."""
        return self.clock.day

    @property
    def statement(self) -> Statement:
        """The main one."""
        return self.statements[0]

    @property
    def letters(self) -> Sequence[Statement]:
        """The others."""
        return self.statements[1:]


@dataclass(frozen=True)
class ToDecide:
    """How the tab To decide stands: keys that are there, and rows Weaver may rewrite, by key."""

    present: frozenset[str] = frozenset()
    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """What a run came to. Nothing in it was written yet.

    Attributes:
        clock: the moment it stands for.
        statements: the main one and the letters.
        forms: every sign-on to the main statement, as `judging.Judged.frame`, with `statement`,
            `decided_on` and `because`.
        letters: what came of each letter.
        organisations: every organisation, as `registry.organisations_of` gives it.
        facts: dated facts, to ask where an organisation stood on any day.
        under: the same facts, had the main statement other versions.
        feedback: what was said about drafts.
        matters: what people decide, the gravest first.
        values: metric code → what it came to.
        recount: gives what `recounted` holds; it takes a while.
        context: what the metrics were counted from.
        aims: metric code → the target that counts now.
        typed: tracker tables in use by name.
        growth: people's words about their tabs, and where these stand.
        tabs: what is remembered of each tab.
        positions: what is remembered of decision-makers.
        signons: the sign-ons to the main statement as they were read.
        texts: what the forms showed over time.
        answers: rows of Changes with Weaver's answers.
        to_decide: how the tab stands.
        problems: what to fix, sorted.
        not_applied: rules that were left out, with the reason.
        known: what the store knew, decisions and changes read in this run included.
        ledger: what the store shall remember.
        quiet: the quiet days that the day is among; None outside of them.
        hidden: codes of numbers that aren't shown on it, and of which `values` says why.
    """

    clock: Clock
    statements: Sequence[Statement]
    forms: pd.DataFrame
    letters: tuple[Letter, ...]
    organisations: pd.DataFrame
    facts: Facts
    under: Callable[[Statement], Facts]
    feedback: tuple[Feedback, ...]
    matters: tuple[Matter, ...]
    values: Mapping[str, Value]
    recount: Callable[[], Mapping[dt.date, Mapping[str, Value]]]
    context: Context
    aims: Mapping[str, Target]
    typed: Mapping[str, Typed]
    growth: Growth
    tabs: tuple[TabRecord, ...]
    positions: tuple[PositionRecord, ...]
    signons: SignOns
    texts: tuple[TextRecord, ...]
    answers: tuple[tuple[Scalar, ...], ...]
    to_decide: ToDecide
    problems: tuple[Problem, ...]
    not_applied: tuple[NotApplied, ...]
    known: Known
    ledger: Ledger
    quiet: Quiet | None = None
    hidden: frozenset[str] = frozenset()

    @cached_property
    def recounted(self) -> Mapping[dt.date, Mapping[str, Value]]:
        """Day of an earlier report → metric code → what today's tables say of that day."""
        return self.recount()

    @cached_property
    def courses(self) -> Mapping[str, Course]:
        """Metric code → what was reported of it, and what that is now."""
        shown = (point for point in self.known.metrics if point.code not in self.hidden)
        return courses(shown, self.recounted)

    @cached_property
    def introductions(self) -> tuple[Introduction, ...]:
        """The ten introductions that would do most."""
        return introductions(self.context)

    @cached_property
    def parts(self) -> tuple[PartValue, ...]:
        """The numbers that are shown, for each district, sector and group alone."""
        return parts_of(self.context, self.values)

    @property
    def every_form(self) -> pd.DataFrame:
        """The forms of all statements together."""
        own = [letter.own_forms for letter in self.letters if len(letter.own_forms)]
        return pd.concat([self.forms, *own], ignore_index=True) if own else self.forms

    @property
    def today(self) -> dt.date:
        """The coalition's day."""
        return self.clock.day
