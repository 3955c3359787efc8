"""Rows into planned tabs."""

from __future__ import annotations

import pytest

from config.tables import BY_NAME
from config.tabplan import TabPlan
from reports.facts import PeoplesTab, TabFacts
from reports.tabs import tab_plans


def as_is(title: str) -> str:
    return title


def planned() -> dict[str, TabPlan]:
    return {plan.title: plan for plan in tab_plans(TabFacts(), as_is)}


def test_tabs_stand_in_the_order_in_which_they_are_needed() -> None:
    assert list(planned()) == [
        "Start", "To decide", "Who has signed", "Changes", "Numbers",
        "Every form checked", "Numbers over time", "Weaver's log",
    ]  # fmt: skip


def test_to_fix_appears_when_it_has_rows() -> None:
    row = ("Actions", 3, "Date", "soon", "no date", "write 2026-10-05")
    plan = tab_plans(TabFacts({"to_fix": (row,)}), as_is)[4]
    assert (plan.title, plan.rows, plan.key) == ("To fix", (row,), ())


def test_a_coalition_s_own_titles_are_used() -> None:
    own = {"Who has signed": "Partners"}
    titles = [plan.title for plan in tab_plans(TabFacts(), lambda title: own.get(title, title))]
    assert titles[1:4] == ["To decide", "Partners", "Changes"]


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Start", ("Tab",)),
        ("To decide", ("Key",)),
        ("Who has signed", ("Id",)),
        (
            "Changes",
            ("Date", "Organisation", "Change", "New value", "Asked by", "Entered by"),
        ),
        ("Every form checked", ("Key",)),
        ("Numbers", ("Code",)),
        ("Numbers over time", ()),
        ("Weaver's log", ("Run",)),
    ],
)
def test_rows_are_found_by(title: str, key: tuple[str, ...]) -> None:
    assert planned()[title].key == key


def test_only_changes_never_grows() -> None:
    assert [title for title, plan in planned().items() if not plan.grows] == ["Changes"]


def test_columns_come_from_the_table() -> None:
    for plan in planned().values():
        table = next(t for t in BY_NAME.values() if t.title == plan.title)
        assert [c.title for c in plan.columns] == [c.title for c in table.columns]
        assert [c.note for c in plan.columns] == [c.help for c in table.columns]
        assert [c.width for c in plan.columns] == [c.width for c in table.columns]
        assert [c.ours for c in plan.columns] == [c.who == "weaver" for c in table.columns]
        assert plan.about == table.about


def test_formats_follow_the_kind_of_column() -> None:
    plans = planned()
    shown = {
        (title, column.title): column.format
        for title, plan in plans.items()
        for column in plan.columns
        if column.format != "text"
    }
    assert shown == {
        ("Start", "Rows"): "integer",
        ("Start", "Last touched"): "date",
        ("To decide", "Since"): "date",
        ("Who has signed", "Since"): "date",
        ("Who has signed", "Sign-ons"): "integer",
        ("Changes", "Date"): "date",
        ("Changes", "Done"): "date",
        ("Numbers", "Value"): "decimal",
        ("Numbers", "Target"): "decimal",
        ("Numbers", "By"): "date",
        ("Every form checked", "Received"): "datetime",
        ("Numbers over time", "Date"): "date",
        ("Numbers over time", "Value"): "decimal",
        ("Numbers over time", "Revised"): "decimal",
        ("To decide", "Gravity"): "integer",
        ("Who has signed", "Confirm by"): "date",
        ("Weaver's log", "As of"): "date",
    }


def test_drop_downs_stand_in_people_s_columns_only() -> None:
    plans = planned()
    offered = {(t, c.title) for t, p in plans.items() for c in p.columns if c.choices}
    assert offered == {
        ("Start", "Your word"), ("To decide", "Decision"), ("Changes", "Change"),
    }  # fmt: skip
    assert all(not c.ours for p in plans.values() for c in p.columns if c.choices)


def test_colours_tell_good_from_waiting_and_stopped() -> None:
    columns = {(t, c.title): c.colours for t, p in planned().items() for c in p.columns}
    standing = columns["Who has signed", "Standing"]
    assert (standing["member"], standing["pending"], standing["removed"]) == (
        "good", "wait", "stop",
    )  # fmt: skip
    assert columns["Who has signed", "We list it"] == {"yes": "good", "no": "quiet"}
    assert columns["To decide", "Status"]["reopened"] == "stop"
    assert columns["Numbers", "Status"]["no data"] == "quiet"
    assert columns["Every form checked", "Outcome"]["on hold"] == "wait"


def test_a_tab_of_people_s_has_what_a_row_needs_first_and_its_example() -> None:
    tab = PeoplesTab({"what": "Pledge"}, {"what": "Sing", "organisation": "Example Organisation"})
    plans = tab_plans(TabFacts(people={"promises": tab}), as_is)
    assert [plan.title for plan in plans][3:6] == ["Changes", "Promises", "Numbers"]
    plan = plans[4]
    assert [c.title for c in plan.columns] == ["Organisation", "Pledge", "Due", "Who", "Done"]
    assert plan.columns[0].note == "Needed. Who promised."
    assert plan.columns[3].note == "The person who said it."
    assert plan.example == ("Example Organisation", "Sing", None, None, None)
    assert plan.peoples
    assert not any(other.peoples for other in plans if other is not plan)


def test_weaver_s_tabs_may_be_out_of_sight() -> None:
    facts = TabFacts(
        hidden=frozenset({"weaver_s_log"}), shown_now=frozenset({"every_form_checked"})
    )
    plans = tab_plans(facts, as_is)
    assert [plan.title for plan in plans if plan.hidden] == ["Weaver's log"]
    assert [plan.title for plan in plans if plan.shown_now] == ["Every form checked"]
