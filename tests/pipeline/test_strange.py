"""Names that look like others are told apart in words, and real ones are left alone."""

from __future__ import annotations

import pytest

from pipeline.strange import apart, oddities


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Río Vivo – Água & Łódź", "River Watch"),
        ("हिन्दी‌ समिति", "River Watch"),
        ("می\u200cخواهیم", "River Watch"),
        ("👩\u200d🌾 Growers", "River Watch"),
        ("水の会 カフェ", "みどり"),
        ("Грінпіс Україна", "Гринпис"),
        ("مياه نظيفة", "مياه"),
        ("", ""),
    ],
)
def test_nothing_is_odd_about_names_of_the_world(name: str, other: str) -> None:
    assert list(oddities(name, other)) == []


@pytest.mark.parametrize(
    ("name", "other", "told"),
    [
        ("Грінпіс", "Greenpeace", "Cyrillic letters (Г р і н п …)"),
        ("Ｇreen", "", "Fullwidth letters (Ｇ)"),
        ("Green\u00adpeace", "", "signs that nobody sees (U+00AD)"),
        ("a\u200db", "", "signs that nobody sees (U+200D)"),
    ],
)
def test_what_is_odd(name: str, other: str, told: str) -> None:
    assert list(oddities(name, other)) == [told]


def test_a_name_in_a_sentence_neither_turns_nor_floods_it() -> None:
    assert apart("ab\u202ecd\u2066e\nf") == "abcde f"
    assert apart("שלום") == "\u2068שלום\u2069"
    assert len(apart("x" * 50_000)) <= 140
    assert len(" ".join(oddities("".join(map(chr, range(0x400, 0x500))), "River"))) < 100
