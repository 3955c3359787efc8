"""Tabs in Google Sheets are copied into the coalition's folder before a run writes."""

from __future__ import annotations

from connectors.workbook import read_workbook
from tests.google_traps.springs import Springs


def test_the_tabs_as_they_stood_are_one_workbook_in_the_folder(running: Springs) -> None:
    backups = running.folder / "backups"
    before = {path.name for path in backups.glob("tabs-*.xlsx")}
    assert len(before) == 1
    running.run()
    assert {path.name for path in backups.glob("tabs-*.xlsx")} == before
    running.world.clock.advance(86_400)
    running.run()
    first, second = sorted(backups.glob("tabs-*.xlsx"))
    assert "To decide" not in read_workbook(first)
    assert "To decide" in read_workbook(second)
    assert second.stat().st_mode & 0o777 == 0o600
