"""The comparison for a first run: read the same files and write the same rows, and nothing else.

As a short script would do it, with pandas and openpyxl: no checking, no store, no formats.
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

import pandas as pd


def main(folder: Path, rows: Path, out: Path) -> None:
    pd.read_csv(folder / "responses.csv", dtype=str)
    pd.read_excel(folder / "tracker.xlsx", sheet_name=None, engine="openpyxl")
    tabs = pickle.loads(rows.read_bytes())
    with pd.ExcelWriter(out, engine="openpyxl") as book:
        for title, (header, cells) in tabs.items():
            pd.DataFrame(cells, columns=header).to_excel(book, sheet_name=title, index=False)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
