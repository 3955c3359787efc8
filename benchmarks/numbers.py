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
from pipeline.metrics.model import Context
from pipeline.metrics.parts import parts_of
from pipeline.metrics.registry import BY_CODE, METRICS, compute
from pipeline.network.introductions import introductions

FULL = (2_000, 20_000, 100_000)
TARGET = 5.0
"""Seconds, for everything on the full size."""
SLOWEST = 6
Rows = list[dict[str, object]]


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=3, help="how often each (default: 3)")
    runs = parser.parse_args(arguments).runs
    print(f"{'organisations':>14} {'ties':>8} {'rows':>8} {'numbers':>9} {'network':>9}  seconds")
    for part in (4, 2, 1):
        sizes = tuple(size // part for size in FULL)
        count, suggest, last = _timed(sizes, runs)
        print(f"{sizes[0]:>14,} {sizes[1]:>8,} {sizes[2]:>8,} {count:>9.2f} {suggest:>9.2f}")
    whole = count + suggest
    verdict = "met" if whole < TARGET else "MISSED"
    print(
        f"\nall {len(METRICS)} numbers and the network: {whole:.2f} s; target {TARGET} s: {verdict}"
    )
    print("slowest: " + ", ".join(f"{code} {took:.2f} s" for code, took in _slowest(last)))
    print(_in_parts(last))
    print(_against(last, runs))


def _timed(sizes: Sequence[int], runs: int) -> tuple[float, float, Context]:
    """(seconds of all numbers, seconds of introductions, the last context)."""
    took: list[tuple[float, float]] = []
    for turn in range(runs):
        context = context_of(sizes[0], sizes[1], sizes[2], seed=turn)
        start = time.perf_counter()
        compute(context)
        between = time.perf_counter()
        introductions(context)
        took.append((between - start, time.perf_counter() - between))
    count, suggest = (statistics.median(each) for each in zip(*took, strict=True))
    return count, suggest, context


def _in_parts(context: Context) -> str:
    """The same numbers for each district, sector and group alone: the tab By part."""
    codes = compute(context)
    start = time.perf_counter()
    found = parts_of(context, codes)
    took = time.perf_counter() - start
    parts = len({(one.by, one.part) for one in found})
    each = 1000 * took / parts
    return (
        f"{len(found):,} numbers by part in {took:.1f} s: {each:.0f} ms for each of {parts} parts"
    )


def _slowest(context: Context) -> list[tuple[str, float]]:
    found = [(metric.code, _seconds(lambda m=metric: compute(context, [m]))) for metric in METRICS]
    return sorted(found, key=lambda one: -one[1])[:SLOWEST]


def _seconds(task: Callable[[], object]) -> float:
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


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
