"""What the benchmarks rest on: the generated coalition, and that the idle path loads little."""

from __future__ import annotations

import csv
import importlib.util
import io
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
WEAVER = str(Path(sys.executable).with_name("weaver"))
HEAVY = ("pandas", "numpy", "pydantic", "sqlalchemy", "matplotlib", "jinja2", "xlsxwriter")


@pytest.fixture(scope="module")
def coalition() -> ModuleType:
    spec = importlib.util.spec_from_file_location("coalition", ROOT / "benchmarks" / "coalition.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_generator_gives_as_many_sign_ons_as_asked(coalition: ModuleType) -> None:
    header, *rows = csv.reader(io.StringIO(coalition.responses(1_000).decode(), newline=""))
    assert len(rows) == 1_000
    own = coalition.csv_bytes(coalition.TODAY).decode()
    made = rows[len(list(csv.reader(io.StringIO(own, newline="")))) - 1 :]
    names = Counter(row[header.index(coalition.questions()["organisation"])] for row in made)
    assert 0.94 < len(names) / len(made) < 0.99


def test_the_same_seed_gives_the_same_bytes(coalition: ModuleType) -> None:
    assert coalition.responses(300, 7) == coalition.responses(300, 7)
    assert coalition.responses(300, 7) != coalition.responses(300, 8)


def test_help_loads_next_to_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", WEAVER, "--help"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert done.stdout.startswith("Usage: weaver")
    assert "pipeline.cli" in loaded
    assert not set(HEAVY) & loaded


def test_a_generated_coalition_is_a_whole_folder(coalition: ModuleType, tmp_path: Path) -> None:
    settings = coalition.write(tmp_path, 200)
    assert settings == tmp_path / "weaver.toml"
    assert (tmp_path / "responses.csv").read_bytes() == coalition.responses(200)
    assert (tmp_path / "tracker.xlsx").exists()
    assert not (tmp_path / "state.db").exists()


@pytest.mark.parametrize("name", ["run", "numbers", "plain"])
def test_make_bench_can_start_them(name: str) -> None:
    # As a script, its folder would come first, and numbers.py stand for Python's own module.
    shown = [sys.executable, "-c", f"import benchmarks.{name}, numbers; numbers.Integral"]
    assert subprocess.run(shown, cwd=ROOT, capture_output=True, check=False).returncode == 0
    assert "python benchmarks/" not in (ROOT / "Makefile").read_text(encoding="utf-8")
