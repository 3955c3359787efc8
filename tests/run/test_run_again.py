"""Again means the same: nothing new writes nothing, and the same inputs give the same bytes."""

from __future__ import annotations

import email
import email.policy
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

WEAVER = Path(sys.executable).with_name("weaver")


def parts(content: bytes) -> dict[str, bytes]:
    """A mail's pages and pictures by type."""
    mail = email.message_from_bytes(content, policy=email.policy.default)
    return {p.get_content_type(): p.get_payload(decode=True) for p in mail.walk()
            if not p.is_multipart()}  # fmt: skip


def test_a_second_run_of_the_demonstration_writes_nothing(demo: Any) -> None:
    before = demo.files()
    again = demo.run()
    assert (again["cells_written"], again["mail"]["queued"], again["mail"]["sent"]) == (0, 0, 0)
    assert demo.files() == before


def test_a_second_run_that_looks_at_everything_writes_nothing(settled: Any) -> None:
    settled.touched()
    before = settled.files()
    again = settled.run()
    assert "idle" not in again
    assert (again["cells_written"], again["mail"]["queued"], again["mail"]["sent"]) == (0, 0, 0)
    after = settled.files()
    assert {name for name in before if after[name] != before[name]} <= {"state.db"}
    assert after.keys() == before.keys()


def test_a_run_with_nothing_new_loads_none_of_the_heavy_libraries(settled: Any) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", WEAVER, "run", "--json", "-c", settled.settings],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0
    assert '"idle": true' in done.stdout
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "connectors.store.peek" in loaded
    heavy = {"pandas", "numpy", "sqlalchemy", "pydantic", "xlsxwriter", "matplotlib", "jinja2"}
    assert not heavy & loaded


def test_a_run_after_libreoffice_saved_the_results_writes_nothing(
    demo: Any, require: Any, tmp_path: Path
) -> None:
    soffice = require("libreoffice")
    subprocess.run(
        [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
         "xlsx", "--outdir", tmp_path / "saved", demo.results],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    saved = (tmp_path / "saved" / "results.xlsx").read_bytes()
    assert saved != demo.results.read_bytes()
    shutil.copy(tmp_path / "saved" / "results.xlsx", demo.results)
    mails = demo.mails()
    again = demo.run()
    assert "idle" not in again
    assert (again["cells_written"], again["mail"]["queued"]) == (0, 0)
    assert demo.results.read_bytes() == saved
    assert demo.mails() == mails


@pytest.fixture
def twins(demo: Any, tmp_path: Path) -> list[Any]:
    """The demonstration's folder without anything that Weaver wrote, twice."""
    for path in (*demo.folder.glob("state.db*"), *demo.folder.glob("results*")):
        path.unlink()
    shutil.rmtree(demo.folder / "outbox")
    return [demo.copy(tmp_path / "one"), demo.copy(tmp_path / "two" / "deeper")]


def test_two_processes_give_the_same_bytes(twins: list[Any]) -> None:
    odd = ({"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland"}, {"PYTHONHASHSEED": "2", "TZ": "UTC"})
    running = [
        subprocess.Popen(
            [WEAVER, "run", "--json", "-c", twin.settings],
            env=os.environ | environment, stdout=subprocess.PIPE, text=True,
        )
        for twin, environment in zip(twins, odd, strict=True)
    ]  # fmt: skip
    said = [process.communicate(timeout=120)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert said[0] == said[1]
    one, two = twins
    assert one.results.read_bytes() == two.results.read_bytes()
    assert len(one.mails()) == 3
    assert one.mails() == two.mails()
    for name, content in one.mails().items():
        mine, other = parts(content), parts(two.mails()[name])
        assert {"text/plain", "text/html", "image/png"} <= mine.keys()
        assert mine == other
