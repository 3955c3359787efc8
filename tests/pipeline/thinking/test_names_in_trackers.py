"""Names that people type in their tabs are found, or said to be unknown; nothing is guessed."""

from __future__ import annotations

import pytest

PROMISES = """
Organisation     | What | Due
RIVER WATCH      | Sing | 2026-03-20
The River-Watch  | Hum  | 2026-03-20
River Watch e.V. | Play | 2026-03-20
River Wach       | Rest | 2026-03-20
                 | Call | 2026-03-20
"""


@pytest.fixture
def ours(coalition):
    coalition.form("River Watch")
    coalition.form("Lake Guild")
    return coalition


def test_a_name_is_found_in_any_spelling_that_says_the_same(ours):
    ours.tab("Promises", PROMISES)
    result = ours.run("2026-03-04")
    (problem,) = [p for p in result.problems if "has signed" in p.problem]
    assert (problem.tab, problem.row, problem.column, problem.found) == (
        "Promises", 5, "Organisation", "River Wach",
    )  # fmt: skip
    (home,) = result.organisations.loc[lambda o: o["name"] == "River Watch", "id"]
    assert problem.remedy.startswith(f"Did you mean “River Watch” ({home}: name 0.")
    assert problem.remedy.endswith("Copy the name or the Id from Who has signed.")


def test_a_name_that_was_changed_is_found_under_both(ours):
    ours.change("River Watch", "show as", "Guardians of the River")
    ours.run("2026-03-04")
    ours.tab("Promises", """
Organisation           | What | Due
River Watch            | Sing | 2026-03-20
Guardians of the River | Sing | 2026-03-20
""")  # fmt: skip
    assert ours.run("2026-03-05").problems == ()


@pytest.mark.parametrize("tab", ["Outreach", "Who's missing"])
def test_who_has_not_signed_may_stand_where_that_is_the_point(ours, tab):
    ours.tab(tab, "Organisation\nNobody Known Yet\n")
    problems = ours.run("2026-03-04").problems
    assert not [p for p in problems if "has signed" in p.problem]


@pytest.mark.parametrize("title", ["Promises", "Zusagen"])
def test_a_tab_by_any_title_counts_what_was_set_aside(found_coalition, title):
    ours = found_coalition(tracker={"tabs": {"Promises": title}})
    ours.form("River Watch")
    ours.tab(title, "Organisation | What | Due\nRiver Wach | Sing | 2026-03-20\n"
                    "River Watch | Sing | never\nRiver Watch | Sing | 2026-03-21\n")  # fmt: skip
    result = ours.run("2026-03-04")
    assert {problem.tab for problem in result.problems} == {title}
    (read,) = [read for read in ours.digest().read if read.what == title]
    assert (read.rows, read.set_aside) == (3, 2)
