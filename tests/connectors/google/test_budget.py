"""No minute holds more requests than Google allows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import Temporary
from connectors.google.budget import ALLOWED, WINDOW, Budget, kind_of
from connectors.google.pace import Pace

GOOGLES = {"sheets read": 60, "sheets write": 60, "forms read": 390, "forms responses": 180}


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def pace(self, deadline: float = 1e9) -> Pace:
        return Pace(lambda: self.now, self.sleep, lambda: 0.5, deadline)

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.now += seconds


@given(st.lists(st.floats(0, 30), min_size=150, max_size=150))
def test_no_minute_holds_more_than_allowed(gaps: list[float]) -> None:
    clock = Clock()
    budget, moments = Budget(clock.pace()), []
    for gap in gaps:
        clock.now += gap / 10
        budget.take("sheets read")
        moments.append(clock.now)
    for first, later in zip(moments, moments[ALLOWED["sheets read"] :], strict=False):
        assert later - first >= WINDOW - 1e-6


@pytest.mark.parametrize("kind", GOOGLES)
def test_it_stays_below_what_google_allows(kind: str) -> None:
    clock = Clock()
    budget = Budget(clock.pace())
    for _ in range(ALLOWED[kind]):
        budget.take(kind)
    assert clock.now == 1000.0
    assert 0.8 * GOOGLES[kind] < ALLOWED[kind] < GOOGLES[kind]
    budget.take(kind)
    assert clock.now == 1060.0


def test_reads_and_writes_are_counted_apart() -> None:
    clock = Clock()
    budget = Budget(clock.pace())
    for _ in range(50):
        budget.take("sheets read")
        budget.take("sheets write")
    assert clock.now == 1000.0


def test_a_wait_beyond_the_deadline_is_not_begun() -> None:
    clock = Clock()
    budget = Budget(clock.pace(deadline=1030.0))
    for _ in range(ALLOWED["sheets read"]):
        budget.take("sheets read")
    with pytest.raises(Temporary, match="so many requests a minute") as caught:
        budget.take("sheets read")
    assert caught.value.exit_code == 75
    assert clock.now == 1000.0


@pytest.mark.parametrize(
    ("method", "url", "kind"),
    [
        ("get", "https://sheets.googleapis.com/v4/spreadsheets/x", "sheets read"),
        ("POST", "https://sheets.googleapis.com/v4/spreadsheets/x:batchUpdate", "sheets write"),
        ("get", "https://forms.googleapis.com/v1/forms/x", "forms read"),
        ("get", "https://forms.googleapis.com/v1/forms/x/responses", "forms responses"),
        ("get", "https://www.googleapis.com/drive/v3/files", "other"),
    ],
)
def test_which_allowance_a_request_counts_against(method: str, url: str, kind: str) -> None:
    assert kind_of(method, url) == kind
