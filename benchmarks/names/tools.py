"""The programs that are compared: Weaver by its own command, each peer in its own environment."""

from __future__ import annotations

import os
import sys
import zlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.names import measure
from benchmarks.names.datasets import ROOT, Dataset
from benchmarks.peers.environments import LOCKS, environment

PEERS = ("splink", "dedupe", "recordlinkage")
WEAVER = str(Path(sys.executable).with_name("weaver"))
TOOLS = ("weaver", *PEERS)
RUNNERS = Path(__file__).parent / "peers"
LEARNS = ("dedupe", "splink")
MATCHES, DISTINCT = 95, 200
"""Labelled pairs that a peer gets which learns from them: an afternoon of somebody's work.

From 100 that are the same on, dedupe searches for its blocks so long that ten minutes pass.
"""


@dataclass(frozen=True)
class Answer:
    """What a tool said: clusters per threshold, or a score per labelled pair.

    Attributes:
        own: the threshold that the tool takes by itself; the first one of `labels`.
        labels: threshold → per row its cluster.
        scores: per labelled pair how likely it is the same.
        asks: how many pairs a person would be asked about.
        parts: pairs of rows (part, whole) that are related without being the same.
    """

    took: measure.Took
    own: float = 0.0
    labels: dict[float, np.ndarray] = field(default_factory=dict)
    scores: np.ndarray | None = None
    asks: int | None = None
    parts: np.ndarray = field(default_factory=lambda: np.empty((0, 2), dtype=int))


def ask(tool: str, data: Dataset, folder: Path) -> Answer:
    """Let the tool answer; `folder` is for what goes between."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    rows = folder / "rows.csv"
    data.rows.to_csv(rows, index=False, lineterminator="\n")
    if tool == "weaver":
        return _weaver(data, rows, folder)
    return _peer(tool, data, rows, folder)


def _weaver(data: Dataset, rows: Path, folder: Path) -> Answer:
    if data.pairs is not None and data.registry is None and data.name == "nomenklatura":
        return _weaver_pairs(data)
    out, questions = folder / "out.csv", folder / "questions.csv"
    command = [WEAVER, "resolve", str(rows), "-o", str(out), "--questions", str(questions)]
    took = measure.run(command, folder / "log.txt", environment=_with_project())
    if took.failed:
        return Answer(took)
    ids = pd.read_csv(out, dtype=str, keep_default_na=False)["organisation_id"]
    # Whoever has no id (a name of nothing) is nobody's duplicate.
    alone = pd.Series(np.arange(len(ids)).astype(str)).radd("row ")
    labels = pd.factorize(ids.where(ids != "", alone))[0]
    told = pd.read_csv(questions, usecols=["kind", "row", "other_row"])
    pairs = told[["row", "other_row"]].to_numpy(dtype=int) - 2  # the file's first line is 1
    part = (told["kind"] == "part").to_numpy()
    return Answer(took, labels={0.0: labels}, asks=int((~part).sum()), parts=pairs[part])


def _weaver_pairs(data: Dataset) -> Answer:
    """Every pair alone, in one process: what joins two rows may not hang on the others."""
    import json

    assert data.pairs is not None
    code = "from benchmarks.names import judging; judging.main()"
    given = data.pairs.assign(
        first=data.rows["organisation"].to_numpy()[data.pairs["one"]],
        second=data.rows["organisation"].to_numpy()[data.pairs["other"]],
    )
    folder = ROOT / "build" / "names" / "judging"
    folder.mkdir(parents=True, exist_ok=True)
    given[["first", "second"]].to_json(folder / "pairs.json", orient="values")
    (folder / "answers.json").unlink(missing_ok=True)
    command = [sys.executable, "-c", code, str(folder)]
    took = measure.run(command, folder / "log.txt", environment=_with_project())
    if took.failed:
        return Answer(took)
    told = json.loads((folder / "answers.json").read_text())
    return Answer(took, 0.5, scores=np.array(told["joined"], dtype=float), asks=told["asked"])


def _with_project() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def _peer(tool: str, data: Dataset, rows: Path, folder: Path) -> Answer:
    python = environment(tool)
    if data.pairs is not None and data.name == "nomenklatura":
        data.pairs[["one", "other"]].to_csv(folder / "pairs.csv", index=False)
    if tool in LEARNS:
        training(data).to_csv(folder / "training.csv", index=False)
    command = [str(python), str(RUNNERS / f"run_{tool}.py"), str(rows), str(folder)]
    took = measure.run(command, folder / "log.txt", folder / "done")
    if took.failed:
        return Answer(took)
    if (folder / "scores.csv").exists():
        own, *scores = (folder / "scores.csv").read_text().split()
        return Answer(took, float(own), scores=np.array(scores, dtype=float))
    read = pd.read_csv(folder / "labels.csv")
    labels = {float(column): read[column].to_numpy() for column in map(str, read)}
    return Answer(took, next(iter(labels)), labels)


@cache
def version(tool: str) -> str:
    """Of the tool: Weaver's code, or the peer's lock and how it is called."""
    if tool == "weaver":
        rooms = (ROOT / room for room in ("config", "connectors", "pipeline"))
        endings = (".py", ".txt", ".toml", ".csv")
        files = [file for room in rooms for file in room.rglob("*") if file.suffix in endings]
    else:
        files = [LOCKS / f"{tool}.lock", RUNNERS / f"run_{tool}.py", RUNNERS / "prepare.py"]
    check = 0
    for file in sorted(files):
        check = zlib.crc32(file.read_bytes(), check)
    return f"{check:08x}"


def training(data: Dataset, seed: int = 1) -> pd.DataFrame:
    """Labelled pairs of the seen half: what somebody would sit down and label.

    Half of the pairs that are not the same are near in the alphabet, so they look alike.
    """
    chance = np.random.default_rng(seed)
    seen = np.flatnonzero(data.seen())
    if data.pairs is not None:
        known = data.pairs[data.seen()[data.pairs["one"]]]
        return known[["one", "other", "same"]]
    order = seen[np.lexsort((seen, data.truth[seen]))]
    same = _neighbours(order, data.truth, chance, MATCHES, alike=True)
    names = data.rows["organisation"].str.lower().to_numpy().astype(str)
    near = _neighbours(seen[np.argsort(names[seen], kind="stable")], data.truth, chance,
                       DISTINCT // 2, alike=False)  # fmt: skip
    far = _neighbours(chance.permutation(seen), data.truth, chance, DISTINCT // 2, alike=False)
    pairs = np.concatenate([same, near, far])
    told = data.truth[pairs[:, 0]] == data.truth[pairs[:, 1]]
    return pd.DataFrame({"one": pairs[:, 0], "other": pairs[:, 1], "same": told})


def _neighbours(order: np.ndarray, truth: np.ndarray, chance: np.random.Generator,
                most: int, *, alike: bool) -> np.ndarray:  # fmt: skip
    pairs = np.stack([order[:-1], order[1:]], axis=1)
    fit: np.ndarray = pairs[(truth[pairs[:, 0]] == truth[pairs[:, 1]]) == alike]
    taken = np.sort(chance.permutation(len(fit))[:most])
    return np.take(fit, taken, axis=0)
