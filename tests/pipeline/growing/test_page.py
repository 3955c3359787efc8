"""The page on how the tracker grows tells each tab's event as the program does."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.tables import BY_NAME
from pipeline.growing.events import EVENTS, WEAVERS

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "growing.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("event", [*EVENTS, *WEAVERS], ids=lambda event: event.table)
def test_each_tab_stands_there_with_its_event(event) -> None:
    table = BY_NAME[event.table]
    assert f"| {table.title} | {event.words} | {table.about} |" in PAGE


def test_in_the_order_in_which_they_are_suggested() -> None:
    places = [PAGE.index(f"| {BY_NAME[event.table].title} | ") for event in EVENTS]
    assert places == sorted(places)
