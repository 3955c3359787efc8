"""What a form said, and the rules that found something in it; every rule fires and keeps still."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

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
             "trusted", "returns", "confirms", "stranger", "drift", "late", "agrees_peace",
             "agrees_books"}  # fmt: skip
    settings = {*Eligibility.model_fields, *Form.model_fields}
    for one in examples():
        assert one.code in BY_CODE
        assert set().union(*one.codes) <= set(BY_CODE)
        assert set(one.set_as) <= settings
        assert {name for form in one.told for name in form} <= known


def test_no_provider_of_personal_mail_counts_as_throw_away(forms_of: Make) -> None:
    lines = files("pipeline.rules").joinpath("free_mail.txt").read_text("utf-8").splitlines()
    domains = [line for line in lines if line and not line.startswith("#")]
    found = judge(forms_of([{"email": f"ana@{domain}"} for domain in domains]), {}).frame
    assert len(domains) > 100
    assert "S213" not in set(found["code"])


def test_throw_away_addresses_are_known_below_their_domain_too(forms_of: Make) -> None:
    addresses = ["Ana@MAILINATOR.com ", "ana@x.0-mail.com", "ana@mailinator.example.org"]
    found = judge(forms_of([{"email": address} for address in addresses]), {}).frame
    assert list(found.loc[found["code"] == "S213", "at"]) == [0, 1]


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
