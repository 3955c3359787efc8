"""Letters beside the statement: their own form or question, one registry, their own lists."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from config.settings import Settings
from config.statement import Statement, Version
from tests.pipeline.thinking.conftest import STATEMENT

QUESTION = "Do you sign the letter to the ministers?"
DAY = "2026-03-10"


def letter(**facts: Any) -> Statement:
    given = {
        "version": "1", "state": "adopted", "adopted_on": dt.date(2026, 2, 1),
        "title": "Letter to the ministers", "question": QUESTION,
    } | facts  # fmt: skip
    return Statement("ministers", (Version(**given),))


@pytest.fixture
def by_question(coalition: Any) -> Any:
    """A letter that a question of the main form opts in to."""
    coalition.statements = (STATEMENT, letter())
    return coalition


@pytest.fixture
def by_form(found_coalition: Any) -> Any:
    """A letter with a form of its own."""
    coalition = found_coalition()
    forms = [
        {"accept": "clean"},
        {"statement": "ministers", "file": "ministers.csv"},
    ]
    coalition.settings = Settings.model_validate(
        {"coalition": {"name": "Clean Rivers", "time_zone": "Europe/Lisbon"}, "form": forms}
    )
    coalition.statements = (STATEMENT, letter(question="Do you agree to the statement?"))
    coalition.letter_forms["ministers"] = []
    return coalition


def lines(coalition: Any) -> dict[str, tuple[object, ...]]:
    """Organisation → where it stands under the letter, and whether it is listed there."""
    cells = (coalition.cells("Letters", title) for title in
             ("Organisation", "Standing", "We list it", "Signed as"))  # fmt: skip
    return {str(name): tuple(rest) for name, *rest in zip(*cells, strict=True)}


def test_a_member_opts_in_by_a_question(by_question) -> None:
    by_question.form("Alder", **{QUESTION: "Yes"})
    by_question.form("Birch", **{QUESTION: "No"})
    by_question.form("Cedar", **{QUESTION: "Yes"}, authorised="")
    by_question.run(DAY)
    assert lines(by_question) == {
        "Alder": ("signed", "no", "member"),
        "Cedar": ("pending", "no", "not a member"),
    }
    assert by_question.members() == {"Alder", "Birch"}
    assert by_question.cells("Who has signed", "Letters") == ["Letter to the ministers", None, None]


def test_a_letter_has_its_own_list(by_question) -> None:
    by_question.form("Alder", **{QUESTION: "Yes"})
    by_question.form("Birch", **{QUESTION: "Yes"}, list_us="No")
    by_question.run(DAY)
    by_question.decide("Alder", "list")
    by_question.run("2026-03-11")
    assert lines(by_question)["Alder"][:2] == ("signed", "yes")
    assert lines(by_question)["Birch"][:2] == ("signed", "no")
    assert "did not allow it" in by_question.cells("Letters", "Why not listed")[1]


def test_whoever_signs_only_a_letter_is_no_member(by_form) -> None:
    by_form.form("Alder")
    by_form.form("Dune", letter="ministers")
    by_form.form("Alder", letter="ministers")
    by_form.run(DAY)
    assert by_form.standings() == {"Alder": "member", "Dune": "none"}
    assert {name: line[0] for name, line in lines(by_form).items()} == {
        "Alder": "signed", "Dune": "signed",
    }  # fmt: skip
    assert by_form.result.letters[0].counts(dt.date(2026, 3, 10))["gross"] == 2
    assert len(by_form.result.every_form) == 3
    assert len({*by_form.result.every_form["key"]}) == 3


def test_a_letter_only_signer_is_listed_under_it_with_a_yes(by_form) -> None:
    by_form.form("Dune", letter="ministers")
    by_form.run(DAY)
    by_form.decide("Dune", "list", what="listed")
    by_form.run("2026-03-11")
    assert lines(by_form)["Dune"][:2] == ("signed", "yes")
    assert by_form.listed() == set()


def test_leaving_the_coalition_takes_the_name_off_the_letter(by_form) -> None:
    by_form.form("Alder")
    by_form.form("Alder", letter="ministers")
    by_form.run(DAY)
    by_form.decide("Alder", "list")
    by_form.run("2026-03-11")
    assert lines(by_form)["Alder"][:2] == ("signed", "yes")
    by_form.change("Alder", "withdraw")
    by_form.run("2026-03-12")
    assert lines(by_form)["Alder"][:2] == ("signed", "no")


def test_withdrawing_from_a_letter_leaves_the_membership(by_form) -> None:
    by_form.form("Alder")
    by_form.form("Alder", letter="ministers")
    by_form.run(DAY)
    by_form.form("Alder", letter="ministers", on="2026-03-11 10:00:00", request="Withdraw")
    by_form.run("2026-03-12")
    by_form.decide("Alder", "withdraw", what="withdraw: Letter")
    by_form.run("2026-03-13")
    assert lines(by_form)["Alder"][0] == "withdrawn"
    assert by_form.standing("Alder") == "member"
    counts = by_form.result.letters[0].counts(dt.date(2026, 3, 13))
    assert (counts["gross"], counts["withdrawn"], counts["signed"]) == (1, 1, 0)


def test_whoever_withdraws_by_the_main_form_means_its_letters_too(found_coalition) -> None:
    coalition = found_coalition(verified=True)
    coalition.statements = (STATEMENT, letter())
    coalition.form("Alder", **{QUESTION: "Yes"})
    coalition.run(DAY)
    coalition.form("Alder", on="2026-03-11 10:00:00", request="Withdraw")
    coalition.run("2026-03-12")
    assert lines(coalition)["Alder"][0] == "withdrawn"


def test_deadlines_of_a_letter_in_the_coalitions_time(by_form) -> None:
    closes = dt.datetime(2026, 3, 8, 18, 0)  # noqa: DTZ001 - the coalition's zone counts
    by_form.statements = (STATEMENT, letter(sign_by=dt.date(2026, 3, 5), closes=closes,
                                            question="Do you agree to the statement?"))  # fmt: skip
    by_form.form("Alder", letter="ministers", on="2026-03-05 23:59:59")
    by_form.form("Birch", letter="ministers", on="2026-03-06 00:00:00")
    by_form.form("Cedar", letter="ministers", on="2026-03-08 17:59:59")
    by_form.form("Dune", letter="ministers", on="2026-03-08 18:00:00")
    by_form.form("Elder")
    by_form.run(DAY)
    assert [name for name, line in lines(by_form).items() if line[0] == "signed"] == [
        "Alder", "Birch", "Cedar",
    ]  # fmt: skip
    forms = by_form.result.letters[0].own_forms.set_index("organisation")
    assert ["late" in labels for labels in forms["labels"]] == [False, True, True, True]
    assert list(forms["outcome"]) == ["accepted", "accepted", "accepted", "hold"]
    assert by_form.matters("Dune")[0].suggestion == "not accepted"


def test_a_moment_with_a_zone_of_its_own(by_form) -> None:
    closes = dt.datetime(2026, 3, 8, 18, 0, tzinfo=dt.timezone(dt.timedelta(hours=3)))
    by_form.statements = (STATEMENT, letter(closes=closes))
    by_form.form("Alder", letter="ministers", on="2026-03-08 14:59:59")
    by_form.form("Birch", letter="ministers", on="2026-03-08 15:00:00")
    by_form.form("Elder")
    by_form.run(DAY)
    assert list(by_form.result.letters[0].own_forms["late"]) == ["", "closed"]


def test_opting_in_after_the_closing_is_late(by_question) -> None:
    by_question.statements = (STATEMENT, letter(closes=dt.date(2026, 3, 1)))
    by_question.form("Alder", **{QUESTION: "Yes"})
    by_question.run(DAY)
    assert lines(by_question)["Alder"][0] == "late"
    assert by_question.standing("Alder") == "member"


def test_a_draft_of_a_letter_takes_no_signatures(by_question) -> None:
    by_question.statements = (STATEMENT, letter(state="out for comment", adopted_on=None))
    by_question.form("Alder", **{QUESTION: "Yes"})
    by_question.run(DAY)
    assert lines(by_question) == {}


def test_a_letter_that_nothing_asks_for_is_something_to_fix(coalition) -> None:
    coalition.statements = (STATEMENT, letter())
    coalition.form("Alder")
    coalition.run(DAY)
    assert any("no question asks for the letter" in p.problem for p in coalition.result.problems)


def test_individuals_are_counted_apart(by_form) -> None:
    by_form.form("Alder")
    by_form.form("Rosa Quill", letter="ministers", signing_as="individual")
    by_form.form("Dune", letter="ministers")
    by_form.run(DAY)
    counts = by_form.result.letters[0].counts(dt.date(2026, 3, 10))
    assert (counts["signed"], counts["individuals"]) == (1, 1)


def test_an_opt_in_that_vanished_stays_signed(by_question) -> None:
    for name in ("Alder", "Birch", "Cedar", "Dune", "Elder", "Fern"):
        by_question.form(name, **{QUESTION: "Yes"})
    by_question.run(DAY)
    by_question.forms = [f for f in by_question.forms if f["organisation"] != "Alder"]
    by_question.run("2026-03-11")
    assert "Alder" in {m.organisation for m in by_question.result.matters if m.kind == "vanished"}
    stands = by_question.result.letters[0].stands(by_question.id("Alder"), dt.date(2026, 3, 11))
    assert stands[0] == "signed"


def test_a_letter_whose_list_vanishes_stops_the_run(by_form) -> None:
    from config.errors import BadData

    by_form.form("Elder")
    for n in range(6):
        by_form.form(f"Signer {n}", letter="ministers")
    by_form.run(DAY)
    by_form.letter_forms["ministers"] = []
    with pytest.raises(BadData, match="6 of 6"):
        by_form.run("2026-03-11")
