"""What a run may cost on Google, counted by the emulated one while the real program runs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks.google.programs import decide, told_by_weaver
from benchmarks.google.scene import TABS, emulated, keep
from benchmarks.google.start import HEAVY, imported

FIRST, QUIET = 9, 5


@pytest.mark.parametrize("signons", [200, pytest.param(5_000, marks=pytest.mark.slow)])
def test_a_run_costs_few_requests(tmp_path: Path, signons: int) -> None:
    kept = keep(tmp_path / "kept", signons)
    folder = shutil.copytree(kept.settings, tmp_path / "weaver")
    with emulated(kept) as google:
        book = google.world.spreadsheets[kept.working]
        assert len(book.sheets) == TABS
        (form,) = google.world.forms.values()
        assert len(form.responses) == signons

        first, said = told_by_weaver(google, folder)
        assert said["requests"] == first.requests == google.counted() <= FIRST
        assert first.writes
        assert len(book.sheets) > TABS
        assert said["signons"]["received"] >= signons

        # The next run finds what the first has written, just as it was foreseen.
        quiet, said = told_by_weaver(google, folder)
        assert said["requests"] == quiet.requests <= QUIET
        assert not quiet.writes
        assert said["cells_written"] == 0
        assert said["idle"] is True

        # What looks and finds nothing new loads nothing that a run with work to do needs.
        names = imported(google, folder)
        assert "gspread" in names
        assert not names & set(HEAVY)

        key = decide(google, kept)
        decided, said = told_by_weaver(google, folder)
        assert said["requests"] == decided.requests <= FIRST
        assert said["cells_written"], key
        assert told_by_weaver(google, folder)[1]["idle"] is True
