"""How many requests a run costs on Google: `python -m benchmarks.google`, and by `make bench`.

Weaver and the other programs do the same on the emulated Google: read people's tabs and the form's
responses, and write Weaver's tabs. Every request is counted, tokens too.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.google import programs, table
from benchmarks.google.programs import Answer
from benchmarks.google.scene import keep
from benchmarks.google.start import Start, start


def main(arguments: Sequence[str]) -> None:
    given = _arguments(arguments)
    chosen = [name.strip() for name in given.only.split(";") if name.strip()]
    if strangers := set(chosen) - set(programs.PEERS):
        sys.exit(f"--only: {'; '.join(strangers)} is none of {'; '.join(programs.PEERS)}")
    with tempfile.TemporaryDirectory(prefix="weaver-bench-") as folder:
        print(report(Path(folder), given.signons, given.runs, chosen or list(programs.PEERS)))


def report(folder: Path, signons: int, runs: int, peers: Sequence[str]) -> str:
    """Measure everything in an empty folder, and say it."""
    kept, own = keep(folder / "form", signons), folder / "weaver"
    begun: list[Start] = []
    _tell("weaver")
    answer, tabs = programs.weaver(
        kept, own, runs, lambda google: begun.append(start(google, own, max(runs, 3)))
    )
    answers = {"weaver": answer, **_other_ways(folder, signons)}
    for name in peers:
        _tell(name)
        answers[name] = programs.peer(name, kept, tabs, folder / "peer", runs)
    return "\n".join([
        table.head(signons, runs), "", *table.verdicts(answer), "",
        table.table(answers, "weaver"), "",
        *table.seconds(answer), "", *table.start_lines(begun[0]),
    ])  # fmt: skip


def _other_ways(folder: Path, signons: int) -> dict[str, Answer]:
    """Weaver where its spreadsheets are laid out otherwise."""
    ways = {"weaver, linked sheet": ("sheet", False), "weaver, three spreadsheets": ("both", True)}
    found = {}
    for name, (through, parted) in ways.items():
        _tell(name)
        kept = keep(folder / name, signons, through, parted=parted)
        found[name] = programs.weaver_counted(kept, folder / "weaver")
    return found


def _tell(name: str) -> None:
    print(f"{name} ...", file=sys.stderr, flush=True)


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.google", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--runs", type=int, default=3, help="how often each (default: 3)")
    parser.add_argument("--signons", type=int, default=5_000, help="responses (default: 5000)")
    parser.add_argument("--only", default="", help=f"of {'; '.join(programs.PEERS)}")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
