"""The first look at Google: one spreadsheet is read in one go, whatever lies in it."""

from __future__ import annotations

from connectors.google.book import known
from connectors.google.fetching import fetch
from connectors.google.once import Once
from connectors.google.tables import GoogleTables
from tests.google_emulator.forms import create_form, link_sheet, questions, submit
from tests.google_emulator.tracker import NAMES, OWNER, Tracker


def test_responses_in_the_trackers_own_spreadsheet_cost_no_request_more() -> None:
    with Tracker() as tracker:
        world = tracker.google.world
        form = create_form(world, "Join us", OWNER, [questions.text("Organisation")])
        tab = link_sheet(world, form, tracker.book)
        submit(world, form, {"Organisation": "Alder"})
        tracker.book.add_sheet("Promises").set(0, 0, "What")
        tracker.book.add_sheet("My diary").set(1, 0, "secret")
        start = tracker.google.counted()
        first = Once(tracker.calls, {tracker.book.id: known(NAMES)})
        tables = GoogleTables(tracker.calls, tracker.book.id, NAMES, first=first)
        read = fetch(first, None, f"{tracker.book.id}#gid={tab.sheet_id}", {})
        assert tables.read().people["Promises"].header == ("What",)
        assert read.linked is not None
        assert read.linked.tab.cells is not None
        assert len(read.linked.tab.cells) == 2
        asked = tracker.google.calls()[start:]
        assert [r.method_id.rpartition(".")[2] for r in asked if r.method_id != "token"] == [
            "get", "batchGet",
        ]  # fmt: skip
        assert "'My diary'!A1:ZZZ1" in str(asked[-1].query), "of a tab of theirs the titles alone"


def test_a_second_look_is_a_new_one() -> None:
    with Tracker() as tracker:
        tracker.book.add_sheet("Promises").set(0, 0, "What")
        first = Once(tracker.calls, {tracker.book.id: known(NAMES)})
        tables = GoogleTables(tracker.calls, tracker.book.id, NAMES, first=first)
        tables.read()
        tracker.book.sheet("Promises").set(0, 1, "Who")
        again = GoogleTables(tracker.calls, tracker.book.id, NAMES)
        assert again.read().people["Promises"].header == ("What", "Who")
