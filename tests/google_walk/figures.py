"""Many walks on end, and what they came to."""

from __future__ import annotations

import random
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.google_walk.side import Through
from tests.google_walk.walk import GROUPS, Walk

WAYS: tuple[Through, ...] = ("both", "form", "sheet")


@dataclass
class Figures:
    """What walks came to.

    Attributes:
        steps, walks: how many.
        counts: kind → how often.
        wrong: what was found, each with the story that led there.
    """

    steps: int = 0
    walks: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def group(self, name: str) -> int:
        """How often things of that group happened."""
        return sum(self.counts[kind] for kind in GROUPS[name])

    def lines(self) -> Iterator[str]:
        """The table."""
        yield f"{self.steps} steps in {self.walks} walks, {len(self.wrong)} of them went wrong"
        known = {kind for kinds in GROUPS.values() for kind in kinds}
        for name, kinds in GROUPS.items():
            yield f"{self.group(name):6} {name}"
            yield from (f"{'':6} {self.counts[kind]:6} {kind}" for kind in kinds)
        yield from (f"{n:6} {kind}" for kind, n in sorted(self.counts.items()) if kind not in known)


def wander(
    steps: int, length: int, seed: int, say: Callable[[str], object] = lambda _: None
) -> Figures:
    """So many steps in walks of such a length, each over a coalition of its own."""
    figures, rng = Figures(), random.Random(seed)
    while figures.steps < steps:
        through = WAYS[figures.walks % len(WAYS)]
        with tempfile.TemporaryDirectory() as folder:
            walk = Walk(Path(folder) / "walk", seed + figures.walks, through)
            try:
                walk.begin()
                for _ in range(min(length, steps - figures.steps)):
                    figures.steps += 1
                    walk.wander(rng.getrandbits(20))
                walk.settle()
                walk.idle()
            except Exception:  # noqa: BLE001 - whatever it is, the other walks go on
                story = "\n".join(walk.story[-15:])
                figures.wrong.append(f"{through}, walk {figures.walks}:\n{story}\n{_short()}")
                say(figures.wrong[-1])
            finally:
                walk.close()
        figures.walks += 1
        figures.counts += walk.counts
        say(f"{figures.steps} steps, {figures.walks} walks, {len(figures.wrong)} wrong")
    return figures


def _short() -> str:
    return traceback.format_exc(limit=-2)[:3000]
