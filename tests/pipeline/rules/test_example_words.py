"""The examples as `weaver rules` prints them."""

from __future__ import annotations

import re

import pytest

from config.deciding import Eligibility
from config.settings import RuleSetting
from pipeline.catalogue import rules, rules_markdown
from pipeline.example_words import example_words
from pipeline.rules.examples import _example, examples_of
from pipeline.rules.registry import BY_CODE

TIMES = "*Timestamp*: 2026-05-01 10:01 … 2026-05-01 10:05"
FIVE = "5x organisation=House #; received=2026-05-01 10:0# -> S703"


@pytest.mark.parametrize(
    ("code", "line", "words"),
    [
        ("S306", "[smallest=5] size=under 5 -> S306", "`smallest = 5`: *Size*: under 5 → asked"),
        ("S306", "[smallest=5] size=5 -> fine", "`smallest = 5`: *Size*: 5 → passes"),
        ("S105", "reservations=Bravo -> S106", "*Reservations*: Bravo → passes (but see S106)"),
        ("S001", "organisation= -> S001", "*Organisation*: left blank → asked"),
        ("S001", "organisation=   -> S001", "*Organisation*: nothing but blanks → asked"),
        ("S103", "agrees_peace=no -> S103", "*Principle “peace”*: no → asked"),
        ("S002", "received=; time_problem=missing -> S002", "*Timestamp*: left blank → asked"),
        ("S704", "organisation=<b>*x* -> S704", r"*Organisation*: \<b\>\*x\* → asked"),
        (
            "S402",
            "list_us=yes || repeat=True; repeat_key=s-0; list_us=no -> fine || S402",
            "*List us*: yes, then the organisation has signed before; *List us*: no → asked",
        ),
        (
            "S703",
            FIVE,
            "5 forms: *Organisation*: House 1 … House 5; " + TIMES + " → asked",
        ),
    ],
)
def test_an_example_in_words(code: str, line: str, words: str) -> None:
    assert example_words(_example(code, line), BY_CODE[code].severity) == words


def test_a_note_is_noted() -> None:
    assert example_words(_example("S206", "email=a@b.example.org -> S206"), "note").endswith(
        "→ noted"
    )


def test_forms_alike_are_counted_in_their_places() -> None:
    one = _example("S703", FIVE)
    assert [form["organisation"] for form in one.forms] == [f"House {n}" for n in range(1, 6)]
    assert one.codes == (frozenset({"S703"}),) * 5


def test_every_rule_prints_its_examples_those_that_it_speaks_of_first() -> None:
    page = rules_markdown()
    for code in BY_CODE:
        part = re.split(r"\n###? ", page.partition(f"### {code} ")[2])[0]
        shown = re.findall(r"^  - (.+)$", part, re.MULTILINE)
        assert len(shown) == len(examples_of(code)) >= 2
        assert shown[0].endswith(("→ asked", "→ noted"))
        assert " → passes" in shown[-1]


def test_the_list_says_what_is_applied_and_what_it_wants() -> None:
    off = {"S101": RuleSetting(severity="off", reason="by phone")}
    small = Eligibility(smallest=5)
    listed = {rule["code"]: rule for rule in rules(off, small)}
    codes = ("S101", "S102", "S304", "S306", "S308")
    assert [listed[code]["applied"] for code in codes] == [False, True, False, True, True]
    assert listed["S304"]["wants"] == ["eligibility.kinds", "eligibility.not_kinds"]
    assert listed["S306"]["examples"][0] == {
        "settings": {"smallest": "5"}, "forms": [{"size": "3"}], "rules": [["S306"]],
        "words": "`smallest = 5`: *Size*: 3 → asked",
    }  # fmt: skip
    assert all(rule["applied"] for rule in rules({}))
