"""What people did stays: three runs with changes, and not a bit of it is another one."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import pytest

from config.errors import Temporary, WrongSettings
from tests.google_emulator import people
from tests.google_emulator.server import Recorded
from tests.google_emulator.sheets.model import Box, Cell, Sheet
from tests.google_traps.conftest import Ran
from tests.google_traps.springs import OWNER, WRITE, Springs, tab_model

TO_DECIDE, WHO, CHANGES = "To decide", "Who has signed", "Changes"
KEYED = {TO_DECIDE: "Key", WHO: "Id", CHANGES: "Organisation"}
PEOPLES: Mapping[str, tuple[str, ...]] = {
    TO_DECIDE: ("Decision", "Decided by", "Note", "Hours", "To do"),
    WHO: ("Our friend there", "Seen"),
    CHANGES: ("Date", "Organisation", "Change", "New value", "Asked by", "Entered by", "Mine"),
}
"""People's columns and their own ones."""


def busy(springs: Springs) -> None:
    """People make themselves at home in every tab."""
    world, book = springs.world, springs.working
    first, second = (str(row["Organisation"]) for row in springs.rows(TO_DECIDE))
    springs.decide(first, "accept", "Bo", "I rang them: 3/4 of them agree")
    people.add_own_column(world, book, TO_DECIDE, "Hours", [(2, "3"), (3, "1.5")])
    people.add_own_column(world, book, TO_DECIDE, "To do", [(2, '=IF(K2="","ring","done")')])
    people.note(world, book, TO_DECIDE, {"Organisation": second}, "Note", "see the minutes")
    people.note(world, book, TO_DECIDE, {"Organisation": second}, "Status", "who knows")
    people.comment(world, book, TO_DECIDE, {"Organisation": second}, "Decision", "Bo: later")
    people.recolour(world, book, TO_DECIDE, {"Organisation": second}, "Decided by")
    people.recolour(world, book, TO_DECIDE, {"Organisation": first}, "Organisation", green=0.3)
    people.filter_tab(world, book, TO_DECIDE, "Status", {"open"})
    people.protect_range(world, book, TO_DECIDE, "Hours", [OWNER, springs.address])
    friends = [({"Organisation": n}, f"friend of {n}") for n in springs.names(WHO)[:3]]
    people.add_own_column(world, book, WHO, "Our friend there", friends)
    people.add_own_column(world, book, WHO, "Seen", [(2, "=COUNTA(A2:A7)")])
    people.hide_rows(world, book, WHO, {"Organisation": "Birch Hill Growers"})
    people.sort_tab(world, book, WHO, "Organisation", descending=True)
    people.type_rows_at_bottom(
        world, book, CHANGES,
        [{"Date": "2026-03-09", "Organisation": "Birch Hill Growers", "Change": "show as",
          "New value": "1/2 Birch Hill", "Asked by": "Lena", "Entered by": "Ana"}],
    )  # fmt: skip
    people.add_own_column(world, book, CHANGES, "Mine", [(2, "=1/0")])
    at_home(springs)


def at_home(springs: Springs) -> None:
    """Tabs of people's own, with all that one can do to a tab."""
    world, book = springs.world, springs.working
    people.type_cell(world, book, "Promises", 5, 3, "=COUNTA(A2:A3)")
    people.note(world, book, "Promises", 2, "Who", "Ivo is away in May")
    people.protect_tab(world, book, "Promises", [OWNER])
    sheet = people.add_tab(world, book, "Our budget", index=1)
    sheet.write(0, 0, [["What", "Sum"], ["Soup", 12.5], ["Halls", "0042"]])
    people.type_cell(world, book, "Our budget", 4, 1, "=SUM(B2:B3)")
    sheet.merges.append(Box(5, 0, 6, 2).grid_range(sheet.sheet_id))
    sheet.conditional_formats.append(
        {"ranges": [Box(1, 1, 3, 2).grid_range(sheet.sheet_id)],
         "booleanRule": {"condition": {"type": "NUMBER_GREATER",
                                       "values": [{"userEnteredValue": "10"}]},
                         "format": {"textFormat": {"bold": True}}}}
    )  # fmt: skip
    people.hide_tab(world, book, "Our budget")
    book.named_ranges.append(
        {
            "namedRangeId": "n1",
            "name": "Budget",
            "range": Box(1, 1, 3, 2).grid_range(sheet.sheet_id),
        }
    )


def change_all(springs: Springs, day: int) -> None:
    """A day on which there is something new for every tab of Weaver's."""
    springs.next_day()
    name = ("Gorse Moor Society", "Heron Lake Rowers", "Ivy Mill Readers")[day]
    springs.sign(name, {"Reservations": "Only if we may leave in May."})
    edited = springs.sent["Alder Brook Anglers"]
    people.edit_response(springs.world, springs.form, edited, {"District": f"District {day}"})


def bare(cell: Cell | None) -> Cell | None:
    """The cell, a blank one and one that isn't there alike."""
    return None if cell is None or cell == Cell() else cell


def named(table: people.Table, key: str) -> list[tuple[int, Any]]:
    """The rows that are about something: place and key."""
    rows = ((row, table.sheet.value(row, table.column(key))) for row in table.rows())
    return [(row, name) for row, name in rows if name is not None]


def kept(springs: Springs) -> dict[str, Any]:
    """All that is people's: their tabs whole, their cells by key and column elsewhere."""
    found: dict[str, Any] = {}
    for sheet in springs.working.sheets:
        if sheet.title in ("Promises", "Our budget"):
            found[sheet.title] = tab_model(sheet)
    for tab, key in KEYED.items():
        table = people.table_of(springs.working, tab)
        for row, name in named(table, key):
            for title in PEOPLES[tab]:
                found[f"{tab}/{name}/{title}"] = bare(table.sheet.cell(row, table.column(title)))
            found[f"{tab}/{name}/hidden"] = copy.deepcopy(table.sheet.row_props.get(row))
    found["named"] = copy.deepcopy(springs.working.named_ranges)
    return found


def marks(springs: Springs) -> dict[str, Any]:
    """Notes and formats of Weaver's cells, and what lies on the tabs, by key and column."""
    found: dict[str, Any] = {}
    for tab, key in KEYED.items():
        table = people.table_of(springs.working, tab)
        for row, name in named(table, key):
            for title in filter(None, table.titles()):
                cell = table.sheet.cell(row, table.column(title)) or Cell()
                found[f"{tab}/{name}/{title}"] = (cell.note, cell.format, cell.validation)
        found[f"{tab} titles"] = [
            table.sheet.cell(table.top, c) for c in range(table.sheet.columns)
        ]
        found[f"{tab} lies"] = lies(table.sheet)
    return found


def lies(sheet: Sheet) -> list[Any]:
    """Protections, rules, colours and sizes of a tab, without where they end."""
    things = [sheet.protected, sheet.conditional_formats, sheet.column_props,
              sheet.grid_properties, sheet.properties, sheet.bandings, sheet.merges]  # fmt: skip
    return [_open_ended(copy.deepcopy(thing)) for thing in things]


def _open_ended(thing: Any) -> Any:
    if isinstance(thing, dict):
        return {k: _open_ended(v) for k, v in thing.items() if k != "endRowIndex"}
    return [_open_ended(part) for part in thing] if isinstance(thing, list) else thing


@pytest.mark.parametrize("through", ["form", "both"])
def test_three_runs_with_changes(after_a_run: Ran, through: Any) -> None:
    springs = after_a_run(through)
    busy(springs)
    before, looks = kept(springs), marks(springs)
    threads = {s.title: len(s.comments) for s in springs.working.sheets if s.comments}
    for day in range(3):
        change_all(springs, day)
        assert springs.run()["cells_written"] > 0
        after, now = kept(springs), marks(springs)
        assert {key: after.get(key) for key in before} == before
        assert {key: now.get(key) for key in looks} == looks
        assert {s.title: len(s.comments) for s in springs.working.sheets if s.comments} == threads
    assert len(springs.rows(TO_DECIDE)) == 5


def test_comments_stay_at_their_cells(running: Springs) -> None:
    """Rows that are inserted above move a thread along with its cell."""
    busy(running)
    table = people.table_of(running.working, TO_DECIDE)
    (thread,) = table.sheet.comments
    key = table.sheet.value(thread["range"]["startRowIndex"], table.column("Key"))
    for day in range(3):
        change_all(running, day)
        running.run()
    (thread,) = table.sheet.comments
    assert table.sheet.value(thread["range"]["startRowIndex"], table.column("Key")) == key
    assert thread["range"]["startColumnIndex"] == table.column("Decision")


def test_nothing_new_changes_nothing(running: Springs) -> None:
    """Not one cell, not one request that writes, and no time at which the file was changed."""
    busy(running)
    running.next_day()
    running.run()
    models = [tab_model(sheet) for sheet in running.working.sheets]
    modified = running.world.files[running.working.id].modified
    start = len(running.google.log)
    for _ in range(2):
        assert running.run()["cells_written"] == 0
    assert running.writes(start) == []
    assert running.world.files[running.working.id].modified == modified
    assert [tab_model(sheet) for sheet in running.working.sheets] == models


def test_what_is_typed_while_weaver_writes(running: Springs) -> None:
    """Between the last look and the change itself people type, note, sort and insert."""
    busy(running)
    change_all(running, 0)

    def meanwhile() -> None:
        world, book = running.world, running.working
        people.insert_rows(world, book, TO_DECIDE, 3)
        running.type(TO_DECIDE, {"Organisation": "Elm Street Kitchen"}, "Note", "=1+1 is two")
        people.move_column(world, book, TO_DECIDE, "Decision", "Status")
        people.sort_tab(world, book, WHO, "Organisation")
        before.update(kept(running))

    before: dict[str, Any] = {}
    assert running.while_writing(meanwhile) is not None
    running.run()
    running.next_day()
    running.run()
    after = kept(running)
    assert before
    assert {key: after.get(key) for key in before} == before
    assert running.run()["cells_written"] == 0


def test_a_spreadsheet_that_never_rests(running: Springs) -> None:
    """Somebody inserts a row on top whenever Weaver writes: it gives up after a while, and the next
    quiet run puts right what is its own."""
    busy(running)
    change_all(running, 0)
    # A formula follows the rows that it speaks of.
    before = {key: cell for key, cell in kept(running).items() if not key.endswith("/To do")}

    def insert(call: Recorded) -> None:
        if call.method_id == WRITE:
            people.insert_rows(running.world, running.working, TO_DECIDE, 2)

    running.google.before(insert)
    start = len(running.google.log)
    with pytest.raises(Temporary) as caught:
        running.run()
    assert caught.value.exit_code == 75
    assert len(running.writes(start)) < 50
    running.google.service.callbacks.clear()
    running.run()
    after = kept(running)
    assert {key: after.get(key) for key in before} == before
    keys = [row["Key"] for row in running.rows(TO_DECIDE) if row["Key"]]
    assert len(keys) == len(set(keys)) == 3
    # What its last write left in a row that had just come is in its own columns.
    blank = [row for row in running.rows(TO_DECIDE) if row["Key"] is None]
    assert {row[title] for row in blank for title in PEOPLES[TO_DECIDE]} == {None}
    assert sum(set(row.values()) != {None} for row in blank) <= 1
    assert running.run()["cells_written"] == 0


@pytest.mark.parametrize(
    ("tab", "title", "before"),
    [(TO_DECIDE, "Status", "Key"), (TO_DECIDE, "Key", "Key"), (TO_DECIDE, "Decision", "Key"),
     (WHO, "District", "Id"), (CHANGES, "Answer", "Date")],
)  # fmt: skip
def test_a_column_of_their_own_called_like_one_of_weavers(
    running: Springs, tab: str, title: str, before: str
) -> None:
    """Behind Weaver's it is left alone; before it nobody can tell which is which, and nothing is
    written until it has another title."""
    world, book = running.world, running.working
    people.add_own_column(world, book, tab, title, [(2, "mine")])
    change_all(running, 0)
    running.run()
    assert "mine" in running.working.sheet(tab).grid()[1]
    people.insert_column(world, book, tab, before, title)
    running.type(tab, 2, 0, "mine, too")
    change_all(running, 1)
    stands = [tab_model(sheet) for sheet in book.sheets]
    with pytest.raises(WrongSettings, match="another title"):
        running.run()
    assert [tab_model(sheet) for sheet in book.sheets] == stands
    people.type_cell(world, book, tab, 1, 0, "Ours")
    running.run()
    assert running.working.sheet(tab).grid()[1][0] == "mine, too"
    assert "Heron Lake Rowers" in running.names()


def test_columns_of_their_own_in_weavers_tabs_are_reported_once(running: Springs) -> None:
    for tab in ("Numbers", "Every form checked", "Weaver's log", WHO, TO_DECIDE, CHANGES):
        people.add_own_column(running.world, running.working, tab, "Ours", [(2, "mine")])
        people.add_own_column(running.world, running.working, tab, "And ours", [(2, "mine")])
    running.run()
    told = [r["Tab"] for r in running.rows("To fix") if "column of your own" in str(r)]
    assert sorted(told) == ["Every form checked", "Numbers", "Weaver's log"]
    start = len(running.google.calls())
    running.run()
    assert running.writes(start) == []
