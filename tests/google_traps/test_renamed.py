"""A sender changes the response so that it names another organisation: no yes goes over to it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google_emulator import people
from tests.google_traps.conftest import Ran
from tests.google_traps.springs import Springs

WHO = "Who has signed"
EVIL = {"Organisation": "Evil Corp", "Signatory": "Mallory M"}


def listed(springs: Springs, name: str) -> Any:
    return springs.row(WHO, name)["We list it"]


def signed(springs: Springs, said: dict[str, str], word: str) -> Any:
    made = springs.sign("Otter Watch", {"List us": "Yes"} | said)
    springs.next_day()
    springs.run()
    springs.decide("Otter Watch", word)
    springs.next_day()
    springs.run()
    assert listed(springs, "Otter Watch") == "yes"
    return made


@pytest.mark.parametrize("through", ["form", "both"])
@pytest.mark.parametrize("same_day", [True, False])
def test_a_yes_to_be_listed_is_asked_for_again(
    after_a_run: Ran, through: Any, same_day: bool
) -> None:
    springs = after_a_run(through)
    made = signed(springs, {}, "list")
    identity = springs.row(WHO, "Otter Watch")["Id"]
    people.edit_response(springs.world, springs.form, made, EVIL)
    if not same_day:
        springs.next_day()
    springs.run()
    row = springs.row(WHO, "Evil Corp")
    assert (row["Id"], row["We list it"]) == (identity, "no")
    assert "Otter Watch" in row["Also known as"]
    asked = springs.row("To decide", "Evil Corp")
    assert asked["Status"] == "reopened"
    assert "Earlier answer: list" in asked["Evidence"]
    assert "Otter Watch" in asked["Evidence"]
    springs.next_day()
    springs.run()
    assert listed(springs, "Evil Corp") == "no", "the old yes doesn't come back"
    springs.decide("Evil Corp", "list", by="Bo", note="They are called so now.")
    springs.next_day()
    springs.run()
    assert listed(springs, "Evil Corp") == "yes"


def test_a_yes_to_accept_and_list_is_asked_for_again(after_a_run: Ran) -> None:
    springs = after_a_run("form")
    made = signed(springs, {"Authorised": ""}, "accept and list")
    people.edit_response(springs.world, springs.form, made, EVIL)
    springs.next_day()
    springs.run()
    assert listed(springs, "Evil Corp") == "no"
    asked = springs.row("To decide", "Evil Corp")
    assert (asked["What is it"], asked["Status"]) == ("A form in doubt", "reopened")


def test_what_was_typed_under_the_old_name_is_not_obeyed_for_the_new_one(
    after_a_run: Ran,
) -> None:
    springs = after_a_run("form")
    made = springs.sign("Otter Watch", {"List us": "Yes"})
    springs.next_day()
    springs.run()
    springs.decide("Otter Watch", "list")
    people.edit_response(springs.world, springs.form, made, EVIL)
    springs.run()
    assert listed(springs, "Evil Corp") == "no"


def test_the_old_names_lead_to_it_as_before(after_a_run: Ran) -> None:
    springs = after_a_run("form")
    made = signed(springs, {}, "list")
    for name in ("Evil Corp", "Good Corp"):
        people.edit_response(springs.world, springs.form, made, {"Organisation": name})
        springs.next_day()
        springs.run()
    assert springs.row(WHO, "Good Corp")["Also known as"] == "Otter Watch; Evil Corp"
    people.type_rows_at_bottom(
        springs.world, springs.working, "Promises",
        [{"Organisation": "Otter Watch", "Who": "Ivo", "What": "Count otters"}],
    )  # fmt: skip
    springs.run()
    assert "Otter Watch" not in springs.fixes()


def test_the_same_name_in_other_letters_is_no_other_name(after_a_run: Ran) -> None:
    springs = after_a_run("form")
    made = signed(springs, {}, "list")
    people.edit_response(springs.world, springs.form, made, {"Organisation": "OTTER-WATCH"})
    springs.next_day()
    springs.run()
    assert listed(springs, "OTTER-WATCH") == "yes"
