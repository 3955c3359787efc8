"""Weaver's word on pairs, each judged as if there were nothing else."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pandas as pd


def main() -> None:
    """Read the folder's `pairs.json`, write `answers.json`: joined per pair, and how many asked."""
    from pipeline.resolution.linking import link

    folder = Path(sys.argv[1])
    joined, asked = [], 0
    for pair in json.loads((folder / "pairs.json").read_text()):
        links = link(pd.DataFrame({"name": pair}))
        joined.append(bool(len(links.joins)))
        asked += not joined[-1] and bool(len(links.asks))
    (folder / "answers.json").write_text(json.dumps({"joined": joined, "asked": asked}))


if __name__ == "__main__":
    main()
