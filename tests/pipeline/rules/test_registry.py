"""The registry holds together: codes, texts, fields, echoes."""

from __future__ import annotations

import re
import string

import pytest

from config.deciding import Eligibility
from config.tables import SIGNONS
from config.tables.day_one import DECISIONS
from pipeline.rules.evidence import AGREES, FORM_TEXT
from pipeline.rules.model import Rule
from pipeline.rules.registry import BY_CODE, FAMILIES, RULES

FIELDS = {*SIGNONS.names, AGREES, FORM_TEXT}


def test_codes_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert list(BY_CODE) == codes
    assert len(codes) >= 60


@pytest.mark.parametrize("number", range(8))
def test_a_family_keeps_to_its_codes(number: int) -> None:
    rules = [rule for module in FAMILIES[number] for rule in module.RULES]
    assert all(re.fullmatch(rf"S{number}\d\d", rule.code) for rule in rules)


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


@pytest.mark.parametrize("rule", RULES, ids=list(BY_CODE))
def test_a_rule_wants_settings_that_there_are(rule: Rule) -> None:
    for path in rule.wants:
        part, _, name = path.partition(".")
        assert (part, name in Eligibility.model_fields) == ("eligibility", True)


def test_every_setting_of_eligibility_is_used_by_a_rule() -> None:
    wanted = {path.removeprefix("eligibility.") for rule in RULES for path in rule.wants}
    allowing = {"parties", "parties_may_join", "governments_may_join"}
    assert wanted | allowing == set(Eligibility.model_fields)


def test_a_rule_that_continues_another_reads_the_same_answers() -> None:
    pairs = [(rule, BY_CODE[rule.continues]) for rule in RULES if rule.continues]
    assert [(one.code, other.code) for one, other in pairs] == [("S212", "S208")]
    assert all(set(one.reads) == set(other.reads) for one, other in pairs)


def test_no_two_rules_silence_each_other_in_a_ring() -> None:
    left = {rule.code: set(rule.after) for rule in RULES}
    while free := [code for code, after in left.items() if not after & left.keys()]:
        left = {code: after for code, after in left.items() if code not in free}
    assert left == {}
