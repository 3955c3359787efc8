"""The responses of the invented coalition: mostly in good order, and every kind of trouble."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections import Counter

import pytest

from config.text import clean
from pipeline.demo.forms import (
    BRANCHES_FROM,
    FOUR_LANGUAGES_FROM,
    NO,
    REFERRAL_FROM,
    YES,
    Response,
    csv_bytes,
    points,
    questions,
    responses,
)
from pipeline.demo.people import applicants, pick
from pipeline.demo.renewals import ADOPTED, LAST
from pipeline.demo.story import STAGES, TODAY

ALL = responses(TODAY)
TROUBLES = {response.trouble: response for response in ALL if response.trouble}


def rows(day: dt.date = TODAY) -> list[list[str]]:
    return list(csv.reader(io.StringIO(csv_bytes(day).decode(), newline="")))


def named(name: str) -> Response:
    return next(r for r in ALL if clean(r.answers["organisation"]) == name)


def test_there_are_nearly_200_and_six_in_seven_are_in_good_order() -> None:
    assert 185 <= len(ALL) <= 200
    healthy = [response for response in ALL if not response.trouble]
    assert len(healthy) / len(ALL) >= 0.85
    may_be_listed = [r for r in healthy if r.answers["list_us"] in ("Yes", YES)]
    assert len(may_be_listed) / len(ALL) >= 0.85


def test_every_kind_of_trouble_comes_once() -> None:
    kinds = Counter(response.trouble for response in ALL if response.trouble)
    assert set(kinds.values()) == {1}
    assert len(kinds) == 23


def test_they_come_from_the_whole_year_in_four_languages() -> None:
    assert {r.answers["language"] for r in ALL} == {"English", "Español", "Français", "Deutsch"}
    assert (ALL[0].day, ALL[-1].day) == (dt.date(2025, 10, 1), dt.date(2026, 10, 11))
    each_stage = [len(responses(stage.day)) for stage in STAGES]
    assert each_stage == sorted(set(each_stage))
    assert each_stage[:2] == [5, 26]
    assert 5 <= each_stage[-1] - each_stage[-2] <= 10


def test_all_but_two_confirmed_the_second_version_in_time() -> None:
    before = {who.name: who for at, who in applicants() if at.date() < ADOPTED}
    assert len(before) == 30
    again: dict[str, list[Response]] = {name: [] for name in before}
    for response in ALL:
        if response.answers["organisation"] in again and not response.trouble:
            again[response.answers["organisation"]].append(response)
    for name, (first, *later) in again.items():
        assert first.answers.get("agrees_pol2") is None
        assert len(later) == (name != "Escuelas por el Agua de Villasarra")
        for response in later:
            assert response.answers["email"] == before[name].email
            assert response.answers["agrees_pol2"] in ("Yes", YES)
    days = sorted(later[0].day for _, *later in again.values() if later)
    assert days[0] >= dt.date(2025, 11, 10)
    assert [day for day in days if day > LAST] == [dt.date(2026, 1, 11), dt.date(2026, 2, 17)]
    assert len({(r.at.partition(" ")[2]) for _, *later in again.values() for r in later}) == 29
    assert max(Counter(days).values()) <= 4


def test_the_second_policy_is_blank_before_it_was_adopted_and_answered_since() -> None:
    for response in ALL:
        joins = response.answers["request"] == "Join"
        answered = bool(response.answers.get("agrees_pol2"))
        assert answered == (response.day >= ADOPTED and (joins or response.trouble == "correction"))


def test_names_come_in_other_scripts_too() -> None:
    letters = "".join(name for r in ALL for name in r.answers["organisation"])
    for script in ("и", "ς", "ن", "ד", "河", "ı", "ą", "🐟"):
        assert script in letters


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.day.isoformat())
def test_an_earlier_day_holds_the_beginning_of_the_later_one(stage: object) -> None:
    early = rows(stage.day)  # type: ignore[attr-defined]
    assert rows()[: len(early)] == early


def test_times_stand_as_in_the_linked_sheet_but_for_two() -> None:
    shape = re.compile(r"\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d:\d\d")
    odd = [response.at for response in ALL if not shape.fullmatch(response.at)]
    assert sorted(odd) == ["", "next week"]
    assert re.match(r"\d/1/2026 |\d\d/1/2026 ", named("Pozas Limpias").at)


def test_a_question_is_repeated_and_a_header_is_empty() -> None:
    header, *body = rows()
    parent = questions()["parent"]
    first, again = (at for at, title in enumerate(header) if title == parent)
    assert {len(row) for row in body} == {len(header)}
    filled = [(bool(row[first]), bool(row[again])) for row in body if row[first] or row[again]]
    assert (True, False) in filled
    assert (False, True) in filled
    assert (True, True) not in filled
    assert header[-1] == ""
    assert sum(bool(row[-1]) for row in body) == 2


def test_chapters_use_the_second_question_since_it_is_there() -> None:
    first = rows()[0].index(questions()["parent"])
    days = [response.day for response in ALL]
    with_first = [day for day, row in zip(days, rows()[1:], strict=True) if row[first]]
    assert max(with_first) < BRANCHES_FROM


def test_the_form_was_in_english_before_it_was_in_four_languages() -> None:
    for response in ALL:
        words = {response.answers.get(field, "") for field in ("agreement", "list_us", *points())}
        english = response.day < FOUR_LANGUAGES_FROM
        assert words <= ({"Yes", "No", ""} if english else {YES, NO, ""})


def test_a_question_was_added_half_way() -> None:
    told = [response.day for response in ALL if response.answers.get("referred_by")]
    assert min(told) >= REFERRAL_FROM
    assert len(told) > 50


def test_ticked_options_have_commas_and_are_joined_with_commas() -> None:
    sectors = [response.answers.get("sector", "") for response in ALL]
    assert "Fishing, boats and swimming, Law, rights and democracy" in sectors


def test_two_rows_are_the_same_to_the_letter() -> None:
    twice = [row for row, times in Counter(map(tuple, rows()[1:])).items() if times > 1]
    assert len(twice) == 1
    assert "Les Lavandières du Vieux Lavoir" in twice[0]


def test_what_is_odd_is_there_as_it_was_typed() -> None:
    raw = {response.answers["organisation"] for response in ALL}
    assert "Collectif\u00a0Berges et\u00a0Brumes\u00a0" in raw
    assert "<b>Bold</b> Rivers & Streams" in raw
    assert "=SUM(1+9) Rivers Art Collective" in raw
    assert "Protest Choir Against the Tolvane Dam" in raw
    assert {"FRIENDS OF THE MIRESK", "Friends of the Miresk"} <= raw
    assert {"Bürgerinitiative Lirathtal e.V.", "Bürgerinitiative Lirathtal"} <= raw
    reservations = named("Reed Cutters of the Level").answers["reservations"]
    assert reservations == "We support this without reservation."


def test_each_trouble_is_what_it_says() -> None:
    told = {name: response.answers for name, response in TROUBLES.items()}
    assert told["chapter, parent's approval missing"]["parent_approval"] == ""
    assert told["chapter that cannot act by itself"]["acts_autonomously"] == NO
    assert told["individual"]["signing_as"] == "Individual"
    assert "subject to" in told["conditional"]["reservations"]
    assert told["blank principle"]["agrees_p4"] == ""
    assert told["no to a principle"]["agrees_p3"] == NO
    assert told["not authorised"]["authorised"] == NO
    assert told["missing signatory"]["signatory"] == ""
    assert told["board decides later"]["decided_by_board_on"] == "16/10/2026"
    assert told["correction"]["request"] == "Correct"
    stranger = told["changes consents in a member's name"]
    member = named(stranger["organisation"]).answers
    assert (stranger["list_us"], stranger["use_our_logo"]) == (NO, YES)
    assert (member["list_us"], member["use_our_logo"]) == ("Yes", "No")
    assert stranger["email"].partition("@")[2] not in member["website"]
    assert "[test]" in told["test"]["organisation"]
    assert len(named("Philosophischer Salon am Ufer").answers["reservations"]) > 10_000
    assert TROUBLES["typed by hand, no timestamp"].at == ""
    assert TROUBLES["unreadable timestamp"].at == "next week"


def test_one_withdrawal_comes_from_the_signatory_and_one_from_a_stranger() -> None:
    for trouble, own in (("angry withdrawal", True), ("withdrawal from an unknown address", False)):
        asks = TROUBLES[trouble].answers
        joined = named(asks["organisation"]).answers
        assert asks["request"] == "Withdraw"
        assert joined["request"] == "Join"
        assert (asks["email"] == joined["email"]) is own


def test_who_signs_cleanly_signs_once_and_under_an_address_of_its_own() -> None:
    names = [who.name for _, who in applicants()]
    addresses = [who.email for _, who in applicants()]
    websites = [who.website for _, who in applicants() if who.website]
    for several in (names, addresses, websites):
        assert len(several) == len(set(several))
    for _, who in applicants():
        assert who.parent == "" or who.parent in names


def test_a_pick_depends_on_its_words_alone() -> None:
    assert pick("abc", "x", "y") == pick("abc", "x", "y")
    assert {pick("abc", str(seed)) for seed in range(30)} == set("abc")
