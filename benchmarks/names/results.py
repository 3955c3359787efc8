"""From a tool's answer to the figures of one line of the table."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from benchmarks.names import scores
from benchmarks.names.datasets import AIMS, Dataset
from benchmarks.names.tools import PEERS, Answer
from pipeline.resolution.clusters import components
from pipeline.resolution.linking import link

Line = dict[str, Any]
AFFILIATES_AS_SAME = ("patstat",)
"""Sets whose truth takes a company's branches for the company."""


def line(tool: str, data: Dataset, answer: Answer) -> Line:
    """Everything that is known of one tool on one set, as plain values."""
    made: Line = {
        "set": data.name, "tool": tool, "rows": len(data.rows), "notes": [],
        "seconds": round(answer.took.seconds, 2), "megabytes": round(answer.took.megabytes),
        "failed": answer.took.failed, "log": answer.took.last if answer.took.failed else "",
    }  # fmt: skip
    if not answer.took.failed:
        if answer.scores is not None:
            _judged(made, data, answer)
        elif data.registry is not None:
            _refused(made, tool, data, answer)
        elif data.pairs is not None:
            _related(made, tool, data, answer)
        else:
            _clustered(made, tool, data, answer)
    return made


def _clustered(made: Line, tool: str, data: Dataset, answer: Answer) -> None:
    each = {at: scores.pairwise(data.truth, labels) for at, labels in answer.labels.items()}
    best = max(each, key=lambda at: each[at].f1)
    found, seen = answer.labels[best], data.seen()
    made |= {
        "all": each[best].as_dict(),
        "b_cubed": scores.b_cubed(data.truth, found).as_dict(),
        "seen": scores.pairwise(data.truth[seen], found[seen]).as_dict(),
        "held_out": scores.pairwise(data.truth[~seen], found[~seen]).as_dict(),
    }
    _at_best(made, tool, best, answer.own, each[answer.own].f1)
    if answer.asks is not None:
        made["notes"].append(f"asks about {answer.asks}")
    if tool == "weaver" and data.name in AIMS:
        made["notes"].append(f"aim: F1 {AIMS[data.name]}")
    made["listed"] = _wrong(data, found) if tool == "weaver" else []
    if data.name in AFFILIATES_AS_SAME:
        made["notes"].append(_less_affiliates(data, answer))


def _wrong(data: Dataset, found: np.ndarray, most: int = 200) -> list[str]:
    """Rows of the seen half beside the first of their cluster, where they belong to others."""
    first = np.unique(found, return_index=True)[1][np.unique(found, return_inverse=True)[1]]
    seen = data.seen()
    rows = np.flatnonzero((data.truth != data.truth[first]) & seen & seen[first])[:most]
    text = data.rows.agg(" · ".join, axis=1)
    return [f"{text[first[row]]}\n    = {text[row]}" for row in rows]


def _less_affiliates(data: Dataset, answer: Answer) -> str:
    """The same for every tool, without the pairs of a family that Weaver proposes as related."""
    own, families = _families(data.rows[["organisation"]])
    left_out = scores.pairs(data.truth, families) - scores.pairs(data.truth, own)
    each = {}
    for at, found in answer.labels.items():
        both = _together(data.truth, found)
        free = scores.pairs(both, families) - scores.pairs(both, own)
        each[at] = scores.score(
            scores.pairs(both, both) - free,
            scores.pairs(found, found) - free,
            scores.pairs(data.truth, data.truth) - left_out,
        )
    best = max(each.values(), key=lambda score: score.f1)
    return (
        f"less the {left_out:,} pairs that Weaver calls affiliates: precision "
        f"{best.precision:.3f}, recall {best.recall:.3f}, F1 {best.f1:.3f}"
    )


def _families(rows: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Per row its organisation, and the organisations that it is related to."""
    links = link(rows.rename(columns={"organisation": "name"}))
    one, other = (links.joins[side].to_numpy() for side in ("one", "other"))
    part, whole = (links.parts[side].to_numpy() for side in ("one", "other"))
    own = components(len(rows), one, other)
    return own, components(len(rows), np.append(one, part), np.append(other, whole))


def _together(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Labels that are equal where both are."""
    _, first = np.unique(one, return_inverse=True)
    _, second = np.unique(other, return_inverse=True)
    return first.astype(np.int64) * (int(second.max(initial=0)) + 1) + second


def _judged(made: Line, data: Dataset, answer: Answer) -> None:
    """Labelled pairs, each alone."""
    assert data.pairs is not None
    assert answer.scores is not None
    same, given = data.pairs["same"].to_numpy(), answer.scores
    each = {at: scores.labelled(same, given >= at) for at in {answer.own, *np.unique(given)}}
    best = answer.own
    if made["tool"] in PEERS:
        best = max(sorted(each), key=lambda at: each[at].f1)
    seen = data.seen()[data.pairs["one"]]
    made["all"] = each[best].as_dict()
    for half, rows in (("seen", seen), ("held_out", ~seen)):
        made[half] = scores.labelled(same[rows], given[rows] >= best).as_dict()
    _at_best(made, made["tool"], best, answer.own, each[answer.own].f1)
    if answer.asks is not None:
        made["notes"].append(f"asks about {answer.asks} of {len(same)}")


def _at_best(made: Line, tool: str, best: float, own: float, own_f1: float) -> None:
    if tool in PEERS:
        shown = f"{best:.4g}" if best < 0.9999 else f"1 - {1 - best:.0e}"
        made["notes"].append(f"best threshold {shown}; F1 {own_f1:.3f} at its own {own:g}")


def _refused(made: Line, tool: str, data: Dataset, answer: Answer) -> None:
    """Which of the strings that are nobody were joined to somebody."""
    assert data.registry is not None
    known, truth = data.registry, data.truth[data.registry]
    each = {at: scores.pairwise(truth, found[known]) for at, found in answer.labels.items()}
    best = max(each, key=lambda at: each[at].f1)
    found = answer.labels[best]
    taken = ~known & np.isin(found, found[known])
    made["refused"] = 1 - float(taken.sum() / (~known).sum())
    made["listed"] = data.rows["organisation"][taken].tolist()
    made["notes"] += [
        f"refused {made['refused']:.3f} of {int((~known).sum())}",
        f"the others: precision {each[best].precision:.3f}, recall {each[best].recall:.3f}",
    ]
    _at_best(made, tool, best, answer.own, each[answer.own].f1)


def _related(made: Line, tool: str, data: Dataset, answer: Answer) -> None:
    """Affiliates beside their parents: joins that hide one in the other."""
    assert data.pairs is not None
    one, other = (data.pairs[side].to_numpy() for side in ("one", "other"))
    same = data.pairs["same"].to_numpy()
    together = {at: found[one] == found[other] for at, found in answer.labels.items()}
    each = {at: scores.labelled(same, joined) for at, joined in together.items()}
    best = max(each, key=lambda at: each[at].f1)
    made["all"] = each[best].as_dict()
    wrong, names = together[best] & ~same, data.rows["organisation"]
    made["listed"] = [
        f"{names[a]} = {names[b]}" for a, b in zip(one[wrong], other[wrong], strict=True)
    ]
    made["notes"] += [
        f"{int(wrong.sum())} of {int((~same).sum())} affiliates joined to their parent",
        f"{_siblings(data, answer.labels[best])} pairs of publishers joined",
    ]
    if answer.asks is not None:
        proposed = set(map(tuple, answer.parts.tolist()))
        told = sum((a, b) in proposed for a, b in zip(one, other, strict=True))
        made["notes"].append(f"{told} proposed as parts of theirs; asks about {answer.asks}")
    _at_best(made, tool, best, answer.own, each[answer.own].f1)


def _siblings(data: Dataset, labels: np.ndarray) -> int:
    """Pairs of publishers in one cluster: all of them are organisations of their own."""
    assert data.pairs is not None
    sizes = np.unique(labels[data.pairs["one"]], return_counts=True)[1]
    return int((sizes * (sizes - 1) // 2).sum())
