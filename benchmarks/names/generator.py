"""Coalition sign-ons, invented, with the truth beside them.

    python -m benchmarks.names.generator --rows 10000 --seed 1 OUT.csv

One row in five is a later sign-on of an organisation that has signed before, written differently.
The column `truth` says which organisation it is; the other columns are what a form gives.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.names.corruption import later_row, where
from benchmarks.names.world import Founder, Organisation

COLUMNS = ("timestamp", "organisation", "website", "email", "country", "city", "truth")
LATER = 0.2
FIRST = dt.datetime.fromisoformat("2026-01-01T08:00:00")


def signons(rows: int, seed: int, corruption: float = 1) -> Iterator[list[str]]:
    """Rows in the order of COLUMNS; the same arguments give the same rows.

    corruption: how much worse than usual later sign-ons are written.
    """
    chance = random.Random(seed)
    founder = Founder(chance, platforms=3 + rows // 20_000)
    known: list[Organisation] = []
    for number in range(rows):
        if known and chance.random() < LATER:
            of = chance.choice(known)
            row = later_row(chance, of, corruption)
        else:
            of = founder.found()
            known.append(of)
            row = _first_row(chance, of)
        sent = FIRST + dt.timedelta(seconds=30 * number)
        yield [sent.isoformat(), *row, str(of.truth)]


def _first_row(chance: random.Random, of: Organisation) -> list[str]:
    name = f"{of.name()} {of.legal}".strip()
    website = of.website if chance.random() < 0.9 else ""
    email = of.email if chance.random() < 0.97 else ""
    return [name, website, email, *where(chance, of, 1, first=True)]


def write(path: Path, rows: int, seed: int, corruption: float = 1,
          without: Sequence[str] = ()) -> Path:  # fmt: skip
    """A CSV of them, less the columns that an ablation leaves out."""
    kept = [at for at, column in enumerate(COLUMNS) if column not in without]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS[at] for at in kept)
        writer.writerows([row[at] for at in kept] for row in signons(rows, seed, corruption))
    return path


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corruption", type=float, default=1, help="3: three times as much")
    parser.add_argument("--names-only", action="store_true", help="no other columns")
    parser.add_argument("--no-city", action="store_true", help="without the city column")
    parser.add_argument("out", type=Path)
    given = parser.parse_args(arguments)
    without = ("website", "email", "country", "city") if given.names_only else ()
    if given.no_city:
        without = (*without, "city")
    write(given.out, given.rows, given.seed, given.corruption, without)


if __name__ == "__main__":
    main(sys.argv[1:])
