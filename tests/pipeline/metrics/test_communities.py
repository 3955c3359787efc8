"""C10 to C12: shown only where no figure points at few."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from pipeline.metrics.communities import C10, C11, C12, declared
from pipeline.metrics.registry import compute

WORKED = {
    "C10": "test_shares_are_shown_when_every_cell_is_large",
    "C11": "test_small_communities_are_counted_together_and_never_named",
    "C12": "test_shares_are_shown_when_every_cell_is_large",
}
WITHOUT = dict.fromkeys(WORKED, "test_no_answer_at_all_is_no_data")
TOO_FEW = "no data because there are too few to show without pointing at somebody"


def coalition(context: Callable[..., Any], *groups: tuple[int, str]) -> Any:
    """A coalition of so many members per answer."""
    answers = [answer for number, answer in groups for _ in range(number)]
    rows = [f"Group {n} | {answer}" for n, answer in enumerate(answers)]
    return context(organisations="\n".join(["name | communities", *rows]))


def test_shares_are_shown_when_every_cell_is_large(context: Callable[..., Any]) -> None:
    given = coalition(
        context, (12, "Elders"), (5, "Youth"), (8, "youth; Rural"), (4, "Rural"), (10, ""),
        (3, "Prefer not to say"),
    )  # fmt: skip
    values = compute(given)
    shares, undeclared = values["C10"], values["C12"]
    assert (shares.numerator, shares.denominator) == (29, 42)
    assert shares.details == (("Elders", 12.0), ("Rural", 12.0), ("Youth", 13.0))
    assert (undeclared.numerator, undeclared.denominator) == (13, 42)
    assert values["C11"].value == 0


@pytest.mark.parametrize(
    "groups",
    [
        pytest.param([(12, "Elders"), (9, "Youth"), (12, "Rural"), (10, "")], id="a cell of nine"),
        pytest.param([(19, "Elders"), (9, "Elders; Youth"), (2, "Youth"), (10, "")], id="few else"),
        pytest.param([(10, "Elders"), (10, "Youth"), (9, "")], id="few undeclared"),
    ],
)  # fmt: skip
def test_one_small_cell_silences_all_shares(
    context: Callable[..., Any], groups: list[tuple[int, str]]
) -> None:
    value = compute(coalition(context, *groups))["C10"]
    assert (value.value, value.why, value.details) == (None, TOO_FEW, ())


def test_small_communities_are_counted_together_and_never_named(
    context: Callable[..., Any],
) -> None:
    given = coalition(context, (12, "Elders"), (6, "Youth"), (5, "Rural"), (10, ""))
    value = compute(given)["C11"]
    assert (value.value, value.details) == (2, ())


@pytest.mark.parametrize(
    "groups",
    [
        pytest.param([(12, "Elders"), (9, "Youth")], id="nine in small communities"),
        pytest.param([(9, "Elders"), (9, "Youth")], id="nobody in a large one"),
        pytest.param([(9, "Elders")], id="nine answers"),
    ],
)
def test_few_in_small_communities_are_not_shown(
    context: Callable[..., Any], groups: list[tuple[int, str]]
) -> None:
    assert compute(coalition(context, *groups, (30, "")))["C11"].why == TOO_FEW


@pytest.mark.parametrize(("said", "silent"), [(9, 30), (30, 9)])
def test_a_small_rest_hides_the_undeclared_rate(
    context: Callable[..., Any], said: int, silent: int
) -> None:
    value = compute(coalition(context, (said, "Elders"), (silent, "")))["C12"]
    assert (value.value, value.why) == (None, TOO_FEW)


@pytest.mark.parametrize("code", ["C10", "C11", "C12"])
def test_no_answer_at_all_is_no_data(context: Callable[..., Any], code: str) -> None:
    value = compute(coalition(context, (30, ""), (3, "keine Angabe")))[code]
    assert value.value is None
    assert value.why == "no data because no member has answered the question about communities"


ANSWERS = st.sampled_from(["", "Elders", "Youth", "Elders; Youth", "Rural", "prefer not to say"])


@drawn(groups=st.lists(st.tuples(st.integers(0, 25), ANSWERS), max_size=6))
def test_whatever_is_shown_points_at_nobody(
    context: Callable[..., Any], groups: list[tuple[int, str]]
) -> None:
    given = coalition(context, *groups)
    answered, everybody = declared(given).index.nunique(), len(given.organisations)
    values = compute(given, [replace(metric, comes=None) for metric in (C10, C11, C12)])
    if values["C10"].value is not None:
        cells = [n for _, n in values["C10"].details]
        assert min([answered, everybody - answered, *cells]) >= 10
        assert all(answered - n >= 10 for n in cells)
    if values["C12"].value is not None:
        assert min(answered, everybody - answered) >= 10
    assert values["C11"].value is None or answered >= 10
