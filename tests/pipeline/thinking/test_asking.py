"""What coordinators are asked and shown: few at a time, in turns, and nobody who is kept apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline.asking import AT_MOST, INTRODUCED, TOO_MANY, asks, collided
from pipeline.clock import Clock
from pipeline.dials import dials
from pipeline.metrics.model import Value
from pipeline.model import Result
from tests.pipeline.thinking.conftest import Coalition


@pytest.fixture
def result(coalition: Coalition) -> Result:
    """Of a coalition of two."""
    coalition.form("Alder", sector="Health")
    coalition.form("Birch", sector="Labour")
    return coalition.run("2026-03-09")


def asked(result: Result, names: Sequence[str], weeks: int = 0) -> list[str]:
    """The questions about quiet members, so many weeks later."""
    clock = Clock(result.clock.now, result.today + dt.timedelta(weeks=weeks))
    values = {"S8": Value(float(len(names)), names=tuple(names))}
    return list(asks(replace(result, clock=clock, values=values)))


def test_a_question_names_a_few_and_in_the_weeks_after_the_others(result: Result) -> None:
    names = [f"Quiet {n:02d}" for n in range(12)]
    (question,) = asked(result, names)
    assert sum(name in question for name in names) == AT_MOST
    assert "and 7 more" in question
    over_weeks = "".join(q for week in range(12) for q in asked(result, names, week))
    assert all(name in over_weeks for name in names)


def test_of_very_many_nobody_is_asked_about_by_name(result: Result) -> None:
    names = [f"Quiet {n:02d}" for n in range(TOO_MANY + 1)]
    assert asked(result, names) == []
    assert asked(result, names[1:])
    assert asked(result, []) == []


def test_a_decision_maker_who_is_kept_apart_is_not_named(coalition: Coalition) -> None:
    coalition.form("Alder")
    coalition.form("Birch")
    coalition.tab(
        "Decision-makers",
        "Date | Name | Seat | Position | Contacted by\n"
        "2026-03-03 | Ottoline Graymere | Senate | undecided | Alder\n"
        "2026-03-05 | Ottoline Graymere | Senate | undecided | Birch",
    )
    result = coalition.run("2026-03-09")
    (named,), (unnamed,) = collided(result, apart=False), collided(result, apart=True)
    assert "Ottoline Graymere" in named
    assert "Ottoline" not in unnamed
    assert all(name in text for text in (named, unnamed) for name in ("Alder", "Birch"))


def test_of_the_introductions_three_stand_in_the_digest(coalition: Coalition) -> None:
    for n in range(20):
        coalition.form(f"Group {n:02d}", sector="Health")
    ties = [f"2026-03-05 | Group 00 | Group {n:02d} | one-to-one" for n in range(1, 12)]
    header = "Date | Organisation A | Organisation B | Kind"
    coalition.tab("Conversations", "\n".join([header, *ties]))
    result = coalition.run("2026-03-09")
    assert len(coalition.cells("Introductions", "Key")) == len(result.introductions) > INTRODUCED
    questions = tuple(one.question for one in result.introductions[:INTRODUCED])
    assert coalition.digest().introductions == questions


def test_a_dial_turns_shares_of_which_less_is_better(result: Result) -> None:
    values = {"Q1": Value(0.25, 1, 4), "Q4": Value(0.05, 1, 20)}
    read = {dial.key: dial.reading for dial in dials(replace(result, values=values))}
    assert read["quality"] == 85
    assert read["produce"] is None


def test_what_stays_out_of_reports_stays_out_of_numbers(
    coalition: Coalition, result: Result
) -> None:
    assert result.values["A16"].value == 2
    assert "A16" not in coalition.cells("Numbers", "Code")
    assert "A2" in coalition.cells("Numbers", "Code")
