"""The harness: limits hold, halves stay apart, and a line says what was measured."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[2]
Part = Callable[[str], ModuleType]


@pytest.fixture
def part(monkeypatch: pytest.MonkeyPatch) -> Part:
    monkeypatch.syspath_prepend(ROOT)
    return lambda name: import_module(f"benchmarks.names.{name}")


def _python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_run_says_what_it_took(part: Part, tmp_path: Path) -> None:
    took = part("measure").run(_python("x = bytearray(300_000_000)"), tmp_path / "log")
    assert not took.failed
    assert 280 < took.megabytes < 600
    assert took.seconds > 0.02


def test_who_is_too_slow_is_stopped(part: Part, tmp_path: Path) -> None:
    code = "import time; print('begun', flush=True); time.sleep(60)"
    took = part("measure").run(_python(code), tmp_path / "log", seconds=1)
    assert took.failed == "timed out (1 s)"
    assert took.seconds < 10
    assert took.last == "begun\n"


def test_who_takes_too_much_is_stopped_with_its_children(part: Part, tmp_path: Path) -> None:
    child = "x = bytearray(300_000_000); import time; time.sleep(60)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    took = part("measure").run(_python(code), tmp_path / "log", seconds=30, size=2**28)
    assert took.failed == "out of memory (0 GB)"


def test_the_clock_stops_at_the_answer(part: Part, tmp_path: Path) -> None:
    done = tmp_path / "done"
    code = f"import pathlib, time; pathlib.Path({str(done)!r}).touch(); time.sleep(2)"
    took = part("measure").run(_python(code), tmp_path / "log", done)
    assert not took.failed
    assert took.seconds < 2


def test_who_breaks_down_says_why(part: Part, tmp_path: Path) -> None:
    took = part("measure").run(_python("raise SystemExit('no such thing')"), tmp_path / "log")
    assert (took.failed, took.last) == ("failed (1)", "no such thing\n")


def _small(part: Part) -> object:
    truth = np.repeat(np.arange(40), 3)
    rows = pd.DataFrame({"organisation": [f"Name {number}" for number in range(120)]})
    return part("datasets").Dataset("patstat", rows, truth)


def test_halves_keep_organisations_whole(part: Part) -> None:
    data = _small(part)
    seen = data.seen()
    assert (seen.reshape(40, 3).all(axis=1) | (~seen.reshape(40, 3)).all(axis=1)).all()
    assert 10 < seen.reshape(40, 3)[:, 0].sum() < 30


def test_labelled_pairs_are_of_the_seen_half_and_true(part: Part) -> None:
    data = _small(part)
    pairs = part("tools").training(data)
    assert data.seen()[pairs[["one", "other"]].to_numpy()].all()
    true = data.truth[pairs["one"]] == data.truth[pairs["other"]]
    assert (true == pairs["same"]).all()
    assert 0 < pairs["same"].sum() < len(pairs)
    assert part("tools").training(data).equals(pairs)


def test_a_peer_is_shown_at_its_best_and_at_its_own_threshold(part: Part) -> None:
    data, tools = _small(part), part("tools")
    took = part("measure").Took(1.5, 20.0)
    answer = tools.Answer(took, 0.9, {0.9: np.arange(120), 0.5: data.truth})
    line = part("results").line("splink", data, answer)
    assert line["all"]["f1"] == 1
    assert line["notes"][0] == "best threshold 0.5; F1 0.000 at its own 0.9"
    shown = part("table").row(line)
    assert shown.startswith("| patstat | splink | 1.000 | 1.000 | 1.000 | 1.000 |")


def test_what_weaver_calls_an_affiliate_is_taken_out_for_every_tool(part: Part) -> None:
    rows = pd.DataFrame({"organisation": ["Oxfam", "OXFAM", "Oxfam India", "Oxfam Novib", "Tarn"]})
    data = part("datasets").Dataset("patstat", rows, np.array([0, 0, 0, 0, 1]))
    found = {0.5: np.array([0, 0, 0, 3, 4]), 0.1: np.array([0, 0, 0, 0, 0])}
    answer = part("tools").Answer(part("measure").Took(1, 1), 0.5, found)
    # of 6 true pairs 5 are of a part and its whole, or of two parts
    assert part("results").line("splink", data, answer)["notes"][-1] == (
        "less the 5 pairs that Weaver calls affiliates: precision 1.000, recall 1.000, F1 1.000"
    )


def test_strings_of_nobody_are_counted_as_refused(part: Part) -> None:
    rows = pd.DataFrame({"organisation": ["A", "A", "B", "C", "D"]})
    known = np.array([True, True, True, False, False])
    data = part("datasets").Dataset("r", rows, np.array([0, 0, 1, 2, 3]), registry=known)
    answer = part("tools").Answer(
        part("measure").Took(1, 1), 0.0, {0.0: np.array([0, 0, 1, 1, 9])}
    )  # fmt: skip
    line = part("results").line("weaver", data, answer)
    assert line["refused"] == 0.5
    assert line["listed"] == ["C"]


def test_who_gave_up_is_said_and_not_tried_at_ten_times_the_rows(
    part: Part, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    main = import_module("benchmarks.names.__main__")
    monkeypatch.setattr(main, "KEPT", tmp_path)
    kept = main._kept("generated-10k", "dedupe")
    kept.write_text('{"failed": "timed out (600 s)"}')
    lines = list(main._lines(["generated-100k", "names-only-100k"], ["dedupe"], fresh=False))
    assert [line["failed"] for line in lines] == ["not tried: timed out at 10k"] * 2
    assert part("table").row(lines[0]).endswith("| not tried: timed out at 10k |")


def test_the_page_is_renewed_between_its_marks(part: Part) -> None:
    table = part("table")
    page = f"before\n{table.START}\nold\n{table.END}\nafter\n"
    renewed = table.renewed(page, [])
    assert "old" not in renewed
    assert renewed.startswith(f"before\n{table.START}\n| Set |")
    assert renewed.endswith(f"{table.END}\nafter\n")
    assert table.renewed(renewed, []) == renewed
    with pytest.raises(ValueError, match="marks"):
        table.renewed("nothing here", [])


@pytest.mark.parametrize(
    ("name", "rows"),
    [("patstat", 2_379), ("restaurants", 864), ("nomenklatura", 556), ("crossref", 6_747),
     ("ror-logs", 690)],
)  # fmt: skip
def test_the_real_lists_are_read_whole(part: Part, shared_data: Path, name: str, rows: int) -> None:
    data = part("datasets").load(name)
    assert len(data.rows) == len(data.truth) == rows
    assert (data.rows["organisation"] != "").all()
    assert 0.2 < data.seen().mean() < 0.8


def test_affiliates_are_not_their_parents(part: Part, shared_data: Path) -> None:
    data = part("datasets").load("humportal")
    names, pairs = data.rows["organisation"], data.pairs
    told = {(names[a], names[b]): same for a, b, same in pairs.itertuples(index=False)}
    assert not told["ActionAid Ghana", "ActionAid"]
    assert told["International Organization for Migration (IOM)", "IOM"]
    assert len(pairs) == 115
