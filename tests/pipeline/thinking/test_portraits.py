"""The pictures say what the numbers say, and hide what these hide."""

from __future__ import annotations

from typing import Any

from pipeline import portraits
from pipeline.figures import definition_of
from pipeline.metrics.registry import BY_CODE
from pipeline.numberrows import dashboard_rows
from reports.bars import Bar

GROUPS = """
Group | Kind          | Organisation | Role
Reeds | working group | A 0          | chair
Reeds | working group | B 0          |
"""


def declaring(coalition: Any, people: dict[str, int]) -> Any:
    """So many members of each community; those of "" declare none."""
    for letter, (community, many) in zip("ABC", people.items(), strict=False):
        for n in range(many):
            coalition.form(f"{letter} {n}", communities_led=community)
    coalition.tab("Groups", "\n".join([
        "Group | Kind | Organisation",
        *(f"Reeds | working group | {letter} {n}" for letter in "AB" for n in range(10)),
    ]))  # fmt: skip
    return coalition.run("2026-03-16")


def test_presence_beside_seats(coalition: Any) -> None:
    result = declaring(coalition, {"Islanders": 15, "Reed people": 10, "": 10})
    assert portraits.belonging(result).bars == (
        Bar("Islanders: members", (("members", 0.6),), "60%"),
        Bar("Islanders: seats", (("seats", 0.5),), "50%"),
        Bar("Reed people: members", (("members", 0.4),), "40%"),
        Bar("Reed people: seats", (("seats", 0.5),), "50%"),
    )


def test_what_points_at_few_is_in_no_picture(coalition: Any) -> None:
    result = declaring(coalition, {"Islanders": 15, "Reed people": 9, "": 10})
    (bar,) = portraits.belonging(result).bars
    assert (bar.label, bar.pieces) == ("Not shown", ())
    assert "too few" in bar.text


def test_a_lever_is_drawn_with_people_s_own_figures(coalition: Any) -> None:
    coalition.form("A 0")
    coalition.tab("Goals & levers", """
Lever   | What must shift | Baseline | Target | By         | Latest | As of      | Group
Voice   | Who speaks      | 0.2      | 0.5    | 2026-12-31 | 0.35   | 2026-03-01 | Stories
Back    | Who listens     | 3        | 12     |            | 1      | 2026-03-01 |
Unknown | Who pays        |          | 12     | 2026-12-31 |        |            |
""")  # fmt: skip
    result = coalition.run("2026-03-16")
    voice, back, unknown = portraits.shifting(result).bars
    assert voice.label == "Voice (Stories)"
    assert [(kind, round(way, 9)) for kind, way in voice.pieces] == [("behind us", 0.5)]
    assert voice.text == "0.2 → 0.35, aim 0.5 by Dec 2026"
    assert back == Bar("Back", (("behind us", 0.0),), "3 → 1, aim 12")
    assert unknown == Bar("Unknown", (("behind us", 0.0),), "no figure yet")
    assert "From 0.2 to 0.5 by 2026-12-31; now 0.35" in str(list(dashboard_rows(result)))


def test_guests_and_who_holds_a_role(coalition: Any) -> None:
    coalition.form("A 0", sector="Fishing")
    coalition.form("B 0", sector="Law")
    coalition.tab("Groups", GROUPS)
    coalition.tab("Who's missing", """
Guest    | Sector  | Organisation | Wanted
Fishers  | Fishing |              | 4
The moor |         | Moor Society |
""")  # fmt: skip
    result = coalition.run("2026-03-16")
    assert portraits.celebration(result).bars == (
        Bar("Fishers", (("holds a role", 0.25), ("joined", 0.0)), "1 of 4 here"),
        Bar("The moor", (("holds a role", 0.0), ("joined", 0.0)), "wanted"),
        Bar("Of those who hold a role: guests", (("holds a role", 1.0),), "1 of 1"),
    )


def test_shares_without_data_are_left_out(coalition: Any) -> None:
    coalition.form("A 0")
    coalition.form("B 0")
    coalition.tab("Groups", GROUPS.replace("B 0 ", "C 0 "))
    result = coalition.run("2026-03-16")
    assert portraits.shares(result, "So far", ("P11", "P12", "P9")).bars == (
        Bar("Group placement", (("", 0.5),), "1 of 2"),
    )


def test_the_map_is_for_coordinators(coalition: Any) -> None:
    coalition.form("A 0", list_us="No")
    drawn = portraits.close(coalition.run("2026-03-16"))
    assert drawn.startswith("<svg")
    assert "A 0" in drawn
    assert "For coordinators only." in drawn


def test_what_is_missing_is_said_tab_by_tab(coalition: Any) -> None:
    coalition.form("A 0")
    coalition.tab("Actions", """
Date       | Initiative | Started by
2026-03-01 | Reed walk  | A 0
""")  # fmt: skip
    result = coalition.run("2026-03-16")
    said = definition_of(BY_CODE["P1"], result.values["P1"])
    assert said.endswith(" Counted without: Contacts, Organisation, Role for us, Since, Until.")
