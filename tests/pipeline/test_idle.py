"""What the cheap look reads, from wherever the program is called."""

import datetime as dt
from pathlib import Path

import pytest

from pipeline.idle import places

DAY = dt.date(2026, 6, 15)
SETTINGS = '[coalition]\nname = "Rivers for All"\ntime_zone = "Europe/Vienna"\n'


@pytest.fixture
def relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings of a coalition, named from the folder above its own."""
    folder = tmp_path / "coalition"
    (folder / "statements" / "main").mkdir(parents=True)
    (folder / "weaver.toml").write_text(SETTINGS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return Path("coalition", "weaver.toml")


@pytest.mark.parametrize(
    "name",
    ["responses.csv", "tracker.xlsx", "results.xlsx", "weaver.toml", "statements/main/v1.md"],
)
def test_a_file_that_changed_is_noticed_by_a_relative_name(relative: Path, name: str) -> None:
    before = places(relative).mark(DAY)
    with (relative.parent / name).open("a", encoding="utf-8") as file:
        file.write("# one more line\n")
    assert places(relative).mark(DAY) != before


def test_how_the_settings_are_named_changes_nothing(relative: Path) -> None:
    (relative.parent / "responses.csv").write_text("Timestamp\n", encoding="utf-8")
    (relative.parent / "statements" / "main" / "v1.md").write_text("One river", encoding="utf-8")
    assert places(relative).mark(DAY) == places(relative.absolute()).mark(DAY)
