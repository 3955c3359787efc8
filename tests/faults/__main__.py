"""`python -m tests.faults --kills 200` kills runs and prints figures; ends with 1 if any is bad."""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.faults.forker import SEAMS, Forker
from tests.faults.planted import PLANTED
from tests.faults.scene import Figures, Scene, Struck, random_instants
from tests.faults.springs import make
from tests.mailserver import MailServer

HEAD = "| Way out | How the run ended | Tried | Ended | Compared | Twice | Lost | Unknown | Other |"


def main() -> int:
    """The kills from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="instants at which a run is killed")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        make(folder / "base")
        forker = stack.enter_context(Forker())
        server = stack.enter_context(MailServer())
        scenes = {
            "SMTP": Scene(folder / "base", folder / "smtp", forker, server),
            "folder": Scene(folder / "base", folder / "outbox", forker),
        }
        _print(HEAD)
        _print("|---|---|" + "--:|" * 7)
        wrong = [line for name, scene in scenes.items() for line in _tried(name, scene, asked)]
        found = list(_planted(scenes["SMTP"]))
    for line in [*wrong, *found]:
        _print(line)
    return bool(wrong) or any("not found" in line for line in found)


def _tried(name: str, scene: Scene, asked: argparse.Namespace) -> Iterator[str]:
    """Prints the rows of one way out; gives what was wrong."""
    share = asked.kills * 3 // 4 if name == "SMTP" else asked.kills - asked.kills * 3 // 4
    yield from _row(name, "at every seam", scene, (scene.strike(fatal=seam) for seam in SEAMS))
    parts = random_instants(share, scene.writes, asked.seed)
    yield from _row(name, "SIGKILL", scene, (scene.killed(part) for part in parts))


def _row(name: str, how: str, scene: Scene, struck: Iterator[Struck]) -> Iterator[str]:
    scene.figures = all_ = Figures()
    for each in struck:
        yield from (f"{name}, {how}, after {each.went.seconds:.3f} s: {w}" for w in each.wrong)
    numbers = (all_.tries, all_.kills, all_.compared, all_.duplicates, all_.losses,
               all_.unknowns, all_.other)  # fmt: skip
    _print(f"| {name} | {how} | {' | '.join(map(str, numbers))} |")


def _planted(scene: Scene) -> Iterator[str]:
    """Whether each planted bug is found."""
    for name in PLANTED:
        if name == "key without its period":
            told = f"{2 - scene.a_week_later(planted=name)} lost"
        else:
            struck = [scene.strike(name, fatal=seam) for seam in ("deliver", "delivered")]
            told = (f"{sum(s.losses for s in struck)} lost, "
                    f"{sum(s.duplicates for s in struck)} twice")  # fmt: skip
        found = "found" if any(digit in told for digit in "123456789") else "not found"
        yield f"Planted, {name}: {found} ({told})"


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
