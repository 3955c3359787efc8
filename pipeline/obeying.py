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
from config.words import say
from pipeline.changes import Changed
from pipeline.contradictions import with_to_decide
from pipeline.decisions import Decided, read_decisions
from pipeline.finding import about_in, deciders_by, finder_by, homes
from pipeline.lookup import look_up
from pipeline.mailmatters import past_undo
from pipeline.organisations import Settled
from pipeline.strange import apart
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
    decided = read_decisions(
        to_decide, known.matters, taken.decisions, today, deciders,
        lambda matter: past_undo(matter, known.messages, known.pauses),
    )  # fmt: skip
    return taken, decided


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


def not_joined(tab: str, settled: Settled) -> Iterator[Problem]:
    """Those that people said are the same, and that can't be for what else they said.

    `tab` is what the coalition calls Changes.
    """
    names = {record.first_key: f"{record.name} ({record.id})" for record in settled.records}
    for refused in settled.refused:
        one, other, first, second = (
            apart(names.get(key, key)) for key in (refused.one, refused.other, *refused.pair)
        )
        yield Problem(
            tab, 0, "",
            say("“{one}” and “{other}” are not counted as one, although somebody said so: that "
                "would bring together “{first}” and “{second}”, which are not the same.",
                one=one, other=other, first=first, second=second),
            say("Take back the word that is wrong: with undo in To decide, or with a row of undo "
                "here."),
        )  # fmt: skip
