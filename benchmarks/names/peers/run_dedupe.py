"""dedupe 3: learns from labelled pairs of the seen half what makes two rows the same."""

from __future__ import annotations

import io
import random
from pathlib import Path

import dedupe
import numpy as np
import prepare
from dedupe import variables

OWN = 0.5
OTHERS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
Record = dict[str, str | None]


def main() -> None:
    path, out = prepare.arguments()
    random.seed(1)
    np.random.seed(1)
    rows = prepare.read(path)
    columns = [column for column in prepare.present(rows) if column not in ("name", "key")]
    data = {number: {c: row[c] for c in ("key", *columns)} for number, row in enumerate(rows)}
    matcher = _trained(data, columns, prepare.pairs(out, "training.csv") or [])
    asked = prepare.pairs(out)
    if asked is not None:
        _score_pairs(matcher, data, out, asked)
        return
    scores = matcher.score(matcher.pairs(data))
    labels = {OWN: _labels(matcher, scores, len(rows), OWN)}
    prepare.write_labels(out, labels)
    prepare.done(out)
    for threshold in OTHERS:
        labels[threshold] = _labels(matcher, scores, len(rows), threshold)
    prepare.write_labels(out, labels)


def _trained(data: dict[int, Record], columns: list[str],
             labelled: list[tuple[int, int, bool]]) -> dedupe.Dedupe:  # fmt: skip
    fields = [variables.String("key"), variables.Text("key")]
    for column in columns:
        kind = variables.String if column in ("address", "city") else variables.ShortString
        fields.append(kind(column, has_missing=True))
    matcher = dedupe.Dedupe(fields, num_cores=None)
    told: dict[str, list[tuple[Record, Record]]] = {"match": [], "distinct": []}
    for one, other, same in labelled:
        told["match" if same else "distinct"].append((data[one], data[other]))
    file = io.StringIO()
    dedupe.write_training(told, file)
    file.seek(0)
    matcher.prepare_training(data, training_file=file)
    matcher.train(recall=0.95)
    matcher.cleanup_training()
    return matcher


def _labels(matcher: dedupe.Dedupe, scores: np.ndarray, count: int, at: float) -> list[int]:
    labels = list(range(count))
    for cluster, _ in matcher.cluster(scores, at):
        first = int(min(cluster))
        for row in cluster:
            labels[int(row)] = first
    return labels


def _score_pairs(matcher: dedupe.Dedupe, data: dict[int, Record], out: Path,
                 asked: list[tuple[int, int, bool]]) -> None:  # fmt: skip
    pairs = (((one, data[one]), (other, data[other])) for one, other, _ in asked)
    scores = matcher.score(pairs)
    found = {tuple(sorted(map(int, pair))): float(p) for pair, p in scores}
    prepare.write_scores(out, OWN, (found.get((one, other), 0.0) for one, other, _ in asked))
    prepare.done(out)


if __name__ == "__main__":
    main()
