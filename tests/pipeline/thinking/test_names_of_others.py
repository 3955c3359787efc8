"""Nobody signs, opts in, objects or is listed by somebody else's hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from config.settings import Settings
from config.statement import Statement, Version
from tests.pipeline.thinking.conftest import STATEMENT
from tests.pipeline.thinking.test_letters import QUESTION, by_form, by_question, lines
from tests.pipeline.thinking.test_reconfirming import with_second

__all__ = ["by_form", "by_question"]
STRANGER = "mal@elsewhere.example.org"


def test_a_stranger_signs_no_letter_for_a_member(by_form: Any) -> None:
    by_form.form("Alder")
    by_form.run("2026-03-03")
    by_form.decide("Alder", "list")
    by_form.form("Alder", letter="ministers", on="2026-03-05", email=STRANGER, website="")
    by_form.run("2026-03-06")
    assert lines(by_form)["Alder"][:2] == ("pending", "no")
    assert "S413" in by_form.result.letters[0].own_forms["rules"].iloc[0]


@pytest.mark.parametrize("email", ["office@alder.example.org", "other@alder.example.org"])
def test_the_same_address_or_its_own_domain_may(by_form: Any, email: str) -> None:
    by_form.form("Alder")
    by_form.form("Alder", letter="ministers", on="2026-03-05", email=email)
    by_form.run("2026-03-06")
    assert lines(by_form)["Alder"][0] == "signed"


def test_a_stranger_makes_no_member_of_who_signed_a_letter(by_form: Any) -> None:
    by_form.form("Zeta", letter="ministers")
    by_form.form("Elder")
    by_form.run("2026-03-03")
    by_form.decide("Zeta", "list", what="listed")
    by_form.form("Zeta", on="2026-03-05", email=STRANGER, website="")
    by_form.run("2026-03-06")
    assert by_form.standing("Zeta") == "pending"
    assert by_form.listed() == set()


def test_a_stranger_opts_nobody_in(by_question: Any) -> None:
    by_question.form("Alder", **{QUESTION: "No"})
    by_question.form("Alder", on="2026-03-05", email=STRANGER, website="", **{QUESTION: "Yes"})
    by_question.run("2026-03-06")
    assert "Alder" not in lines(by_question)
    assert by_question.outcomes() == ["accepted", "hold"]


@pytest.fixture
def opted(found_coalition: Any) -> Any:
    coalition = found_coalition(verified=True)
    coalition.statements = (STATEMENT, letter_by_question())
    coalition.form("Alder", **{QUESTION: "Yes"})
    coalition.run("2026-03-03")
    coalition.decide("Alder", "list")
    coalition.run("2026-03-04")
    assert lines(coalition)["Alder"][:2] == ("signed", "yes")
    return coalition


def letter_by_question() -> Statement:
    version = Version(
        version="1", state="adopted", adopted_on=dt.date(2026, 2, 1), title="Letter",
        question=QUESTION,
    )  # fmt: skip
    return Statement("ministers", (version,))


def test_a_later_no_of_the_signatory_takes_the_signature_back(opted: Any) -> None:
    opted.form("Alder", on="2026-03-05", **{QUESTION: "No"})
    opted.run("2026-03-06")
    assert lines(opted)["Alder"][:2] == ("withdrawn", "no")
    assert opted.standing("Alder") == "member"
    assert opted.result.letters[0].counts(dt.date(2026, 3, 6))["signed"] == 0


def test_consent_taken_back_holds_for_the_letter_too(opted: Any) -> None:
    opted.form("Alder", on="2026-03-05", request="Correct", list_us="No")
    opted.run("2026-03-06")
    assert opted.listed() == set()
    assert lines(opted)["Alder"][:2] == ("signed", "no")


def test_who_leaves_by_changes_takes_back_what_it_signed_by_the_same_form(opted: Any) -> None:
    opted.change("Alder", "withdraw")
    opted.run("2026-03-06")
    assert lines(opted)["Alder"][:2] == ("withdrawn", "no")


def test_an_objection_is_no_silence(found_coalition: Any) -> None:
    coalition = with_second(found_coalition(verified=True), "stays until it objects")
    coalition.form("Alder", on="2026-06-10", agreement="No")
    coalition.run("2026-07-01")
    assert coalition.standing("Alder") == "reaffirm"
    assert "objected on 2026-06-10 to version 2" in coalition.who("Alder")["because"]
    assert coalition.standing("Birch") == "member"


def test_people_who_opt_in_too_late_are_not_counted(by_question: Any) -> None:
    closed = letter_by_question().versions[0].model_copy(update={"closes": dt.date(2026, 3, 1)})
    by_question.statements = (STATEMENT, Statement("ministers", (closed,)))
    by_question.form("Rosa Quill", signing_as="individual", **{QUESTION: "Yes"})
    by_question.form("Alder")
    by_question.run("2026-03-10")
    assert by_question.result.letters[0].counts(dt.date(2026, 3, 10))["individuals"] == 0


def test_a_yes_to_the_drafts_question_alone_is_no_sign_on(coalition: Any) -> None:
    first = STATEMENT.versions[0].model_copy(update={"question": "Do you agree?"})
    draft = Version(version="2", state="draft", question="Do you agree to the draft?")
    coalition.statements = (Statement("main", (first, draft)),)
    coalition.form("Alder", agreement="", **{"Do you agree?": "Yes"})
    coalition.form("Birch", agreement="", **{"Do you agree to the draft?": "Yes"})
    coalition.run("2026-03-03")
    assert coalition.outcomes() == ["accepted", "hold"]
    assert "S110" in coalition.result.forms["rules"].iloc[1]


def test_a_yes_and_a_no_to_the_statement_are_no_yes(coalition: Any) -> None:
    first = STATEMENT.versions[0].model_copy(update={"question": "Do you agree?"})
    newer = first.model_copy(
        update={"version": "1.1", "adopted_on": dt.date(2026, 2, 1), "change": "wording-only",
                "question": "Do you agree to the text?"}
    )  # fmt: skip
    coalition.statements = (Statement("main", (first, newer)),)
    coalition.form(
        "Alder", agreement="", **{"Do you agree?": "Yes", "Do you agree to the text?": "No"}
    )
    coalition.run("2026-03-03")
    assert coalition.outcomes() == ["hold"]


def test_who_signed_a_version_before_it_was_adopted_signed_a_draft(coalition: Any) -> None:
    late = STATEMENT.versions[0].model_copy(update={"adopted_on": dt.date(2026, 3, 10)})
    coalition.statements = (Statement("main", (late,)),)
    coalition.form("Alder", on="2026-03-02", version_shown="Version 1")
    coalition.run("2026-03-11")
    assert coalition.outcomes() == ["hold"]


def test_the_employer_of_a_decider_is_found_or_asked_for(found_coalition: Any) -> None:
    coalition = found_coalition(deciders=[{"name": "Ben", "employer": "River Watch Assoc"}])
    coalition.form("River Watch")
    coalition.run("2026-03-03")
    assert any("is called like no organisation" in p.problem for p in coalition.result.problems)


def test_settings_of_two_forms_are_told_apart() -> None:
    form = [{}, {"statement": "ministers", "file": "responses.csv"}]
    with pytest.raises(ValueError, match="give each its own"):
        Settings.model_validate(
            {"coalition": {"name": "C", "time_zone": "Europe/Lisbon"}, "form": form}
        )


def test_a_signature_taken_back_stays_so_until_a_new_yes(opted: Any) -> None:
    opted.form("Alder", on="2026-03-05", **{QUESTION: "No"})
    opted.run("2026-03-06")
    opted.form("Alder", on="2026-03-07", request="Correct", size="14")
    opted.run("2026-03-08")
    assert lines(opted)["Alder"][:2] == ("withdrawn", "no")
    opted.form("Alder", on="2026-03-09", **{QUESTION: "Yes"})
    opted.run("2026-03-10")
    assert lines(opted)["Alder"][0] == "signed"
    stands = opted.result.letters[0].stands
    assert stands(opted.id("Alder"), dt.date(2026, 3, 8))[0] == "withdrawn"


def test_a_forger_who_was_refused_is_not_known_for_it(by_form: Any) -> None:
    by_form.form("Alder", email=STRANGER, website="", authorised="No")
    by_form.run("2026-03-03")
    by_form.decide("Alder", "not accepted")
    by_form.form("Alder", on="2026-03-04")
    by_form.run("2026-03-05")
    by_form.form("Alder", letter="ministers", on="2026-03-06 09:00:00", email=STRANGER, website="")
    by_form.form("Alder", letter="ministers", on="2026-03-06 10:00:00")
    by_form.run("2026-03-07")
    assert list(by_form.result.letters[0].own_forms["outcome"]) == ["hold", "accepted"]


def test_a_colleague_at_the_same_domain_is_known_without_a_website(by_form: Any) -> None:
    by_form.form("Alder", website="", email="office@alder.example.org")
    by_form.form("Alder", letter="ministers", website="", email="ana@alder.example.org")
    by_form.run("2026-03-06")
    assert lines(by_form)["Alder"][0] == "signed"


@pytest.mark.parametrize("word", ["not accepted", "accept"])
def test_an_objection_that_was_answered_is_over(found_coalition: Any, word: str) -> None:
    coalition = with_second(found_coalition(verified=True), "stays until it objects")
    coalition.form("Alder", on="2026-06-10", agreement="No", email=STRANGER)
    coalition.run("2026-07-01")
    assert coalition.standing("Alder") == "reaffirm"
    coalition.decide("Alder", word, what="form")
    coalition.run("2026-07-02")
    assert coalition.standing("Alder") == "member"
    assert coalition.standing("Alder", "2026-07-01") == "reaffirm"


def test_a_whole_day_taken_back_by_one_leaves_what_took_two(coalition: Any) -> None:
    coalition.form("Alder")
    coalition.run("2026-03-03")
    coalition.change("Alder", "remove")
    coalition.run("2026-03-04")
    coalition.change("all decisions", "undo", "2026-03-04", by="Ben")
    coalition.run("2026-03-05")
    assert coalition.standing("Alder") == "removed"


def test_an_undo_that_waits_takes_nothing_else_back(coalition: Any) -> None:
    coalition.form("Alder")
    coalition.run("2026-03-03")
    coalition.change("Alder", "suspend")
    coalition.run("2026-03-04")
    coalition.change("Alder", "undo", by="Ben")
    coalition.run("2026-03-05")
    coalition.change("Alder", "hide now")
    for day in ("2026-03-06", "2026-03-07"):
        coalition.run(day)
        assert "Took back" not in str(coalition.cells("Changes", "Answer")[1])


def test_a_line_of_a_letter_that_is_gone_is_closed(by_question: Any) -> None:
    by_question.form("Alder")
    by_question.form("Alder", on="2026-03-04", **{QUESTION: "Yes"})
    by_question.run("2026-03-05")
    by_question.decide("Alder", "accept", what="form")
    by_question.run("2026-03-06")
    assert lines(by_question)["Alder"][0] == "signed"
    by_question.decide("Alder", "undo", what="form")
    by_question.run("2026-03-07")
    assert "signed" not in by_question.cells("Letters", "Standing")
