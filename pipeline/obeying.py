"""Hears what people typed into the two shared tabs, in the order in which it counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import pandas as pd

from config.problems import Problem
from config.raw import RawTable
from config.records import DecisionRecord, Known
from config.settings import Settings
from config.tables import CHANGES, TO_DECIDE
from pipeline.changes import Changed
from pipeline.contradictions import with_to_decide
from pipeline.decisions import Decided, read_decisions
from pipeline.finding import about_in, deciders_by, finder_by, homes
from pipeline.lookup import look_up
from pipeline.takeback import TakenBack, take_back


def people_said(
    to_decide: RawTable | None,
    changes: RawTable | None,
    known: Known,
    frame: pd.DataFrame,
    settings: Settings,
    today: dt.date,
) -> tuple[TakenBack, Decided]:
    """First what is taken back as a whole, then what is newly decided.

    `frame` has the sign-ons' `key` and `organisation`. Raises BadData where To decide has lost a
    column.
    """
    ids = look_up(frame["key"], homes(known))
    find = finder_by(known.organisations, ids, frame, suggest=False)
    about = about_in(known, find)
    deciders = deciders_by(settings, known.organisations, ids, frame, about)
    taken = take_back(changes, known.changes, known.decisions, find, today, deciders)
    return taken, read_decisions(to_decide, known.matters, taken.decisions, today, deciders)


def against_to_decide(
    settings: Settings,
    decided: Decided,
    active: Mapping[str, DecisionRecord],
    changed: Changed,
    today: dt.date,
) -> Iterator[Problem]:
    """Where To decide and Changes say the opposite about one pair."""
    title = settings.tracker.title
    tabs = (title(TO_DECIDE.title), title(CHANGES.title))
    rows = {key: row.number for key, row in decided.rows.items()}
    return with_to_decide(tabs, changed.standing, rows, active, today)
