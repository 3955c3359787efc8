"""How well reservations are told from remarks: `python benchmarks/reservations.py FILE.csv …`.

A file has the columns language, reservation (yes or no) and text. Per file and language it prints
how many sentences there are, the precision and recall of “is a reservation”, and how many were
missed or taken for one wrongly. The sentences themselves are shown only with --show.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.rules.reservations import reserved

WIDTHS = (-20, -9, 9, 9, 6, 6, 7)
HEADS = ("file", "language", "sentences", "precision", "recall", "missed", "wrongly")


class Judged(NamedTuple):
    """A sentence, whether it is a reservation, and whether it was taken for one."""

    language: str
    text: str
    is_one: bool
    taken: bool


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--show", action="store_true", help="print what was judged wrongly")
    given = parser.parse_args(arguments)
    print(columns(HEADS))
    for path in given.files:
        judged = read(path)
        for language in ("all", *sorted({each.language for each in judged})):
            here = [each for each in judged if language in ("all", each.language)]
            print(line(path.name, language, here))
        if given.show:
            print(*wrong(judged), sep="\n")


def read(path: Path) -> list[Judged]:
    """The sentences of a file, judged."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Judged(row["language"], row["text"], row["reservation"] == "yes",
                   bool(reserved(row["text"])))
            for row in csv.DictReader(file)
        ]  # fmt: skip


def measured(judged: Iterable[Judged]) -> tuple[float, float, int, int]:
    """Precision, recall, how many were missed, and how many were taken for one wrongly."""
    judged = list(judged)
    hits = sum(each.is_one and each.taken for each in judged)
    missed = sum(each.is_one and not each.taken for each in judged)
    wrongly = sum(each.taken and not each.is_one for each in judged)
    return hits / max(1, hits + wrongly), hits / max(1, hits + missed), missed, wrongly


def line(name: str, language: str, judged: Sequence[Judged]) -> str:
    precision, recall, missed, wrongly = measured(judged)
    shares = (f"{precision:.3f}", f"{recall:.3f}")
    return columns((name, language, str(len(judged)), *shares, str(missed), str(wrongly)))


def columns(cells: Sequence[str]) -> str:
    """One row of the table: words to the left, figures to the right."""
    return " ".join(
        cell.ljust(-width) if width < 0 else cell.rjust(width)
        for cell, width in zip(cells, WIDTHS, strict=True)
    )


def wrong(judged: Iterable[Judged]) -> Iterator[str]:
    for each in judged:
        if each.is_one != each.taken:
            yield f"  {each.language} {'missed' if each.is_one else 'wrongly'}: {each.text}"


if __name__ == "__main__":
    main(sys.argv[1:])
