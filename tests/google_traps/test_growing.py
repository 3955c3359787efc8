"""Tabs of people's that Weaver makes at Google, and tabs of its own that come into sight."""

from __future__ import annotations

from tests.google_traps.springs import Springs


def word(springs: Springs, tab: str, text: str) -> None:
    springs.type("Start", {"Tab": tab}, "Your word", text)


def line(springs: Springs, tab: str) -> dict:
    (found,) = [row for row in springs.rows("Start") if row["Tab"] == tab]
    return found


def hidden(springs: Springs) -> list[str]:
    return [sheet.title for sheet in springs.working.sheets if sheet.hidden]


def titles(springs: Springs) -> list[str]:
    return [sheet.title for sheet in springs.working.sheets]


def test_from_a_tick_to_a_number(running: Springs) -> None:
    word(running, "Meetings", "yes")
    running.next_day()
    running.run()
    (example,) = running.rows("Meetings")
    assert list(example)[:4] == ["Date", "Name", "Kind", "Group"]
    assert (example["Name"], example["People"]) == ("Example meeting", 8)
    start, sheet = running.google.counted(), running.working.sheet("Meetings").sheet_id
    running.next_day()
    running.run()
    asked = running.asked(start)
    assert asked, "the log has a row more"
    assert not any(f"'sheetId': {sheet}" in str(r) for r in asked), "nobody writes there again"
    assert not running.fixes(), running.fixes()
    assert line(running, "Meetings")["Rows"] == 0
    for column, text in (("Date", "2026-03-03"), ("Name", "First talk"), ("Kind", "meeting")):
        running.type("Meetings", 3, column, text)
    running.next_day()
    running.run()
    assert line(running, "Meetings")["Rows"] == 1


def test_nothing_is_written_when_nothing_happens(running: Springs) -> None:
    word(running, "Meetings", "yes")
    running.run()
    running.add_settings("# seen")
    assert running.run()["cells_written"] == 0


def test_a_tab_that_was_renamed_is_still_known(running: Springs) -> None:
    word(running, "Meetings", "yes")
    running.run()
    running.working.sheet("Meetings").title = "Our evenings"
    for column, text in (("Date", "2026-03-03"), ("Name", "First talk"), ("Kind", "meeting")):
        running.type("Our evenings", 3, column, text)
    running.next_day()
    running.run()
    assert line(running, "Meetings")["Rows"] == 1
    assert "Meetings" not in titles(running)


def test_people_s_titles_are_never_put_right(running: Springs) -> None:
    word(running, "Meetings", "yes")
    running.run()
    running.type("Meetings", 1, "Purpose", "What for")
    running.next_day()
    running.run()
    assert "What for" in running.rows("Meetings")[0]
    assert "Purpose" not in running.rows("Meetings")[0]


class TestOutOfSight:
    def test_until_something_happens(self, running: Springs) -> None:
        assert hidden(running) == ["Numbers over time", "Weaver's log"]

    def test_yes_brings_it_into_sight_once(self, running: Springs) -> None:
        word(running, "Weaver's log", "yes")
        running.next_day()
        running.run()
        assert hidden(running) == ["Numbers over time"]
        running.working.sheet("Weaver's log").hide()
        running.sign("Gorse Moor Society", {})
        running.next_day()
        running.run()
        assert "Weaver's log" in hidden(running), "who hides it again has it hidden"
