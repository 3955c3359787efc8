"""splink 5 on DuckDB: a Fellegi-Sunter model.

It is trained without labels on the rows themselves. With names alone there is one comparison, from
which expectation maximisation learns nothing; then it gets the labelled pairs of the seen half.
"""

from __future__ import annotations

from pathlib import Path

import prepare
import pyarrow as pa
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.internals.splink_dataframe import SplinkDataFrame

OWN = 0.95
OTHERS = (0.0001, 0.001, 0.01, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.97, 0.99, 0.995, 0.999, 0.9995,
          0.9999, 0.99999, 0.999999, 0.9999999)  # fmt: skip
BLOCKS = {
    "key": ("key",),
    "tokens": ("tokens",),
    "domain": ("domain",),
    "email": ("email",),
    "start": ("substr(key, 1, 8)",),
    "end": ("substr(key, -8)",),
    "address": ("address",),
    "city": ("city", "start"),
}
TELLING = ("address", "domain", "email")
"""Columns that say enough for the model to learn what they leave open."""


def main() -> None:
    path, out = prepare.arguments()
    rows = prepare.read(path)
    asked = prepare.pairs(out)
    columns = prepare.present(rows)
    linker = _linker(rows, columns, asked)
    _train(linker, columns, prepare.pairs(out, "training.csv") or [])
    if asked is not None:
        _score_pairs(linker, out, asked)
        return
    predicted = linker.inference.predict(threshold_match_probability=min(OTHERS))
    labels = {OWN: _labels(linker, predicted, len(rows), OWN)}
    prepare.write_labels(out, labels)
    prepare.done(out)
    for threshold in OTHERS:
        labels[threshold] = _labels(linker, predicted, len(rows), threshold)
    prepare.write_labels(out, labels)


def _linker(rows: list[dict[str, str | None]], columns: list[str],
            asked: list[tuple[int, int, bool]] | None) -> Linker:  # fmt: skip
    table = {column: pa.array([row[column] for row in rows], pa.string()) for column in columns}
    keys = [row["key"] or "" for row in rows]
    table["tokens"] = pa.array([" ".join(sorted(key.split())) or None for key in keys])
    table["start"] = pa.array([key[:4] or None for key in keys])
    table["unique_id"] = pa.array(range(len(rows)))
    blocks = [block_on(*how) for name, how in BLOCKS.items() if name in {*table, "end"}]
    if asked is not None:
        place = {row: at for at, (one, other, _) in enumerate(asked) for row in (one, other)}
        table["pair"] = pa.array([place[row] for row in range(len(rows))])
        blocks = [block_on("pair")]
    db = DuckDBAPI()
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=_comparisons(columns),
        blocking_rules_to_generate_predictions=blocks,
        retain_matching_columns=False,
    )
    return Linker(db.register(pa.table(table)), settings, log_level=None)


def _comparisons(columns: list[str]) -> list[cl.ComparisonCreator]:
    made = [_name_comparison()]
    exact = [column for column in ("domain", "email", "city", "country") if column in columns]
    made += [cl.ExactMatch(c).configure(term_frequency_adjustments=True) for c in exact]
    if "address" in columns:
        made.append(cl.JaroWinklerAtThresholds("address", [0.9, 0.8]))
    return made


def _name_comparison() -> cl.ComparisonCreator:
    """Equal, the same words in another order, or more and more alike."""
    alike = [cll.JaroWinklerLevel("key", at) for at in (0.95, 0.9, 0.85, 0.8, 0.75)]
    exact = cll.ExactMatchLevel("key", term_frequency_adjustments=True)
    return cl.CustomComparison(
        [cll.NullLevel("key"), exact, cll.ExactMatchLevel("tokens"), *alike, cll.ElseLevel()],
        output_column_name="name",
    )


def _train(linker: Linker, columns: list[str], labelled: list[tuple[int, int, bool]]) -> None:
    training = linker.training
    telling = [column for column in TELLING if column in columns]
    sure = [block_on(column) for column in ("key", *telling) if column in ("key", "email")]
    training.estimate_probability_two_random_records_match(sure, recall=0.7)
    training.estimate_u_using_random_sampling(max_pairs=1e7, seed=1)
    if telling:
        for column in ("key", telling[0]):
            training.estimate_parameters_using_expectation_maximisation(
                block_on(column), max_pairs=1e6
            )
    else:
        same = [(one, other) for one, other, same in labelled if same]
        labels = {
            "unique_id_l": [min(pair) for pair in same],
            "unique_id_r": [max(pair) for pair in same],
        }
        table = linker.table_management.register_table(pa.table(labels), "labels")
        training.estimate_m_from_pairwise_labels(table)


def _labels(linker: Linker, predicted: SplinkDataFrame, count: int, at: float) -> list[int]:
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, at)
    found = clusters.as_duckdbpyrelation().select("unique_id, cluster_id").fetchall()
    labels = list(range(count))
    for row, cluster in found:
        labels[row] = cluster
    clusters.drop_table_from_database_and_remove_from_cache()
    return labels


def _score_pairs(linker: Linker, out: Path, asked: list[tuple[int, int, bool]]) -> None:
    predicted = linker.inference.predict().as_duckdbpyrelation()
    columns = "unique_id_l, unique_id_r, match_probability"
    found = {tuple(sorted((a, b))): p for a, b, p in predicted.select(columns).fetchall()}
    prepare.write_scores(out, OWN, (found.get((one, other), 0.0) for one, other, _ in asked))
    prepare.done(out)


if __name__ == "__main__":
    main()
