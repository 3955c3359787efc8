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
            "We act peacefully.: no (was: yes)",
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
    assert set(found["evidence"]) == {"5 forms alike with one signatory at once"}
    assert judge(forms_of(strangers), {}).frame.empty


def test_one_person_may_act_for_several_different_organisations(
    forms_of: Callable[..., Forms],
) -> None:
    rows = [{**row, "kind": f"kind {n}"} for n, row in enumerate(_flood([0, 1, 2, 3, 4]))]
    assert judge(forms_of(rows), {}).frame.empty


def test_forms_without_address_signatory_or_time_are_no_flood(
    forms_of: Callable[..., Forms],
) -> None:
    nameless = _flood([0, 1, 2, 3, 4], email="", signatory="")
    timeless = [{**row, "received": None} for row in _flood([0, 1, 2, 3, 4])]
    for rows in (nameless, timeless):
        assert "S703" not in set(judge(forms_of(rows), {}).frame["code"])
