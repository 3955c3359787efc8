"""C1 to C9, C13 to C22 and C26, each worked out by hand: 15 June 2026, the period is May."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
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
SOURCES = {
    "organisations": """
name | sector       | district | joined_on  | referred_by | standing  | joins_as
A    | housing      | North    | 2025-01-10 |             | member    | member
B    | labour       | North    | 2025-01-10 |             | member    | member
C    | housing; art | South    | 2025-01-10 |             | reaffirm  | member
D    |              | South    | 2026-02-01 | c           | member    | member
E    | labour       |          | 2025-02-01 | C           | member    | member
F    | art          | East     | 2025-01-10 |             | member    | member
Gone | art          | East     | 2025-01-10 |             | withdrawn | member
Fund | art          | East     | 2025-01-10 |             | member    | funder
""",
    "conversations": """
date       | organisation_a | organisation_b | kind       | reported_by
2026-05-01 | A              | Gone           | one-to-one |
2026-05-01 | A              | Fund           | one-to-one |
""",
    "groups": """
group | organisation | since      | until      | kind
Press | A            | 2026-01-01 | 2026-03-01 | working group
press | B            |            | 2026-02-01 |
Press | F            | 2026-05-01 |            | working group
""",
    "meetings": """
date       | present
2026-04-01 | B; C; Gone
2025-04-01 | E; F
2026-04-02 | A; B; C; E; F; one; two; three; four
""",
    "actions": """
date       | started_by | partners
2026-04-01 | A          | C; Nobody we know
2026-08-01 | E          | F
""",
}
"""A-B sat in one group in January, B-C met, A-C acted, C brought D; E and F have nobody."""
BOWTIE = """
date       | organisation_a | organisation_b | kind       | reported_by
2026-05-01 | A              | B              | one-to-one | A
2026-05-02 | A              | B              | one-to-one | B
2026-05-01 | B              | Hub            | one-to-one | B
2026-05-01 | A              | Hub            | one-to-one | Hub
2026-05-01 | Hub            | C              | one-to-one | C
2026-05-01 | Hub            | D              | one-to-one | A
2026-05-01 | C              | D              | one-to-one |
"""
FIVE = "name\nA\nB\nHub\nC\nD"
STAFF = """
organisation | role_for_us                | since      | until
Hub          | coalition staff hosted by  | 2026-01-01 | 2026-06-15
A            | coalition staff hosted by  | 2025-01-01 | 2026-06-14
B            | coalition staff hosted by  | 2026-06-16 |
C            | press                      |            |
Elsewhere    | coalition staff hosted by  |            |
"""
INTRODUCED = """
date       | organisation_a | organisation_b | kind
2026-01-10 | A              | B              | introduction
2026-04-10 | B              | A              | one-to-one
2026-01-10 | A              | Wanted Club    | introduction
2026-04-11 | A              | wanted club    | one-to-one
2026-02-01 | C              | D              | introduction
2026-02-01 | C              | D              | tie
2026-03-17 | A              | D              | introduction
2026-03-18 | A              | D              | do not introduce
2026-03-18 | A              | C              | introduction
2026-04-18 | A              | C              | one-to-one
2026-07-18 | B              | C              | introduction
"""
WANTED = """
organisation | stage     | added
Wanted Club  | contacted | 2026-01-01
wanted club  | deciding  | 2026-02-01
Never Again  | said no   | 2026-01-01
Next Year    | wanted    | 2026-07-01
A            | joined    | 2026-01-01
Oak Choir    |           |
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
        # D alone; A-B-C hang together at B.
        ("C16", {"organisations": FOUR, "conversations": TIES}, (1, 4, {})),
        ("C17", {"organisations": FOUR, "conversations": TIES}, (3, 4, {})),
        ("C19", {"organisations": FOUR, "conversations": TIES}, (1, {})),
        # Four ties among six members; the nine at a meeting are too many for one.
        ("C14", SOURCES, (8, 6, {})),
        ("C16", SOURCES, (2, 6, {})),
        ("C17", SOURCES, (4, 6, {})),
        # A-B and B-C join other sectors, A-C shares housing, D names none; A-C and B-C join
        # North with South.
        ("C18", SOURCES, (2, 3, {"joining different districts": 2})),
        ("C19", SOURCES, (1, {})),
        # Without the hub A-B and C-D are two parts of two.
        ("C20", {"organisations": FIVE, "conversations": BOWTIE, "contacts": STAFF},
         (2, 4, {"members that host staff": 1})),
        # A, B, Hub and C reported: A-B both, A-Hub, B-Hub and Hub-C one side. A's word about
        # Hub and D is hearsay.
        ("C21", {"organisations": FIVE, "conversations": BOWTIE}, (1, 4, {})),
        # A-B on the 90th day; Wanted Club on the 91st; C-D on the same day, not after; A-D never.
        ("C22", {"organisations": FOUR, "conversations": INTRODUCED}, (1, 4, {})),
        # Four members, Wanted Club and Oak Choir: A-B, B-C and A with Wanted Club.
        ("C26", {"organisations": FOUR, "conversations": TIES, "outreach": WANTED},
         (6, 6, {"members": 4, "wanted organisations": 2, "without a tie": 2,
                 "in the largest part": 4, "bridge organisations": 2})),
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


FEW = "there are no organisations that signed after we contacted them yet"
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
        ("C16", {"conversations": TIES}, "there are no members yet"),
        ("C17", {"conversations": TIES}, "there are no members yet"),
        ("C18", {"organisations": FOUR, "conversations": TIES},
         "no tie joins two members that both name a sector"),
        ("C18", {"organisations": "name\nA\nD", "conversations": TIES},
         "no two members have a tie yet"),
        ("C18", {"organisations": FOUR, "conversations": TIES, "signons": "key | outcome"},
         "the form doesn't ask Sector"),
        ("C19", {"conversations": TIES}, "there are no members yet"),
        ("C20", {"organisations": FOUR, "conversations": TIES, "contacts": STAFF},
         "no member is known to host coalition staff"),
        ("C20", {"organisations": "name\nHub", "conversations": TIES, "contacts": STAFF},
         "every member hosts coalition staff"),
        ("C21", {"organisations": "name\nA\nC", "conversations": TIES},
         "no tie joins two members that both report their ties"),
        ("C22", {"conversations": TIES.replace("2026-05-01 | C ", "2026-06-01 | C ")},
         "no introduction is 90 days old yet"),
        ("C22", {"conversations": "date | organisation_a | organisation_b\n2026-01-01 | A | B"},
         "the tab Conversations has no column Kind"),
        ("C26", {"conversations": TIES, "outreach": "organisation | stage\nX | said no"},
         "nobody belongs or is wanted"),
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


def test_who_is_stalled_or_owned_by_nobody_is_named_apart(context: Callable[..., Any]) -> None:
    values = compute(context(outreach=PROSPECTS))
    assert values["C6"].names == ("Bike Lobby", "River Trust")
    assert values["C7"].names == ("Bike Lobby", "Lake Club")


def test_rows_without_a_name_are_counted(context: Callable[..., Any]) -> None:
    rows = "organisation | first_contact | added\nA | 2026-05-01 | 2026-04-01\n | 2026-05-02 |"
    values = compute(context(outreach=rows))
    assert (values["C2"].denominator, values["C2"].excluded) == (
        1, (1, "no name under Organisation"),
    )  # fmt: skip


def test_a_median_of_few_is_a_list(context: Callable[..., Any]) -> None:
    value = compute(context(outreach=PROSPECTS, organisations=SIGNED))["C5"]
    assert value.value is None
    assert value.details == (("River Trust", 20.0),)


def test_names_of_the_lonely_and_of_bridges_stay_out_of_the_details(
    context: Callable[..., Any],
) -> None:
    values = compute(context(**SOURCES))
    assert (values["C16"].names, values["C16"].details) == (("E", "F"), ())
    assert (values["C19"].names, values["C19"].details) == (("C",), ())


def test_a_tie_without_a_sector_is_left_out_and_counted(context: Callable[..., Any]) -> None:
    assert compute(context(**SOURCES))["C18"].excluded == (1, "a side names no sector")


def test_introductions_of_late_wait_for_their_ninety_days(context: Callable[..., Any]) -> None:
    """A-C of 18 March is 89 days old on 15 June; that of July hasn't happened."""
    value = compute(context(conversations=INTRODUCED))["C22"]
    assert value.excluded == (1, "made less than 90 days ago")


@pytest.mark.parametrize(
    ("without", "ties"),
    [("groups", 3), ("meetings", 3), ("actions", 3)],
)
def test_each_tab_that_is_not_in_use_takes_its_ties_along(
    context: Callable[..., Any], without: str, ties: int
) -> None:
    given = {name: text for name, text in SOURCES.items() if name != without}
    value = compute(context(**given))["C14"]
    assert value.numerator == 2 * ties
    assert f"{without}.{'group' if without == 'groups' else 'date'}" in value.without


def test_who_brought_whom_counts_only_where_the_form_asks(context: Callable[..., Any]) -> None:
    value = compute(context(**SOURCES, signons="key | outcome"))["C14"]
    assert value.numerator == 6
    assert "signons.referred_by" in value.without


@pytest.mark.parametrize(
    ("kinds", "ties"),
    [(("steering", "steering"), 1), (("steering", ""), 1), (("caucus", "caucus"), 0),
     (("steering", "caucus"), 0), (("", ""), 0), (("unclear", "steering"), 0)],
)  # fmt: skip
def test_a_group_that_may_be_a_caucus_makes_no_tie(
    context: Callable[..., Any], kinds: tuple[str, str], ties: int
) -> None:
    groups = f"group | kind | organisation\nReeds | {kinds[0]} | A\nreeds | {kinds[1]} | B"
    conversations = "date | organisation_a | organisation_b\n2020-05-01 | C | D"
    given = context(organisations=FOUR, groups=groups, conversations=conversations)
    assert compute(given)["C14"].numerator == 2 * ties


def test_a_conversation_of_an_unclear_kind_is_no_tie(context: Callable[..., Any]) -> None:
    values = compute(context(organisations=FOUR, conversations=TIES.replace("table talk", "unclear")
                             .replace("one-to-one", "unclear")))  # fmt: skip
    assert values["C14"].numerator == 2  # B-C, whose kind nobody gave
    assert values["C16"].names == ("A", "D")


def test_who_has_no_tie_cannot_be_said_once_conversations_are_gone(
    context: Callable[..., Any],
) -> None:
    given = {name: text for name, text in SOURCES.items() if name != "conversations"}
    value = compute(replace(context(**given), once=frozenset({"conversations"})))["C16"]
    assert (value.why, value.names) == ("no data because the tab Conversations is gone", ())


def test_a_group_of_thirteen_makes_no_tie(context: Callable[..., Any]) -> None:
    def found(size: int) -> float:
        names = [f"O{n}" for n in range(size)]
        groups = "group | kind | organisation\n"
        groups += "\n".join(f"All | steering | {name}" for name in names)
        organisations = "name\n" + "\n".join(names)
        given = context(organisations=organisations, groups=groups, conversations=TIES)
        return float(compute(given)["C14"].value)

    assert (found(12), found(13)) == (11, 0)
