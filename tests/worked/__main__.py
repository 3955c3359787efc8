"""Renews what the worked examples show: `python -m tests.worked --write [NAME ...]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.worked.pages import FOLDER, blocks, pages, renewed
from tests.worked.pictures import picture
from tests.worked.play import play


def main() -> int:
    """Write every page and picture anew, or those that are named."""
    if "--write" not in sys.argv:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    names = [word for word in sys.argv[1:] if word != "--write"]
    for page in pages():
        if names and page.stem not in names:
            continue
        with tempfile.TemporaryDirectory() as place:
            result, made = play(Path(place), blocks(page))
            page.write_text(renewed(page, made), encoding="utf-8")
            drawn = picture(page.stem, result)
            (FOLDER / f"{page.stem}.svg").write_text(drawn, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
