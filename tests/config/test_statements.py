"""Statements on disk: versions, translations and letters; every fault named with its file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from config.errors import WrongSettings
from config.statement import end_of, load_statement, load_statements

FIRST = """version = "1"
state = "adopted"
adopted_on = 2026-01-01
language = "en"
[[principles]]
id = "P1"
text = "We act peacefully."
"""
SECOND = FIRST.replace('"1"', '"2"', 1).replace("2026-01-01", "2026-06-01")
CONFIRMED = 'reconfirm_by = 2026-06-30\nsilence = "leaves"\n'
GERMAN = FIRST.replace('"en"', '"de"').replace(
    "[[principles]]", 'translation = "equally valid"\n[[principles]]'
)


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(f"+++\n{text}+++\n\nA text.\n", encoding="utf-8")
    return folder


def faults(folder: Path) -> tuple[str, ...]:
    with pytest.raises(WrongSettings) as caught:
        load_statement(folder)
    assert caught.value.exit_code == 78
    return caught.value.faults


def test_versions_and_translations_stand_together(tmp_path: Path) -> None:
    second = SECOND.replace("[[", CONFIRMED + "[[", 1)
    found = load_statement(write(tmp_path / "main", a=FIRST, b=second, c=GERMAN))
    assert [version.version for version in found.material] == ["1", "2"]
    assert [text.language for text in found.texts_of("1")] == ["en", "de"]
    assert found.in_force(dt.date(2026, 5, 31)).version == "1"


def test_the_main_statement_comes_first_then_the_letters(tmp_path: Path) -> None:
    for name in ("zoo", "main", "appeal"):
        write(tmp_path / name, a=FIRST)
    assert [found.name for found in load_statements(tmp_path)] == ["main", "appeal", "zoo"]


def test_a_letter_without_a_text_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "main", a=FIRST)
    (tmp_path / "appeal").mkdir()
    with pytest.raises(WrongSettings, match="This letter has no text"):
        load_statements(tmp_path)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"a": FIRST.replace("adopted_on = 2026-01-01\n", "")}, "a.md: an adopted version needs"),
        ({"a": FIRST, "b": SECOND.replace("06-01", "01-01").replace("[[", CONFIRMED + "[[", 1)},
         "two versions are adopted on 2026-01-01"),
        ({"a": FIRST + FIRST[FIRST.index("[["):]}, "the id p1 is used twice"),
        ({"a": FIRST, "b": FIRST}, "version '1' stands in two files"),
        ({"a": FIRST, "b": SECOND}, "version '2' must be re-confirmed, so silence has to be set"),
        ({"a": FIRST, "b": SECOND}, "so reconfirm_by has to be set to the last day for it"),
        ({"a": FIRST, "b": SECOND.replace("[[", CONFIRMED.replace("06-30", "05-30") + "[[", 1)},
         "version '2': reconfirm_by lies before adopted_on"),
        ({"a": GERMAN}, "has no original"),
        ({"a": FIRST, "b": GERMAN, "c": GERMAN}, "into 'de' stands in two files"),
        ({"a": FIRST, "b": GERMAN.replace("P1", "P2")}, "differs in its points: P1, P2"),
        ({"a": FIRST, "b": GERMAN.replace('"de"', '"en"')}, "language has to be set"),
        ({"a": FIRST.replace("2026-01-01", "soon")}, "a.md: between the two +++"),
        ({"a": FIRST.replace('"adopted"', '"agreed"')}, "a.md: state"),
    ],
)  # fmt: skip
def test_what_can_not_be_is_refused(tmp_path: Path, texts: dict[str, str], said: str) -> None:
    found = faults(write(tmp_path / "main", **texts))
    assert any(said in fault for fault in found), found


def test_a_day_ends_at_midnight_and_a_moment_where_it_says() -> None:
    vienna = ZoneInfo("Europe/Vienna")
    assert end_of(dt.date(2026, 3, 28), vienna).isoformat() == "2026-03-29T00:00:00+01:00"
    bare = dt.datetime(2026, 7, 1, 18)  # noqa: DTZ001 - a moment of the coalition's zone
    assert end_of(bare, vienna).isoformat() == "2026-07-01T18:00:00+02:00"
    zoned = dt.datetime(2026, 7, 1, 18, tzinfo=dt.UTC)
    assert end_of(zoned, vienna) is zoned
