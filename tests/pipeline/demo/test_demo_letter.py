"""Who signs the open letter to the five ministers, and what is said about the draft."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable

import pytest

from config.statement import load_statement
from config.tables import BY_NAME
from pipeline.demo.feedback import comments, feedback_csv
from pipeline.demo.forms import NO, YES, responses
from pipeline.demo.letter import LEFT, OPENED, SIGN_BY, letter_csv, letter_responses
from pipeline.demo.people import HERE, applicants, rows_of
from pipeline.demo.story import STAGES, TODAY

ALL = letter_responses(TODAY)
MEMBERS = {who.name: (at, who) for at, who in applicants()}
TROUBLES = {response.trouble: response for response in ALL if response.trouble}
PLAIN = [response for response in ALL if not response.trouble]


def test_about_thirty_members_sign_it_in_time_from_their_own_address() -> None:
    plain = [r for r in PLAIN if r.answers["organisation"] in MEMBERS and r.day <= SIGN_BY]
    names = [response.answers["organisation"] for response in plain]
    assert 25 <= len(names) == len(set(names)) <= 40
    assert not set(names) & LEFT
    for response in plain:
        received, who = MEMBERS[response.answers["organisation"]]
        assert received.date() < OPENED < response.day
        assert response.answers["email"] == who.email
        assert response.answers["agreement"] == YES


def test_three_that_are_no_members_sign_it_and_two_people() -> None:
    signed = {response.answers["organisation"] for response in responses(TODAY)}
    others = [r for r in ALL if r.answers["organisation"] not in signed]
    kinds = sorted(r.answers["signing_as"] for r in others)
    assert kinds == ["Individual"] * 2 + ["Organisation"] * 3


def test_two_are_late_and_one_comes_after_the_closing() -> None:
    late = [response for response in PLAIN if response.day > SIGN_BY]
    assert [r.day for r in late] == [dt.date(2026, 9, 17), dt.date(2026, 9, 22)]
    assert TROUBLES["after the closing"].at == "30/9/2026 18:04:51"


def test_one_signs_under_a_condition_and_one_takes_its_name_back() -> None:
    assert "provided that" in TROUBLES["conditional"].answers["reservations"]
    asks = TROUBLES["withdrawal from the letter"].answers
    (signed,) = [r for r in PLAIN if r.answers["organisation"] == asks["organisation"]]
    assert (asks["request"], asks["email"]) == ("Withdraw", signed.answers["email"])
    assert asks["organisation"] not in {
        r.answers["organisation"] for r in responses(TODAY) if r.answers["request"] == "Withdraw"
    }
    assert len(TROUBLES) == 3


def table(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def test_its_form_asks_few_questions_and_every_cell_has_one() -> None:
    header, *rows = table(letter_csv(TODAY))
    assert len(header) == len(set(header)) == 12
    assert len(rows) == len(ALL)
    assert {len(row) for row in rows} == {12}
    assert {row[2] for row in rows} == {"Sign", "Withdraw"}
    assert {cell for row in rows for cell in (row[8], row[11])} <= {YES, NO, ""}


@pytest.mark.parametrize("content", [letter_csv, feedback_csv])
def test_an_earlier_day_holds_the_beginning_of_the_later_one(
    content: Callable[[dt.date], bytes],
) -> None:
    whole = table(content(TODAY))
    for stage in STAGES:
        early = table(content(stage.day))
        assert whole[: len(early)] == early
    assert len(table(content(dt.date(2026, 5, 1)))) == 1


def test_twelve_comments_on_clauses_that_the_draft_has() -> None:
    draft = load_statement(HERE / "statements" / "main").drafts[0]
    clauses = {point.id for point in draft.points} | {"Whole text"}
    said = comments(TODAY)
    assert len(said) == 12
    choices = BY_NAME["statement_feedback"].column("would_sign").choices
    assert {row["Would sign"] for row in said} == set(choices)
    signed = {response.answers["organisation"] for response in responses(TODAY)}
    for row in said:
        assert row["Clause"] in clauses
        assert row["Organisation"] in signed
        assert row["Comment"]


def test_some_are_answered_and_two_red_lines_are_open() -> None:
    answered = rows_of(HERE / "tabs" / "statement_feedback.csv")
    key = ("Organisation", "Clause", "Comment")
    settled = {tuple(row[title] for title in key) for row in answered if row["Settled in draft"]}
    said = {tuple(row[title] for title in key): row["Would sign"] for row in comments(TODAY)}
    assert {tuple(row[title] for title in key) for row in answered} <= said.keys()
    assert (len(answered), len(settled)) == (5, 4)
    red = {k: word for k, word in said.items() if word != "as is" and k not in settled}
    assert list(red.values()) == ["no", "no"]
