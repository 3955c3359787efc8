"""Names that people type in their tabs are found, or said to be unknown; nothing is guessed."""

from __future__ import annotations

import pytest

from config.raw import RawTable

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


def partners(result):
    """Per row of Actions the names in Partners, and whether each is known."""
    rows = result.context.tables["actions"]
    return [
        [(name, bool(known)) for name, known in zip(names, ids, strict=True)]
        for names, ids in zip(rows["partners"], rows["partners_ids"], strict=True)
    ]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Food, Water and Shelter", [("Food, Water and Shelter", True)]),
        ("River Watch, Food, Water and Shelter, Lake Guild",
         [("River Watch", True), ("Food, Water and Shelter", True), ("Lake Guild", True)]),
        ("food, WATER and shelter; River Watch",
         [("food, WATER and shelter", True), ("River Watch", True)]),
        ("Choirs; United, River Watch", [("Choirs, United", True), ("River Watch", True)]),
        ("Choirs; United; Lake Guild", [("Choirs, United", True), ("Lake Guild", True)]),
        ("River Watch; Lake Guild, Food, Water and Shelter",
         [("River Watch", True), ("Lake Guild", True), ("Food, Water and Shelter", True)]),
        ("River Watch; Fern Bakery, Ghent", [("River Watch", True), ("Fern Bakery, Ghent", False)]),
        ("River Watch; River Watch, Lake Guild",
         [("River Watch", True), ("River Watch", True), ("Lake Guild", True)]),
        ("Otter Friends, Inc., Lake Guild", [("Otter Friends, Inc.", True), ("Lake Guild", True)]),
        ("Otter Friends, Lake Guild", [("Otter Friends", True), ("Lake Guild", True)]),
        ("Food, Lake Guild", [("Food", False), ("Lake Guild", True)]),
        ("Fern Bakery, Ltd., River Watch", [("Fern Bakery, Ltd.", False), ("River Watch", True)]),
    ],
)  # fmt: skip
def test_a_name_with_commas_stays_whole_in_a_list(ours, cell, expected):
    for name in ("Food, Water and Shelter", "Choirs; United", "Otter Friends, Inc."):
        ours.form(name)
    ours.tracker["Actions"] = raw("Actions", ("Date", "Initiative", "Started by", "Partners"),
                                  ("2026-03-01", "Sing", "River Watch", cell))  # fmt: skip
    result = ours.run("2026-03-04")
    assert partners(result) == [expected]


def raw(title, header, *rows):
    return RawTable(title, header, rows, range(2, len(rows) + 2))


def test_outsiders_in_lists_are_no_fault_and_names_like_ones_that_are_known_are(ours):
    ours.tab("Actions", """
Date       | Initiative | Started by  | Partners
2026-03-01 | Sing       | River Watch | Fern Bakery; River Watchers
2026-03-02 | Hum        | River Watch | Moss Choir
""")  # fmt: skip
    result = ours.run("2026-03-04")
    assert strays(result) == [("Actions", 2, "Partners", "River Watchers")]
    (problem,) = [p for p in result.problems if "has signed" in p.problem]
    assert problem.remedy.startswith("Did you mean “River Watch”")
    assert partners(result) == [[("Fern Bakery", False), ("River Watchers", False)],
                                [("Moss Choir", False)]]  # fmt: skip


def test_the_column_is_called_as_people_call_it(found_coalition):
    ours = found_coalition(
        tracker={"columns": {"actions": {"started_by": "Wer", "date": "Tag", "initiative": "Was"}}}
    )
    ours.form("River Watch")
    ours.tab("Actions", "Tag | Was | Wer\n2026-03-01 | Sing | Moss Choir\n")
    assert strays(ours.run("2026-03-04")) == [("Actions", 2, "Wer", "Moss Choir")]


CONVERSATIONS = """
Date       | Organisation A | Organisation B  | Kind       | Reported by
2026-03-01 | River Watch    | RIVER-WATCH     | one-to-one |
2026-03-01 | Moss Choir     | moss choir      | one-to-one | River Watch
2026-03-01 | River Watch    | Lake Guild      | one-to-one | Otter Choir
2026-03-01 | River Watch    | Lake Guild      | one-to-one | The Lake Guild
2026-03-01 | River Watch    | Moss Choir      | one-to-one | Moss Choir
2026-03-01 | River Watch    | Lake Guild      | one-to-one |
"""


def test_nobody_talks_with_itself_and_a_third_is_no_witness(ours):
    ours.form("Otter Choir")
    ours.tab("Outreach", "Organisation | Stage | Added\nMoss Choir | wanted | 2026-03-01\n")
    ours.tab("Conversations", CONVERSATIONS)
    result = ours.run("2026-03-04")
    told = {(p.row, p.column, p.found): p for p in result.problems if p.tab == "Conversations"}
    assert {place: p.problem for place, p in told.items() if p.row in (2, 3, 4)} == {
        (2, "Organisation B", "RIVER-WATCH"): "An organisation has no conversation with itself.",
        (3, "Organisation B", "moss choir"): "An organisation has no conversation with itself.",
        (4, "Reported by", "Otter Choir"): "Neither of the two.",
    }
    assert all(problem.remedy for problem in told.values())
    rows = result.context.tables["conversations"]
    assert list(rows["organisation_b"]) == [
        "", "", "Lake Guild", "Lake Guild", "Moss Choir", "Lake Guild",
    ]  # fmt: skip
    lake = ours.id("Lake Guild")
    assert list(rows["organisation_b_id"]) == ["", "", lake, lake, "", lake]


def test_the_coalition_itself_is_no_stranger_and_its_voice_counts(ours):
    ours.tab("Help", "Asked on | Organisation | Kind | Given by\n"
                     "2026-03-01 | River Watch | Legal | clean rivers\n")  # fmt: skip
    ours.tab("Media", "Date | Outlet | Title | Quotes\n"
                      "2026-03-01 | Echo | Otters | Clean Rivers\n"
                      "2026-03-02 | Echo | Mud | The Mayor\n")  # fmt: skip
    result = ours.run("2026-03-04")
    assert strays(result) == []
    assert "Q3" in result.values
    assert result.values["Q3"].details == (("Media", 1.0),)
    assert (result.values["I3"].numerator, result.values["I3"].denominator) == (1, 2)
