"""The invented sign-ons: as many as asked, always the same, and as mixed as promised."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def generator(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT)
    from benchmarks.names import generator

    return generator


def test_the_same_seed_gives_the_same_bytes(generator: ModuleType, tmp_path: Path) -> None:
    one, same, other = tmp_path / "1.csv", tmp_path / "2.csv", tmp_path / "3.csv"
    for path, seed in ((one, 7), (same, 7), (other, 8)):
        generator.write(path, 500, seed)
    assert one.read_bytes() == same.read_bytes()
    assert one.read_bytes() != other.read_bytes()
    assert one.read_text().count("\n") == 501


def test_one_in_five_has_signed_before_and_half_of_them_write_it_otherwise(
    generator: ModuleType,
) -> None:
    rows = list(generator.signons(5_000, 1))
    first = {row[-1]: row[1] for row in reversed(rows)}
    later = len(rows) - len(first)
    same = sum(row[1] == first[row[-1]] for row in rows) - len(first)
    assert 0.18 < later / len(rows) < 0.22
    assert 0.4 < same / later < 0.6
    heavier = list(generator.signons(5_000, 1, corruption=3))
    first = {row[-1]: row[1] for row in reversed(heavier)}
    again = sum(row[1] == first[row[-1]] for row in heavier) - len(first)
    assert again < same / 2


def test_chapters_are_organisations_of_their_own(generator: ModuleType) -> None:
    truths = {row[1]: row[-1] for row in generator.signons(5_000, 1)}
    locals_ = [name for name in truths if " Local " in name]
    assert len(locals_) > 20
    assert len({truths[name] for name in locals_}) > 20
    families = Counter(name.partition(" Local ")[0] for name in locals_)
    assert families.most_common(1)[0][1] > 1


def test_an_ablation_leaves_columns_out_and_nothing_else(
    generator: ModuleType, tmp_path: Path
) -> None:
    generator.main(["--rows", "50", str(tmp_path / "all.csv")])
    generator.main(["--rows", "50", "--names-only", str(tmp_path / "names.csv")])
    generator.main(["--rows", "50", "--no-city", str(tmp_path / "place.csv")])
    heads = {file.stem: file.read_text().partition("\n")[0] for file in tmp_path.glob("*.csv")}
    assert heads["names"] == "timestamp,organisation,truth"
    assert heads["place"] == "timestamp,organisation,website,email,country,truth"
    assert heads["all"] == ",".join(generator.COLUMNS)
