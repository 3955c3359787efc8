"""Names that people type in their tabs are found, or said to be unknown; nothing is guessed."""

from __future__ import annotations

import pytest

PROMISES = """
Organisation     | What | Due
RIVER WATCH      | Sing | 2026-03-20
The River-Watch  | Hum  | 2026-03-20
River Watch e.V. | Play | 2026-03-20
River Wards      | Rest | 2026-03-20
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
        "Promises", 5, "Organisation", "River Wards",
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
    ours.tab(title, "Organisation | What | Due\nRiver Wards| Sing | 2026-03-20\n"
                    "River Watch | Sing | never\nRiver Watch | Sing | 2026-03-21\n")  # fmt: skip
    result = ours.run("2026-03-04")
    assert {problem.tab for problem in result.problems} == {title}
    (read,) = [read for read in ours.digest().read if read.what == title]
    assert (read.rows, read.set_aside) == (3, 2)


def strays(result):
    return [(p.tab, p.row, p.column, p.found) for p in result.problems if "has signed" in p.problem]


def test_a_name_in_other_words_that_surely_means_the_same_is_found(ours):
    ours.form("Friends of the Otter Incorporated")
    ours.tab("Help", """
Asked on   | Organisation                 | Kind | Given by
2026-03-01 | The Friends of the Otter Inc | Legal | RIVER WATCH
2026-03-01 | Friends of the Otter         | Legal | Lake Guild
""")  # fmt: skip
    result = ours.run("2026-03-04")
    assert strays(result) == []


def test_every_column_that_names_an_organisation_is_looked_at(ours):
    ours.tab("Help", "Asked on | Organisation | Kind | Given by\n"
                     "2026-03-01 | Moss Choir | Legal | Fern Bakery\n")  # fmt: skip
    ours.tab("Actions", "Date | Initiative | Started by\n2026-03-01 | Sing | Moss Choir\n")
    assert strays(ours.run("2026-03-04")) == [
        ("Actions", 2, "Started by", "Moss Choir"),
        ("Help", 2, "Given by", "Fern Bakery"),
        ("Help", 2, "Organisation", "Moss Choir"),
    ]


def test_who_is_wanted_may_stand_in_conversations_and_nobody_else(ours):
    ours.tab("Outreach", "Organisation\nMoss Choir\n")
    ours.tab("Conversations", """
Date       | Organisation A | Organisation B  | Kind
2026-03-01 | River Watch    | The Moss Choir  | one-to-one
2026-03-01 | River Watch    | Fern Bakery     | one-to-one
""")  # fmt: skip
    assert strays(ours.run("2026-03-04")) == [
        ("Conversations", 3, "Organisation B", "Fern Bakery"),
    ]


def test_an_id_is_a_name_too_and_the_nearest_are_three_at_most(ours):
    for name in ("Otter Watch", "Heron Watch", "Beaver Watch", "Badger Watch", "Bat Watch"):
        ours.form(name)
    organisations = ours.run("2026-03-04").organisations
    (home,) = organisations.loc[organisations["name"] == "Otter Watch", "id"]
    ours.tab("Promises", f"Organisation | What | Due\n{home} | Sing | 2026-03-20\n"
                         "Otter Wards | Sing | 2026-03-20\n")  # fmt: skip
    (problem,) = [p for p in ours.run("2026-03-05").problems if "has signed" in p.problem]
    assert problem.row == 3
    assert f"“Otter Watch” ({home}" in problem.remedy
    assert 1 <= problem.remedy.count("(o-") <= 3
