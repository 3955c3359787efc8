"""recordlinkage 0.16: blocks and sorted neighbours, Jaro-Winkler, and its own two classifiers.

With more than the name, ECM (which learns without labels) gives the score; with the name alone ECM
has one feature only, so the score is the similarity itself.
"""

from __future__ import annotations

import os

import numpy as np
import pandas as pd
import prepare
import recordlinkage
from recordlinkage.compare import Exact, String

OWN = 0.9
OTHERS = (0.3, 0.5, 0.7, 0.75, 0.8, 0.85, 0.88, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99, 0.999,
          *(1 - 10.0**-nines for nines in range(4, 14)))  # fmt: skip
WINDOW = 9


def main() -> None:
    path, out = prepare.arguments()
    rows = prepare.read(path)
    columns = [column for column in prepare.present(rows) if column != "name"]
    frame = pd.DataFrame(rows)[columns]
    asked = prepare.pairs(out)
    if asked is not None:
        pairs = pd.MultiIndex.from_tuples([(one, other) for one, other, _ in asked])
        scores = _score(_features(frame, pairs, columns))
        prepare.write_scores(out, OWN, scores)
        prepare.done(out)
        return
    pairs = _candidates(frame, columns)
    scores = _score(_features(frame, pairs, columns))
    one, other = (pairs.get_level_values(level).to_numpy() for level in (0, 1))
    labels = {OWN: _labels(len(frame), one, other, scores >= OWN)}
    prepare.write_labels(out, labels)
    prepare.done(out)
    for threshold in OTHERS:
        labels[threshold] = _labels(len(frame), one, other, scores >= threshold)
    prepare.write_labels(out, labels)


def _candidates(frame: pd.DataFrame, columns: list[str]) -> pd.MultiIndex:
    """Pairs with the same domain, address or street, and neighbours among the sorted names."""
    frame = frame.assign(turned=frame["key"].fillna("").str.split().str[::-1].str.join(" "))
    frame = frame.assign(turned=frame["turned"].replace("", np.nan))
    indexer = recordlinkage.Index()
    for column in ("domain", "email", "address"):
        if column in columns:
            indexer.block(column)
    indexer.sortedneighbourhood("key", window=WINDOW)
    indexer.sortedneighbourhood("turned", window=WINDOW)
    return indexer.index(frame)


def _features(frame: pd.DataFrame, pairs: pd.MultiIndex, columns: list[str]) -> pd.DataFrame:
    features = [String("key", "key", method="jarowinkler", label="key")]
    if "address" in columns:
        features.append(String("address", "address", method="jarowinkler", label="address"))
    exact = [column for column in ("domain", "email", "city", "country") if column in columns]
    features += [Exact(column, column, label=column) for column in exact]
    jobs = os.cpu_count() or 1
    many = len(pairs) > 100_000
    return recordlinkage.Compare(features, n_jobs=jobs if many else 1).compute(pairs, frame)


def _score(features: pd.DataFrame) -> np.ndarray:
    if features.shape[1] == 1:
        return features["key"].to_numpy()
    parts = {f"key{at}": features["key"] >= at for at in (0.85, 0.92, 0.97, 0.999)}
    binary = features.drop(columns="key").ge(0.9).assign(**parts).astype(int)
    binary = binary.loc[:, binary.nunique() > 1]
    classifier = recordlinkage.ECMClassifier()
    classifier.fit(binary)
    return classifier.prob(binary).to_numpy()


def _labels(count: int, one: np.ndarray, other: np.ndarray, joined: np.ndarray) -> list[int]:
    return prepare.components(count, zip(one[joined].tolist(), other[joined].tolist(), strict=True))


if __name__ == "__main__":
    main()
