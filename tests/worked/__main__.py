"""Renews what the worked examples show: `python -m tests.worked --write`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.worked.coalition import made, result_of, write
from tests.worked.pages import FOLDER, blocks, pages, renewed
from tests.worked.pictures import PICTURES


def main() -> int:
    """Write every page and picture anew."""
    if "--write" not in sys.argv:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    for page in pages():
        with tempfile.TemporaryDirectory() as place:
            folder, found = Path(place), blocks(page)
            write(folder, found)
            result = result_of(folder)
            page.write_text(renewed(page, made(folder, found, result)), encoding="utf-8")
            if page.stem in PICTURES:
                (FOLDER / f"{page.stem}.svg").write_text(PICTURES[page.stem](result), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
