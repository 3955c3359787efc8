"""Answers are read where they can mean one thing, and otherwise left to a person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.languages import CHOICES
from config.raw import LISTED
from config.tables import SIGNONS
from config.text import clean
from pipeline.intake.answers import choices, split, yes_no
from pipeline.intake.model import UNCLEAR
from pipeline.intake.trackers import items

YES = [
    "Yes", "YES!", "Sí", "si", "Oui", "Ja", "Sim", "Tak", "Ano", "Igen", "Ναι", "Да", "Так", "Evet",
    "نعم", "כן", "是", "はい", "네", "Bai", "Joo", "Kyllä", "TRUE", "✔️", "☑", "Yes, we agree",
    "Sí, estamos de acuerdo", "Ja / Yes", "Yes / Sí / Oui / Ja", "I agree", "we agree", "Acepto",
    "D’accord", "Einverstanden", "はい、同意します", "Yes - I agree", "Yes (we agree)",
    "We have read and agree to the statement, and will not change it",
    "Sí estamos de acuerdo con todo", "I/We agree", "Nous sommes d'accord",
]  # fmt: skip
NO = [
    "No", "no.", "Non", "Nein", "Não", "Nie", "Nej", "Nei", "Ei", "Ne", "Nem", "Nu", "Όχι", "Нет",
    "Ні", "Hayır", "لا", "לא", "否", "いいえ", "아니요", "Ez", "false", "No, thank you",
    "We do not agree", "We do not agree with point 3", "No estamos de acuerdo", "Nein, danke",
    "Wir stimmen nicht zu", "No / Nein",
]  # fmt: skip
DOUBTFUL = [
    "maybe", "Not sure", "Tal vez", "A veces", "vielleicht", "Yes / No", "Yes and no", "Hell yes",
    "Yes, but not the logo", "We agree, except for point 3", "No, we agree", "No problem",
    "Si podemos decidir", "I do not want to be listed", "You may not list us", "yes, maybe",
    "Sí, con reservas", "Wir stimmen der Erklärung nicht zu", "42", "...", "Agree? Disagree",
]  # fmt: skip


@pytest.mark.parametrize("text", YES)
def test_yes(text: str) -> None:
    assert yes_no([text]) == ["yes"]


@pytest.mark.parametrize("text", NO)
def test_no(text: str) -> None:
    assert yes_no([text]) == ["no"]


@pytest.mark.parametrize("text", DOUBTFUL)
def test_doubt_is_unclear(text: str) -> None:
    assert yes_no([text]) == [UNCLEAR]


@pytest.mark.parametrize("text", ["", "  ", "\u00a0", "n/a", "-", "Not applicable"])
def test_nothing_said(text: str) -> None:
    assert yes_no([text]) == [""]


def test_the_forms_own_words_win() -> None:
    own = ["Count us in", "count us in!", "No problem", "No"]
    assert yes_no(own, yes=["Count us in", "No problem"], no=["No"]) == ["yes", "yes", "yes", "no"]


@pytest.mark.parametrize(
    ("field", "text", "word"),
    [
        ("signing_as", "En nombre de la organización", "organisation"),
        ("signing_as", "als Einzelperson", "individual"),
        ("signing_as", "Organisation / Organización", "organisation"),
        ("signing_as", "organisation / individual", UNCLEAR),
        ("signing_as", "organisatoin", UNCLEAR),
        ("level", "NACIONAL", "national"),
        ("level", "Sub-national", UNCLEAR),
        ("request", "Withdraw our sign-on", "withdraw"),
        ("joins_as", "sólo firmante", "signatory only"),
        ("joins_as", " ", ""),
    ],
)
def test_choice(field: str, text: str, word: str) -> None:
    words = SIGNONS.column(field).choices
    assert choices([text], words, CHOICES[field]) == [word]


@pytest.mark.parametrize("field", CHOICES)
def test_no_translation_stands_for_two_words(field: str) -> None:
    assert set(CHOICES[field]) == set(SIGNONS.column(field).choices)
    for word, others in CHOICES[field].items():
        assert set(choices(others, CHOICES[field], CHOICES[field])) == {word}


OPTIONS = ["Housing, land", "Health", "Housing", "Land (rural, urban)"]


@pytest.mark.parametrize(
    ("text", "joined_by", "items", "other"),
    [
        ("Housing, land, Health, Bees, wasps", ", ",
         ("Housing, land", "Health", "Bees, wasps"), "Bees, wasps"),
        ("health;Housing, land", ";", ("Health", "Housing, land"), ""),
        ("Health;Bees, Housing", ";", ("Health", "Bees, Housing"), "Bees, Housing"),
        ("Housing, Health, Housing, land", ", ", ("Housing", "Health", "Housing, land"), ""),
        ("Bees, wasps, Health", ", ", ("Bees, wasps", "Health"), "Bees, wasps"),
        ("Land (rural, urban), Housing", None, ("Land (rural, urban)", "Housing"), ""),
        ("Housing market", ", ", ("Housing market",), "Housing market"),
        ("  ", ", ", (), ""),
    ],
)  # fmt: skip
def test_split_by_options(
    text: str, joined_by: str | None, items: tuple[str, ...], other: str
) -> None:
    assert split(text, OPTIONS, joined_by) == (items, other)


@pytest.mark.parametrize(
    ("text", "joined_by", "items"),
    [
        ("Deterioro Del Ambiente;Tirar Basura", ";", ("Deterioro Del Ambiente", "Tirar Basura")),
        ("Food, water; Health", ";", ("Food, water", "Health")),
        ("a; b", ", ", ("a; b",)),
        ("a; b", None, ("a; b",)),
        ("Health, Housing", ", ", ("Health", "Housing")),
        ("Sistemas inteligentes, conectividad, etc.", ", ",
         ("Sistemas inteligentes, conectividad, etc.",)),
        ("Black, Asian and minority ethnic", ", ", ("Black, Asian and minority ethnic",)),
        ("Land (a, B), Health", ", ", ("Land (a, B), Health",)),
    ],
)  # fmt: skip
def test_split_without_options_never_tears(
    text: str, joined_by: str | None, items: tuple[str, ...]
) -> None:
    assert split(text, (), joined_by) == (items, "")


@given(st.lists(st.sampled_from(OPTIONS), unique=True), st.sampled_from([", ", ";"]))
def test_what_a_form_joined_comes_apart_again(ticked: list[str], joint: str) -> None:
    assert split(joint.join(ticked), OPTIONS, joint) == (tuple(ticked), "")


@given(st.text(), st.lists(st.text(max_size=5), max_size=3), st.sampled_from([", ", ";", None]))
def test_nothing_breaks_and_nothing_is_lost(
    text: str, options: list[str], joint: str | None
) -> None:
    items, _ = split(text, options, joint)
    assert yes_no([text])[0] in {"yes", "no", "", UNCLEAR}
    letters = [c for c in text.casefold() if c.isascii() and c.isalnum()]
    assert letters == [c for c in "".join(items).casefold() if c.isascii() and c.isalnum()]


# --- answers that came one by one -------------------------------------------------------------


@given(st.lists(st.text(st.characters(exclude_categories=("Cc", "Cs", "Z")), min_size=1)))
def test_answers_that_came_one_by_one_are_never_torn(ticks) -> None:
    cell = "".join(f"{tick}, and; more{LISTED}" for tick in ticks)
    told = tuple(clean(f"{tick}, and; more") for tick in ticks)
    assert split(cell, (), ", ") == (told, "")
    assert items(cell) == told


def test_one_of_the_options_is_spelled_like_it() -> None:
    cell = f"health{LISTED}Songs, dances{LISTED}"
    assert split(cell, ("Health", "Songs"), ", ") == (("Health", "Songs, dances"), "Songs, dances")
