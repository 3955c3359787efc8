"""What goes into thinking, and what comes out of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from config.problems import Problem
from config.raw import RawTable, Scalar
from config.records import Known, Ledger
from pipeline.check import NotApplied
from pipeline.clock import Clock
from pipeline.intake.model import SignOns, Typed
from pipeline.matters import Matter
from pipeline.metrics.model import Value
from pipeline.standing import Facts


@dataclass(frozen=True)
class Inputs:
    """Everything that was read.

    Attributes:
        responses: the form's responses.
        people: people's tabs by title.
        results: Weaver's and the shared tabs by title.
        problems: tabs or files that could not be read.
    """

    responses: RawTable
    people: Mapping[str, RawTable] = field(default_factory=dict)
    results: Mapping[str, RawTable] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


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
        forms: every sign-on, as `judging.Judged.frame`, with `decided_on` and `because`.
        organisations: every organisation, as `registry.organisations_of` gives it.
        facts: dated facts, to ask where an organisation stood on any day.
        matters: what people decide, the gravest first.
        values: metric code → what it came to.
        aims: metric code → what the coalition aims at.
        typed: tracker tables in use by name.
        signons: the sign-ons as they were read.
        answers: rows of Changes with Weaver's answers.
        to_decide: how the tab stands.
        problems: what to fix, sorted.
        not_applied: rules that were left out, with the reason.
        known: what the store knew, decisions and changes read in this run included.
        ledger: what the store shall remember.
    """

    clock: Clock
    forms: pd.DataFrame
    organisations: pd.DataFrame
    facts: Facts
    matters: tuple[Matter, ...]
    values: Mapping[str, Value]
    aims: Mapping[str, float]
    typed: Mapping[str, Typed]
    signons: SignOns
    answers: tuple[tuple[Scalar, ...], ...]
    to_decide: ToDecide
    problems: tuple[Problem, ...]
    not_applied: tuple[NotApplied, ...]
    known: Known
    ledger: Ledger

    @property
    def today(self) -> dt.date:
        """The coalition's day."""
        return self.clock.day
