"""Each worked example is run as it stands in the documentation, and shows what it says there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.worked.pages import FOLDER, SHOWN, blocks, pages
from tests.worked.pictures import picture
from tests.worked.play import play


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_a_worked_example_shows_what_its_page_says(page: Path, tmp_path: Path) -> None:
    found = blocks(page)
    result, made = play(tmp_path, found)
    said = {(block.kind, block.what): block.text for block in found if block.kind in SHOWN}
    assert said, "the page shows nothing"
    assert made == said
    drawn = (FOLDER / f"{page.stem}.svg").read_text(encoding="utf-8")
    assert drawn == picture(page.stem, result)
    assert f"{page.stem}.svg)" in page.read_text(encoding="utf-8")


def test_there_are_the_nine_patterns_and_each_is_listed() -> None:
    names = [page.stem for page in pages()]
    assert len(names) == 9
    listed = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert all(f"({name}.md)" in listed for name in names)
