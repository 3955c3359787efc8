"""How many numbers a coalition sees in its first week: about ten, and each has something to say."""

from __future__ import annotations

from typing import Any

from pipeline.metrics.registry import BY_CODE

DOZEN = ("Ash", "Birch", "Cedar", "Date", "Elm", "Fig", "Gum", "Hazel", "Ivy", "Juniper", "Kauri",
         "Lime")  # fmt: skip
FIRST = ["A1", "A2", "A4", "A5", "A6", "A8", "A12", "A15", "Q1"]


def shown(ours: Any, day: str = "2026-03-09") -> list[str]:
    values = ours.run(day).values
    return [code for code in values if BY_CODE[code].reported]


def test_a_dozen_plain_sign_ons_show_nine_numbers_with_data(found_coalition: Any) -> None:
    ours = found_coalition(districts=["North"])
    for tree in DOZEN:
        ours.form(f"{tree} Society", district="North")
    assert shown(ours) == FIRST
    assert [code for code in FIRST if ours.result.values[code].value is None] == []


def test_what_happens_brings_the_number_that_counts_it(found_coalition: Any) -> None:
    ours = found_coalition()
    ours.form("Ash Society")
    before = set(shown(ours))
    ours.form("Birch Society", reservations="All but point 3", referred_by="Ash Society")
    ours.form("Cedar Society", signing_as="individual")
    assert set(shown(ours)) - before == {"A3", "A9", "C8"}
