"""The registry holds together: codes, texts, fields, echoes."""

from __future__ import annotations

import re
import string

import pytest

from config.tables import SIGNONS
from config.tables.day_one import DECISIONS
from pipeline.rules.evidence import AGREES
from pipeline.rules.model import Rule
from pipeline.rules.registry import BY_CODE, FAMILIES, RULES

FIELDS = {*SIGNONS.names, AGREES}


def test_codes_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert list(BY_CODE) == codes
    assert len(codes) >= 15


@pytest.mark.parametrize("number", range(8))
def test_a_family_keeps_to_its_codes(number: int) -> None:
    assert all(re.fullmatch(rf"S{number}\d\d", rule.code) for rule in FAMILIES[number].RULES)


@pytest.mark.parametrize("rule", RULES, ids=list(BY_CODE))
def test_a_rule_names_what_there_is(rule: Rule) -> None:
    assert rule.reads
    assert set(rule.reads) | set(rule.needs) <= FIELDS
    assert set(rule.after) <= set(BY_CODE) - {rule.code}
    assert rule.suggestion in DECISIONS


@pytest.mark.parametrize("rule", RULES, ids=list(BY_CODE))
def test_a_rule_says_everything_that_people_need(rule: Rule) -> None:
    for text in (rule.title, rule.why, rule.remedy, rule.question, rule.sentence):
        assert text.strip() == text != ""
    for text in (rule.question, rule.sentence):
        assert text[-1] in ".?"
        assert {name for _, name, _, _ in string.Formatter().parse(text) if name} <= {"evidence"}


def test_no_two_rules_silence_each_other_in_a_ring() -> None:
    left = {rule.code: set(rule.after) for rule in RULES}
    while free := [code for code, after in left.items() if not after & left.keys()]:
        left = {code: after for code, after in left.items() if code not in free}
    assert left == {}
