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


def test_a_form_on_hold_that_was_taken_back_was_never_accepted(found_coalition):
    ours = found_coalition(accept="reviewed")
    for name in ("River Watch", "Lake Guild", "Fen Forum", "Moss Choir"):
        ours.form(name)
    ours.run("2026-03-04")
    ours.decide("River Watch", "accept")
    ours.decide("Lake Guild", "withdraw")
    ours.decide("Fen Forum", "accept")
    ours.run("2026-03-05")
    ours.decide("Fen Forum", "withdraw", what="form")
    result = ours.run("2026-03-06")
    assert ours.outcomes() == ["accepted", "withdrawn", "withdrawn", "hold"]
    rate = result.values["A4"]
    # River Watch, and Fen Forum that withdrew once it had been accepted; Lake Guild never was.
    assert (rate.numerator, rate.denominator, rate.details) == (2, 2, (("pending", 1.0),))
    ours.decide("Moss Choir", "not accepted")
    rate = ours.run("2026-03-07").values["A4"]
    assert (rate.numerator, rate.denominator) == (2, 3)
