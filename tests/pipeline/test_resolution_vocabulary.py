"""How the words of names read: folding, and the shipped tables."""

from __future__ import annotations

from collections import defaultdict

import pytest

from pipeline.resolution.vocabulary import (
    FORM,
    GENERIC,
    LONGEST,
    NUMBER,
    SMALL,
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


def test_no_word_has_two_meanings() -> None:
    meanings = defaultdict(set)
    for folded, meaning in entries():
        meanings[tuple(folded)].add(meaning)
    assert {each: found for each, found in meanings.items() if len(found) > 1} == {}


def test_every_form_folds_to_some_words() -> None:
    assert [found for found in entries() if not 1 <= len(found[0]) <= LONGEST] == []


def test_the_tables_are_read_once() -> None:
    assert words() is words()
    assert phrases() is phrases()


def test_weights_are_fixed() -> None:
    assert weight("a made-up word", 0) == 1.0
    assert weight("association", GENERIC) == 0.25
