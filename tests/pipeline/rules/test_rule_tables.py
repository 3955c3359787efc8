"""What a form said, and the rules that found something in it; every rule fires and keeps still."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from config.deciding import Eligibility
from config.settings import Form
from config.tables import SIGNONS
from pipeline.check import judge
from pipeline.rules.examples import Example, _example, examples, examples_of
from pipeline.rules.model import Forms
from pipeline.rules.registry import BY_CODE

Make = Callable[..., Forms]


@pytest.mark.parametrize("example", examples(), ids=lambda one: f"{one.code}: {one.line}"[:120])
def test_a_form_raises_exactly_these_rules(example: Example, forms_of: Make) -> None:
    forms = forms_of(example.forms, form=example.form, eligibility=example.eligibility)
    found = judge(forms, {}).frame
    raised = [set(found.loc[found["at"] == at, "code"]) for at in range(len(forms.frame))]
    assert raised == list(map(set, example.codes))
    assert (found["evidence"] != "").all()


@pytest.mark.parametrize("code", BY_CODE)
def test_every_rule_has_an_example_of_its_own_and_one_that_it_spares(code: str) -> None:
    assert {one.speaks for one in examples_of(code)} == {True, False}


def test_examples_name_only_what_there_is() -> None:
    known = {*SIGNONS.names, "received", "time_problem", "by_hand", "repeat", "repeat_key",
             "trusted", "returns", "agrees_peace", "agrees_books"}  # fmt: skip
    settings = {*Eligibility.model_fields, *Form.model_fields}
    for one in examples():
        assert one.code in BY_CODE
        assert set().union(*one.codes) <= set(BY_CODE)
        assert set(one.set_as) <= settings
        assert {name for form in one.told for name in form} <= known


def test_what_is_no_example_is_told() -> None:
    with pytest.raises(ValueError, match="organisation= S001"):
        _example("S001", "organisation= S001")


@pytest.mark.parametrize(
    ("answers", "codes"),
    [
        ({"agreement": ""}, []),
        ({"agreement": "no"}, ["S101"]),
    ],
)
def test_sending_can_be_agreeing(
    answers: dict[str, str], codes: list[str], forms_of: Callable[..., Forms]
) -> None:
    forms = forms_of([answers], form=Form(sending_is_agreeing=True))
    assert list(judge(forms, {}).frame["code"]) == codes


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({"organisation"}, ["S102"]),
        ({"organisation", "agrees_peace"}, []),
    ],
)
def test_a_form_that_never_asks_for_agreement_has_none(
    asked: set[str], codes: list[str], forms_of: Callable[..., Forms]
) -> None:
    forms = forms_of([{"agreement": ""}], asked=frozenset(asked))
    assert list(judge(forms, {}).frame["code"]) == codes


def test_the_marker_for_tests_is_the_coalitions_own(forms_of: Callable[..., Forms]) -> None:
    forms = forms_of(
        [{"organisation": "River (PRUEBA)"}, {"organisation": "River [test]"}],
        form=Form(test_marker="(prueba)"),
    )
    found = judge(forms, {}).frame
    assert [(at, code) for at, code in zip(found["at"], found["code"], strict=True)] == [
        (0, "S004")
    ]


def test_the_condition_is_quoted_from_its_first_word(forms_of: Callable[..., Forms]) -> None:
    forms = forms_of([{"reservations": "We are glad to join. All of it, Except (!) point 3."}])
    assert judge(forms, {}).frame["evidence"].item() == "Reservations: “Except (!) point 3.”"
