"""Rules that look at more than one form."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from pipeline.check import judge
from pipeline.rules.model import Forms

LATER = {"repeat": True, "repeat_key": "s-0"}


@pytest.mark.parametrize(
    ("before", "after", "evidence"),
    [
        ({}, {}, None),
        ({}, {"list_us": "no"}, "List us: no (was: yes)"),
        ({}, {"list_us": ""}, None),
        ({"use_our_logo": ""}, {"use_our_logo": "yes"}, "Use our logo: yes (was: –)"),
        ({}, {"contact": "Bo", "signatory": "Bo Lind", "role": "Treasurer"}, None),
        (
            {},
            {"email": "bo@riverwatch.example.org", "agrees_peace": "no"},
            "We act peacefully: no (was: yes)",
        ),
        ({}, {"list_us": "no", "trusted": True}, None),
        ({}, {"list_us": "no", "repeat": False, "repeat_key": ""}, None),
        ({}, {"list_us": "no", "request": "correct"}, None),
    ],
)
def test_a_later_form_changes_nothing_by_itself(
    before: dict[str, object],
    after: dict[str, object],
    evidence: str | None,
    forms_of: Callable[..., Forms],
) -> None:
    found = judge(forms_of([before, {**LATER, **after}]), {}).frame
    held = found.loc[found["code"] == "S402", "evidence"]
    assert list(held) == ([] if evidence is None else [evidence])


def test_an_earlier_form_that_vanished_makes_every_answer_new(
    forms_of: Callable[..., Forms],
) -> None:
    found = judge(forms_of([{"repeat": True, "repeat_key": "s-gone"}]), {}).frame
    assert "List us: yes (was: –)" in found.set_index("code").loc["S402", "evidence"]


def _flood(minutes: list[float], **answers: str) -> list[dict[str, object]]:
    start = pd.Timestamp("2026-05-01 10:00", tz="UTC")
    return [
        {"organisation": f"House {n}", "received": start + pd.Timedelta(minutes=minute), **answers}
        for n, minute in enumerate(minutes)
    ]


@pytest.mark.parametrize(
    ("minutes", "held"),
    [
        ([0, 1, 2, 3], []),
        ([0, 1, 2, 3, 4], [0, 1, 2, 3, 4]),
        ([0, 2, 5, 8, 10], [0, 1, 2, 3, 4]),
        ([0, 2, 5, 8, 10.1], []),
        ([0, 60, 61, 62, 63, 64, 200], [1, 2, 3, 4, 5]),
        ([0, 0, 0, 0, 0], [0, 1, 2, 3, 4]),
        ([64, 0, 62, 61, 63, 60], [0, 2, 3, 4, 5]),
    ],
)
def test_five_forms_alike_in_ten_minutes_are_held_together(
    minutes: list[float], held: list[int], forms_of: Callable[..., Forms]
) -> None:
    found = judge(forms_of(_flood(minutes)), {}).frame
    assert list(found.loc[found["code"] == "S703", "at"]) == held


def test_a_flood_may_come_from_many_addresses_with_one_signatory(
    forms_of: Callable[..., Forms],
) -> None:
    rows = _flood([0, 1, 2, 3, 4])
    apart = [{**row, "email": f"a{n}@riverwatch.example.org"} for n, row in enumerate(rows)]
    strangers = [{**row, "signatory": f"Ana {n}"} for n, row in enumerate(apart)]
    found = judge(forms_of(apart), {}).frame
    assert list(found["code"]) == ["S703"] * 5
    assert set(found["evidence"]) == {
        "5 forms alike with one signatory on 2026-05-01 (Ana Ferreira)"
    }
    assert judge(forms_of(strangers), {}).frame.empty


def test_one_person_may_act_for_several_different_organisations(
    forms_of: Callable[..., Forms],
) -> None:
    rows = [{**row, "kind": f"kind {n}"} for n, row in enumerate(_flood([0, 1, 2, 3, 4]))]
    assert set(judge(forms_of(rows), {}).frame["code"]) == {"S410"}


def test_the_others_that_a_person_signs_for_are_named_three_of_them(
    forms_of: Callable[..., Forms],
) -> None:
    rows = [{**row, "kind": f"kind {n}"} for n, row in enumerate(_flood([0, 1, 2, 3, 4]))]
    told = list(judge(forms_of(rows), {}).frame["evidence"])
    assert told[0] == "Also signs for: House 1; House 2; House 3; 1 more"
    assert told[4] == "Also signs for: House 0; House 1; House 2; 1 more"


def test_two_bursts_are_told_apart_and_each_has_one_text(forms_of: Callable[..., Forms]) -> None:
    early, late = _flood([0, 1, 2, 3, 4]), _flood([60, 61, 62, 63, 64, 65])
    mixed = [row for pair in zip(late, early, strict=False) for row in pair] + late[5:]
    found = judge(forms_of(mixed), {}).frame
    told = found.loc[found["code"] == "S703", "evidence"].value_counts()
    assert dict(told) == {
        "5 forms alike from one address on 2026-05-01 (ana@riverwatch.example.org)": 5,
        "6 forms alike from one address on 2026-05-01 (ana@riverwatch.example.org)": 6,
    }


def test_of_two_bursts_the_larger_is_told_to_all_in_it(forms_of: Callable[..., Forms]) -> None:
    rows = _flood([0, 1, 2, 3, 4, 5])
    rows[2]["email"] = "bo@riverwatch.example.org"
    found = judge(forms_of(rows), {}).frame
    assert set(found.loc[found["code"] == "S703", "evidence"]) == {
        "6 forms alike with one signatory on 2026-05-01 (Ana Ferreira)"
    }


WORDS = "We keep the river clean together."


def _handed_round(minutes: list[float], **answers: str) -> list[dict[str, object]]:
    """The same words from different organisations, senders and signatories."""
    return [
        {**row, "email": f"office@house{n}.example.org", "website": "", "signatory": f"Ana {n} Sá",
         "already_doing": WORDS, "kind": f"kind {n}", **answers}
        for n, row in enumerate(_flood(minutes))
    ]  # fmt: skip


def _said_together(rows: list[dict[str, object]], forms_of: Callable[..., Forms]) -> list[str]:
    found = judge(forms_of(rows), {}).frame
    return list(found.loc[found["code"] == "S705", "evidence"])


@pytest.mark.parametrize(
    ("minutes", "held"),
    [
        ([0, 1, 2, 3], 0),
        ([0, 2, 5, 8, 10], 5),
        ([0, 2, 5, 8, 10.1], 0),
        ([8, 0, 10, 2, 5, 99], 5),
    ],
)
def test_the_same_words_from_five_organisations_are_held_together(
    minutes: list[float], held: int, forms_of: Callable[..., Forms]
) -> None:
    told = _said_together(_handed_round(minutes), forms_of)
    assert told == [
        f"5 organisations sent the same words on 2026-05-01: “{WORDS}”"
    ] * held  # fmt: skip


@pytest.mark.parametrize("field", ["already_doing", "worth_your_time", "reservations"])
def test_any_longer_answer_in_own_words_counts(field: str, forms_of: Callable[..., Forms]) -> None:
    rows = _handed_round([0, 1, 2, 3, 4], **{"already_doing": "", field: WORDS.upper()})
    assert len(_said_together(rows, forms_of)) == 5


@pytest.mark.parametrize(
    "alike",
    [
        {"email": "a@house.example.org"},
        {"organisation": "House"},
        {"already_doing": "Nothing yet."},
        {"signing_as": "individual"},
        {"request": "withdraw"},
    ],
)
def test_what_is_not_several_organisations_with_the_same_longer_words(
    alike: dict[str, str], forms_of: Callable[..., Forms]
) -> None:
    assert _said_together(_handed_round([0, 1, 2, 3, 4], **alike), forms_of) == []


def test_an_address_that_changed_twice_is_told_with_the_one_before(
    forms_of: Callable[..., Forms],
) -> None:
    rows = [{"email": f"{who}@riverwatch.example.org"} for who in ("ana", "a.f", "ana")]
    found = judge(forms_of(rows), {}).frame
    assert list(found["evidence"]) == [
        "Email: a.f@riverwatch.example.org (was: ana@riverwatch.example.org)",
        "Email: ana@riverwatch.example.org (was: a.f@riverwatch.example.org)",
    ]


def test_forms_without_address_signatory_or_time_are_no_flood(
    forms_of: Callable[..., Forms],
) -> None:
    nameless = _flood([0, 1, 2, 3, 4], email="", signatory="")
    timeless = [{**row, "received": None} for row in _flood([0, 1, 2, 3, 4])]
    for rows in (nameless, timeless):
        assert "S703" not in set(judge(forms_of(rows), {}).frame["code"])
