"""How the words of names read: folding, and the shipped tables."""

from __future__ import annotations

from collections import defaultdict

import pytest

from pipeline.resolution.vocabulary import (
    BRANCH,
    FORM,
    GENERIC,
    LEADING,
    LONGEST,
    NUMBER,
    PLACE,
    SMALL,
    TELLING,
    entries,
    fold_words,
    phrases,
    weight,
    words,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Chaos Computer Club e. V.", "chaos computer club ev"),
        ("Amazon S.p.A.", "amazon spa"),
        ("A.B.C.", "abc"),
        ("Ben & Jerry", "ben and jerry"),
        ("Int'l Ass’n of Machinists", "intl assn of machinists"),
        ("Université de l’Eau", "universite de eau"),
        ("Straße Ærø Łódź", "strasse aero lodz"),
        ("ОБЛАСТЬ", "oblast"),
        ("🌍 Earth™", "earth"),
        ("netzforma*", "netzforma"),
        ("!!!", ""),
        ("", ""),
    ],
)
def test_a_text_folds_to_plain_words(text: str, folded: str) -> None:
    assert " ".join(fold_words(text)) == folded


@pytest.mark.parametrize(
    ("word", "canonical", "kind"),
    [
        ("Verein", "association", GENERIC),
        ("Stiftung", "foundation", GENERIC),
        ("asociación", "association", GENERIC),
        ("int'l", "international", GENERIC),
        ("center", "centre", GENERIC),
        ("Österreich", "@at", PLACE),
        ("autrichienne", "@at", PLACE),
        ("U.K.", "@gb", PLACE),
        ("Україна", "@ua", PLACE),
        ("日本", "@jp", PLACE),
        ("Bayern", "@bavaria", PLACE),
        ("Wien", "@vienna", PLACE),
        ("Москва", "@moscow", PLACE),
        ("S.p.A.", "%joint-stock", FORM),
        ("ООО", "%limited", FORM),
        ("gGmbH", "%limited", FORM),
        ("ASBL", "%association", FORM),
        ("Landesverband", "state branch", BRANCH),
        ("capítulo", "chapter", BRANCH),
        ("Ortsgruppe", "local group", BRANCH),
        ("dritte", "3", NUMBER),
        ("labor", "labour", TELLING),
        ("Frieden", "peace", TELLING),
        ("ассоциация", "association", GENERIC),
        ("Universität", "university", GENERIC),
        ("e.V.", "%association", FORM),
        ("und", "and", SMALL),
        ("III", "3", NUMBER),
    ],
)
def test_words_of_many_languages_have_one_canonical_form(
    word: str, canonical: str, kind: int
) -> None:
    (folded,) = fold_words(word)
    assert words()[folded] == (canonical, kind)


@pytest.mark.parametrize(
    ("phrase", "canonical"),
    [
        ("United States of America", "@us"),
        ("République démocratique du Congo", "@cd"),
        ("North Rhine-Westphalia", "@nrw"),
        ("Sp. z o.o.", "%limited"),
        ("GmbH & Co. KG", "%partnership"),
        ("общество с ограниченной ответственностью", "%limited"),
        ("droits de l'homme", "human rights"),
        ("Groupe de travail", "working group"),
        ("Country Office", "branch"),
    ],
)
def test_phrases_mean_something_only_together(phrase: str, canonical: str) -> None:
    assert phrases()[tuple(fold_words(phrase))][0] == canonical


@pytest.mark.parametrize("word", ["island", "islands", "red", "real", "no", "dom", "indie"])
def test_a_word_that_is_a_place_or_a_kind_only_elsewhere_is_left_alone(word: str) -> None:
    assert word not in words()


def test_canonical_forms_of_places_and_legal_forms_have_their_sign() -> None:
    kinds = {kind: {name[0] for _, (name, k) in entries() if k == kind} for kind in (PLACE, FORM)}
    assert kinds == {PLACE: {"@"}, FORM: {"%"}}
    signs = {name[0] for _, (name, kind) in entries() if kind not in kinds}
    assert not signs & {"@", "%"}


def test_what_may_lead_a_name_is_a_legal_form() -> None:
    assert {words()[word][1] for word in LEADING} == {FORM}


def test_no_word_has_two_meanings() -> None:
    meanings = defaultdict(set)
    for forms, meaning in entries():
        for form in forms:
            meanings[form].add(meaning)
    assert {each: found for each, found in meanings.items() if len(found) > 1} == {}


def test_every_form_folds_to_some_words() -> None:
    found = [form for forms, _ in entries() for form in forms]
    assert [form for form in found if not 1 <= len(form.split()) <= LONGEST] == []
    assert [form for form in found if " ".join(fold_words(form)) != form] == []


def test_the_tables_are_read_once() -> None:
    assert words() is words()
    assert phrases() is phrases()


def test_weights_are_fixed() -> None:
    assert weight("a made-up word", TELLING) == 1.0
    assert weight("peace", TELLING) == 0.6
    assert weight("%limited", FORM) == 0.0
    assert weight("association", GENERIC) == 0.25
