"""One store for one spreadsheet: a run with another one stops before anything is written."""

from __future__ import annotations

import pytest

from config.errors import WrongSettings
from connectors.google.book import STORE
from tests.google_emulator import people
from tests.google_traps.springs import WRITE, Springs


def written(springs: Springs) -> int:
    return sum(recorded.method_id == WRITE for recorded in springs.google.log)


def test_a_store_that_was_lost(running: Springs) -> None:
    for path in running.folder.glob("state.db*"):
        path.unlink()
    before = written(running)
    with pytest.raises(WrongSettings, match="The store is empty"):
        running.run()
    assert written(running) == before
    assert not running.folder.joinpath("state.db").exists()


def test_a_store_of_another_spreadsheet(running: Springs) -> None:
    marks = running.working.developer_metadata
    (mark,) = [mark for mark in marks if mark["metadataKey"] == STORE]
    mark["metadataValue"] = "w-another"
    before = written(running)
    with pytest.raises(WrongSettings, match="written from another store"):
        running.run()
    assert written(running) == before


def test_decisions_that_are_gone(running: Springs) -> None:
    people.delete_tab(running.world, running.working, "To decide")
    before = written(running)
    with pytest.raises(WrongSettings, match="The tab To decide is gone") as caught:
        running.run()
    assert caught.value.remedy.startswith("If the tab was renamed, write")
    assert "Version history" in caught.value.remedy
    assert written(running) == before
