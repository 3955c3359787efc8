"""What Weaver keeps: the results from before, and every decision in the store."""

from __future__ import annotations

import shutil
from typing import Any


def test_the_results_from_before_the_last_change_are_kept(settled: Any) -> None:
    before = settled.results.read_bytes()
    settled.signs("2026-03-16 08:00:00", "Iris Meadow Trust")
    settled.run()
    assert settled.results.read_bytes() != before
    assert (settled.folder / "results.previous.xlsx").read_bytes() == before


def test_deleted_results_are_rebuilt_from_the_store(settled: Any) -> None:
    wanted = {tab: settled.tab(tab) for tab in ("Who has signed", "Every form checked", "Numbers",
                                                "Numbers over time", "Weaver's log")}  # fmt: skip
    asked = [row for row in settled.tab("To decide") if row["Status"] == "open"]
    settled.results.unlink()
    (settled.folder / "results.previous.xlsx").unlink()
    ran = settled.run()
    assert (ran["listed"], ran["mail"]["queued"]) == (1, 0)
    log = wanted.pop("Weaver's log")
    assert {tab: settled.tab(tab) for tab in wanted} == wanted
    assert settled.tab("Weaver's log")[: len(log)] == log
    assert [row for row in settled.tab("To decide") if row["Status"] == "open"] == asked


def test_a_moved_folder_is_the_same_coalition(settled: Any, tmp_path: Any) -> None:
    moved = settled.copy(tmp_path / "elsewhere" / "springs")
    shutil.rmtree(settled.folder)
    before = moved.files()
    assert moved.run()["idle"] is True
    assert moved.files() == before
