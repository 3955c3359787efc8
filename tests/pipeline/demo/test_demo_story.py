"""What the coordinators of the invented coalition decide, and when."""

from __future__ import annotations

import datetime as dt

import pytest

from config.tables import CHANGES
from config.text import fold
from pipeline.decisions import ALLOWED
from pipeline.demo.forms import responses
from pipeline.demo.people import HERE, rows_of
from pipeline.demo.story import (
    COORDINATORS,
    DAYS,
    NOT_REACHED,
    NOT_YET_LISTED,
    STAGES,
    TODAY,
    Stage,
    answer,
)
from pipeline.demo.trackers import tabs


def matter(key: str, organisation: str, suggestion: str) -> dict[str, object]:
    return {
        "Key": key, "Organisation": organisation, "What is it": "", "Why": "",
        "We suggest": suggestion, "Status": "open",
    }  # fmt: skip


def on(year: int, month: int, day: int) -> Stage:
    """The stage of that day."""
    (found,) = [stage for stage in STAGES if stage.day == dt.date(year, month, day)]
    return found


def names_on(day: dt.date) -> set[str]:
    by_hand = next((tab for tab in tabs(day) if tab.title == "Sign-ons by hand"), None)
    at = by_hand.header.index("Organisation") if by_hand else 0
    typed = {str(row[at]) for row in by_hand.rows} if by_hand else set()
    return typed | {response.answers["organisation"] for response in responses(day)}


def test_stages_run_to_today_and_two_are_mondays_before_it() -> None:
    assert [stage.day for stage in STAGES] == sorted(DAYS)
    assert STAGES[-1].day == TODAY
    assert [day.weekday() for day in DAYS[-3:]] == [0, 0, 0]
    assert STAGES[-1].changes == ()


def test_a_listing_gets_its_yes_from_one_of_the_three() -> None:
    decision, by, note = answer(STAGES[0], matter("list:o-1", "Pozas Limpias", "list")) or ("",) * 3
    assert (decision, note) == ("list", "")
    assert by in COORDINATORS


def test_the_same_row_gets_the_same_answer_again() -> None:
    row = matter("list:o-1", "Pozas Limpias", "list")
    assert answer(on(2025, 12, 31), row) == answer(on(2026, 3, 31), row)


def test_today_nobody_has_answered_yet() -> None:
    assert answer(STAGES[-1], matter("list:o-1", "Pozas Limpias", "list")) is None


def test_some_forms_wait_for_months() -> None:
    for name in NOT_REACHED:
        assert name in names_on(dt.date(2026, 2, 1))
        assert answer(STAGES[-2], matter("s-1", name, "ask them")) is None


def test_a_form_in_doubt_is_asked_about_first_and_settled_later() -> None:
    row = matter("s-1", "Northmere Rivers Council, Ferryside Branch", "ask them")
    assert (answer(on(2025, 12, 31), row) or ())[0] == "ask them"
    assert (answer(on(2026, 3, 31), row) or ())[0] == "accept and list"


def test_a_member_that_is_not_to_be_listed_yet_is_not() -> None:
    for name, why in NOT_YET_LISTED.items():
        told = answer(on(2026, 6, 30), matter("list:o-1", name, "list"))
        assert told is not None
        assert (told[0], told[2]) == ("don't list", why)


def test_a_story_about_a_form_says_nothing_about_its_listing() -> None:
    told = answer(on(2026, 9, 14), matter("list:o-2", "Marais Vivants de Saint-Morvel", "list"))
    assert told is not None
    assert told[0] == "list"


def test_two_names_of_one_organisation_are_told_to_be_the_same() -> None:
    for name in ("Velmar Nehri Dostları", "Friends of the River at Korda Bridge"):
        told = answer(on(2026, 6, 30), matter("same:o-1:o-2", name, "look at both"))
        assert told is not None
        assert told[0] == "same"
        assert (answer(on(2026, 6, 30), matter("s-9", name, "ask them")) or ())[0] == "ask them"


def test_other_doubts_follow_the_suggestion_or_stay_open() -> None:
    told = answer(STAGES[0], matter("s-2", "Somebody unheard of", "not accepted"))
    assert told is not None
    assert told[0] == "not accepted"
    assert answer(STAGES[0], matter("same:o-1:o-2", "Somebody", "look at both")) is None


def test_what_is_told_can_be_obeyed() -> None:
    allowed = {*ALLOWED["sign-on"], *ALLOWED["withdrawal"]}
    for row in rows_of(HERE / "answers.csv"):
        day = dt.date.fromisoformat(row["from"])
        assert row["decision"] in allowed | {"same"}
        assert row["by"] in COORDINATORS
        assert day in DAYS
        assert fold(row["organisation"]) in set(map(fold, names_on(day)))


def test_changes_fit_the_table_and_name_those_who_signed_but_for_one() -> None:
    titles = [column.title for column in CHANGES.columns if column.who == "people"]
    strange = []
    for stage in STAGES:
        for row in stage.changes:
            assert list(row.cells()) == titles
            assert row.change in CHANGES.column("change").choices
            assert row.date <= stage.day
            strange += [row.organisation] if row.organisation not in names_on(stage.day) else []
    assert strange == ["Freinds of the Peat"]
    assert sum(len(stage.changes) for stage in STAGES) == 10


def test_a_removal_names_two_people_and_the_body_and_more_time_a_day() -> None:
    by_kind = {row.change: row for stage in STAGES for row in stage.changes}
    names = by_kind["remove"].entered_by.split("; ")
    assert len(names) == 2
    assert set(names) <= set(COORDINATORS)
    assert by_kind["remove"].new_value.startswith("Steering group, 2026-06-24")
    assert dt.date.fromisoformat(by_kind["extend deadline"].new_value) == dt.date(2026, 1, 15)


@pytest.mark.parametrize("kind", ["drift:main:0123", "lapse:main:2"])
def test_matters_about_the_statement_are_left_to_people(kind: str) -> None:
    for stage in STAGES:
        assert answer(stage, matter(kind, "The form of “main”", "ask them")) is None


@pytest.mark.parametrize("kind", ["withdraw", "show as", "remove", "hide now", "new signatory",
                                  "extend deadline"])  # fmt: skip
def test_each_kind_of_change_is_shown(kind: str) -> None:
    assert kind in {row.change for stage in STAGES for row in stage.changes}
