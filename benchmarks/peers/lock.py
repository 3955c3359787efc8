"""Pins a peer with everything it needs: `python benchmarks/peers/lock.py NAME`.

Asks pip, with whatever registry it is set up for, what it would install here, and writes versions
and hashes to NAME.lock.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

WANTED = {
    "splink": ("splink>=5",),
    "dedupe": ("dedupe>=3", "BTrees<6"),  # with newer BTrees its index predicates fail
    "recordlinkage": ("recordlinkage>=0.16", "pandas<3"),
    "gspread": ("gspread>=6",),
    "gspread-dataframe": ("gspread-dataframe>=4", "gspread>=6"),
    "gspread-pandas": ("gspread-pandas>=4",),
    "pygsheets": ("pygsheets>=2",),
    "parsons": ("parsons[google]>=6",),
}


def lock(name: str) -> str:
    """The lock's text: one pin with the hash of its file per line."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run",
                   "--ignore-installed", "--report", str(report), *WANTED[name]]  # fmt: skip
        subprocess.run(command, check=True)
        found = json.loads(report.read_text())["install"]
    pins = []
    for each in found:
        name_, version = each["metadata"]["name"], each["metadata"]["version"]
        digest = each["download_info"]["archive_info"]["hashes"]["sha256"]
        name_ = re.sub(r"[-_.]+", "-", name_).lower()
        pins.append(f"{name_}=={version} \\\n    --hash=sha256:{digest}\n")
    return "".join(sorted(pins))


def main(names: Sequence[str]) -> None:
    for name in names or WANTED:
        (Path(__file__).parent / f"{name}.lock").write_text(lock(name))


if __name__ == "__main__":
    main(sys.argv[1:])
