"""How fast numbers and the network are counted: `python -m benchmarks.numbers`, by `make bench`.

On an invented coalition of 2,000 organisations, 20,000 ties and 100,000 rows in its other tabs, and
on a quarter and half of it, so that the growth shows. The measure that it is held against is the
plain one: each of a few numbers counted by one pass over its rows in Python.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence

import pandas as pd

from benchmarks.tables import context_of
from pipeline.metrics.model import Context, Value
from pipeline.metrics.parts import parts_of
from pipeline.metrics.registry import BY_CODE, METRICS, compute
from pipeline.network.introductions import introductions

FULL = (2_000, 20_000, 100_000)
TARGET = 5.0
"""Seconds, for everything together on the full size."""
SLOWEST = 6
Rows = list[dict[str, object]]


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=3, help="how often each (default: 3)")
    runs = parser.parse_args(arguments).runs
    titles = ("organisations", "ties", "rows", "numbers", "by part", "network")
    print("{:>14} {:>8} {:>8} {:>9} {:>9} {:>9}  seconds of computing".format(*titles))
    for part in (4, 2, 1):
        sizes = tuple(size // part for size in FULL)
        took, last = _timed(sizes, runs)
        print("{:>14,} {:>8,} {:>8,} {:>9.2f} {:>9.2f} {:>9.2f}".format(*sizes, *took))
    verdict = "met" if sum(took) < TARGET else "MISSED"
    print(f"\nall {len(METRICS)} numbers, their parts and the network: {sum(took):.2f} s; "
          f"target {TARGET} s: {verdict}")  # fmt: skip
    print("slowest: " + ", ".join(f"{code} {took:.2f} s" for code, took in _slowest(last)))
    print(_against(last, runs))


def _timed(sizes: Sequence[int], runs: int) -> tuple[list[float], Context]:
    """(seconds of all numbers, of those by part, and of introductions; the last context)."""
    contexts = [context_of(sizes[0], sizes[1], sizes[2], seed=turn) for turn in range(runs)]
    took = [_took(context) for context in contexts]
    return [statistics.median(each) for each in zip(*took, strict=True)], contexts[-1]


def _took(context: Context) -> tuple[float, float, float]:
    values: dict[str, Value] = {}
    return (
        _seconds(lambda: values.update(compute(context))),
        _seconds(lambda: parts_of(context, values)),
        _seconds(lambda: introductions(context)),
    )


def _slowest(context: Context) -> list[tuple[str, float]]:
    found = [(metric.code, _seconds(lambda m=metric: compute(context, [m]))) for metric in METRICS]
    return sorted(found, key=lambda one: -one[1])[:SLOWEST]


def _seconds(task: Callable[[], object]) -> float:
    start = time.process_time()
    task()
    return time.process_time() - start


def _against(context: Context, runs: int) -> str:
    """Three numbers by Weaver and by a loop over the rows, in turns."""
    ours, plain = [], []
    rows = {name: context.tables[name].to_dict("records") for name in ("promises", "actions")}
    wanted = [BY_CODE[code] for code in ("P8", "P9", "P4")]
    for _ in range(runs + 1):
        ours.append(_seconds(lambda: compute(context, wanted)))
        plain.append(_seconds(lambda: _loops(rows, context)))
    times = statistics.median(ours[1:]) / statistics.median(plain[1:])
    return f"P4, P8 and P9 take {times:.2f} times as long as loops over rows that are lists already"


def _loops(rows: dict[str, Rows], context: Context) -> tuple[int, int, int]:
    today = pd.Timestamp(context.today)
    here = {
        row["id"] for row in context.organisations.to_dict("records")
        if row["standing"] == "member" and row["joins_as"] == "member"
    }  # fmt: skip
    promised = {row["organisation_id"] for row in rows["promises"]} & here
    kept = sum(1 for row in rows["promises"] if _not_after(row["due"], today)
               and _not_after(row["done"], today) and row["done"] <= row["due"])  # fmt: skip
    joint = sum(_members_of(row, here) >= 2 for row in rows["actions"]
                if _not_after(row["date"], today))  # fmt: skip
    return len(promised), kept, joint


def _not_after(day: object, today: pd.Timestamp) -> bool:
    return isinstance(day, pd.Timestamp) and day <= today


def _members_of(row: dict[str, object], here: set[object]) -> int:
    partners: Iterable[object] = row["partners_ids"]  # type: ignore[assignment]
    return len({row["started_by_id"], *partners} & here)


if __name__ == "__main__":
    main(sys.argv[1:])
