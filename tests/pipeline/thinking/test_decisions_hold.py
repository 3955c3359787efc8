"""A decision holds through every later run, until the facts that its question rests on change."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def decided_before(found_coalition):
    """Lake Guild was held and accepted."""
    coalition = found_coalition()
    coalition.form("Lake Guild", reservations="except for clause two")
    coalition.run("2026-03-04")
    coalition.decide("Lake Guild", "accept", note="they mean the title")
    coalition.run("2026-03-05")
    assert coalition.outcomes() == ["accepted"]
    return coalition


@pytest.fixture
def decided(decided_before):
    return decided_before.copy()


def about_the_form(coalition):
    return next(m for m in coalition.matters("Lake Guild") if m.kind == "sign-on")


def test_it_holds_run_after_run(decided):
    for day in ("2026-03-06", "2026-04-06", "2027-03-06"):
        decided.run(day)
        assert decided.outcomes() == ["accepted"]
        assert about_the_form(decided).status == "settled"


@pytest.mark.parametrize(
    ("field", "answer"), [("country", "Spain"), ("role", "Chair"), ("signatory", "Rui Costa"),
                          ("already_doing", "We count voles."), ("list_us", "No")],
)  # fmt: skip
def test_it_holds_when_something_else_changes(decided, field, answer):
    decided.forms[0][field] = answer
    decided.run("2026-03-06")
    assert decided.outcomes() == ["accepted"]
    assert about_the_form(decided).status == "settled"


def test_it_is_asked_again_with_the_old_answer_when_the_facts_change(decided):
    decided.forms[0]["reservations"] = "except for clauses two and three"
    decided.run("2026-03-06")
    assert decided.outcomes() == ["hold"]
    matter = about_the_form(decided)
    assert matter.status == "reopened"
    assert matter.evidence.startswith("Asked again because the facts changed. Earlier answer: "
                                      "accept (Ben, 2026-03-05).")  # fmt: skip
    assert "clauses two and three" in matter.evidence
    assert decided.standing("Lake Guild") == "pending"


def test_asked_again_it_is_confirmed_by_a_new_note(decided):
    decided.forms[0]["reservations"] = "except for clauses two and three"
    decided.run("2026-03-06")
    decided.run("2026-03-07")
    assert decided.outcomes() == ["hold"], "the old word still stands in the cell, and is no answer"
    decided.decide("Lake Guild", "accept", note="still the title", what="doubt")
    decided.run("2026-03-08")
    assert decided.outcomes() == ["accepted"]
    assert about_the_form(decided).status == "settled"


def test_a_further_doubt_asks_again_and_a_doubt_less_does_not(decided):
    decided.forms[0]["authorised"] = "No"
    decided.run("2026-03-06")
    assert decided.outcomes() == ["hold"]
    decided.forms[0]["authorised"] = "Yes"
    decided.run("2026-03-07")
    assert decided.outcomes() == ["accepted"], "what it was decided on is as it was"


def test_facts_that_change_back_bring_the_decision_back(decided):
    before = decided.forms[0]["reservations"]
    decided.forms[0]["reservations"] = "except for everything"
    decided.run("2026-03-06")
    decided.forms[0]["reservations"] = before
    decided.run("2026-03-07")
    assert decided.outcomes() == ["accepted"]


def test_a_blank_is_no_instruction(decided):
    decided.decide("Lake Guild", "", by="", what="doubt")
    decided.run("2026-03-06")
    decided.run("2026-03-07")
    assert decided.outcomes() == ["accepted"]


def test_undo_takes_it_back_and_a_new_word_decides_anew(decided):
    decided.decide("Lake Guild", "undo", what="doubt")
    decided.run("2026-03-06")
    assert decided.outcomes() == ["hold"]
    assert about_the_form(decided).status == "open"
    decided.decide("Lake Guild", "not accepted", what="doubt")
    decided.run("2026-03-07")
    assert decided.outcomes() == ["declined"]
    assert [d.word for d in decided.known.decisions] == ["accept", "not accepted"]
    assert decided.known.decisions[0].undone_on is not None, "kept, with the day of its undoing"


def test_a_settled_row_that_was_deleted_stays_settled_and_away(decided):
    decided.delete_row("Lake Guild")
    decided.run("2026-03-06")
    assert decided.outcomes() == ["accepted"]
    assert decided.cells("To decide", "What is it") == ["May it be listed?"]


def test_an_open_row_that_was_deleted_comes_back(coalition):
    coalition.form("Lake Guild", authorised="No")
    coalition.run("2026-03-04")
    key, since = coalition.cells("To decide", "Key"), coalition.cells("To decide", "Since")
    coalition.delete_row("Lake Guild")
    coalition.run("2026-03-06")
    assert coalition.cells("To decide", "Key") == key
    assert coalition.cells("To decide", "Since") == since


def test_a_word_that_changes_its_mind_replaces_the_first(coalition):
    coalition.form("Lake Guild", authorised="No")
    coalition.run("2026-03-04")
    for day, word, outcome in (
        ("2026-03-05", "accept", "accepted"),
        ("2026-03-06", "not accepted", "declined"),
        ("2026-03-07", "accept and list", "accepted"),
        ("2026-03-08", "ask them", "hold"),
    ):
        coalition.decide("Lake Guild", word, what="doubt")
        coalition.run(day)
        assert (word, coalition.outcomes()) == (word, [outcome])
    assert coalition.listed() == set()


def test_what_a_coordinator_sees_of_a_settled_matter(decided):
    row = dict(zip(decided.tabs["To decide"].header, decided.tabs["To decide"].rows[0],
                   strict=True))  # fmt: skip
    assert row["Status"] == "settled"
    assert row["Decision"] == "accept"
    assert row["Note"] == "they mean the title"
    assert decided.who("Lake Guild")["because"] == "Ben decided “accept” on 2026-03-05"
