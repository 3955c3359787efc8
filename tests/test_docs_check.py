"""What `make check` says of documentation, declarations and imports that went wrong."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.runner import Order, run

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("config", "connectors", "pipeline", "reports", "docs", "locks", "benchmarks")
NOW = dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC)
Change = Callable[[str, str, str], None]


def program(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a program on the copy: what is imported is the copy's."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True)


def check(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return program(folder, sys.executable, "docs/check.py", *options)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The project without its tests, but with the page about the emulated Google."""
    for name in FOLDERS:
        skipped = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=skipped)
    for file in (*ROOT.glob("*.md"), ROOT / "Makefile", ROOT / "LICENSE", ROOT / "pyproject.toml"):
        shutil.copy(file, tmp_path)
    page = Path("tests") / "google_emulator" / "README.md"
    (tmp_path / page).parent.mkdir(parents=True)
    shutil.copy(ROOT / page, tmp_path / page)
    return tmp_path


@pytest.fixture
def change(checkout: Path) -> Change:
    """Call it with a file, a text that stands there once, and what shall stand there instead."""

    def put(file: str, before: str, after: str) -> None:
        text = (checkout / file).read_text(encoding="utf-8")
        assert text.count(before) == 1, (file, before, text.count(before))
        (checkout / file).write_text(text.replace(before, after), encoding="utf-8")

    return put


def test_a_text_of_the_program_that_changed(checkout: Path, change: Change) -> None:
    change("pipeline/commands/run.py", "but write and mail nothing.", "and write nothing at all.")
    change(
        "pipeline/rules/s2_signatory.py", '"S201",\n        title="', '"S201",\n        title="X'
    )
    change("config/post.py", "the address in From.", "from whom letters come.")
    change("config/tables/work.py", "The day it took place.", "When it took place.")
    told = check(checkout)
    assert told.returncode == 1
    line = next(n for n, text in enumerate(
        (checkout / "README.md").read_text(encoding="utf-8").splitlines(), 1
    ) if text == "<!-- weaver run --help -->")  # fmt: skip
    assert (
        f"README.md:{line}: the text under `weaver run --help` differs from the program's; "
        "run `python docs/check.py --write`." in told.stdout
    )
    assert "    +  --dry-run          Compute and say, and write nothing at all." in told.stdout
    pages = re.findall(r"^docs/(\w+)\.md: the page differs", told.stdout, re.MULTILINE)
    assert {"rules", "tables", "settings"} <= set(pages)
    renewed = check(checkout, "--write")
    assert renewed.stdout.splitlines()[-1] == "The documentation says what the program does."
    assert renewed.returncode == 0


def test_a_rule_without_documentation_and_columns_that_no_table_has(
    checkout: Path, change: Change
) -> None:
    change(
        "pipeline/rules/s0_form.py",
        'why="Without a name nobody can be counted, thanked or listed."',
        'why=" "',
    )
    change("pipeline/rules/s0_form.py", 'reads=("organisation", "email")', 'reads=("emial",)')
    change("pipeline/metrics/align.py", '("signons.outcome", "signons.day")', '("signons.dya",)')
    change("config/post.py", "        sender: the address in From.\n", "")
    told = check(checkout, "--write")
    assert told.returncode == 1
    assert told.stdout.splitlines()[:4] == [
        "rule S001: has no documentation: why is empty; say it where it is declared.",
        "rule S006: reads 'emial', a column that no table has. Did you mean email?",
        "metric A1: needs 'signons.dya', a column that no table has. Did you mean day?",
        "config: Mail.sender is not explained; add it to the Attributes of its class.",
    ]


def test_names_and_links_that_lead_nowhere(checkout: Path, change: Change) -> None:
    change("README.md", "<!-- weaver status --help -->", "<!-- weaver status -h -->")
    change("README.md", "(docs/settings.md)", "(docs/setings.md)")
    change("README.md", "[MIT licence](LICENSE).", "![](LICENSE#top) `make coffee` `weaver brew`")
    change("docs/architecture.md", "`pipeline/compose.py`", "`pipeline/composer.py`")
    change("docs/architecture.md", "`think()`", "`thinks()`")
    (checkout / "pipeline" / "guessing.py").touch()
    told = check(checkout)
    assert told.returncode == 1
    wanted = [
        "pyproject.toml: pipeline.guessing is missing in the contract “thinking”",
        "README.md: the command status is missing; add <!-- weaver status --help -->",
        "README.md: there is no `make coffee`.",
        "README.md: there is no `weaver brew`.",
        "README.md: the link to docs/setings.md leads nowhere: there is no such file.",
        "README.md: the picture LICENSE#top has no words that describe it.",
        "README.md: the link to LICENSE#top leads nowhere: there is no such heading.",
        "docs/architecture.md: names `pipeline/composer.py`, but there is no such file or folder.",
        "docs/architecture.md: names `thinks()`, but nothing in the code is called so.",
    ]
    assert [text for text in wanted if text not in told.stdout] == []


@pytest.mark.parametrize(
    ("file", "bad", "told"),
    [
        ("reports/tabs.py", "import connectors.local", "reports.tabs -> connectors.local"),
        ("pipeline/standing.py", "import sqlite3", "pipeline.standing -> sqlite3"),
        ("reports/mail.py", "import time", "reports.mail -> time"),
    ],
)
def test_an_import_that_breaks_the_rooms(checkout: Path, file: str, bad: str, told: str) -> None:
    lint = str(Path(sys.executable).with_name("lint-imports"))
    with (checkout / file).open("a", encoding="utf-8") as text:
        text.write(f"\n{bad}\n")
    done = program(checkout, lint, "--no-cache")
    assert done.returncode == 1
    assert told in done.stdout


def test_the_readme_s_smallest_coalition_works(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, text in re.findall(r"<!-- file (\S+) -->\n```\w+\n(.*?)```", readme, re.DOTALL):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    summary = run(Order(tmp_path / "weaver.toml", NOW))
    assert summary["signons"]["accepted"] == 1
    assert summary["signons"]["hold"] == 1
    assert summary["problems"] == []
    assert (tmp_path / "results.xlsx").exists()
