"""The celebration vision against reality, and who holds power there. The day is 15 June 2026."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipeline.metrics.vision import JOINED, ROLE, TALKING, WANTED, Guest, vision

Build = Callable[..., Any]

REGISTRY = """
name      | sector        | district
Oak Union | labour        | North
Farm One  | farms         | North
Farm Two  | farms; labour | South
Elm Choir |               |
"""
MISSING = """
guest            | organisation | sector | place | wanted
Elm Choir        |              |        |       |
The singers      | elm choir    |        |       |
Farmers, plenty  |              | Farms  |       | 3
Farmers up north |              | farms  | North |
Unions           |              | labour |       |
Lake Club        |              |        |       |
Nobody's Friends |              |        |       |
"""
OUTREACH = """
organisation | stage     | first_contact | sector | place
Lake Club    | contacted | 2026-05-01    |        |
Hill Farms   | said no   | 2026-05-01    | farms  | North
"""
GROUPS = """
group    | kind          | organisation | role     | since      | until
Steering | steering      | Oak Union    |          | 2026-01-01 |
Media    | working group | Farm Two     | Co-Chair | 2026-01-01 |
Media    | working group | Elm Choir    | chair    | 2026-01-01 | 2026-06-14
"""


def test_each_guest_says_who_it_is_and_how_far_that_has_come(context: Build) -> None:
    given = context(organisations=REGISTRY, who_s_missing=MISSING, outreach=OUTREACH, groups=GROUPS)
    farmers = ("Farm One", "Farm Two", "Hill Farms")
    assert vision(given) == (
        Guest("Elm Choir", JOINED, ("Elm Choir",), 1, 1, 0),
        Guest("The singers", JOINED, ("Elm Choir",), 1, 1, 0),
        Guest("Farmers, plenty", TALKING, farmers, 3, 2, 1),
        Guest("Farmers up north", TALKING, ("Farm One", "Hill Farms"), 2, 1, 0),
        Guest("Unions", ROLE, ("Farm Two", "Oak Union"), 2, 2, 2),
        Guest("Lake Club", TALKING, ("Lake Club",), 1, 0, 0),
        Guest("Nobody's Friends", WANTED, (), 1, 0, 0),
    )


def test_a_name_that_led_to_nobody_is_not_whoever_is_spelt_alike(context: Build) -> None:
    """Two organisations are called so; naming leaves the cell without an id on purpose."""
    given = context(organisations=REGISTRY, who_s_missing="guest | organisation\nX | Elm Choir")
    rows = given.tables["who_s_missing"]
    rows["organisation_id"] = ""
    assert [guest.status for guest in vision(given)] == [WANTED]


def test_what_an_organisation_declared_of_itself_is_never_looked_at(context: Build) -> None:
    given = context(
        organisations="name | communities\nAsh | Elders\nElm | Elders",
        who_s_missing="guest | community\nElders | Elders",
    )
    assert vision(given) == (Guest("Elders", WANTED, (), 2, 0, 0),)


def test_a_role_that_is_over_or_to_come_is_none(context: Build) -> None:
    rows = """
    group    | kind     | organisation | since      | until
    Steering | steering | Oak Union    | 2026-06-16 |
    Steering | steering | Farm One     | 2026-01-01 | 2026-06-15
    Steering | steering | Elm Choir    | 2026-06-15 | 2026-06-16
    """
    missing = "guest\nOak Union\nFarm One\nElm Choir"
    given = context(organisations=REGISTRY, groups=rows, who_s_missing=missing)
    assert [guest.status for guest in vision(given)] == [JOINED, JOINED, ROLE]


def test_without_the_tab_there_is_no_vision(context: Build) -> None:
    assert vision(context(organisations=REGISTRY)) == ()
