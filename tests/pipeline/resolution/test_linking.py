"""Which records are one organisation, which are asked about, and which belong together."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pipeline.resolution.clusters import components
from pipeline.resolution.linking import Links, link

FIELDS = ("name", "domain", "email", "country", "city", "identifier")


def linked(*records: Sequence[str]) -> Links:
    """The records' links; what a record leaves out at its end is unknown."""
    filled = [(*record, *[""] * (len(FIELDS) - len(record))) for record in records]
    return link(pd.DataFrame(filled, columns=list(FIELDS), dtype=object))


def verdict(one: Sequence[str], other: Sequence[str]) -> str:
    """join, ask, part (the first of the second), whole or apart."""
    links = linked(one, other)
    if len(links.joins):
        return "join"
    if len(links.parts):
        return "part" if links.parts["one"].iloc[0] == 0 else "whole"
    return "ask" if len(links.asks) else "apart"


def clusters(frame: pd.DataFrame) -> list[frozenset[str]]:
    """Who is one organisation, told by the column `who`."""
    joins = link(frame.drop(columns="who")).joins
    homes = components(len(frame), joins["one"].to_numpy(), joins["other"].to_numpy())
    groups = frame.assign(home=homes).groupby("home")["who"].agg(frozenset)
    return sorted(groups, key=sorted)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sierra Club", "The Sierra Club"),
        ("Sierra Club", "SIERRA CLUB INC"),
        ("ATTAC Austria", "Attac Österreich"),
        ("Réseau Action Climat", "reseau  action-climat"),
        ("Ben & Jerry Watershed Trust", "Ben and Jerry Watershed Trust"),
        ("netzforma* e. V.", "netzforma e.V."),
        ("Oboronnye Initsiativy OOO", "ООО Оборонные Инициативы"),
        ("Quillbrook Goodwill", "Quillbrook Good Will"),
        ("Quillbrook River Watch (QRW)", "Quillbrook River Watch"),
        ("QRW – Quillbrook River Watch", "Quillbrook River Watch"),
        ("Quillbrook Assocation of Rivers", "Quillbrook Association of Rivers"),
        ("Quillbrook Intl Network", "Quillbrook International Network"),
        ("Quillbrok River Watch", "Quillbrook River Watch"),
        ("SiemensAG", "Siemens Aktiengesellschaft"),
        ("Koninklijke Quillbrook NV, Rotterdam, NL", "Quillbrook N.V."),
        ("World Health Organisation", "World Health Organization"),
        ("Brigade Forty-Four", "Brigade 44"),
        ("🌍🌍", "🌍🌍"),
        ("X", "x"),
    ],
)  # fmt: skip
def test_one_name_written_in_two_ways_joins(one: str, other: str) -> None:
    assert verdict([one], [other]) == verdict([other], [one]) == "join"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Université libre de Bruxelles", "Vrije Universiteit Brussel"),
        ("Quillbrook e.V.", "Quillbrook GmbH"),
        ("People's Liberation Army", "PLA"),
        ("Shell plc", "Schell plc"),
        ("Deutsche Bank AG", "Deutsche Bank GmbH"),
        ("Quillbrook International", "Quillbrook"),
        ("Quillbrook Rіver Watch", "Quillbrook River Watch"),  # the first i is Cyrillic
        ("Silver Quillbrook Fund", "Quillbrook Silver Fund"),
    ],
)  # fmt: skip
def test_what_only_may_be_one_is_asked(one: str, other: str) -> None:
    assert verdict([one], [other]) == verdict([other], [one]) == "ask"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Government of Estonia", "Government of Ethiopia"),
        ("State Grid of Chile", "State Grid of China"),
        ("Union Local 12", "Union Local 14"),
        ("Blackstone Partners 7", "Blackstone Partners 8"),
        ("The Puffin Trust", "The Puccini Trust"),
        ("LXC Aviation", "LAU Aviation"),
        ("Snow", "Snoe"),
        ("Con Traffic SRL", "Pro Traffic SRL"),
        ("🌍🌍", "🌳🌳"),
        ("", ""),
        ("", "X"),
    ],
)  # fmt: skip
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert verdict([one], [other]) == verdict([other], [one]) == "apart"


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("Oxfam India", "Oxfam"),
        ("Sierra Club – Ohio Chapter", "Sierra Club"),
        ("Oxfam Novib", "Oxfam"),
        ("Stichting ActionAid Netherlands", "ActionAid"),
        ("World Vision Zimbabwe", "World Vision International"),
        ("Netherlands Quillbrook Society", "Quillbrook Society"),
        ("Friends of the Elbe Valley Trust", "Elbe Valley Trust"),
        ("Sweden - International Development Agency (Sida)", "Sweden"),
    ],
)
def test_a_part_is_no_duplicate(part: str, whole: str) -> None:
    assert verdict([part], [whole]) == "part"
    assert verdict([whole], [part]) == "whole"


@pytest.mark.parametrize(
    ("part", "relation"),
    [
        ("Quillbrook Alliance Kenya", "chapter"),
        ("Quillbrook Alliance Department of Fisheries", "department"),
        ("Quillbrook Alliance Campaign for Otters", "campaign"),
        ("Quillbrook Alliance Otters", "affiliate"),
    ],
)
def test_what_kind_of_part_it_is(part: str, relation: str) -> None:
    assert linked([part], ["Quillbrook Alliance"]).parts["relation"].tolist() == [relation]


SITE = ("quillbrook.example",)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        # the same website: the same words, misspelt or cut, are the same name
        (("Quillbrook Council", *SITE), ("Quilbrok Cncl", *SITE), "join"),
        (("Quillbrook River Watch", *SITE), ("QRW", *SITE), "join"),
        (("Quillbrook Council", *SITE), ("Marsh Farmers", *SITE), "ask"),
        (("Quillbrook Council", *SITE), ("Quillbrook Council Youth", *SITE), "ask"),
        (("Quillbrook Council", *SITE), ("Quillbrook Council Delhi", *SITE), "whole"),
        (("Quillbrook Local 12", *SITE), ("Quillbrook Local 14", *SITE), "ask"),
        # the address's own domain counts like a website
        (("Quillbrook Cncl", *SITE), ("Quillbrook Council", "", "a@quillbrook.example"), "join"),
        # the same name, and something against it
        (("Quillbrook", "a.example"), ("Quillbrook", "b.example"), "ask"),
        (("Quillbrook", "", "", "Austria"), ("Quillbrook", "", "", "Kenya"), "ask"),
        (("Quillbrook", "", "", "Austria"), ("Quillbrook", "", "", "Österreich"), "join"),
        (("Quillbrook", "", "", "", "", "A-1"), ("Quillbrook", "", "", "", "", "A-2"), "ask"),
        (("Quillbrook", "a.example", "", "", "", "A-1"),
         ("Quillbrook", "b.example", "", "", "", "A-1"), "join"),
        # a name that many have needs more than the name
        (("Food Network", "a.example", "", "", "Graz"),
         ("Food Network", "", "", "", "Linz"), "ask"),
        (("Food Network", "", "", "", "Graz"), ("Food Network", "", "", "", "Graz"), "join"),
        # one inbox: the same name joins, others are other organisations
        (("Quillbrook Council", "", "a@gmail.com"), ("Quilbrok Cncl", "", "a@gmail.com"), "join"),
        (("Quillbrook Council", "", "a@gmail.com"), ("Marsh Farm", "", "a@gmail.com"), "apart"),
        # a country that both are in anyway
        (("Quillbrook", "", "a@gmail.com", "Kenya"),
         ("Quillbrook Kenya", "", "a@gmail.com", "Kenya"), "join"),
    ],
)  # fmt: skip
def test_more_than_the_name(one: Sequence[str], other: Sequence[str], found: str) -> None:
    assert verdict(one, other) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Romani Women", "Romanian Women"),
        ("Sorbian Youth", "Serbian Youth"),
        ("Friends of the Island", "Friends of Iceland"),
        ("Clarity Trust", "Charity Trust"),
        ("Oxbow Capital", "Oxbow Chapter"),
        ("Paul Becker Haus", "Paula Becker Haus"),
        ("Freedom from Religion", "Freedom of Religion"),
        ("Jews for Palestine", "Jews in Palestine"),
        ("Turkish Community in Germany", "German Community in Turkey"),
        ("Men Against Violence", "Violence Against Men"),
        ("Local 12 Unite District 30", "Local 30 Unite District 12"),
        ("Feminist Forum", "Féministe Forum"),
    ],
)
def test_names_that_only_look_alike_are_not_joined(one: str, other: str) -> None:
    assert verdict([one], [other]) in {"ask", "apart"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # no address, no identifier, no place
        (("Youth Council", "youth.example", "n/a", "Austria"),
         ("Youth Council", "council.example", "n/a", "Ghana")),
        (("Peace Forum Graz", "", "", "Austria", "", "pending"),
         ("Peace Forum Gray", "", "", "Ghana", "", "pending")),
        (("Women Group Graz", "", "n/a"), ("Workmen Group Graz", "", "n/a")),
        # one letter more and another place
        (("ADFC Marburg", "", "", "", "Marburg"), ("ADFC Warburg", "", "", "", "Warburg")),
        (("Mario Rossi Foundation", "", "", "", "Roma"),
         ("Maria Rossi Foundation", "", "", "", "Milano")),
        # under one roof
        (("IG Metall Essen", "essen.example", "e@igm.example"),
         ("IG Metall Esslingen", "esslingen.example", "s@igm.example")),
        (("Radlobby Stein", *SITE), ("Radlobby Steinfeld", *SITE)),
        (("Greenfield Action", *SITE), ("Greenfield Association", *SITE)),
        (("Men Council", "", "a@gmail.com"), ("Mennonite Council", "", "a@gmail.com")),
        # two languages, one town
        (("Université libre de Bruxelles", "", "", "", "Bruxelles"),
         ("Vrije Universiteit Brussel", "", "", "", "Bruxelles")),
    ],
)  # fmt: skip
def test_little_in_common_joins_nothing(one: Sequence[str], other: Sequence[str]) -> None:
    assert verdict(one, other) != "join"


def test_a_borrowed_address_ties_no_two_websites() -> None:
    for name in ("Greenpeace Austria / WWF Austria", "CAN"):
        links = linked(
            ("Greenpeace Austria", "greenpeace.example"), ("WWF Austria", "wwf.example"),
            ("Climate Action Network", "greenpeace.example"),
            ("Citizens Against Noise", "wwf.example"),
            (name, "greenpeace.example", "office@wwf.example"),
        )  # fmt: skip
        home = components(5, links.joins["one"].to_numpy(), links.joins["other"].to_numpy())
        assert home[0] != home[1]
        assert home[2] != home[3]


def test_a_crowd_at_a_website_parts_nobody() -> None:
    two = [("Victim River Union", "victim.example"), ("VRU", "victim.example")]
    crowd = [(f"Zyx{chr(97 + n)} Wvu{chr(97 + n % 7)}", "victim.example") for n in range(24)]
    crowd += [(f"Abc{chr(97 + n)} Def{chr(97 + n % 5)}", "victim.example") for n in range(24)]
    for records in (two, two + crowd):
        joins = linked(*records).joins
        assert (0, 1) in set(map(tuple, joins[["one", "other"]].to_numpy().tolist()))


def test_a_namesake_abroad_parts_nobody() -> None:
    rows = [
        ("Tolvane Otter Keepers", "Austria", "Graz"),
        ("Tolvane Otter Kepers", "Austria", "Graz"),
        ("Tolvane Otter Keepers", "Chile", "Talca"),
    ]
    frame = pd.DataFrame(rows, columns=["name", "country", "city"], dtype=object)
    for rank in ([0, 1, 2], [1, 2, 0], [2, 1, 0]):
        joins = link(frame.assign(rank=rank)).joins
        assert joins[["one", "other"]].to_numpy().tolist() == [[0, 1]]
        assert joins["because"].tolist() == ["one letter of the name differs"]


def test_two_names_written_into_one_tie_nobody() -> None:
    links = linked(
        ("Tolvane Otter Keepers", "tolvane.example"),
        ("Miresk Heron Watchers", "", "miresk@gmail.com"),
        ("Tolvane Otter Keepers / Miresk Heron Watchers", "", "x@gmail.com"),
    )
    assert not len(links.joins)
    assert len(links.asks) == 2


def test_the_reason_is_in_words() -> None:
    links = linked(("Quillbrook Council", *SITE), ("Quilbrok Cncl", *SITE), ("Marsh", *SITE))
    [join] = links.joins.itertuples()
    assert (join.one, join.other) == (0, 1)
    assert join.because.startswith("same website, name 0.")
    [ask] = links.asks.itertuples()
    assert ask.one in {0, 1}
    assert ask.other == 2
    assert linked(("Quillbrook", "a.example"), ("Quillbrook", "b.example")).asks[
        "because"
    ].tolist() == ["same name, but another website"]


def test_two_websites_are_never_tied_by_a_record_without_one() -> None:
    links = linked(("Quillbrook", "a.example"), ("Quillbrook", ""), ("Quillbrook", "b.example"))
    assert len(links.joins) == 1
    assert len(links.asks) == 1


WORDS = ["Quillbrook", "Tarnmoor", "River", "Watch", "Union", "Austria", "Österreich", "e.V.", "12"]
RECORD = st.tuples(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join),
    st.sampled_from(["", "", "a.example", "b.example"]),
    st.sampled_from(["", "", "x@gmail.com", "y@a.example"]),
    st.sampled_from(["", "", "Austria", "Kenya"]),
    st.sampled_from(["", "", "Graz"]),
)


@hypothesis_settings(max_examples=60, deadline=None)
@given(st.lists(RECORD, min_size=2, max_size=12), st.randoms(use_true_random=False))
def test_order_and_strangers_change_nothing(
    records: list[tuple[str, ...]], chance: random.Random
) -> None:
    frame = pd.DataFrame(records, columns=list(FIELDS[:5]), dtype=object)
    frame["who"] = [str(at) for at in range(len(frame))]
    before = clusters(frame)
    order = list(range(len(frame)))
    chance.shuffle(order)
    shuffled = clusters(frame.iloc[order].reset_index(drop=True))
    # equal records are each other's equals: which of them is where may change
    same = dict(zip(frame["who"], records, strict=True))

    def contents(groups: list[frozenset[str]]) -> list[list[tuple[str, ...]]]:
        return sorted(sorted(same[who] for who in group) for group in groups)

    assert contents(shuffled) == contents(before)
    strangers = pd.DataFrame(
        {"name": [f"Zyx{n} Wvu{n}" for n in range(3)], "who": [f"z{n}" for n in range(3)]}
    ).reindex(columns=frame.columns, fill_value="")
    with_others = clusters(pd.concat([frame, strangers], ignore_index=True))
    assert [group for group in with_others if not any(w.startswith("z") for w in group)] == before


def test_order_changes_nothing_among_many_of_one_name() -> None:
    kinds = ["DSM N.V.", "DSM BV", "DSM", "D.S.M. Inc", "DSM e.V."]
    frame = pd.DataFrame(
        {
            "name": [kinds[n % 5] for n in range(200)],
            "domain": [("", "", "a.example", "b.example")[n % 4] for n in range(200)],
            "country": [("", "Austria", "")[n % 3] for n in range(200)],
            "who": [str(n) for n in range(200)],
        },
        dtype=object,
    )
    same = dict(zip(frame["who"], frame.drop(columns="who").agg("|".join, axis=1), strict=True))

    def contents(rows: pd.DataFrame) -> list[list[str]]:
        groups = clusters(rows.reset_index(drop=True))
        return sorted(sorted(same[who] for who in group) for group in groups)

    before = contents(frame)
    assert 1 < len(before) < 10
    for seed in range(4):
        assert contents(frame.sample(frac=1, random_state=seed)) == before


@hypothesis_settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=12))
def test_any_text_is_a_name(names: list[str]) -> None:
    links = link(pd.DataFrame({"name": names}, dtype=object))
    for pairs in (links.joins, links.asks, links.parts):
        assert np.all(pairs["one"].to_numpy() != pairs["other"].to_numpy())
        assert pairs["because"].str.len().gt(0).all()


@pytest.mark.parametrize(
    "names",
    [
        ["x" * 50_000, "x" * 50_000 + "y", "y " * 25_000],
        ["CLB"] * 2_000 + [f"Cedar Lake Builders{n}" for n in range(500)],
        [f"Quillbrook {n:04}" for n in range(3_000)],
        ["!!!", "...", "", " ", "🌍", "\u202eabc", "שלום abc עולם"] * 50,
        [f"Quillbrook {chr(97 + n % 26)}{chr(97 + n // 26)}wx River" for n in range(600)],
    ],
    ids=["long", "one acronym", "numbers", "signs", "one letter differs"],
)
def test_bad_lists_are_worked_through(names: list[str]) -> None:
    links = link(pd.DataFrame({"name": names, "domain": "shared.example"}, dtype=object))
    assert len(links.joins) + len(links.asks) + len(links.parts) < 60 * len(names)
