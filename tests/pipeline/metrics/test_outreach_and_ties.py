"""C1 to C9 and C13 to C15, each worked out by hand. The day is 15 June 2026, the period May."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.metrics.registry import compute

Verify = Callable[[str, dict[str, Any], Any], None]

PROSPECTS = """
organisation | owner | stage     | added      | first_contact | last_touch | replied    | new_to_us
River Trust  | Ana   | contacted | 2026-04-01 | 2026-05-02    | 2026-05-09 | 2026-05-09 | yes
Oak Union    | ana   | deciding  | 2026-04-01 | 2026-05-20    | 2026-06-10 |            | no
Bike Lobby   |       | contacted | 2026-04-03 | 2026-05-31    |            |            |
Hill Farmers | Bo    | said no   | 2026-04-03 | 2026-03-01    | 2026-03-09 | 2026-03-09 | no
Lake Club    |       | wanted    | 2026-05-01 |               |            |            |
river trust  |       | contacted | 2026-05-01 |               | 2026-05-12 |            |
Late Choir   |       | wanted    | 2026-07-01 |               |            |            |
"""
SIGNED = """
name         | joined_on
River Trust  | 2026-05-22
Hill Farmers | 2026-02-01
"""
SIX = """
organisation | first_contact
A            | 2026-01-01
B            | 2026-01-01
C            | 2026-01-01
D            | 2026-01-01
E            | 2026-01-01
F            | 2026-01-20
"""
SIX_SIGNED = """
name | joined_on
A    | 2026-01-03
B    | 2026-01-05
C    | 2026-01-11
D    | 2026-01-21
E    | 2026-03-02
F    | 2026-01-10
"""
FOUR = "name\nA\nB\nC\nD"
TIES = """
date       | organisation_a | organisation_b | kind             | reported_by
2026-05-01 | A              | B              | one-to-one       | A
2026-05-09 | B              | A              | table talk       | B
2026-01-01 | C              | B              |                  |
2026-05-01 | A              | D              | do not introduce |
2026-05-01 | C              | D              | introduction     |
2025-06-15 | A              | C              | tie              |
2026-06-16 | A              | C              | tie              |
2026-05-01 | A              | Wanted Club    | one-to-one       |
"""
VISION = """
guest             | organisation | sector | place | community | wanted
River Trust       |              |        |       |           |
The oak people    | Oak Union    |        |       |           |
Somebody unheard  |              |        |       |           |
Unions            |              | labour |       |           |
Farmers           |              | farms  |       |           | 2
Farmers, plenty   |              | farms  |       |           | 3
People of the sea |              |        | Coast | Fishers   |
"""
VISION_REGISTRY = """
name        | sector        | district
Oak Union   | labour        | North
Farm One    | farms         | North
Farm Two    | farms; labour | South
Sea Co-op   | fish          | Coast
Fish School | schools       | Coast
"""
VISION_OUTREACH = """
organisation | stage     | first_contact | community
River Trust  | contacted | 2026-05-02    |
Sea Co-op    | joined    | 2026-05-02    | Fishers
Fish School  | joined    | 2026-05-02    | fishers
"""
VISION_GROUPS = """
group    | kind          | organisation | role   | since      | until
Steering | steering      | Sea Co-op    |        | 2026-01-01 |
Steering | steering      | Farm One     |        | 2025-01-01 | 2026-01-01
Media    | working group | Fish School  | Chair  | 2026-01-01 |
Media    | working group | Farm Two     | member | 2026-01-01 |
"""


@pytest.mark.parametrize(
    ("code", "given", "expected"),
    [
        # Six organisations: River Trust stands there twice, Late Choir comes in July.
        ("C1", {"outreach": PROSPECTS}, (5, {})),
        ("C2", {"outreach": PROSPECTS}, (4, 5, {})),
        ("C3", {"outreach": PROSPECTS}, (2, 4, {})),
        # First contacted in May: River Trust (signed on the 22nd), Oak Union, Bike Lobby.
        ("C4", {"outreach": PROSPECTS, "organisations": SIGNED}, (1, 3, {})),
        # 2, 4, 10, 20 and 60 days; F had joined before anybody contacted it.
        ("C5", {"outreach": SIX, "organisations": SIX_SIGNED}, (10, {"organisations": 5})),
        # River Trust (12 May) and Bike Lobby (31 May): the latter is 15 days ago.
        ("C6", {"outreach": PROSPECTS}, (2, {})),
        ("C7", {"outreach": PROSPECTS}, (2, {"Ana": 2, "Bo": 1, "nobody": 2})),
        # Yes for River Trust; no for Oak Union and Hill Farmers; Bike Lobby is left out.
        ("C13", {"outreach": PROSPECTS}, (1, 3, {})),
        # A-B (told by both) and B-C; 15 June of last year is just outside.
        ("C14", {"organisations": FOUR, "conversations": TIES}, (4, 4, {})),
        ("C15", {"organisations": FOUR, "conversations": TIES}, (2, 6, {})),
    ],
)  # fmt: skip
def test_worked_examples(
    verify: Verify, code: str, given: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    verify(code, given, expected)


def test_who_brought_them_counts_blanks_and_leaves_individuals_out(verify: Verify) -> None:
    signons = """
    key | outcome  | signing_as   | referred_by
    s-1 | accepted | organisation | Oak Union
    s-2 | accepted | organisation | OAK UNION
    s-3 | accepted | organisation | Émile
    s-4 | accepted | organisation |
    s-5 | hold     | organisation | Oak Union
    s-6 | accepted | individual   | Oak Union
    """
    verify("C8", {"signons": signons}, (3, 4, {"Émile": 1, "Oak Union": 2, "not said": 1}))


def test_vision_names_the_four_places_where_a_guest_can_stand(verify: Verify) -> None:
    """River Trust talks, Oak Union joined, Somebody is wanted; of unions there are two; farmers
    are two, not three; both people of the sea hold a role."""
    given = {
        "organisations": VISION_REGISTRY, "who_s_missing": VISION,
        "outreach": VISION_OUTREACH, "groups": VISION_GROUPS,
    }  # fmt: skip
    details = {"wanted": 1, "in conversation": 2, "joined": 3, "holds a role": 1}
    verify("C9", given, (4, 7, details))


def test_one_organisation_never_covers_a_kind(verify: Verify) -> None:
    given = {
        "organisations": "name | sector\nOak Union | labour",
        "who_s_missing": "guest | sector | wanted\nUnions | labour | 1",
    }
    details = {"wanted": 0, "in conversation": 1, "joined": 0, "holds a role": 0}
    verify("C9", given, (0, 1, details))


def test_starting_an_initiative_is_a_role(verify: Verify) -> None:
    given = {
        "organisations": "name\nOak Union",
        "who_s_missing": "guest\nOak Union",
        "actions": "date | started_by\n2026-05-01 | Oak Union",
    }
    details = {"wanted": 0, "in conversation": 0, "joined": 0, "holds a role": 1}
    verify("C9", given, (1, 1, details))


FEW = "there are only 0 organisations that signed after we contacted them; a median needs five"
NONE_CONTACTED = "organisation | first_contact | replied | new_to_us\nLake Club | | |"


@pytest.mark.parametrize(
    ("code", "given", "why"),
    [
        ("C1", {"outreach": "organisation\nA"}, "the tab Outreach has no column Added"),
        ("C1", {"outreach": "organisation | added"}, "the tab Outreach has no row yet"),
        ("C2", {"outreach": "organisation | first_contact | added\nA | | 2026-09-01"},
         "no organisation stands on the tab Outreach"),
        ("C3", {"outreach": "organisation | first_contact\nA | 2026-05-01"},
         "the tab Outreach has no column Replied"),
        ("C3", {"outreach": NONE_CONTACTED},
         "no organisation on the tab Outreach has a First contact yet"),
        ("C4", {"outreach": NONE_CONTACTED},
         "nobody was contacted for the first time in the period"),
        ("C5", {"outreach": NONE_CONTACTED},
         FEW),
        ("C6", {"outreach": NONE_CONTACTED},
         "the tab Outreach has no column Last touch, and the tab Outreach has no column Stage"),
        ("C7", {"outreach": NONE_CONTACTED}, "the tab Outreach has no column Owner"),
        ("C8", {"signons": "key | outcome\ns-1 | accepted"},
         "the form doesn't ask Referred by"),
        ("C8", {"signons": "key | outcome | referred_by\ns-1 | hold | A"},
         "no sign-on is accepted yet"),
        ("C9", {"who_s_missing": "guest"}, "the tab Who's missing has no row yet"),
        ("C13", {"outreach": NONE_CONTACTED},
         "no contacted organisation has a yes or no under New to us"),
        ("C14", {"conversations": TIES}, "there are no members yet"),
        ("C15", {"conversations": TIES, "organisations": "name\nA\nB"},
         "density needs at least three members"),
    ],
)  # fmt: skip
def test_missing_is_said(verify: Verify, code: str, given: dict[str, Any], why: str) -> None:
    verify(code, given, why)


def test_rows_left_out_are_counted(context: Callable[..., Any]) -> None:
    given = context(outreach=PROSPECTS.replace("2026-04-03", "          "), organisations=SIGNED)
    values = compute(given)
    assert values["C1"].value == 3
    assert values["C1"].excluded == (2, "no day under Added")
    assert values["C5"].excluded == (1, "joined before the first contact")
    assert values["C13"].excluded == (1, "no yes or no under New to us")


def test_a_median_of_few_is_a_list(context: Callable[..., Any]) -> None:
    value = compute(context(outreach=PROSPECTS, organisations=SIGNED))["C5"]
    assert value.value is None
    assert value.details == (("River Trust", 20.0),)
