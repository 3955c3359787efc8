"""How right clusters are: from counts per cell, never from pair to pair."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np


@dataclass(frozen=True)
class Score:
    """Precision, recall and their harmonic mean; a share of nothing is 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def as_dict(self) -> dict[str, float]:
        return {**asdict(self), "f1": self.f1}


def pairwise(truth: np.ndarray, found: np.ndarray) -> Score:
    """Of the pairs in one cluster: how many belong together, and how many of those were found."""
    cell, true, guess, _ = _cells(truth, found)
    return score(_pairs(cell), _pairs(guess), _pairs(true))


def b_cubed(truth: np.ndarray, found: np.ndarray) -> Score:
    """The same for each row and its own cluster, on average over all rows."""
    cell, true, guess, (of_true, of_guess) = _cells(truth, found)
    if not len(truth):
        return Score(1.0, 1.0)
    square = cell.astype(float) ** 2
    return Score(
        float((square / guess[of_guess]).sum() / len(truth)),
        float((square / true[of_true]).sum() / len(truth)),
    )


def labelled(same: np.ndarray, joined: np.ndarray) -> Score:
    """The same for pairs that are labelled one by one; both bool."""
    right = int((same & joined).sum())
    return score(right, int(joined.sum()), int(same.sum()))


def pairs(truth: np.ndarray, found: np.ndarray) -> int:
    """How many pairs are together in both."""
    return _pairs(_cells(truth, found)[0])


def score(right: int, said: int, wanted: int) -> Score:
    """From how many pairs were right, how many were said, and how many should have been."""
    return Score(right / said if said else 1.0, right / wanted if wanted else 1.0)


def _pairs(sizes: np.ndarray) -> int:
    return int((sizes * (sizes - 1) // 2).sum())


def _cells(
    truth: np.ndarray, found: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, tuple[np.ndarray, np.ndarray]]:
    """Sizes of what they have in common, of true and of found clusters, and whose each is."""
    true_ids, true = np.unique(truth, return_inverse=True)
    found_ids, guess = np.unique(found, return_inverse=True)
    width = max(len(found_ids), 1)
    keys, cell = np.unique(true.astype(np.int64) * width + guess, return_counts=True)
    sizes_true = np.bincount(true, minlength=len(true_ids))
    sizes_found = np.bincount(guess, minlength=len(found_ids))
    return cell, sizes_true, sizes_found, (keys // width, keys % width)
