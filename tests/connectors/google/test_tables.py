"""A tracker in Google Sheets: what only Google has beside the conformance suite of all trackers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from config.errors import Temporary, WrongSettings
from config.tabplan import ColumnPlan, TabPlan, View
from connectors.google import tables as module
from connectors.google.book import sheet_id_of
from connectors.google.tables import GoogleTables, parted
from tests.google_emulator.errors import invalid
from tests.google_emulator.faults import Fault
from tests.google_emulator.server import Recorded
from tests.google_emulator.sheets.batch.run import REQUESTS
from tests.google_emulator.sheets.model import Sheet, create_spreadsheet
from tests.google_emulator.tracker import NAMES, OWNER, Tracker

BATCH = "sheets.spreadsheets.batchUpdate"
DECIDE = TabPlan(
    "To decide",
    (
        ColumnPlan("Key", True, "The matter."),
        ColumnPlan("Organisation", True, "Whose."),
        ColumnPlan("Status", True, "How it stands.", colours={"open": "wait"}),
        ColumnPlan("Decision", False, "A word.", choices=("accept", "undo")),
        ColumnPlan("Note", False, "Your reason."),
    ),
    tuple((f"k{n}", f"Org {n}", "open", "", "") for n in range(1, 6)),
    ("Key",),
    "One matter that a person has to decide.",
)
LOG = TabPlan("Weaver's log", (ColumnPlan("Run", True, "The run."),), ((1,),), ("Run",), "One run.")
SETTLED = replace(DECIDE, rows=tuple((k, o, "settled", "", "") for k, o, *_ in DECIDE.rows))


@pytest.fixture
def tracker() -> Iterator[Tracker]:
    with Tracker() as made:
        made.tables().write((DECIDE, LOG), "st-1")
        sheet = made.book.sheet("To decide")
        for row in range(1, 6):
            sheet.set(row, 3, "accept")
            sheet.set(row, 4, f"note of {row}")
        yield made


def as_weaver_writes(tracker: Tracker, act: Callable[[Sheet], None]) -> None:
    """Let a person act between Weaver's last look and its change, once."""
    waiting = [act]

    def before(recorded: Recorded) -> None:
        if recorded.method_id == BATCH and waiting:
            with tracker.google.world.lock:
                waiting.pop()(tracker.book.sheet("To decide"))

    tracker.google.before(before)


def below_the_top(tracker: Tracker) -> list[list[object]]:
    """The grid from its header on."""
    grid = tracker.look("To decide")
    return grid[[("Key" in row) for row in grid].index(True) :]


def theirs(tracker: Tracker) -> dict[object, tuple[object, object]]:
    """Organisation → what people typed beside it."""
    header, *rows = below_the_top(tracker)
    at = {title: place for place, title in enumerate(header) if title}
    named = [row for row in rows if row[at["Organisation"]]]
    return {row[at["Organisation"]]: (row[at["Decision"]], row[at["Note"]]) for row in named}


TYPED = {f"Org {n}": ("accept", f"note of {n}") for n in range(1, 6)}


def statuses(tracker: Tracker) -> dict[object, object]:
    header, *rows = below_the_top(tracker)
    key, status = header.index("Key"), header.index("Status")
    return {row[key]: row[status] for row in rows if row[key] or row[status]}


ACTS: dict[str, Callable[[Sheet], None]] = {
    "a row is inserted above": lambda sheet: sheet.insert_rows(1, 1),
    "two rows are inserted between": lambda sheet: sheet.insert_rows(3, 2),
    "a column is inserted at the left": lambda sheet: sheet.insert_columns(0, 1),
    "a column is inserted in the middle": lambda sheet: sheet.insert_columns(2, 1),
    "a column of theirs is moved to the left": lambda sheet: sheet.move_columns(3, 1, 0),
    "a row is deleted": lambda sheet: sheet.delete_rows(2, 1),
    "the tab is sorted": lambda sheet: sheet.sort(None, [(0, True)]) and None,
    "a row above the header": lambda sheet: sheet.insert_rows(0, 1),
}


@pytest.mark.parametrize("name", ACTS)
def test_people_move_things_in_the_moment_in_which_weaver_writes(
    tracker: Tracker, name: str
) -> None:
    as_weaver_writes(tracker, ACTS[name])
    tracker.tables().write((SETTLED, LOG), "st-1")
    gone = name == "a row is deleted"
    assert theirs(tracker) == {k: v for k, v in TYPED.items() if not (gone and k == "Org 2")} | (
        {"Org 2": (None, None)} if gone else {}
    )
    tracker.tables().write((SETTLED, LOG), "st-1")
    wanted = {f"k{n}": "settled" for n in range(1, 6)}
    assert statuses(tracker) == wanted, "every row says settled, and no stray word is left"


def type_into_a_column(sheet: Sheet, place: int) -> None:
    """Insert a column there, and fill it at once."""
    sheet.insert_columns(place, 1)
    for row in range(6):
        sheet.set(row, place, f"mine {row}")


OWN: dict[str, Callable[[Sheet], None]] = {
    "at the left": lambda sheet: type_into_a_column(sheet, 0),
    "in the middle": lambda sheet: type_into_a_column(sheet, 2),
    "at the right, and two go": lambda sheet: (
        type_into_a_column(sheet, 5),
        sheet.delete_columns(1, 2),
    )[1],
}


@pytest.mark.parametrize("name", OWN)
def test_what_is_typed_into_a_new_column_in_that_moment_is_never_written_over(
    tracker: Tracker, name: str
) -> None:
    as_weaver_writes(tracker, OWN[name])
    tracker.tables().write((SETTLED, LOG), "st-1")
    header, *rows = tracker.look("To decide")
    mine = header.index("mine 0")
    assert [row[mine] for row in rows] == [f"mine {n}" for n in range(1, 6)]
    assert theirs(tracker) == TYPED
    assert statuses(tracker) == {f"k{n}": "settled" for n in range(1, 6)}


def test_what_is_typed_beside_the_table_in_that_moment_makes_room_for_a_new_column(
    tracker: Tracker,
) -> None:
    more = (*DECIDE.columns, ColumnPlan("Since", True, "When it came up."))
    wider = replace(DECIDE, columns=more, rows=tuple((*row, "May") for row in DECIDE.rows))
    as_weaver_writes(tracker, lambda sheet: type_into_a_column(sheet, 5))
    tracker.tables().write((wider, LOG), "st-1")
    grid = tracker.look("To decide")
    assert [row[5:] for row in grid] == [["Since", "mine 0"]] + [
        ["May", f"mine {n}"] for n in range(1, 6)
    ]


def test_a_change_that_people_got_in_the_way_of_is_refused_whole(tracker: Tracker) -> None:
    as_weaver_writes(tracker, lambda sheet: sheet.insert_columns(2, 1))
    start = len(tracker.google.log)
    tracker.tables().write((SETTLED, LOG), "st-1")
    answers = [r.status for r in tracker.google.log[start:] if r.method_id == BATCH]
    assert answers == [400, 200]


def test_marks_that_google_would_not_take_are_done_without(
    tracker: Tracker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> dict[str, object]:
        raise invalid("A metadataId may not be used again.")

    monkeypatch.setitem(REQUESTS, "deleteDeveloperMetadata", refuse)
    assert tracker.tables().write((SETTLED, LOG), "st-1") == 5
    assert statuses(tracker) == {f"k{n}": "settled" for n in range(1, 6)}


def test_new_rows_push_down_what_people_add_in_that_moment(tracker: Tracker) -> None:
    def act(sheet: Sheet) -> None:
        sheet.set(6, 4, "my own remark below the table")

    as_weaver_writes(tracker, act)
    more = replace(DECIDE, rows=(*DECIDE.rows, ("k6", "Org 6", "open", "", "")))
    tracker.tables().write((more, LOG), "st-1")
    grid = tracker.look("To decide")
    assert grid[6][:3] == ["k6", "Org 6", "open"]
    assert grid[7] == [None, None, None, None, "my own remark below the table"]


def test_new_rows_stand_below_the_last_one_not_below_filled_down_formulas(
    tracker: Tracker,
) -> None:
    sheet = tracker.book.sheet("To decide")
    sheet.insert_columns(5, 1)
    for row in range(1, 400):
        sheet.set(row, 5, False)
    more = replace(DECIDE, rows=(*DECIDE.rows, ("k6", "Org 6", "open", "", "")))
    tracker.tables().write((more, LOG), "st-1")
    assert sheet.grid()[6][:2] == ["k6", "Org 6"]
    assert [row[5] for row in sheet.grid()[7:401]] == [False] * 394


def test_a_new_row_brings_its_drop_down(tracker: Tracker) -> None:
    more = replace(DECIDE, rows=(*DECIDE.rows, ("k6", "Org 6", "open", "", "")))
    tracker.tables().write((more, LOG), "st-1")
    cell = tracker.book.sheet("To decide").cell(6, 3)
    assert cell is not None
    assert cell.validation is not None
    assert [v["userEnteredValue"] for v in cell.validation["condition"]["values"]] == [
        "accept", "undo",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["applied-lost", "applied-503", "503", "reset-before", "429"])
def test_an_answer_that_is_lost_doubles_nothing(tracker: Tracker, kind: str) -> None:
    more = replace(SETTLED, rows=(*SETTLED.rows, ("k6", "Org 6", "open", "", "")))
    tracker.google.faults.add(Fault(kind, BATCH))
    assert tracker.tables().write((more, LOG), "st-1") == 8
    assert list(statuses(tracker)) == ["k1", "k2", "k3", "k4", "k5", "k6"]
    assert theirs(tracker) == TYPED | {"Org 6": (None, None)}


def test_a_tab_that_was_renamed_is_still_the_one(tracker: Tracker) -> None:
    tracker.book.sheet("To decide").title = "Zu entscheiden"
    assert tracker.tables().write((SETTLED, LOG), "st-1") == 5
    assert [sheet.title for sheet in tracker.book.sheets] == [
        "Zu entscheiden", "Weaver's log", "Sheet1",
    ]  # fmt: skip
    assert tracker.tables().read().results["To decide"].tab == "Zu entscheiden"


def test_two_tabs_that_could_be_it_stop_the_run(tracker: Tracker) -> None:
    tracker.book.sheet("To decide").title = "Old decisions"
    tracker.book.add_sheet("to decide")
    with pytest.raises(WrongSettings, match="Old decisions"):
        tracker.tables().read()


def test_a_tab_renamed_between_reading_and_writing_is_found_again(tracker: Tracker) -> None:
    tables = tracker.tables()
    tables.read()
    tracker.book.sheet("To decide").title = "Zu entscheiden"
    assert tables.write((SETTLED, LOG), "st-1") == 5
    assert len(tracker.book.sheets) == 3


def test_an_empty_tab_of_that_title_is_taken_as_it_is() -> None:
    with Tracker() as tracker:
        made = tracker.book.add_sheet("To decide")
        tracker.tables().write((DECIDE, LOG), "st-1")
        assert made.grid()[1][:3] == ["k1", "Org 1", "open"]
        assert tracker.tables().pending((DECIDE, LOG)) == 0


NUMBERS = TabPlan(
    "Numbers",
    (ColumnPlan("Code", True, ""), ColumnPlan("Value", True, "")),
    (("A1", 1), ("A2", 2)),
    ("Code",),
    "",
)
OVER_TIME = replace(NUMBERS, title="Numbers over time", key=())


@pytest.mark.parametrize("plan", [NUMBERS, OVER_TIME, LOG], ids=lambda plan: plan.title)
def test_a_column_of_their_own_in_a_tab_of_weavers_is_reported(plan: TabPlan) -> None:
    with Tracker() as tracker:
        tracker.tables().write((plan,), "st-1")
        sheet = tracker.book.sheet(plan.title)
        sheet.insert_columns(1, 2)
        sheet.set(0, 1, "My remark")
        sheet.set(0, 2, "Another")
        tables = tracker.tables()
        assert tables.pending((plan,)) == 0
        assert [(p.tab, p.column) for p in tables.listed] == [(plan.title, "My remark")]


@pytest.mark.parametrize("title", ["To decide", "Who has signed", "Changes"])
def test_a_column_of_their_own_is_welcome_in_the_tabs_that_are_shared(title: str) -> None:
    plan = replace(DECIDE, title=title)
    with Tracker() as tracker:
        tracker.tables().write((plan,), "st-1")
        tracker.book.sheet(title).insert_columns(1, 1)
        tracker.book.sheet(title).set(0, 1, "My remark")
        tables = tracker.tables()
        assert tables.pending((plan,)) == 0
        assert tables.listed == ()


MINE = {
    "without the key": ("To decide", ["Organisation", "Status", "Decision", "Note"], DECIDE),
    "with other columns": ("Numbers over time", ["Month", "Rain", "Value"], OVER_TIME),
    "with the key alone": ("Numbers", ["Code", "Colour", "Size"], replace(NUMBERS, key=())),
}


@pytest.mark.parametrize("name", MINE)
def test_a_tab_of_theirs_with_a_title_of_weavers_stops_the_run(name: str) -> None:
    title, header, plan = MINE[name]
    with Tracker() as tracker:
        mine = tracker.book.add_sheet(title)
        mine.write(0, 0, [header, ["x"] * len(header)])
        before = mine.grid()
        with pytest.raises(WrongSettings, match=title) as caught:
            tracker.tables().write((LOG, plan), "st-1")
        assert "[tracker.tabs]" in caught.value.remedy
        with pytest.raises(WrongSettings, match=title):
            tracker.tables().read()
        assert mine.grid() == before
        assert "Weaver's log" not in [sheet.title for sheet in tracker.book.sheets]


def test_a_tab_that_weaver_took_stays_its_own_whatever_people_do_to_its_columns() -> None:
    with Tracker() as tracker:
        made = tracker.book.add_sheet("To decide")
        tracker.tables().write((DECIDE, LOG), "st-1")
        made.delete_columns(0, 2)
        assert tracker.tables().read().results["To decide"].header[0] == "Status"


def test_what_is_too_big_for_one_request_is_parted_and_the_log_comes_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "LARGEST", 6_000)
    many = replace(DECIDE, rows=tuple((f"k{n}", f"Org {n}", "open", "", "") for n in range(300)))
    with Tracker() as tracker:
        tracker.tables().write((LOG, many), "st-1")
        bodies = [json.loads(r.body) for r in tracker.google.log if r.method_id == BATCH]
        assert len(bodies) > 2
        assert bodies[0]["requests"][0].get("addSheet")
        last = bodies[-1]["requests"][-1]["updateCells"]
        assert last["start"]["sheetId"] == sheet_id_of("weaver_s_log")
        assert len(tracker.book.sheet("To decide").grid()) == 301


def test_a_run_cut_short_between_two_parts_is_completed_by_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "LARGEST", 6_000)
    many = replace(DECIDE, rows=tuple((f"k{n}", f"Org {n}", "open", "", "") for n in range(300)))
    with Tracker() as tracker:
        tracker.google.faults.add(Fault("503", BATCH, nth=2, times=99))
        with pytest.raises(Temporary):
            tracker.tables().write((LOG, many), "st-1")
        assert tracker.book.sheet("Weaver's log").grid()[1:] == []
        tracker.google.faults.clear()
        tracker.tables().write((LOG, many), "st-1")
        assert len(tracker.book.sheet("To decide").grid()) == 301
        assert tracker.book.sheet("Weaver's log").grid()[1:] == [[1]]


def test_parts_keep_the_order_and_lose_nothing() -> None:
    requests = [{"updateCells": {"fields": "x" * n}} for n in range(50)]
    parts = parted(requests, 300)
    assert [r for part in parts for r in part] == requests
    assert len(parts) > 1


def test_tabs_that_few_may_see_come_from_their_own_spreadsheet() -> None:
    with Tracker() as tracker:
        few = create_spreadsheet(tracker.google.world, "Few", OWNER, titles=("Decision-makers",))
        few.sheets[0].write(0, 0, [["Name", "Seat"], ["Ada Osei", "7"]])
        tables = GoogleTables(tracker.calls, tracker.book.id, NAMES, few.id)
        read = tables.read()
        assert "Decision-makers" not in read.people
        (problem,) = read.problems
        assert "not shared" in problem.problem
        tracker.google.world.share(few.id, tracker.calls.identity, "reader")
        read = GoogleTables(tracker.calls, tracker.book.id, NAMES, few.id).read()
        assert read.people["Decision-makers"].rows == (("Ada Osei", "7"),)
        assert read.problems == ()


def test_tabs_that_are_none_of_weavers_business_are_not_read() -> None:
    with Tracker() as tracker:
        tracker.book.add_sheet("My diary").set(0, 0, "secret")
        read = tracker.tables().read()
        assert read.people["My diary"].rows == ()
        asked = [r.query.get("ranges") for r in tracker.google.log if "values" in r.method_id]
        assert "diary" not in str(asked)


def test_nothing_new_is_two_reads_and_no_write(tracker: Tracker) -> None:
    start = tracker.google.counted()
    tables = tracker.tables()
    tables.read()
    assert tables.pending((DECIDE, LOG)) == 0
    assert tables.write((DECIDE, LOG), "st-1") == 0
    assert tracker.google.counted() - start == 2


def test_a_change_is_two_reads_one_look_again_and_one_write(tracker: Tracker) -> None:
    start = tracker.google.counted()
    tables = tracker.tables()
    tables.read()
    tables.write((SETTLED, LOG), "st-1")
    assert [r.method_id.rpartition(".")[2] for r in tracker.google.calls()][start:] == [
        "get", "batchGet", "batchGet", "batchUpdate",
    ]  # fmt: skip


def test_another_order_is_a_filter_view_and_moves_no_row() -> None:
    view = View("What waits", (("Organisation", True),), "Status", ("settled",))
    with Tracker() as tracker:
        tracker.tables().write((replace(DECIDE, views=(view,)), LOG), "st-1")
        (made,) = tracker.book.sheet("To decide").filter_views
        assert made["title"] == "What waits"
        assert made["sortSpecs"] == [{"dimensionIndex": 1, "sortOrder": "DESCENDING"}]
        assert made["filterSpecs"][0]["filterCriteria"]["hiddenValues"] == ["settled"]
        assert [row[0] for row in tracker.look("To decide")[1:]] == ["k1", "k2", "k3", "k4", "k5"]
