"""Who a cell names, and whose word counts."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.deciding import Decider
from config.text import clean
from pipeline.deciders import ANYBODY, Deciders, deciders_of, names_in

LISTED = (
    Decider(name="Ana Sol", employer="River Watch"),
    Decider(name="José Ortega y Gasset"),
    Decider(name="Cruz, Bo"),
)
FIND = {"River Watch": "o-river"}


def rules(two: tuple[str, ...] = ("remove",)) -> Deciders:
    return deciders_of(LISTED, two, lambda name: (FIND.get(name, ""), ""))


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Ana", ["Ana"]),
        ("Ana; Ben", ["Ana", "Ben"]),
        ("Ana , Ben/Cleo & Dora", ["Ana", "Ben", "Cleo", "Dora"]),
        ("Ana and Ben", ["Ana", "Ben"]),
        ("Ana, Ben, and Cleo", ["Ana", "Ben", "Cleo"]),
        ("Ana und Ben", ["Ana", "Ben"]),
        ("Ana et Ben", ["Ana", "Ben"]),
        ("Ana y Ben", ["Ana", "Ben"]),
        ("Ana e Ben", ["Ana", "Ben"]),
        ("Ana\nBen", ["Ana", "Ben"]),
        (" ;; Ana ; ", ["Ana"]),
        ("Andrew Anders", ["Andrew Anders"]),
        ("Ana E. Sol", ["Ana E. Sol"]),
        ("", []),
        (" , ", []),
    ],
)
def test_names_are_told_apart(typed: str, names: list[str]) -> None:
    assert names_in(typed) == names


def test_a_known_name_is_one_name_whatever_it_holds() -> None:
    known = ("José Ortega y Gasset", "Cruz, Bo")
    assert names_in("cruz bo", known) == ["cruz bo"]
    assert names_in("Cruz, Bo and jose ortega y gasset", known) == [
        "Cruz, Bo", "jose ortega y gasset",
    ]  # fmt: skip
    assert names_in("Bo, Cruz", known) == ["Bo", "Cruz"]


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("ANA SOL", ("Ana Sol",)),
        ("ana-sol", ("Ana Sol",)),
        ("Jose Ortega y Gasset; Ana Sol", ("José Ortega y Gasset", "Ana Sol")),
        ("Ana Sol, ana sol", ("Ana Sol",)),
        ("Ana Sol; somebody else", ("Ana Sol",)),
        ("Ana", ()),
        ("", ()),
    ],
)
def test_only_those_on_the_list_count(typed: str, named: tuple[str, ...]) -> None:
    assert rules().named(typed) == named
    assert (rules().refusal(typed, ()) is None) is bool(named)


def test_without_a_list_everybody_counts_and_nobody_need_be_named() -> None:
    for typed in ("", "Zoe", "=1+1"):
        assert ANYBODY.refusal(typed, ("o-river",)) is None
    assert ANYBODY.lacks_second("remove", "", (), ()) is None


def test_a_refusal_names_the_nearest_and_the_list() -> None:
    refused = rules().refusal("Anna Sol", ())
    assert refused is not None
    assert "Anna" not in refused.what, "what is wrong quotes no cell"
    assert refused.remedy == (
        "Did you mean “Ana Sol”? On the list: Ana Sol, José Ortega y Gasset, Cruz, Bo."
    )


def test_a_long_list_is_not_repeated_whole() -> None:
    many = Deciders(tuple(Decider(name=f"Person {n}") for n in range(50)))
    refused = many.refusal("Nobody", ())
    assert refused is not None
    assert refused.remedy.count("Person") == 12
    assert refused.remedy.endswith("…" + ".")


def test_nobody_decides_on_their_employer() -> None:
    assert rules().counted("Ana Sol; Cruz, Bo", ("o-river",)) == ("Cruz, Bo",)
    assert rules().counted("Ana Sol", ("o-tree",)) == ("Ana Sol",)
    refused = rules().refusal("Ana Sol", ("o-tree", "o-river"))
    assert refused is not None
    assert refused.remedy.startswith("Somebody else has to decide it.")
    assert "Ana Sol" not in refused.remedy


def test_an_employer_that_never_signed_bars_nobody() -> None:
    never = deciders_of(LISTED, (), lambda _: ("", ""))
    assert never.refusal("Ana Sol", ("o-river", "")) is None


@pytest.mark.parametrize(
    ("names", "lacks"), [((), True), (("Ana",), True), (("Ana", "ANA"), True), (("A", "B"), False)]
)
def test_what_is_grave_needs_two_different_people(names: tuple[str, ...], lacks: bool) -> None:
    refused = Deciders(two=frozenset({"remove"})).lacks_second("remove", "", names, ())
    assert (refused is not None) is lacks
    assert Deciders(two=frozenset({"remove"})).lacks_second("suspend", "", names, ()) is None


@given(st.text(max_size=60))
def test_any_cell_has_names_without_a_blank_one(typed: str) -> None:
    names = names_in(typed, ("Ana Sol", "Ortega y Gasset"))
    assert all(name.strip() == name and name for name in names)
    left = iter(clean(typed.replace("\n", ";")))
    assert all(sign in left for sign in "".join(names)), "nothing is made up, and in its order"


@pytest.mark.parametrize("typed", ["," * 32_000, "a b " * 8_000, "Ana y " * 5_000, " " * 32_000])
def test_a_huge_cell_is_read_quickly(typed: str) -> None:
    began = time.perf_counter()
    assert rules().refusal(typed, ()) is not None
    assert time.perf_counter() - began < 2
