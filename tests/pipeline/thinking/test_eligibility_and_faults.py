"""Who may join, what a board's day means, and rules that fail, through whole runs."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from pipeline import check
from pipeline.checking import told
from pipeline.rules.registry import RULES
from pipeline.summary import summary_of


def warnings(ours) -> list[str]:
    return summary_of(ours.result, ours.known, 0)["warnings"]


def test_the_coalitions_own_rules_of_admission_are_asked(found_coalition) -> None:
    ours = found_coalition(eligibility={"kinds": ["Charity"], "smallest": 5})
    ours.form("River Watch", kind="Charity", size="12")
    ours.form("Dam Builders", kind="Company", size="12")
    ours.form("Two Friends", kind="Charity", size="2")
    ours.form("Rui Costa", kind="", size="", signing_as="individual")
    ours.run("2026-03-02")
    assert ours.outcomes() == ["accepted", "hold", "hold", "accepted"]
    assert ours.matter("Dam Builders").suggestion == "not accepted"
    assert ours.matter("Two Friends").suggestion == "ask them"
    assert ours.members() == {"River Watch"}


def test_nobody_is_asked_about_what_the_coalition_has_not_decided(coalition) -> None:
    coalition.form("Dam Builders", kind="", size="1", country="")
    coalition.run("2026-03-02")
    assert coalition.outcomes() == ["accepted"]
    assert warnings(coalition) == []


@pytest.fixture
def waiting(coalition):
    """A form whose board decides on 10 March, a week after it was sent."""
    coalition.form("Moor Circle", decided_by_board_on="2026-03-10")
    coalition.run("2026-03-02")
    return coalition


def test_a_boards_day_that_passes_lets_nobody_in(waiting) -> None:
    for day in ("2026-03-09", "2026-03-10", "2026-03-11", "2026-06-01"):
        waiting.run(day)
        assert waiting.outcomes() == ["hold"]
        assert waiting.members() == set()
    assert waiting.result.forms["rules"][0] == ("S212",)
    assert "nobody said what it decided" in waiting.matter("Moor Circle").why
    assert "waiting for us" in waiting.result.forms["labels"][0]


def test_who_was_accepted_before_its_boards_day_stays_so(waiting) -> None:
    waiting.decide("Moor Circle", "accept")
    for day in ("2026-03-09", "2026-03-10", "2026-06-01"):
        waiting.run(day)
        assert waiting.outcomes() == ["accepted"]
        assert waiting.open() == ["Moor Circle"]
        assert waiting.members() == {"Moor Circle"}


def failing(code: str, name: str):
    def find(forms) -> pd.Series:
        if (forms.frame["organisation"] == name).any():
            raise ZeroDivisionError(name)
        return pd.Series("", index=forms.frame.index, dtype=object)

    return tuple(replace(rule, find=find) if rule.code == code else rule for rule in RULES)


def test_a_rule_that_fails_holds_one_form_and_the_run_goes_on(coalition, monkeypatch) -> None:
    monkeypatch.setattr(check, "RULES", failing("S105", "Lake Guild"))
    for name in ("River Watch", "Lake Guild", "Hill Trust"):
        coalition.form(name)
    coalition.run("2026-03-02")
    assert coalition.outcomes() == ["accepted", "hold", "accepted"]
    assert "look at it yourself" in coalition.matter("Lake Guild").why
    (warning,) = warnings(coalition)
    assert warning.startswith("Not applied: S105, because it fails on 1 form (ZeroDivisionError, ")
    assert "report it" in warning
    assert "Lake Guild" not in warning

    coalition.decide("Lake Guild", "accept")
    coalition.run("2026-03-03")
    assert coalition.outcomes() == ["accepted"] * 3


def test_the_list_for_a_single_file_tells_what_failed_and_not_what_was_left_out() -> None:
    text = told(
        {
            "signons": [], "problems": [],
            "not_applied": [
                {"code": "S703", "why": "it fails on 3 forms", "failed": True},
                {"code": "S201", "why": "the form doesn't ask: Signatory", "failed": False},
            ],
        }
    )  # fmt: skip
    assert "Not applied: S703, because it fails on 3 forms." in text
    assert "S201" not in text
