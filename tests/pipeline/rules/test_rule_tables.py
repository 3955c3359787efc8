"""What a form said, and the rules that found something in it; every rule fires and keeps still."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from config.settings import Form
from pipeline.check import judge
from pipeline.rules.model import Forms
from pipeline.rules.registry import BY_CODE

# field=answer; field=answer -> codes, or "fine". What isn't said is answered faultlessly.
TABLE = """
organisation=River Watch -> fine
organisation= -> S001
organisation=   -> S001
organisation=; signing_as=individual -> S207
received=; time_problem=missing -> S002
received=; time_problem=unreadable -> S003
received=; time_problem=ambiguous -> S003
received=; time_problem=missing; by_hand=True -> S006
by_hand=True -> S006
organisation=River Watch [TEST] -> S004
organisation=[test]; agreement=no; signatory= -> S004
organisation=Protest Choir -> fine
organisation=Test the Water -> fine
agreement=unclear -> S005
list_us=unclear; request=unclear -> S005
agrees_peace=unclear -> S005
level=unclear -> fine

agreement=no -> S101
agreement=no; agrees_peace=no; agrees_books= -> S101
agreement= -> S102
agrees_peace=no -> S103
agrees_peace=no; agrees_books=no -> S103
agrees_books= -> S104
agrees_peace=no; agrees_books= -> S103 S104
agrees_books=; received=2026-03-01 -> fine
agrees_peace=; received=2026-03-01 -> S104
agrees_books=; received=; time_problem=unreadable -> S003 S104
reservations=Subject to approval by our assembly -> S105
reservations=We agree with all but this, except point 3. -> S105
reservations=PROVIDED THAT nobody is left out -> S105
reservations=pending board approval -> S105
reservations=De acuerdo, salvo el punto 3 -> S105
reservations=Sujeto a la aprobación de la junta -> S105
reservations=D'accord, sauf le point 3 -> S105
reservations=sous réserve de l'accord du bureau -> S105
reservations=Vorbehaltlich des Beschlusses -> S105
reservations=Alles außer Punkt 3 -> S105
reservations=Concordamos, exceto o ponto 3 -> S105
reservations=Desde que o nome não apareça -> S105
reservations=Without reservation, except point 3 -> S105
reservations=An exceptional text! -> S106
reservations=Estamos a salvo con ustedes -> S106
reservations=We would love to host a meeting -> S106
reservations=none -> fine
reservations=No reservations. -> fine
reservations=We sign without reservation! -> fine
reservations=N/A -> fine
reservations=- -> fine
reservations=Keine -> fine
reservations=ninguna -> fine
reservations=Sans réserve -> fine
received=2026-01-09 -> S107
received=2026-01-10 -> fine

signatory= -> S201
signatory= ; role= -> S201
authorised=no -> S202
authorised= -> S203
authorised=; signing_as=individual -> S207
role=Intern -> S204
role=volunteer -> S204
role=Student of biology -> S204
role=Praktikantin -> S204
role=becario -> S204
role=Bénévole -> S204
role=Mitglied -> S204
role=Member of the board -> fine
role=Vorstandsmitglied -> fine
role=Volunteer coordinator -> fine
role=Membre du bureau -> fine
role=Head of International Affairs -> fine
role=Intern; signing_as=individual -> S207
email=ana@gmail.com; size=120 -> S205
email=ana@gmail.com; size=50-100 -> S205
email=ana@gmail.com; size=1.000 -> S205
email=ana@gmail.com; size=large -> S205
email=ana@gmail.com; size=49 -> fine
email=ana@gmail.com; size=under 50 -> fine
email=ana@gmail.com; size=11-50 -> fine
email=ana@gmail.com; size= -> fine
email=ana@otherhouse.example.org -> S206
email=ana@mail.riverwatch.example.org -> fine
email=ana@otherhouse.example.org; website=facebook.com/river -> fine
email=ana@otherhouse.example.org; website= -> fine
signing_as=individual -> S207
signing_as=individual; email=ana@otherhouse.example.org; acts_autonomously=no -> S207
decided_by_board_on=2026-06-02 -> S208
decided_by_board_on=2026-06-01 -> fine
role= -> S209
role=; signing_as=individual -> S207

acts_autonomously=no -> S301
acts_autonomously=no; parent_approval=yes -> fine
acts_autonomously=no; parent=Rivers United; parent_approval=no -> S301
acts_autonomously=; parent=Rivers United; parent_approval=no -> S302
acts_autonomously=; parent=Rivers United; parent_approval= -> S302
acts_autonomously=; parent=Rivers United; parent_approval=yes -> fine
acts_autonomously=yes; parent=Rivers United; parent_approval= -> fine
acts_autonomously=; parent=; parent_approval= -> fine

repeat=True; trusted=True -> S401
request=withdraw; agreement=; signatory=; authorised=; role=; repeat=True -> S403
request=withdraw; trusted=True; agreement=no -> S405
request=correct; agreement=; signatory=; authorised= -> S404
request=correct; trusted=True -> S406
request=correct; trusted=True; agreement=no -> S101 S406
returns=True -> S407
returns=True; signing_as=individual -> S207

received=2026-06-02 -> S501
received=2026-06-01 -> fine
list_us=no -> S601
list_us= -> fine
list_us=no; count_us_unnamed=yes -> S602
list_us=yes; count_us_unnamed=yes -> fine

organisation=asdf -> S701
organisation=XXX -> S701
organisation=n/a -> S701
organisation=None -> S701
organisation=- -> S701
organisation=ooooooo -> S701
organisation=?!? -> S701
organisation=None of Your Business -> fine
organisation=AAA -> fine
organisation=350 -> fine
organisation=ARTICLE 19 -> fine
organisation=/e/ Foundation -> fine
organisation=netzforma* -> fine
organisation=n/a; signing_as=individual -> S207
organisation=https://riverwatch.example.org -> S702
organisation=www.riverwatch.example.org/about -> S702
organisation=Change.example.org -> fine
organisation=River Watch (https://riverwatch.example.org) -> fine
organisation==HYPERLINK("http://a.example.org") -> S704
organisation=@SUM(1+9)*cmd|' /C calc'!A0 -> S704
organisation=+1+2 -> S704
organisation=<script>alert(1)</script> -> S704
organisation=Cheap casino bonus http://a.example.org -> S704
organisation=@ComUnidad -> fine
organisation=+Ciudad (Bogotá) -> fine
organisation=Women < 30 -> fine
organisation=Rivers | Say no! -> fine
organisation=Anti-Casino League -> fine
"""


def _read(line: str) -> tuple[dict[str, Any], set[str]]:
    said, codes = line.rsplit(" -> ", 1)
    answers: dict[str, Any] = dict(part.strip(" ").split("=", 1) for part in said.split("; "))
    for field in ("repeat", "trusted", "by_hand", "returns"):
        if field in answers:
            answers[field] = answers[field] == "True"
    return answers, set() if codes == "fine" else set(codes.split())


LINES = [line for line in TABLE.splitlines() if line.strip()]


@pytest.mark.parametrize("line", LINES)
def test_a_form_raises_exactly_these_rules(line: str, forms_of: Callable[..., Forms]) -> None:
    answers, codes = _read(line)
    found = judge(forms_of([answers]), {}).frame
    assert set(found["code"]) == codes
    assert (found["evidence"] != "").all()


def test_every_rule_has_a_line_of_its_own_and_one_that_spares_it() -> None:
    """Rules that compare forms with each other have tests of their own."""
    together = {"S402", "S703"}
    raised = set[str]().union(*(_read(line)[1] for line in LINES))
    assert raised == set(BY_CODE) - together


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
