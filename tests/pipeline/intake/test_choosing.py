"""Words of drop-downs: in any of ten languages, with one slip, and never one for another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from config.choicewords import CHOICE_WORDS
from config.feedback import WOULD_SIGN
from config.tables import BY_NAME, TABLES, Column
from config.text import fold
from pipeline.intake.choosing import Choosing, choosing
from pipeline.intake.model import UNCLEAR

COLUMNS = {
    f"{table.name}.{column.name}": column
    for table in TABLES
    for column in table.columns
    if column.kind == "choice" and column.choices
}
TRANSLATED = {
    name: column for name, column in COLUMNS.items() if set(column.choices) <= set(CHOICE_WORDS)
}
each_column = pytest.mark.parametrize("column", COLUMNS.values(), ids=COLUMNS)


def read(column: str, text: str) -> str:
    table, _, name = column.partition(".")
    return choosing(BY_NAME[table].column(name)).read(text)


def ways(column: Column) -> dict[str, str]:
    """Each way to write a word of the column → the word."""
    translated = WOULD_SIGN if column.name == "would_sign" else CHOICE_WORDS
    return {fold(way): word for word in column.choices for way in (word, *translated.get(word, ()))}


def test_every_drop_down_of_the_trackers_is_translated() -> None:
    expected = {
        "contacts.role_for_us", "contacts.how_often", "outreach.stage", "conversations.kind",
        "groups.kind", "meetings.kind", "meetings.needs_met", "media.tone",
        "decision_makers.position", "milestones.step", "help.kind", "lessons.kind",
        "tell_us_what_you_did.kind_of_help",
    }  # fmt: skip
    assert set(TRANSLATED) == expected
    assert set(CHOICE_WORDS) == {word for c in TRANSLATED.values() for word in c.choices}


@each_column
def test_a_word_reads_as_itself(column: Column) -> None:
    chooser = choosing(column)
    for word in column.choices:
        assert chooser.read(word) == word
        assert chooser.read(f" {word.upper()} ") == word


@each_column
def test_no_listed_translation_can_mean_two_words(column: Column) -> None:
    chooser = choosing(column)
    assert {way: chooser.read(way) for way in ways(column)} == ways(column)


@pytest.mark.parametrize(
    ("column", "text", "word"),
    [
        ("outreach.stage", "En conversación", "in conversation"),
        ("outreach.stage", "ANGESCHRIEBEN", "contacted"),
        ("outreach.stage", "décliné / said no", UNCLEAR),
        ("outreach.stage", "said no / dijo que no", "said no"),
        ("outreach.stage", "joined / later", UNCLEAR),
        ("conversations.kind", "Einzelgespräch", "one-to-one"),
        ("conversations.kind", "1:1", "one-to-one"),
        ("conversations.kind", "ne pas présenter", "do not introduce"),
        ("groups.kind", "arbetsgrupp", "working group"),
        ("help.kind", "facilitação", "facilitation"),
        ("help.kind", "legale", "legal"),
        ("meetings.kind", "совещание", "meeting"),
        ("meetings.needs_met", "jein", UNCLEAR),
        ("meetings.needs_met", "oui", "yes"),
        ("media.tone", "Neutraal", "neutral"),
        ("media.tone", "sfavorevole", "opposed"),
        ("media.tone", "favorevole", "favourable"),
        ("decision_makers.position", "متردد", "undecided"),
        ("decision_makers.position", "plutôt contre", "leaning against"),
        ("milestones.step", "Anhörung", "hearing"),
        ("milestones.step", "aprobado", UNCLEAR),
        ("lessons.kind", "Leitfaden", "guide"),
        ("contacts.how_often", "elke week", "weekly"),
        ("contacts.role_for_us", "Stellvertreterin", "deputy"),
    ],
)
def test_other_languages(column: str, text: str, word: str) -> None:
    assert read(column, text) == word


@pytest.mark.parametrize(
    ("column", "text", "word"),
    [
        ("outreach.stage", "contactd", "contacted"),
        ("outreach.stage", "joinde", "joined"),
        ("outreach.stage", "decidingg", "deciding"),
        ("outreach.stage", "in convrsation", "in conversation"),
        ("outreach.stage", "latr", "later"),
        ("outreach.stage", "contcatde", UNCLEAR),
        ("lessons.kind", "wni", UNCLEAR),
        ("media.tone", "sfavorevle", UNCLEAR),  # one from against, two from in favour
        ("media.tone", "neutraal1", UNCLEAR),
        ("help.kind", "meda", "media"),
        ("help.kind", "teck", UNCLEAR),
        ("decision_makers.position", "suport", "support"),
        ("decision_makers.position", "lening against", "leaning against"),
    ],
)
def test_one_slip_in_a_long_word_and_no_more(column: str, text: str, word: str) -> None:
    assert read(column, text) == word


def test_what_comes_near_two_words_is_neither() -> None:
    chooser = Choosing(("moderate", "moderated"))
    assert chooser.read("moderates") == UNCLEAR
    assert chooser.read("moderate") == "moderate"


def test_a_translation_of_two_words_is_none() -> None:
    chooser = Choosing(("open", "begun"), {"open": ("abierto",), "begun": ("abierto", "iniciado")})
    assert chooser.read("abierto") == UNCLEAR
    assert chooser.read("iniciado") == "begun"
    assert Choosing(("open", "begun"), {"begun": ("open",)}).read("open") == "open"


@given(st.data())
def test_what_is_read_is_the_word_or_one_slip_away(data: st.DataObject) -> None:
    column = data.draw(st.sampled_from(list(COLUMNS.values())))
    known = ways(column)
    text = data.draw(st.sampled_from(sorted(known)))
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(text)))
        letter = data.draw(st.sampled_from(["", "a", "e", "n", " "]))
        text = text[:at] + letter + text[at + data.draw(st.integers(0, 1)) :]
    word = choosing(column).read(text)
    if word not in (UNCLEAR, ""):
        near = {way for way in known if OSA.distance(fold(text), way) <= 1}
        assert word in {known[way] for way in near}
        if fold(text) not in known:
            assert {known[w] for w in known if OSA.distance(fold(text), w) <= 2} == {word}


@given(st.text(max_size=20))
def test_no_text_is_guessed(text: str) -> None:
    for column in TRANSLATED.values():
        word = choosing(column).read(text)
        assert word in ("", UNCLEAR) or any(
            OSA.distance(fold(part), way) <= 1
            for way, meant in ways(column).items() if meant == word
            for part in (text, *text.replace("|", "/").replace("\n", "/").split("/"))
        )  # fmt: skip
