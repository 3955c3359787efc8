"""`python -m tests.google_walk --steps 10000` walks and prints figures."""

from __future__ import annotations

import argparse
import sys

from tests.google_walk.figures import wander


def main() -> int:
    """The walk from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--length", type=int, default=100, help="steps over one coalition")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    figures = wander(asked.steps, asked.length, asked.seed, _print)
    for line in figures.lines():
        _print(line)
    return 1 if figures.wrong else 0


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
