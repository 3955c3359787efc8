"""The scores, against values worked out by hand."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def scores(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT)
    from benchmarks.names import scores

    return scores


def test_pairs_are_counted_by_hand(scores: ModuleType) -> None:
    """Six true pairs (four 0s); found are {0,0}, {0,0,1}: four pairs, two of them right."""
    truth, found = np.array([0, 0, 0, 0, 1]), np.array([7, 7, 8, 8, 8])
    score = scores.pairwise(truth, found)
    assert (score.precision, score.recall) == (2 / 4, 2 / 6)
    assert score.f1 == pytest.approx(2 * 2 / (4 + 6))


def test_b_cubed_is_an_average_over_rows(scores: ModuleType) -> None:
    """Precision of the rows: 1, 1, 2/3, 2/3, 1/3; recall: 1/2 four times, then 1."""
    truth, found = np.array([0, 0, 0, 0, 1]), np.array([7, 7, 8, 8, 8])
    score = scores.b_cubed(truth, found)
    assert score.precision == pytest.approx((1 + 1 + 2 / 3 + 2 / 3 + 1 / 3) / 5)
    assert score.recall == pytest.approx((4 * 1 / 2 + 1) / 5)


def test_what_is_the_same_scores_one_whatever_it_is_called(scores: ModuleType) -> None:
    truth, found = np.array([3, 3, 1, 2, 2]), np.array([0, 0, 5, 9, 9])
    for measure in (scores.pairwise, scores.b_cubed):
        assert measure(truth, found).as_dict() == {"precision": 1, "recall": 1, "f1": 1}


def test_nobody_joined_is_precise_and_finds_nothing(scores: ModuleType) -> None:
    alone = scores.pairwise(np.array([0, 0, 1]), np.arange(3))
    assert (alone.precision, alone.recall, alone.f1) == (1, 0, 0)
    assert scores.b_cubed(np.array([0, 0, 1]), np.arange(3)).recall == pytest.approx(2 / 3)
    assert scores.pairwise(np.array([], dtype=int), np.array([], dtype=int)).f1 == 1


def test_labelled_pairs(scores: ModuleType) -> None:
    same = np.array([True, True, True, False, False])
    joined = np.array([True, False, True, True, False])
    score = scores.labelled(same, joined)
    assert (score.precision, score.recall) == (2 / 3, 2 / 3)


def test_it_agrees_with_counting_every_pair(scores: ModuleType) -> None:
    chance = np.random.default_rng(4)
    truth, found = chance.integers(0, 9, 80), chance.integers(0, 12, 80)
    one, other = np.triu_indices(80, 1)
    slow = scores.labelled(truth[one] == truth[other], found[one] == found[other])
    assert scores.pairwise(truth, found) == slow
