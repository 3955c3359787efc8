"""Networks with an obvious answer: it is named first. Today is 15 June 2026."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.metrics.model import Context
from pipeline.network.introductions import Introduction, introductions
from pipeline.network.sources import unread
from pipeline.network.telling import network_facts, told
from tests.pipeline.metrics.conftest import build
from tests.pipeline.network.conftest import clique, made

REGISTRY = """
name | sector  | district
A    | housing | North
B    | labour  | South
C    | housing | South
D    | art     | East
E    | labour  | West
F    | sport   | West
Lone | labour  | South
"""


def pairs(context: Context, most: int = 10) -> list[set[str]]:
    return [{each.first, each.second} for each in introductions(context, most)]


def first(context: Context) -> Introduction:
    return introductions(context)[0]


def test_one_without_a_tie_beside_a_lively_net_is_reached_first() -> None:
    """Lone shares labour and South with B, less with C and E."""
    ties = clique("ABCD") + " D-E E-F"
    found = first(made(ties, "Lone", organisations=REGISTRY))
    assert (found.first, found.second, found.kind) == ("B", "Lone", "reach")
    assert found.why == (
        "They don't know of each other yet, as far as we were told; it would open the way to 6 "
        "organisations; both work on “labour” and are in “South”."
    )
    assert found.question.startswith(
        "Shall B and Lone meet? No tie of Lone is known yet, and B would open the way to 6"
    )
    assert ":" not in found.who
    assert "close to B" in found.question


def test_two_cliques_without_a_bridge_are_joined_first() -> None:
    """C and E share labour; nobody else of the two sides shares anything."""
    registry = REGISTRY.replace("B    | labour", "B    |       ").replace(
        "C    | ho", "C    | labour; ho"
    )
    registry = registry.replace("Lone | labour  | South\n", "")
    found = first(made(clique("ABC") + " " + clique("DEF"), organisations=registry))
    assert (found.first, found.second, found.kind) == ("C", "E", "join")
    assert found.why == (
        "Nothing connects the 3 organisations around C with the 3 around E today; "
        "both work on “labour”."
    )


def test_a_second_tie_between_two_large_parts_comes_after_and_says_so() -> None:
    found = introductions(made(clique("ABC") + " " + clique("DEF")))
    assert len(found) == 2
    assert found[1].why.startswith("A second tie")
    assert not {found[0].first, found[0].second} & {found[1].first, found[1].second}


def test_leaves_of_a_star_rely_less_on_the_hub() -> None:
    """Of five leaves A and C share housing; E and D share nothing with anybody."""
    registry = "name | sector\nHub |\nA | housing\nC | housing; art\nD | sport\nE | \nF | law"
    found = introductions(made(" ".join(f"Hub-{leaf}" for leaf in "ACDEF"), organisations=registry))
    assert (found[0].first, found[0].second, found[0].kind) == ("A", "C", "rely less")
    assert found[0].why == (
        "A and C reach each other through Hub alone; both work on “housing”."
    )  # fmt: skip
    assert found[0].who == "Hub: close to both"
    assert all("Hub" not in (each.first, each.second) for each in found)


def test_the_ends_of_a_chain_close_it() -> None:
    found = first(made("A-B B-C C-D D-E"))
    assert (found.first, found.second, found.kind) == ("A", "E", "rely less")
    assert found.why == (
        "C alone connects the 2 on the side of A with the 2 on the side of E."
    )  # fmt: skip


def test_two_halves_on_one_bridge_get_another() -> None:
    """C-D holds two cliques together: whoever comes first is neither of them."""
    found = first(made(clique("ABC") + " C-D " + clique("DEF")))
    assert {found.first, found.second} & set("AB")
    assert {found.first, found.second} & set("EF")


def test_the_largest_parts_come_before_small_ones() -> None:
    """Twelve pairs (4 by 3) come before four (4 by 1)."""
    kinds = [each.kind for each in introductions(made(clique("ABCD") + " " + clique("EFG"), "Z"))]
    assert kinds[:2] == ["join", "reach"]


def test_three_parts_need_two_introductions_before_any_second() -> None:
    found = introductions(made(clique("ABC") + " " + clique("DEF") + " " + clique("GHI")))
    sides = [{"ABCDEFGHI".index(name) // 3 for name in (f.first, f.second)} for f in found[:2]]
    assert all(len(side) == 2 for side in sides)
    assert sides[0] | sides[1] == {0, 1, 2}


def test_where_nobody_has_a_tie_those_meet_who_share_most() -> None:
    registry = "name | sector | district\nA | art | North\nB | art | North\nC | art | East\nD | | "
    found = first(made(organisations=registry))
    assert (found.first, found.second) == ("A", "B")
    assert found.why == (
        "They don't know of each other yet, as far as we were told; "
        "both work on “art” and are in “North”."
    )
    assert found.who == "you yourselves"
    assert "No tie of either is known yet" in found.question
    assert "nobody is close to either" in found.question


def test_where_everybody_reaches_everybody_in_two_ways_nothing_is_proposed() -> None:
    assert introductions(made("A-B B-C C-D D-A")) == ()
    assert introductions(made()) == ()
    assert introductions(made(names="A")) == ()


def test_do_not_introduce_on_the_obvious_pair_gives_the_next() -> None:
    chain = "A-B B-C C-D D-E"
    found = pairs(made(chain, forbidden="A-E"))
    assert found[0] in ({"A", "D"}, {"B", "E"})
    assert {"A", "E"} not in found


@pytest.mark.parametrize("forbidden", ["Hub-A", "A-Hub"])
def test_nobody_is_asked_to_bring_along_whom_they_must_not_meet(forbidden: str) -> None:
    """Hub is close to both, but must be kept apart from A; Other may do it."""
    ties = "Hub-A Hub-C"
    assert first(made(ties)).who == "Hub: close to both"
    found = introductions(made(ties, forbidden=forbidden))
    assert [(each.first, each.second) for each in found] == [("A", "C")]
    assert "Hub: close" not in found[0].who


def test_a_forbidden_pair_stays_so_for_ever_and_is_mentioned_nowhere() -> None:
    old = "2019-01-01 | Lone | A | do not introduce"
    found = introductions(made(clique("AB"), "Lone", more=old))
    assert [(each.first, each.second) for each in found] == [("B", "Lone")]
    assert "A" not in found[0].who.split(":")[0].split()


@pytest.mark.parametrize("column", ["date", "organisation_a", "organisation_b"])
def test_there_are_none_where_nobody_can_say_who_must_not_meet(column: str) -> None:
    context = made(clique("AB"), "Lone", forbidden="Lone-A")
    assert introductions(context)
    less = context.present["conversations"] - {column}
    present = {**context.present, "conversations": less}
    assert introductions(replace(context, present=present)) == ()
    assert "has no column" in unread(replace(context, present=present))


def test_there_are_none_once_the_tab_is_gone_but_some_where_it_never_was() -> None:
    meetings = "date | present\n2026-05-01 | A; B"
    context = build(organisations="name\nA\nB\nLone", meetings=meetings)
    assert introductions(context)
    gone = replace(context, once=frozenset({"conversations"}))
    assert introductions(gone) == ()
    found = network_facts(gone)
    assert found["members"]["without_a_tie"] is None
    said = told(found)
    assert "the tab Conversations is gone" in said
    assert "Lone" not in said
    assert "Whom" not in said


def test_a_workbook_that_cannot_be_read_is_named_and_nobody_is_introduced() -> None:
    context = build(organisations="name\nA\nB\nLone", meetings="date | present\n2026-05-01 | A; B")
    closed = {"conversations": "tracker.xlsx"}
    shut = replace(context, once=frozenset({"conversations"}), closed=closed)
    assert introductions(shut) == ()
    assert unread(shut) == "tracker.xlsx couldn't be read"


def test_a_kind_that_cannot_be_read_forbids_too() -> None:
    """Lone is introduced to B alone, and A isn't asked to help."""
    unclear = "2026-05-01 | A | Lone | unclear"
    found = introductions(made(clique("AB"), "Lone", more=unclear))
    assert [(each.first, each.second, each.who) for each in found] == [
        ("B", "Lone", "you yourselves")
    ]


def test_without_the_column_kind_rows_are_ties_but_nobody_in_them_is_asked_to_help() -> None:
    context = made("Hub-A Hub-B", "C", forbidden="A-B")
    rows = context.tables["conversations"].assign(kind="")
    present = {**context.present, "conversations": context.present["conversations"] - {"kind"}}
    context = replace(context, tables={"conversations": rows}, present=present)
    assert len(context.network.ties) == 3
    found = introductions(context)
    assert found
    assert {"A", "B"} not in [{each.first, each.second} for each in found]
    assert {each.who for each in found} == {"you yourselves"}


@pytest.mark.parametrize("typed", ["Ginko Hose", "Ginkgo", "ginkgo  house!", "Ginkgo House; Elm"])
def test_a_misspelt_name_protects_all_the_same(typed: str) -> None:
    ties = "date | organisation_a | organisation_b | kind\n2026-05-01 | Alder | Birch | tie\n"
    registry = "name\nAlder\nBirch\nGinkgo House"
    rows = "".join(
        f"2026-05-01 | {typed} | {one} | do not introduce\n" for one in ("Alder", "Birch")
    )
    assert introductions(build(organisations=registry, conversations=ties))
    assert introductions(build(organisations=registry, conversations=ties + rows)) == ()
    other = ties + rows.replace(typed, "Somebody Else")
    assert introductions(build(organisations=registry, conversations=other))


def test_a_group_that_may_be_a_caucus_is_no_reason() -> None:
    groups = "group | kind | organisation\n" + "\n".join(
        f"{name} | {kind} | {who}"
        for name, kind in (("Reeds", "caucus"), ("Moss", ""), ("Ferns", "steering"))
        for who in (*"AB", *map(str, range(12)))
    )
    registry = "name\nA\nB"
    assert [f.why for f in introductions(build(organisations=registry, groups=groups))] == [
        "They don't know of each other yet, as far as we were told; both sit in the group “Ferns”."
    ]


@pytest.mark.parametrize(
    ("ties", "said"),
    [
        ("A-A", "too few organisations"),
        ("A-B", "too few organisations"),
        ("A-B B-C C-D D-A", "everybody reaches everybody in more than one way"),
    ],
)
def test_why_nobody_is_proposed(ties: str, said: str) -> None:
    assert said in told(network_facts(made(ties)))


def test_where_the_rest_must_not_meet_nothing_is_said_of_it() -> None:
    said = told(network_facts(made("A-B B-C", forbidden="A-C")))
    assert "There is no introduction to propose today." in said


def test_an_introduction_of_the_last_ninety_days_is_left_alone() -> None:
    """17 March is 90 days ago: time is up; the 18th isn't."""
    chain = "A-B B-C"
    again = made(chain, more="2026-03-17 | C | A | introduction")
    assert pairs(again) == [{"A", "C"}]
    assert pairs(made(chain, more="2026-03-18 | C | A | introduction")) == []


def test_whoever_spoke_years_ago_needs_no_introduction() -> None:
    assert pairs(made("A-B B-C", more="2020-03-18 | C | A | one-to-one")) == []


def test_a_chapter_and_its_parent_need_none() -> None:
    registry = "name | id | parent_id\nA | o-a | o-c\nB | o-b |\nC | o-c |"
    assert pairs(made("A-B B-C", organisations=registry)) == []


def test_nobody_is_proposed_more_than_twice() -> None:
    alone = [f"X{n}" for n in range(20)]
    found = pairs(made(clique("ABCDEFGHIJKL"), " ".join(alone)))
    assert len(found) == 10
    everybody = [name for pair in found for name in pair]
    assert max(everybody.count(name) for name in everybody) <= 2


def test_others_of_the_largest_part_stand_in_where_some_have_had_their_turn() -> None:
    """Three of the clique share art with everybody alone; each is proposed twice at most."""
    names = [f"X{n}" for n in range(8)]
    registry = "name | sector\n" + "\n".join(f"{name} | art" for name in ("A", "B", "C", *names))
    registry += "\nD | \nE | "
    assert len(pairs(made(clique("ABCDE"), organisations=registry))) == 8


def test_wanted_organisations_are_reached_too_but_after_members_and_never_joined_alone() -> None:
    outreach = "organisation | stage | sector\n" + "\n".join(
        f"Wanted {n} | contacted | art" for n in range(6)
    ) + "\nNever | said no | art"  # fmt: skip
    found = introductions(made(clique("ABC"), "Lone", outreach=outreach))
    assert "Lone" in (found[0].first, found[0].second)
    wanted = [f for f in found if "Wanted" in f.first + f.second]
    assert len(wanted) == 3
    assert all(sum("Wanted" in name for name in (f.first, f.second)) == 1 for f in wanted)
    assert "is wanted, and no tie of it is known yet" in wanted[0].question
    assert "no tie" not in wanted[0].why.lower()
    assert not any("Never" in f.first + f.second for f in found)


def test_only_members_appear() -> None:
    registry = "name | standing | joins_as\nA | member | member\nB | member | member\n"
    registry += "Gone | withdrawn | member\nFund | member | funder\nHeld | pending | member"
    found = pairs(made("A-Gone Gone-B Fund-A", organisations=registry))
    assert found == [{"A", "B"}]


def test_communities_play_no_part() -> None:
    registry = "name | sector | communities\nA | art | Deaf\nB | art |\nC | art | Deaf\nD | art |"
    plain = registry.replace("Deaf", "")
    assert introductions(made("A-B", organisations=registry)) == introductions(
        made("A-B", organisations=plain)
    )


def test_it_is_a_question_with_reason_and_helper() -> None:
    found = first(made("Hub-A Hub-C"))
    assert found.question == (
        "Shall A and C meet? A and C reach each other through Hub alone. "
        "(Who could do it: Hub: close to both)"
    )


names = st.sampled_from("ABCDEFGHIJ")
ties = st.lists(st.tuples(names, names).filter(lambda pair: pair[0] != pair[1]), max_size=14)


@settings(max_examples=60, deadline=None)
@given(ties, ties, st.randoms(use_true_random=False))
def test_laws_that_hold_for_every_network(
    known: list[tuple[str, str]], forbidden: list[tuple[str, str]], chance: random.Random
) -> None:
    def context() -> Context:
        chance.shuffle(known)
        chance.shuffle(forbidden)
        written = (" ".join("-".join(pair) for pair in each) for each in (known, forbidden))
        return made(next(written), "A B C D E F G H I J", next(written))

    found = introductions(context())
    assert found == introductions(context())
    assert len(found) <= 10
    taken = [{each.first, each.second} for each in found]
    ruled_out = [set(pair) for pair in known + forbidden]
    assert all(len(pair) == 2 and pair not in ruled_out for pair in taken)
    assert (
        len({frozenset(pair) for pair in taken}) == len({each.key for each in found}) == len(found)
    )
    everybody = [name for pair in taken for name in pair]
    assert all(everybody.count(name) <= 2 for name in everybody)
    for each in found:
        helpers = each.who.split(":")[0].replace(" and ", ", ").split(", ")
        for helper in helpers:
            assert {helper, each.first} not in map(set, forbidden)
            assert {helper, each.second} not in map(set, forbidden)
