"""The tabs that come later: complete, stable in their names, and explained."""

from __future__ import annotations

import pytest

from config.tables import BY_NAME, TABLES, Table
from config.tables.later import CHECK_IN, DECISION_MAKERS, FEEDBACK, LATER, OUTREACH

NAMES = (
    "mail_waiting", "contacts", "outreach", "who_s_missing", "conversations", "groups",
    "promises", "actions", "meetings", "decisions", "goals_levers", "media", "decision_makers",
    "milestones", "help", "yearly_check_in", "lessons", "statement_feedback", "our_targets",
    "tell_us_what_you_did",
)  # fmt: skip
FEWER = {"mail_waiting": 0, "who_s_missing": 1, "yearly_check_in": 2}
every_table = pytest.mark.parametrize("table", LATER, ids=lambda table: table.name)


def test_names_are_stable() -> None:
    assert tuple(table.name for table in LATER) == NAMES


def test_no_two_tables_share_a_name() -> None:
    assert len(BY_NAME) == len(TABLES)


@every_table
def test_three_columns_are_required_and_stand_for_what_people_write(table: Table) -> None:
    required = [column for column in table.columns if column.required]
    assert len(required) == FEWER.get(table.name, 3)
    assert all(column.who != "weaver" for column in required)


@every_table
def test_columns_are_told_apart_by_name(table: Table) -> None:
    assert len(set(table.names)) == len(table.names)


@every_table
def test_table_and_columns_are_explained(table: Table) -> None:
    for text in (table.about, *(column.help for column in table.columns)):
        assert text[-1] in ".?"
        assert 10 <= len(text) <= 100


@every_table
def test_only_choices_have_words_to_choose_from(table: Table) -> None:
    for column in table.columns:
        assert bool(column.choices) == (column.kind == "choice")


@every_table
def test_an_example_fills_what_a_row_needs_with_words_that_can_be_read(table: Table) -> None:
    if table.who == "form" or table.name == "mail_waiting":
        assert not table.example
        return
    assert {c.name for c in table.columns if c.required} <= set(table.example)
    for name, text in table.example.items():
        column = table.column(name)
        assert column.kind not in ("date", "count", "number") or str(int(text)) == text
        assert not column.choices or text in column.choices
        assert "@" not in text or text.endswith("example.org")


def test_how_often_each_is_written_in_is_said() -> None:
    assert [t.name for t in TABLES if not t.often] == ["start", "mail_waiting"]


def test_what_few_may_see_lives_apart() -> None:
    assert DECISION_MAKERS.file == "restricted"
    assert {table.name for table in LATER if table.file == "restricted"} == {"decision_makers"}
    assert CHECK_IN.who == FEEDBACK.who == "form"


def test_outreach_has_what_the_design_lists() -> None:
    assert OUTREACH.names == (
        "organisation", "website", "sector", "place", "community", "owner", "stage", "added",
        "first_contact", "last_touch", "replied", "who_decides_there", "answer_expected_by",
        "said_no_because", "new_to_us",
    )  # fmt: skip
